#!/usr/bin/env bash
# Runs the tests of end2end/ in a real browser, against the built program with a fixed demo tenant.
# Usage: scripts/end2end.sh [arguments for playwright test]
#
# Rows, seed and end of the demo are fixed, so that tests may name what they expect to see.
# VESTIBULE_PROGRAM names the program to test (default: the dev build).
set -euo pipefail
cd "$(dirname "$0")/.."
cache="${VESTIBULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vestibule}"
program="${VESTIBULE_PROGRAM:-${CARGO_TARGET_DIR:-$cache/target}/debug/vestibule}"
# Tests that import start servers of their own.
VESTIBULE_PROGRAM=$(realpath "$program")
export VESTIBULE_PROGRAM
start_limit_seconds=60

scripts/ensure-node-packages.sh end2end
VESTIBULE_CHROMIUM=$(scripts/ensure-browser.sh)
export VESTIBULE_CHROMIUM

work=$(mktemp -d)
server=""
stop_server() {
  [ -n "$server" ] && kill "$server" 2>/dev/null || return 0
  for _ in {1..50}; do
    kill -0 "$server" 2>/dev/null || return 0
    sleep 0.2
  done
  echo "end2end: the server did not end within ten seconds of being asked to" >&2
  kill -KILL "$server"
}
finish() {
  local status=$?
  stop_server
  if [ "$status" -ne 0 ] && [ -f "$work/server.log" ]; then
    mkdir -p end2end/test-results
    cp "$work/server.log" end2end/test-results/
    echo "end2end failed: screenshots and server.log are in end2end/test-results (VESTIBULE_TRACE=1 adds traces)" >&2
    tail -n 20 "$work/server.log" >&2
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

"$program" demo --rows 200000 --seed 7 --until 2026-11-24T10:42:00Z --data "$work/data"

port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
export VESTIBULE_URL="http://127.0.0.1:$port"
"$program" serve --accounts off --listen "127.0.0.1:$port" --data "$work/data" >"$work/server.log" 2>&1 </dev/null &
server=$!

ready() {
  node -e 'fetch(process.argv[1]).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))' "$VESTIBULE_URL/readyz"
}
deadline=$((SECONDS + start_limit_seconds))
until ready; do
  if ! kill -0 "$server" 2>/dev/null; then
    echo "end2end: the server ended before it was ready" >&2
    exit 1
  fi
  if [ "$SECONDS" -ge "$deadline" ]; then
    echo "end2end: the server was not ready within $start_limit_seconds seconds" >&2
    exit 1
  fi
  sleep 0.2
done

(cd end2end && npx --no-install playwright test "$@" </dev/null)
