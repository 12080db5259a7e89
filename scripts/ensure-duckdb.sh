#!/usr/bin/env bash
# Prints a Python that has the wheel duckdb in the version of bench/requirements.txt, installing it when it is missing.
# Prints nothing where it cannot be had: the test that compares with DuckDB says then that it is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
cache="${VESTIBULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vestibule}"
folder="$cache/duckdb-venv"
wanted=$(grep '^duckdb==' bench/requirements.txt)

if [ "$(cat "$folder/installed" 2>/dev/null)" != "$wanted" ]; then
  echo "installing $wanted into $folder" >&2
  if ! { python3 -m venv --clear "$folder" &&
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$wanted"; } >&2; then
    echo "duckdb cannot be installed here: its test is skipped (it needs python3-venv and a package index)" >&2
    exit 0
  fi
  echo "$wanted" >"$folder/installed"
fi
echo "$folder/bin/python"
