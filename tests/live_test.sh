#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A live page against the command line, in a real browser (page/test/live.mjs).
set -euo pipefail
command -v chromium >/dev/null || { echo "no Chromium here"; exit 77; }
folder=$WORK/live
rm -rf "$folder" && mkdir -p "$folder/scenarios" "$folder/data"
cp "$SOURCE"/scenarios/*.toml "$folder/scenarios"
cp -r "$SOURCE/data/east-asia" "$folder/data"
"$TENBIN" fit "$SOURCE/data/east-asia" -o "$folder/fit.nc" --warmup 200 --draws 300 --quiet >"$folder/fit.txt" 2>&1
cd "$folder/scenarios"
"$TENBIN" brief --live japan-announced.toml japan-3pct.toml --posterior "$folder/fit.nc" -o "$folder/page.html" --quiet >/dev/null 2>&1
size=$(stat -c %s "$folder/page.html")
[ "$size" -lt 3145728 ] || { echo "the page has $size bytes"; exit 1; }
SCENARIOS=$folder/scenarios POSTERIOR=$folder/fit.nc PAGE=$folder/page.html WORK=$folder node "$SOURCE/page/test/live.mjs"
