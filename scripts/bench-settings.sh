# Sourced by the scripts of the benchmarks: what they have in common.
# shellcheck shell=bash
cache="${VESTIBULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vestibule}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"
export VESTIBULE_CLIENT_DIR="${VESTIBULE_CLIENT_DIR:-$cache/client}"
# Where the programs are when they are built.
programs="$CARGO_TARGET_DIR/release"
# Fixed, so that the same sign-ins serve every run and all machines measure the same.
until=2026-11-24T10:42:00Z
seed=7
# Raised when sign-ins get other columns: lakes of an earlier form are made anew.
form=2

# Builds what is measured. All of it together: with another selection cargo would join other features, and
# compile the engine below the lake once more.
build_programs() {
  cargo build ${CI:+--locked} --release -p server -p explorer-bench -p bare-page >&2
}

# Fails unless the folder has so many KiB free: FOLDER KIB WHAT SETTING.
require_free_kb() {
  local free_kb
  free_kb=$(df -Pk "$1" | awk 'NR == 2 { print $4 }')
  if [ "$free_kb" -lt "$2" ]; then
    echo "bench: $1 has $((free_kb / 1024)) MB free and $3 need $(($2 / 1024)): make room, or set $4 to less" >&2
    exit 1
  fi
}

# Fails unless what follows the names of the variables are whole numbers.
require_whole_numbers() {
  local names="$1" number
  for number in "${@:2}"; do
    if ! [[ "$number" =~ ^[1-9][0-9]*$ ]]; then
      echo "bench: $names are whole numbers from 1 on, not '$number'" >&2
      exit 1
    fi
  done
}
