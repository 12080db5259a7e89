#!/usr/bin/env bash
# Prints the Python that has what bench/requirements.txt names, installing it when that has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
cache="${VESTIBULE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vestibule}"
folder="$cache/bench-venv"
# Copied there when everything is installed.
installed="$folder/requirements.txt"

if ! cmp --silent bench/requirements.txt "$installed"; then
  echo "installing the engines of bench/requirements.txt into $folder" >&2
  if ! python3 -m venv --clear "$folder"; then
    echo "bench: python3 makes no virtual environment: install the package python3-venv" >&2
    exit 1
  fi
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement bench/requirements.txt >&2
  cp bench/requirements.txt "$installed"
fi
echo "$folder/bin/python"
