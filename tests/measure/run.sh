#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Recounts every indicator of the demo register from `peil export`, in another language, at three reference days:
# tests/measure/run.sh BUILD. 0 differences, or it fails. Ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${1:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v node >/dev/null || { echo "recount: skipped, there is no node"; echo "0 passed, 0 failed"; exit 0; }
passed=0 failed=0
"$build/peil" demo "$work/demo.db" --seed 1 --from 2024-01-01 --to 2024-06-30 --password "een lang wachtwoord" >/dev/null
for day in 2024-03-15 2024-05-01 2024-06-30; do
    if node tests/measure/recount.mjs "$build/peil" "$work/demo.db" "$day" 2024-06-30; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
# names go out only when asked for, and never by themselves
if "$build/peil" export "$work/demo.db" --table residents >/dev/null 2>&1; then failed=$((failed + 1)); echo "names went out without --identities"; else passed=$((passed + 1)); fi
lines=$("$build/peil" export "$work/demo.db" --table residents --identities | wc -l)
if [ "$lines" -gt 1000 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "no names with --identities: $lines lines"; fi
# an indicator of a municipality's own, from a file; and a mistake in it, with its line and column
printf 'id;part;name;what;how;set;clock;of;yes;unit\nX1;a;By school;Through a school;share;request;received;;route=school;share\n' > "$work/own.csv"
if "$build/peil" measure "$work/demo.db" --catalogue "$work/own.csv" --indicator X1 --format csv | grep -q '^X1,1,'; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "own indicator was not measured"; fi
sed -i 's/route=school/root=school/' "$work/own.csv"
said=$("$build/peil" measure "$work/demo.db" --catalogue "$work/own.csv" --indicator X1 2>&1 || true)
if grep -q '2.*yes.*root=school' <<< "$said"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "the mistake was not named"; fi
# one in two versions: forty requests, the first talk of the nth after n days; 7 of them within a week, 14 within two
awk 'BEGIN { print "id,in,talk"; for (i = 1; i <= 40; i++) printf "%d,2024-01-01T10:00:00Z,%s\n", i, strftime("%Y-%m-%dT10:00:00Z", 1704103200 + i * 86400, 1) }' > "$work/forty.csv"
printf 'source = forty\nkind = requests\nkey = id\nreceived = in : iso utc\nevent first_talk = talk : iso utc\n' > "$work/forty.map"
head=id\;part\;version\;since\;name\;what\;how\;set\;clock\;yes\;unit
printf '%s\nX7;a;1;;Quick;In a week;share;request;received;received..started<=1w;share\nX7;a;2;2024-06-01;Quick;In two weeks;share;request;received;received..started<=2w;share\n' "$head" > "$work/two.csv"
"$build/peil" init "$work/forty.db" > /dev/null
"$build/peil" import "$work/forty.db" "$work/forty.csv" --mapping "$work/forty.map" > /dev/null
two=$("$build/peil" measure "$work/forty.db" --catalogue "$work/two.csv" --indicator X7 --format csv | grep '^X7' | cut -d, -f1-5 | tr '\n' ' ')
if [ "$two" = "X7,1,,40,7 X7,2,,40,14 " ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "two versions of one indicator: $two"; fi
# the core figures counted again in SQL say the same
if "$build/peil" opinion "$work/demo.db" > "$work/opinion"; then passed=$((passed + 1)); else failed=$((failed + 1)); grep -B3 -A3 ANDERS "$work/opinion" || true; fi
# everyone who waits has a period or a reason
if node tests/measure/forecast.mjs "$build/peil" "$work/demo.db" 2024-06-30; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
# every indicator from the extract is that from the register
if node tests/measure/extract.mjs "$build/peil" "$work/demo.db" 2024-06-30 2024-04-15 "$work" "$work/forty.db"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
# forty more come in between its two readings: a comparison is of one moment. The catalogue is a pipe, read between the two.
sed 's/^\([0-9]\)/9\1/' "$work/forty.csv" > "$work/more.csv"
mkfifo "$work/slow"
"$build/peil" measure "$work/forty.db" --catalogue "$work/slow" --indicator X7 --then-from 2024-01-01 --then-to 2024-12-31 --format csv > "$work/then" || cat "$work/slow" > /dev/null &
exec 3> "$work/slow"
"$build/peil" import "$work/forty.db" "$work/more.csv" --mapping "$work/forty.map" > /dev/null
sed -n 1,2p "$work/two.csv" >&3
exec 3>&-
wait $!
two=$(grep '^X7' "$work/then" | cut -d, -f6,11)
if [ "$two" = "40,40" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "then and now of two moments: $two"; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
