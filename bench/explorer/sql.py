"""What the peers that speak SQL share: conditions as text, and rows put into the form of the answers."""

import csv
import io

from explorer import queries
from explorer.queries import FACET_COLUMNS, OUTCOMES


def text(value) -> str:
    """The value as a text of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def all_equal(filters: dict) -> str:
    """A condition: each column has its value."""
    return " AND ".join(f"{column} = {text(value)}" for column, value in filters.items())


def total(rows) -> int:
    """From the rows of a count."""
    return rows[0][0]


def page(rows) -> list:
    """From rows of PAGE_COLUMNS."""
    return [list(row) for row in rows]


def facets(results) -> dict:
    """From one result with values and their numbers for each of FACET_COLUMNS."""
    return {column: page(rows) for column, rows in zip(FACET_COLUMNS, results, strict=True)}


def histogram(rows, unit_micros: int) -> list:
    """From rows of bucket, status and number; buckets count `unit_micros` since 1970."""
    edges = {}
    for bucket, status, number in rows:
        edges.setdefault(bucket * unit_micros, dict.fromkeys(OUTCOMES, 0))[status] += number
    return [[edge, *outcomes.values()] for edge, outcomes in sorted(edges.items())]


def shaped(query: str, found):
    """The usual forms: what a query gives as rows becomes its answer."""
    match queries.BY_NAME[query].answer:
        case "page":
            return page(found)
        case "total":
            return total(found)
        case "found":
            return {"total": total(found[0]), "page": page(found[1])}
        case "facets":
            return facets(found)
        case "histogram":
            return histogram(found, queries.HOUR_MICROS if query == "hist7" else queries.DAY_MICROS)
        case "groups" if query == "bymeth90":
            # As (key, outcome, number), because a key may list several.
            return queries.groups(found)
        case "groups":
            return page(found)
        case other:
            raise ValueError(f"{other} has no usual form")


def export(made: bytes) -> dict:
    """Reads an export back. Fails unless every line has its values."""
    header, *lines = csv.reader(io.StringIO(made.decode(), newline=""))
    if tuple(header) != queries.EXPORT_COLUMNS or any(len(line) != len(header) for line in lines):
        raise ValueError("the CSV does not have the columns of the export in every line")
    place = header.index("request_id")
    return {"rows": len(lines), "ids": [line[place] for line in lines]}
