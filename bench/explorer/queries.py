"""The eighteen queries of the explorer's benchmark, described once for every engine.

All of them are about sign-ins of all kinds. Nothing lies after the fixed "now", so a window of 24 hours,
7 or 30 days is `date >= now - window`; without a window there is no condition on the date. Texts are
compared and ordered by their UTF-8 bytes. A cell without a value is null: it equals nothing, a facet leaves
it out, a group has it as a group of its own.

What comes back, as JSON, the same from every engine:

  page      a list of rows, each the values of PAGE_COLUMNS in their order, `date` in microseconds since 1970:
            [[1795466220000000, "aa5d…", "Åse Strøm", "Yammer", "success", "192.0.2.1", "Oslo", "NO", "success"], …]
            at most PAGE_ROWS; newest first, of one moment the lesser request ID first. Only `sort30` puts
            SORT_COLUMN before that order.
  total     a whole number
  found     {"total": total, "page": page}
  facets    for each of FACET_COLUMNS its FACET_VALUES most frequent values, of equal ones the lesser first:
            {"user": [["Åse Strøm", 2279], …], …, "error_code": [[50126, 7726], …], …}
  histogram [[edge, success, failure, interrupted], …]: for each bucket that holds a sign-in its first moment in
            microseconds since 1970, and how many ended how; in the order of time
  groups    [[key, success, failure, interrupted], …]: the GROUP_ROWS largest groups by their number of rows; of
            equal ones the lesser key first, null last
  export    {"rows": rows, "ids": [request ID, …]}: the IDs in the order of the lines, read back from the CSV that
            was made. Only the making is timed: a header and EXPORT_ROWS lines with EXPORT_COLUMNS in their
            order, moments as RFC 3339 in UTC with `Z`, null as nothing.

The parameters are chosen from the data by parameters.py and are one object, the same for every engine:

  now_micros        the fixed moment, in microseconds since 1970
  from_micros       {"24h": …, "7d": …, "30d": …}: first moment of each window
  filters30         {"status": "failure", "client_app": "Browser", "country": "US"}: equality, all must hold
  filters4          the same with "operating_system" too
  contains          {"column": "username", "text": "Stra"}: text anywhere in the value, letter case does not count
  request_id        of point_id
  correlation_id    of point_corr
  address_prefix    of ippfx, such as "198.51.100."
  username          of user_all
  hour_edges        of hist7: each full UTC hour from the first one of 7 d until after now; one more than buckets
  day_edges         of hist90: each midnight UTC around what is stored; one more than buckets
  page_columns, page_rows, sort_column, sort_descending, facet_columns, facet_values, group_rows, methods_column,
  export_columns, export_rows    the constants below, so that nobody has them twice
"""

from dataclasses import dataclass

HOUR_MICROS = 3_600_000_000
DAY_MICROS = 24 * HOUR_MICROS

PAGE_ROWS = 50
PAGE_COLUMNS = (
    "date", "request_id", "user", "application", "status", "ip_address", "city", "country", "conditional_access",
)  # fmt: skip
SORT_COLUMN = "application"
SORT_DESCENDING = False
FACET_VALUES = 10
FACET_COLUMNS = (
    "user", "application", "ip_address", "country", "client_app", "error_code", "operating_system", "status",
)  # fmt: skip
GROUP_ROWS = 50
# One text for each sign-in. Where it lists several methods they are joined by line feeds, and the sign-in
# counts once for each.
METHODS_COLUMN = "authentication_methods"
EXPORT_ROWS = 100_000
EXPORT_COLUMNS = (
    "date", "kind", "request_id", "user", "username", "user_id", "application", "resource", "client_app",
    "ip_address", "country", "city", "status", "error_code", "conditional_access", "authentication_requirement",
    "browser", "operating_system", "device_name", "latency_ms", "service_principal_name", METHODS_COLUMN,
)  # fmt: skip

OUTCOMES = ("success", "failure", "interrupted")
INTEGERS = ("error_code", "latency_ms")
# Everything that a query reads. The correlation ID is asked for but not exported.
COLUMNS = (*EXPORT_COLUMNS, "correlation_id")
# What is nearly unique: for these a dictionary would be as long as the table.
IDENTIFIERS = ("request_id", "correlation_id")
# Texts with far fewer values than rows.
CATEGORIES = tuple(name for name in COLUMNS if name not in (*IDENTIFIERS, *INTEGERS, "date"))


@dataclass(frozen=True)
class Query:
    """One query, and how quick it should be."""

    name: str
    about: str
    """What it asks, for the table of the documentation."""
    answer: str
    """Which of the shapes above comes back."""
    window: str | None = None
    """Of `from_micros`; `None` for everything."""
    frame_ms: int | None = 100
    """What the explorer may take for it in a page that is being clicked through: the smaller the window,
    the less somebody waits. `None` for the export, which is no part of a page."""


DAY = {"window": "24h", "frame_ms": 16}
WEEK = {"window": "7d", "frame_ms": 16}
MONTH = {"window": "30d", "frame_ms": 33}
QUERIES = (
    Query("page24", "newest 50 of 24 h", "page", **DAY),
    Query("page30f", "newest 50 of 30 d, 3 filters", "page", **MONTH),
    Query("count30f", "total of 30 d, the same 3 filters", "total", **MONTH),
    Query("contains", "username contains a text, all: total and newest 50", "found"),
    Query("sort30", "30 d sorted by application, first 50", "page", **MONTH),
    Query("facets30", "top 10 of 8 columns, failures of 30 d", "facets", **MONTH),
    Query("facetsAll", "top 10 of 8 columns, all", "facets"),
    Query("hist7", "per hour by status, 7 d", "histogram", **WEEK),
    Query("hist90", "per day by status, all", "histogram"),
    Query("byapp30", "per application by status, 30 d, 50 largest", "groups", **MONTH),
    Query("byuser30", "per username by status, 30 d, 50 largest", "groups", **MONTH),
    Query("bymeth90", "per authentication method by status, all", "groups"),
    Query("point_id", "the row of one request ID", "page"),
    Query("point_corr", "the rows of one correlation ID", "page"),
    Query("ippfx", "address begins with a prefix, all: total and newest 50", "found"),
    Query("user_all", "one username, all: total and newest 50", "found"),
    Query("count4", "total, 4 filters, all", "total"),
    Query("export100k", "newest 100,000 rows of 22 columns as CSV", "export", frame_ms=None),
)
BY_NAME = {query.name: query for query in QUERIES}

# Which column a query groups by.
GROUPED_BY = {"byapp30": "application", "byuser30": "username", "bymeth90": METHODS_COLUMN}


def groups(pairs) -> list:
    """The answer `groups` from (key, outcome, rows) of any order, in which a key may list several values.

    A column that lists values has few distinct lists. Grouping by the list and taking the lists apart
    afterwards is what every engine here does best, so it is done for all in this place.
    """
    counted = {}
    for key, outcome, rows in pairs:
        for item in {None} if key is None else set(key.split("\n")):
            counted.setdefault(item, dict.fromkeys(OUTCOMES, 0))[outcome] += rows
    largest = sorted(counted.items(), key=lambda group: (-sum(group[1].values()), group[0] is None, group[0] or ""))
    return [[key, *outcomes.values()] for key, outcomes in largest[:GROUP_ROWS]]
