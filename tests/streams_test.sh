#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Standard streams that are closed or full, signals, and too little memory: an exit code with its meaning, and never an
# abort. Needs TENBIN, SOURCE, WORK and the posteriors of posteriors_fixture.sh.
set -u
folder=$WORK/streams
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
failed=0
fail() { echo "$*"; failed=1; }
tiny=$SOURCE/tests/data/tiny/scenario.toml panel=$SOURCE/tests/data/tiny
fitted="--posterior $WORK/posteriors/tiny.fit --futures 200"
lost="the screen (standard output): cannot be written"

# Standard output that takes nothing is exit 4 with the reason, for what is printed by us or by the parser of the words.
printing=("burden $tiny $fitted" "check $tiny" "parameters --json" "--help" "--version" "--data" "help fit" "project $tiny $fitted"
  "fit $panel -o f.fit --warmup 20 --draws 20 --json" "brief $tiny -o - $fitted" "brief $tiny -o b.html $fitted"
  "new panel made" "new scenario made.toml --panel $panel")
for words in "${printing[@]}"; do
  for stdout in /dev/full closed unread; do
    rm -rf made made*.toml
    # shellcheck disable=SC2086
    case $stdout in
      closed) "$TENBIN" $words 2>err.txt >&- ;;
      unread) { "$TENBIN" $words 2>err.txt; echo $? >code; } | exec true; false ;;
      *) "$TENBIN" $words 2>err.txt >$stdout ;;
    esac
    code=$?
    if [ $stdout = unread ]; then  # a reader that is still there for a moment may get it all
      code=$(cat code)
      { [ "$code" = 0 ] || [ "$code" = 4 ]; } && ! grep -q "standard output" err.txt && continue # quietly: head has read enough
    fi
    { [ "$code" = 4 ] && grep -qF "$lost" err.txt; } || { fail "exit $code with standard output $stdout: $words"; cat err.txt; }
  done
done
{ [ -s b.html ] && [ -s f.fit ] && [ -s made.toml ]; } || fail "a file was not written since the screen was lost"
rm -rf made made*.toml

# Standard error that takes nothing changes no exit code and no output.
telling=("0 check $SOURCE/data/east-asia" "3 check nowhere" "3 project nowhere.toml -o q.csv" "2 project" "2 projct" "2 fit --nothing"
  "0 brief $tiny -o again.html $fitted" "0 project $tiny -o q.csv $fitted" "3 import sipri nowhere.xlsx -o p"
  "4 burden $tiny -o /proc/none.csv $fitted" "0 fit $panel -o g.fit --warmup 20 --draws 20")
for words in "${telling[@]}"; do
  for streams in '2>/dev/full' '2>&-' '2>&- <&-' '2>&- <&- 1>&-' '2>/dev/full 1>/dev/full'; do
    want=${words%% *}
    case $want$streams in 0*1\>*) want=4 ;; esac
    eval "\"\$TENBIN\" ${words#* } >out.txt $streams"
    code=$?
    [ $code = "$want" ] || fail "exit $code, not $want, with $streams: ${words#* }"
  done
done
cmp b.html again.html || fail "the page depends on the streams"
"$TENBIN" check - <&- 2>err.txt
[ $? = 3 ] || fail "a closed standard input was read"

# Memory. From the least with which the program starts, in small steps: done, not enough memory (6) with words, or a
# refusal by a library that took the lack of memory for a bad file; never a bug and never a signal.
"$TENBIN" brief "$tiny" -o page.html --posterior "$WORK/posteriors/tiny.fit" --futures 200 --quiet >/dev/null 2>&1 || fail "no page to verify"
least=60
until (ulimit -v $((least * 1000)) && "$TENBIN" --version >/dev/null 2>&1); do least=$((least + 1)); done
verbs=("check $SOURCE/data/east-asia" "fit $panel -o m.fit --warmup 20 --draws 20 --quiet" "burden $tiny $fitted" "brief $tiny -o m.html $fitted"
  "project $tiny -o m.csv $fitted" "diff $panel $panel" "verify page.html" "new panel made" "races $SOURCE/data/east-asia" "help brief")
without=0
for words in "${verbs[@]}"; do
  rm -rf made
  # shellcheck disable=SC2086
  "$TENBIN" $words >/dev/null 2>err.txt
  enough=$?
  for more in ${STEPS:-$(seq -4 2 12) 16 20 30 40 60}; do
    rm -rf made
    # shellcheck disable=SC2086
    (ulimit -v $(((least + more) * 1000)) && exec "$TENBIN" $words >/dev/null 2>err.txt)
    code=$?
    case $code in
      "$enough" | 127) ;;  # 127: the system could not load the program
      6) without=$((without + 1)); grep -q "tenbin.*: there is not enough memory" err.txt || { fail "6 without words: $words"; cat err.txt; } ;;
      3 | 4) [ -s err.txt ] || fail "exit $code without words: $words" ;;
      *) fail "exit $code with $((least + more)) MB: $words"; cat err.txt ;;
    esac
  done
done
[ $without -gt 0 ] || fail "memory was never short: no test"
echo "not enough memory: $without times"

# Signals. A background job of a script ignores INT unless env makes it hear it. Before there is work to keep, one signal
# ends the program: here it waits for a scenario that is piped in.
mkfifo pipe
exec 8<>pipe
start() { "$@" <&8 >/dev/null 2>err.txt & pid=$!; }
waiting() {  # until the process has installed its handlers: TERM is caught
  until [ $((0x$(sed -n 's/^SigCgt:\s*//p' /proc/$pid/status) >> 14 & 1)) = 1 ]; do sleep 0.02; done
  sleep 0.1
}
ends_with() {  # code, what
  for _ in $(seq 100); do kill -0 $pid 2>/dev/null || break; sleep 0.05; done
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  local code=$?
  [ $code = "$1" ] || { fail "exit $code, not $1: $2"; cat err.txt; }
}
for signal in INT TERM HUP; do
  start env --default-signal=INT,HUP,TERM "$TENBIN" check -
  waiting
  kill -$signal $pid
  ends_with 5 "check after $signal"
  grep -q "interrupted; nothing was written" err.txt || fail "check does not say that $signal ended it"
done
# What was inherited as ignored stays ignored.
for signal in INT HUP; do
  start env --ignore-signal=$signal "$TENBIN" check -
  waiting
  kill -$signal $pid
  sleep 0.3
  kill -0 $pid 2>/dev/null || fail "an ignored $signal was heard"
  kill -TERM $pid
  ends_with 5 "check after an ignored $signal and TERM"
done
# HUP ends a fit as Ctrl-C does: what was done is kept.
start env --default-signal=HUP "$TENBIN" fit "$SOURCE/data/east-asia" --draws 20000 --quiet -o hup.fit
/usr/bin/python3 "$SOURCE/tests/signal_at.py" hup.fit 1 $pid HUP || fail "the fit was too short"
ends_with 5 "fit after HUP"
grep -q "hup.fit.checkpoint; the same command with --resume goes on" err.txt || fail "HUP kept nothing"
# A second signal ends the program at once, where it is: here it writes to a pipe that nobody reads.
mkfifo full
exec 9<>full
for second in INT TERM; do
  # shellcheck disable=SC2086
  env --default-signal=INT "$TENBIN" brief "$tiny" -o - $fitted --quiet >full 2>err.txt & pid=$!
  /usr/bin/python3 - <<'P' || fail "the page did not fill the pipe"
import fcntl, struct, sys, termios, time
for _ in range(1200):
    if struct.unpack("i", fcntl.ioctl(9, termios.FIONREAD, b"\0" * 4))[0] >= 60000:
        sys.exit(0)
    time.sleep(0.05)
sys.exit(1)
P
  kill -INT $pid
  sleep 0.4
  kill -0 $pid 2>/dev/null || fail "the first signal cut the page"
  kill -$second $pid
  ends_with 5 "INT and $second"
  timeout 1 cat <&9 >/dev/null
done
find . -name '*.part' | grep . && fail "unfinished files were left"
exit $failed
