#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The pages that the tests of pages share, in WORK/pages: a live page of seven scenarios (page.html; japanese.html opens in
# Japanese, with a workbook and a card beside it), copies of it with one
# thing changed (result, data, posterior, record, overflow), and a live page whose names mean harm (hostile.html). Needs TENBIN,
# SOURCE, WORK.
set -euo pipefail
folder=$WORK/pages
rm -rf "$folder" && mkdir -p "$folder/scenarios" "$folder/data"
cp "$SOURCE"/scenarios/*.toml "$folder/scenarios"
cp -r "$SOURCE/data/east-asia" "$folder/data"
cd "$folder/scenarios"
"$TENBIN" brief japan-announced.toml japan-3pct.toml japan-habit.toml japan-2027-2pct.toml us-commitment-halved.toml prk-missiles-capped.toml china-slows.toml \
  --posterior "$WORK/posteriors/east-asia.fit" -o "$folder/page.html" --quiet >/dev/null 2>&1
"$TENBIN" brief japan-announced.toml us-pressure.toml --posterior "$WORK/posteriors/east-asia.fit" -o "$folder/japanese.html" --lang ja \
  --xlsx "$folder/japanese.xlsx" --card "$folder/japanese.png" --quiet >"$folder/japanese.txt" 2>&1

/usr/bin/python3 - "$folder" <<'EOF'
import base64, re, struct, sys, zlib
folder = sys.argv[1]
page = open(folder + '/page.html', encoding='utf-8').read()
def write(name, text): open(f'{folder}/{name}.html', 'w', encoding='utf-8').write(text)
at = page.index('%</td>', page.index('<section id="scenarios">'))
while not page[at].isdigit(): at -= 1
write('result', page[:at] + ('4' if page[at] == '3' else '3') + page[at + 1:])
head = page.index('id="tenbin-study">') + len('id="tenbin-study">')
end = page.index('<', head)
frame = zlib.decompress(base64.b64decode(page[head:end]))
header, study = frame[:32], frame[32:-8]  # docs/formats.md, Frames
def digest(b):
    h = len(b)
    for word, in struct.iter_unpack('<Q', b + bytes(-len(b) % 8)):
        h = (h ^ word) * 0x9E3779B97F4A7C15 % (1 << 64)
        h ^= h >> 32
    return struct.pack('<Q', h)
assert frame[-8:] == digest(frame[:-8])
def with_body(name, body):
    changed = header[:24] + struct.pack('<Q', len(body)) + body
    write(name, page[:head] + base64.b64encode(zlib.compress(changed + digest(changed), 9)).decode() + page[end:])
def with_study(name, old, new, which):
    found = [m.start() for m in re.finditer(re.escape(old), study)]
    assert found, name
    k = found[which]
    with_body(name, study[:k] + new + study[k + len(old):])
rows = [line.split(',') for line in open('../data/east-asia/milex.csv')]
milex = next(float(r[2]) for r in rows if r[0] == 'JPN' and r[1] == '2025')
with_study('data', struct.pack('<d', milex), struct.pack('<d', milex + 1), -1)
# The study ends with the last draw of the economy's parameters, and five empty lists of what the sampler says.
lists = bytes(40)
assert study.endswith(lists)
last = study[-360:-40]
with_study('posterior', last, struct.pack('<40d', *(x * 1.01 for x in struct.unpack('<40d', last))), -1)
# Before the draws stand their width and their count: 1000 draws of 2^61 numbers are none in 64 bits.
place = lambda w: len(study) - 40 - 8000 * w - 16
width = next(w for w in range(1, 1000) if struct.unpack_from('<QQ', study, place(w)) == (w, 1000 * w))
with_body('overflow', study[:place(width)] + struct.pack('<QQ', 1 << 61, 0) + lists)
at = page.index('id="tenbin-record">') + 2000
write('record', page[:at] + ('A' if page[at] != 'A' else 'B') + page[at + 1:])
EOF

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
"$TENBIN" fit "$folder/data/hostile" -o "$folder/hostile.fit" --warmup 150 --draws 100 --quiet >/dev/null 2>&1
"$TENBIN" brief hostile.toml --posterior "$folder/hostile.fit" -o "$folder/hostile.html" --quiet >/dev/null
