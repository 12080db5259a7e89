"""Measures whole requests: how soon a started server answers, how many it answers under load, and how many pages
it renders beside a bare one."""

import argparse
import shutil
import statistics
import sys
import threading
from datetime import datetime
from pathlib import Path

import measure
from measure import Failed

from web import server, targets, wrk

# A restart should answer its first page in this time, and of the bare page's rate the blade should reach this part.
FIRST_PAGE_SECONDS = 3
PART_OF_BARE = 0.5
BARE = "bare page"
# How often the engine's time is asked for beside the load.
SAMPLE_EVERY_SECONDS = 0.1


class Sampler:
    """Asks the API now and then, while others load the server, how long the engine takes."""

    def __init__(self, served: server.Server, path: str):
        self.connection = served.connection()
        self.path = path
        self.found = []
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self.ask, daemon=True)

    def ask(self) -> None:
        while not self.ending.wait(SAMPLE_EVERY_SECONDS):
            engine_ms = self.connection.json(self.path)["meta"].get("engine_ms")
            if engine_ms is not None:
                self.found.append(engine_ms)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure) -> None:
        self.ending.set()
        self.thread.join()
        self.connection.close()

    def median_ms(self) -> float | None:
        return statistics.median(self.found) if self.found else None


def start(options, running: list) -> tuple:
    """Starts the portal; the server, and seconds until its first page and until everything was in memory."""
    served = server.vestibule(options.program, options.data, options.threads)
    running.append(served)
    connection = served.connection()
    connection.get(targets.first_page(options.until))
    first_page = served.seconds()
    connection.close()
    served.wait_for_memory()
    return served, first_page, served.in_memory_seconds


def starts(options, running: list) -> tuple:
    """A start that reads the lake, and one that finds what the first kept; the second server goes on."""
    shutil.rmtree(options.data / "snapshot", ignore_errors=True)
    lines = [f"{'start':<24}{'first page':>14}{'in memory':>14}{'rows':>14}{'of them kept':>14}"]
    for name in ("from the lake", "again"):
        while running:
            running.pop().close()
        served, first_page, in_memory = start(options, running)
        said = served.memory
        if not said["is_all"]:
            raise Failed(f"only {said['rows']:,} sign-ins fit into memory: set ROWS to less")
        lines.append(
            f"{name:<24}{f'{first_page:.2f} s':>14}{f'{in_memory:.2f} s':>14}"
            f"{said['rows']:>14,}{said['restored_rows']:>14,}"
        )
        print(lines[-1], file=sys.stderr, flush=True)
    in_time = yes(first_page <= FIRST_PAGE_SECONDS)
    lines.append(f"a restart answers its first page within {FIRST_PAGE_SECONDS} s: {in_time}")
    return served, lines


def loads(options, served: server.Server, asked: list) -> list:
    """Each target under load: the lines of the table."""
    titles = ("answers/s", "p50", "p99", "engine", "engine/p50", "alone, p50", "KB each")
    lines = [f"{'':<12}" + "".join(f"{title:>12}" for title in titles)]
    for target in asked:
        address = f"{served.origin}{target.path}"
        alone = wrk.run(address, target.headers, wrk.WARM_UP_SECONDS, connections=1)
        wrk.run(address, target.headers, wrk.WARM_UP_SECONDS)
        with Sampler(served, target.same_in_api) as sampler:
            load = wrk.run(address, target.headers, options.seconds)
        engine_ms = sampler.median_ms()
        cells = (
            f"{load.per_second:,.0f}",
            milliseconds(load.p50_ms),
            milliseconds(load.p99_ms),
            milliseconds(engine_ms),
            "–" if engine_ms is None else f"{engine_ms / load.p50_ms:.1%}",
            milliseconds(alone.p50_ms),
            f"{load.bytes / 1000:.1f}",
        )
        lines.append(f"{target.name:<12}" + "".join(f"{cell:>12}" for cell in cells))
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def beside_bare(options, served: server.Server, asked: list, running: list) -> list:
    """The bare page and the blade, with as many rows and with those of its page, in alternation: the lines of the
    table."""
    bare = server.Server("bare-page", [options.bare], options.threads)
    running.append(bare)
    bare.wait_for_address()
    paths = {target.name: target.path for target in asked}
    addresses = {BARE: f"{bare.origin}/"}
    addresses |= {name: f"{served.origin}{paths[name]}" for name in (targets.SHORT, targets.BLADE)}
    names = list(addresses)
    found = {name: [] for name in names}
    for number in range(options.rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            wrk.run(addresses[name], {}, wrk.WARM_UP_SECONDS)
            load = wrk.run(addresses[name], {}, options.seconds)
            found[name].append(load)
            print(f"  round {number + 1}: {name}: {load.per_second:,.0f} pages/s", file=sys.stderr, flush=True)
    rounds = "".join(f"{f'round {number + 1}':>12}" for number in range(options.rounds))
    titles = ("median", "of bare", "p50", "p99", "KB each")
    lines = [f"{'pages/s':<12}{rounds}" + "".join(f"{title:>12}" for title in titles)]
    medians = {name: statistics.median(load.per_second for load in done) for name, done in found.items()}
    for name, done in found.items():
        each = "".join(f"{load.per_second:>12,.0f}" for load in done)
        cells = (
            f"{medians[name]:,.0f}",
            f"{medians[name] / medians[BARE]:.2f}",
            milliseconds(statistics.median(load.p50_ms for load in done)),
            milliseconds(statistics.median(load.p99_ms for load in done)),
            f"{done[0].bytes / 1000:.1f}",
        )
        lines.append(f"{name:<12}{each}" + "".join(f"{cell:>12}" for cell in cells))
    ratio = medians[targets.SHORT] / medians[BARE]
    lines.append(f"the blade reaches {PART_OF_BARE} of the bare page: {yes(ratio >= PART_OF_BARE)}, {ratio:.2f}")
    return lines


def milliseconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} ms" if value < 100 else f"{value:.0f} ms"


def yes(holds: bool) -> str:
    return "yes" if holds else "no"


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="vestibule")
    parser.add_argument("--bare", type=Path, required=True, help="bare-page")
    parser.add_argument("--data", type=Path, required=True, help="data folder of Vestibule")
    parser.add_argument("--until", type=datetime.fromisoformat, required=True, help="where all windows end")
    parser.add_argument("--seconds", type=int, default=10, help="of each load")
    parser.add_argument("--rounds", type=int, default=3, help="of the blade beside the bare page")
    parser.add_argument("--threads", type=int, default=measure.cores(), help="of each server's runtime")
    return parser.parse_args()


def run(options, running: list) -> None:
    print(f"{measure.processor()}, {measure.cores()} cores, {measure.memory_bytes() / 1e9:.1f} GB of memory; "
          f"{options.threads} threads for each server, and the load on the same cores")  # fmt: skip
    print(f"load before: {measure.load()}", flush=True)
    served, of_starts = starts(options, running)
    connection = served.connection()
    asked = targets.choose(connection, options.until)
    for target in asked:
        target.check(connection)
    connection.close()
    of_loads = loads(options, served, asked)
    of_pages = beside_bare(options, served, asked, running)
    print(f"load after: {measure.load()}")
    for lines in (of_starts, of_loads, of_pages):
        print()
        print("\n".join(lines))
    print("\ndocs/BENCHMARKS.md says what is measured and what is not.")


def main() -> None:
    running = []
    try:
        run(parse_arguments(), running)
    finally:
        for each in running:
            each.close()


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"bench: {failure}")
