"""Asks Vestibule's explorer and other engines the same questions, in alternation, and prints how long each took."""

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

import measure
from measure import Failed

from explorer import engines, lake, parameters, report
from explorer.peer import PEERS
from explorer.queries import BY_NAME, QUERIES
from web import intake

# What takes longer than this is measured once: its median would not be another one.
LONG_MS = 10_000


def vestibule(options) -> engines.Process | None:
    """The program with the explorer and the limit."""
    if options.program is None:
        return None
    command = [options.program, "--data", options.data, "--now", options.now]
    return engines.Process(report.EXPLORER, command)


def difference(ours, theirs, path: str = "answer") -> str | None:
    """Where two answers differ first, in words."""
    if type(ours) is type(theirs) is dict and ours.keys() == theirs.keys():
        pairs = ((ours[key], theirs[key], f"{path}.{key}") for key in ours)
    elif type(ours) is type(theirs) is list and len(ours) == len(theirs):
        paths = (f"{path}[{place}]" for place in range(len(ours)))
        pairs = zip(ours, theirs, paths, strict=True)
    elif type(ours) is type(theirs) is list:
        return f"{path} has {len(ours)} items instead of {len(theirs)}"
    else:
        return None if ours == theirs else f"{path} is {str(ours)[:200]} instead of {str(theirs)[:200]}"
    return next((found for pair in pairs if (found := difference(*pair))), None)


def check(asked: list, names: list) -> None:
    """Fails unless all engines give the answers that DuckDB gives. An engine may have none at all."""
    wrong = []
    judge = next(engine for engine in asked if engine.name == report.DUCKDB)
    for query in names:
        right = judge.run(query)["answer"]
        for engine in asked:
            found = engine.run(query) if engine is not judge else {"ms": None}
            # A yardstick may count without putting together what it counted.
            silent = engine.name == report.LIMIT and found.get("answer") is None
            if found["ms"] is not None and not silent and (differs := difference(found["answer"], right)):
                wrong.append(f"{query}: {engine.name} and DuckDB do not agree: {differs}")
        print(f"  {query}: {hits(query, right)}", file=sys.stderr, flush=True)
    if wrong:
        raise Failed("\n".join(["the answers are not the same:", *wrong]))


def hits(query: str, answer) -> str:
    """How much an answer holds, so that nobody measures how quickly nothing is found."""
    match BY_NAME[query].answer:
        case "total":
            return f"{answer:,}"
        case "found":
            return f"{answer['total']:,} found"
        case "export":
            return f"{answer['rows']:,} lines"
        case "facets":
            return f"{sum(map(len, answer.values()))} values"
    return f"{len(answer)} {'rows' if BY_NAME[query].answer == 'page' else BY_NAME[query].answer}"


def measure_all(asked: list, names: list, rounds: int) -> dict:
    """Milliseconds of each query, engine and round. Each round begins with another engine; before the rounds
    of a query each engine is asked it once without the clock."""
    times = {}
    for query in names:
        first = {engine.name: engine.run(query)["ms"] for engine in asked}
        times[query] = {engine.name: [] for engine in asked}
        for number in range(rounds):
            turn = number % len(asked)
            for engine in asked[turn:] + asked[:turn]:
                took = first[engine.name]
                if took is None or (took > LONG_MS and number > 0):
                    continue
                times[query][engine.name].append(engine.run(query)["ms"])
        print(f"  {query}: measured", file=sys.stderr, flush=True)
    return times


def facts(loaded: list, program: engines.Process | None, rows: int) -> list:
    """The lines on loading, memory and disk."""
    titles = ("loaded in", "opened in", "on disk", "peak loading", "peak asked")
    lines = [f"{'':<36}" + "".join(f"{title:>16}" for title in titles)]
    for one in loaded:
        peak = one.engine.process.ask("facts")["peak_bytes"]
        build = one.build or {}
        cells = (
            f"{build['seconds']:.1f} s" if build else "–",
            f"{one.open_ms / 1000:.2f} s",
            f"{build['size_bytes'] / rows:.0f} bytes/row" if build else "–",
            f"{build['peak_bytes'] / 1e6:,.0f} MB" if build else "–",
            f"{peak / 1e6:,.0f} MB",
        )
        lines.append(f"{one.version:<36}" + "".join(f"{cell:>16}" for cell in cells))
    if program is not None:
        told = program.ask("facts")
        numbers = (f"{name} {value:,.1f}" for name, value in told.items() if value is not None)
        lines.append(f"explorer: {', '.join(numbers)}")
        if peak := program.peak_bytes():
            lines.append(f"explorer: largest memory, with what the limit holds, {peak / 1e6:,.0f} MB")
    return lines


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data folder of Vestibule")
    parser.add_argument("--now", required=True, help="the moment from which windows reach back, as RFC 3339")
    parser.add_argument("--folder", type=Path, required=True, help="where the peers' databases are kept for later runs")
    parser.add_argument("--program", type=Path, help="explorer-bench")
    parser.add_argument("--portal", type=Path, help="vestibule: says what it takes in while it is asked")
    parser.add_argument("--without-explorer", action="store_true", help="the peers alone, while a peer is worked on")
    parser.add_argument("--rounds", type=int, help="7, or 5 above two million rows")
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=PEERS, help="DuckDB is always one of them")
    parser.add_argument("--queries", nargs="+", choices=list(BY_NAME), default=[query.name for query in QUERIES])
    options = parser.parse_args()
    if (options.program is None) != options.without_explorer:
        parser.error("either --program or --without-explorer")
    options.data, options.folder = options.data.resolve(), options.folder.resolve()
    return options


def run(options, running: list) -> None:
    program = vestibule(options)
    if program is not None:
        running.append(program)
    files = program.ask("files")["files"] if program else lake.active_files(options.data)
    options.folder.mkdir(parents=True, exist_ok=True)
    # In a process that ends, because the engines need the memory that this takes.
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        table, rows = apart.submit(lake.table_of, files, options.folder).result()
        chosen = apart.submit(parameters.choose, [table], datetime.fromisoformat(options.now)).result()
    chosen = json.loads(json.dumps(chosen))
    # Half of the memory for a peer that is being loaded; a quarter while all are asked.
    memory_mb = measure.memory_bytes() // 2 // 1_000_000
    loaded = []
    for name in PEERS:
        if name in options.peers or name == report.DUCKDB:
            loaded.append(engines.load(name, table, options.folder, rows, memory_mb, chosen))
            running.append(loaded[-1].engine.process)
    peers = [one.engine for one in loaded]
    asked = list(peers)
    if program is not None:
        program.ask("parameters", parameters=chosen)
        asked = [engines.Engine(name, program, kind=name) for name in (report.LIMIT, report.EXPLORER)] + peers
    rounds = options.rounds or (7 if rows <= 2_000_000 else 5)
    print(f"{rows:,} sign-ins, {rounds} rounds, {measure.processor()}, {measure.cores()} cores, "
          f"{measure.memory_bytes() / 1e9:.1f} GB of memory")  # fmt: skip
    print("; ".join(one.version for one in loaded))
    shown = {key: chosen[key] for key in ("filters30", "filters4", "contains", "address_prefix", "username")}
    print(f"looked for: {json.dumps(shown, ensure_ascii=False)}")
    print(f"load before: {measure.load()}", flush=True)
    check(asked, options.queries)
    by_query = report.medians(measure_all(asked, options.queries, rounds))
    print(f"load after: {measure.load()}\n")
    print("\n".join(report.table(by_query, [engine.name for engine in asked], [engine.name for engine in peers])))
    print("\nAll engines gave the same answers. docs/BENCHMARKS.md says what is compared and what is not.\n")
    print("\n".join(facts(loaded, program, rows)))
    if options.portal is not None:
        # The memory and the cores are for the portal alone now.
        while running:
            running.pop().close()
        print()
        print(intake.run(options.portal, options.data, options.folder, options.now, chosen), flush=True)
    if program is not None:
        print()
        print("\n".join(report.frames(by_query)))
        print(report.verdict(by_query, [engine.name for engine in peers]))


def main() -> None:
    running = []
    try:
        run(parse_arguments(), running)
    finally:
        for process in running:
            process.close()


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"bench: {failure}")
