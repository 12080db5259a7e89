"""One peer in a process of its own, so that its memory is its own and its end is not that of the benchmark.

Usage: python -m explorer.peer NAME build TABLE PLACE MEMORY_MB
       python -m explorer.peer NAME serve TABLE PLACE MEMORY_MB

`build` makes the peer's database at PLACE from the Parquet file TABLE and prints what that took. `serve` reads
one question a line and writes one answer a line, both JSON: the protocol of engines.py.
"""

import gc
import importlib
import json
import os
import platform
import resource
import sys
import time
from pathlib import Path

PEERS = ("duckdb", "clickhouse", "polars", "tantivy", "sqlite")


class Peer:
    """What each peer's module has as its class `Engine`."""

    LAYOUT = ""
    """How the database is laid out, as a text: another one is a reason to build it again. Empty when nothing
    is kept on the disk."""

    @staticmethod
    def version() -> str:
        """Name and version for the head of the table."""
        raise NotImplementedError

    @classmethod
    def build(cls, table: Path, place: Path, memory_mb: int) -> None:
        """Makes the database, a file or a folder, at `place`."""

    @staticmethod
    def needed_bytes(rows: int) -> int:
        """Room on the disk while building."""
        return 0

    def __init__(self, table: Path, place: Path, memory_mb: int, parameters: dict):
        """Opens the database and prepares the queries."""
        self.asks = {}
        """For each query a call that gives the materialised answer, in the peer's own form. A query that the
        peer cannot express is missing."""

    def shaped(self, query: str, answer):
        """The answer in the form that queries.py describes; not timed."""
        raise NotImplementedError


def engine(name: str) -> type:
    """The class of a peer. Its library is loaded here and not before."""
    return importlib.import_module(f"explorer.{name}_peer").Engine


def peak_bytes() -> int:
    """The largest resident memory of this process so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not from getrusage: on Linux that begins with what the process had that started this one.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    # macOS counts in bytes, others in KiB.
    unit = 1 if platform.system() == "Darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def serve(kind: type, table: Path, place: Path, memory_mb: int, answers) -> None:
    peer = None
    for line in sys.stdin:
        question = json.loads(line)
        match question["ask"]:
            case "parameters":
                start = time.perf_counter()
                peer = kind(table, place, memory_mb, question["parameters"])
                answer = {"ok": True, "load_ms": (time.perf_counter() - start) * 1000}
            case "facts":
                answer = {"peak_bytes": peak_bytes(), "version": kind.version()}
            case "run":
                answer = run(peer, question["query"])
            case other:
                answer = {"error": f"nobody knows how to answer '{other}'"}
        print(json.dumps(answer), file=answers, flush=True)


def run(peer: Peer, query: str) -> dict:
    ask = peer.asks.get(query)
    if ask is None:
        return {"ms": None, "answer": None}
    # As timeit does: no collection of garbage that another query left.
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    found = ask()
    seconds = time.perf_counter() - start
    gc.enable()
    return {"ms": seconds * 1000, "answer": peer.shaped(query, found)}


def main(arguments) -> None:
    name, task, table, place, memory_mb = arguments
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    kind = engine(name)
    if task == "build":
        start = time.perf_counter()
        kind.build(Path(table), Path(place), int(memory_mb))
        took = {"seconds": time.perf_counter() - start, "peak_bytes": peak_bytes()}
        print(json.dumps(took), file=answers, flush=True)
    else:
        serve(kind, Path(table), Path(place), int(memory_mb), answers)


if __name__ == "__main__":
    main(sys.argv[1:])
