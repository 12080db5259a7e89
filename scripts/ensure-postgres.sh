#!/usr/bin/env bash
# Finds PostgreSQL for the tests, which start servers of their own, and installs Debian's where none is found and it may.
set -euo pipefail

is_there() {
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null
}

is_there && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo -n)
fi
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
  echo "installing PostgreSQL from the distribution's packages for the tests" >&2
  {
    "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update -qq
    # Without a server that runs by itself: tests start their own.
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf
    fi
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends postgresql
  } >&2 </dev/null
  is_there && exit 0
fi

echo "PostgreSQL was not found, and it cannot be installed from here: install it (on Debian:" \
  "'apt-get install postgresql')" >&2
exit 1
