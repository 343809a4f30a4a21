# SPDX-License-Identifier: EUPL-1.2
# checksrc: the examples are read as if they stood in src/register; exceptions need a reason and a use.
CHECK=tests/tools/checksrc
TREE="$WORK/checksrc"
mkdir -p "$TREE/src/register" "$TREE/src/base"
cp $CHECK/bad/*.c $CHECK/good/*.c "$TREE/src/register"
: > "$TREE/none.txt"

run_check() { (cd "$TREE" && "$TOOLS/checksrc" "$@") > "$WORK/err" 2>&1; }

for bad in $CHECK/bad/*.c; do
    name=src/register/$(basename "$bad")
    want=$(sed -n 's/^\/\/ expect //p' "$bad")
    if run_check none.txt "$name"; then
        fail "$bad: accepted"
    elif grep -qF -- "$name:$want" "$WORK/err" && grep -q '^checksrc: 1 faults' "$WORK/err"; then
        pass
    else
        fail "$bad: want only $want" "$WORK/err"
    fi
done
for good in $CHECK/good/*.c; do
    run_check none.txt "src/register/$(basename "$good")" && pass || fail "$good" "$WORK/err"
done

cp $CHECK/bad/memory.c "$TREE/src/base/memory.c"
run_check none.txt src/base/memory.c && pass || fail "$CHECK: memory is for base" "$WORK/err"
echo "static src/register/static_int.c count -- a good reason for it" > "$TREE/list.txt"
run_check list.txt src/register/static_int.c && pass || fail "$CHECK: an exception by name" "$WORK/err"
run_check list.txt src/register/static_in.c && fail "$CHECK: an exception of another file" || pass
run_check list.txt src/register/all.c && fail "$CHECK: an exception without use" || pass
echo "static src/register/static_int.c count" > "$TREE/list.txt"
run_check list.txt src/register/static_int.c && fail "$CHECK: an exception without reason" || pass
