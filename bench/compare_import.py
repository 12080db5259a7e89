"""Imports the same file with Vestibule and with DuckDB, in alternation, and prints how long each took."""

import argparse
import re
import shutil
import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import measure
from measure import Failed

CHILD = Path(__file__).with_name("duckdb_import.py")
VESTIBULE, NESTED, COLUMNS = "Vestibule", "DuckDB, nested", "DuckDB, columns"


def rows_in(check: str) -> int:
    """The rows of the sign-ins table, from what `vestibule check` found by reading it."""
    found = re.search(r"^sign_ins +([\d,]+) rows", check, re.MULTILINE)
    if found is None:
        raise Failed(f"`vestibule check` names no table sign_ins:\n{check}")
    return int(found[1].replace(",", ""))


def import_with(tool: str, options, result: Path) -> measure.Run:
    """One measured import into the empty folder `result`; fails unless every record is there afterwards."""
    if tool == VESTIBULE:
        command = [options.program, "import", options.input, "--data", result, "--log", "error"]
        run = measure.run(command, result)
        stored = rows_in(measure.run([options.program, "check", "--data", result, "--log", "error"], result).output)
    else:
        database = result / "sign_ins.duckdb"
        way = "nested" if tool == NESTED else "columns"
        run = measure.run([sys.executable, CHILD, way, options.input, database, options.memory_mb], result)
        stored = int(measure.run([sys.executable, CHILD, "count", database], result).output)
    if stored != options.rows:
        raise Failed(f"{tool} stored {stored:,} of {options.rows:,} records")
    return run


def measure_all(options) -> dict:
    """All runs of each tool. Each round begins with another tool, so that none always comes first."""
    tools = [VESTIBULE, NESTED, COLUMNS]
    runs = {tool: [] for tool in tools}
    for number in range(options.rounds):
        turn = number % len(tools)
        for tool in tools[turn:] + tools[:turn]:
            measure.settle(options.input)
            result = Path(tempfile.mkdtemp(prefix="run-", dir=options.folder))
            try:
                run = import_with(tool, options, result)
            finally:
                shutil.rmtree(result)
            runs[tool].append(run)
            print(f"  round {number + 1}: {tool}: {run.seconds:.1f} s", file=sys.stderr, flush=True)
    return runs


def table(runs: dict, options) -> list:
    """The lines of the table: seconds of each round, and the rest for the median of them."""
    rounds = "".join(f"{f'round {number + 1}':>10}" for number in range(options.rounds))
    columns = ("median", "rows/s", "MB/s", "CPU", "on disk", "peak memory")
    lines = [f"{'':<17}{rounds}" + "".join(f"{name:>13}" for name in columns)]
    size_bytes = options.input.stat().st_size
    for tool, done in runs.items():
        seconds = statistics.median(run.seconds for run in done)
        cells = (
            f"{seconds:.1f} s",
            f"{options.rows / seconds:,.0f}",
            f"{size_bytes / seconds / 1e6:,.0f}",
            f"{statistics.median(run.cpu_seconds for run in done):.1f} s",
            f"{done[-1].size_bytes / 1e6:,.0f} MB",
            f"{max(run.peak_bytes for run in done) / 1e6:,.0f} MB",
        )
        each = "".join(f"{f'{run.seconds:.1f} s':>10}" for run in done)
        lines.append(f"{tool:<17}{each}" + "".join(f"{cell:>13}" for cell in cells))
    return lines


def verdict(runs: dict, other: str) -> str:
    """How Vestibule compares with another tool, and whether the rounds bear that out."""
    ours, theirs = ([run.seconds for run in runs[tool]] for tool in (VESTIBULE, other))
    ratio = statistics.median(theirs) / statistics.median(ours)
    if min(ours) <= max(theirs) and min(theirs) <= max(ours):
        return f"{VESTIBULE} and {other}: no clear difference, the rounds overlap (ratio of the medians {ratio:.2f})"
    if ratio > 1:
        return f"{VESTIBULE} is {ratio:.2f} times as fast as {other}"
    return f"{VESTIBULE} is slower than {other}, which is {1 / ratio:.2f} times as fast"


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="vestibule")
    parser.add_argument("--input", type=Path, required=True, help="diagnostic records, one a line")
    parser.add_argument("--rows", type=int, required=True, help="how many records the file has")
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="where databases are made and deleted again")
    options = parser.parse_args()
    # Room for the file in the page cache, which both need.
    options.memory_mb = measure.memory_bytes() * 6 // 10 // 1_000_000
    return options


def main() -> None:
    options = parse_arguments()
    size_bytes = options.input.stat().st_size
    print(f"{options.rows:,} diagnostic records, {size_bytes / 1e6:,.0f} MB")
    print(
        f"{measure.processor()}, {measure.cores()} cores, {measure.memory_bytes() / 1e9:.1f} GB of memory; "
        f"DuckDB {version('duckdb')} with all cores and at most {options.memory_mb / 1000:.1f} GB"
    )
    print(f"load before: {measure.load()}", flush=True)
    runs = measure_all(options)
    print(f"load after: {measure.load()}\n")
    print("\n".join(table(runs, options)))
    print()
    for other in (NESTED, COLUMNS):
        print(verdict(runs, other))
    print(
        "\nTime ends when the result is synced to the disk; each tool stored every record.\n"
        "Each keeps something else: docs/BENCHMARKS.md says what is compared and what is not."
    )


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"bench: {failure}")
