"""The numbers of the reports, counted by DuckDB over the Parquet files of a lake.

Usage: reports.py <data folder> <from> <to> <day>, the first two as moments in UTC, the last as a date.
Prints one JSON object: for each report what tests/tests/duckdb.rs compares with the program's answers. The queries
are written by what the documents say of each report, not by how the program counts.
"""

import json
import sys
from pathlib import Path
from urllib.parse import unquote

import duckdb

PROMPT = "list_filter(methods, lambda method: lower(method) NOT IN ('previously satisfied', ''))"
STRONG = "list_filter(methods, lambda method: lower(method) NOT IN ('previously satisfied', 'password', ''))"
RESISTANT = "list_filter(methods, lambda method: lower(method) SIMILAR TO '.*(fido|passkey|windows hello|certificate).*')"
LEGACY = """('Authenticated SMTP', 'Autodiscover', 'Exchange ActiveSync', 'Exchange Online PowerShell',
    'Exchange Web Services', 'IMAP4', 'MAPI Over HTTP', 'Offline Address Book',
    'Outlook Anywhere (RPC over HTTP)', 'Outlook Service', 'POP3', 'Reporting Web Services', 'Other clients',
    'Exchange ActiveSync (supported)', 'SMTP', 'Universal Outlook')"""


def files_of(data: Path) -> list:
    """The files that belong to the table now, from the log of the Delta table."""
    folder = data / "lake" / "sign_ins"
    paths = {}
    for entry in sorted((folder / "_delta_log").glob("*.json")):
        for line in entry.read_text().splitlines():
            action = json.loads(line)
            if "add" in action:
                paths[unquote(action["add"]["path"])] = True
            elif "remove" in action:
                paths.pop(unquote(action["remove"]["path"]), None)
    return [str(folder / path) for path in sorted(paths)]


def main() -> None:
    data, begin, end, day = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    database.execute(
        "CREATE VIEW sign_ins AS SELECT *, string_split(coalesce(authentication_methods, ''), chr(10)) AS methods "
        "FROM read_parquet(?, hive_partitioning = false)".replace("?", repr(files_of(data)))
    )
    within = f"date >= TIMESTAMPTZ '{begin}' AND date < TIMESTAMPTZ '{end}'"
    people = f"kind = 'interactive' AND {within}"
    services = f"kind = 'serviceprincipal' AND {within}"
    outcomes = (
        "count(*), count(*) FILTER (status = 'success'), count(*) FILTER (status = 'failure'), "
        "count(*) FILTER (status = 'interrupted')"
    )

    def rows(query: str) -> list:
        return [list(row) for row in database.sql(query).fetchall()]

    def one(query: str):
        return database.sql(query).fetchall()[0][0]

    def of(condition: str, scope: str = people) -> int:
        return one(f"SELECT count(*) FROM sign_ins WHERE {scope} AND ({condition})")

    multifactor = "status = 'success' AND authentication_requirement = 'multiFactorAuthentication'"
    on_day = f"kind = 'interactive' AND date::DATE = DATE '{day}'"
    answer = {
        "applications": rows(
            f"SELECT application_id, {outcomes}, count(DISTINCT user_id) FROM sign_ins "
            f"WHERE {people} AND application_id IS NOT NULL GROUP BY 1 ORDER BY 1"
        ),
        "service-principals": rows(
            f"SELECT service_principal_id, {outcomes} FROM sign_ins "
            f"WHERE {services} AND service_principal_id IS NOT NULL GROUP BY 1 ORDER BY 1"
        ),
        "credentials": rows(
            f"SELECT credential_key_id, {outcomes} FROM sign_ins "
            f"WHERE {services} AND credential_key_id IS NOT NULL GROUP BY 1 ORDER BY 1"
        ),
        "authentication-methods": {
            "sign_ins": of("true"),
            "people": one(f"SELECT count(DISTINCT user_id) FROM sign_ins WHERE {people}"),
            "successful": of("status = 'success'"),
            "multifactor": of(multifactor),
            "single_factor": of(
                "status = 'success' AND authentication_requirement = 'singleFactorAuthentication'"
            ),
            "claim_in_token": of(f"{multifactor} AND additional_details ILIKE '%claim in the token%'"),
            "phishing_resistant": of(f"status = 'success' AND len({RESISTANT}) > 0"),
            "prompts": of(f"len({PROMPT}) > 0"),
            "strong_prompts": of(f"len({STRONG}) > 0"),
            "people_strongly_prompted": one(
                f"SELECT count(DISTINCT user_id) FROM sign_ins WHERE {people} AND len({STRONG}) > 0"
            ),
        },
        "methods": rows(
            f"SELECT method, {outcomes}, count(DISTINCT user_id) FROM "
            f"(SELECT unnest({PROMPT}) AS method, status, user_id FROM sign_ins WHERE {people}) "
            "GROUP BY 1 ORDER BY 1"
        ),
        "interruptions": rows(
            f"SELECT error_code::VARCHAR, count(*), count(DISTINCT user_id) FROM sign_ins "
            f"WHERE {people} AND status = 'interrupted' GROUP BY 1 ORDER BY 1"
        ),
        "overview": {
            "sign_ins": of("true", on_day),
            "failed": of("status = 'failure'", on_day),
            "interrupted": of("status = 'interrupted'", on_day),
            "successful": of("status = 'success'", on_day),
            "multifactor": of(multifactor, on_day),
            "legacy": of(f"client_app IN {LEGACY}", on_day),
            "people": one(f"SELECT count(DISTINCT user_id) FROM sign_ins WHERE {on_day}"),
        },
        "policies": rows(
            "SELECT item, count(*), count(DISTINCT user_id) FROM (SELECT unnest(string_split("
            f"conditional_access_results, chr(10))) AS item, user_id FROM sign_ins WHERE {within}) "
            "GROUP BY 1 ORDER BY 1"
        ),
        "days": rows(
            f"SELECT application, date::DATE::VARCHAR, {outcomes} FROM sign_ins WHERE {people} "
            "AND application IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
        ),
    }
    json.dump(answer, sys.stdout)


main()
