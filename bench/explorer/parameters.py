"""Chooses what the queries look for: by rules, from the data, so that every run on the same rows asks the same."""

from datetime import datetime

import duckdb

from explorer import queries
from explorer.queries import DAY_MICROS, HOUR_MICROS

# The three letters of usernames that hit nearest to 300 of them.
NEEDLE = """
    WITH usernames AS (SELECT DISTINCT lower(username) AS username FROM sign_ins WHERE username IS NOT NULL),
    pieces AS (
        SELECT DISTINCT username, substr(username, place::INTEGER, 3) AS piece
        FROM usernames, unnest(range(1, length(username) - 1)) AS places(place)
    )
    SELECT piece FROM pieces WHERE regexp_full_match(piece, '[a-z]{3}')
    GROUP BY piece ORDER BY abs(count(*) - 300), piece LIMIT 1"""
# The first three numbers of an address of version 4 that nearest to one sign-in in 2,000 comes from.
PREFIX = """
    SELECT regexp_extract(ip_address, '^\\d+\\.\\d+\\.\\d+\\.') AS prefix FROM sign_ins WHERE ip_address LIKE '%.%.%.%'
    GROUP BY prefix ORDER BY abs(count(*) - (SELECT count(*) FROM sign_ins) // 2000), prefix LIMIT 1"""
# As many usernames have more sign-ins as have fewer.
MIDDLE_USER = """
    SELECT username FROM (SELECT username, count(*) AS rows FROM sign_ins WHERE username IS NOT NULL GROUP BY username)
    ORDER BY rows, username
    LIMIT 1 OFFSET (SELECT count(DISTINCT username) // 2 FROM sign_ins)"""
# In the middle of the time.
MIDDLE_REQUEST = """
    SELECT request_id FROM sign_ins
    WHERE date >= (SELECT min(date) + (max(date) - min(date)) / 2 FROM sign_ins)
    ORDER BY date, request_id LIMIT 1"""


def choose(files: list, now: datetime) -> dict:
    """The parameters, from Parquet files with the columns of the queries. See queries.py for what each is."""
    with duckdb.connect() as database:
        database.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        named = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
        database.execute(f"CREATE VIEW sign_ins AS SELECT * FROM read_parquet([{named}], hive_partitioning = false)")
        return chosen(database, round(now.timestamp()) * 1_000_000)


def chosen(database, now: int) -> dict:
    def one(statement: str):
        return database.execute(statement).fetchone()[0]

    def most_frequent(column: str) -> str:
        return one(
            f"SELECT {column} FROM sign_ins WHERE {column} IS NOT NULL "
            f"GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT 1"
        )

    first, last = database.execute("SELECT epoch_us(min(date)), epoch_us(max(date)) FROM sign_ins").fetchone()
    windows = {"24h": now - DAY_MICROS, "7d": now - 7 * DAY_MICROS, "30d": now - 30 * DAY_MICROS}
    hours = range(-(-windows["7d"] // HOUR_MICROS) * HOUR_MICROS, now + HOUR_MICROS, HOUR_MICROS)
    days = range(first // DAY_MICROS * DAY_MICROS, last + DAY_MICROS + 1, DAY_MICROS)
    shared = {"client_app": "Browser", "country": most_frequent("country")}
    return {
        "now_micros": now,
        "from_micros": windows,
        "filters30": {"status": "failure", **shared},
        "filters4": {"status": "success", **shared, "operating_system": most_frequent("operating_system")},
        # As somebody types it: with a capital letter that the usernames do not have.
        "contains": {"column": "username", "text": one(NEEDLE).capitalize()},
        "request_id": one(MIDDLE_REQUEST),
        "correlation_id": most_frequent("correlation_id"),
        "address_prefix": one(PREFIX),
        "username": one(MIDDLE_USER),
        "hour_edges": list(hours),
        "day_edges": list(days),
        # Constants, so that nobody has them twice.
        "page_columns": queries.PAGE_COLUMNS,
        "page_rows": queries.PAGE_ROWS,
        "sort_column": queries.SORT_COLUMN,
        "sort_descending": queries.SORT_DESCENDING,
        "facet_columns": queries.FACET_COLUMNS,
        "facet_values": queries.FACET_VALUES,
        "group_rows": queries.GROUP_ROWS,
        "methods_column": queries.METHODS_COLUMN,
        "export_columns": queries.EXPORT_COLUMNS,
        "export_rows": queries.EXPORT_ROWS,
    }
