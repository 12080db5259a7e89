"""SQLite: one file, texts with few values as numbers of tables of values, and an index for each way to search.

The numbers follow the order of the values' bytes, so that a sort by them is a sort by the values and a prefix
is a range of numbers. The indexes hold all that a count, a facet or a group reads, so that only pages and
exports look into the table. Values are put back from memory, where an application would have them.
"""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from explorer import queries, sql
from explorer.peer import Peer
from explorer.queries import (
    CATEGORIES, COLUMNS, DAY_MICROS, EXPORT_COLUMNS, EXPORT_ROWS, FACET_COLUMNS, FACET_VALUES, GROUP_ROWS, GROUPED_BY,
    HOUR_MICROS, IDENTIFIERS, INTEGERS, METHODS_COLUMN, OUTCOMES, PAGE_COLUMNS, PAGE_ROWS, SORT_COLUMN,
    SORT_DESCENDING,
)  # fmt: skip

EPOCH = datetime(1970, 1, 1)
HOUR = f"date / {HOUR_MICROS}"
NEWEST = f"ORDER BY date DESC, request_id LIMIT {PAGE_ROWS}"
# Of each index its columns; the first ones are searched for, the others are there to be read.
INDEXES = {
    "by_date": f"date DESC, status, {SORT_COLUMN}, username",
    "by_hour": f"{HOUR}, status",
    "by_status": "status, date DESC, client_app, country, \"user\", application, ip_address, error_code, "
    "operating_system",
    "by_filters": "client_app, country, operating_system, status",
    "by_sort": f"{SORT_COLUMN} {'DESC' if SORT_DESCENDING else 'ASC'}, date DESC, status",
    "by_username": "username, date DESC, status",
    "by_method": f"{METHODS_COLUMN}, status",
    "by_ip_address": "ip_address, date DESC",
    **{f"of_{column}": f'"{column}"' for column in ("user", "country", "error_code", "operating_system")},
    **{f"of_{column}": column for column in IDENTIFIERS},
}


def layout() -> list:
    types = {"date": "INTEGER NOT NULL", **{column: "TEXT NOT NULL" for column in IDENTIFIERS}}
    columns = ", ".join(f'"{column}" {types.get(column, "INTEGER")}' for column in COLUMNS)
    return [
        f"CREATE TABLE sign_ins ({columns})",
        *(f"CREATE TABLE values_of_{column} (number INTEGER PRIMARY KEY, value TEXT UNIQUE)" for column in CATEGORIES),
    ]


class Engine(Peer):
    LAYOUT = ";\n".join([*layout(), *(f"{name} ({columns})" for name, columns in INDEXES.items())])

    @staticmethod
    def version() -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    @staticmethod
    def needed_bytes(rows: int) -> int:
        # Twice what was measured: sorting for an index takes room of its own.
        return 1400 * rows

    @classmethod
    def build(cls, table: Path, place: Path, memory_mb: int) -> None:
        with duckdb.connect() as source, sqlite3.connect(place, isolation_level=None) as database:
            source.execute("SET enable_progress_bar = false")
            for setting in ("page_size = 8192", "journal_mode = OFF", "synchronous = OFF", "threads = 2"):
                database.execute(f"PRAGMA {setting}")
            database.execute(f"PRAGMA cache_size = {-memory_mb * 250}")
            for statement in layout():
                database.execute(statement)
            read = f"read_parquet({sql.text(table)})"
            for column in CATEGORIES:
                source.execute(
                    f"CREATE TYPE {column}_values AS ENUM "
                    f'(SELECT DISTINCT "{column}" FROM {read} WHERE "{column}" IS NOT NULL ORDER BY ALL)'
                )
                every = source.execute(f"SELECT unnest(enum_range(NULL::{column}_values))::VARCHAR").fetchall()
                database.execute("BEGIN")
                database.executemany(
                    f"INSERT INTO values_of_{column} VALUES (?, ?)",
                    ((number, row[0]) for number, row in enumerate(every)),
                )
                database.execute("COMMIT")
            numbers = {column: f'enum_code("{column}"::{column}_values)' for column in CATEGORIES}
            numbers["date"] = "epoch_us(date)"
            kept = ", ".join(numbers.get(column, f'"{column}"') for column in COLUMNS)
            rows = source.execute(f"SELECT {kept} FROM {read}")
            insert = f"INSERT INTO sign_ins VALUES ({', '.join('?' for _ in COLUMNS)})"
            database.execute("BEGIN")
            while batch := rows.fetchmany(50_000):
                database.executemany(insert, batch)
            database.execute("COMMIT")
            for name, columns in INDEXES.items():
                database.execute(f"CREATE INDEX {name} ON sign_ins ({columns})")
            database.execute("ANALYZE")

    def __init__(self, table: Path, place: Path, memory_mb: int, parameters: dict):
        self.database = sqlite3.connect(f"file:{place}?mode=ro", uri=True, isolation_level=None)
        self.database.execute(f"PRAGMA cache_size = {-memory_mb * 250}")
        self.database.execute(f"PRAGMA mmap_size = {1 << 40}")
        self.database.execute("PRAGMA temp_store = MEMORY")
        self.values = {
            column: [row[0] for row in self.rows(f"SELECT value FROM values_of_{column} ORDER BY number")]
            for column in CATEGORIES
        }
        self.quoted = {
            column: {None: "", **{number: quoted(value) for number, value in enumerate(values)}}
            for column, values in self.values.items()
        }
        newest = {name: f"date >= {micros}" for name, micros in parameters["from_micros"].items()}
        filters30, filters4 = (
            " AND ".join(self.equal(column, value) for column, value in parameters[name].items())
            for name in ("filters30", "filters4")
        )
        failures = f"sign_ins INDEXED BY by_status WHERE {filters30} AND {newest['30d']}"
        like = sql.text("%" + parameters["contains"]["text"] + "%")
        named = f"username IN (SELECT number FROM values_of_username WHERE value LIKE {like})"
        prefix = parameters["address_prefix"]
        inside = f"value >= {sql.text(prefix)} AND value < {sql.text(prefix[:-1] + chr(ord(prefix[-1]) + 1))}"
        low, high = (f"(SELECT {end}(number) FROM values_of_ip_address WHERE {inside})" for end in ("min", "max"))
        from_network = f"sign_ins INDEXED BY by_ip_address WHERE ip_address BETWEEN {low} AND {high}"
        by_user = f"sign_ins INDEXED BY by_username WHERE {self.equal('username', parameters['username'])}"
        first_hour = parameters["hour_edges"][0] // HOUR_MICROS
        self.asks = {
            "page24": self.page(f"sign_ins WHERE {newest['24h']}"),
            "page30f": self.page(failures),
            "count30f": self.total(failures),
            "contains": self.both(
                f"sign_ins INDEXED BY by_username WHERE {named}",
                self.page(f"sign_ins INDEXED BY by_date WHERE {named}"),
            ),
            "sort30": self.sorted(newest["30d"]),
            "facets30": self.facets_of_few(newest["30d"]),
            "facetsAll": self.facets_of_all,
            "hist7": lambda: self.rows(
                f"SELECT {HOUR}, status, count(*) FROM sign_ins WHERE {HOUR} >= {first_hour} GROUP BY 1, 2"
            ),
            # By the hour, in the order of the index; put together to days afterwards.
            "hist90": lambda: self.rows(f"SELECT {HOUR}, status, count(*) FROM sign_ins GROUP BY 1, 2"),
            "byapp30": self.groups("byapp30", f"sign_ins INDEXED BY by_sort WHERE {newest['30d']}"),
            "byuser30": self.groups("byuser30", f"sign_ins INDEXED BY by_username WHERE {newest['30d']}"),
            # The index is in the order of both.
            "bymeth90": lambda: self.rows(f"SELECT {METHODS_COLUMN}, status, count(*) FROM sign_ins GROUP BY 1, 2"),
            "point_id": self.page(f"sign_ins WHERE request_id = {sql.text(parameters['request_id'])}"),
            "point_corr": self.page(f"sign_ins WHERE correlation_id = {sql.text(parameters['correlation_id'])}"),
            "ippfx": self.both(from_network, self.page_of_some(from_network)),
            "user_all": self.both(by_user, self.page_of_some(by_user)),
            "count4": self.total(f"sign_ins INDEXED BY by_filters WHERE {filters4}"),
            "export100k": self.export,
        }

    def rows(self, statement: str) -> list:
        """All rows. The library keeps the statements that it has compiled."""
        return self.database.execute(statement).fetchall()

    def equal(self, column: str, value) -> str:
        return f"{column} = (SELECT number FROM values_of_{column} WHERE value = {sql.text(value)})"

    def valued(self, column: str, number):
        """The value that a number stands for, where it does."""
        return number if number is None or column not in self.values else self.values[column][number]

    def page(self, source: str, order: str = NEWEST):
        columns = ", ".join(f'"{column}"' for column in PAGE_COLUMNS)
        statement = f"SELECT {columns} FROM {source} {order}"
        return lambda: [
            [self.valued(column, value) for column, value in zip(PAGE_COLUMNS, row, strict=True)]
            for row in self.rows(statement)
        ]

    def page_of_some(self, source: str):
        """A page of rows that an index finds without their order: first the moment where it ends, by the
        index alone, so that no more than the page is looked up in the table."""
        last = f"(SELECT date FROM {source} ORDER BY date DESC LIMIT 1 OFFSET {PAGE_ROWS - 1})"
        return self.page(f"{source} AND date >= coalesce({last}, 0)")

    def total(self, source: str):
        return lambda: self.rows(f"SELECT count(*) FROM {source}")

    def both(self, source: str, page):
        total = self.total(source)
        return lambda: (total(), page())

    def sorted(self, condition: str):
        """Along the index, then rows without a value, which are last."""
        direction = "DESC" if SORT_DESCENDING else "ASC"
        order = f"ORDER BY {SORT_COLUMN} {direction}, date DESC, request_id LIMIT {PAGE_ROWS}"
        valued = self.page(f"sign_ins INDEXED BY by_sort WHERE {SORT_COLUMN} IS NOT NULL AND {condition}", order)
        empty = self.page(f"sign_ins WHERE {SORT_COLUMN} IS NULL AND {condition}")

        def sorted_page():
            page = valued()
            return page if len(page) == PAGE_ROWS else (page + empty())[:PAGE_ROWS]

        return sorted_page

    def facet(self, source: str, column: str) -> list:
        rows = self.rows(
            f'SELECT "{column}", count(*) AS number FROM {source} "{column}" IS NOT NULL '
            f'GROUP BY 1 ORDER BY number DESC, "{column}" LIMIT {FACET_VALUES}'
        )
        return [[self.valued(column, value), number] for value, number in rows]

    def facets_of_all(self) -> list:
        return [self.facet("sign_ins WHERE", column) for column in FACET_COLUMNS]

    def facets_of_few(self, condition: str):
        failures = f"{self.equal('status', 'failure')} AND {condition}"
        return lambda: [
            self.facet(f"sign_ins INDEXED BY by_status WHERE {failures} AND", column) for column in FACET_COLUMNS
        ]

    def groups(self, query: str, source: str):
        """All outcomes of a group as one row, in the order of an index that begins with the column."""
        column = GROUPED_BY[query]
        outcomes = ", ".join(f"sum(status = {self.values['status'].index(outcome)})" for outcome in OUTCOMES)
        statement = (
            f"SELECT {column}, {outcomes} FROM {source} GROUP BY {column} "
            f"ORDER BY count(*) DESC, {column} NULLS LAST LIMIT {GROUP_ROWS}"
        )
        return lambda: [[self.valued(column, row[0]), *row[1:]] for row in self.rows(statement)]

    def export(self) -> bytes:
        columns = ", ".join(f'"{column}"' for column in EXPORT_COLUMNS)
        rows = self.rows(f"SELECT {columns} FROM sign_ins ORDER BY date DESC, request_id LIMIT {EXPORT_ROWS}")
        # Column by column, and by the quoted values of the dictionaries: the module csv takes three times as long.
        written = []
        for column, found in zip(EXPORT_COLUMNS, zip(*rows, strict=True), strict=True):
            if column == "date":
                found = map(moment, found)
            elif column in self.quoted:
                found = map(self.quoted[column].__getitem__, found)
            elif column in INTEGERS:
                found = ("" if number is None else str(number) for number in found)
            written.append(found)
        lines = [",".join(EXPORT_COLUMNS), *map(",".join, zip(*written, strict=True)), ""]
        return "\n".join(lines).encode()

    def shaped(self, query: str, found):
        match queries.BY_NAME[query].answer:
            case "histogram":
                unit = HOUR_MICROS if query == "hist7" else DAY_MICROS
                status = self.values["status"]
                return sql.histogram(
                    ((hour * HOUR_MICROS // unit, status[code], number) for hour, code, number in found), unit
                )
            case "groups" if query == "bymeth90":
                return queries.groups(
                    (self.valued(METHODS_COLUMN, method), self.values["status"][code], number)
                    for method, code, number in found
                )
            case "groups":
                return queries.groups(
                    (row[0], outcome, number)
                    for row in found
                    for outcome, number in zip(OUTCOMES, row[1:], strict=True)
                )
            case "export":
                return sql.export(found)
        return sql.shaped(query, found)


def quoted(value: str) -> str:
    """A value of CSV."""
    return '"' + value.replace('"', '""') + '"' if any(mark in value for mark in ',"\r\n') else value


def moment(micros: int) -> str:
    """A moment as RFC 3339."""
    return f"{(EPOCH + timedelta(microseconds=micros)).isoformat(timespec='microseconds')}Z"
