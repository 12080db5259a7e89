"""Imports a file of records into a new DuckDB database, or counts what is in one.

Usage: duckdb_import.py nested|columns INPUT DATABASE MEMORY_MB
       duckdb_import.py count DATABASE
"""

import sys
from pathlib import Path

import duckdb

# Above any record that Vestibule would take (32 MiB); DuckDB's own limit is lower.
RECORD_BYTES = 32 << 20


def text(value) -> str:
    """The value as a text of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def nested(source: Path) -> str:
    """What somebody would type: DuckDB finds the columns, objects become structs."""
    return f"SELECT * FROM read_json({text(source)}, format='newline_delimited', maximum_object_size={RECORD_BYTES})"


def columns(source: Path) -> str:
    """Nearest to what Vestibule stores: the record as it came, and the sign-in's properties as columns.

    One list of paths for each record: with one call for each path DuckDB parses the record again and
    again and takes many times as long.
    """
    paths = Path(__file__).with_name("properties.txt").read_text().split()
    keys = ", ".join(text("$.properties." + path.replace("/", ".")) for path in paths)
    values = ", ".join(f'found[{place}] AS "{path}"' for place, path in enumerate(paths, start=1))
    # `time` and `category` stand outside the properties.
    return (
        f"SELECT json AS raw, found[{len(paths) + 1}] AS emitted, found[{len(paths) + 2}] AS kind, {values} "
        f"FROM (SELECT json, json_extract_string(json, [{keys}, '$.time', '$.category']) AS found "
        f"FROM read_ndjson_objects({text(source)}, maximum_object_size={RECORD_BYTES}))"
    )


def main(arguments) -> None:
    if arguments[0] == "count":
        with duckdb.connect(arguments[1], read_only=True) as database:
            print(database.execute("SELECT count(*) FROM sign_ins").fetchone()[0])
        return
    way, source, path, memory_mb = arguments
    select = {"nested": nested, "columns": columns}[way](Path(source))
    with duckdb.connect(path) as database:
        database.execute(f"SET memory_limit = '{int(memory_mb)}MB'")
        database.execute(f"CREATE TABLE sign_ins AS {select}")
        database.execute("CHECKPOINT")


if __name__ == "__main__":
    main(sys.argv[1:])
