"""Measures how soon the reports come, and the pages that draw them, beside DuckDB counting the same.

Both are asked one thing at a time on the same machine: the program over HTTP on one connection, DuckDB in this process
from a table of its own. The numbers that both say have to be the same.
"""

import argparse
import statistics
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import duckdb

import measure
from measure import Failed

from explorer import lake
from web import server

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "duckdb"))
import reports  # noqa: E402

# A report should come within this time, whatever its window.
WITHIN_MS = 100
WINDOWS = {"24 h": 1, "7 d": 7, "30 d": 30, "all": None}
API = "/api/v1/insights"
METHODS = "/insights/authentication-methods"
PAGES = {"authentication-methods": f"{METHODS}/usage", "overview": "/overview"}
# Pages that say how often something was seen, and have no report of their own.
MORE_PAGES = {"registration": f"{METHODS}/registration", "error book": "/errors", "an application": None}
# Texts of which there are few: numbers in the table of DuckDB.
NUMBERED = (
    "application", "application_id", "authentication_requirement", "country", "credential_key_id", "kind",
    "service_principal_id", "service_principal_name", "status", "user_id", "username", "verdict",
)  # fmt: skip


def table_of(files: list, place: Path, memory_mb: int):
    """DuckDB's own table of what the reports read, newest sign-in first; the connection, and how long that took."""
    place.unlink(missing_ok=True)
    database = duckdb.connect(place)
    database.execute(f"SET memory_limit = '{memory_mb}MB'; SET enable_progress_bar = false; SET TimeZone = 'UTC'")
    begun = time.perf_counter()
    source = "read_parquet($files, hive_partitioning = false)"
    for column in NUMBERED:
        database.execute(
            f"CREATE TYPE {column}_values AS ENUM (SELECT DISTINCT {column} FROM {source} "
            f"WHERE {column} IS NOT NULL ORDER BY ALL)".replace("$files", repr(files))
        )
    as_kept = {column: f"{column}::{column}_values AS {column}" for column in NUMBERED}
    as_kept["date"] = "date::TIMESTAMP AS date"
    kept = [as_kept.get(column, column) for column in reports.COLUMNS]
    database.execute(
        f"CREATE TABLE sign_ins AS SELECT {', '.join(kept)} FROM {source} ORDER BY date DESC", {"files": files}
    )
    database.execute("CHECKPOINT")
    return database, time.perf_counter() - begun


def asked_of(until: datetime, days: int | None) -> tuple:
    """A window that ends at a fixed moment: as the program takes it, and as SQL does."""
    begin = until - timedelta(days=days) if days else datetime(2000, 1, 1, tzinfo=timezone.utc)
    moments = [moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (begin, until)]
    return f"from={moments[0]}&to={moments[1]}", moments


def took_ms(ask) -> tuple:
    """What came, and how long it took."""
    begun = time.perf_counter()
    found = ask()
    return found, (time.perf_counter() - begun) * 1_000


class Report:
    """One report over one window: how the program and DuckDB are asked, and how long they took."""

    def __init__(self, id: str, window: str, address: str, statements: dict):
        self.id, self.window = id, window
        self.answer = f"{API}/{id}?{address}"
        self.page = f"{PAGES.get(id, f'/insights/{id}')}?{address}"
        self.statements = statements
        self.took = {"report": [], "page": [], "duckdb": []}

    def ask_duckdb(self, database) -> dict:
        return {name: database.execute(statement).fetchall() for name, statement in self.statements.items()}

    def check(self, connection, database) -> None:
        """Fails unless both say the same, so that nobody measures how quickly something else is counted."""
        said = connection.json(self.answer)
        if said.get("source", "memory") != "memory":
            raise Failed(f"{self.id} was answered by the lake: give the server more memory, or set ROWS to less")
        found = self.ask_duckdb(database)
        if "figures" in found:
            names = [column[0] for column in database.execute(self.statements["figures"]).description]
            counted = dict(zip(names, found["figures"][0]))
            figures = {figure["id"]: figure["count"] for figure in said["figures"]}
            told = {name: figures[name] for name in counted}
        elif self.id == "policies":
            counted = {row[0]: row[1] for row in found["rows"] if row[0].endswith(": failure")}
            told = {f"{row['policy']}: failure": row["failure"] for row in said["rows"]}
            told = {name: count for name, count in told.items() if count}
        else:
            # The demo tenant signs nobody in at AD FS: both have to find nothing.
            first = next(iter(said["rows"]), {"application_id": None, "sign_ins": 0})
            keys = ("credential_key_id", "service_principal_id", "application_id")
            key = next(key for key in keys if key in first)
            # Reports of services do not tell all outcomes.
            places = {"sign_ins": 1, "successful": 2, "failed": 3, "interrupted": 4}
            places = {name: place for name, place in places.items() if name in first}
            # What only imported lists know has no sign-ins.
            rows = [row for row in said["rows"] if row[key] and row["sign_ins"]]
            told = {row[key]: [row[name] for name in places] for row in rows}
            counted = {row[0]: [row[place] for place in places.values()] for row in found["rows"]}
        if told != counted:
            differ = {name: (told.get(name), counted.get(name)) for name in {*told, *counted}}
            differ = {name: both for name, both in differ.items() if both[0] != both[1]}
            words = f"{self.id}, {self.window}: the program and DuckDB count differently"
            raise Failed(f"{words}: {dict(list(differ.items())[:3])}")

    def measure(self, connection, database) -> None:
        asks = {
            "report": lambda: connection.get(self.answer),
            "page": lambda: connection.get(self.page),
            "duckdb": lambda: self.ask_duckdb(database),
        }
        for name, ask in asks.items():
            self.took[name].append(took_ms(ask)[1])

    def median(self, name: str) -> float:
        return statistics.median(self.took[name])


def all_reports(until: datetime) -> list:
    day = (until - timedelta(days=1)).strftime("%Y-%m-%d")
    found = []
    for window, days in WINDOWS.items():
        address, (begin, end) = asked_of(until, days)
        for id, statements in reports.all_of(begin, end, day).items():
            if id != "overview":
                found.append(Report(id, window, address, statements))
    found.append(Report("overview", "a day", f"day={day}", reports.overview(day)))
    return found


def more_pages(connection, until: datetime) -> list:
    """Pages beside the reports: what it is, its window, and its address."""
    address, _ = asked_of(until, 30)
    largest = connection.json(f"{API}/applications?{address}")["rows"][0]["application_id"]
    found = []
    for window, days in WINDOWS.items():
        address, _ = asked_of(until, days)
        for name, path in MORE_PAGES.items():
            path = path or f"/insights/applications/{largest}"
            found.append((name, window, f"{path}?{address}"))
    return found


def run(options, running: list) -> None:
    print(f"{measure.processor()}, {measure.cores()} cores, {measure.memory_bytes() / 1e9:.1f} GB of memory; "
          f"{options.rounds} rounds, DuckDB {duckdb.__version__}")  # fmt: skip
    print(f"load before: {measure.load()}", flush=True)
    place = options.folder / "reports.duckdb"
    options.folder.mkdir(parents=True, exist_ok=True)
    memory_mb = measure.memory_bytes() // 4 // 1_000_000
    database, loaded_seconds = table_of(lake.active_files(options.data), place, memory_mb)
    served = server.vestibule(options.program, options.data, options.threads)
    running.append(served)
    served.wait_for_memory()
    if not served.memory["is_all"]:
        raise Failed(f"only {served.memory['rows']:,} sign-ins fit into memory: set ROWS to less")
    connection = served.connection()
    asked = all_reports(options.until)
    for report in asked:
        report.check(connection, database)
        report.measure(connection, database)
        report.took = {name: [] for name in report.took}
    pages = [(name, window, address, []) for name, window, address in more_pages(connection, options.until)]
    for number in range(options.rounds):
        turn = number % len(asked)
        for report in asked[turn:] + asked[:turn]:
            report.measure(connection, database)
        for _, _, address, took in pages:
            took.append(took_ms(lambda: connection.get(address))[1])
    print(f"load after: {measure.load()}")
    print(f"{served.memory['rows']:,} sign-ins; DuckDB loaded them in {loaded_seconds:.0f} s\n")
    print("\n".join(told(asked, pages)))
    late = [f"{report.id}, {report.window}" for report in asked if report.median("report") > WITHIN_MS]
    if late:
        raise Failed(f"later than {WITHIN_MS} ms: {'; '.join(late)}")
    print(f"\nevery report came within {WITHIN_MS} ms, and both said the same numbers")
    connection.close()


def told(asked: list, pages: list) -> list:
    """The lines of the tables."""
    titles = ("report", "page", "duckdb", "duckdb/report")
    lines = [f"{'ms, median':<26}{'window':<10}" + "".join(f"{title:>14}" for title in titles)]
    for report in asked:
        cells = [report.median(name) for name in ("report", "page", "duckdb")]
        cells.append(cells[2] / cells[0])
        lines.append(f"{report.id:<26}{report.window:<10}" + "".join(f"{cell:>14.2f}" for cell in cells))
    lines.append("")
    for name, window, _, took in pages:
        lines.append(f"{name:<26}{window:<10}{'':>14}{statistics.median(took):>14.2f}")
    return lines


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help="vestibule")
    parser.add_argument("--data", type=Path, required=True, help="data folder of Vestibule")
    parser.add_argument("--folder", type=Path, required=True, help="where DuckDB's table is made")
    parser.add_argument("--until", type=datetime.fromisoformat, required=True, help="where all windows end")
    parser.add_argument("--rounds", type=int, default=7, help="each of which asks everything once")
    parser.add_argument("--threads", type=int, default=measure.cores(), help="of the server's runtime")
    return parser.parse_args()


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
