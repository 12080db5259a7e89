"""Servers that are started to be measured."""

import http.client
import json
import os
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from measure import Failed

# Until a server says where it is, and until it has everything in memory.
PATIENCE_SECONDS = 900
IN_MEMORY = "sign-ins are in memory"


class Server:
    """A server on a free port of this machine's own address. Its output is read as it comes."""

    def __init__(self, name: str, command, threads: int):
        self.name = name
        environment = {name: value for name, value in os.environ.items() if not name.startswith("VESTIBULE_")}
        # Read by the runtime that all of them have.
        environment["TOKIO_WORKER_THREADS"] = str(threads)
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.origin = None
        self.in_memory_seconds = None
        self.memory = None
        """What the server said when all was in memory."""
        self.last_words = []
        self.news = threading.Condition()
        for stream, hear in ((self.process.stdout, self.hear_address), (self.process.stderr, self.hear_log)):
            threading.Thread(target=self.listen, args=(stream, hear), daemon=True).start()

    def listen(self, stream, hear) -> None:
        for line in stream:
            with self.news:
                self.last_words = [*self.last_words[-19:], line]
                hear(line)
                self.news.notify_all()

    def hear_address(self, line: str) -> None:
        _, found, origin = line.strip().partition(" is at ")
        if found and self.origin is None:
            self.origin = origin

    def hear_log(self, line: str) -> None:
        if IN_MEMORY in line and self.memory is None:
            self.in_memory_seconds = self.seconds()
            self.memory = json.loads(line)

    def seconds(self) -> float:
        """Since the process was started."""
        return time.perf_counter() - self.begun

    def wait_for(self, what: str, holds) -> None:
        """Waits until the server has said something."""
        with self.news:
            while not holds():
                self.news.wait(0.1)
                if self.process.poll() is not None:
                    raise Failed(f"{self.name} ended with {self.process.returncode}:\n{''.join(self.last_words)}")
                if self.seconds() > PATIENCE_SECONDS:
                    raise Failed(f"{self.name}: no {what} within {PATIENCE_SECONDS} seconds")

    def wait_for_address(self) -> None:
        self.wait_for("address", lambda: self.origin is not None)

    def wait_for_memory(self) -> None:
        self.wait_for("sign-ins in memory", lambda: self.memory is not None)

    def connection(self) -> "Connection":
        self.wait_for_address()
        return Connection(self.origin)

    def close(self) -> None:
        """Asks it to end, and waits."""
        self.process.terminate()
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def vestibule(program: Path, data: Path, threads: int, accounts: str = "off") -> Server:
    """The portal on a data folder. It leaves the lake as it is."""
    command = [program, "serve", "--data", data, "--accounts", accounts, "--listen", "127.0.0.1:0", "--log-format", "json"]
    # More is asked than anybody may: it is what is measured.
    command += ["--rate-limits", "off"]
    return Server("vestibule", [*command, "--compact-every-minutes", "0"], threads)


class Connection:
    """One connection that asks one thing after another."""

    def __init__(self, origin: str):
        self.held = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=PATIENCE_SECONDS)

    def get(self, path: str, headers: dict | None = None) -> bytes:
        """The body of an answer; anything but 200 ends the benchmark."""
        self.held.request("GET", path, headers=headers or {})
        answer = self.held.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise Failed(f"{path} was answered with {answer.status}: {body[:300]!r}")
        return body

    def json(self, path: str) -> dict:
        return json.loads(self.get(path))

    def close(self) -> None:
        self.held.close()
