#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Is the house in order? Licences, the promises of the README, the glossary, the decisions, and nothing of a workplace in the files.
# Ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."
passed=0
failed=0

# check "what must be so" found...   passes when nothing was found
check() {
    local what=$1
    shift
    if [ -z "$*" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n' "$what"
        printf '%s\n' "$*" | head -n 20 | sed 's/^/    /'
    fi
}

in_git() { git ls-files --cached --others --exclude-standard "$@"; }

# --- licences (what the REUSE tool checks, without needing it)
used=$(in_git | xargs grep -hoE 'SPDX-License-Identifier[:= ]+"?[A-Za-z0-9.-]+' 2>/dev/null | sed -E 's/.*[:= "]//' | sort -u)
check "each licence that a file names has its text in LICENSES" "$(for id in $used; do [ -f "LICENSES/$id.txt" ] || echo "$id"; done)"
check "each text in LICENSES is used" "$(for f in LICENSES/*.txt; do id=$(basename "$f" .txt); grep -qx "$id" <<<"$used" || echo "$id"; done)"
check "LICENSE is the EUPL" "$(cmp LICENSE LICENSES/EUPL-1.2.txt 2>&1 || true)"
check "each source says its licence in its first line (second after #!)" "$(in_git '*.c' '*.h' '*.sql' '*.sh' '*.mk' '*.js' '*.mjs' '*.css' Makefile .ci/run src/web/tpl/ \
    ':!tests/tools/*/good/*' ':!tests/tools/*/bad/*' |
    while read -r f; do head -n 2 "$f" | grep -q 'SPDX-License-Identifier: EUPL-1.2' || echo "$f"; done)"
check "only fonts are under the OFL" "$(in_git '*.woff2' '*.ttf' '*.otf' | grep -v '\.woff2$' || true)"

# --- the README
commands=$(awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' README.md)
check "the README gives exactly two commands" "$([ "$commands" = $'make demo\nmake test' ] || echo "$commands")"
# shellcheck disable=SC2016  # backticks of Markdown
check "each folder in the map of the README exists" "$(grep -oE '^\| `[a-z/]+`' README.md | tr -d '|` ' | while read -r d; do [ -d "$d" ] || echo "$d"; done)"
check "each layer is in the map of the README" "$(in_git src | grep -oE '^src/[a-z]+/' | sort -u | while read -r d; do grep -q "^| .${d%/}. |" README.md || echo "$d"; done)"
check "each link in the documents leads somewhere" "$(in_git '*.md' | while read -r f; do
    grep -oE '\]\([^)#: ]+\)' "$f" | sed 's/](\(.*\))/\1/' | while read -r link; do [ -e "$(dirname "$f")/$link" ] || echo "$f: $link"; done; done)"

# Between backticks: files by their path or name (also with a star), and names of functions, tests and constants. Left out are
# the documents that speak of what is made ("<page>.html") and the words of the glossary, which may come before their code.
mapfile -t every < <(in_git)
check "each file and each name that the documents give is in the source" "$(node -e '
const { readFileSync } = require("fs");
const files = process.argv.slice(1), documents = files.filter((f) => /\.md$/.test(f) && !/(glossary|templates|style)\.md$/.test(f));
const code = files.filter((f) => /\.(c|h|sql|html|sh|mk|mjs|js|po)$|Makefile$/.test(f)).map((f) => readFileSync(f, "utf8")).join("\n");
const words = new Set(code.match(/[A-Za-z_][A-Za-z0-9_]*/g)), elsewhere = new Set(["postgres_fdw"]);
const folders = new Set(files.flatMap((f) => f.split("/").slice(0, -1).map((_, i, all) => all.slice(0, i + 1).join("/"))));
const like = (text) => new RegExp("(^|/)" + text.replace(/\/$/, "").replace(/[.+?^$(){}|[\]\\]/g, "\\$&").replace(/\*/g, "[^/]*") + "$");
const there = (text) => [...files, ...folders].some((f) => like(text).test(f));
for (const f of documents)
  readFileSync(f, "utf8").split("\n").forEach((line, i) => {
    for (const [, inside] of line.matchAll(/`([^`]+)`/g))
      for (const word of inside.split(/\s+/)) {
        const path = /^(src|tests|tools|docs|css|mk|po|register|store|web|forecast|account|exchange|measure|base|cli|unit|http|stat)\/[a-z0-9_.*\/-]+$/.test(word) ||
          /^[a-z0-9_*]+\.(c|h|sql|sh|mjs|md)$/.test(word);
        const name = inside === word && /^([a-z][a-z0-9]*(_[a-z0-9]+)+|[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)$/.test(word);
        if ((path && !there(word)) || (name && !words.has(word) && !elsewhere.has(word))) console.log(`${f}:${i + 1}: ${word}`);
      }
  });
' "${every[@]}")"

# --- words and decisions
tables=$(in_git 'src/store/schema/*.sql' | xargs -r grep -hoiE 'CREATE TABLE (IF NOT EXISTS )?[a-z_.]+' | awk '{ print $NF }' | sort -u)
check "each table of the register is in the glossary" "$(for t in $tables; do grep -qE "^\|[^|]*\b$t\b" docs/glossary.md || echo "$t"; done)"
number=1
check "decisions are numbered without gaps and have their five parts" "$(for f in docs/decisions/[0-9]*.md; do
    [[ $(basename "$f") = $(printf '%04d' $number)-* ]] || echo "$f: expected number $number"
    for part in '^- Date: 20' '^- Status: ' '^## Context' '^## Decision' '^## Consequences'; do grep -q "$part" "$f" || echo "$f: no $part"; done
    number=$((number + 1)); done)"
check "the changelog has an unreleased part" "$(grep -q '^## \[Unreleased\]' CHANGELOG.md || echo missing)"
check "publiccode.yml has its obligatory keys" "$(for key in publiccodeYmlVersion name url softwareType developmentStatus platforms description legal maintenance localisation; do
    grep -q "^$key:" publiccode.yml || echo "$key"; done)"

check "the Node packages run on the Node 18 of Debian 12" "$(node -e '
const fs = require("fs");
const fits = (range) => range.split("||").some((part) => {
  const m = part.trim().match(/^(>=|>|\^|~)?\s*v?(\d+)/);
  return !m || (m[1] === "^" || m[1] === "~" || !m[1] ? +m[2] === 18 : +m[2] <= 18);
});
for (const lock of process.argv.slice(1))
  for (const [name, p] of Object.entries(JSON.parse(fs.readFileSync(lock)).packages))
    if (name && p.engines?.node && !fits(p.engines.node)) console.log(lock, name, p.engines.node);
' css/package-lock.json tests/browser/package-lock.json)"

# What the usage of no command names is refused before a command can read it (src/cli/usage.h).
check "every option that a command reads stands in a usage" "$(grep -ohE '"--[a-z-]+"' src/cli/*.c | tr -d '"' | sort -u | while read -r option; do
    [ "$option" = --help ] || grep -qE -e "${option}[] |)]" src/cli/commands.c src/cli/stats.c || echo "$option"; done)"

# --- nothing that belongs elsewhere
check "no register, key or build result is kept in git" "$(git ls-files | grep -E '\.(db|db-wal|db-shm|key|keys|o|d)$|^build/|node_modules/' || true)"
check "no path of a workplace in the files" "$(in_git -z -- ':!tests/house.sh' | xargs -0 grep -nIE '/(work|home|root)/[a-z]' 2>/dev/null | head -n 10 || true)"
# Parts that other scripts read have no first line with #!.
scripts=$(in_git '*.sh' .ci/run | while read -r f; do ! head -c 2 "$f" | grep -q '#!' || echo "$f"; done)
check "scripts can be run" "$(for f in $scripts; do [ -x "$f" ] || echo "$f"; done)"
# shellcheck disable=SC2086  # a list of names; variables may be for the parts (SC2034)
check "shellcheck is content" "$(shellcheck -S warning -e SC2034 $scripts 2>&1 || true)"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
