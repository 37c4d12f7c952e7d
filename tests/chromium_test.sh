#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The page in a real browser with no network: its style is applied, its policy refuses nothing of its own, names stay text.
set -u
browser=$(command -v chromium) || { echo "no Chromium here"; exit 77; }
folder=$WORK/chromium
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
cp -r "$SOURCE/tests/data/tiny" panel
sed -i 's/^JPN,Japan,/JPN,<script>document.title=1<\/script>,/; s/^CHN,China,/CHN,الصين,/' panel/states.csv
"$TENBIN" brief panel/scenario.toml -o page.html --plain --warmup 60 --draws 50 --futures 200 --quiet >/dev/null 2>&1 || exit 1
flags=(--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync)
"$browser" "${flags[@]}" --user-data-dir="$folder/profile" --enable-logging=stderr --v=0 --dump-dom "file://$folder/page.html" >dom.html 2>log.txt || { tail -5 log.txt; exit 1; }
failed=0
grep -q 'CONSOLE' log.txt && { echo "the console complains:"; grep CONSOLE log.txt | head -5; failed=1; }
grep -q '<title>1' dom.html && { echo "a name ran as a script"; failed=1; }
grep -q '&lt;script&gt;document.title' dom.html || { echo "the name is not there as text"; failed=1; }
"$browser" "${flags[@]}" --user-data-dir="$folder/profile" --hide-scrollbars --window-size=390,2400 --screenshot="$folder/phone.png" "file://$folder/page.html" >/dev/null 2>&1
[ -s phone.png ] || { echo "no screenshot"; failed=1; }
exit $failed
