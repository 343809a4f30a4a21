# SPDX-License-Identifier: EUPL-1.2
# po.sh: a new text appears, a complete file passes and stays as it is, each kind of gap fails.
PO="$WORK/nl.po"
PO_SOURCE=tests/tools/po/first.c

po_check() { tools/po.sh check "$PO" $PO_SOURCE > "$WORK/err" 2>&1; }
refused() { # name, pattern that must be in the message
    if po_check; then fail "po: $1: accepted"; elif grep -q "$2" "$WORK/err"; then pass; else fail "po: $1" "$WORK/err"; fi
    cp "$WORK/whole.po" "$PO"
}

tools/po.sh update "$PO" $PO_SOURCE > "$WORK/err" 2>&1 || fail "po: first file" "$WORK/err"
[ "$(grep -c '^msgid "[^"]' "$PO")" = 3 ] && grep -q '^#: src/web/tpl/page.html$' "$PO" && pass || fail "po: three texts" "$PO"
cp "$PO" "$WORK/whole.po"
refused "nothing is translated" "Low\|untranslated"
awk '/^msgid "Low"/ { text = "Laag" } /^msgid "Since/ { text = "Sinds {1}, norm {2}" } /^msgid "Someone/ { text = "Iemand wijzigde %s." }
    /^msgstr ""/ && text != "" { print "msgstr \"" text "\""; text = ""; next } { print }' "$PO" > "$WORK/whole.po"
cp "$WORK/whole.po" "$PO"
po_check && pass || fail "po: a whole file" "$WORK/err"
tools/po.sh update "$PO" $PO_SOURCE > "$WORK/err" 2>&1 && cmp -s "$PO" "$WORK/whole.po" && pass || fail "po: update changes a whole file"
sed -i 's/Sinds {1}/Sinds/' "$PO" && refused "a slot is missing" "slots differ"
sed -i 's/norm {2}"$/norm {3}"/; s/^msgid "Since {1}, norm {3}"/msgid "Since {1}, norm {2}"/' "$PO" && refused "another slot" "slots differ"
sed -i 's/wijzigde %s/wijzigde %d/' "$PO" && refused "another format" "format"
sed -i 's/^msgid "Low"/#, fuzzy\nmsgid "Low"/' "$PO" && refused "a guess" "reviewed"
printf '\nmsgid "Old"\nmsgstr "Oud"\n' >> "$PO" && refused "a text that nobody uses" 'no source uses: "Old"'
sed -i 's/"Laag"/""/' "$PO" && refused "one is not translated" "Low\|untranslated"
