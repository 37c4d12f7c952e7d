#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `tenbin verify`: computed again from what the page carries, every number is as the page says; a changed digit is found,
# wherever it stands. Needs TENBIN, SOURCE, WORK and the pages of pages_fixture.sh.
set -euo pipefail
cd "$WORK/pages"
folder=$WORK/verify
rm -rf "$folder" && mkdir -p "$folder"
size=$(stat -c %s page.html)
[ "$size" -le 3000000 ] || { echo "the page has $size bytes"; exit 1; }
"$TENBIN" verify page.html >"$folder/verified.txt"
grep -q 'is as computed again' "$folder/verified.txt"
"$TENBIN" verify hostile.html --quiet >/dev/null
for changed in result data posterior record; do
  if "$TENBIN" verify "$changed.html" >"$folder/$changed.txt" 2>&1; then echo "verify did not see the changed $changed"; exit 1; fi
  cat "$folder/$changed.txt"
done
grep -q 'under .The scenarios side by side' "$folder/result.txt"
grep -q 'the page says' "$folder/data.txt"
grep -q 'the page says' "$folder/posterior.txt"
if "$TENBIN" verify overflow.html 2>"$folder/overflow.txt"; then exit 1; fi
grep -q 'its draws do not have the size that their columns name' "$folder/overflow.txt" || { cat "$folder/overflow.txt"; exit 1; }
if "$TENBIN" verify "$SOURCE/README.md" 2>"$folder/readme.txt"; then exit 1; fi
grep -q 'no live page' "$folder/readme.txt"
