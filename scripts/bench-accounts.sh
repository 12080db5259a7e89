#!/usr/bin/env bash
# Measures pages for many people who are signed in at once. See docs/BENCHMARKS.md.
#
# ROWS            demo sign-ins (default 1000000)
# BENCH_PEOPLE    people at once (default 100)
# BENCH_SECONDS   for how long (default 30)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/bench-settings.sh
rows="${ROWS:-1000000}"
people="${BENCH_PEOPLE:-100}"
seconds="${BENCH_SECONDS:-30}"
require_whole_numbers "ROWS, BENCH_PEOPLE and BENCH_SECONDS" "$rows" "$people" "$seconds"

data=$(scripts/ensure-bench-lake.sh "$rows")
build_programs

exec python3 -B bench/measure_accounts.py --program "$programs/vestibule" --data "$data" --people "$people" \
  --seconds "$seconds"
