"""Runs a command and measures what it takes; tells what machine this is."""

import os
import platform
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One run of one tool."""

    seconds: float
    """Wall time from the start of the process until its result is safe on the disk."""
    cpu_seconds: float
    """Of all its threads, in user and system mode."""
    peak_bytes: int
    """Largest resident memory."""
    size_bytes: int
    """What it left on the disk."""
    output: str
    """What it printed."""


class Failed(Exception):
    """A command did not end well."""


def run(command, result: Path) -> Run:
    """Runs the command, which leaves its result in the folder `result`.

    Every file of the result is synced before the clock stops, so that a tool that leaves this to the
    operating system has no advantage.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VESTIBULE_")}
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True, env=environment)
    with process.stdout:
        output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    sync(result)
    seconds = time.perf_counter() - start
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{output}")
    return Run(
        seconds=seconds,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        # Linux counts in KiB, macOS in bytes.
        peak_bytes=usage.ru_maxrss * (1 if platform.system() == "Darwin" else 1024),
        size_bytes=sum(file.stat().st_size for file in result.rglob("*") if file.is_file()),
        output=output,
    )


def sync(folder: Path) -> None:
    """Waits until all files and folders in `folder` are on the disk."""
    for path in [folder, *sorted(folder.rglob("*"))]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def settle(file: Path) -> None:
    """Gives every run the same start: no writes under way, the file in memory as far as it fits."""
    os.sync()
    with file.open("rb", buffering=0) as reader:
        while reader.read(1 << 22):
            pass


def memory_bytes() -> int:
    """Memory of the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load() -> str:
    """Load averages over 1, 5 and 15 minutes."""
    return " ".join(f"{number:.2f}" for number in os.getloadavg())


def processor() -> str:
    """Name of the processor, as the system gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
