#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A panel whose files are of two imports, as a killed import or a copy that is half done leaves it: check refuses it or names the
# tables, and importing the newer file again makes the panel that it makes of an old one. Needs TENBIN, SOURCE and WORK.
set -uo pipefail
folder=$WORK/mixed_panel
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder"
failed=0
wrong() { echo "$*"; failed=1; }
state_of() { (cd "$1" && cat panel.toml *.csv | sha256sum); }
/usr/bin/python3 "$SOURCE/tests/maker_files.py" downloads || exit 1
old=downloads/SIPRI-Milex-data-1949-2024.xlsx new=downloads/SIPRI-Milex-data-1949-2025.xlsx
"$TENBIN" import sipri $old -o before >said 2>&1 || { cat said; exit 1; }
"$TENBIN" import nmc downloads/NMC-70-abridged.zip -o before >said 2>&1 || { cat said; exit 1; }
cp -r before after && "$TENBIN" import sipri $new -o after >said 2>&1 || { cat said; exit 1; }
for panel in before after; do
  "$TENBIN" check $panel >said 2>&1 || wrong "check refuses $panel: $(tail -1 said)"
  ! grep -q 'changed since' said || wrong "check says that $panel was changed"
done
changed=()
for file in after/*; do
  name=${file#after/}
  cmp -s "$file" "before/$name" || changed+=("$name")
done
[ ${#changed[@]} -ge 4 ] || wrong "the second import changes ${changed[*]} only: this test sees little"
tried=0
for ((mix = 1; mix < (1 << ${#changed[@]}) - 1; ++mix)); do
  rm -rf mixed && cp -r before mixed
  files=
  for ((k = 0; k < ${#changed[@]}; ++k)); do
    if ((mix >> k & 1)); then cp "after/${changed[k]}" mixed/ && files+=" ${changed[k]}"; fi
  done
  tried=$((tried + 1))
  "$TENBIN" check mixed >said 2>&1
  status=$?
  case $files in  # panel.toml, ledger.csv and milex.csv say which dollars they are in
    *ledger.csv*milex.csv*panel.toml*) money=same ;;
    *ledger.csv* | *milex.csv* | *panel.toml*) money=mixed ;;
    *) money=same ;;
  esac
  [ $money = same ] || [ $status -eq 3 ] || wrong "the newer$files: check exits $status"
  [ $money = mixed ] || [ $status -eq 0 ] || wrong "the newer$files: check refuses one money: $(tail -1 said)"
  [ $status -eq 3 ] || grep -q 'changed since it was imported' said || wrong "the newer$files: check says nothing"
  if [ $money = mixed ]; then
    "$TENBIN" fit mixed --priors wide --chains 1 --warmup 20 --draws 5 --quiet -o fit.fit >said 2>&1
    [ $? -eq 3 ] && [ ! -e fit.fit ] || wrong "the newer$files: a fit runs on mixed dollars"
  fi
  "$TENBIN" import sipri $new -o mixed >said 2>&1 || wrong "the newer$files: importing again fails: $(tail -1 said)"
  [ "$(state_of mixed)" = "$(state_of after)" ] || wrong "the newer$files: importing again gives another panel"
  [ "$failed" = 0 ] || break
done
[ $tried -ge 14 ] || wrong "$tried mixes: this test sees little"
exit $failed
