#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# The core figures of one register in one run: from the facts, in C (peil measure), and in SQL (peil opinion --alone) on SQLite,
# on PostgreSQL, and on PostgreSQL cut up by tools/partition.sh with parallel workers. Every number of the four is compared;
# the run fails when one differs.
#     tests/bench/opinion.sh [BUILD [REQUESTS [PARTS]]]
# Needs sqlite3 and PostgreSQL (tests/pg.sh), and about 2 GB in $TMPDIR for a million requests.
set -euo pipefail
export TMPDIR=${TMPDIR:-/tmp} # a disk: it is too much for memory
build=$(realpath "${1:-build}")
lines=${2:-1000000}
parts=${3:-$(nproc)}
here=$(realpath "$(dirname "$0")")
dir=$(mktemp -d "$TMPDIR/peil-opinion.XXXXXX")
trap 'rm -rf "$dir"' EXIT

now() { date +%s%N; }
# took NAME COMMAND...: runs it with its output in NAME.csv, and says how long that took, on the clock and of the processor
# (without what a PostgreSQL server used): on a busy machine only the last one says something.
TIMEFORMAT='%U %S'
took() {
    local name=$1 start
    shift
    start=$(now)
    { time "$@" > "$dir/$name.csv" 2> "$dir/$name.log"; } 2> "$dir/$name.time" || { cat "$dir/$name.log"; exit 1; }
    echo "$name: $((($(now) - start) / 1000000)) ms, $(awk '{ printf "%.0f", 1000 * ($1 + $2) }' "$dir/$name.time") ms of the processor"
}
export -f now took
export dir

if [ "${OPINION_INNER:-}" = yes ]; then # below, with PostgreSQL running
    dir=$OPINION_DIR
    trap - EXIT
    psql() { command psql -X -q -v ON_ERROR_STOP=1 "$PEIL_TEST_URL" "$@"; }
    "$build/peil" init "$PEIL_TEST_URL" > /dev/null
    for table in request standing event; do
        columns=$(head -1 "$dir/$table.rows")
        psql -c "SET session_replication_role = replica" -c "\copy $table ($columns) from '$dir/$table.rows' csv header"
    done
    psql -c "ANALYZE"
    took postgres "$build/peil" opinion "$PEIL_TEST_URL" --alone --format csv
    start=$(now)
    options=$("$here/../../tools/partition.sh" "$PEIL_TEST_URL" "$parts")
    echo "partitioned copy: $((($(now) - start) / 1000000)) ms, $parts parts"
    PGOPTIONS=$options took partitions "$build/peil" opinion "$PEIL_TEST_URL" --alone --format csv
    exit 0
fi

# One request every 100 seconds from 2022 on, spread over working hours and nights alike; most were spoken to, started, had a
# plan and were closed.
awk -v n="$lines" 'function at(t) { return strftime("%Y-%m-%dT%H:%M:%SZ", t, 1) }
BEGIN {
    srand(7); split("later,normal,normal,normal,soon,emergency", urgency, ",")
    print "id,received,urgency,called,talk,plan,closed"
    last = 1640995200 + 94000000
    for (i = 0; i < n; i++) {
        t = int(1640995200 + 94000000 / n * i); a = t + int(-log(1 - rand()) * 2592000); p = a + int(-log(1 - rand()) * 864000)
        z = (rand() < 0.1 ? t : p) + int(-log(1 - rand()) * 5184000)
        printf "%d,%s,%s,%s,%s,%s,%s\n", i + 1, at(t), urgency[1 + int(rand() * 6)], rand() < 0.6 ? at(t + int(rand() * 1728000)) : "",
            rand() < 0.85 && a < last ? at(a) : "", rand() < 0.7 && p < last ? at(p) : "", rand() < 0.7 && z < last ? at(z) : ""
    }
}' > "$dir/requests.csv"
cat > "$dir/bench.map" << 'EOM'
source          = bench
kind            = requests
key             = id
received        = received : iso utc
urgency         = urgency { later = later; normal = normal; soon = soon; emergency = emergency }
event call_reached = called : iso utc optional
event first_talk   = talk : iso utc optional
event plan_agreed  = plan : iso utc optional
event closed       = closed : iso utc optional
EOM
"$build/peil" init "$dir/register.db" > /dev/null
"$build/peil" import "$dir/register.db" "$dir/requests.csv" --mapping "$dir/bench.map" > /dev/null
for table in request standing event; do
    sqlite3 -csv -header "$dir/register.db" "SELECT * FROM $table" > "$dir/$table.rows"
done
sqlite3 "$dir/register.db" "SELECT (SELECT count(*) FROM request) || ' requests, ' || (SELECT count(*) FROM event) || ' events'"

took sqlite "$build/peil" opinion "$dir/register.db" --alone --format csv
took c "$build/peil" measure "$dir/register.db" --indicator T1,T4,Z2,I3,W1,W2,W4,W5,W6,D3,H1,H2,E4,K1,K3 --format csv
took both "$build/peil" opinion "$dir/register.db" --format csv # fails when the catalogue says something else
OPINION_INNER=yes OPINION_DIR=$dir "$here/../pg.sh" bash "$here/opinion.sh" "$build" "$lines" "$parts"
wrong=0
for other in both postgres partitions; do
    if diff <(cut -d, -f1-4 "$dir/sqlite.csv") <(cut -d, -f1-4 "$dir/$other.csv") > /dev/null; then
        echo "$other: 0 of $(($(wc -l < "$dir/sqlite.csv") - 1)) numbers differ from SQLite"
    else
        echo "$other: numbers differ from SQLite"
        diff "$dir/sqlite.csv" "$dir/$other.csv" | head
        wrong=1
    fi
done
exit $wrong
