#!/usr/bin/env bash
# Runs the Rust tests with the given choice of crates.
# Usage: scripts/test-rust.sh <arguments that select crates, for cargo>
#
# cargo-nextest runs tests of all crates side by side and shows slow ones. It is used where it is there;
# compiling it takes longer than it saves, so `cargo test` takes its place elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/ensure-postgres.sh
duckdb=$(scripts/ensure-duckdb.sh)
if [ -n "$duckdb" ]; then
  export VESTIBULE_DUCKDB="$duckdb"
fi
if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run ${CI:+--profile ci} "$@"
  # nextest runs no documentation tests.
  cargo test --doc "$@"
else
  echo "cargo-nextest is not installed: the tests run with cargo test" >&2
  cargo test --no-fail-fast "$@"
fi
