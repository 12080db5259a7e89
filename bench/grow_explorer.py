"""Asks Vestibule's explorer the same questions of lakes of several sizes, and prints how the cost grows."""

import argparse
import json
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

import measure
from measure import Failed

from explorer import engines, lake, parameters, report
from explorer.queries import QUERIES

# What the program says of a lake, and how it is shown.
FACTS = {
    "load_ms": ("from the lake, s", 1 / 1000),
    "snapshot_load_ms": ("from the snapshot, s", 1 / 1000),
    "memory_bytes_per_row": ("memory, bytes/row", 1),
    "disk_bytes_per_row": ("lake, bytes/row", 1),
    "snapshot_bytes_per_row": ("snapshot, bytes/row", 1),
}


def measured(options, data: Path) -> tuple:
    """The number of rows of a lake, what the program says of it, and the median of each query."""
    program = engines.Process(report.EXPLORER, [options.program, "--data", data, "--now", options.now])
    try:
        files = program.ask("files")["files"]
        # In a process that ends and gives its memory back.
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            rows = apart.submit(lake.rows_of, files).result()
            chosen = apart.submit(parameters.choose, files, datetime.fromisoformat(options.now)).result()
        program.ask("parameters", parameters=json.loads(json.dumps(chosen)))
        facts = program.ask("facts")
        times = {}
        for query in QUERIES:
            # Once without the clock.
            runs = [program.ask("run", query=query.name, engine="explorer")["ms"] for _ in range(options.rounds + 1)]
            times[query.name] = statistics.median(runs[1:])
        print(f"  {rows:,} sign-ins: measured", file=sys.stderr, flush=True)
        return rows, facts, times
    finally:
        program.close()


def table(sizes: list) -> list:
    """The lines of the table, with how many times the largest lake took as long as the smallest."""
    titles = [f"{rows:,}" for rows, _, _ in sizes]
    lines = [f"{'ms, median':<22}" + "".join(f"{title:>13}" for title in [*titles, "growth"])]
    for query in QUERIES:
        took = [times[query.name] for _, _, times in sizes]
        cells = [*map(report.milliseconds, took), report.ratio(took[-1] / took[0])]
        lines.append(f"{query.name:<22}" + "".join(f"{cell:>13}" for cell in cells))
    for fact, (title, factor) in FACTS.items():
        values = [facts.get(fact) for _, facts, _ in sizes]
        cells = ["–" if value is None else f"{value * factor:,.2f}" for value in values]
        lines.append(f"{title:<22}" + "".join(f"{cell:>13}" for cell in cells))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="explorer-bench")
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="data folders of Vestibule, smallest first")
    parser.add_argument("--now", required=True, help="the moment from which windows reach back, as RFC 3339")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    print(f"{options.rounds} rounds, {measure.processor()}, {measure.cores()} cores; load before: {measure.load()}")
    sizes = [measured(options, data.resolve()) for data in options.data]
    print("\n".join(["", *table(sizes)]))


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"bench: {failure}")
