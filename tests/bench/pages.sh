#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Server time of every page over a large register, on one core: tests/bench/pages.sh build [rounds] [register]
# Without a register it makes one of 200,000 persons and a million events: a demo of three and a half years in a city three
# times as large, and the closed requests of ten years before that, imported. The times are those of the server's own log: from a decoded request to a finished answer, writing and reading included. Ends with
# "N passed, N failed": a page fails when its 99th percentile is 50 ms or more, a search by name at 20 ms.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${1:-build} rounds=${2:-10} password="een lang wachtwoord"
work=$(mktemp -d)
register=${3:-$work/pages.db}
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
old_requests() {
    awk -v n="$1" 'function pick(list,   at, k) { k = split(list, at, " "); return at[int(rand() * k) + 1] }
        BEGIN {
            srand(5)
            first = "Jan Piet Kees Fatima Mohamed Anna Sofie Willem Yusuf Maria Karin Henk Ingrid Ali Samira Bram Daan Emma Lucas Nour Eva"
            part = "- - - - van de van_den van_der el ten"
            head = "Berg Dijk Veld Meer Brink Heu Ros Kamp Linde Stee Wijn Kool Zand Hoek Loo Bos Vis Mole Pieter Hendrik Corn Aben Yil Kara Had"
            tail = "- s sen man stra ma aars mans huis naar maz oui inga kens"
            print "nummer,naam,geboortedatum,telefoon,ontvangen,afgesloten"
            for (i = 0; i < n; i++) {
                name = pick(first) " " pick(part) " " pick(head) pick(tail)
                gsub(/- |-/, "", name); gsub(/_/, " ", name)
                year = 2012 + int(rand() * 10); month = 1 + int(rand() * 10)
                printf "OUD-%d,%s,%d-%d-%d,06-%d,%d-%d-%d,%d-%d-%d\n", i, name, 1 + rand() * 28, 1 + rand() * 12, 1930 + rand() * 80,
                    10000000 + rand() * 89999999, 1 + rand() * 28, month, year, 1 + rand() * 28, month + 2, year
            }
        }'
}
if [ ! -f "$register" ]; then
    "$build/peil" demo "$register" --seed 1 --scale 3.4 --password "$password" >/dev/null
    old_requests 161000 >"$work/old.csv"
    "$build/peil" import "$register" "$work/old.csv" >/dev/null
fi

port=$((20000 + RANDOM % 20000))
taskset -c 0 "$build/peil" serve "$register" --listen "127.0.0.1:$port" >"$work/out" 2>"$work/log" &
server=$!
for _ in $(seq 200); do curl -fs "http://127.0.0.1:$port/healthz" >/dev/null 2>&1 && break; sleep 0.1; done
sleep "${WARM:-15}" # what the first readers would wait for is made after the start
"$build/peil" routes | taskset -c 1 node tests/bench/pages.mjs "http://127.0.0.1:$port" "$password" "$rounds"
sqlite3 -readonly "$register" "SELECT (SELECT count(*) FROM person) || ' persons, ' || (SELECT count(*) FROM event) || ' events'"
awk '/VmHWM/ { printf "peak memory of the server: %.0f MB\n", $2 / 1024 }' "/proc/$server/status"
peak=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$server/status")
kill "$server"
wait "$server" 2>/dev/null || true

# "... GET /requests/12 200 4711 830 us": the numbers of an address are one page.
grep -hoE '(GET|POST) /[^ ]* [0-9]+ [0-9]+ [0-9]+ us' "$work/log" "$work/out" |
    sed -E 's#/[0-9]+#/{id}#g' | awk '$3 < 400 { print $1, $2, $5 }' | sort -k1,1 -k2,2 -k3,3n |
    awk -v peak="$peak" '
        function flush(   limit, p99) {
            if (n == 0) return
            limit = page == "POST /search" ? 20 : 50
            p99 = t[int(0.99 * (n - 1)) + 1] / 1000
            bad = p99 >= limit
            printf "%-42s %6d  p50 %7.2f  p99 %7.2f  max %7.2f ms%s\n", page, n, t[int(0.5 * (n - 1)) + 1] / 1000, p99, t[n] / 1000, bad ? "  TOO SLOW" : ""
            if (bad) failed++; else passed++
        }
        $1 " " $2 != page { flush(); page = $1 " " $2; n = 0 }
        $2 != "/login" { t[++n] = $3 }
        END { flush(); if (peak >= 256) failed++; else passed++; printf "%d passed, %d failed\n", passed, failed; exit failed > 0 }'
