#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Acceptance from the command line: imports the real files, measures, compares every value with the one that R computed,
# on SQLite and on PostgreSQL, and wants the same bytes from both; the same for peil stats on the files: tests/acceptance.sh [BUILD]
# The files lie in PEIL_TEST_DATA (default ../shared/data); without them it is skipped. Ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."
data=$(realpath -m "${PEIL_TEST_DATA:-../shared/data}")

# name of the answer | register | arguments of peil measure
questions='
sf311-all           sf311   --at 2014-07-01T00:00:00Z --all --utc --conf log --times 7,14,30,42,56
sf311-channel       sf311   --at 2014-07-01T00:00:00Z --all --utc --conf log --times 7,14,30,42,56 --by channel
sf311-three         sf311   --at 2014-07-01T00:00:00Z --all --indicator W1 --by channel --only channel=phone,web,app
sf311-category      sf311   --at 2014-07-01T00:00:00Z --all --indicator I1 --by category
sf311-team          sf311   --at 2014-07-01T00:00:00Z --all --indicator I1 --by team
sf311-neighbourhood sf311   --at 2014-07-01T00:00:00Z --all --indicator I1 --by neighbourhood
sf311-month         sf311   --at 2014-06-30 --by team,urgency,month
sf311-now           sf311   --at 2020-01-01 --from 2009-01-01 --to 2010-12-31 --by neighbourhood,year --net --rule step
sepsis-all          sepsis  --at 2020-01-01T00:00:00Z --all --conf log --quantiles 0.5,0.8,0.9,0.95 --times 0.0416666666666667,0.125,0.25
fines-log           fines   --at 2020-01-01T00:00:00Z --all
fines-then          fines   --at 2010-06-30T00:00:00Z --all --conf log --times 30,90,180,365,730
fines-base          fines   --at 2010-06-30T00:00:00Z --all --conf log --times 30,90,180,365,730 --since 2007-01-01T00:00:00Z
'

# Fills the registers and writes all answers to a folder: measure_all FOLDER, with register_url NAME for each register.
measure_all() {
    local answers=$1 name register arguments format
    mkdir -p "$answers"
    for pair in sf311=requests_sf311_a sepsis=eventlog_sepsis fines=eventlog_fines_a; do
        "$peil" init "$(register_url "${pair%%=*}")" >/dev/null
        "$peil" import "$(register_url "${pair%%=*}")" "$data/${pair#*=}.csv.gz" >"$answers/${pair%%=*}.import"
    done
    while read -r name register arguments; do
        [ -n "$name" ] || continue
        for format in table csv json; do
            # shellcheck disable=SC2086  # a list of words
            "$peil" measure "$(register_url "$register")" $arguments --format "$format" >"$answers/$name.$format"
        done
    done <<<"$questions"
}

if [ "${1:-}" = --in-postgres ]; then # called below by tests/pg.sh, which started a server
    work=$2 peil=$3
    export PEIL_KEY_FILE=$work/postgres.key
    register_url() { echo "${PEIL_TEST_URL/peil_test/$1}"; }
    for name in sf311 sepsis fines; do
        psql -qX "$PEIL_TEST_URL" -c "CREATE DATABASE $name"
    done
    measure_all "$work/postgres"
    exit
fi

if [ ! -f "$data/requests_sf311_a.csv.gz" ]; then
    echo "skipped: no data sets in $data (PEIL_TEST_DATA); only how commands are used"
    peil=$(realpath "${1:-${BUILD:-build}}/peil")
    { node tests/acceptance/fields.mjs "$peil" || true
      node tests/acceptance/stats.mjs "$peil" "$data" || true; } |
        awk '/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3; n++; next } { print } END { printf "%d passed, %d failed, 1 skipped\n", p, f + 2 - n; exit f + 2 - n > 0 }'
    exit
fi
peil=$(realpath "${1:-${BUILD:-build}}/peil")
work=$(mktemp -d "${TMPDIR:-/tmp}/peil-acceptance.XXXXXX")
trap 'rm -rf "$work"' EXIT
register_url() { echo "$work/$1.db"; }
measure_all "$work/sqlite"
tests/pg.sh tests/acceptance.sh --in-postgres "$work" "$peil"

passed=0
failed=0
for file in "$work"/sqlite/*; do
    if cmp "$file" "$work/postgres/$(basename "$file")"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        diff "$file" "$work/postgres/$(basename "$file")" | head -n 5 | cut -c1-300 || true
    fi
done
checked=$(node tests/acceptance/check.mjs "$data" "$work/sqlite") || true
echo "$checked"
counts=$(tail -n 1 <<<"$checked")
[[ $counts =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]] || { echo "the comparison ended badly"; exit 1; }
passed=$((passed + BASH_REMATCH[1]))
failed=$((failed + BASH_REMATCH[2]))
for part in stats fields; do
    checked=$(node tests/acceptance/$part.mjs "$peil" "$data") || true
    echo "$checked"
    counts=$(tail -n 1 <<<"$checked")
    [[ $counts =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]] || { echo "$part.mjs ended badly"; exit 1; }
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
