#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The register that is shipped: its chain holds, the program makes it again byte for byte, and a change is located.
set -u
work=$WORK/register
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 1
failed=0
fail() { echo "$1"; failed=1; }
shipped=$SOURCE/register/2026-04.csv
panel=$SOURCE/data/east-asia

"$TENBIN" resolve "$shipped" "$panel" --quiet -o all.csv --page page.html >words || fail "the shipped register is not as it was written: $(head -3 words)"
grep -q "The chain holds" words || fail "resolve does not say that the chain holds"
entries=$(($(wc -l <"$shipped") - 1))
[ "$(wc -l <all.csv)" = $((entries + 1)) ] || fail "the table has not every entry"
grep -q "The chain holds" page.html || fail "the page does not say that the chain holds"
grep -qE '(src|href)="?https?://|url\(' page.html && fail "the page asks for something"
seal=$(tail -1 "$shipped" | grep -oE '[0-9a-f]{64}$')
grep -q "$seal" "$SOURCE/register/README.md" || fail "register/README.md has not the seal $seal"

# A release keeps its register: only the version that made it makes it again.
version=$("$TENBIN" --version)
if sed -n 2p "$shipped" | grep -q ",$version,"; then
  (cd "$SOURCE" && TENBIN_REGISTER="$work/again.csv" TENBIN="$TENBIN" bash register/make --threads 1 --quiet) >make.log 2>&1 || fail "register/make fails: $(tail -3 make.log)"
  cmp "$shipped" again.csv || fail "the program makes another register than the shipped one: run register/make if its figures changed on purpose"
else
  echo "the register was made by another version than $version: it is not made again"
fi

broken() {  # NAME WORDS: r.csv is broken, and resolve says where
  "$TENBIN" resolve r.csv "$panel" --quiet >words 2>&1
  code=$?
  [ $code = 1 ] || fail "$1: ends with $code, not 1"
  grep -q "$2" words || fail "$1: resolve does not say \"$2\": $(sed -n 1,4p words)"
}
id=$(sed -n 40p "$shipped" | cut -d, -f4)
sed '40s/,2026,/,2027,/' "$shipped" >r.csv
cmp -s "$shipped" r.csv && sed '40s/,2024,/,2025,/' "$shipped" >r.csv
broken "a changed digit" "line 40 ($id): was changed"
sed 40d "$shipped" >r.csv
broken "a removed line" "line 40 (.*): entry 39 is missing before it"
sed '40{h;d};41{G}' "$shipped" >r.csv
broken "swapped lines" "line 41 ($id): was moved: it is entry 39"
sed 40p "$shipped" >r.csv
broken "an added line" "line 41 ($id): was added"
sed '$d' "$shipped" >r.csv
broken "a lost end" "entry $entries is missing at the end"

refused() {  # CODE WORDS COMMAND...
  local code=$1 words=$2
  shift 2
  "$@" >said 2>&1
  [ $? = "$code" ] || fail "$*: does not end with $code"
  grep -q "$words" said || fail "$*: does not say \"$words\": $(head -2 said)"
}
refused 3 "its first line is not that of a register" "$TENBIN" resolve "$panel/milex.csv" "$panel"
refused 3 "there is no such file" "$TENBIN" resolve nowhere.csv "$panel"
refused 2 "out of range" "$TENBIN" register "$panel" --as-of 1980 --quiet
refused 3 "its panel is east-asia" "$TENBIN" register "$SOURCE/tests/data/tiny" "$SOURCE/scenarios/japan-3pct.toml" --quiet
exit $failed
