#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The command line as a user meets it: exit codes, messages, nothing left behind. Needs TENBIN, SOURCE, WORK
# and the posteriors of posteriors_fixture.sh.
set -u
folder=$WORK/cli
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
failed=0
expect() {  # code, words that must be said, command...
  local code=$1 said=$2
  shift 2
  local out
  out=$("$@" 2>&1)
  local got=$?
  [ "$got" = "$code" ] || { echo "exit $got, not $code: $*"; echo "$out"; failed=1; }
  case "$out" in *"$said"*) ;; *) echo "not said: $said: $*"; echo "$out"; failed=1 ;; esac
}
small=(--warmup 60 --draws 50 --futures 200 --quiet)
fitted=(--posterior "$WORK/posteriors/tiny.fit" --futures 200 --quiet)  # the same, without a fit
east_fitted=(--posterior "$WORK/posteriors/east-asia.fit" --futures 200 --quiet)
tiny=$SOURCE/tests/data/tiny/scenario.toml

expect 0 "tenbin 0." "$TENBIN" --version
expect 0 "Usage" "$TENBIN" --help
expect 0 "Exit status: 0 done" "$TENBIN"
expect 0 "Usage: tenbin project" "$TENBIN" help project
expect 0 "tenbin 0." "$TENBIN" project --version
expect 2 'Did you mean "project"?' "$TENBIN" help projct
expect 0 "data" "$TENBIN" --data
expect 2 'Did you mean "--futures"?' "$TENBIN" project "$tiny" -o q.csv --future 100
for wrong in "brief $tiny -o p.pdf" "brief $tiny -o p.csv" "fit $SOURCE/data/east-asia -o f.csv" "check $SOURCE/data/east-asia --plot c.png" \
    "project $tiny -o q.xlsx" "project $tiny -o q.csv --keep all.csv"; do expect 2 "Give a name that ends in" "$TENBIN" $wrong --quiet; done
[ -z "$(ls)" ] || { ls; failed=1; }
expect 2 "compare: there is no scenario to compare the baseline with. Give 2 scenarios" "$TENBIN" compare "$tiny" "${small[@]}"
expect 2 "SCENARIOS is missing" "$TENBIN" compare
expect 2 "PANELS" "$TENBIN" diff "$SOURCE/data/east-asia"
expect 2 "b.toml: is one SCENARIO too many" "$TENBIN" project "$tiny" b.toml
expect 2 "p: is one argument too many" "$TENBIN" fit p p -o q.fit
expect 2 "-n: tenbin project has no such flag" "$TENBIN" project "$tiny" -n 5
expect 2 'Did you mean "--version"?' "$TENBIN" --verison
expect 2 'Did you mean "panel"?' "$TENBIN" new panl x
expect 2 "-o: needs a value: file to write" "$TENBIN" project "$tiny" -o
expect 2 "--chains: does not go with --posterior" "$TENBIN" project "$tiny" --posterior x.fit --chains 2
# Every mistake in the words of a command has tenbin's own words, which name the flag and give an example; the parser's are not used.
mistake() {  # words that must be said, command...
  expect 2 "$@"
  "${@:2}" 2>&1 | grep -E 'Run with --help|is required|required .* missing|were not expected|not expected|[Cc]ould not convert|excludes|At Most|At least' &&
    { echo "the parser's words: ${*:2}"; failed=1; }
  [ -z "$("${@:2}" 2>/dev/null)" ] || { echo "a mistake is told on the screen: ${*:2}"; failed=1; }
}
mistake "-o is missing: .fit file to write; tenbin export makes netCDF of it. For example: tenbin fit east-asia -o east-asia.fit." "$TENBIN" fit east-asia
mistake "PANEL is missing: a panel's folder" "$TENBIN" fit
mistake "tenbin fit: -o is missing" "$TENBIN" fit
mistake "-o: needs a value: .fit file to write; tenbin export makes netCDF of it. For example: tenbin fit" "$TENBIN" fit east-asia -o
mistake "-o: needs a value" "$TENBIN" fit east-asia -o --quiet
mistake "--chains: needs a value: chains" "$TENBIN" fit east-asia -o x.fit --chains
mistake "-o: is given 2 times. Give it once." "$TENBIN" fit east-asia -o x.fit --out y.fit
mistake "--chains: is given 2 times" "$TENBIN" fit east-asia -o x.fit --chains 2 --chains 3
mistake '"four" is no whole number' "$TENBIN" fit east-asia -o x.fit --chains four
mistake '--quiet: takes no value, and is given "maybe". Write --quiet alone' "$TENBIN" fit east-asia -o x.fit --quiet=maybe
mistake "extra: is one argument too many for tenbin fit" "$TENBIN" fit east-asia extra -o x.fit
mistake "more: is one argument too many for tenbin fit" "$TENBIN" fit east-asia extra more -o x.fit
mistake "SCENARIOS is missing: scenario files" "$TENBIN" brief -o x.html
mistake "-o is missing: HTML file to write; - is the screen. For example: tenbin brief japan-announced japan-3pct -o page.html." "$TENBIN" brief "$tiny"
mistake "needs 2 PANELS" "$TENBIN" diff east-asia
mistake "c: is one PANELS too many for tenbin diff, which takes 2" "$TENBIN" diff a b c
mistake "FILE is missing" "$TENBIN" verify
mistake "SOURCE is missing" "$TENBIN" import
mistake "-o is missing: the panel's folder, new or not. For example: tenbin import sipri" "$TENBIN" import sipri a.xlsx
mistake "new: tenbin new needs one of: panel, scenario, priors. For example: tenbin new panel mine." "$TENBIN" new
mistake "tenbin new scenario: --panel is missing: the panel's folder. For example: tenbin new scenario mine.toml --panel mine." "$TENBIN" new scenario x.toml
mistake 'Did you mean "--panel"?' "$TENBIN" new scenario x.toml --pannel y
mistake "b: is one argument too many for tenbin new panel" "$TENBIN" new panel a b
mistake "Flags stand after the verb" "$TENBIN" --quiet
mistake "--ablate: takes no value" "$TENBIN" backtest east-asia --ablate=2
mistake "does not go with --posterior" "$TENBIN" brief "$tiny" -o x.html --posterior x.fit --priors wide
for verb in $("$TENBIN" --help | sed -n '/^Subcommands:/,/^[A-Z]/s/^  \([a-z][a-z-]*\) .*/\1/p'); do
  "$TENBIN" "$verb" >out.txt 2>said.txt </dev/null
  [ $? = 2 ] || continue  # it needs no words
  grep -q "For example: tenbin $verb" said.txt || { echo "$verb without words: $(cat said.txt)"; failed=1; }
done
rm out.txt said.txt
# A setting that is a path is named where the path is wrong.
named() { expect "$@" --quiet; }
named 3 "--vintage nowhere: " "$TENBIN" backtest east-asia --vintage nowhere
named 3 "--baselines nowhere.csv: there is no such file" "$TENBIN" backtest east-asia --priors wide --baselines nowhere.csv
named 3 "--priors nowhere.toml: there is no such file" "$TENBIN" fit east-asia -o x.fit --priors nowhere.toml
named 3 "--priors nowhere.toml: there is no such file" "$TENBIN" backtest east-asia --priors nowhere.toml
named 3 "--wars nowhere.csv: there is no such file" "$TENBIN" races east-asia --wars nowhere.csv
named 3 "--posterior nowhere.fit: " "$TENBIN" project "$tiny" --posterior nowhere.fit
named 2 "--leave-out: state \"nowhere/\" is not in the panel" "$TENBIN" fit east-asia -o x.fit --leave-out nowhere/
named 3 "--placebo nowhere.csv: there is no such file" "$TENBIN" priors "$WORK/posteriors/tiny.fit" --placebo nowhere.csv
named 4 "--cache" "$TENBIN" backtest east-asia --priors wide --origins 2015 --cache "$tiny/x"
expect 2 "" "$TENBIN" solve "$SOURCE/scenarios/japan-3pct.toml" --that "milex >= 1" "${east_fitted[@]}"
# what is printed and does not arrive is an error; an output that is there already is named first
for lost in "parameters" "--help" "check $tiny" "parameters --json"; do
  # shellcheck disable=SC2086
  "$TENBIN" $lost >/dev/full 2>lost.txt
  [ $? = 4 ] && grep -q "the screen (standard output): cannot be written" lost.txt || { echo "lost: $lost"; cat lost.txt; failed=1; }
done
"$TENBIN" check "$tiny" >/dev/full 2>&1
[ $? = 4 ] || { echo "nobody can be told, and the exit code is wrong"; failed=1; }
rm lost.txt
echo old >old.csv
expect 0 "old.csv: is there already; it is replaced when this ends" "$TENBIN" parameters -o old.csv
rm old.csv
# a plan in money; a sum whose unit is wrong is noted
printf 'format = 1\nextends = "%s"\nname = "money"\n[[lever]]\nkind = "budget"\nstate = "JPN"\nmilex = "70 bn"\nfrom = 2027\nby = 2030\n' \
  "$SOURCE/scenarios/japan-announced.toml" >money.toml
expect 0 "Japan plans to spend at least \$70.0 bn in 2030, from 2027" "$TENBIN" plan money.toml --quiet
sed 's/"70 bn"/70/' money.toml >unit.toml
expect 0 "Look at the unit" "$TENBIN" check unit.toml
rm money.toml unit.toml
# a name of a file does not steer the terminal
printf 'format = 1\nname = "a \\u001b[31mname"\nextends = "%s"\n[blocs]\n"one \\u001b[31m \\u009b31m" = ["JPN"]\ntwo = ["CHN"]\n' \
  "$SOURCE/scenarios/japan-announced.toml" >steer.toml
expect 0 "one ?[31m ??31m against two" "$TENBIN" balance steer.toml "${small[@]}"
! "$TENBIN" balance steer.toml "${small[@]}" 2>&1 | LC_ALL=C grep -q "$(printf '\033')" || { echo "it steers"; failed=1; }
rm steer.toml
expect 2 "-o: is empty. Give a value, or leave it out." "$TENBIN" fit east-asia -o ""
expect 2 "--posterior: is empty" "$TENBIN" project "$tiny" --posterior= -o q.csv
expect 2 "--states: is empty" "$TENBIN" import sipri a.xlsx -o q --states ""
expect 0 "−" "$TENBIN" parameters
"$TENBIN" parameters | grep -E '[ (]-[0-9]' && { echo "a number below 0 without the true minus"; failed=1; }
# a page is about the state that a scenario changes, where none changes the first one's
printf 'format = 1\nextends = "%s"\nname = "korea"\nfocus = "KOR"\n[[lever]]\nkind = "plan"\nstate = "KOR"\nburden = "3.5 %%"\nfrom = 2026\nby = 2030\n' \
    "$SOURCE/scenarios/japan-announced.toml" >korea.toml
expect 0 "the page is about South Korea: no scenario changes Japan" "$TENBIN" brief japan-announced korea.toml --posterior "$WORK/posteriors/east-asia.fit" --futures 200 -o korea.html --plain
expect 0 "South Korea’s defence spending" "$TENBIN" brief japan-announced korea.toml "${east_fitted[@]}" -o korea.html --plain
expect 0 "Japan’s defence surge" "$TENBIN" brief japan-announced japan-3pct "${east_fitted[@]}" -o korea.html --plain
grep -q 'South Korea</bdi></th><td><bdi>North Korea</bdi></td><td>' korea.html && grep -q 'weighted by treaty' korea.html ||
  { echo "the page does not put North Korea first for South Korea, or lacks the balance by treaty"; failed=1; }
rm korea.toml korea.html
expect 3 "this is a file, and a panel is a folder" "$TENBIN" fit "$tiny" -o x.fit
expect 0 "japan-3pct.toml: good" "$TENBIN" check japan-announced "$SOURCE/scenarios/japan-3pct.toml" east-asia
expect 3 "there is no such file" "$TENBIN" check japan-announced nowhere.toml
expect 1 "imputed" "$TENBIN" check east-asia --strict
sed "s|^panel = .*|panel = \"$SOURCE/tests/data/tiny\"|" "$tiny" >piped.toml
expect 0 "-: good" "$TENBIN" check - <piped.toml
expect 0 "/dev/stdin: good" "$TENBIN" check /dev/stdin < <(cat piped.toml)
printf 'format = 1\nextends = "ring.toml"\n' >round.toml
printf 'format = 1\nextends = "round.toml"\n' >ring.toml
expect 3 "ring.toml: the scenario extends itself by way of round.toml" "$TENBIN" check ring.toml
rm piped.toml ring.toml round.toml
expect 2 "--chians" "$TENBIN" fit "$SOURCE/data/east-asia" -o x.fit --chians 4
expect 2 'Did you mean "burden"?' "$TENBIN" burdn "$tiny"
expect 2 'Did you mean "--state"?' "$TENBIN" responses "$tiny" --stat JPN
expect 2 'Did you mean "--fit-seed"?' "$TENBIN" fit "$SOURCE/data/east-asia" -o x.fit --seed 7
expect 0 "good" "$TENBIN" check "$SOURCE/scenarios/japan-announced.toml"
for scenario in "$SOURCE"/scenarios/*.toml; do expect 0 "good" "$TENBIN" check "$scenario"; done
cp -r "$SOURCE/tests/data/tiny" bad
echo 'JPN,2011,-5,1.4,reported,x' >>bad/milex.csv
expect 3 "bad/milex.csv:54: milex is -5" "$TENBIN" check bad
expect 3 "milex is -5" "$TENBIN" brief bad/scenario.toml -o page.html
[ -e page.html ] && { echo "a page was left behind"; failed=1; }
for k in $(seq 1 60); do echo "XX$k,2012,5,0.01,reported,x"; done >>bad/milex.csv
expect 3 "and 41 more problems; 61 in all" "$TENBIN" check bad
expect 0 "tiny.html" "$TENBIN" brief "$tiny" -o tiny.html "${small[@]}"
expect 0 "plain.html" "$TENBIN" brief "$tiny" -o plain.html "${fitted[@]}" --plain
grep -q '<script>' plain.html && { echo "a plain page has a script"; failed=1; }
expect 3 "no live page" "$TENBIN" verify plain.html
expect 3 "no such file" "$TENBIN" verify nothing.html
expect 4 "there is no folder nowhere" "$TENBIN" brief "$tiny" -o nowhere/page.html "${small[@]}"
expect 3 "not a posterior of tenbin" "$TENBIN" brief "$tiny" -o page.html --posterior "$tiny"
expect 3 "no such file" "$TENBIN" brief "$tiny" -o page.html --priors nothing.toml
expect 0 "R-hat" "$TENBIN" fit "$SOURCE/data/east-asia" -o ea.fit --chains 2 --warmup 30 --draws 10 --quiet
cp -r "$SOURCE/tests/data/tiny" mine
expect 4 "one that the command reads" "$TENBIN" brief mine/scenario.toml -o mine/scenario.toml "${small[@]}"
expect 4 "one that the command reads" "$TENBIN" fit "$folder/mine" -o mine/milex.csv
diff -r mine "$SOURCE/tests/data/tiny" || failed=1
expect 4 "this is not a file" "$TENBIN" brief "$tiny" -o "$folder" "${small[@]}"
expect 0 "have not mixed" "$TENBIN" fit "$SOURCE/tests/data/tiny" -o short.fit --warmup 20 --draws 4 --quiet
expect 2 "does not go with --posterior" "$TENBIN" project "$tiny" -o q.csv --posterior short.fit --fit-seed 7
expect 2 "a fit is a .fit file; netCDF is exported from it" "$TENBIN" fit "$SOURCE/tests/data/tiny" -o short.nc
expect 0 "short.nc holds it for other programs" "$TENBIN" export short.fit -o short.nc
expect 3 "this is a netCDF file, which is written for other programs and never read" "$TENBIN" project "$tiny" -o q.csv --posterior short.nc
expect 0 "4 chains of 4 draws of panel tiny" "$TENBIN" export short.fit
expect 0 "posterior_economy,df,chain draw,16" "$TENBIN" export short.fit -o -
expect 3 "of another panel" "$TENBIN" project "$tiny" -o q.csv --posterior ea.fit
sed 's/^start = 2025/start = 2023/' "$tiny" >"$folder/bad/scenario.toml"
cp "$SOURCE"/tests/data/tiny/*.csv bad/
expect 0 "R-hat" "$TENBIN" fit bad -o later.fit --chains 2 --warmup 30 --draws 10 --quiet
expect 3 "knows figures up to 2025" "$TENBIN" project bad/scenario.toml -o q.csv --posterior later.fit

# Terms, calibration, JSON
short=(--warmup 60 --draws 100 --quiet)
expect 2 "Terms: threat, support" "$TENBIN" fit "$SOURCE/tests/data/tiny" -o off.fit --without rivalss
expect 0 "without rivals, wave" "$TENBIN" fit "$SOURCE/tests/data/tiny" -o off.fit --without wave,rivals,wave "${short[@]}"
expect 0 "switched off: nothing answers to it" "$TENBIN" fit "$SOURCE/tests/data/tiny" -o off.fit --without wave,rivals "${short[@]}"
expect 3 "this fit switched terms off: rivals" "$TENBIN" priors off.fit -o off.toml
expect 0 "this fit was made without rivals." "$TENBIN" project "$tiny" -o off.csv --posterior off.fit --futures 50
expect 0 "" "$TENBIN" brief "$tiny" -o off.html --posterior off.fit --futures 50 --quiet
grep -q 'switched off</td>' off.html && grep -q 'made without rivals' off.html || { echo "the page hides what was switched off"; failed=1; }
"$TENBIN" fit "$SOURCE/tests/data/tiny" -o off.fit --json "${short[@]}" >fit.json 2>/dev/null
python3 - <<'P' || { echo "fit --json"; failed=1; }
import json
fit = json.load(open("fit.json"))
assert fit["format"] == 1 and fit["asked"]["draws"] == "100" and fit["done"]["spending"]["draws"] == 400
rivals = next(t for t in fit["terms"] if t["term"] == "rivals")
row = next(p for p in fit["parameters"] if p["parameter"] == "spending.rival_mean")
rise = round(100 * (1.1 ** row["median"] - 1), 1) + 0.0  # never -0
assert f"{rise:.1f} % (90 %" in rivals["says"], (rivals, row)
assert 0 <= rivals["above_0"] <= 1 and rivals["prior_share"] > 0
P
expect 2 "Give --terms all to have it" "$TENBIN" loo "$SOURCE/tests/data/tiny" --without wave -o terms.csv "${short[@]}"
expect 0 "without wave" "$TENBIN" loo "$SOURCE/tests/data/tiny" --terms all --without wave -o terms.csv "${short[@]}"
[ "$(wc -l <terms.csv)" = 3 ] || { cat terms.csv; failed=1; }
expect 0 "not to be judged: the chains have not mixed" "$TENBIN" loo "$SOURCE/tests/data/tiny" --terms all --without wave --warmup 20 --draws 4 --quiet
expect 2 "--recover excludes it" "$TENBIN" calibrate "$SOURCE/tests/data/tiny" --recover 0 --plot ranks.svg
expect 2 "ranked among 99 draws" "$TENBIN" calibrate "$SOURCE/tests/data/tiny" --draws 10
expect 2 "is no global parameter" "$TENBIN" calibrate "$SOURCE/tests/data/tiny" --plant rival_mean
expect 2 "within -5 to 5" "$TENBIN" calibrate "$SOURCE/tests/data/tiny" --recover nan
expect 2 "\"wave_sd\" is nothing that can be planted" "$TENBIN" calibrate "$SOURCE/tests/data/tiny" --recover wave_sd=0.1
expect 2 "war_response: war is switched off here" "$TENBIN" calibrate "$SOURCE/tests/data/tiny" --recover war_response=0.1
expect 0 "too few data sets to judge" "$TENBIN" calibrate "$SOURCE/tests/data/tiny" --sets 20 --chains 1 "${short[@]}"

# The back-test: kept records are taken up, a damaged one is made again, threads change nothing, and no priors may know too much.
east=$SOURCE/data/east-asia
back=("$TENBIN" backtest "$east" --origins 2012,2016 --horizons 1,5 --warmup 60 --draws 50 --futures 200 --quiet)
expect 0 "tenbin gains on each" "${back[@]}" -o scores.csv
[ "$(ls scores.csv.cache | wc -l)" = 2 ] || { ls scores.csv.cache; failed=1; }
cp scores.csv first.csv
printf x >>"$(ls scores.csv.cache/* | head -1)"
rm "$(ls scores.csv.cache/* | tail -1)"
expect 0 "" "${back[@]}" -o scores.csv --threads 1
cmp scores.csv first.csv || failed=1
printf 'state,origin,h,model,mean,sd\nJPN,2012,1,mine,10.8,0.05\nJPN,2016,1,mine,10.8,0.05\n' >mine.csv
expect 0 "mine" "${back[@]}" -o scores.csv --baselines mine.csv
grep -q '^mine,milex,JPN,2012,1' scores.csv || { echo "the outside forecast was not scored"; failed=1; }
printf 'state,origin,h,model,mean,sd\nJPN,2012,1,mine,10.8,-1\nJPN,x,1,mine,10.8,1\n' >mine.csv
expect 3 "mine.csv:3" "${back[@]}" -o scores.csv --baselines mine.csv
expect 3 "the origin is 2012" "${back[@]}" -o scores.csv --priors "$SOURCE/data/priors/world.toml"
expect 0 '"crps"' "${back[@]}" -o scores.csv --scorecard card.toml --json
grep -q '^figures_hash = ' card.toml || { echo "no scorecard"; failed=1; }
expect 3 "two outputs have one name" "$TENBIN" diff "$east" "$east" -o d.csv --medians d.csv
expect 2 "Give a name that ends in .toml" "${back[@]}" -o scores.csv --scorecard card.csv
expect 2 "there are no world priors as of 2000" env TENBIN_DATA=/nowhere "$TENBIN" backtest "$east" --origins 2000 -o s.csv
expect 2 "is no list of whole numbers" "$TENBIN" backtest "$east" -o scores.csv --horizons 5:1
expect 2 "is not in the panel" "${back[@]}" -o scores.csv --states JPN,XXX
expect 2 "is none of standard, reference, all" "${back[@]}" -o scores.csv --terms best
expect 2 "the panel begins in 1990" "$TENBIN" fit "$east" -o off.fit --as-of 1980

# Races
expect 0 "Afghanistan" "$TENBIN" races "$east" -o races.csv
grep -q '^real,CHN,USA,2002,2004,0' races.csv || { echo "no race of 2002"; failed=1; }
expect 0 "none" "$TENBIN" races "$east" --pair CHN,JPN
expect 2 "no pair of states" "$TENBIN" races "$east" --pair CHN
expect 3 "has no spending in nominal money" "$TENBIN" races "$east" --money nominal
printf 'state,start,end,war\nUSA,2003,2001,x\nXXX,2003,2001,x\n' >wars.csv
expect 3 "wars.csv:2" "$TENBIN" races "$east" --wars wars.csv

# Races to come and disputes
sed 's@^panel = .*@panel = "'"$east"'"@' "$tiny" >east.toml
expect 0 "risk of an onset in 2026 (base rate" "$TENBIN" risk east.toml "${small[@]}"
expect 0 "" "$TENBIN" risk east.toml "${east_fitted[@]}" -o risk.csv
grep -q ',CHN,JPN,2026,dispute,0' risk.csv && grep -q ',CHN,JPN,2035,race,' risk.csv || { echo "risk.csv lacks a row"; failed=1; }
expect 0 "no disputes.toml" "$TENBIN" risk "$tiny" "${small[@]}"
expect 3 "disputes.csv, contiguity.csv and majors.csv" "$TENBIN" disputes "$SOURCE/tests/data/tiny"
mkdir -p past && cp "$east"/* past/ && echo 'JPN,CHN,2025,2025,9,again,known' >>past/dispute_history.csv
expect 3 "stands already in line" "$TENBIN" check past
sed -i '$d' past/dispute_history.csv && echo 'AUS,USA,2025,1816,3,never,known' >>past/dispute_history.csv
expect 3 "Correct the count or the year" "$TENBIN" check past
cp "$east/dispute_history.csv" past/ && sed -i 's/^sd = .*/sd = [0, 1, 1, 1, 1, 1]/' past/disputes.toml
sed 's@^panel = .*@panel = "past"@' "$tiny" >past.toml
expect 3 'write digest = "edited" as its first line' "$TENBIN" brief past.toml -o past.html "${small[@]}"
sed -i '1s/.*/digest = "edited"/' past/disputes.toml
expect 3 "spreads above 0" "$TENBIN" brief past.toml -o past.html "${small[@]}"
expect 2 "no span of years" "$TENBIN" disputes "$east" --train 1990
expect 0 "" "$TENBIN" brief east.toml -o risk.html "${east_fitted[@]}"
grep -q 'to come</h3>' risk.html && grep -q 'For comparison: ' risk.html && grep -q 'This is an association' risk.html || { echo "the page lacks its risks"; failed=1; }

# Stability, Richardson
expect 0 "outside push" "$TENBIN" stability "$tiny" "${short[@]}" --draws-judged 50
expect 0 "" "$TENBIN" stability "$tiny" --posterior "$WORK/posteriors/tiny.fit" --draws-judged 50 -o stability.json
grep -q '"what": "unstable"' stability.json || { echo "no JSON of stability"; failed=1; }
expect 0 "slope 0.731" "$TENBIN" richardson "$SOURCE/examples/richardson-1909.toml"
expect 0 "stable: spending comes to rest" "$TENBIN" richardson "$SOURCE/examples/richardson-two.toml"
sed 's/fatigue = .*/fatigue = [0.8]/; s/defence = .*/defence = [[0, 1]]/' "$SOURCE/examples/richardson-two.toml" >wrong.toml
expect 3 "has 1 numbers for 2 states" "$TENBIN" richardson wrong.toml
expect 3 "no table of 2 rows" "$TENBIN" richardson wrong.toml
sed 's/fatigue = .*/fatigue = [nan, 1]/' "$SOURCE/examples/richardson-two.toml" >wrong.toml
expect 3 "no number from 0" "$TENBIN" richardson wrong.toml

# A posterior on disk gives the bytes of a fresh fit.
expect 0 "R-hat" "$TENBIN" fit "$SOURCE/tests/data/tiny" -o tiny.fit --warmup 60 --draws 50 --quiet
expect 0 "" "$TENBIN" project "$tiny" -o a.csv --posterior tiny.fit --futures 200 --threads 1
expect 0 "" "$TENBIN" project "$tiny" -o b.csv "${small[@]}" --threads 2
cmp a.csv b.csv || failed=1
expect 0 "" "$TENBIN" compare "$tiny" "$tiny" -o c.csv --posterior tiny.fit --futures 50 --quiet
grep -q ',JPN,2035,burden,' c.csv || { echo "compare wrote no rows"; failed=1; }
head -1 c.csv | grep -q '^baseline,scenario,state,year,quantity,effect,q05' || { echo "compare's header"; failed=1; }
awk -F, 'NR > 1 && ($7 != 0 || $17 != 0)' c.csv | grep -q . && { echo "a scenario differs from itself"; failed=1; }

# Priors: written, read back and used.
expect 0 "give it to tenbin fit --priors" "$TENBIN" priors tiny.fit -o priors.toml  # what it went without has its wide prior
all=$WORK/posteriors/tiny-all.fit
expect 0 "give it to tenbin fit --priors" "$TENBIN" priors "$all" -o priors.toml
expect 0 "" "$TENBIN" priors "$all" --toml again.toml
cmp priors.toml again.toml || failed=1
expect 0 "rival_mean" "$TENBIN" priors "$all" -o -
expect 0 "" "$TENBIN" project "$tiny" -o d.csv --priors priors.toml "${small[@]}"

# Twice the same command, twice the same bytes; no clock, path or host.
expect 0 "" "$TENBIN" brief "$tiny" -o one.html "${small[@]}"
expect 0 "" "$TENBIN" brief "$tiny" -o two.html "${small[@]}" --threads 2
cmp one.html two.html || failed=1
# How good it was in the past: of the panel as it stands, or why not.
grep -q 'Nobody has tried yet' one.html || { echo "the page does not say that it has no record"; failed=1; }
cp -r "$east" scored && rm scored/scorecard.toml
sed 's@^panel = .*@panel = "scored"@' "$tiny" >scored.toml
expect 0 "" "$TENBIN" backtest scored --origins 2012,2016 --horizons 1 --priors wide -o scored.csv --scorecard scored/scorecard.toml "${small[@]}"
expect 0 "" "$TENBIN" brief scored.toml -o scored.html "${small[@]}"
grep -q 'For each of 2 years from 2012 to 2016' scored.html || { echo "the page does not show the scorecard"; failed=1; }
sed -n 2p scored/stories.csv >>scored/stories.csv
expect 3 "stands already in line 2" "$TENBIN" check scored
sed -i '$d;2d' scored/stories.csv
expect 0 "" "$TENBIN" brief scored.toml -o scored.html "${small[@]}"
grep -q 'For each of 2 years' scored.html || { echo "a story spoiled the scorecard"; failed=1; }
sed -i '$d' scored/plans.csv
expect 0 "" "$TENBIN" brief scored.toml -o scored.html "${small[@]}"
grep -q 'before one of its tables changed' scored.html || { echo "the page shows another panel's scorecard"; failed=1; }
echo 'origins = "two"' >scored/scorecard.toml
expect 3 "scorecard.toml" "$TENBIN" brief scored.toml -o scored2.html "${small[@]}"
[ -e scored2.html ] && { echo "a page was left behind"; failed=1; }
grep -qF "$SOURCE" one.html && { echo "the page names a path"; failed=1; }

# Ctrl-C stops cleanly and leaves nothing. (A background job of a script ignores it, and so does tenbin.)
env --default-signal=INT "$TENBIN" brief "$tiny" -o stopped.html --warmup 100000 --draws 100000 --quiet >/dev/null 2>&1 &
pid=$!
sleep 1
kill -INT $pid
wait $pid
[ $? = 5 ] || { echo "Ctrl-C does not exit with 5"; failed=1; }
[ -e stopped.html ] && { echo "Ctrl-C left a page"; failed=1; }

diff <("$TENBIN" parameters) "$SOURCE/tests/golden/parameters.txt" || { echo "tenbin parameters differs from its golden transcript"; failed=1; }
ls -A | grep -q '\.part$' && { echo "unfinished files were left"; failed=1; }
# Published files, from the first import to the next release.
/usr/bin/python3 "$SOURCE/tests/maker_files.py" downloads || failed=1
sipri=downloads/SIPRI-Milex-data-1949-2025.xlsx
expect 2 "SOURCE" "$TENBIN" import siprri "$sipri" -o imported
expect 3 "no such file" "$TENBIN" import sipri downloads/none.xlsx -o imported
expect 3 "tenbin import cow-disputes" "$TENBIN" import atop downloads/dyadic_mid_4.03.csv -o imported
expect 3 "Import expenditure first" "$TENBIN" import atop downloads/atop5_1ddyr.csv -o imported
expect 2 '"XYZ" is no state that tenbin knows' "$TENBIN" import sipri "$sipri" -o imported --states JPN,XYZ
expect 3 "it has no expenditure of AUS. It has 4 states: CHN JPN KOR USA" "$TENBIN" import sipri "$sipri" -o imported --states "Japan, AUS"
echo '%PDF-1.4 x' >some.xlsx
expect 3 "it is no workbook but a PDF" "$TENBIN" import sipri some.xlsx -o imported
[ -e imported ] && { echo "a refused import left a folder"; failed=1; }
expect 0 "milex.csv: 118 new" "$TENBIN" import sipri "$sipri" -o imported
expect 0 "milex.csv: 6 new" "$TENBIN" import nmc downloads/NMC-70-abridged.zip -o imported
expect 0 "ties.csv: 1 new" "$TENBIN" import atop downloads/atop5_1ddyr.csv -o imported
expect 0 "disputes.csv: 1 new" "$TENBIN" import cow-disputes downloads/dyadic_mid_4.03.csv -o imported
expect 0 "disputes     1991-2012  13      COW dyadic disputes" "$TENBIN" check imported --plot coverage.svg
grep -q '</svg>' coverage.svg || { echo "no picture of the coverage"; failed=1; }
cp -r imported again
expect 0 "written" "$TENBIN" import sipri "$sipri" -o again
cmp -s imported/milex.csv again/milex.csv || { echo "an import repeated changes the panel"; failed=1; }
expect 0 "written" "$TENBIN" import sipri downloads/SIPRI-Milex-data-1949-2024.xlsx -o older
expect 0 "revised   milex 1 " "$TENBIN" diff older again --figures-only -o revised.csv
grep -q '^JPN,2023,milex' revised.csv || { echo "the revised year is not in the CSV"; failed=1; }
expect 0 "Japan 2030 median" "$TENBIN" diff older again --states JPN --warmup 60 --draws 50 --futures 200 --medians medians.csv
expect 3 "Give the earlier release first" "$TENBIN" diff again older --figures-only
expect 4 "is there already" "$TENBIN" new panel imported
expect 0 "three made-up states" "$TENBIN" new panel template
expect 0 "good" "$TENBIN" check template
expect 3 "Compare two panels of the same states" "$TENBIN" diff older template --figures-only
expect 0 "template.toml: Isle" "$TENBIN" new scenario template.toml --panel template --focus CCC
expect 0 "good" "$TENBIN" check template.toml template-example.toml
grep -q '^\[\[lever' template.toml && { echo "a baseline with a lever"; failed=1; }
grep -q '^name = "Example: ' template-example.toml || { echo "an example that does not say so"; failed=1; }
expect 4 "is there already" "$TENBIN" new scenario template.toml --panel template
expect 2 "ends in .toml" "$TENBIN" new scenario template.txt --panel template
expect 3 "too few states" "$TENBIN" new priors region.toml --panel template --world imported

# Answers that would mislead
expect 0 "the plan is +" "$TENBIN" explain japan-announced --state Japan --year 2023 "${east_fitted[@]}"
expect 0 "announced in 2022: 2 % of GDP by 2027" "$TENBIN" explain japan-announced --state JPN --year 2023 "${east_fitted[@]}"
expect 0 "What happened: " "$TENBIN" explain japan-announced --state JPN --year 2023 "${east_fitted[@]}"
"$TENBIN" explain japan-announced --state JPN --year 2023 "${east_fitted[@]}" -o - | grep -q ',plan,' && { echo "a plan of the past that did nothing"; failed=1; }
expect 0 "at the GDP of 2025)" "$TENBIN" solve japan-3pct --lever "plan Japan" --that "burden:JPN:2035 >= 2.5 %" "${east_fitted[@]}"
expect 0 "Without the lever the median is" "$TENBIN" solve japan-3pct --lever JPN --that "milex:JPN:2035 >= baseline" "${east_fitted[@]}"
expect 2 'no lever is called "CHN"' "$TENBIN" solve japan-3pct --lever CHN --that "milex:JPN:2035 >= baseline" "${east_fitted[@]}"
expect 2 "Write in 2025 to in 2040" "$TENBIN" solve japan-3pct --that "milex:JPN:2035 >= in 2050" "${east_fitted[@]}"
expect 0 "no measurable change" "$TENBIN" compare japan-announced prk-missiles-capped "${east_fitted[@]}"
expect 0 "Too few simulations" "$TENBIN" brief japan-announced -o few.html --posterior "$WORK/posteriors/east-asia.fit" --futures 50 --quiet
expect 0 "weighted by treaty" "$TENBIN" balance us-commitment-halved "${east_fitted[@]}"
cp -r template gulf && sed -i 's/AAA/SAU/g' gulf/*.csv
expect 0 "the figures of 1 of this panel's own states (SAU), which count twice" "$TENBIN" fit gulf -o twice.fit "${short[@]}"
expect 0 "which count twice" "$TENBIN" summary gulf --posterior twice.fit
grep -v '^BBB,20\(1[5-9]\|2\)' template/milex.csv >gone.csv && cp gone.csv template/milex.csv
printf '[blocs]\none = ["AAA"]\ntwo = ["BBB", "CCC"]\nthree = ["BBB"]\n' >>template.toml
expect 3 "no member of bloc three has figures at the start" "$TENBIN" balance template.toml "${short[@]}"
sed -i '/^three/d' template.toml
expect 0 "BBB has no figures after 2014" "$TENBIN" balance template.toml --warmup 60 --draws 100
mkdir -p a b && cp template.toml a/s.toml && cp template.toml b/s.toml && sed -i 's|"template"|"../template"|' a/s.toml b/s.toml
expect 0 "this one is s-2 in tables" "$TENBIN" compare a/s.toml b/s.toml -o same.csv --warmup 60 --draws 100 --futures 200
expect 0 'has the same name, "Baseline"' "$TENBIN" compare a/s.toml b/s.toml -o same.csv --warmup 60 --draws 100 --futures 200
[ "$(cut -d, -f2 same.csv | sort -u | tr '\n' ' ')" = "s-2 scenario " ] || { cut -d, -f2 same.csv | sort -u; failed=1; }
expect 3 "a scenario has no coverage" "$TENBIN" check template.toml --plot x.svg
exit $failed
