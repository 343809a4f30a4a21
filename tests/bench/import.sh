#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# How long `peil import` takes for one million requests, against sqlite3's own .import of the rows that result, into the
# same tables with the same indexes; both in one run, on an empty register each.
#     tests/bench/import.sh [PEIL [LINES]]
# sqlite3 reads an empty field as '' and not as NULL, so its tables are declared without STRICT and its partial indexes leave
# '' out too: the indexes then hold the same rows. Needs about 2 GB in $TMPDIR.
set -eu
peil=${1:-build/peil}
lines=${2:-1000000}
dir=$(mktemp -d "${TMPDIR:-/tmp}/peil-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT

# One request every 200 seconds from 2014 on; 92 % are closed after ten days on average.
awk -v n="$lines" 'BEGIN {
    srand(3); split("Phone,Web,Mobile/Open311,Twitter", channel, ",")
    print "request_id,created,closed,agency,category,type,district,neighborhood,channel"
    for (i = 0; i < n; i++) {
        t = 1388534400 + i * 200; c = t + int(-log(1 - rand()) * 864000)
        printf "%d,%s,%s,Agency %d,Category %d,other,%d,Part %d,%s\n", 100000 + i, strftime("%Y-%m-%dT%H:%M:%SZ", t, 1),
            rand() < 0.92 ? strftime("%Y-%m-%dT%H:%M:%SZ", c, 1) : "", rand() * 100, rand() * 40, 1 + rand() * 11,
            rand() * 60, channel[1 + int(rand() * 4)]
    }
}' > "$dir/requests.csv"

now() { date +%s.%N; }
seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b - a }'; }

"$peil" init "$dir/peil.db" > /dev/null
start=$(now)
/usr/bin/time -f %M -o "$dir/memory" "$peil" import "$dir/peil.db" "$dir/requests.csv" --mapping sf311 --format json > "$dir/report"
ours=$(seconds "$start" "$(now)")

for table in request event standing; do
    sqlite3 -csv "$dir/peil.db" "SELECT * FROM $table ORDER BY rowid" > "$dir/$table.csv" 2> /dev/null ||
        sqlite3 -csv "$dir/peil.db" "SELECT * FROM $table" > "$dir/$table.csv"
done
sqlite3 "$dir/peil.db" "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name IN ('request', 'event', 'standing')
    AND type IN ('table', 'index')" | sed "s/ STRICT//; s/) STRICT,/)/; s/),* WITHOUT/) WITHOUT/; s/\([a-z]*\) IS NOT NULL/\1 <> ''/" > "$dir/schema.sql"
sqlite3 "$dir/lite.db" "PRAGMA journal_mode=WAL" ".read $dir/schema.sql" > /dev/null
start=$(now)
sqlite3 "$dir/lite.db" "PRAGMA synchronous=FULL" "PRAGMA cache_size=-8000" ".mode csv" ".import $dir/request.csv request" \
    ".import $dir/event.csv event" ".import $dir/standing.csv standing"
theirs=$(seconds "$start" "$(now)")

for table in request event standing; do
    a=$(sqlite3 "$dir/peil.db" "SELECT count(*) FROM $table")
    b=$(sqlite3 "$dir/lite.db" "SELECT count(*) FROM $table")
    [ "$a" = "$b" ] || { echo "$table: $a rows, sqlite3 $b" >&2; exit 1; }
    echo "$table: $a rows"
done
echo "peil import   $ours s, $(cat "$dir/memory") KiB"
echo "sqlite3       $theirs s"
awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "ratio         %.2f (at most 2)\n", a / b; exit a > 2 * b }'
