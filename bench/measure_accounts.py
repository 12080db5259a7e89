"""Measures how quickly pages come to many people who are signed in at once, and that nobody sees another's sign-ins."""

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from measure import Failed

from web import server

PASSWORD = "correct horse battery staple"
COOKIE = "__Host-vestibule_session"
# Names in pages: those of the log are user principal names.
NAME = re.compile(rb"[\w.+#-]+@[\w.-]+\.example")
# Readers ask for pages of the blade, others for their own sign-ins; one in five is a reader.
READERS_EVERY = 5
READS = ("/sign-ins?range=7d", "/sign-ins?range=7d&f=status:eq:failure", "/users?range=7d", "/map?range=7d")
OWN = "/my-sign-ins"
# People do not click at the same moment: they begin one after another, within the time between two clicks.
PEOPLE_STEPS = 100
# How people ask, with the seconds between two pages of one person.
PACES = (("a page every two seconds each", 2.0), ("one page after another, without a pause", 0.0))


class Person:
    """Somebody with an account and a session, who asks for one page after another."""

    def __init__(self, number: int, name: str, is_reader: bool):
        self.number = number
        self.username = f"person{number}"
        self.name = name.lower().encode()
        self.is_reader = is_reader
        self.took_ms = []
        self.problem = None

    def add(self, program: Path, data: Path) -> None:
        role = "security_reader" if self.is_reader else "user"
        words = ["user", "add", self.username, "--data", str(data), "--role", role, "--password-stdin"]
        words += ["--user-principal-name", self.name.decode()]
        subprocess.run([program, *words], input=PASSWORD + "\n", text=True, check=True)

    def sign_in(self, served: server.Server) -> None:
        self.connection = served.connection()
        held = self.connection.held
        form = urlencode({"username": self.username, "password": PASSWORD})
        held.request("POST", "/sign-in", form, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = held.getresponse()
        answer.read()
        found = re.search(rf"{COOKIE}=([^;]+)", answer.headers.get("set-cookie") or "")
        if answer.status != 303 or not found:
            raise Failed(f"{self.username} could not sign in: {answer.status}")
        self.headers = {"Cookie": f"{COOKIE}={found[1]}"}

    def ask(self, until: float, every_seconds: float) -> None:
        """Asks until a moment, a page every so often, or one after another, and looks at what comes."""
        turn = 0
        due = time.perf_counter() + self.number / PEOPLE_STEPS * every_seconds
        try:
            while True:
                time.sleep(max(0, due - time.perf_counter()))
                if time.perf_counter() >= until:
                    return
                due += every_seconds
                path = READS[turn % len(READS)] if self.is_reader else OWN
                begun = time.perf_counter()
                body = self.connection.get(path, self.headers)
                self.took_ms.append((time.perf_counter() - begun) * 1_000)
                turn += 1
                if not self.is_reader:
                    self.look(body)
        except Exception as problem:  # It is told by who waits for the thread.
            self.problem = problem

    def look(self, body: bytes) -> None:
        if self.name not in body.lower():
            raise Failed(f"{self.username} does not see their own sign-ins")
        others = {found.lower() for found in NAME.findall(body)} - {self.name}
        if others:
            raise Failed(f"{self.username} sees sign-ins of others: {sorted(others)[:3]}")


def people_of(options, folder: Path) -> list:
    """So many people of the log, those with the most sign-ins."""
    served = server.vestibule(options.program, folder, options.threads)
    try:
        connection = served.connection()
        served.wait_for_memory()
        asked = f"/api/v1/signins/groups?from=&by=username&limit={options.people}"
        groups = connection.json(asked)["groups"]
        names = [group["keys"]["username"] for group in groups]
        connection.close()
    finally:
        served.close()
    names = [name for name in names if name]
    if len(names) < options.people:
        raise Failed(f"the log has {len(names)} people, fewer than {options.people}")
    return [Person(number, name, number % READERS_EVERY == 0) for number, name in enumerate(names)]


def beside(data: Path, folder: Path) -> None:
    """The same sign-ins with a state of their own: accounts of a benchmark stay out of the lake's folder."""
    for part in ("lake", "snapshot"):
        if (data / part).exists():
            (folder / part).symlink_to((data / part).resolve())


def measured(options, folder: Path) -> None:
    people = people_of(options, folder)
    subprocess.run(
        [options.program, "user", "add", "administrator", "--data", str(folder), "--password-stdin"],
        input=PASSWORD + "\n",
        text=True,
        check=True,
    )
    for person in people:
        person.add(options.program, folder)
    served = server.vestibule(options.program, folder, options.threads, accounts="on")
    try:
        served.wait_for_memory()
        for person in people:
            person.sign_in(served)
        for words, every_seconds in PACES:
            print(f"{len(people)} people at once for {options.seconds} s, {words}")
            asked(people, options.seconds, every_seconds)
        print("nobody saw another's sign-ins")
    finally:
        served.close()


def asked(people: list, seconds: int, every_seconds: float) -> None:
    """Lets all ask at once, and prints how long it took."""
    for person in people:
        person.took_ms = []
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=person.ask, args=(until, every_seconds)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person in people:
        if person.problem:
            raise Failed(f"{person.username}: {person.problem}")
    for words, is_reader in (("the blade and its lists", True), ("My sign-ins", False)):
        took = [ms for person in people if person.is_reader == is_reader for ms in person.took_ms]
        cuts = statistics.quantiles(took, n=100)
        print(f"  {words:<24} {len(took):>6} pages, ms p50 {cuts[49]:8.1f}  p99 {cuts[98]:8.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        beside(options.data, Path(folder))
        measured(options, Path(folder))


if __name__ == "__main__":
    try:
        main()
    except Failed as failed:
        sys.exit(f"bench: {failed}")
