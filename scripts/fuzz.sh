#!/usr/bin/env bash
# Feeds the importers with hostile bytes. See fuzz/README.md.
# Usage: scripts/fuzz.sh [target…]   (default: container record)
#
# FUZZ_SECONDS   how long each target runs (default 180)
set -euo pipefail
cd "$(dirname "$0")/.."
cache="${VESTIBULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vestibule}"
seconds="${FUZZ_SECONDS:-180}"
cargo_fuzz_version=0.13.2
[ $# -gt 0 ] || set -- container record

if ! cargo +nightly --version >/dev/null 2>&1; then
  echo "fuzz: the fuzzer needs a nightly compiler: get it with 'rustup toolchain install nightly --profile minimal'" >&2
  exit 1
fi
if ! command -v c++ >/dev/null; then
  echo "fuzz: the fuzzer needs a C++ compiler: install the package g++" >&2
  exit 1
fi

tools="$cache/tools/cargo-fuzz-$cargo_fuzz_version"
export PATH="$PATH:$tools/bin"
if ! cargo fuzz --version >/dev/null 2>&1; then
  echo "installing cargo-fuzz $cargo_fuzz_version into $tools: less than a minute of compiling, once" >&2
  CARGO_TARGET_DIR="$tools/build" RUSTFLAGS="" \
    cargo install --quiet --locked --debug --root "$tools" --version "=$cargo_fuzz_version" cargo-fuzz
  rm -rf "$tools/build"
fi

# The dependencies of the program itself are to be fuzzed, not newer ones.
used="$cache/fuzz/Cargo.lock"
if [ ! -f fuzz/Cargo.lock ] || ! cmp -s Cargo.lock "$used"; then
  mkdir -p "$cache/fuzz"
  cp Cargo.lock fuzz/Cargo.lock
  cp Cargo.lock "$used"
fi
build="$cache/target-fuzz"
host=$(rustc +nightly -vV | sed -n 's/^host: //p')
findings="$cache/fuzz/findings"
mkdir -p "$findings"

for target in "$@"; do
  cargo +nightly fuzz build --fuzz-dir fuzz --release --debug-assertions --target-dir "$build" "$target"
  program="$build/$host/release/$target"
  corpus="$cache/fuzz/$target"
  log="$cache/fuzz/$target.log"
  mkdir -p "$corpus"
  echo "fuzzing $target for $seconds seconds; what it says goes to $log"
  # What was found in earlier runs is where this one starts.
  if ! "$program" "$corpus" "fuzz/seeds/$target" -artifact_prefix="$findings/$target-" \
    -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 >"$log" 2>&1; then
    grep -E "panicked|ERROR|Test unit written" -A 1 "$log" >&2 || tail -n 20 "$log" >&2
    echo "fuzz: $target found something; run it again with '$program FILE'" >&2
    exit 1
  fi
  awk '/ cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") coverage = $(i + 1) }
       /number_of_executed_units/ { runs = $2 }
       /peak_rss_mb/ { memory = $2 }
       END { printf "%s runs, %s edges covered, at most %s MB of memory, nothing found\n", runs, coverage, memory }' "$log"
done
