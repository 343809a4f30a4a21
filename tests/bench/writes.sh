#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Registering a call, durable (synchronous=FULL): how many a second go through the server with 1, 32 and 256 connections, where
# those that wait at the same time share one commit, against one commit for each call in one thread without any server, and
# against the disk itself; in one run. In the end every call that was acknowledged must be in the register.
#     tests/bench/writes.sh [BUILD]      ROUNDS=3 SECONDS_A_POINT=3
set -eu
build=$(realpath "${1:-build}")
here=$(realpath "$(dirname "$0")")
rounds=${ROUNDS:-3} seconds=${SECONDS_A_POINT:-3}
dir=$(mktemp -d "${TMPDIR:-/tmp}/peil-bench.XXXXXX")
register=$dir/peil.db url=http://127.0.0.1:18195
pid='' passed=0 failed=0

stop() {
    [ -z "$pid" ] || { kill "$pid" 2> /dev/null || true; wait "$pid" 2> /dev/null || true; }
    pid=''
}
trap 'stop; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

verdict() { # NAME PASSED
    if [ "$2" = 1 ]; then passed=$((passed + 1)); echo "pass  $1"; else failed=$((failed + 1)); echo "FAIL  $1"; fi
}
median() { # KIND COLUMN
    awk -v kind="$1" -v col="$2" '$1 == kind { print $col }' "$dir/samples" | sort -n |
        awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
events() { sqlite3 "$register" "SELECT count(*) FROM event WHERE kind = 'call_attempted'"; }

"$here/peers/install.sh" "$build"
login=$("$build/bench_register" "$register" 20000 10000)
for part in "" .key .keys; do cp "$register$part" "$dir/own.db$part"; done
"$build/peil" serve "$register" --listen "${url#http://}" --quiet > "$dir/out" 2>&1 &
pid=$!
until curl -sf -o /dev/null "$url/healthz"; do
    kill -0 $pid 2> /dev/null || { cat "$dir/out" >&2; exit 1; }
done
COOKIE=$(curl -sf -D - -o /dev/null -d "$login" "$url/login" | sed -n 's/^Set-Cookie: peil=\([^;]*\).*/\1/p')
csrf=$(curl -sf -H "Cookie: peil=$COOKIE" "$url/waiting" | sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -1)
FORM="csrf=$csrf&result=attempted&note=&next=$(date -d '+2 days' +%-d-%-m-%Y)"
CALLS=$dir/calls
export COOKIE FORM CALLS

acknowledged=0
before=$(events)
for _ in $(seq "$rounds"); do
    for conns in 1 32 256; do
        sleep 0.5 # what wrk no longer waited for is stored too
        sqlite3 "$register" "SELECT request, version FROM standing WHERE waiting = 1 ORDER BY request" > "$CALLS"
        wrk -t1 -c$conns -d"$seconds"s --latency --timeout 20s -s "$here/calls.lua" "$url" > "$dir/wrk"
        awk -v conns=$conns 'function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000 }
            $1 == "50%" { p50 = ms($2) } $1 == "99%" { p99 = ms($2) } /requests in/ { n = $1 } /^Requests\/sec/ { rate = $2 }
            /Non-2xx/ { bad = $NF }
            END { print conns, rate, p50, p99, n - bad, bad + 0 }' "$dir/wrk" >> "$dir/samples"
        acknowledged=$((acknowledged + $(tail -1 "$dir/samples" | cut -d' ' -f5)))
    done
    "$build/bench_calls" "$dir/own.db" "$seconds" | sed 's/^/own /' >> "$dir/samples"
done
stop
stored=$(($(events) - before))

printf '%-52s %8.0f a second\n' "the disk: 4 KB and fdatasync" "$(median own 3)" "one thread, one commit a call, no server" "$(median own 2)"
for conns in 1 32 256; do
    printf '%-52s %8.0f a second  p50 %.1f ms  p99 %.1f ms\n' "through the server, $conns connections" "$(median $conns 2)" \
        "$(median $conns 3)" "$(median $conns 4)"
done
echo "acknowledged $acknowledged, in the register $stored"
verdict "every acknowledged call is in the register" $((stored >= acknowledged))
verdict "no call was refused" "$(awk '$1 != "own" { bad += $6 } END { print (bad == 0) }' "$dir/samples")"
verdict "the register is sound (peil check)" "$("$build/peil" check "$register" > "$dir/check" 2>&1 && echo 1 || echo 0)"

verdict "32 connections together: more than one thread with a commit a call" \
    "$(awk -v a="$(median 32 2)" -v b="$(median own 2)" 'BEGIN { print (a > b) }')"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
