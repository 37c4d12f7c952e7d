#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# One call of the system fails in turn, or the process is killed there: a read error is never the end of a file, an import over a
# panel changes all of its files or none, and no output is partial under its final name. With NIGHTLY every place is tried. Needs
# TENBIN, SOURCE, WORK and the posteriors that tests share.
set -uo pipefail
folder=$WORK/faults${NIGHTLY:+-nightly}
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder"
cc -shared -fPIC -O1 -o faults.so "$SOURCE/tests/faults.c" -ldl
most=${NIGHTLY:+400}
most=${most:-6}
failed=0
wrong() { echo "$*"; failed=1; }
# faulty FAULT COMMAND...: the command with that fault; its exit status in $status, what it says in said
faulty() {
  rm -f count
  FAULT=$1 FAULT_COUNT=$folder/count LD_PRELOAD=$folder/faults.so "${@:2}" >said 2>&1 &
  wait $! 2>/dev/null # without the shell's word on a killed process
  status=$?
}
# reached AT: whether so many calls of the fault's kind were made
reached() {
  local calls
  calls=$(od -An -tu8 -N8 count 2>/dev/null)
  [ "${calls:-0}" -ge "$1" ]
}
state_of() { (cd "$1" && cat panel.toml *.csv | sha256sum); }

# A read error in any table is an error, never a shorter table.
cp -r "$SOURCE/data/east-asia" panel
for table in panel/*.csv panel/panel.toml panel/keeping.toml panel/disputes.toml; do
  faulty "read:5:1:/$table" "$TENBIN" check panel
  reached 1 || continue  # the scorecard's stories and the like are read by other verbs
  [ $status -ge 1 ] && [ $status -le 6 ] || wrong "a read error in $table: exit $status"
  grep -q 'cannot be read to its end' said || wrong "a read error in $table is not told: $(tail -1 said)"
done
faulty "read:5:2:/milex.csv" "$TENBIN" check panel  # behind the first piece
[ $status -ne 0 ] || wrong "a read error behind the first piece of milex.csv is its end"

# An import over a panel, killed or failing at each rename, write and flush: the panel is the old or the new one.
/usr/bin/python3 "$SOURCE/tests/maker_files.py" downloads || exit 1
"$TENBIN" import sipri downloads/SIPRI-Milex-data-1949-2024.xlsx -o before --states JPN,CHN,KOR,USA >said 2>&1 || { cat said; exit 1; }
over() { "$TENBIN" import sipri downloads/SIPRI-Milex-data-1949-2025.xlsx -o "$1"; }
cp -r before after && over after >said 2>&1 || { cat said; exit 1; }
old=$(state_of before) new=$(state_of after)
[ "$old" != "$new" ] || wrong "the second import changes nothing: this test sees nothing"
tried=0 seen_old=0 seen_new=0
for fault in rename:KILL rename:5 fsync:KILL fsync:5 write:28; do
  for ((at = 1; at < 200; ++at)); do
    rm -rf over && cp -r before over
    faulty "$fault:$at" bash -c "exec '$TENBIN' import sipri downloads/SIPRI-Milex-data-1949-2025.xlsx -o over"
    reached "$at" || break
    tried=$((tried + 1))
    case $status in 0 | 4 | 137) ;; *) wrong "$fault at $at: exit $status: $(tail -1 said)" ;; esac
    was=$status
    "$TENBIN" check over >said 2>&1 || wrong "$fault at $at: check says: $(tail -2 said)"
    now=$(state_of over)
    if [ "$now" = "$new" ]; then seen_new=$((seen_new + 1)); elif [ "$now" = "$old" ]; then
      seen_old=$((seen_old + 1))
      [ $was -ne 0 ] || wrong "$fault at $at: exit 0, and the panel is the old one"
    else wrong "$fault at $at: the panel is mixed"; fi
    over over >said 2>&1 || wrong "$fault at $at: the same import again fails: $(tail -1 said)"
    [ "$(state_of over)" = "$new" ] || wrong "$fault at $at: the same import again gives another panel"
  done
done
[ $seen_old -gt 0 ] && [ $seen_new -gt 1 ] || wrong "$seen_old old and $seen_new new panels: this test sees nothing"

# Two imports at once, several times: both end well, and the panel is the new one.
for round in 1 2 3 4; do
  rm -rf over && cp -r before over
  over over >said1 2>&1 & one=$!
  over over >said2 2>&1 & two=$!
  wait $one || wrong "the first of two imports: $(tail -1 said1)"
  wait $two || wrong "the second of two imports: $(tail -1 said2)"
  [ "$(state_of over)" = "$new" ] || wrong "two imports at once mix the panel"
done

# Outputs: whatever fails, the old file or the new one stands under its name, and exit 0 means the new one.
one_output() { # NAME COMMAND...: writes out/NAME
  local name=$1
  shift
  mkdir -p out && echo old >"out/$name"
  "$@" >said 2>&1 || { wrong "$name: $(tail -1 said)"; return; }
  local good
  good=$(sha256sum <"out/$name")
  for fault in rename:KILL rename:5 fsync:5 write:28; do
    for ((at = 1; at < most; ++at)); do
      echo old >"out/$name"
      rm -f "out/$name".checkpoint*
      faulty "$fault:$at:" "$@"
      reached "$at" || break
      tried=$((tried + 1))
      local now
      now=$(sha256sum <"out/$name")
      [ "$now" = "$good" ] || [ "$(cat "out/$name")" = old ] || wrong "$name: $fault at $at leaves half a file"
      [ $status -ne 0 ] || [ "$now" = "$good" ] || wrong "$name: $fault at $at: exit 0 without the new file"
      case $status in 0 | 4 | 137) ;; *) wrong "$name: $fault at $at: exit $status: $(tail -1 said)" ;; esac
    done
  done
}
posterior=$WORK/posteriors/east-asia.fit
one_output futures.csv "$TENBIN" project "$SOURCE/scenarios/japan-announced.toml" --futures 200 --posterior "$posterior" -o out/futures.csv --quiet
one_output page.html "$TENBIN" brief "$SOURCE/scenarios/japan-announced.toml" --futures 200 --posterior "$posterior" -o out/page.html --plain --quiet
one_output out.fit "$TENBIN" fit "$SOURCE/tests/data/tiny" --warmup 20 --draws 20 -o out/out.fit --quiet
one_output export.nc "$TENBIN" export "$posterior" -o out/export.nc --quiet
one_output all.nc "$TENBIN" project "$SOURCE/tests/data/tiny/scenario.toml" --futures 300 --posterior "$WORK/posteriors/tiny.fit" --keep out/all.nc --quiet
one_output threats.csv "$TENBIN" threats "$SOURCE/data/east-asia" -o out/threats.csv --quiet

# Several outputs of one command change together: all are old, or all are new, or those after the first are missing; an old one never
# stands beside a new one. The same command again writes all.
outputs_together() { # NAMES COMMAND...: writes out/NAME of each name, the first one first
  local names=$1 name at fault last=${NIGHTLY:+400}
  shift
  rm -rf out && mkdir out
  "$@" >said 2>&1 || { wrong "$names: $(tail -1 said)"; return; }
  rm -rf good && mv out good
  for fault in rename:KILL rename:5 fsync:KILL fsync:5 write:28; do
    for ((at = 1; at < ${last:-14}; ++at)); do
      rm -rf out && mkdir out
      for name in $names; do echo "old $name" >"out/$name"; done
      faulty "$fault:$at:" "$@"
      reached "$at" || break
      tried=$((tried + 1))
      local was=$status old=0 new=0 gone=0
      for name in $names; do
        if [ ! -e "out/$name" ]; then gone=$((gone + 1))
        elif cmp -s "out/$name" "good/$name"; then new=$((new + 1))
        elif [ "$(cat "out/$name")" = "old $name" ]; then old=$((old + 1))
        else wrong "$names: $fault at $at: half of $name"; fi
      done
      [ $old = 0 ] || [ $new = 0 ] || wrong "$names: $fault at $at: $old old files beside $new new ones"
      [ $was = 137 ] || [ $gone = 0 ] || wrong "$names: $fault at $at: exit $was, and $gone files are gone"
      case $was in
        0) [ $old = 0 ] || wrong "$names: $fault at $at: exit 0, and the files are old" ;;
        4) [ $new = 0 ] || wrong "$names: $fault at $at: exit 4, and the files are new" ;;
        137) killed=$((killed + 1)) ;;
        *) wrong "$names: $fault at $at: exit $was: $(tail -1 said)" ;;
      esac
      [ $was = 137 ] || [ -z "$(ls -A out | grep '[.]part$')" ] || wrong "$names: $fault at $at: parts are left: $(ls -A out)"
      [ $was = 137 ] || continue
      "$@" >said 2>&1 || wrong "$names: $fault at $at: the same command again: $(tail -1 said)"
      for name in $names; do cmp -s "out/$name" "good/$name" || wrong "$names: $fault at $at: the same command again leaves another $name"; done
    done
  done
}
killed=0
fast=(--priors wide --warmup 20 --draws 20 --quiet)
cp -r "$SOURCE/tests/data/tiny" later
outputs_together "figures.csv medians.csv" "$TENBIN" diff "$SOURCE/tests/data/tiny" later "${fast[@]}" --futures 100 -o out/figures.csv --medians out/medians.csv
outputs_together "tests.csv page.html card.toml" "$TENBIN" backtest "$SOURCE/tests/data/tiny" "${fast[@]}" --chains 1 --origins 2023 --horizons 1 --futures 100 \
  -o out/tests.csv --page out/page.html --scorecard out/card.toml
outputs_together "quantiles.csv" "$TENBIN" project "$SOURCE/tests/data/tiny/scenario.toml" --posterior "$WORK/posteriors/tiny.fit" --futures 50 -o out/quantiles.csv --quiet
outputs_together "page.html tables.xlsx card.png" "$TENBIN" brief "$SOURCE/tests/data/tiny/scenario.toml" --posterior "$WORK/posteriors/tiny.fit" --futures 50 --plain --quiet \
  -o out/page.html --xlsx out/tables.xlsx --card out/card.png
[ $killed -gt 9 ] || wrong "$killed kills: this test sees nothing"
# Every future is one of the outputs: where the quantiles cannot be written, no file of futures is there either. (Its bytes have no order.)
mkdir -p out && rm -f out/* && echo old >out/q.csv && echo old >out/all.nc
keeping=("$TENBIN" project "$SOURCE/tests/data/tiny/scenario.toml" --posterior "$WORK/posteriors/tiny.fit" --futures 50 -o out/q.csv --keep out/all.nc --quiet)
faulty rename:5:1:q.csv "${keeping[@]}"
[ $status = 4 ] && [ "$(cat out/all.nc)" = old ] && [ "$(cat out/q.csv)" = old ] && [ "$(ls -A out | wc -l)" = 2 ] || wrong "futures without their quantiles: exit $status: $(ls -A out)"
"${keeping[@]}" >said 2>&1 && [ "$(wc -c <out/all.nc)" -gt 1000 ] && [ "$(wc -l <out/q.csv)" -gt 5 ] || wrong "project writes no futures: $(tail -1 said)"

# A part of a file never goes through a link that lies in its way, keeps the old file's mode, and is found if its run is dead.
mkdir -p links && cd links
echo mine >victim
for pid in $(seq $$ $(($$ + 400))); do ln -s victim ".page.csv.$pid.part"; done
echo old >page.csv && chmod 600 page.csv
"$TENBIN" threats "$SOURCE/data/east-asia" -o page.csv --quiet >/dev/null 2>&1
[ "$(cat victim)" = mine ] || wrong "an output went through a link"
[ "$(stat -c %a page.csv)" = 600 ] || wrong "the mode of the old file is lost"
echo target >real.csv && ln -s real.csv link.csv
"$TENBIN" threats "$SOURCE/data/east-asia" -o link.csv --quiet >/dev/null 2>&1
[ -L link.csv ] && [ "$(wc -l <real.csv)" -gt 5 ] || wrong "a linked output is not written through"
echo left >.page.csv.999999-abcdef.part && touch -d '2 hours ago' .page.csv.999999-abcdef.part
"$TENBIN" threats "$SOURCE/data/east-asia" -o page.csv --quiet >/dev/null 2>&1
[ ! -e .page.csv.999999-abcdef.part ] || wrong "the part of a dead run is left"
cd ..

# Where no file can take a name any more, an old file that stood aside is not lost, and the words say where it is.
mkdir aside && echo old >aside/page.csv && echo old >aside/plot.svg
for ((at = 1; at < 7; ++at)); do
  faulty "rename:30:$at+:" "$TENBIN" coverage "$SOURCE/data/east-asia" -o aside/page.csv --plot aside/plot.svg --quiet
  [ $status = 0 ] && break
  [ $status = 4 ] || wrong "no names from the ${at}th on: exit $status: $(tail -1 said)"
  for name in page.csv plot.svg; do
    [ "$(cat aside/$name 2>/dev/null)" = old ] && continue
    part=$(grep -o "aside/[.]$name[.][^ :]*[.]part" said | head -1)
    [ -n "$part" ] && [ "$(cat "$part")" = old ] || wrong "no names from the ${at}th on: the old $name is lost: $(cat said)"
  done
  rm -rf aside && mkdir aside && echo old >aside/page.csv && echo old >aside/plot.svg
done
[ "$at" -gt 3 ] || wrong "$at places without names: this test sees little"

# A new panel whose disk is full leaves nothing; the folder of a dead run goes with the next one.
for ((at = 1; at < 40; ++at)); do
  faulty "write:28:$at+:" "$TENBIN" new panel made
  reached "$at" || break
  [ $status = 4 ] && [ ! -e made ] && ! ls -d .made.*.part >/dev/null 2>&1 || wrong "new panel on a full disk: exit $status, and $(ls -d .made* made 2>/dev/null)"
done
[ "$at" -gt 3 ] && [ -e made ] || wrong "new panel writes $at times: this test sees nothing"
rm -rf made && mkdir .made.999999-abcdef.part && touch .made.999999-abcdef.part/states.csv && touch -d '2 hours ago' .made.999999-abcdef.part
"$TENBIN" new panel made >/dev/null 2>&1 && [ -e made/states.csv ] && [ ! -e .made.999999-abcdef.part ] || wrong "the folder of a dead run is left"
# Its name cannot be foretold: a link there leads nowhere.
rm -rf made && mkdir victim
for pid in $(seq $$ $(($$ + 400))); do ln -s victim ".made.$pid.part"; done
"$TENBIN" new panel made >/dev/null 2>&1
[ -e made/states.csv ] && [ -z "$(ls victim)" ] || wrong "a new panel went through a link"
rm -f .made.*.part

# Figures that cannot be read a second time (for their digest), and a ledger's table, are an error too.
for kind in read open; do
  for ((at = 1; at < 60; ++at)); do
    faulty "$kind:5:$at:/milex.csv" "$TENBIN" fit "$SOURCE/tests/data/tiny" --priors wide --chains 1 --warmup 20 --draws 20 -o read.fit --quiet
    reached "$at" || break
    [ $status = 3 ] && [ ! -e read.fit ] || wrong "the ${at}th $kind of milex.csv fails: exit $status: $(tail -1 said)"
  done
  [ "$at" -gt 2 ] || wrong "milex.csv is read once: this test sees nothing"
  rm -f read.fit
done
for ((at = 1; at < 60; ++at)); do
  faulty "read:5:$at:/milex.csv" "$TENBIN" check before
  reached "$at" || break
  [ $status = 3 ] || wrong "the ${at}th read of an imported milex.csv fails: exit $status: $(tail -1 said)"
done
[ "$at" -gt 3 ] || wrong "an imported milex.csv is read $at times: this test sees nothing"
# Nor is a listed part passed over that cannot be seen: the panel would be mixed.
for ((at = 1; at < 40; ++at)); do
  rm -rf over && cp -r before over
  faulty "rename:KILL:$at:" bash -c "exec '$TENBIN' import sipri downloads/SIPRI-Milex-data-1949-2025.xlsx -o over"
  [ ! -e over/.commit ] || break
done
if [ -e over/.commit ]; then
  cp -r over between
  for ((at = 1; at < 60; ++at)); do
    rm -rf over && cp -r between over
    faulty "stat:5:$at:.part" "$TENBIN" check over
    reached "$at" || break
    "$TENBIN" check over >said 2>&1 || wrong "a part that cannot be seen ($at): check says: $(tail -2 said)"
    [ "$(state_of over)" = "$new" ] || wrong "a part that cannot be seen ($at): the panel is mixed"
  done
  [ "$at" -gt 1 ] || wrong "no part is looked for: this test sees nothing"
else
  wrong "no kill leaves a list: this test sees nothing"
fi

# A file system without locks: a fit goes without.
faulty "lock:37:1+:" "$TENBIN" fit "$SOURCE/tests/data/tiny" --priors wide --chains 1 --warmup 20 --draws 20 -o lock.fit --quiet
[ $status = 0 ] || wrong "a fit without locks: exit $status: $(tail -1 said)"
# A fit that cannot be written is kept, and says so; --resume writes it.
faulty "rename:28:1:kept.fit" "$TENBIN" fit "$SOURCE/tests/data/tiny" --priors wide --chains 1 --warmup 20 --draws 20 -o kept.fit --quiet
[ $status = 4 ] && grep -q 'kept.fit.checkpoint: what was done is kept here' said || wrong "a fit that cannot be written: exit $status: $(tail -1 said)"
"$TENBIN" fit "$SOURCE/tests/data/tiny" --priors wide --chains 1 --warmup 20 --draws 20 -o kept.fit --resume --quiet >/dev/null 2>&1
cmp -s kept.fit lock.fit || wrong "the fit that was kept is another one"

# A workbook whose pieces cannot be written or read on the way is no workbook.
book=("$TENBIN" brief "$SOURCE/tests/data/tiny/scenario.toml" --posterior "$WORK/posteriors/tiny.fit" --futures 50 --plain --quiet -o book.html --xlsx book.xlsx)
"${book[@]}" >said 2>&1 && mv book.xlsx whole.xlsx || wrong "a workbook: $(tail -1 said)"
refused=0
for fault in read:5 write:28; do
  for at in ${NIGHTLY:+$(seq 1 2 40)} 1 2 5 9 20; do
    for lasting in '' +; do
      rm -f book.xlsx
      faulty "$fault:$at$lasting:(deleted)" "${book[@]}"
      reached "$at" || continue
      [ $status = 0 ] && cmp -s book.xlsx whole.xlsx && continue # the last read finds the end, or fails: no matter
      [ $status = 4 ] && [ ! -e book.xlsx ] || wrong "$fault at $at$lasting of a workbook's pieces: exit $status"
      [ $status = 4 ] && refused=$((refused + 1))
    done
  done
done
[ $refused -gt 9 ] || wrong "$refused workbooks are refused: this test sees little"

# What is no file is refused at once.
mkfifo pipe
for input in pipe /dev/zero; do
  printf 'format = 1\nextends = "%s"\nname = "x"\n' "$([ $input = pipe ] && echo pipe || echo $input)" >through.toml
  timeout 20 "$TENBIN" check through.toml >said 2>&1
  status=$?
  [ $status -ge 1 ] && [ $status -le 4 ] || wrong "extends = $input: exit $status"
  grep -q 'a device or a pipe' said || wrong "extends = $input: $(tail -1 said)"
done
"$TENBIN" check "$SOURCE/scenarios/japan-3pc.toml" >said 2>&1
grep -q 'Did you mean japan-3pct.toml' said || wrong "a misspelt file: $(tail -1 said)"
echo "$tried faults; $seen_old old and $seen_new new panels"
exit $failed
