"""Polars: a frame in memory, newest sign-in first, loaded from the Parquet file at the start.

Texts with few values are of type Enum with their values in the order of their bytes, so that filters, groups
and sorts work on codes. As the frame is in the order of time, a window is a slice that a binary search finds,
and the first rows that match are the page. Measured and left alone, because slower: the streaming engine,
one query for all facets of the whole, searching texts instead of codes.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from explorer import queries, sql
from explorer.peer import Peer
from explorer.queries import (
    CATEGORIES, EXPORT_COLUMNS, EXPORT_ROWS, FACET_COLUMNS, FACET_VALUES, GROUP_ROWS, GROUPED_BY, OUTCOMES,
    PAGE_COLUMNS, PAGE_ROWS, SORT_COLUMN, SORT_DESCENDING,
)  # fmt: skip


def micros(moment: datetime) -> int:
    """Microseconds since 1970, without a detour through floating point."""
    since = moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def all_equal(filters: dict) -> pl.Expr:
    return pl.all_horizontal(pl.col(column) == value for column, value in filters.items())


class Engine(Peer):
    @staticmethod
    def version() -> str:
        return f"Polars {pl.__version__}"

    def __init__(self, table: Path, place: Path, memory_mb: int, parameters: dict):
        stored = pl.scan_parquet(table)
        values = {
            column: stored.select(pl.col(column).drop_nulls().unique().sort()).collect().to_series()
            for column in CATEGORIES
        }
        self.frame = (
            stored.with_columns(
                pl.col("date").dt.replace_time_zone(None),
                *(pl.col(column).cast(pl.Enum(values[column])) for column in values),
            )
            .collect()
            .rechunk()
        )
        self.pages = self.frame.select(PAGE_COLUMNS)
        self.moments = self.frame["date"].to_physical()
        # Groups by time want the order of time.
        self.by_time = self.frame.select("date", "status").reverse().with_columns(pl.col("date").set_sorted())
        self.usernames = values["username"]
        self.small_usernames = self.usernames.str.to_lowercase()
        self.addresses = values["ip_address"]
        first, filters = parameters["from_micros"], parameters["filters30"]
        by_id, by_correlation = (pl.col(name) == parameters[name] for name in ("request_id", "correlation_id"))
        by_user = pl.col("username") == parameters["username"]
        self.asks = {
            "page24": lambda: self.since(first["24h"], self.pages).head(PAGE_ROWS).rows(),
            "page30f": lambda: self.page(self.matches(self.since(first["30d"]), all_equal(filters))),
            "count30f": lambda: self.since(first["30d"]).select(all_equal(filters).sum()).item(),
            "contains": lambda: self.both(self.named(parameters["contains"]["text"])),
            "sort30": lambda: self.sorted(first["30d"]),
            "facets30": lambda: self.facets_of_few(first["30d"]),
            "facetsAll": self.facets_of_all,
            "hist7": lambda: self.histogram(self.after(parameters["hour_edges"][0]), "1h"),
            "hist90": lambda: self.histogram(self.by_time, "1d"),
            "byapp30": lambda: self.largest(first["30d"], GROUPED_BY["byapp30"]),
            "byuser30": lambda: self.largest(first["30d"], GROUPED_BY["byuser30"]),
            "bymeth90": lambda: self.frame.lazy().group_by(GROUPED_BY["bymeth90"], "status").len().collect().rows(),
            "point_id": lambda: self.page(self.matches(self.frame, by_id)),
            "point_corr": lambda: self.page(self.matches(self.frame, by_correlation)),
            "ippfx": lambda: self.both(self.from_network(parameters["address_prefix"])),
            "user_all": lambda: self.both(by_user),
            "count4": lambda: self.frame.select(all_equal(parameters["filters4"]).sum()).item(),
            "export100k": self.export,
        }

    def rows_since(self, first_micros: int) -> int:
        """How many rows lie at that moment or after it: the first ones of the frame."""
        return self.moments.search_sorted(first_micros, side="right", descending=True)

    def since(self, first_micros: int, frame: pl.DataFrame | None = None) -> pl.DataFrame:
        return (self.frame if frame is None else frame).head(self.rows_since(first_micros))

    def after(self, first_micros: int) -> pl.DataFrame:
        return self.by_time.tail(self.rows_since(first_micros))

    def matches(self, frame: pl.DataFrame, condition: pl.Expr) -> pl.Series:
        """Numbers of the rows that match, newest first."""
        return frame.select(condition).to_series().arg_true()

    def page(self, places: pl.Series) -> list:
        return self.pages[places.head(PAGE_ROWS)].rows()

    def both(self, condition: pl.Expr) -> tuple:
        places = self.matches(self.frame, condition)
        return len(places), self.page(places)

    def named(self, text: str) -> pl.Expr:
        """Searches the values, of which there are few, and looks for those that match."""
        hits = self.usernames.filter(self.small_usernames.str.contains(text.lower(), literal=True))
        return pl.col("username").is_in(hits.cast(self.frame.schema["username"]).implode())

    def from_network(self, prefix: str) -> pl.Expr:
        """The values are in order: those with a prefix are a range of codes."""
        from_code = self.addresses.search_sorted(prefix)
        to_code = self.addresses.search_sorted(prefix[:-1] + chr(ord(prefix[-1]) + 1))
        return pl.col("ip_address").to_physical().is_between(from_code, to_code, closed="left")

    def sorted(self, first_micros: int) -> list:
        order = self.since(first_micros, self.pages).lazy().sort(
            SORT_COLUMN, "date", "request_id", descending=[SORT_DESCENDING, True, False], nulls_last=True
        )  # fmt: skip
        return order.head(PAGE_ROWS).collect().rows()

    def facets_of_few(self, first_micros: int) -> list:
        failures = self.since(first_micros).lazy().filter(pl.col("status") == "failure").select(FACET_COLUMNS).collect()
        return [
            failures[column].drop_nulls().value_counts(name="len")
            .sort("len", column, descending=[True, False]).head(FACET_VALUES).rows()
            for column in FACET_COLUMNS
        ]  # fmt: skip

    def facets_of_all(self) -> list:
        each = [
            self.frame.lazy().filter(pl.col(column).is_not_null()).group_by(column).len()
            .sort("len", column, descending=[True, False]).head(FACET_VALUES)
            for column in FACET_COLUMNS
        ]  # fmt: skip
        return [facet.rows() for facet in pl.collect_all(each)]

    def outcomes(self) -> list:
        return [(pl.col("status") == outcome).sum().alias(outcome) for outcome in OUTCOMES]

    def histogram(self, frame: pl.DataFrame, every: str) -> list:
        return frame.lazy().group_by_dynamic("date", every=every).agg(*self.outcomes()).collect().rows()

    def largest(self, first_micros: int, column: str) -> list:
        groups = self.since(first_micros).lazy().group_by(column).agg(*self.outcomes(), pl.len())
        largest = groups.sort("len", column, descending=[True, False], nulls_last=True).head(GROUP_ROWS)
        return largest.drop("len").collect().rows()

    def export(self) -> bytes:
        lines = io.BytesIO()
        newest = self.frame.head(EXPORT_ROWS).select(EXPORT_COLUMNS)
        newest.write_csv(lines, datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ")
        return lines.getvalue()

    def shaped(self, query: str, found):
        match queries.BY_NAME[query].answer:
            case "page":
                return [[micros(row[0]), *row[1:]] for row in found]
            case "found":
                return {"total": found[0], "page": self.shaped("page24", found[1])}
            case "total":
                return found
            case "histogram":
                return [[micros(row[0]), *row[1:]] for row in found if any(row[1:])]
            case "export":
                return sql.export(found)
        return sql.shaped(query, found)
