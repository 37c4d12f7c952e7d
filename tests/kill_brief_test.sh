#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `tenbin brief` killed at any moment leaves either the old page or the new one. Moments 1 to 120 are fixed parts of the
# measured span of one run: every sixth in the full test, all of them at night, and KILL=n tries one of them alone. Needs TENBIN, SOURCE, WORK.
set -u
step=6
[ -z "${NIGHTLY:-}" ] || step=1
folder=$WORK/kill${NIGHTLY:+-nightly}
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
tiny=$SOURCE/tests/data/tiny/scenario.toml posterior=$WORK/posteriors/tiny.fit
brief() { "$TENBIN" brief "$tiny" -o "$1" --posterior "$posterior" --futures "$2" --quiet >/dev/null 2>&1; }
brief old.html 100 && brief new.html 20000 || exit 1
old=$(sha256sum <old.html) new=$(sha256sum <new.html)
[ "$old" != "$new" ] || { echo "the two pages must differ"; exit 1; }

begin=$(date +%s%N)
brief page.html 20000
span=$(( $(date +%s%N) - begin ))  # of one run, in nanoseconds
kept=0 replaced=0
kill_after() {  # part of a run's span, name of the moment
  cp old.html page.html
  "$TENBIN" brief "$tiny" -o page.html --posterior "$posterior" --futures 20000 --quiet >/dev/null 2>&1 &
  local pid=$!
  sleep "$(awk -v s=$span -v part="$1" 'BEGIN { printf "%.4f", s * part / 1e9 }')"
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  local now
  now=$(sha256sum <page.html)
  if [ "$now" = "$old" ]; then kept=$((kept + 1)); elif [ "$now" = "$new" ]; then replaced=$((replaced + 1)); else
    echo "killed after $1 of its span the page is neither the old nor the new one; repeat it with $2"
    exit 1
  fi
}
for k in ${KILL:-$(seq $step $step 120)}; do kill_after "$(awk -v k="$k" 'BEGIN { print 0.4 + 0.9 * k / 120 }')" "KILL=$k"; done
[ -n "${KILL:-}" ] && exit 0
# On a machine that is busier or idler than when the span was taken, all may fall on one side.
for part in 1.6 2 3 5 8; do [ "$replaced" -gt 0 ] || kill_after $part "the test as a whole"; done
for part in 0.3 0.1 0.03; do [ "$kept" -gt 0 ] || kill_after $part "the test as a whole"; done
echo "kills: the old page $kept times, the new one $replaced times"
[ "$kept" -gt 0 ] && [ "$replaced" -gt 0 ]
