#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Installs what the bench compares with: Debian packages with apt, fastify and better-sqlite3 with npm under BUILD/peers.
# better-sqlite3 is compiled here from its sources against the headers of the installed node.
#     tests/bench/peers/install.sh BUILD bare fastify django
set -eu
build=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
shift
need() { # PROGRAM-OR-FILE PACKAGE
    command -v "$1" > /dev/null 2>&1 || [ -e "$1" ] || missing="$missing $2"
}
missing=
need wrk wrk
need curl curl
need sqlite3 sqlite3
need /usr/bin/time time
for peer in "$@"; do
    case $peer in
    fastify) need node nodejs; need npm npm; [ -d /usr/include/node ] || missing="$missing libnode-dev" ;;
    django) need /usr/bin/gunicorn gunicorn; need /usr/lib/python3/dist-packages/django python3-django ;;
    esac
done
if [ -n "$missing" ]; then
    echo "Installing with apt:$missing"
    apt-get install -y --no-install-recommends $missing > "$build/peers-apt.log" 2>&1 || {
        tail -5 "$build/peers-apt.log" >&2
        echo "Install these packages first:$missing" >&2
        exit 1
    }
fi
case " $* " in *" fastify "*) ;; *) exit 0 ;; esac
dir=$build/peers/fastify
mkdir -p "$dir"
cp "$here/fastify/package.json" "$here/fastify/package-lock.json" "$here/fastify/server.js" "$dir"
if ! (cd "$dir" && node -e 'new (require("better-sqlite3"))(":memory:"); require("fastify")') 2> /dev/null; then
    echo "Installing fastify and better-sqlite3 with npm (about a minute, in $dir)"
    export npm_config_nodedir=/usr
    (cd "$dir" && npm ci --ignore-scripts && npm rebuild better-sqlite3 --build-from-source) > "$build/peers-npm.log" 2>&1 || {
        tail -20 "$build/peers-npm.log" >&2
        exit 1
    }
fi
