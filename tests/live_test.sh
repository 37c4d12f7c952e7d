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
"$TENBIN" brief japan-announced.toml japan-3pct.toml japan-habit.toml japan-2027-2pct.toml us-commitment-halved.toml prk-missiles-capped.toml china-slows.toml --posterior "$folder/fit.nc" -o "$folder/page.html" --quiet >/dev/null 2>&1
size=$(stat -c %s "$folder/page.html")
[ "$size" -le 3000000 ] || { echo "the page has $size bytes"; exit 1; }

# Computed again from what it carries, every number is as the page says; a changed digit is found, wherever it stands.
"$TENBIN" verify "$folder/page.html" >"$folder/verified.txt"
grep -q 'is as computed again' "$folder/verified.txt"
/usr/bin/python3 - "$folder" <<'EOF'
import base64, re, struct, sys, zlib
folder = sys.argv[1]
page = open(folder + '/page.html', encoding='utf-8').read()
def write(name, text): open(f'{folder}/{name}.html', 'w', encoding='utf-8').write(text)
at = page.index(' of 100', page.index('<h2>The scenarios side by side'))
while not page[at].isdigit(): at -= 1
write('result', page[:at] + ('4' if page[at] == '3' else '3') + page[at + 1:])
head = page.index('id="tenbin-study">') + len('id="tenbin-study">')
end = page.index('<', head)
study = zlib.decompress(base64.b64decode(page[head:end]))
def with_study(name, old, new, which):
    found = [m.start() for m in re.finditer(re.escape(old), study)]
    assert found, name
    k = found[which]
    changed = study[:k] + new + study[k + len(old):]
    write(name, page[:head] + base64.b64encode(zlib.compress(changed, 9)).decode() + page[end:])
rows = [line.split(',') for line in open('../data/east-asia/milex.csv')]
milex = next(float(r[2]) for r in rows if r[0] == 'JPN' and r[1] == '2025')
with_study('data', struct.pack('<d', milex), struct.pack('<d', milex + 1), -1)
# The study ends with the last draw of the economy's parameters.
draw = struct.unpack('<40d', study[-320:])
with_study('posterior', study[-320:], struct.pack('<40d', *(x * 1.01 for x in draw)), -1)
at = page.index('id="tenbin-record">') + 2000
write('record', page[:at] + ('A' if page[at] != 'A' else 'B') + page[at + 1:])
EOF
for changed in result data posterior record; do
  if "$TENBIN" verify "$folder/$changed.html" >"$folder/$changed.txt" 2>&1; then echo "verify did not see the changed $changed"; exit 1; fi
  cat "$folder/$changed.txt"
done
grep -q 'under .The scenarios side by side' "$folder/result.txt"
grep -q 'the page says' "$folder/data.txt"
grep -q 'the page says' "$folder/posterior.txt"
if "$TENBIN" verify "$SOURCE/README.md" 2>"$folder/readme.txt"; then exit 1; fi
grep -q 'no live page' "$folder/readme.txt"

# Names that mean harm, in a panel and in a scenario.
cp -r "$folder/data/east-asia" "$folder/data/hostile"
/usr/bin/python3 - "$folder" <<'EOF'
import csv, sys
folder = sys.argv[1]
names = ['<img src=x onerror=alert(1)>', '</script><script>alert(2)</script>', '\u202eevil', '"onload="alert(3)', "'; alert(4) //", '&lt;b&gt;',
         '\u0645\u0631\u062d\u0628\u0627 \u05d0\u05d1\u05d2', 'Long' * 40, '\u65e5\u672c', '<b>bold</b>', 'tab\\', '${x}', '{{y}}', '%s%n', 'a<!--', 'ok']
path = folder + '/data/hostile/states.csv'
rows = list(csv.reader(open(path, encoding='utf-8')))
for row, name in zip(rows[1:], names): row[1] = name; row[2] = name
csv.writer(open(path, 'w', encoding='utf-8', newline='')).writerows(rows)
text = open(folder + '/scenarios/japan-announced.toml', encoding='utf-8').read()
text = text.replace('../data/east-asia', '../data/hostile').replace('alliance = ', '"<i>bloc</i>" = ')
lines = ['name = "<u>A scenario</u> & \'more\'"' if l.startswith('name') else l for l in text.split('\n')]
open(folder + '/scenarios/hostile.toml', 'w', encoding='utf-8').write('\n'.join(lines))
EOF
"$TENBIN" fit "$folder/data/hostile" -o "$folder/hostile.nc" --warmup 150 --draws 100 --quiet >/dev/null 2>&1
"$TENBIN" brief hostile.toml --posterior "$folder/hostile.nc" -o "$folder/hostile.html" --quiet >/dev/null
"$TENBIN" verify "$folder/hostile.html" --quiet >/dev/null
SCENARIOS=$folder/scenarios POSTERIOR=$folder/fit.nc PAGE=$folder/page.html WORK=$folder node "$SOURCE/page/test/live.mjs"
PAGE=$folder/page.html HOSTILE=$folder/hostile.html node "$SOURCE/page/test/reading.mjs"
if command -v firefox-esr >/dev/null; then PAGE=$folder/page.html node "$SOURCE/page/test/firefox.mjs"; else echo "no Firefox here"; fi
