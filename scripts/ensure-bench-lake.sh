#!/usr/bin/env bash
# Prints the data folder with so many demo sign-ins, making it when it is not there: ensure-bench-lake.sh ROWS.
# It lies in the cache folder and serves every benchmark. BENCH_PROGRAM makes it instead of a release build.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/bench-settings.sh
rows="$1"
program="${BENCH_PROGRAM:-}"
days=90
row_bytes=1500

data="$cache/bench/demo-$form-$rows-$days-$seed-${until//:/}"
if [ ! -d "$data" ]; then
  mkdir -p "$cache/bench"
  require_free_kb "$cache/bench" $((rows * row_bytes / 1024)) "$rows sign-ins" ROWS
  if [ -z "$program" ]; then
    build_programs
    program="$programs/vestibule"
  fi
  echo "making $rows sign-ins in $data" >&2
  rm -rf "$data.part"
  "$program" demo --rows "$rows" --days "$days" --seed "$seed" --until "$until" --data "$data.part" >&2
  "$program" compact --data "$data.part" >&2
  mv "$data.part" "$data"
fi
echo "$data"
