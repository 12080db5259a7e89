#!/usr/bin/env bash
# Asks the explorer the same eighteen questions of lakes of several sizes. See docs/BENCHMARKS.md.
#
# SIZES          demo sign-ins of each lake, smallest first (default "100000 1000000 10000000")
# BENCH_ROUNDS   how often every question is asked (default 15)
# BENCH_PROGRAM  makes the sign-ins with this program instead of building one
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/bench-settings.sh
read -ra sizes <<<"${SIZES:-100000 1000000 10000000}"
rounds="${BENCH_ROUNDS:-15}"
require_whole_numbers "SIZES and BENCH_ROUNDS" "${sizes[@]}" "$rounds"

data=()
for rows in "${sizes[@]}"; do
  data+=("$(scripts/ensure-bench-lake.sh "$rows")")
done
build_programs
python=$(scripts/ensure-bench-venv.sh)

# Without compiled files of Python in the clone.
exec "$python" -B bench/grow_explorer.py --program "$programs/explorer-bench" --now "$until" \
  --rounds "$rounds" --data "${data[@]}"
