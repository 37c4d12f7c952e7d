#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# tenbin gallery as a user runs it: all findings, some, one of one's own, a verdict that no longer holds, wrong names, the page.
# Needs TENBIN, SOURCE, WORK.
set -u
work=$WORK/gallery
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 1
failed=0
wrong() { echo "$*"; failed=1; }
ends_with() { # CODE command ...
  local code=$1; shift
  "$@" >out 2>err
  local got=$?
  [ $got = "$code" ] || { wrong "ended with $got, not $code: $*"; cat err | head -5; }
}
shipped=$(ls "$SOURCE"/data/gallery/*.toml | wc -l)

ends_with 0 "$TENBIN" gallery -o all.csv --page all.html --toml found.toml
grep -q "^$shipped findings\." out || wrong "the words do not count $shipped findings"
grep -q "recorded, not run now" out || wrong "nothing is marked as recorded"
grep -q -- "--world" err || wrong "the notes do not name --world"
[ "$(grep -c ',result,' all.csv)" = "$shipped" ] || wrong "the table has not one result for each finding"
/usr/bin/python3 -c 'import csv, collections; most = collections.Counter((r["finding"], r["figure"]) for r in csv.DictReader(open("all.csv"))).most_common(1)
assert most[0][1] == 1, most' || wrong "the table repeats a key"
[ "$(grep -o '<article' all.html | wc -l)" = "$shipped" ] || wrong "the page has not one card for each finding"
grep -qE 'src=|href="http|@import|url\(' all.html && wrong "the page asks for something"
[ "$(grep -c '^\[found\]' found.toml)" = "$(grep -c ',result,.*,run now,' all.csv)" ] || wrong "found.toml has not what was run"

ends_with 0 "$TENBIN" gallery richardson-1909 bremer-alliance --json
grep -q '"finding": "bremer-alliance"' out || wrong "no bremer-alliance in the JSON"
ends_with 0 "$TENBIN" gallery --findings richardson-1909,bremer-alliance
grep -q "^2 findings\." out || wrong "--findings does not choose two"

# A file whose verdict is not what the figures say: the command ends with 1, and says so. A finding of one's own is a file.
sed 's/is = "agrees"/is = "contradicts"/' "$SOURCE/data/gallery/bremer-alliance.toml" >mine.toml
ends_with 1 "$TENBIN" gallery mine.toml
grep -q "Its file states another verdict: contradicts" out || wrong "the words do not name the other verdict"
grep -q 'the verdict is now "agrees"; the file states "contradicts"' err || wrong "no note on the verdict"
# What is only recorded is not judged again.
sed 's/is = "agrees"/is = "contradicts"/' "$SOURCE/data/gallery/becker-wales.toml" >wales.toml
ends_with 0 "$TENBIN" gallery wales.toml
sed '/^\[found\]/,/^\]/d' "$SOURCE/data/gallery/becker-wales.toml" >bare.toml
ends_with 3 "$TENBIN" gallery bare.toml
grep -q "no recorded result, and its panel is not here" err || wrong "a finding without a result is not refused"

ends_with 2 "$TENBIN" gallery bremer-allianc nothing-like-this
grep -q 'Did you mean "bremer-alliance"' err || wrong "no near name"
grep -q 'nothing-like-this' err || wrong "the second wrong name is not told"
ends_with 3 "$TENBIN" gallery no-such-file.toml
ends_with 3 "$TENBIN" gallery --world no/such/folder
grep -q -- "--world" err || wrong "a world that is not there is not named by its setting"
ends_with 3 "$TENBIN" gallery becker-wales --world "$SOURCE/data/east-asia"
grep -q '^becker-wales, east-asia: has no state' err || wrong "a panel without the states is not refused with the finding's name"
ends_with 4 "$TENBIN" gallery mine.toml --toml mine.toml
grep -q claim mine.toml || wrong "the input was written over"
exit $failed
