#!/usr/bin/env bash
# Installs the wasm-bindgen command line tool and prints its path.
#
# The tool must be of exactly the version that the client was compiled with, so the version comes from
# Cargo.lock. It goes into the cache folder, never into the user's own cargo bin folder. A debug profile
# is used because compiling the tool costs more than running it; a lighter dependency set is not on offer.
# Without --locked on purpose: the lock file published with the tool asks for a version that was withdrawn.
set -euo pipefail
cd "$(dirname "$0")/.."
cache="${VESTIBULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vestibule}"

version=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock)
if [ -z "$version" ]; then
  echo "ensure-wasm-bindgen: Cargo.lock names no wasm-bindgen: is the frontend crate still a member of the workspace?" >&2
  exit 1
fi

on_path=$(command -v wasm-bindgen || true)
if [ -n "$on_path" ] && [ "$("$on_path" --version)" = "wasm-bindgen $version" ]; then
  echo "$on_path"
  exit 0
fi

root="$cache/tools/wasm-bindgen-$version"
if [ ! -x "$root/bin/wasm-bindgen" ]; then
  echo "installing wasm-bindgen $version into $root: about two minutes of compiling, once per version" >&2
  # Its own target folder: the flags below must not disturb what is cached for the workspace.
  # The build folder is of no use afterwards, and large.
  build="$cache/tools/build-wasm-bindgen-$version"
  CARGO_TARGET_DIR="$build" CARGO_PROFILE_DEV_DEBUG=0 RUSTFLAGS="" \
    cargo install --quiet --debug --root "$root" --bin wasm-bindgen --version "=$version" wasm-bindgen-cli >&2
  rm -rf "$build"
fi
echo "$root/bin/wasm-bindgen"
