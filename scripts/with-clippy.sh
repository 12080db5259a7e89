#!/usr/bin/env bash
# Runs a cargo command with clippy as the compiler of the workspace's own crates; its warnings are errors.
# Usage: scripts/with-clippy.sh cargo build …
#
# `cargo clippy` checks every dependency once more, apart from what a build compiles: ten minutes of one core
# on a new machine. `make test` builds everything anyway, so there clippy looks on while it is built.
# `make lint` uses plain `cargo clippy`.
set -euo pipefail

RUSTC_WORKSPACE_WRAPPER=$(command -v clippy-driver) || {
  echo "with-clippy: clippy-driver is missing: run scripts/ensure-lint-tools.sh" >&2
  exit 1
}
export RUSTC_WORKSPACE_WRAPPER
# The form in which `cargo clippy -- -D warnings` hands its arguments on.
export CLIPPY_ARGS="-Dwarnings__CLIPPY_HACKERY__"
exec "$@"
