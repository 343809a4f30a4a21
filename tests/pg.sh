#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Runs a command with a real, temporary PostgreSQL: tests/pg.sh build/peil-test [arguments]
# The server listens on a socket in a folder of its own and is gone afterwards. It does not wait for the disk, unless
# PEIL_PG_FSYNC=on asks for it. The command finds its address in PEIL_TEST_URL. Root cannot run PostgreSQL, so root
# starts it as the user postgres (or nobody).
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 command [arguments]" >&2; exit 2; }

bin=""
for candidate in /usr/lib/postgresql/*/bin; do
    [ -x "$candidate/initdb" ] && bin=$candidate
done
[ -n "$bin" ] || { echo "tests/pg.sh: no PostgreSQL server found in /usr/lib/postgresql (apt-get install postgresql)" >&2; exit 1; }

# Memory where there is room: every test makes and drops a data base, which is a thousand small files.
home=${TMPDIR:-/tmp}
if [ -z "${TMPDIR:-}" ] && [ "${PEIL_PG_FSYNC:-off}" = off ] && [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" -gt 2000000 ]; then
    home=/dev/shm
fi
home=$(mktemp -d "$home/peil-pg.XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id -u postgres >/dev/null 2>&1 || user=nobody
    chown "$user" "$home"
    # Whoever runs the server must be able to walk to its folder, which may lie under one that only we may enter.
    if ! setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups test -w "$home"; then
        rmdir "$home"
        home=$(mktemp -d /tmp/peil-pg.XXXXXX)
        chown "$user" "$home"
    fi
    as=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups)
fi

stop() {
    "${as[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Folder of the socket: addresses of sockets are at most 107 bytes long.
socket=$home
[ ${#socket} -lt 80 ] || { echo "tests/pg.sh: the path $home is too long for a socket; set TMPDIR" >&2; exit 1; }

cd /
"${as[@]}" env -i PATH="$PATH" HOME="$home" LC_ALL=C.UTF-8 "$bin/initdb" -D "$home/data" -U peil -A trust -E UTF8 --locale=C.UTF-8 \
    >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; exit 1; }
cat >>"$home/data/postgresql.conf" <<EOT
listen_addresses = ''
unix_socket_directories = '$socket'
unix_socket_permissions = 0777
port = 5432
fsync = ${PEIL_PG_FSYNC:-off}
synchronous_commit = ${PEIL_PG_FSYNC:-off}
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 256MB
shared_buffers = 64MB
max_connections = 100
log_min_messages = warning
EOT
"${as[@]}" env -i PATH="$PATH" HOME="$home" LC_ALL=C.UTF-8 "$bin/pg_ctl" -D "$home/data" -l "$home/server.log" -w -t 30 start >/dev/null \
    || { cat "$home/server.log" >&2; exit 1; }
"$bin/createdb" -h "$socket" -U peil peil_test
cd "$OLDPWD"

# Each test makes a schema of its own in this data base.
PEIL_TEST_URL="postgresql://peil@/peil_test?host=$socket" "$@"
