"""tantivy: a search index, newest sign-in first in each segment.

Every value is a term of its own (raw), so filters are look-ups in the inverted index; windows, sorts, facets
and groups work on fast fields. The row as a whole is stored beside them, its values joined, for pages and
exports. Usernames are indexed once more in small letters, for a search that does not look at letter case.

An index orders by one field. Where that leaves ties (dates, the sort by another column), a few rows more are
asked for, or rows of the last value once more, and the order is completed here. Aggregations order by number
alone as well, so they give more buckets than are needed. Measured and left alone, because slower: outcomes as
an aggregation in an aggregation, where one for each of the rare outcomes does it.
"""

import csv
import io
import re
from importlib.metadata import version
from pathlib import Path

import duckdb
import tantivy
from tantivy import FieldType, Occur, Order, Query

from explorer import queries, sql
from explorer.peer import Peer
from explorer.queries import (
    CATEGORIES, COLUMNS, DAY_MICROS, EXPORT_COLUMNS, EXPORT_ROWS, FACET_COLUMNS, FACET_VALUES, GROUP_ROWS, GROUPED_BY,
    HOUR_MICROS, IDENTIFIERS, INTEGERS, OUTCOMES, PAGE_COLUMNS, PAGE_ROWS, SORT_COLUMN, SORT_DESCENDING,
)  # fmt: skip

# Between the values of a stored row; no value has it.
SEPARATOR = "\x1f"
# Stands for null in an aggregation; no value is that.
NOTHING = "\x7f"
# Rows and buckets beyond those asked for, among which ties are decided.
TIES = 10
# More than there are different lists of authentication methods.
LISTS = 1000
# Values that each segment hands in for an aggregation. More is slower and, as the comparison with the other
# engines' answers shows, not needed.
SEGMENT_VALUES = 1000
HEAP_BYTES = 2_000_000_000
# What makes quotes necessary in CSV.
QUOTED = re.compile('[,"\r\n]')
PLACES = {column: EXPORT_COLUMNS.index(column) for column in PAGE_COLUMNS}


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # A date field would keep seconds only.
    builder.add_integer_field("date", fast=True)
    for column in INTEGERS:
        builder.add_integer_field(column, indexed=True, fast=True)
    for column in (*IDENTIFIERS, *CATEGORIES):
        builder.add_text_field(column, tokenizer_name="raw", index_option="basic", fast=column in CATEGORIES)
    builder.add_text_field("username_small", tokenizer_name="small", index_option="basic")
    builder.add_bytes_field("row", stored=True)
    return builder.build()


SCHEMA = schema()


def with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    small = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.lowercase()).build()
    index.register_tokenizer("small", small)
    return index


def equal(column: str, value) -> Query:
    return Query.term_query(SCHEMA, column, value, index_option="basic")


def all_of(*conditions) -> Query:
    return Query.boolean_query([(Occur.Must, condition) for condition in conditions])


class Engine(Peer):
    LAYOUT = "1: date, terms, fast fields, row"

    @staticmethod
    def version() -> str:
        return f"tantivy {version('tantivy')}"

    @staticmethod
    def needed_bytes(rows: int) -> int:
        # Segments that are merged lie beside their successor for a while.
        return 1000 * rows

    @classmethod
    def build(cls, table: Path, place: Path, memory_mb: int) -> None:
        place.mkdir()
        index = with_tokenizer(tantivy.Index(SCHEMA, str(place), sort_by_field="date", sort_order=Order.Desc))
        writer = index.writer(heap_size=min(HEAP_BYTES, memory_mb * 500_000), num_threads=2)
        with duckdb.connect() as source:
            source.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            # What is stored is made by DuckDB, as text, which is quicker than to make it here.
            written = ", ".join(
                "strftime(date, '%Y-%m-%dT%H:%M:%S.%fZ')" if column == "date" else f"ifnull(\"{column}\"::VARCHAR, '')"
                for column in EXPORT_COLUMNS
            )
            columns = ", ".join("epoch_us(date)" if column == "date" else f'"{column}"' for column in COLUMNS)
            rows = source.execute(
                f"SELECT encode(concat_ws(chr(31), {written})), username, {columns} "
                f"FROM read_parquet({sql.text(table)})"
            )
            names = ("row", "username_small", *COLUMNS)
            while batch := rows.fetchmany(10_000):
                for row in batch:
                    present = {name: value for name, value in zip(names, row, strict=True) if value is not None}
                    writer.add_document(tantivy.Document(**present))
        writer.commit()
        writer.wait_merging_threads()

    def __init__(self, table: Path, place: Path, memory_mb: int, parameters: dict):
        index = with_tokenizer(tantivy.Index.open(str(place)))
        self.searcher = index.searcher()
        newest = {name: self.since(micros) for name, micros in parameters["from_micros"].items()}
        hours = self.since(parameters["hour_edges"][0])
        filters30, filters4 = (
            [equal(column, value) for column, value in parameters[name].items()] for name in ("filters30", "filters4")
        )
        failures = all_of(newest["30d"], *filters30)
        by_id, by_correlation, by_user = (
            equal(column, parameters[column]) for column in ("request_id", "correlation_id", "username")
        )
        needle = re.escape(parameters["contains"]["text"].lower())
        named = Query.regex_query(SCHEMA, "username_small", f".*{needle}.*")
        from_network = Query.regex_query(SCHEMA, "ip_address", re.escape(parameters["address_prefix"]) + ".*")
        all_filters, everything = all_of(*filters4), Query.all_query()
        self.asks = {
            "page24": lambda: self.page(newest["24h"]),
            "page30f": lambda: self.page(failures),
            "count30f": lambda: self.total(failures),
            "contains": lambda: self.both(named),
            "sort30": lambda: self.sorted(newest["30d"]),
            "facets30": lambda: self.facets(all_of(newest["30d"], equal("status", "failure"))),
            "facetsAll": lambda: self.facets(everything),
            "hist7": lambda: self.histogram(hours, HOUR_MICROS),
            "hist90": lambda: self.histogram(everything, DAY_MICROS),
            "byapp30": lambda: self.groups(newest["30d"], GROUPED_BY["byapp30"]),
            "byuser30": lambda: self.groups(newest["30d"], GROUPED_BY["byuser30"]),
            "bymeth90": lambda: self.groups(everything, GROUPED_BY["bymeth90"], LISTS),
            "point_id": lambda: self.page(by_id),
            "point_corr": lambda: self.page(by_correlation),
            "ippfx": lambda: self.both(from_network),
            "user_all": lambda: self.both(by_user),
            "count4": lambda: self.total(all_filters),
            "export100k": self.export,
        }

    def since(self, first_micros: int) -> Query:
        return Query.range_query(SCHEMA, "date", FieldType.Integer, first_micros, None)

    def newest(self, condition: Query, rows: int, count: bool):
        """The newest rows as (date, stored row), of one moment the lesser request ID first; and the result."""
        result = self.searcher.search(condition, rows + TIES, count=count, order_by_field="date", order=Order.Desc)
        found = [(date, self.searcher.doc(address)["row"][0].decode()) for date, address in result.hits]
        first = 0
        for place in range(1, len(found) + 1):
            if place == len(found) or found[place][0] != found[first][0]:
                if place - first > 1:
                    found[first:place] = sorted(found[first:place], key=lambda row: values(row)[PLACES["request_id"]])
                first = place
        return found[:rows], result

    def page(self, condition: Query) -> list:
        return self.newest(condition, PAGE_ROWS, False)[0]

    def both(self, condition: Query) -> tuple:
        page, result = self.newest(condition, PAGE_ROWS, True)
        return result.count, page

    def total(self, condition: Query) -> int:
        # Counted without scores.
        return int(self.searcher.aggregate(condition, {"rows": {"value_count": {"field": "date"}}})["rows"]["value"])

    def sorted(self, condition: Query) -> list:
        """By SORT_COLUMN: which values come first, and then the newest rows of each until there are enough.

        Rows without a value come last, in either direction.
        """
        order = Order.Desc if SORT_DESCENDING else Order.Asc
        hits = self.searcher.search(condition, PAGE_ROWS, count=False, order_by_field=SORT_COLUMN, order=order).hits
        page = []
        for value in dict.fromkeys(value for value, _ in hits):
            if value is None:
                of_value = condition.and_must_not_match(Query.exists_query(SORT_COLUMN))
            else:
                of_value = all_of(condition, equal(SORT_COLUMN, value))
            page += self.newest(of_value, PAGE_ROWS - len(page), False)[0]
        return page

    def terms(self, condition: Query, columns, size: int, **more) -> dict:
        """For each column its most frequent values with their numbers."""
        wanted = {
            column: {"terms": {"field": column, "size": size, "segment_size": SEGMENT_VALUES, **more}}
            for column in columns
        }
        found = self.searcher.aggregate(condition, wanted)
        return {
            column: {bucket["key"]: bucket["doc_count"] for bucket in found[column]["buckets"]} for column in columns
        }

    def facets(self, condition: Query) -> dict:
        return self.terms(condition, FACET_COLUMNS, FACET_VALUES + TIES)

    def histogram(self, condition: Query, interval: int) -> list:
        """Buckets with the numbers of all and of the rare outcomes."""
        wanted = {"buckets": {"histogram": {"field": "date", "interval": interval, "min_doc_count": 1}}}
        conditions = [condition, *(all_of(condition, equal("status", outcome)) for outcome in OUTCOMES[1:])]
        found = [self.searcher.aggregate(each, wanted)["buckets"]["buckets"] for each in conditions]
        return [{int(bucket["key"]): bucket["doc_count"] for bucket in buckets} for buckets in found]

    def groups(self, condition: Query, column: str, size: int = GROUP_ROWS + TIES) -> list:
        """The largest groups with the numbers of all, and of these the numbers of the rare outcomes."""
        largest = self.terms(condition, [column], size, missing=NOTHING)[column]
        wanted = {
            "terms": {"terms": {"field": column, "size": len(largest), "include": list(largest)}},
            # What is missing is in no list of values to include.
            "present": {"value_count": {"field": column}},
            "rows": {"value_count": {"field": "date"}},
        }
        numbers = [largest]
        for outcome in OUTCOMES[1:]:
            found = self.searcher.aggregate(all_of(condition, equal("status", outcome)), wanted)
            rare = {bucket["key"]: bucket["doc_count"] for bucket in found["terms"]["buckets"]}
            numbers.append({**rare, NOTHING: int(found["rows"]["value"] - found["present"]["value"])})
        return numbers

    def export(self) -> bytes:
        lines = io.StringIO(newline="")
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(EXPORT_COLUMNS)
        for row in self.newest(Query.all_query(), EXPORT_ROWS, False)[0]:
            # Most rows have nothing that must be quoted.
            if QUOTED.search(row[1]):
                writer.writerow(values(row))
            else:
                lines.write(row[1].replace(SEPARATOR, ",") + "\n")
        return lines.getvalue().encode()

    def shaped(self, query: str, found):
        match queries.BY_NAME[query].answer:
            case "page":
                return [
                    [row[0], *(values(row)[PLACES[column]] or None for column in PAGE_COLUMNS if column != "date")]
                    for row in found
                ]
            case "found":
                return {"total": found[0], "page": self.shaped("page24", found[1])}
            case "total":
                return found
            case "facets":
                return {
                    column: sorted(map(list, values.items()), key=lambda value: (-value[1], value[0]))[:FACET_VALUES]
                    for column, values in found.items()
                }
            case "histogram":
                return [[edge, *outcomes(found, edge)] for edge in sorted(found[0])]
            case "groups":
                pairs = zip(OUTCOMES, zip(*(outcomes(found, key) for key in found[0]), strict=True), strict=True)
                keys = [None if key == NOTHING else key for key in found[0]]
                return queries.groups(
                    (key, outcome, number)
                    for outcome, numbers in pairs
                    for key, number in zip(keys, numbers, strict=True)
                )
            case "export":
                return sql.export(found)


def values(row: tuple) -> list:
    """Of a row that was found: the values of EXPORT_COLUMNS, nothing for null."""
    return row[1].split(SEPARATOR)


def outcomes(found: list, key) -> list:
    """Of a bucket: how many ended how, the frequent outcome being what remains of all."""
    rare = [numbers.get(key, 0) for numbers in found[1:]]
    return [found[0][key] - sum(rare), *rare]
