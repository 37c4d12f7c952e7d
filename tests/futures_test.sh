#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Futures that are interrupted, killed or written out whole: always the same bytes. A moment is a number of blocks of 256
# futures in the checkpoint: KILLS="threads:blocks ..." lists them, KILL=2:40 tries one of them alone. FUTURES is the size
# of the killed runs. Needs TENBIN, SOURCE, WORK.
set -euo pipefail
folder=$WORK/futures${NIGHTLY:+-nightly}
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder"
scenario=$SOURCE/scenarios/japan-announced.toml other=$SOURCE/scenarios/japan-3pct.toml
posterior=$WORK/posteriors/east-asia.fit
count=${FUTURES:-30000} compared=${COMPARED:-6000}
project=("$TENBIN" project "$scenario" --posterior "$posterior" --futures "$count" --quiet)
at() { /usr/bin/python3 "$SOURCE/tests/signal_at.py" "$@"; }  # output, blocks, process, signal
"${project[@]}" -o whole.csv --threads 2

# Killed at fixed moments, each time after it has kept something more, with other numbers of threads.
for moment in ${KILL:-${KILLS:-1:10 2:40 3:80}}; do
  "${project[@]}" -o killed.csv --threads "${moment%:*}" --keep-every 0 --resume & pid=$!
  at killed.csv "${moment#*:}" $pid 9
  wait $pid 2>/dev/null || true
done
ls killed.csv.checkpoint.* >/dev/null
if "${project[@]}" -o killed.csv 2>refused.txt; then echo "a checkpoint was passed over"; exit 1; fi
grep -q -- --resume refused.txt
"${project[@]}" -o killed.csv --resume
cmp whole.csv killed.csv
test -z "$(ls killed.csv.checkpoint.* 2>/dev/null)"

# Ctrl-C keeps all that was done. While a run is under way (here: stopped), no other one writes its file.
env --default-signal=INT "${project[@]}" -o stopped.csv --keep-every 0 & pid=$!
at stopped.csv 20 $pid STOP
set +e; "${project[@]}" -o stopped.csv --resume 2>locked.txt; code=$?; set -e
kill -INT $pid; kill -CONT $pid
test $code != 0 || { echo "two runs wrote one file"; exit 1; }
grep -q "another run" locked.txt
set +e; wait $pid; code=$?; set -e
test $code = 5
test ! -e stopped.csv
"${project[@]}" -o stopped.csv --resume --threads 1
cmp whole.csv stopped.csv
# A comparison is another run, and so is one that asks for other regret: their checkpoints are refused.
compare=("$TENBIN" compare "$scenario" "$other" --posterior "$posterior" --futures $compared --quiet)
"${compare[@]}" -o c1.csv --threads 1
env --default-signal=INT "${compare[@]}" -o c2.csv --keep-every 0 & pid=$!
at c2.csv 4 $pid INT
wait $pid 2>/dev/null || true
test -e c2.csv.checkpoint.0.all
for wrong in "project $scenario" "compare $scenario $other --regret least:cost:JPN:2035"; do
  if "$TENBIN" $wrong --posterior "$posterior" --futures $compared --quiet -o c2.csv --resume 2>refused.txt; then exit 1; fi
  grep -q "another run" refused.txt
done
# Another question to the same output is refused, and nothing of the run is lost.
if "$TENBIN" balance "$scenario" --posterior "$posterior" --futures 200 --quiet -o c2.csv 2>refused.txt; then exit 1; fi
grep -q "left its checkpoint" refused.txt
test -e c2.csv.checkpoint.0.all
"${compare[@]}" -o c2.csv --resume
cmp c1.csv c2.csv

# No output takes the place of an input, not even of a file that a scenario extends.
cp "$SOURCE"/scenarios/japan-announced.toml base.toml
sed "s@../data@$SOURCE/data@" -i base.toml
printf 'format = 1\nextends = "base.toml"\nname = "x"\n' >x.toml
cp base.toml kept.toml
for wrong in "project x.toml -o base.toml" "compare base.toml x.toml -o out.csv --plot x.toml" "project x.toml -o out.csv --keep base.toml" "reach x.toml -o base.toml"; do
  extra=(--posterior "$posterior" --futures 100); case "$wrong" in reach*) extra=() ;; esac
  set +e; "$TENBIN" $wrong "${extra[@]}" 2>refused.txt; code=$?; set -e
  test $code = 4 || { echo "not refused: $wrong"; exit 1; }
done
cmp base.toml kept.toml

# Every future on disk has the quantiles that are printed.
"$TENBIN" project "$scenario" --posterior "$posterior" --futures 1000 -o q.csv --keep all.nc --quiet
for threads in 1 2 4; do
  "$TENBIN" project "$scenario" --posterior "$posterior" --futures 3000 -o q$threads.csv --keep all$threads.nc --threads $threads --quiet
  cmp q1.csv q$threads.csv
  cmp all1.nc all$threads.nc
done
"$TENBIN" risk "$scenario" --posterior "$posterior" --futures 1000 -o risk.csv --quiet
/usr/bin/python3 - <<'P'
import csv, xarray
d = xarray.open_dataset("all.nc")
assert d.attrs["format"] == 1 and len(d.attrs["panel_hash"]) == 64 and d.milex.attrs["units"].startswith("millions of "), d
assert d.sizes["future"] == 1000 and d.milex.dims == ("year", "state", "future")
assert d.dispute.dims == ("year", "dyad", "future") and not d.dispute.sel(year=2025).any()
risks = [r for r in csv.DictReader(open("risk.csv")) if r["what"] == "dispute"]
assert len(risks) == 15 * d.sizes["dyad"], len(risks)
for r in risks:
    part = float((d.dispute.sel(year=int(r["year"]), dyad=r["state_a"] + "-" + r["state_b"]) > 0).mean())
    assert abs(float(r["probability"]) - part) < 1e-4, (r, part)
rows = [r for r in csv.DictReader(open("q.csv"))]
assert len(rows) > 400
for r in rows:
    x = d[r["quantity"]].sel(year=int(r["year"]), state=r["state"])
    for name, p in (("q05", .05), ("q50", .5), ("q90", .9)):
        want = float(x.quantile(p))
        assert abs(float(r[name]) - want) <= 1e-5 * abs(want), (r, name, want)
P

echo "the same bytes"
