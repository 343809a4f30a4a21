#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The texts for the translator: from the sources and the compiled templates into po/nl.po.
#     tools/po.sh update FILE.po SOURCE...     adds new texts, drops those that are gone; sorted, without line numbers
#     tools/po.sh check  FILE.po SOURCE...     fails on missing, untranslated, fuzzy or stale texts and on other slots
# Needs gettext.
set -eu
[ $# -ge 3 ] || { echo "usage: po.sh update|check FILE.po SOURCE..." >&2; exit 2; }
mode=$1 po=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

extract() {
    xgettext --language=C --from-code=UTF-8 --keyword --keyword=_ --keyword=N_ --keyword=text_in:2 \
        --add-location=file --sort-output --package-name=Peil -o "$work/all.pot" "$@"
    [ -f "$work/all.pot" ] || { echo "po.sh: no text was found in the sources" >&2; exit 1; }
    # The moment of the run would change the file each time; the path of the build folder belongs to nobody.
    sed -e '/^"POT-Creation-Date:/d' -e '/^"PO-Revision-Date:/d' -e 's/charset=CHARSET/charset=UTF-8/' -e '/^#: /s|[^ ]*/gen/|gen/|g' "$work/all.pot" > "$work/nl.pot"
}

# The texts of a .po, one a line, without the header.
texts() { msgattrib --no-obsolete --no-wrap "$1" | msgcat --no-location --no-wrap - | sed -n 's/^msgid //p' | sort; }

# A translation must fill in what the English text fills in.
check_slots() {
    msgattrib --no-obsolete --translated --no-wrap "$1" | awk '
        function slots(s,   found, i) {
            found = ""
            for (i = 1; i <= 9; i++) if (index(s, "{" i "}")) found = found i
            return found
        }
        function compare() {
            if (id != "" && slots(id) != slots(text)) { printf "slots differ: \"%s\" = \"%s\"\n", id, text; bad = 1 }
            id = text = ""
        }
        /^msgid "/ { compare(); in_id = 1; id = substr($0, 8, length($0) - 8); next }
        /^msgstr "/ { in_id = 0; text = substr($0, 9, length($0) - 9); next }
        /^"/ { if (in_id) id = id substr($0, 2, length($0) - 2); else text = text substr($0, 2, length($0) - 2) }
        END { compare(); exit bad }'
}

update() {
    if [ ! -f "$po" ]; then
        printf '# SPDX-License-Identifier: EUPL-1.2\nmsgid ""\nmsgstr ""\n%s\n%s\n%s\n%s\n%s\n' '"Project-Id-Version: Peil\n"' \
            '"Language: nl\n"' '"MIME-Version: 1.0\n"' '"Content-Type: text/plain; charset=UTF-8\n"' \
            '"Content-Transfer-Encoding: 8bit\n"' > "$po"
    fi
    msgmerge --quiet --no-fuzzy-matching --sort-output --add-location=file "$po" "$work/nl.pot" |
        msgattrib --no-obsolete --add-location=file --sort-output - | sed '/^"POT-Creation-Date:/d' > "$work/merged.po"
    cmp -s "$work/merged.po" "$po" || cp "$work/merged.po" "$po"
    LC_ALL=C msgfmt --statistics -o /dev/null "$po"
}

check() {
    bad=0
    if ! LC_ALL=C msgcmp "$po" "$work/nl.pot" 2> "$work/missing"; then
        grep -v '^msgcmp: found' "$work/missing" >&2
        bad=1
    fi
    texts "$po" > "$work/have"
    texts "$work/nl.pot" > "$work/want"
    if ! diff "$work/have" "$work/want" > "$work/diff"; then
        sed -n 's/^< /no source uses: /p; s/^> /not in the file: /p' "$work/diff" >&2
        bad=1
    fi
    LC_ALL=C msgfmt --check-format --check-domain -o /dev/null "$po" || bad=1
    check_slots "$po" >&2 || bad=1
    [ $bad -eq 0 ] || { echo "po.sh: $po is not complete; run make po and translate" >&2; exit 1; }
}

extract "$@"
case $mode in
update) update ;;
check) check ;;
*) echo "usage: po.sh update|check FILE.po SOURCE..." >&2; exit 2 ;;
esac
