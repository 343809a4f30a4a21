#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Sees to it that the packages are there: tools/install-deps.sh build|test
# Says what is missing and why before it installs. Does nothing when everything is there.
set -euo pipefail

# package  how it may also be there (a program, or nothing)  why
build_set='
gcc                gcc          compiles Peil
make               make         runs the build
pkg-config         pkg-config   finds the headers of PostgreSQL
libc6-dev          -            the C library
libmicrohttpd-dev  -            HTTP
libsqlite3-dev     -            the register in a file
libpq-dev          -            the register in PostgreSQL
libsodium-dev      -            encryption, passwords
libexpat1-dev      -            XES files
libjansson-dev     -            GeoJSON files
libxlsxwriter-dev  -            Excel files
libical-dev        -            calendar files
zlib1g-dev         -            compressed files
gettext            msgfmt       the Dutch texts
'
test_set='
git                git          shows whether tests leave the folder clean
clang              clang        the second compiler
clang-format       clang-format the layout of the code
clang-tidy         clang-tidy   static analysis
libclang-rt-14-dev -            sanitizers of the second compiler
cppcheck           cppcheck     static analysis
shellcheck         shellcheck   static analysis of the scripts
postgresql         -            the second data base (tests start a server of their own)
sqlite3            sqlite3      to compare the import with
nodejs             node         browser tests, style sheet
npm                npm          browser tests, style sheet
chromium           chromium     browser tests
wrk                wrk          load
curl               curl         asks the server whether it is up
locales            -            a run under a locale with a decimal comma
procps             pgrep        memory and processes of the server under test
'

wanted=""
reason=""

# Adds what is missing from one set to `wanted` and `reason`.
collect() {
    local packages package program why present
    packages=$(awk 'NF { print $1 }' <<<"$1")
    # shellcheck disable=SC2086  # a list of words
    present=" $(dpkg-query -W -f '${Package}/${db:Status-Status} ' $packages 2>/dev/null || true)"
    while read -r package program why; do
        [ -n "$package" ] || continue
        case "$present" in *" $package/installed "*) continue ;; esac
        [ "$program" = - ] || ! command -v "$program" >/dev/null || continue
        wanted+=" $package"
        reason+="$(printf '  %-19s %s' "$package" "$why")"$'\n'
    done <<<"$1"
}

# Runs apt-get as root, with sudo when we are not; what it says is only interesting when it fails.
apt() {
    local how=() output rc=0
    [ "$(id -u)" = 0 ] || how=(sudo)
    output=$(mktemp)
    "${how[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" >"$output" 2>&1 </dev/null || rc=$?
    [ "$rc" = 0 ] || tail -n 20 "$output" >&2
    rm -f "$output"
    return "$rc"
}

install_wanted() {
    # shellcheck disable=SC2086  # a list of words
    apt install --yes --no-install-recommends $wanted
}

case "${1:-}" in
build) collect "$build_set" ;;
test) collect "$build_set" && collect "$test_set" ;;
*) echo "usage: $0 build|test" >&2 && exit 2 ;;
esac
[ -n "$wanted" ] || exit 0

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    printf 'This is not a Debian machine. Please install what these packages hold, then try again:\n%s' "$reason" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    printf 'Missing:\n%sPlease run as root: apt-get install%s\n' "$reason" "$wanted" >&2
    exit 1
fi

printf 'These packages are missing; apt installs them now:\n%s' "$reason"
if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
    echo "The package lists are empty: apt-get update."
    apt update
fi
# Old lists name files that are gone; fresh ones cure that.
if ! install_wanted; then
    echo "That failed. Once more with fresh package lists: apt-get update."
    apt update
    install_wanted
fi
echo "Everything that was missing is there now."
