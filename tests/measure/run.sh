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
    if node tests/measure/recount.mjs "$build/peil" "$work/demo.db" "$day"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
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
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
