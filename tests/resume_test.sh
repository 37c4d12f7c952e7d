#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A fit killed (-9) at ten random moments (fewer where the machine is done before) and resumed each
# time gives the bytes of one never interrupted; Ctrl-C keeps what is done. Needs TENBIN, SOURCE, WORK.
set -u
folder=$WORK/resume
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
failed=0
fit() { "$TENBIN" fit "$SOURCE/data/east-asia" --draws 8000 --quiet -o "$@" >/dev/null; }

start=$(date +%s%N)
fit whole.nc || exit 1
whole=$((($(date +%s%N) - start) / 1000000))

moments=
for k in $(seq 1 10); do
  # over a fifth of the run, but at least the second between two saves
  moment=$((1000 + (RANDOM * 32768 + RANDOM) % (whole / 5 + 1)))
  moments="$moments $moment"
  "$TENBIN" fit "$SOURCE/data/east-asia" --draws 8000 --quiet -o cut.nc --resume >/dev/null &
  job=$!
  sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
  kill -9 $job 2>/dev/null
  wait $job 2>/dev/null
  [ -e cut.nc ] && break
done
[ "$k" -ge 3 ] || { echo "the fit was done after $k kills: no test"; failed=1; }
[ -e cut.nc ] || [ -e cut.nc.checkpoint ] || { echo "no checkpoint was left"; failed=1; }
fit cut.nc --resume || failed=1
cmp whole.nc cut.nc || { echo "bits differ; killed after (ms)$moments"; failed=1; }
[ -e cut.nc.checkpoint ] && { echo "the checkpoint was not removed"; failed=1; }

# Ctrl-C: exit code 5, what was done stays, and a new start is refused until it is resumed or removed.
"$TENBIN" fit "$SOURCE/data/east-asia" --draws 8000 -o stop.nc >/dev/null 2>stop.txt &
job=$!
for _ in $(seq 1 600); do [ -s stop.nc.checkpoint ] && break; sleep 0.05; done
kill -INT $job
wait $job
[ $? = 5 ] || { echo "Ctrl-C: not exit code 5"; failed=1; }
grep -q 'stop.nc.checkpoint; the same command with --resume goes on' stop.txt || { cat stop.txt; failed=1; }
fit stop.nc 2>refused.txt
[ $? = 3 ] || { echo "an interrupted fit was begun anew without a word"; failed=1; }
grep -q 'Give --resume' refused.txt || failed=1
fit stop.nc --resume --seed 7 2>refused.txt
grep -q 'of a run with other figures' refused.txt || { echo "resumed another run"; failed=1; }
head -c 100000 /dev/urandom >>stop.nc.checkpoint  # a torn block
fit stop.nc --resume || failed=1
cmp whole.nc stop.nc || { echo "bits differ after Ctrl-C"; failed=1; }
exit $failed
