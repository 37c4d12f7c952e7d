#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A full disk at many sizes, while a fit, an export, every future and a page are written: exit code 4 with words, the old output as
# it was, no part of the new one left, never a crash. First by a limit on the size of a file, then on a disk in memory where that may
# be mounted. Needs TENBIN, SOURCE, WORK and the posteriors of posteriors_fixture.sh.
set -uo pipefail
folder=$WORK/full-disk${NIGHTLY:+-nightly}
rm -rf "$folder" && mkdir -p "$folder/disk" && cd "$folder" || exit 1
tiny=$SOURCE/tests/data/tiny posterior=$WORK/posteriors/tiny.fit
steps=${NIGHTLY:+25}
steps=${steps:-6}
failed=0 full=0 done_well=0
verbs=("fit $tiny -o disk/out.fit --warmup 20 --draws 20 --quiet"
  "export $posterior -o disk/out.nc --quiet"
  "project $tiny/scenario.toml --posterior $posterior --futures 4000 --keep disk/out.nc -o disk/out.csv --quiet"
  "brief $tiny/scenario.toml --posterior $posterior --futures 200 -o disk/out.html --plain --quiet")

# one LIMIT WORDS: the verb with a limit of so many kB (4 for what it says), or none: the disk is small by itself
one() {
  local code out
  for out in out.fit out.nc out.csv out.html; do [ -e disk/$out ] || echo old >disk/$out 2>/dev/null; done
  # shellcheck disable=SC2086
  (trap '' XFSZ; [ -z "$1" ] || ulimit -f "$1"; exec "$TENBIN" $2 >/dev/null 2>said)
  code=$?
  case $code in
    0) done_well=$((done_well + 1)) ;;
    4) full=$((full + 1)); grep -qE 'cannot be (written|flushed|exported)|take its name' said || { echo "4 without words: $2"; failed=1; } ;;
    *) echo "exit $code with ${1:-a small disk}: $2"; tail -2 said; failed=1 ;;
  esac
  if [ $code != 0 ]; then
    for out in out.fit out.nc out.html; do
      [ ! -s disk/$out ] || [ "$(head -c 4 disk/$out)" = "old" ] || case $2 in *"disk/$out"*) echo "exit $code, and $out is another file: $2"; failed=1 ;; esac
    done
  fi
  find disk -name '*.part' | grep . && { echo "a part was left: $2"; failed=1; }
  rm -f disk/*
}

size_of() {  # WORDS: kB of the largest output without a limit
  # shellcheck disable=SC2086
  "$TENBIN" $1 >/dev/null 2>said || { cat said >&2; echo 0; return; }
  local bytes
  bytes=$(stat -c %s disk/* | sort -n | tail -1)
  rm -f disk/*
  echo $(((bytes - 1) / 1024))
}
sizes=()
for words in "${verbs[@]}"; do sizes+=("$(size_of "$words")"); done
for k in "${!verbs[@]}"; do
  most=${sizes[$k]}
  [ "$most" -gt 20 ] || { echo "an output of $most kB is no test: ${verbs[$k]}"; failed=1; }
  for ((step = 0; step <= steps; ++step)); do one $((4 + (most - 4) * step / steps)) "${verbs[$k]}"; done
  one $((4 * most)) "${verbs[$k]}"
done
[ $full -ge $((steps * ${#verbs[@]})) ] && [ $done_well -ge ${#verbs[@]} ] || { echo "$full full disks and $done_well that had room: no test"; failed=1; }

# The same on a disk in memory.
if unshare -rm bash -c "mount -t tmpfs -o size=64k tmpfs '$folder/disk'" 2>/dev/null; then
  export -f one
  export TENBIN
  for k in "${!verbs[@]}"; do
    for ((step = 1; step <= steps; ++step)); do
      kb=$((sizes[k] * step / steps - sizes[k] / (2 * steps)))
      unshare -rm bash -c "mount -t tmpfs -o size=${kb}k tmpfs disk && failed=0 full=0 done_well=0; one '' '${verbs[$k]}'; [ \$failed = 0 ] && [ \$full = 1 ]" ||
        { echo "a disk of $kb kB: ${verbs[$k]}"; failed=1; }
      full=$((full + 1))
    done
  done
else
  echo "no disk in memory may be mounted here"
fi
echo "$full full disks"
exit $failed
