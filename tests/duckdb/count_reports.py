"""The numbers of the reports, counted by DuckDB over the Parquet files of a lake.

Usage: count_reports.py <data folder> <from> <to> <day>, the first two as moments in UTC, the last as a date.
Prints one JSON object: for each report what tests/tests/duckdb.rs compares with the program's answers.
"""

import json
import sys
from pathlib import Path

import duckdb

import reports
from lake import active_files


def main() -> None:
    data, begin, end, day = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    files = repr(active_files(data))
    database.execute(f"CREATE VIEW sign_ins AS SELECT * REPLACE (date::TIMESTAMP AS date) FROM read_parquet({files}, hive_partitioning = false)")

    def rows(query: str) -> list:
        return [list(row) for row in database.sql(query).fetchall()]

    def figures(query: str) -> dict:
        found = database.sql(query)
        return dict(zip(found.columns, found.fetchall()[0]))

    queries = reports.all_of(begin, end, day)
    usage = queries["authentication-methods"]
    answer = {id: rows(queries[id]["rows"]) for id in ("applications", "service-principals", "credentials", "policies")}
    for id in ("authentication-methods", "overview"):
        answer[id] = figures(queries[id]["figures"])
    answer |= {part: rows(usage[part]) for part in ("methods", "interruptions", "verdicts")}
    answer["days"] = rows(
        f"SELECT application, date::DATE::VARCHAR, {reports.OUTCOMES} FROM sign_ins "
        f"WHERE kind = 'interactive' AND {reports.within(begin, end)} AND application IS NOT NULL "
        "GROUP BY 1, 2 ORDER BY 1, 2"
    )
    # Moments of the last sign-in are told elsewhere.
    json.dump(answer, sys.stdout, default=str)


main()
