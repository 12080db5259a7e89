#!/usr/bin/env bash
# Finds a Chromium or Chrome for the end-to-end tests, installs Debian's where none is found and it may,
# and prints its path. VESTIBULE_CHROMIUM names one that stands elsewhere.
set -euo pipefail

if [ -n "${VESTIBULE_CHROMIUM:-}" ]; then
  if [ ! -x "$VESTIBULE_CHROMIUM" ]; then
    echo "VESTIBULE_CHROMIUM names $VESTIBULE_CHROMIUM, which is not a program" >&2
    exit 1
  fi
  echo "$VESTIBULE_CHROMIUM"
  exit 0
fi

# Ubuntu's package chromium-browser is a stub that asks for a snap: a browser counts only when it answers.
find_browser() {
  local name found
  for name in chromium google-chrome google-chrome-stable chromium-browser; do
    if found=$(command -v "$name") && "$found" --version >/dev/null 2>&1; then
      echo "$found"
      return 0
    fi
  done
  return 1
}

find_browser && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo -n)
fi
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
  echo "installing Chromium from the distribution's packages for the end-to-end tests" >&2
  {
    "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends chromium fonts-liberation
  } >&2 </dev/null
  find_browser && exit 0
fi

echo "no Chromium or Chrome was found, and it cannot be installed from here: install one (on Debian:" \
  "'apt-get install chromium'), or name it in VESTIBULE_CHROMIUM" >&2
exit 1
