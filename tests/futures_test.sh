#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Futures that are interrupted, killed, spread over ranks or written out whole: always the same bytes.
set -euo pipefail
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1  # a container's only user
folder=$WORK/futures
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder"
scenario=$SOURCE/scenarios/japan-announced.toml other=$SOURCE/scenarios/japan-3pct.toml
"$TENBIN" fit "$SOURCE/data/east-asia" -o fit.nc --quiet >fit.txt
count=300000
project=("$TENBIN" project "$scenario" --posterior fit.nc --futures $count --quiet)
"${project[@]}" -o whole.csv --threads 2

# Killed at random moments, each time after it has kept something more, with other numbers of threads.
for threads in 1 2 3; do
  touch mark
  "${project[@]}" -o killed.csv --threads $threads --keep-every 0.05 --resume & pid=$!
  until find . -name 'killed.csv.checkpoint.*.*' -newer mark | grep -q .; do
    kill -0 $pid 2>/dev/null || { echo "done before it could be killed"; exit 1; }
    sleep 0.02
  done
  sleep 0.$((RANDOM % 3))
  kill -9 $pid; wait $pid 2>/dev/null || true
done
ls killed.csv.checkpoint.* >/dev/null
if "${project[@]}" -o killed.csv 2>refused.txt; then echo "a checkpoint was passed over"; exit 1; fi
grep -q -- --resume refused.txt
"${project[@]}" -o killed.csv --resume
cmp whole.csv killed.csv
test -z "$(ls killed.csv.checkpoint.* 2>/dev/null)"

# Ctrl-C keeps all that was done.
"${project[@]}" -o stopped.csv --keep-every 0.05 & pid=$!
until ls stopped.csv.checkpoint.0.* >/dev/null 2>&1; do sleep 0.02; done
if "${project[@]}" -o stopped.csv --resume 2>locked.txt; then echo "two runs wrote one file"; exit 1; fi
grep -q "another run" locked.txt
kill -INT $pid
set +e; wait $pid; code=$?; set -e
test $code = 5
test ! -e stopped.csv
"${project[@]}" -o stopped.csv --resume --threads 1
cmp whole.csv stopped.csv
# A comparison is another run, and so is one that asks for other regret: their checkpoints are refused.
compare=("$TENBIN" compare "$scenario" "$other" --posterior fit.nc --futures 60000 --quiet)
"${compare[@]}" -o c1.csv --threads 1
"${compare[@]}" -o c2.csv --keep-every 0.05 & pid=$!
until ls c2.csv.checkpoint.0.* >/dev/null 2>&1; do sleep 0.02; done
kill -INT $pid; wait $pid 2>/dev/null || true
test -e c2.csv.checkpoint.0.all
for wrong in "project $scenario" "compare $scenario $other --regret least:cost:JPN:2035"; do
  if "$TENBIN" $wrong --posterior fit.nc --futures 60000 --quiet -o c2.csv --resume 2>refused.txt; then exit 1; fi
  grep -q "another run" refused.txt
done
"$TENBIN" balance "$scenario" --posterior fit.nc --futures 200 --quiet -o c2.csv  # nothing of the run is lost
test -e c2.csv.checkpoint.0.all
"${compare[@]}" -o c2.csv --resume
cmp c1.csv c2.csv

# No output takes the place of an input, not even of a file that a scenario extends.
cp "$SOURCE"/scenarios/japan-announced.toml base.toml
sed "s@../data@$SOURCE/data@" -i base.toml
printf 'format = 1\nextends = "base.toml"\nname = "x"\n' >x.toml
cp base.toml kept.toml
for wrong in "project x.toml -o base.toml" "compare base.toml x.toml -o out.csv --plot x.toml" "project x.toml -o out.csv --all base.toml" "reach x.toml -o base.toml"; do
  extra=(--posterior fit.nc --futures 100); case "$wrong" in reach*) extra=() ;; esac
  set +e; "$TENBIN" $wrong "${extra[@]}" 2>refused.txt; code=$?; set -e
  test $code = 4 || { echo "not refused: $wrong"; exit 1; }
done
cmp base.toml kept.toml

# Every future on disk has the quantiles that are printed.
"$TENBIN" project "$scenario" --posterior fit.nc --futures 1000 -o q.csv --all all.nc --quiet
"$TENBIN" risk "$scenario" --posterior fit.nc --futures 1000 -o risk.csv --quiet
/usr/bin/python3 - <<'P'
import csv, xarray
d = xarray.open_dataset("all.nc")
assert d.sizes["future"] == 1000 and d.milex.dims == ("year", "state", "future")
assert d.dispute.dims == ("year", "dyad", "future") and not d.dispute.sel(year=2025).any()
risks = [r for r in csv.DictReader(open("risk.csv")) if r["what"] == "dispute"]
assert len(risks) == 15 * d.sizes["dyad"], len(risks)
for r in risks:
    part = float(d.dispute.sel(year=int(r["year"]), dyad=r["state_a"] + "-" + r["state_b"]).mean())
    assert abs(float(r["probability"]) - part) < 1e-4, (r, part)
rows = [r for r in csv.DictReader(open("q.csv"))]
assert len(rows) > 400
for r in rows:
    x = d[r["quantity"]].sel(year=int(r["year"]), state=r["state"])
    for name, p in (("q05", .05), ("q50", .5), ("q90", .9)):
        want = float(x.quantile(p))
        assert abs(float(r[name]) - want) <= 1e-5 * abs(want), (r, name, want)
P

# Ranks: the same bytes from 1, 2 and 3; a rank that dies ends the run, and what was done is kept.
if [ -n "${MPIRUN:-}" ]; then
  ranks() { local n=$1; shift; "$MPIRUN" --oversubscribe -n "$n" "$TENBIN" project "$scenario" --posterior fit.nc --quiet "$@"; }
  "$TENBIN" project "$scenario" --posterior fit.nc --quiet --futures 20000 -o one.csv
  for n in 1 2 3; do
    ranks $n --futures 20000 --threads 1 -o ranks.csv
    cmp one.csv ranks.csv
    "$MPIRUN" --oversubscribe -n $n "$TENBIN" compare "$scenario" "$other" --posterior fit.nc --quiet --futures 3000 --threads 1 -o rc$n.csv
    cmp rc1.csv rc$n.csv
  done
  ranks 3 --futures $count --threads 1 --keep-every 0.1 -o dead.csv >dead.txt 2>&1 & pid=$!
  until ls dead.csv.checkpoint.0.* dead.csv.checkpoint.1.* dead.csv.checkpoint.2.* >/dev/null 2>&1; do sleep 0.05; done
  pkill -9 -n -f "$TENBIN project .*fit.nc .*-o dead.csv"
  set +e; wait $pid; code=$?; set -e
  test $code != 0
  test ! -e dead.csv
  ls dead.csv.checkpoint.* >/dev/null
  grep -qi "killed\|signal 9" dead.txt
  grep -q "on rank 0 are kept in dead.csv.checkpoint" dead.txt
  ranks 2 --futures $count --threads 1 --resume -o dead.csv
  cmp whole.csv dead.csv
fi
echo "the same bytes"
