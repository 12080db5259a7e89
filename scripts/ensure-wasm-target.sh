#!/usr/bin/env bash
# Adds the WASM target to the Rust toolchain in use where it is missing.
# There is no rust-toolchain.toml: any stable toolchain from the rust-version in Cargo.toml on will do,
# and a pinned one would make every newcomer download a second toolchain.
set -euo pipefail

sysroot=$(rustc --print sysroot)
if [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
  exit 0
fi
if ! command -v rustup >/dev/null; then
  echo "the Rust toolchain in $sysroot has no wasm32-unknown-unknown target, and there is no rustup to add it:" \
    "install Rust with rustup, or your distribution's package of that target's standard library" >&2
  exit 1
fi
echo "adding the target wasm32-unknown-unknown to the Rust toolchain" >&2
rustup target add wasm32-unknown-unknown >&2
