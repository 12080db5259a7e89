#!/usr/bin/env bash
# Adds clippy and rustfmt to the Rust toolchain in use where they are missing (rustup's minimal profile).
set -euo pipefail

cargo clippy --version >/dev/null 2>&1 || rustup component add clippy >&2
cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt >&2
