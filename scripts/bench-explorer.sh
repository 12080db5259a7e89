#!/usr/bin/env bash
# Asks the explorer and five other engines the same eighteen questions. See docs/BENCHMARKS.md.
#
# ROWS           demo sign-ins (default 1000000; 10000000 needs about 30 GB and an hour the first time)
# BENCH_ROUNDS   rounds, in each of which every engine answers every question once (default 7, or 5 above
#                two million rows)
# BENCH_PROGRAM  makes the sign-ins with this program instead of building one
set -euo pipefail
cd "$(dirname "$0")/.."
cache="${VESTIBULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vestibule}"
rows="${ROWS:-1000000}"
rounds="${BENCH_ROUNDS:-}"
program="${BENCH_PROGRAM:-}"
# Fixed, so that the same sign-ins serve every run and all machines measure the same.
days=90
seed=7
until=2026-11-24T10:42:00Z
lake_bytes=1500

for number in "$rows" ${rounds:+"$rounds"}; do
  if ! [[ "$number" =~ ^[1-9][0-9]*$ ]]; then
    echo "bench: ROWS and BENCH_ROUNDS are whole numbers from 1 on, not '$number'" >&2
    exit 1
  fi
done

data="$cache/bench/demo-$rows-$days-$seed-${until//:/}"
mkdir -p "$cache/bench"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"
export VESTIBULE_CLIENT_DIR="${VESTIBULE_CLIENT_DIR:-$cache/client}"

if [ ! -d "$data" ]; then
  needed_kb=$((rows * lake_bytes / 1024))
  free_kb=$(df -Pk "$cache/bench" | awk 'NR == 2 { print $4 }')
  if [ "$free_kb" -lt "$needed_kb" ]; then
    echo "bench: $cache/bench has $((free_kb / 1024)) MB free and $rows sign-ins need $((needed_kb / 1024)):" \
      "make room, or set ROWS to less" >&2
    exit 1
  fi
  if [ -z "$program" ]; then
    cargo build ${CI:+--locked} --release -p server
    program="$CARGO_TARGET_DIR/release/vestibule"
  fi
  echo "making $rows sign-ins in $data" >&2
  rm -rf "$data.part"
  "$program" demo --rows "$rows" --days "$days" --seed "$seed" --until "$until" --data "$data.part" >&2
  "$program" compact --data "$data.part" >&2
  mv "$data.part" "$data"
fi

cargo build ${CI:+--locked} --release -p explorer-bench
python=$(scripts/ensure-bench-venv.sh)

# Without compiled files of Python in the clone.
exec "$python" -B bench/compare_explorer.py --program "$CARGO_TARGET_DIR/release/explorer-bench" \
  --data "$data" --now "$until" --folder "$cache/bench-explorer/$rows" ${rounds:+--rounds "$rounds"}
