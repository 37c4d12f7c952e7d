#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A page on another country has no awkward sentence, in either language: pages on six countries of the embedded panel, and, where
# the research data lie beside the checkout, on Saudi Arabia in a panel of the Gulf cut from the world's. Needs TENBIN, SOURCE,
# WORK and the posteriors that tests share.
set -euo pipefail
folder=$WORK/other-panels
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder"
ln -s "$SOURCE/data" "$SOURCE/scenarios" .
written=()
for focus in KOR POL AUS IND TWN PHL; do
  printf 'format = 1\nextends = "scenarios/japan-announced.toml"\nname = "Announced plans"\nfocus = "%s"\nfutures = 300\n' $focus >$focus.toml
  for lang in en ja; do
    "$TENBIN" brief $focus.toml scenarios/us-pressure.toml --plain --quiet --lang $lang --posterior "$WORK/posteriors/east-asia.fit" -o $focus-$lang.html >log 2>&1 ||
      { cat log; exit 1; }
    written+=("$focus-$lang.html")
  done
done
world=$SOURCE/../shared/data/world
if [ -d "$world" ]; then
  /usr/bin/python3 "$SOURCE/tests/cut_panel.py" "$world" gulf SAU ARE KWT QAT BHR OMN IRN IRQ ISR TUR EGY USA
  cat >gulf.toml <<'EOF'
format = 1
name = "Current policy"
panel = "gulf"
start = 2025
end = 2040
futures = 300
seed = 1
focus = "SAU"
[blocs]
gulf = ["SAU", "ARE", "KWT", "QAT", "BHR"]
iran = ["IRN"]
EOF
  printf 'format = 1\nextends = "gulf.toml"\nname = "Saudi Arabia at 9 %%"\n[[lever]]\nkind = "plan"\nstate = "SAU"\nburden = "9 %%"\nfrom = 2026\nby = 2032\n' >more.toml
  "$TENBIN" fit gulf -o gulf.fit --warmup 100 --draws 100 --quiet >log 2>&1 || { cat log; exit 1; }
  for lang in en ja; do
    "$TENBIN" brief gulf.toml more.toml --plain --quiet --lang $lang --posterior gulf.fit -o SAU-$lang.html >log 2>&1 || { cat log; exit 1; }
    written+=("SAU-$lang.html")
  done
fi
/usr/bin/python3 "$SOURCE/tests/sentences.py" "${written[@]}"
