"""The engines as the benchmark sees them: processes that are asked one question at a time.

Each reads one JSON object a line from its standard input and writes one a line to its standard output.
Vestibule's program is started as `explorer-bench --data <folder> --now <moment>` and knows:

  {"ask": "files"}       {"files": [absolute paths of the Parquet files of the sign-ins], "rows": number}
  {"ask": "parameters", "parameters": {…}}    {"ok": true}; see queries.py for what they are
  {"ask": "facts"}       {"rows": …, "load_ms": …, "snapshot_load_ms": …, "memory_bytes_per_row": …,
                          "disk_bytes_per_row": …}
  {"ask": "run", "query": "page24", "engine": "explorer" or "limit"}
                         {"ms": 1.23, "answer": …} with the answer in the form that queries.py describes, or
                         {"ms": null} where there is none; only the finding of the answer is timed. The
                         limit may leave the answer null.

An answer {"error": "…"} to any of these ends the benchmark. The peers (peer.py) speak the same, without
`files` and `engine`.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from measure import Failed

from explorer import peer

# Beyond what a peer says that it needs.
SPARE_BYTES = 2_000_000_000


class Process:
    """A child that answers questions."""

    def __init__(self, name: str, command):
        self.name = name
        environment = {name: value for name, value in os.environ.items() if not name.startswith("VESTIBULE_")}
        self.child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).parent.parent,
        )

    def ask(self, ask: str, **more) -> dict:
        """The answer to one question."""
        try:
            self.child.stdin.write(json.dumps({"ask": ask, **more}) + "\n")
            self.child.stdin.flush()
        except BrokenPipeError:
            pass
        line = self.child.stdout.readline()
        if not line:
            raise Failed(f"{self.name} ended with {self.child.wait()} when it was asked: {ask} {more.get('query', '')}")
        answer = json.loads(line)
        if "error" in answer:
            raise Failed(f"{self.name} was asked {ask} {more.get('query', '')}: {answer['error']}")
        return answer

    def peak_bytes(self) -> int | None:
        """Its largest resident memory so far, where the system tells."""
        try:
            lines = Path(f"/proc/{self.child.pid}/status").read_text().splitlines()
        except OSError:
            return None
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), None)

    def close(self) -> None:
        """Ends it: there is nothing more to ask."""
        self.child.stdin.close()
        self.child.stdout.close()
        try:
            self.child.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


@dataclass(frozen=True)
class Engine:
    """One column of the table."""

    name: str
    process: Process
    kind: str | None = None
    """Vestibule's program has two engines in it."""

    def run(self, query: str) -> dict:
        """Asks the query once."""
        return self.process.ask("run", query=query, **({"engine": self.kind} if self.kind else {}))


@dataclass
class Loaded:
    """A peer that can be asked, and what it took to get there."""

    engine: Engine
    version: str
    build: dict | None
    """Seconds, peak_bytes and size_bytes of making the database; `None` when nothing is kept on the disk."""
    open_ms: float


def command(name: str, task: str, table: Path, place: Path, memory_mb: int) -> list:
    return [sys.executable, "-B", "-m", "explorer.peer", name, task, table, place, memory_mb]


def load(name: str, table: Path, folder: Path, rows: int, memory_mb: int, parameters: dict) -> Loaded:
    """Makes the peer's database unless an earlier run did, and opens it in a process of its own."""
    kind = peer.engine(name)
    place = folder / name
    build = made(name, kind, table, place, rows, memory_mb) if kind.LAYOUT else None
    process = Process(name, command(name, "serve", table, place, memory_mb // 2))
    try:
        open_ms = process.ask("parameters", parameters=parameters)["load_ms"]
    except Failed:
        process.close()
        raise
    return Loaded(Engine(name, process), kind.version(), build, open_ms)


def made(name: str, kind: type, table: Path, place: Path, rows: int, memory_mb: int) -> dict:
    """What it took to make the database at `place`, now or in an earlier run over the same rows."""
    note = place.with_name(f"{name}.json")
    source = hashlib.sha256(table.with_name("source.json").read_bytes()).hexdigest()
    wanted = {"source": source, "layout": kind.LAYOUT, "version": kind.version()}
    if note.exists() and place.exists():
        known = json.loads(note.read_text())
        if all(known.get(key) == value for key, value in wanted.items()):
            return known
    part = place.with_name(f"{name}.part")
    note.unlink(missing_ok=True)
    remove(place)
    remove(part)
    needed, free = kind.needed_bytes(rows) + SPARE_BYTES, shutil.disk_usage(place.parent).free
    if free < needed:
        raise Failed(
            f"{place.parent} has {free / 1e9:.1f} GB free and {kind.version()} needs {needed / 1e9:.1f} for "
            f"{rows:,} rows: make room, or set ROWS to less"
        )
    print(f"  loading {rows:,} rows into {kind.version()}", file=sys.stderr, flush=True)
    run = subprocess.run(
        [str(part) for part in command(name, "build", table, part, memory_mb)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    if run.returncode != 0:
        remove(part)
        raise Failed(f"{kind.version()} ended with {run.returncode} while it loaded {rows:,} rows")
    part.rename(place)
    took = {**wanted, **json.loads(run.stdout), "size_bytes": size_bytes(place)}
    note.write_text(json.dumps(took, indent=1))
    return took


def remove(place: Path) -> None:
    """Deletes a file or folder that may not be there."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def size_bytes(place: Path) -> int:
    """Of a file, or of all files of a folder. A file with two names counts once."""
    every = [place] if place.is_file() else place.rglob("*")
    files = [file for file in every if file.is_file() and not file.is_symlink()]
    return sum({file.stat().st_ino: file.stat().st_size for file in files}.values())
