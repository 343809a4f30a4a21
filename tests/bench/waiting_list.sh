#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The waiting list page of Peil over 200,000 requests of which 10,000 wait, against the same page by libmicrohttpd alone,
# Node with fastify and better-sqlite3, and Django with gunicorn (tests/bench/peers), all in one run. First every server must
# give the same page. Then each gets one core to itself and wrk the other; rounds in rotated order; the median counts. A
# sample during which other programs used more than a quarter of a core is taken again, twice at most, as long as the patience
# for other programs lasts; `foreign` says how many cores they used.
#     tests/bench/waiting_list.sh [BUILD]      ROUNDS=3 SECONDS_A_POINT=3 REQUESTS=200000 WAITING=10000 PEERS="bare fastify django"
# The peers leave out what costs Peil most beside the page: see the head of each.
set -eu
build=$(realpath "${1:-build}")
here=$(realpath "$(dirname "$0")")
rounds=${ROUNDS:-3} seconds=${SECONDS_A_POINT:-3} peers=${PEERS:-bare fastify django}
dir=$(mktemp -d "${TMPDIR:-/tmp}/peil-bench.XXXXXX")
register=$dir/peil.db page=$dir/page.html samples=$dir/samples
pid='' passed=0 failed=0
[ "$(nproc)" -ge 2 ] || { echo "This bench needs two cores." >&2; exit 2; }

calls=
stop() {
    [ -z "$calls" ] || { kill "$calls" 2> /dev/null || true; }
    [ -z "$pid" ] || { kill "$pid" 2> /dev/null || true; wait "$pid" 2> /dev/null || true; }
    pid=
}
trap 'stop; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

now_ms() { date +%s%3N; }
verdict() { # NAME FIGURE COMPARISON LIMIT UNIT
    if awk -v a="$2" -v b="$4" -v op="$3" 'BEGIN { exit !(op == "<" ? a + 0 < b : a + 0 >= b) }'; then
        passed=$((passed + 1)); result=pass
    else
        failed=$((failed + 1)); result=FAIL
    fi
    printf '%-4s  %-58s %10s %-8s (%s %s)\n' $result "$1" "$2" "$5" "$3" "$4"
}

# ── Servers: each on its own port, pinned to core 0 ───────────────────────────────────────────────────────────────────────
port_of() { case $1 in peil) echo 18190 ;; bare) echo 18191 ;; fastify) echo 18192 ;; django) echo 18193 ;; esac; }
run() { # NAME: becomes the server
    port=$(port_of "$1")
    case $1 in
    peil) exec taskset -c 0 "$build/peil" serve "$register" --listen 127.0.0.1:"$port" --quiet ;;
    bare) exec taskset -c 0 "$build/bench_bare" "$register" "$page" "$port" ;;
    fastify) exec taskset -c 0 node "$build/peers/fastify/server.js" "$register" "$page" "$port" ;;
    django) REGISTER=$register PAGE=$page exec taskset -c 0 /usr/bin/python3 /usr/bin/gunicorn --chdir "$here/peers/django" \
        --bind 127.0.0.1:"$port" --workers 1 --worker-class gthread --threads 4 --keep-alive 30 --worker-connections 2000 \
        --log-level error waiting:application ;;
    esac
}
start() { # NAME: sets pid, url and started_ms
    url=http://127.0.0.1:$(port_of "$1")/waiting
    health=$url
    [ "$1" != peil ] || health=${url%waiting}healthz
    from=$(now_ms)
    run "$1" > "$dir/$1.out" 2>&1 &
    pid=$!
    until curl -sf -o /dev/null "$health"; do
        kill -0 $pid 2> /dev/null || { echo "$1 did not start:" >&2; cat "$dir/$1.out" >&2; exit 1; }
        [ $(($(now_ms) - from)) -lt 30000 ] || { echo "$1 does not answer" >&2; exit 1; }
    done
    started_ms=$(($(now_ms) - from))
}

# ── What is measured ──────────────────────────────────────────────────────────────────────────────────────────────────────
processes() { echo "$pid"; cat /proc/"$pid"/task/*/children 2> /dev/null || true; }
cpu_ticks() { for p in $(processes); do cat /proc/"$p"/stat; done | awk '{ sub(/.*\) /, ""); n += $12 + $13 } END { print n + 0 }'; }
rss_mb() { for p in $(processes); do grep VmRSS /proc/"$p"/status; done | awk '{ n += $2 } END { printf "%.1f", n / 1024 }'; }
machine_ticks() { awk '/^cpu / { print $2 + $3 + $4 + $7 + $8 + $9 }' /proc/stat; } # busy, all cores

# Waits until other programs leave the machine alone for half a second; a minute in the whole run, and no longer.
patience=120
wait_for_quiet() {
    while [ $patience -gt 0 ]; do
        all=$(machine_ticks)
        sleep 0.5
        [ $(($(machine_ticks) - all)) -gt 8 ] || return 0
        patience=$((patience - 1))
    done
}

point() { # NAME CONNECTIONS: one line of samples
    for _ in 1 2 3; do
        wait_for_quiet
        cpu=$(cpu_ticks) all=$(machine_ticks) from=$(now_ms)
        /usr/bin/time -f '%U %S' -o "$dir/wrk.time" taskset -c 1 wrk -t1 -c"$2" -d"$seconds"s --latency --timeout 20s \
            -H "Cookie: peil=$cookie" "$url" > "$dir/wrk.out"
        cpu=$(($(cpu_ticks) - cpu)) all=$(($(machine_ticks) - all)) took=$(($(now_ms) - from))
        awk -v name="$1" -v conns="$2" -v cpu=$cpu -v all=$all -v took=$took -v rss="$(rss_mb)" -v up="$started_ms" -v patience=$patience '
            function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000 }
            FILENAME ~ /time$/ { wrk = $1 + $2; next }
            $1 == "50%" { p50 = ms($2) } $1 == "99%" { p99 = ms($2) } /requests in/ { n = $1 } /^Requests\/sec/ { rate = $2 }
            /Non-2xx|connect [1-9]|read [1-9]|write [1-9]/ { bad = 1 }
            END { foreign = (all / 100 - cpu / 100 - wrk) * 1000 / took
                  if (bad || n == 0) { print FILENAME ": errors" > "/dev/stderr"; exit 2 }
                  printf "%s %d %.0f %.2f %.2f %.1f %.1f %d %.2f\n", name, conns, rate, p50, p99, cpu * 1e4 / n, rss, up, foreign
                  exit foreign > 0.25 && patience > 0 }' "$dir/wrk.time" "$dir/wrk.out" > "$dir/point" && break
        [ -s "$dir/point" ] || { cat "$dir/wrk.out" >&2; exit 1; }
    done
    cat "$dir/point" >> "$samples"
}
median() { # NAME CONNECTIONS COLUMN
    awk -v name="$1" -v conns="$2" -v col="$3" '$1 == name && $2 == conns { print $col }' "$samples" | sort -n |
        awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
worst() { awk -v name="$1" -v col="$2" '$1 == name && $col > m { m = $col } END { print m }' "$samples"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# ── The run ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
"$here/peers/install.sh" "$build" $peers
echo "register: ${REQUESTS:-200000} requests, ${WAITING:-10000} waiting"
login=$("$build/bench_register" "$register" "${REQUESTS:-200000}" "${WAITING:-10000}")

start peil
sleep 2 # names are being read into memory
cookie=$(curl -sf -D - -o /dev/null -d "$login" "${url%waiting}login" | sed -n 's/^Set-Cookie: peil=\([^;]*\).*/\1/p')
curl -sf -D "$page.headers" -H "Cookie: peil=$cookie" "$url" -o "$page"
stop
rows=$(grep -c 'class="peil-person"' "$page" || true)
echo "page: $(wc -c < "$page") bytes, $rows rows"
[ "$rows" = 50 ] || { echo "The page has $rows rows, not 50." >&2; exit 1; }
same=0
for name in $peers; do
    start "$name"
    curl -sf "$url" | sed "s/&#x27;/\&#39;/g" > "$dir/$name.html"
    stop
    if cmp -s "$page" "$dir/$name.html"; then same=$((same + 1)); else echo "$name gives another page"; fi
done
verdict "the same bytes from every server" "$same" ">=" "$(echo $peers | wc -w)" ""

names="peil $peers"
for _ in $(seq "$rounds"); do
    for name in $names; do
        start "$name"
        [ "$name" != peil ] || sleep 1
        taskset -c 1 wrk -t1 -c32 -d1s -H "Cookie: peil=$cookie" "$url" > /dev/null # warm
        for conns in 32 256; do point "$name" $conns; done
        stop
    done
    names="${names#* } ${names%% *}"
done

# The same while a call is registered 50 times a second: what is kept in memory is then read again each time.
start peil
sleep 1
csrf=$(sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$page" | head -1)
sqlite3 "$register" "SELECT request, version FROM standing WHERE waiting = 1 ORDER BY request DESC" > "$dir/calls"
CALLS=$dir/calls COOKIE=$cookie FORM="csrf=$csrf&result=attempted&note=&next=$(date -d '+2 days' +%-d-%-m-%Y)" DELAY=20 \
    taskset -c 1 wrk -t1 -c1 -d60s -s "$here/calls.lua" "${url%/waiting}" > "$dir/calls.out" &
calls=$!
for conns in 32 256; do point writing $conns; done
stop
written=$(sqlite3 "$register" "SELECT count(*) FROM event WHERE kind = 'call_attempted'")

printf '\n%-9s %5s %10s %9s %9s %9s %8s %9s %8s\n' server conns req/s "p50 ms" "p99 ms" "CPU us" "RSS MB" "start ms" foreign
for name in peil writing $peers; do
    for conns in 32 256; do
        # shellcheck disable=SC2046  # one word a column
        printf '%-9s %5s %10.0f %9.2f %9.2f %9.1f %8.1f %9.0f %8.2f\n' "$name" $conns $(for col in 3 4 5 6 7 8 9; do
            median "$name" $conns $col; done)
    done
done
echo
for conns in 32 256; do
    ours=$(median peil $conns 3)
    for name in $peers; do
        case $name in bare) limit=0.85 ;; fastify) limit=2.5 ;; django) limit=30 ;; esac
        verdict "requests a second against $name, $conns connections" "$(ratio "$ours" "$(median "$name" $conns 3)")" ">=" $limit x
    done
done
echo "      writing: peil while calls are registered, about 50 a second ($written in all)"
for name in $peers; do
    echo "      processor time a page against $name: $(ratio "$(median "$name" 32 6)" "$(median peil 32 6)") x at 32, $(
        ratio "$(median "$name" 256 6)" "$(median peil 256 6)") x at 256 connections"
done
verdict "p99 at 256 connections" "$(median peil 256 5)" "<" 50 ms
verdict "resident memory, highest" "$(worst peil 7)" "<" 64 MB
verdict "start of the server, until the first answer" "$(median peil 32 8)" "<" 100 ms
echo "$passed passed, $failed failed"
[ $failed = 0 ]
