"""ClickHouse in this process (chDB): a MergeTree, newest sign-in first, in one part.

Texts with few values are LowCardinality. Projections, which the engine keeps up to date by itself, hold the
columns of a page once more in the order of each column that point queries look into, and counts for the
questions without a window; planning with them costs a millisecond or two, so questions that they do not help
are asked without. No results are kept: neither whole ones nor which granules a condition matched. Measured and
left alone, because slower: bloom filters in place of the projections, granules of 2,048 rows, grouping sets.
"""

import json
import time
from pathlib import Path

import chdb
from chdb.session import Session

from explorer import sql
from explorer.peer import Peer
from explorer.queries import (
    CATEGORIES, COLUMNS, EXPORT_COLUMNS, EXPORT_ROWS, FACET_COLUMNS, FACET_VALUES, GROUP_ROWS, GROUPED_BY, HOUR_MICROS,
    IDENTIFIERS, INTEGERS, METHODS_COLUMN, OUTCOMES, PAGE_COLUMNS, PAGE_ROWS, SORT_COLUMN, SORT_DESCENDING,
)  # fmt: skip

NEWEST = f"ORDER BY date DESC, request_id LIMIT {PAGE_ROWS}"
# Nothing is answered from what an earlier run found.
NO_RESULTS_KEPT = {"use_query_cache": 0, "use_query_condition_cache": 0}
PLAIN = {"optimize_use_projections": 0}
# Rows come in the order of a projection: they are few and sorted, not looked for in the order of the table.
POINT = {"optimize_read_in_order": 0}
CLEANING_SECONDS = 30
OLD_PARTS = "SELECT count() FROM system.parts WHERE database = 'bench' AND NOT active"


def quoted(columns) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def kept(column: str) -> str:
    """A column as it is stored."""
    if column == "date":
        return "`date` DateTime64(6, 'UTC') CODEC(Delta, LZ4)"
    if column in INTEGERS:
        return f"`{column}` Nullable(Int32)"
    if column in ("kind", "status"):
        return f"`{column}` LowCardinality(String)"
    return f"`{column}` " + ("LowCardinality(Nullable(String))" if column in CATEGORIES else "String")


def layout() -> list:
    """The statements that make the table from the Parquet file $TABLE."""
    lookups = [
        f"PROJECTION by_{key} (SELECT {quoted(dict.fromkeys((*PAGE_COLUMNS, key)))} ORDER BY {key}, date)"
        for key in (*IDENTIFIERS, "username", "ip_address")
    ]
    counts = [
        f"PROJECTION counts_{number} (SELECT {keys}, count() GROUP BY {keys})"
        for number, keys in enumerate(
            ["toStartOfHour(date), status", "toDate(date), status", f"`{METHODS_COLUMN}`, status"]
            + [f"`{column}`" for column in FACET_COLUMNS]
        )
    ]
    return [
        "CREATE DATABASE bench ENGINE = Atomic",
        f"CREATE TABLE bench.sign_ins ({', '.join([*map(kept, COLUMNS), *lookups, *counts])}) "
        "ENGINE = MergeTree ORDER BY (date DESC, request_id) "
        "SETTINGS allow_experimental_reverse_key = 1, deduplicate_merge_projection_mode = 'rebuild', "
        "old_parts_lifetime = 1, cleanup_delay_period = 1, max_cleanup_delay_period = 1, "
        "merge_tree_clear_old_parts_interval_seconds = 1",
        f"INSERT INTO bench.sign_ins SELECT {quoted(COLUMNS)} FROM file($TABLE, Parquet)",
        "OPTIMIZE TABLE bench.sign_ins FINAL SETTINGS optimize_skip_merged_partitions = 1",
    ]


class Engine(Peer):
    LAYOUT = ";\n".join(layout())

    @staticmethod
    def version() -> str:
        return f"ClickHouse {chdb.engine_version} in chDB {chdb.__version__}"

    @staticmethod
    def needed_bytes(rows: int) -> int:
        # The part that is merged from others lies beside them for a while.
        return 600 * rows

    @classmethod
    def build(cls, table: Path, place: Path, memory_mb: int) -> None:
        with Session(str(place)) as session:
            session.query(f"SET max_memory_usage = {memory_mb * 1_000_000}")
            for statement in layout():
                session.query(statement.replace("$TABLE", sql.text(table)))
            # The parts that were merged are deleted a moment later: until then they would count as on the disk.
            for _ in range(CLEANING_SECONDS):
                if session.query(OLD_PARTS, "TSV").bytes().strip() == b"0":
                    break
                time.sleep(1)

    def __init__(self, table: Path, place: Path, memory_mb: int, parameters: dict):
        self.session = Session(str(place))
        newest = {
            name: f"date >= fromUnixTimestamp64Micro({micros}, 'UTC')"
            for name, micros in parameters["from_micros"].items()
        }
        failures = f"{newest['30d']} AND {sql.all_equal(parameters['filters30'])}"
        contains = parameters["contains"]
        named = f"positionCaseInsensitiveUTF8({contains['column']}, {sql.text(contains['text'])}) > 0"
        from_network = f"startsWith(ip_address, {sql.text(parameters['address_prefix'])})"
        by_user = f"username = {sql.text(parameters['username'])}"
        sort = f"{SORT_COLUMN} {'DESC' if SORT_DESCENDING else 'ASC'} NULLS LAST, date DESC, request_id"
        first_hour = parameters["hour_edges"][0] // 1_000_000
        self.asks = {
            "page24": self.page(newest["24h"], PLAIN),
            "page30f": self.page(failures, PLAIN),
            "count30f": self.total(failures, PLAIN),
            "contains": self.both(named, PLAIN),
            "sort30": self.page(newest["30d"], PLAIN, f"ORDER BY {sort} LIMIT {PAGE_ROWS}"),
            "facets30": self.facets_of_few(f"{newest['30d']} AND status = 'failure'"),
            "facetsAll": self.facets_of_all(),
            "hist7": self.rows(
                f"SELECT intDiv(toUnixTimestamp(toStartOfHour(date)), {HOUR_MICROS // 1_000_000}), status, count() "
                f"FROM bench.sign_ins WHERE toStartOfHour(date) >= toDateTime({first_hour}, 'UTC') "
                "GROUP BY toStartOfHour(date), status",
            ),
            "hist90": self.rows(
                "SELECT toUInt16(toDate(date)), status, count() FROM bench.sign_ins GROUP BY toDate(date), status"
            ),
            "byapp30": self.groups("byapp30", newest["30d"]),
            "byuser30": self.groups("byuser30", newest["30d"]),
            "bymeth90": self.rows(
                f"SELECT `{METHODS_COLUMN}`, status, count() FROM bench.sign_ins GROUP BY `{METHODS_COLUMN}`, status"
            ),
            "point_id": self.page(f"request_id = {sql.text(parameters['request_id'])}", POINT),
            "point_corr": self.page(f"correlation_id = {sql.text(parameters['correlation_id'])}", POINT),
            "ippfx": self.both(from_network, POINT),
            "user_all": self.both(by_user, POINT),
            "count4": self.total(sql.all_equal(parameters["filters4"]), PLAIN),
            "export100k": self.export,
        }

    def rows(self, statement: str, settings: dict = {}):
        """A call that gives all rows of the statement. There is nothing like a prepared statement."""
        settings = ", ".join(f"{name} = {value}" for name, value in {**NO_RESULTS_KEPT, **settings}.items())
        statement = f"{statement} SETTINGS {settings}"

        def rows():
            lines = self.session.query(statement, "JSONCompactEachRow").bytes()
            return [json.loads(line) for line in lines.splitlines()]

        return rows

    def page(self, condition: str, settings: dict, order: str = NEWEST):
        columns = ", ".join(
            "toUnixTimestamp64Micro(date)" if column == "date" else f"`{column}`" for column in PAGE_COLUMNS
        )
        return self.rows(f"SELECT {columns} FROM bench.sign_ins WHERE {condition} {order}", settings)

    def total(self, condition: str, settings: dict):
        return self.rows(f"SELECT count() FROM bench.sign_ins WHERE {condition}", settings)

    def both(self, condition: str, settings: dict):
        total, page = self.total(condition, settings), self.page(condition, settings)
        return lambda: (total(), page())

    def facets_of_all(self):
        """One statement for each column, from the counts of its projection."""
        each = [
            self.rows(
                f"SELECT `{column}` AS value, count() AS rows FROM bench.sign_ins WHERE value IS NOT NULL "
                f"GROUP BY value ORDER BY rows DESC, value LIMIT {FACET_VALUES}"
            )
            for column in FACET_COLUMNS
        ]
        return lambda: [facet() for facet in each]

    def facets_of_few(self, condition: str):
        """All columns in one pass: each row that matches becomes one row for each column."""
        pairs = ", ".join(f"({place}, toString(`{column}`))" for place, column in enumerate(FACET_COLUMNS))
        rows = self.rows(
            f"SELECT pair.1 AS place, pair.2 AS value, count() AS rows "
            f"FROM (SELECT arrayJoin([{pairs}]) AS pair FROM bench.sign_ins WHERE {condition}) "
            f"WHERE value IS NOT NULL GROUP BY place, value "
            f"ORDER BY place, rows DESC, value LIMIT {FACET_VALUES} BY place",
            PLAIN,
        )

        def facets():
            results = [[] for _ in FACET_COLUMNS]
            for place, value, number in rows():
                results[place].append([int(value) if FACET_COLUMNS[place] in INTEGERS else value, number])
            return results

        return facets

    def groups(self, query: str, condition: str):
        outcomes = ", ".join(f"countIf(status = {sql.text(outcome)})" for outcome in OUTCOMES)
        return self.rows(
            f"SELECT `{GROUPED_BY[query]}` AS value, {outcomes} FROM bench.sign_ins WHERE {condition} "
            f"GROUP BY value ORDER BY count() DESC, value NULLS LAST LIMIT {GROUP_ROWS}",
            PLAIN,
        )

    def export(self) -> bytes:
        statement = (
            f"SELECT {quoted(EXPORT_COLUMNS)} FROM bench.sign_ins ORDER BY date DESC, request_id LIMIT {EXPORT_ROWS} "
            "SETTINGS date_time_output_format = 'iso', format_csv_null_representation = '', use_query_cache = 0"
        )
        return self.session.query(statement, "CSVWithNames").bytes()

    def shaped(self, query: str, found):
        return sql.export(found) if query == "export100k" else sql.shaped(query, found)
