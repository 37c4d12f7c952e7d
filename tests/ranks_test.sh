#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Ranks: the same bytes from 1, 2 and 3; a rank that dies ends the run, and what was done is kept. FUTURES is the size of
# the run that dies, KILL the number of blocks in the checkpoint at which its second rank is killed. Needs TENBIN, SOURCE,
# WORK, MPIRUN.
set -euo pipefail
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1  # a container's only user
folder=$WORK/ranks${NIGHTLY:+-nightly}
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder"
scenario=$SOURCE/scenarios/japan-announced.toml other=$SOURCE/scenarios/japan-3pct.toml
posterior=$WORK/posteriors/east-asia.fit
count=${FUTURES:-30000} same=${SAME:-4000} compared=${COMPARED:-1000}
project() { "$TENBIN" project "$scenario" --posterior "$posterior" --quiet "$@"; }
# Each rank leaves the number of its process in pid.RANK before it becomes tenbin.
cat >rank <<'R'
#!/usr/bin/env bash
echo $$ >"pid.$OMPI_COMM_WORLD_RANK"
exec "$TENBIN" "$@"
R
chmod +x rank
export TENBIN
ranks() { local n=$1; shift; "$MPIRUN" --oversubscribe -n "$n" ./rank "$@"; }

project --futures "$same" -o one.csv
for n in 1 2 3; do
  ranks $n project "$scenario" --posterior "$posterior" --quiet --futures "$same" --threads 1 -o ranks.csv
  cmp one.csv ranks.csv
  ranks $n compare "$scenario" "$other" --posterior "$posterior" --quiet --futures "$compared" --threads 1 -o rc$n.csv
  cmp rc1.csv rc$n.csv
done

project --futures "$count" -o whole.csv
rm -f pid.*
ranks 3 project "$scenario" --posterior "$posterior" --quiet --futures "$count" --threads 1 --keep-every 0 -o dead.csv >dead.txt 2>&1 & run=$!
until [ -s pid.1 ]; do kill -0 $run || { cat dead.txt; exit 1; }; sleep 0.01; done
/usr/bin/python3 "$SOURCE/tests/signal_at.py" dead.csv "${KILL:-12}" "$(cat pid.1)" 9
set +e; wait $run; code=$?; set -e
test $code != 0
test ! -e dead.csv
ls dead.csv.checkpoint.* >/dev/null
grep -qi "killed\|signal 9" dead.txt
grep -q "on rank 0 are kept in dead.csv.checkpoint" dead.txt
ranks 2 project "$scenario" --posterior "$posterior" --quiet --futures "$count" --threads 1 --resume -o dead.csv
cmp whole.csv dead.csv
echo "the same bytes"
