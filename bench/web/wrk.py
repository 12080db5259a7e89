"""Load on one address, by wrk."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from measure import Failed

SCRIPT = Path(__file__).with_name("percentiles.lua")
CONNECTIONS = 32
THREADS = 2
WARM_UP_SECONDS = 2


@dataclass(frozen=True)
class Load:
    """What one run found."""

    per_second: float
    """Answers a second."""
    p50_ms: float
    p99_ms: float
    bytes: float
    """Of one answer with its headers."""


def run(address: str, headers: dict, seconds: int, connections: int = CONNECTIONS) -> Load:
    """Asks for the address on all connections, each again as soon as it was answered."""
    command = ["wrk", "-t", min(THREADS, connections), "-c", connections, "-d", f"{seconds}s", "-s", SCRIPT]
    # Longer than the server lets anybody wait: what is late is measured, not cut off.
    command += ["--timeout", "120s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    done = subprocess.run([str(part) for part in [*command, address]], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        raise Failed(f"wrk ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    found = json.loads(lines[-1])
    if found["failed"] or found["broken"]:
        raise Failed(f"{address}: {found['failed']} answers were errors and {found['broken']} did not come")
    requests = found["requests"]
    if requests == 0:
        raise Failed(f"{address}: no answer within {seconds} seconds")
    return Load(
        per_second=requests / (found["duration"] / 1e6),
        p50_ms=found["p50"] / 1e3,
        p99_ms=found["p99"] / 1e3,
        bytes=found["bytes"] / requests,
    )
