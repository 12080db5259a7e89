"""DuckDB: a native table in a file, newest sign-in first.

Texts with few values are enums, ordered by their bytes, so that filters, groups and sorts work on numbers. The
columns that point queries look into have an index. Statements are prepared, with their values in them, which
gives the planner all it could know. Measured and left alone, because slower: one statement with all facets
(grouping sets, UNION ALL), a first pass for row numbers alone, total and page from one window function.
"""

import io
from pathlib import Path

import duckdb
import pyarrow.csv

from explorer import sql
from explorer.peer import Peer
from explorer.queries import (
    CATEGORIES, COLUMNS, DAY_MICROS, EXPORT_COLUMNS, EXPORT_ROWS, FACET_COLUMNS, FACET_VALUES, GROUP_ROWS, GROUPED_BY,
    HOUR_MICROS, IDENTIFIERS, OUTCOMES, PAGE_COLUMNS, PAGE_ROWS, SORT_COLUMN, SORT_DESCENDING,
)  # fmt: skip

PAGE = ", ".join("epoch_us(date)" if column == "date" else f'"{column}"' for column in PAGE_COLUMNS)
NEWEST = f"ORDER BY date DESC, request_id LIMIT {PAGE_ROWS}"


def kept(column: str) -> str:
    """A column as it is stored."""
    if column == "date":
        # In UTC, without a zone: nothing here depends on one.
        return "date::TIMESTAMP AS date"
    return f'"{column}"::{column}_values AS "{column}"' if column in CATEGORIES else f'"{column}"'


def layout() -> list:
    """The statements that make the database from the Parquet file $TABLE."""
    enums = [
        f"CREATE TYPE {column}_values AS ENUM "
        f'(SELECT DISTINCT "{column}" FROM read_parquet($TABLE) WHERE "{column}" IS NOT NULL ORDER BY ALL)'
        for column in CATEGORIES
    ]
    small = (
        "CREATE TYPE username_small_values AS ENUM (SELECT DISTINCT lower(value) "
        "FROM unnest(enum_range(NULL::username_values)) AS every(value) ORDER BY ALL)"
    )
    table = (
        f"CREATE TABLE sign_ins AS SELECT {', '.join(map(kept, COLUMNS))}, "
        "lower(username)::username_small_values AS username_small FROM read_parquet($TABLE)"
    )
    # The values of `username` once, in small letters: to search them takes less than to search all rows.
    usernames = (
        "CREATE TABLE usernames AS SELECT value::username_values AS username, lower(value) AS small "
        "FROM unnest(enum_range(NULL::username_values)) AS every(value)"
    )
    indexes = [f"CREATE INDEX {column}_index ON sign_ins ({column})" for column in (*IDENTIFIERS, "username")]
    return ["SET TimeZone = 'UTC'", *enums, small, table, usernames, *indexes, "CHECKPOINT"]


class Engine(Peer):
    LAYOUT = ";\n".join(layout())

    @staticmethod
    def version() -> str:
        return f"DuckDB {duckdb.__version__}"

    @staticmethod
    def needed_bytes(rows: int) -> int:
        return 400 * rows

    @classmethod
    def build(cls, table: Path, place: Path, memory_mb: int) -> None:
        with duckdb.connect(place) as database:
            database.execute(f"SET memory_limit = '{memory_mb}MB'; SET enable_progress_bar = false")
            for statement in layout():
                database.execute(statement.replace("$TABLE", sql.text(table)))

    def __init__(self, table: Path, place: Path, memory_mb: int, parameters: dict):
        self.database = duckdb.connect(place, read_only=True)
        self.database.execute(f"SET memory_limit = '{memory_mb}MB'; SET enable_progress_bar = false")
        self.prepared = 0
        newest = {name: f"date >= make_timestamp({micros})" for name, micros in parameters["from_micros"].items()}
        failures = f"{newest['30d']} AND {sql.all_equal(parameters['filters30'])}"
        contains = parameters["contains"]
        assert contains["column"] == "username"
        needle = contains["text"].lower()
        # The total is quicker by a join with the usernames that match, the page by a look at each row, which
        # ends as soon as it is full.
        named = f"username IN (SELECT username FROM usernames WHERE contains(small, {sql.text(needle)}))"
        small = f"username_small LIKE {sql.text('%' + needle + '%')}"
        from_network = f"ip_address LIKE {sql.text(parameters['address_prefix'] + '%')}"
        by_user = f"username = {sql.text(parameters['username'])}"
        sort = f"{SORT_COLUMN} {'DESC' if SORT_DESCENDING else 'ASC'} NULLS LAST, date DESC, request_id"
        self.asks = {
            "page24": self.page(newest["24h"]),
            "page30f": self.page(failures),
            "count30f": self.total(failures),
            "contains": self.both(named, small),
            "sort30": self.page(newest["30d"], f"ORDER BY {sort} LIMIT {PAGE_ROWS}"),
            "facets30": self.facets(f"{newest['30d']} AND status = 'failure'"),
            "facetsAll": self.facets("true"),
            "hist7": self.rows(
                f"SELECT epoch_us(date) // {HOUR_MICROS} AS bucket, status, count(*) FROM sign_ins "
                f"WHERE date >= make_timestamp({parameters['hour_edges'][0]}) GROUP BY ALL"
            ),
            # By the type for days, which is quicker than by a division.
            "hist90": self.rows(
                f"SELECT epoch_us(day) // {DAY_MICROS}, status, rows FROM "
                "(SELECT date::DATE AS day, status, count(*) AS rows FROM sign_ins GROUP BY ALL)"
            ),
            "byapp30": self.groups("byapp30", newest["30d"]),
            "byuser30": self.groups("byuser30", newest["30d"]),
            # Few values: with the outcome as part of the key it is quicker.
            "bymeth90": self.rows(f"SELECT {GROUPED_BY['bymeth90']}, status, count(*) FROM sign_ins GROUP BY ALL"),
            "point_id": self.few(f"request_id = {sql.text(parameters['request_id'])}"),
            "point_corr": self.few(f"correlation_id = {sql.text(parameters['correlation_id'])}"),
            "ippfx": self.both(from_network),
            "user_all": self.page_with_total(by_user),
            "count4": self.total(sql.all_equal(parameters["filters4"])),
            "export100k": self.export,
        }

    def rows(self, statement: str):
        """A call that gives all rows of the statement, prepared here."""
        self.prepared += 1
        name = f"prepared_{self.prepared}"
        self.database.execute(f"PREPARE {name} AS {statement}")
        return lambda: self.database.execute(f"EXECUTE {name}").fetchall()

    def page(self, condition: str, order: str = NEWEST):
        return self.rows(f"SELECT {PAGE} FROM sign_ins WHERE {condition} {order}")

    def total(self, condition: str):
        return self.rows(f"SELECT count(*) FROM sign_ins WHERE {condition}")

    def both(self, condition: str, page_condition: str | None = None):
        total, page = self.total(condition), self.page(page_condition or condition)
        return lambda: (total(), page())

    def page_with_total(self, condition: str):
        """Total and page at once: through an index the rows are few enough to find them all."""
        rows = self.rows(f"SELECT {PAGE}, count(*) OVER () FROM sign_ins WHERE {condition} {NEWEST}")

        def both():
            found = rows()
            return [(found[0][-1] if found else 0,)], [row[:-1] for row in found]

        return both

    def few(self, condition: str):
        """A page of very few rows, sorted here: with an ORDER BY DuckDB does not use the index."""
        rows = self.rows(f"SELECT {PAGE} FROM sign_ins WHERE {condition}")
        return lambda: sorted(rows(), key=lambda row: (-row[0], row[1]))[:PAGE_ROWS]

    def facets(self, condition: str):
        each = [
            self.rows(
                f'SELECT "{column}" AS value, count(*) AS rows FROM sign_ins WHERE {condition} AND value IS NOT NULL '
                f"GROUP BY value ORDER BY rows DESC, value LIMIT {FACET_VALUES}"
            )
            for column in FACET_COLUMNS
        ]
        return lambda: [facet() for facet in each]

    def groups(self, query: str, condition: str):
        outcomes = ", ".join(f"count(*) FILTER (status = {sql.text(outcome)})" for outcome in OUTCOMES)
        return self.rows(
            f"SELECT {GROUPED_BY[query]} AS value, {outcomes} FROM sign_ins WHERE {condition} "
            f"GROUP BY value ORDER BY count(*) DESC, value NULLS LAST LIMIT {GROUP_ROWS}"
        )

    def export(self) -> bytes:
        """Through Arrow: quicker than COPY into a file in memory."""
        columns = ", ".join(
            "strftime(date, '%Y-%m-%dT%H:%M:%S.%fZ') AS date" if column == "date" else f'"{column}"'
            for column in EXPORT_COLUMNS
        )
        newest = f"SELECT {columns} FROM sign_ins ORDER BY sign_ins.date DESC, request_id LIMIT {EXPORT_ROWS}"
        lines = io.BytesIO()
        pyarrow.csv.write_csv(self.database.sql(newest).to_arrow_table(), lines)
        return lines.getvalue()

    def shaped(self, query: str, found):
        return sql.export(found) if query == "export100k" else sql.shaped(query, found)
