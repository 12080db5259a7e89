#!/usr/bin/env bash
# Measures the reports of usage and insights beside DuckDB. See docs/BENCHMARKS.md.
#
# ROWS           demo sign-ins (default 1000000)
# BENCH_ROUNDS   rounds, in each of which everything is asked once (default 7)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/bench-settings.sh
rows="${ROWS:-1000000}"
rounds="${BENCH_ROUNDS:-7}"
require_whole_numbers "ROWS and BENCH_ROUNDS" "$rows" "$rounds"

data=$(scripts/ensure-bench-lake.sh "$rows")
build_programs
python=$(scripts/ensure-duckdb.sh)
if [ -z "$python" ]; then
  echo "bench: DuckDB cannot be installed here" >&2
  exit 1
fi

# Without compiled files of Python in the clone.
exec "$python" -B bench/measure_reports.py --program "$programs/vestibule" --data "$data" \
  --folder "$cache/bench-reports/$rows" --until "$until" --rounds "$rounds"
