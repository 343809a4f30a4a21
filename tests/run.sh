#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Runs the suites: tests/run.sh [suite...]   (all of them without names; `tests/run.sh --list` shows them)
# Each suite writes build/log/<suite>.log and gives one line; the last line counts them all: "N passed, N failed".
# Two suites run at the same time. A suite counts what its last "N passed, N failed" line says, else 1.
set -euo pipefail
cd "$(dirname "$0")/.."

export BUILD=${BUILD:-build}
LOG=$BUILD/log
LOCPATH=$(realpath -m "$BUILD")/locale # a Dutch locale, whether or not the machine has one
export LOCPATH
at_once=${PEIL_TEST_JOBS:-2}
make=(make --no-print-directory)
# Variables of a make above us (BUILD=..., -j) reach the makes below only where a suite says so.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES CFLAGS CC SAN

# ---- the suites -----------------------------------------------------------------------------------------------
# First the build that most others use; then the longest ones, so that nothing long is left for the end.
first=(build-gcc)
# The browser does not like to wait: beside it runs, one after the other, only what takes the rest of the machine.
alone=(browser)
beside=(clang-tidy build-clang cppcheck)
suites=(sanitizers postgres crash acceptance comma-locale unit tools demo recount style house)

suite_build_gcc() { "${make[@]}" -j2 CC=gcc BUILD="$BUILD" all "$BUILD/peil-test"; }
suite_build_clang() { "${make[@]}" CC=clang BUILD="$BUILD/clang" all "$BUILD/clang/peil-test"; }
suite_unit() { PEIL_RIGHTS_STRICT=1 "$BUILD/peil-test"; }
suite_postgres() { tests/pg.sh "$BUILD/peil-test"; }
# What was never filled in holds a pattern there: an address that is used crashes, where it is often 0 by luck.
suite_sanitizers() {
    "${make[@]}" -j2 CC=gcc BUILD="$BUILD/san" CFLAGS="-O1 -g -fno-omit-frame-pointer -ftrivial-auto-var-init=pattern" \
        SAN="-fsanitize=address,undefined -fno-sanitize-recover=all" all "$BUILD/san/peil-test"
    # The C library keeps the folders of LOCPATH for ever.
    echo 'leak:argz_add_sep' >"$BUILD/leaks.txt"
    LSAN_OPTIONS=suppressions=$BUILD/leaks.txt:print_suppressions=0 ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1 "$BUILD/san/peil-test"
}
# Numbers and dates must not change where a comma is the decimal point.
suite_comma_locale() {
    LC_ALL=nl_NL.UTF-8 bash -c '[ "$(printf %.1f 1,5)" = 1,5 ]' || { echo "nl_NL.UTF-8 does not work here"; return 1; }
    LC_ALL=nl_NL.UTF-8 PEIL_TEST_LOCALE=1 "$BUILD/peil-test"
}
suite_clang_tidy() { "${make[@]}" -j2 BUILD="$BUILD" tidy; }
suite_cppcheck() { "${make[@]}" BUILD="$BUILD" cppcheck; }
suite_tools() { "${make[@]}" BUILD="$BUILD" tools-test; }
suite_style() {
    local failed=0 check
    for check in layers checksrc unused po-check fmt-check css-check; do
        echo "== $check"
        if "${make[@]}" BUILD="$BUILD" "$check"; then passed=$((${passed:-0} + 1)); else failed=$((failed + 1)); fi
    done
    echo "${passed:-0} passed, $failed failed"
    [ "$failed" = 0 ]
}
suite_acceptance() { tests/acceptance.sh "$BUILD"; } # the real files, on both data bases
suite_crash() { tests/crash/run.sh "$BUILD" quick; }
suite_browser() { BUILD=$BUILD tests/browser/run.sh; }
suite_demo() { tests/demo.sh; }
suite_recount() { tests/measure/run.sh "$BUILD"; } # every indicator again, in another language
suite_house() { BUILD=$BUILD tests/house.sh; }

# ---- running them ---------------------------------------------------------------------------------------------
all=("${first[@]}" "${alone[@]}" "${beside[@]}" "${suites[@]}")
if [ "${1:-}" = --list ]; then
    printf '%s\n' "${all[@]}"
    exit 0
fi
if [ "${1:-}" = --one ]; then
    "suite_${2//-/_}"
    exit 0
fi
if [ $# -gt 0 ]; then
    for name in "$@"; do
        [[ " ${all[*]} " = *" $name "* ]] || { echo "tests/run.sh: no suite \"$name\"; there are: ${all[*]}" >&2; exit 2; }
    done
    suites=() alone=() beside=()
    [[ " $* " = *" build-gcc "* ]] || first=()
    for name in "$@"; do [ "$name" = build-gcc ] || suites+=("$name"); done
fi

mkdir -p "$LOG"
[ -d "$LOCPATH/nl_NL.UTF-8" ] || { mkdir -p "$LOCPATH" && localedef -i nl_NL -f UTF-8 "$LOCPATH/nl_NL.UTF-8"; }
rm -f "$LOG"/*.log "$LOG"/*.result
before=$(git status --porcelain 2>/dev/null || true)
started=$SECONDS

# What went wrong: the lines that say so, then the end of the log.
show() {
    echo "---- $1"
    grep -aE 'error:|ERROR|FAILED|\*\*\*|runtime error|: not true:|^[^ ]+:[0-9]+: [a-z_]+: ' "$1" | grep -av ': note:' | sort -u | head -n 30 || true
    echo "---- and its end"
    tail -n 15 "$1"
    echo "----"
}

# Runs one suite; its result file holds "passed failed skipped".
run_suite() {
    local name=$1 log=$LOG/$1.log begin=$SECONDS rc=0 counts passed failed skipped mark pid
    # A group of its own, so that everything it started can be stopped with it.
    setsid tests/run.sh --one "$name" >"$log" 2>&1 </dev/null &
    pid=$!
    # shellcheck disable=SC2064  # this pid, now
    trap "kill -TERM -- -$pid 2>/dev/null; exit 143" INT TERM
    wait "$pid" || rc=$?
    counts=$(grep -aE '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' "$log" | tail -n 1 || true)
    if [ -n "$counts" ]; then
        passed=${counts%% *}
        failed=$(sed -E 's/.*, ([0-9]+) failed.*/\1/' <<<"$counts")
        skipped=$(sed -nE 's/.*, ([0-9]+) skipped$/\1/p' <<<"$counts")
        # Ended badly without counting a failure: a crash after the last line, or a build before the first.
        [ "$rc" = 0 ] || [ "$failed" != 0 ] || failed=1
    elif [ "$rc" = 0 ]; then
        passed=1 failed=0 skipped=0
    else
        passed=0 failed=1 skipped=0
    fi
    echo "$passed $failed ${skipped:-0}" >"$LOG/$name.result"
    mark=ok
    [ "$failed" = 0 ] || mark=FAILED
    printf '%-14s %-6s %4d s  %5d passed, %d failed, %d skipped\n' "$name" "$mark" $((SECONDS - begin)) "$passed" "$failed" "${skipped:-0}"
    [ "$failed" = 0 ] || show "$log" | cut -c1-200 | sed 's/^/    /'
}

trap 'kill -TERM $(jobs -p) 2>/dev/null; wait; exit 130' INT TERM
for name in ${first[@]+"${first[@]}"}; do
    run_suite "$name" &
    wait $!
    if [ "$(cut -d' ' -f2 "$LOG/$name.result")" != 0 ]; then
        echo "Without this build the other suites cannot run."
        alone=() beside=() suites=()
    fi
done
run_beside() {
    renice -n 19 "$BASHPID" >/dev/null
    for name in ${beside[@]+"${beside[@]}"}; do run_suite "$name"; done
}
run_beside &
rest=$!
for name in ${alone[@]+"${alone[@]}"}; do
    run_suite "$name" &
    wait $!
done
for name in ${suites[@]+"${suites[@]}"}; do
    while [ "$(jobs -rp | grep -cvx "$rest")" -ge "$at_once" ]; do wait -n; done
    run_suite "$name" &
done
wait

# ---- the total ------------------------------------------------------------------------------------------------
if [ $# = 0 ]; then
    if [ "$(git status --porcelain 2>/dev/null || true)" = "$before" ]; then
        echo "1 0 0" >"$LOG/tree.result"
    else
        echo "0 1 0" >"$LOG/tree.result"
        echo "The tests left something behind, or the tree changed meanwhile:"
        diff <(echo "$before") <(git status --porcelain) | sed 's/^/    /' || true
    fi
fi
echo "All suites: $((SECONDS - started)) s; logs in $LOG"
cat "$LOG"/*.result | awk '{ p += $1; f += $2; s += $3 }
    END { printf "%d passed, %d failed", p, f; if (s) printf ", %d skipped", s; print ""; exit f != 0 }'
