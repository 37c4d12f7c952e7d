#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A fit that is killed (-9) again and again and resumed gives the bytes of a fit that was never interrupted; Ctrl-C keeps
# what is done. A moment is a number of blocks in the checkpoint: KILLS="1 4" lists them, KILL=4 tries one of them alone.
# Needs TENBIN, SOURCE, WORK.
set -u
folder=$WORK/resume${NIGHTLY:+-nightly}
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
draws=${DRAWS:-2000}
moments=${KILL:-${KILLS:-1 4}}
failed=0
fit() { "$TENBIN" fit "$SOURCE/data/east-asia" --draws "$draws" --quiet -o "$@" >/dev/null; }
at() { /usr/bin/python3 "$SOURCE/tests/signal_at.py" "$@"; }  # output, blocks, process, signal

fit whole.fit || exit 1
for moment in $moments; do
  "$TENBIN" fit "$SOURCE/data/east-asia" --draws "$draws" --quiet -o cut.fit --resume >/dev/null &
  job=$!
  at cut.fit "$moment" $job 9 || { echo "not killed at block $moment"; failed=1; }
  wait $job 2>/dev/null
  [ -e cut.fit ] && { echo "the fit was done at block $moment: no test"; failed=1; break; }
  [ -e cut.fit.checkpoint ] || { echo "no checkpoint was left at block $moment"; failed=1; }
done
fit cut.fit --resume || failed=1
cmp whole.fit cut.fit || { echo "bits differ; killed at blocks $moments; repeat one of them with KILL=n"; failed=1; }
[ -e cut.fit.checkpoint ] && { echo "the checkpoint was not removed"; failed=1; }

# Ctrl-C: exit code 5, what was done stays, and a new start is refused until it is resumed or removed.
env --default-signal=INT "$TENBIN" fit "$SOURCE/data/east-asia" --draws "$draws" -o stop.fit >/dev/null 2>stop.txt &
job=$!
at stop.fit 1 $job INT || failed=1
wait $job
[ $? = 5 ] || { echo "Ctrl-C: not exit code 5"; failed=1; }
grep -q 'stop.fit.checkpoint; the same command with --resume goes on' stop.txt || { cat stop.txt; failed=1; }
fit stop.fit 2>refused.txt
[ $? = 3 ] || { echo "an interrupted fit was begun anew without a word"; failed=1; }
grep -q 'Give --resume' refused.txt || failed=1
fit stop.fit --resume --fit-seed 7 2>refused.txt
grep -q 'of a run with other figures' refused.txt || { echo "resumed another run"; failed=1; }
printf 'torn block %.0s' $(seq 10000) >>stop.fit.checkpoint
fit stop.fit --resume || failed=1
cmp whole.fit stop.fit || { echo "bits differ after Ctrl-C"; failed=1; }
exit $failed
