#!/usr/bin/env bash
# Measures how quickly the blade answers in a real browser. See docs/BENCHMARKS.md.
#
# ROWS           demo sign-ins (default 1000000)
# BENCH_ROUNDS   how often each thing is clicked (default 20)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/bench-settings.sh
rows="${ROWS:-1000000}"
rounds="${BENCH_ROUNDS:-20}"
require_whole_numbers "ROWS and BENCH_ROUNDS" "$rows" "$rounds"

data=$(scripts/ensure-bench-lake.sh "$rows")
build_programs
scripts/ensure-node-packages.sh end2end
VESTIBULE_CHROMIUM=$(scripts/ensure-browser.sh)
export VESTIBULE_CHROMIUM

exec python3 -B bench/measure_browser.py --program "$programs/vestibule" --data "$data" --until "$until" --rounds "$rounds"
