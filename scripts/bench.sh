#!/usr/bin/env bash
# Measures how fast this machine imports sign-ins, beside DuckDB on the same file. See docs/BENCHMARKS.md.
#
# BENCH_ROWS     records in the file (default 1000000: about 6 GB)
# BENCH_ROUNDS   rounds, in each of which everything is measured once (default 3)
# BENCH_PROGRAM  measures this program instead of building one
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/bench-settings.sh
rows="${BENCH_ROWS:-1000000}"
rounds="${BENCH_ROUNDS:-3}"
program="${BENCH_PROGRAM:-}"
record_bytes=6000
require_whole_numbers "BENCH_ROWS and BENCH_ROUNDS" "$rows" "$rounds"

folder="$cache/bench"
mkdir -p "$folder"
input="$folder/diagnostic-$rows-$seed-${until//:/}.ndjson"

# The file once, and as much again for the larger of the tables and what DuckDB puts aside.
needed_kb=$((rows * record_bytes / 1024))
[ -f "$input" ] || needed_kb=$((needed_kb * 2))
require_free_kb "$folder" "$needed_kb" "$rows records" BENCH_ROWS

if [ -z "$program" ]; then
  build_programs
  program="$programs/vestibule"
fi

python=$(scripts/ensure-bench-venv.sh)

if [ ! -f "$input" ]; then
  echo "making $rows records in $input" >&2
  "$program" demo --rows "$rows" --seed "$seed" --until "$until" --output "$input.part"
  mv "$input.part" "$input"
fi

# Without compiled files of Python in the clone.
exec "$python" -B bench/compare_import.py \
  --program "$program" --input "$input" --rows "$rows" --rounds "$rounds" --folder "$folder"
