#!/usr/bin/env bash
# Builds the client (WASM, JavaScript, styles, images) into the cache folder, ready to be embedded.
# Usage: scripts/build-client.sh [wasm-release|dev] (default: wasm-release)
#
# wasm-release is what is shipped and tested: optimised for size, and the size budget is enforced.
# dev is for `make dev`: quick to build, large, no budget; it goes to a folder of its own.
# Nothing is done when nothing changed, and a changed style does not run the WASM tools again.
set -euo pipefail
cd "$(dirname "$0")/.."
cache="${VESTIBULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vestibule}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"

# What must arrive before the page answers clicks by itself, as Brotli: see "Client size" in docs/ARCHITECTURE.md.
brotli_limit_bytes=350000

profile="${1:-wasm-release}"
case "$profile" in
  wasm-release)
    cargo_folder=wasm-release packed="$cache/client" style_mode="" pack_options=(--brotli-limit "$brotli_limit_bytes") ;;
  dev)
    cargo_folder=debug packed="$cache/client-dev" style_mode=--readable pack_options=(--quick) ;;
  *)
    echo "build-client: unknown profile $profile: use wasm-release or dev" >&2
    exit 2 ;;
esac
work="$cache/client-work/$profile"
mkdir -p "$work"

# The options of a run, the compiler and the content of every input.
fingerprint() {
  {
    echo "$profile"
    rustc --version --verbose
    find Cargo.toml Cargo.lock .cargo app frontend style public package-lock.json \
      scripts/build-client.sh scripts/bundle-styles.mjs scripts/pack-client.mjs scripts/reload-on-restart.js -type f -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum
}

inputs=$(fingerprint)
if [ -f "$packed/manifest.json" ] && [ "$(cat "$work/inputs" 2>/dev/null)" = "$inputs" ]; then
  echo "client: unchanged"
  exit 0
fi

scripts/ensure-wasm-target.sh
scripts/ensure-node-packages.sh
wasm_bindgen=$(scripts/ensure-wasm-bindgen.sh)

cargo build ${CI:+--locked} -p frontend --target wasm32-unknown-unknown --profile "$profile"
compiled="$CARGO_TARGET_DIR/wasm32-unknown-unknown/$cargo_folder/frontend.wasm"

compiled_hash=$(sha256sum <"$compiled")
if [ "$(cat "$work/compiled" 2>/dev/null)" != "$compiled_hash" ]; then
  rm -rf "$work/wasm" "$work/compiled"
  "$wasm_bindgen" --target web --no-typescript --out-dir "$work/wasm" --out-name vestibule "$compiled"
  if [ "$profile" = wasm-release ]; then
    # The features are those that rustc's wasm32 target and wasm-bindgen use; every browser since 2023 has them.
    node_modules/.bin/wasm-opt -Oz \
      --enable-bulk-memory --enable-bulk-memory-opt --enable-multivalue --enable-mutable-globals \
      --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext \
      "$work/wasm/vestibule_bg.wasm" -o "$work/wasm/optimised.wasm"
    mv "$work/wasm/optimised.wasm" "$work/wasm/vestibule_bg.wasm"
  fi
  echo "$compiled_hash" >"$work/compiled"
fi

rm -rf "$work/site"
mkdir "$work/site"
cp -R "$work/wasm/." public/. "$work/site/"
if [ "$profile" = dev ]; then
  cat scripts/reload-on-restart.js >>"$work/site/start.js"
fi
node scripts/bundle-styles.mjs style/main.css "$work/site/main.css" ${style_mode:+"$style_mode"}
node scripts/pack-client.mjs "$work/site" "$packed" "${pack_options[@]}"
echo "$inputs" >"$work/inputs"
