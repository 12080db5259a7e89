#!/usr/bin/env bash
# Asks the explorer and five other engines the same eighteen questions. See docs/BENCHMARKS.md.
#
# ROWS           demo sign-ins (default 1000000; 10000000 needs about 30 GB and an hour the first time)
# BENCH_ROUNDS   rounds, in each of which every engine answers every question once (default 7, or 5 above
#                two million rows)
# BENCH_PROGRAM  makes the sign-ins with this program instead of building one
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/bench-settings.sh
rows="${ROWS:-1000000}"
rounds="${BENCH_ROUNDS:-}"
require_whole_numbers "ROWS and BENCH_ROUNDS" "$rows" ${rounds:+"$rounds"}

data=$(scripts/ensure-bench-lake.sh "$rows")
build_programs
python=$(scripts/ensure-bench-venv.sh)

# Without compiled files of Python in the clone.
exec "$python" -B bench/compare_explorer.py --program "$programs/explorer-bench" --portal "$programs/vestibule" \
  --data "$data" --now "$until" --folder "$cache/bench-explorer/$rows" ${rounds:+--rounds "$rounds"}
