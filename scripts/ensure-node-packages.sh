#!/usr/bin/env bash
# Installs the npm packages of a folder when its lock file changed since the last time.
# Usage: scripts/ensure-node-packages.sh [folder] (default: the root, with the build tools of the client)
set -euo pipefail
cd "$(dirname "$0")/../${1:-.}"

# The file npm itself leaves behind holds what is installed; ours holds what was asked for.
stamp=node_modules/.installed-lock
if [ -f "$stamp" ] && cmp -s package-lock.json "$stamp"; then
  exit 0
fi

if ! command -v npm >/dev/null; then
  echo "npm is missing: install Node.js (20 or newer, with npm) to build the client and run its tests" >&2
  exit 1
fi
needed=$(node -p 'require("./package.json").engines.node.match(/\d+/)[0]')
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt "$needed" ]; then
  echo "Node.js $(node --version) is too old for the packages in $(pwd): $needed or newer is needed" >&2
  exit 1
fi

# Browsers come from the distribution (scripts/ensure-browser.sh), never from a package's own download.
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error >&2
cp package-lock.json "$stamp"
