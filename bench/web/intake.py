"""How many sign-ins a second the portal takes in while it is asked, and what that costs whoever asks."""

import gzip
import json
import os
import shutil
import statistics
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import measure
from explorer.queries import FACET_COLUMNS, FACET_VALUES, GROUP_ROWS, GROUPED_BY, PAGE_COLUMNS, PAGE_ROWS, SORT_COLUMN
from measure import Failed

from web import server
from web.targets import FACETS, ROWS, address

GROUPS, HISTOGRAM = "/api/v1/signins/groups", "/api/v1/signins/histogram"
# What is imported: a week of another tenant, so that every value is new.
EXPORT_ROWS, EXPORT_DAYS, EXPORT_SEED = 200_000, 7, 8
# How long is asked before the import begins, and afterwards for what is still missing.
BEFORE_SECONDS, PATIENCE_SECONDS = 5, 600
# Files that never change: a second name for them is a copy.
UNCHANGING = (".parquet", ".segments")


def questions(chosen: dict) -> list:
    """The queries of the benchmark, but for those that no one request asks, as addresses of the interface."""
    windows = {name: moment(micros) for name, micros in chosen["from_micros"].items()}
    now = moment(chosen["now_micros"])

    def asked(path: str, since: str | None, filters=(), **more) -> str:
        span = [("from", windows[since] if since else ""), *([("to", now)] if since else [])]
        return address(path, [*span, ("tabs", "all"), *(("f", text) for text in filters)], **more)

    page = {"limit": PAGE_ROWS, "cols": ",".join(PAGE_COLUMNS)}
    found = {**page, "counts": "true"}
    facets = {"columns": ",".join(FACET_COLUMNS), "limit": FACET_VALUES}
    groups = {"limit": GROUP_ROWS}
    contains = chosen["contains"]
    return [
        asked(ROWS, "24h", **page),
        asked(ROWS, "30d", equal(chosen["filters30"]), **page),
        asked(ROWS, "30d", equal(chosen["filters30"]), limit=1, counts="true"),
        asked(ROWS, None, [f"{contains['column']}:contains:{contains['text']}"], **found),
        asked(ROWS, "30d", sort=SORT_COLUMN, **page),
        asked(FACETS, "30d", ["status:eq:failure"], **facets),
        asked(FACETS, None, **facets),
        asked(HISTOGRAM, "7d", bucket="hour"),
        asked(HISTOGRAM, None, bucket="day"),
        *(asked(GROUPS, "30d", by=GROUPED_BY[name], **groups) for name in ("byapp30", "byuser30")),
        asked(ROWS, None, [f"request_id:eq:{chosen['request_id']}"], **page),
        asked(ROWS, None, [f"correlation_id:eq:{chosen['correlation_id']}"], **page),
        asked(ROWS, None, [f"ip_address:starts:{chosen['address_prefix']}"], **found),
        asked(ROWS, None, [f"username:eq:{chosen['username']}"], **found),
        asked(ROWS, None, equal(chosen["filters4"]), limit=1, counts="true"),
    ]


def moment(micros: int) -> str:
    return datetime.fromtimestamp(micros / 1e6, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def equal(filters: dict) -> list:
    return [f"{column}:eq:{value}" for column, value in filters.items()]


def count(connection) -> tuple:
    """Sign-ins that are answered, and whether memory does."""
    meta = connection.json(address(ROWS, [("from", "")], tabs="all", counts="true", limit=1, cols="date"))["meta"]
    return sum(meta["counts"]["by_tab"].values()), meta["source"] == "memory"


class Reader:
    """Keeps asking one question after another, and notes how long each answer took."""

    def __init__(self, served: server.Server, asked: list):
        self.connection = served.connection()
        self.asked = asked
        self.took_ms = []
        self.in_memory = 0
        self.failure = None
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self) -> None:
        try:
            while not self.ending.is_set():
                path = self.asked[len(self.took_ms) % len(self.asked)]
                begun = time.perf_counter()
                answer = self.connection.get(path)
                self.took_ms.append((time.perf_counter() - begun) * 1000)
                self.in_memory += json.loads(answer)["meta"]["source"] == "memory"
        except Exception as failure:
            self.failure = failure

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure) -> None:
        self.ending.set()
        self.thread.join()
        self.connection.close()

    def median_ms(self) -> float:
        """Over all answers: every question is asked as often as the others."""
        if self.failure is not None:
            raise Failed(f"a question was not answered: {self.failure}")
        if len(self.took_ms) < len(self.asked):
            raise Failed("the import was over before all questions were asked: import more")
        return statistics.median(self.took_ms)


def copy_of(data: Path, folder: Path) -> Path:
    """A data folder that may be written to, which costs hardly any room."""
    place = folder / "intake"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for part in ("lake", "snapshot"):
        if (data / part).is_dir():
            shutil.copytree(data / part, place / part, copy_function=copy)
    return place


def copy(source: str, target: str) -> None:
    # The log of the table has Parquet files as well, which are written beside and renamed.
    if source.endswith(UNCHANGING):
        try:
            os.link(source, target)
            return
        except OSError:
            pass
    shutil.copy2(source, target)


def export(program: Path, folder: Path, now: str) -> Path:
    """The file that is imported, made once."""
    place = folder / f"intake-{EXPORT_ROWS}-{EXPORT_DAYS}-{EXPORT_SEED}.ndjson.gz"
    if not place.exists():
        part = place.with_name(f"{place.name}.part")
        settings = {"rows": EXPORT_ROWS, "days": EXPORT_DAYS, "seed": EXPORT_SEED, "until": now, "output": "-"}
        command = [program, "demo", *(f"--{name}={value}" for name, value in settings.items())]
        with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE) as making:
            with gzip.open(part, "wb", compresslevel=1) as packed:
                shutil.copyfileobj(making.stdout, packed, 1 << 20)
        if making.returncode != 0:
            raise Failed(f"{program} ended with {making.returncode} while it made {EXPORT_ROWS:,} records")
        part.rename(place)
    return place


def upload(connection, file: Path) -> int:
    """Sends a file, and returns the number of its import."""
    name = f'content-disposition: form-data; name="file"; filename="{file.name}"'
    head, tail = f"--frontier\r\n{name}\r\n\r\n".encode(), b"\r\n--frontier--\r\n"
    content = file.read_bytes()
    headers = {"Content-Type": "multipart/form-data; boundary=frontier", "Accept": "application/json"}
    connection.held.request("POST", "/api/imports", body=head + content + tail, headers=headers)
    answer = connection.held.getresponse()
    body = answer.read()
    if answer.status != 202:
        raise Failed(f"the upload was answered with {answer.status}: {body[:300]!r}")
    return json.loads(body)["id"]


def take_in(connection, file: Path) -> float:
    """Imports a file; seconds from when it was received until memory answers with all of it."""
    wanted = count(connection)[0] + EXPORT_ROWS
    number = upload(connection, file)
    begun = time.perf_counter()
    while (progress := connection.json(f"/api/imports/{number}"))["state"] in ("waiting", "running"):
        time.sleep(0.05)
    if progress["state"] != "done":
        raise Failed(f"the import ended early: {progress.get('message')}")
    if progress["summary"]["new"] != EXPORT_ROWS:
        raise Failed(f"{progress['summary']['new']:,} sign-ins were new instead of {EXPORT_ROWS:,}")
    while count(connection) != (wanted, True):
        if time.perf_counter() - begun > PATIENCE_SECONDS:
            raise Failed("memory does not have what was imported: give the server more memory, or set ROWS to less")
        time.sleep(0.05)
    return time.perf_counter() - begun


def run(program: Path, data: Path, folder: Path, now: str, chosen: dict) -> str:
    """The line about it."""
    file = export(program, folder, now)
    place = copy_of(data, folder)
    served = server.vestibule(program, place, measure.cores())
    try:
        served.wait_for_memory()
        asked, connection = questions(chosen), served.connection()
        for path in asked:
            connection.get(path)
        with Reader(served, asked) as before:
            time.sleep(BEFORE_SECONDS)
        with Reader(served, asked) as meanwhile:
            seconds = take_in(connection, file)
        connection.close()
        before_ms, meanwhile_ms = before.median_ms(), meanwhile.median_ms()
    finally:
        served.close()
        shutil.rmtree(place, ignore_errors=True)
    from_memory = meanwhile.in_memory / len(meanwhile.took_ms)
    return (
        f"ingest rows/s while queries run: {EXPORT_ROWS / seconds:,.0f} "
        f"({EXPORT_ROWS:,} in {seconds:.1f} s, until memory has them); "
        f"queries meanwhile {meanwhile_ms:.1f} ms instead of {before_ms:.1f} ms, "
        f"median of {len(asked)} in turn, {from_memory:.0%} from memory"
    )
