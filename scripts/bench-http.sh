#!/usr/bin/env bash
# Measures whole requests: starts, load, and the blade beside a bare page. See docs/BENCHMARKS.md.
#
# ROWS           demo sign-ins (default 1000000)
# BENCH_ROUNDS   rounds of the blade beside the bare page (default 3)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/bench-settings.sh
rows="${ROWS:-1000000}"
rounds="${BENCH_ROUNDS:-3}"
require_whole_numbers "ROWS and BENCH_ROUNDS" "$rows" "$rounds"

if ! command -v wrk >/dev/null; then
  echo "bench: wrk is missing: install it (on Debian: 'apt-get install wrk')" >&2
  exit 1
fi

data=$(scripts/ensure-bench-lake.sh "$rows")
build_programs

# Without compiled files of Python in the clone.
exec python3 -B bench/measure_http.py --program "$programs/vestibule" --bare "$programs/bare-page" \
  --data "$data" --until "$until" --rounds "$rounds"
