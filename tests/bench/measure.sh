#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# The month set (src/measure/month_set.h) at three sizes: ours on one and two cores, DuckDB, SQLite, PostgreSQL and R, on the
# same requests in one run. Every number of every engine is compared with ours; the run fails when one differs, or when
# DuckDB is less than 130 times slower at ten million.
#     tests/bench/measure.sh [BUILD [SIZE...]]     engines: PEERS="duckdb sqlite postgres r"
# What is not installed is left out with a line. Ten million take 3 GB in $TMPDIR. DuckDB is run three times and the best one
# counts; SQLite, PostgreSQL and R once, for PEER_SECONDS at most (1500), loading apart: who is stopped is named and compares
# nothing. Beside the time on the clock stands that of the processor: on a busy machine only that one says something.
set -euo pipefail
export TMPDIR=${TMPDIR:-/tmp} # a disk: it is too much for memory
build=$(realpath "${1:-build}")
shift || true
sizes=${*:-100000 1000000 10000000}
here=$(realpath "$(dirname "$0")")
peers=${PEERS:-duckdb sqlite postgres r}
dir=$(mktemp -d "$TMPDIR/peil-measure.XXXXXX")
trap 'rm -rf "$dir"' EXIT
query=$here/peers/month_set.sql
limit=${PEER_SECONDS:-1500}
wrong=0
TIMEFORMAT='%U %S'

# once NAME FOLDER_FILE COMMAND...: runs it within the limit; false when it was stopped. Says how long it took.
once() {
    local name=$1 out=$2 start used status=0
    shift 2
    start=$(date +%s%N)
    { time timeout "$limit" "$@" > "$out" 2> "$dir/peer.log" || status=$?; } 2> "$dir/peer.time"
    used=$(awk '{ printf "%.0f", 1000 * ($1 + $2) }' "$dir/peer.time")
    if [ "$status" = 124 ]; then
        echo "$name: stopped after $limit s, not finished (PEER_SECONDS)"
        return 1
    fi
    if [ "$status" != 0 ]; then
        echo "$name: failed: $(tail -n 1 "$dir/peer.log")"
        wrong=1
        return 1
    fi
    echo "$name: $((($(date +%s%N) - start) / 1000000)) ms (one run), $used ms of the processor"
}

# compare NAME FILE [COLUMNS]: numbers that differ from ours (a comma list of the columns that FILE holds after the group).
compare() {
    awk -F, -v name="$1" -v columns="${3:-2,3,4,5,6,7,8,9,10,11,12,13,14}" '
        BEGIN { many = split(columns, at, ",") }
        NR == FNR { for (i = 1; i <= many; i++) ours[$1, i] = $at[i]; rows++; next }
        { seen++; for (i = 1; i <= many; i++) { n++; if (ours[$1, i] != $(i + 1)) bad++ } }
        END { printf "%s: %d of %d numbers differ\n", name, bad, n; exit bad > 0 || seen != rows }' \
        "$dir/ours.csv" "$2" || wrong=1
}

duckdb() {
    command -v npm > /dev/null || { echo "DuckDB: left out, there is no npm"; return; }
    mkdir -p "$build/peers/duckdb"
    cp "$here"/peers/duckdb/* "$build/peers/duckdb"
    if [ ! -d "$build/peers/duckdb/node_modules" ]; then
        (cd "$build/peers/duckdb" && npm install --no-fund --no-audit > npm.log 2>&1) || { echo "DuckDB: left out, npm cannot get it"; return; }
    fi
    (cd "$build/peers/duckdb" && node measure.mjs "$dir" "$query" "$dir/duckdb.csv") | tee "$dir/duckdb.log"
    compare DuckDB "$dir/duckdb.csv"
}

tables="CREATE TABLE request (received int, started int, left_at int, closed int, cell int, direct int, reopened int);
CREATE TABLE calendar (day int PRIMARY KEY, month int, year int, working int);
CREATE TABLE frame (months int, cells int, last_day int, norm int);"

sqlite() {
    command -v sqlite3 > /dev/null || { echo "SQLite: left out, there is no sqlite3"; return; }
    sqlite3 "$dir/lite.db" "$tables" ".mode csv" ".import $dir/request.csv request" ".import $dir/calendar.csv calendar" \
        ".import $dir/frame.csv frame" "UPDATE request SET started = NULLIF(started, ''), left_at = NULLIF(left_at, ''),
        closed = NULLIF(closed, '') WHERE started = '' OR left_at = '' OR closed = ''"
    if once SQLite "$dir/sqlite.raw" sqlite3 -csv -cmd "PRAGMA mmap_size=4000000000" -cmd "PRAGMA cache_size=-1000000" \
        -cmd "PRAGMA temp_store=MEMORY" "$dir/lite.db" ".read $query"; then
        tr -d '\r' < "$dir/sqlite.raw" | sed 1d > "$dir/sqlite.csv"
        compare SQLite "$dir/sqlite.csv"
    fi
    rm -f "$dir/lite.db"
}

postgres() {
    ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || { echo "PostgreSQL: left out, it is not installed"; return; }
    cat > "$dir/postgres.sh" << 'EOS'
set -euo pipefail
psql() { command psql -X -q -v ON_ERROR_STOP=1 "$PEIL_TEST_URL" "$@"; }
psql -c "$TABLES" -c "\copy request from '$DIR/request.csv' csv" -c "\copy calendar from '$DIR/calendar.csv' csv" \
    -c "\copy frame from '$DIR/frame.csv' csv" -c "ANALYZE"
settings="SET jit = off; SET work_mem = '2GB'; SET max_parallel_workers_per_gather = 0"
psql -c "$settings" -c "SELECT count(*) FROM request" > /dev/null
start=$(date +%s%N)
rm -f "$DIR/postgres.csv"
psql -A -t -F, -c "$settings; SET statement_timeout = '${LIMIT}s'" -f "$QUERY" > "$DIR/postgres.part" 2> "$DIR/peer.log" || {
    grep -q timeout "$DIR/peer.log" || { cat "$DIR/peer.log"; exit 1; }
    echo "PostgreSQL: stopped after $LIMIT s, not finished (PEER_SECONDS)"
    exit 0
}
end=$(date +%s%N)
mv "$DIR/postgres.part" "$DIR/postgres.csv"
echo "PostgreSQL: $(((end - start) / 1000000)) ms (one run)"
EOS
    rm -f "$dir/postgres.csv"
    DIR=$dir TABLES=$tables QUERY=$query LIMIT=$limit "$here/../pg.sh" bash "$dir/postgres.sh"
    [ ! -f "$dir/postgres.csv" ] || compare PostgreSQL "$dir/postgres.csv"
}

r() {
    command -v Rscript > /dev/null || { echo "R: left out, there is no Rscript (r-base-core, r-cran-survival)"; return; }
    Rscript -e 'library(survival)' > /dev/null 2>&1 || { echo "R: left out, survival is not installed"; return; }
    if once "R (with reading)" "$dir/r.log" Rscript "$here/peers/month_set.R" "$dir" "$dir/r.csv"; then
        cat "$dir/r.log"
        compare R "$dir/r.csv" 7,8,9,13,14
    fi
}

for size in $sizes; do
    echo "== $size requests"
    "$build/bench_measure" make "$size" "$dir/extract" "$dir"
    "$build/bench_measure" run "$dir/extract" "$dir/ours.csv" | tee "$dir/ours.log"
    "$build/bench_measure" standing "$dir/extract"
    rm -f "$dir/duckdb.log"
    for peer in $peers; do $peer; done
    if [ -f "$dir/duckdb.log" ]; then
        awk -v size="$size" '$1 == "ours_ms" { ours = $2 } $1 == "duckdb_ms" { duck = $2 }
            END { printf "DuckDB / ours on one core: %.0f%s\n", duck / ours, size == 10000000 ? " (at least 130)" : ""
                  exit size == 10000000 && duck < 130 * ours }' "$dir/ours.log" "$dir/duckdb.log" || wrong=1
    fi
done
exit $wrong
