"""The rows of the benchmark: from the files of Vestibule's lake into one Parquet file that every peer loads."""

import json
import os
import sys
from pathlib import Path

import duckdb

from explorer.queries import COLUMNS

# What reads the log of a lake without the program, as the tests do.
sys.path.append(str(Path(__file__).resolve().parents[2] / "tests" / "duckdb"))
from lake import active_files  # noqa: E402, F401

TABLE = "sign_ins.parquet"


def table_of(files: list, folder: Path) -> tuple:
    """The columns that the queries read, newest sign-in first, in one Parquet file in `folder`; made once.
    Gives the file and its number of rows.

    One file, so that the load times of the peers start from the same place and none pays for the JSON text
    that the lake keeps beside the columns.
    """
    table = folder / TABLE
    source = folder / "source.json"
    # Without the folder of the lake, which may be moved; its files have names that no other lake has.
    sizes = [["/".join(Path(file).parts[-2:]), os.path.getsize(file)] for file in sorted(files)]
    wanted = {"columns": COLUMNS, "files": sizes}
    wanted = json.loads(json.dumps(wanted))
    if table.exists() and source.exists() and json.loads(source.read_text()) == wanted:
        return table, rows_of([table])
    source.unlink(missing_ok=True)
    part = table.with_suffix(".part")
    with duckdb.connect() as database:
        database.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        database.execute(f"SET temp_directory = '{folder / 'sorting'}'")
        columns = ", ".join(f'"{name}"' for name in COLUMNS)
        database.execute(
            f"COPY (SELECT {columns} FROM read_parquet($files, hive_partitioning = false) "
            f"ORDER BY date DESC, request_id) TO '{part}' (FORMAT parquet, COMPRESSION zstd)",
            {"files": sorted(files)},
        )
    part.rename(table)
    source.write_text(json.dumps(wanted))
    return table, rows_of([table])


def rows_of(files: list) -> int:
    """The number of rows of Parquet files."""
    with duckdb.connect() as database:
        named = [str(file) for file in files]
        return database.execute("SELECT count(*) FROM read_parquet($files)", {"files": named}).fetchone()[0]
