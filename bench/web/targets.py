"""What is asked for: all addresses of the benchmark of whole requests stand here."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from explorer.queries import FACET_COLUMNS, FACET_VALUES, PAGE_ROWS
from measure import Failed

PAGE = "/sign-ins"
ROWS = "/api/v1/signins"
FACETS = "/api/v1/signins/facets"

BLADE, SHORT, COMPRESSED, FILTERED, API, FACETED = "blade24", "blade50", "blade24br", "blade30f", "api24", "facets30"


@dataclass(frozen=True)
class Target:
    """One address that is loaded."""

    name: str
    path: str
    same_in_api: str
    """Where the API answers the same question: its answer says how long the engine took."""
    headers: dict = field(default_factory=dict)

    def check(self, connection) -> None:
        """Fails unless the answer holds what it should, so that nobody measures how quickly nothing is found."""
        body = connection.get(self.path).decode()
        if self.path.startswith(PAGE) and 'id="row-' not in body:
            raise Failed(f"{self.name}: the page has no rows")
        answer = connection.json(self.same_in_api)
        if not answer.get("sign_ins", answer.get("facets")):
            raise Failed(f"{self.name}: nothing was found")
        if answer["meta"]["source"] != "memory":
            raise Failed(f"{self.name} was answered by the lake: give the server more memory, or set ROWS to less")


def window(until: datetime, days: int) -> dict:
    """A range that ends at a fixed moment, so that the same sign-ins are in it on every day."""
    moments = {"from": until - timedelta(days=days), "to": until}
    return {name: moment.strftime("%Y-%m-%dT%H:%M:%SZ") for name, moment in moments.items()}


def address(path: str, query, **parameters) -> str:
    return f"{path}?{urlencode([*query, *parameters.items()])}"


def page_of_api(query) -> str:
    return address(ROWS, query, limit=PAGE_ROWS, counts="true")


def first_page(until: datetime) -> str:
    """The blade as somebody sees it who opens the portal."""
    return address(PAGE, window(until, 1).items())


def short_window(connection, until: datetime) -> dict:
    """A range that ends as the others do and has as many sign-ins as the table of the bare page, or as few less
    as were stamped with one moment."""
    day = window(until, 1)
    rows = connection.json(address(ROWS, day.items(), limit=PAGE_ROWS + 1, cols="date"))["sign_ins"]
    moments = [row["date"] for row in rows]
    if len(moments) <= PAGE_ROWS:
        raise Failed(f"the last 24 hours have only {len(moments)} sign-ins: set ROWS to more")
    first = next((moment for moment in reversed(moments) if moment != moments[PAGE_ROWS]), moments[0])
    return {**day, "from": first}


def choose(connection, until: datetime) -> list:
    """All targets. The country that is asked for is the one with most sign-ins in the window."""
    day, month = list(window(until, 1).items()), list(window(until, 30).items())
    short = list(short_window(connection, until).items())
    countries = connection.json(address(FACETS, month, columns="country", limit=1))["facets"][0]["values"]
    if not countries:
        raise Failed("no sign-in of the last 30 days has a country")
    filters = ("status:eq:failure", "client_app:eq:Browser", f"country:eq:{countries[0]['value']}")
    filtered = [*month, *(("f", text) for text in filters)]
    facets = address(FACETS, month, columns=",".join(FACET_COLUMNS), limit=FACET_VALUES, tabs="all")
    blade = first_page(until)
    return [
        Target(BLADE, blade, page_of_api(day)),
        Target(SHORT, address(PAGE, short), page_of_api(short)),
        Target(COMPRESSED, blade, page_of_api(day), {"Accept-Encoding": "br"}),
        Target(FILTERED, address(PAGE, filtered), page_of_api(filtered)),
        Target(API, page_of_api(day), page_of_api(day)),
        Target(FACETED, facets, facets),
    ]
