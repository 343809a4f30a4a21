#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# What `make demo` does once everything is installed and built: a register is made, served, and served again at once; a port
# that is in use gives a clear message; Ctrl+C leaves nothing running. Ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."
export BUILD=${BUILD:-build}
folder=$(mktemp -d "${TMPDIR:-/tmp}/peil-demo.XXXXXX")
export DEMO=$folder/demo.db
passed=0
failed=0
demo=""

stop() {
    [ -z "$demo" ] || { kill -TERM "$demo" 2>/dev/null && wait "$demo" 2>/dev/null; } || true
    demo=""
}
trap 'stop; rm -rf "$folder"' EXIT

check() {
    if "${@:2}"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $1"
    fi
}

# A port that nobody has, drawn from a range that clients do not use.
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
PORT=$((20000 + RANDOM % 10000))
while port_taken "$PORT"; do PORT=$((20000 + RANDOM % 10000)); done
export PORT

# Starts the demo; true when it says that it is up within so many tenths of a second.
start() {
    : >"$folder/out" # what the last one said is not what this one says
    tools/demo.sh >"$folder/out" 2>"$folder/err" &
    demo=$!
    for _ in $(seq "$1"); do
        grep -q "^Peil is on http://127.0.0.1:$PORT" "$folder/out" && return 0
        kill -0 "$demo" 2>/dev/null || break
        sleep 0.1
    done
    cat "$folder/out" "$folder/err"
    return 1
}
answers() { [ "$(curl -s -o "$folder/page" -w '%{http_code}' "http://127.0.0.1:$PORT/login")" = 200 ]; }
lists_logins() { grep -q teamleider "$folder/out" && grep -qi aanmeldteam "$folder/out"; }
refuses_port() { ! tools/demo.sh >"$folder/second" 2>&1 && grep -q "Port $PORT is in use" "$folder/second" && grep -q "PORT=$((PORT + 1)) make demo" "$folder/second"; }
private() { [ -z "$(find "$folder" -maxdepth 1 -name 'demo.db*' -perm /077)" ]; }
gone() { ! port_taken "$PORT"; }
# A copy without the file with keys; with an empty one, as a program that does not look makes it; and with its own.
register=$folder/demo.db
without_keys() {
    mv "$register.keys" "$register.away"
    ! "$BUILD/peil" check "$register" >"$folder/out" 2>&1 && grep -q "demo.db.keys" "$folder/out" && [ ! -e "$register.keys" ]
}
with_empty_keys() {
    : >"$register.keys"
    ! "$BUILD/peil" check "$register" >"$folder/out" 2>&1 && grep -q "peil check: " "$folder/out"
}
# Elsewhere than in a terminal an import says how far it is when it is asked to, on the error output alone.
says_how_far() {
    printf 'request_id,created,closed,agency,category,type,district,neighborhood,channel\n1,2023-01-02T10:00:00Z,,,,Other,3,Oost,Phone\n' >"$folder/list.csv"
    "$BUILD/peil" import "$register" "$folder/list.csv" --dry-run --progress >"$folder/out" 2>"$folder/err" &&
        grep -q ": 100%" "$folder/err" && ! grep -q "100%" "$folder/out" &&
        "$BUILD/peil" import "$register" "$folder/list.csv" --dry-run >"$folder/out" 2>"$folder/err" && [ ! -s "$folder/err" ]
}
with_its_keys() { rm -f "$register.keys"* && mv "$register.away" "$register.keys" && "$BUILD/peil" check "$register" >"$folder/out"; }

check "the first demo is up within a minute" start 600
check "it serves the login page" answers
check "it prints the logins" lists_logins
check "only its owner may read the register and its keys" private
check "a second demo on the same port says so" refuses_port
stop
check "nothing is left running" gone
check "the second time it is up within three seconds" start 30
check "it serves the login page again" answers
check "it prints the logins again" lists_logins
stop
check "nothing is left running the second time" gone
check "a register without its file with keys is refused" without_keys
check "with an empty one it is not in order" with_empty_keys
check "with its own again it is" with_its_keys
check "an import says how far it is" says_how_far

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
