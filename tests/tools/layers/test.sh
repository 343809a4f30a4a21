# SPDX-License-Identifier: EUPL-1.2
# layers: each case of cases.txt is a small source tree.
LAYERS=tests/tools/layers
awk -v to="$WORK/layers" '
    /^== / { tree = to "/" $2; next }
    /^expect: / { print substr($0, 9) > (tree ".expect"); close(tree ".expect"); next }
    /^src\// {
        n = index($0, ": "); path = tree "/" substr($0, 1, n - 1); folder = path; sub(/\/[^\/]*$/, "", folder)
        system("mkdir -p " folder); print substr($0, n + 2) >> path; close(path)
    }' $LAYERS/cases.txt
for want in "$WORK"/layers/*.expect; do
    tree=${want%.expect} name=$(basename "$want" .expect)
    # shellcheck disable=SC2046
    if (cd "$tree" && "$TOOLS/layers" $(find src -name '*.[ch]' | sort)) 2> "$WORK/err"; then
        grep -qx none "$want" && pass || fail "$LAYERS: $name: accepted"
    elif grep -qF -- "$(cat "$want")" "$WORK/err"; then
        pass
    else
        fail "$LAYERS: $name: want $(cat "$want")" "$WORK/err"
    fi
done
