#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `tenbin verify`: computed again from what the page carries, every number is as the page says; a changed digit is found,
# wherever it stands. Needs TENBIN, SOURCE, WORK and the pages of pages_fixture.sh.
set -euo pipefail
cd "$WORK/pages"
folder=$WORK/verify
rm -rf "$folder" && mkdir -p "$folder"
size=$(stat -c %s page.html)
[ "$size" -le 4000000 ] || { echo "the page has $size bytes"; exit 1; }
"$TENBIN" verify page.html >"$folder/verified.txt"
grep -q 'is as computed again' "$folder/verified.txt"
"$TENBIN" verify hostile.html --quiet >/dev/null
"$TENBIN" verify japanese.html --quiet >/dev/null
/usr/bin/python3 - japanese.html "$folder/japanese.html" <<'EOF'
import base64, re, sys, zlib
page = open(sys.argv[1], encoding='utf-8').read()
head = page.index('id="tenbin-other">') + len('id="tenbin-other">')
end = page.index('<', head)
sheet = zlib.decompress(base64.b64decode(page[head:end])).decode()
at = sheet.index('%.', sheet.index('<p class="deck">')) - 1
sheet = sheet[:at] + ('4' if sheet[at] != '4' else '5') + sheet[at + 1:]
open(sys.argv[2], 'w', encoding='utf-8').write(page[:head] + base64.b64encode(zlib.compress(sheet.encode(), 9)).decode() + page[end:])
EOF
if "$TENBIN" verify "$folder/japanese.html" >"$folder/other.txt" 2>&1; then echo "verify did not see a changed digit in the other language"; exit 1; fi
cat "$folder/other.txt"
grep -q 'in its other language, under' "$folder/other.txt"
# The answers that the README gives are those of the page.
/usr/bin/python3 - japanese.html "$SOURCE/README.md" <<'EOF'
import base64, html, re, sys, zlib
page, readme = (open(f, encoding='utf-8').read() for f in sys.argv[1:])
head = page.index('id="tenbin-other">') + len('id="tenbin-other">')
sheet = zlib.decompress(base64.b64decode(page[head:page.index('<', head)])).decode()
says = [html.unescape(s) for s in re.findall(r'<p class="says">(.*?)</p>', sheet)]
answers = re.findall(r'^\d\. \*\*.*?\*\* (.*)$', readme, re.M)
assert len(says) == len(answers) == 6, (len(says), len(answers))
def same(k, page_words, readme_words):
    a, b = re.search(page_words, says[k]), re.search(readme_words, answers[k])
    assert a and b, (says[k], answers[k])
    assert a.groups() == b.groups(), f'the page says {a.groups()}, the README {b.groups()}: {answers[k]}'
same(0, r'about (\S+%) of GDP in (2040)', r'median is (\S+%) of GDP in (2040)')
low, high = re.search(r'likely range (\d\.\d+)% to (\d\.\d+)%', sheet).groups()
claimed = re.search(r'likely range \(80%\) (\S+)% to (\S+)%', answers[0]).groups()
assert [round(float(x), 1) for x in (low, high)] == [float(x) for x in claimed], (low, high, claimed)
same(1, r'China reaches (\S+) times', r"China's spending in 2040 is (\S+) times")
low, high = re.search(r'China</th><td[^>]*>\S+?</td><td[^>]*>(\S+) to (\S+?)</td>', sheet).groups()
assert f'likely range {low} to {high} times' in answers[1], (low, high, answers[1])
same(1, r'in Japan it reaches (\S+) times', r"Japan's is (\S+) times")
same(2, r'it would spend (\S+%) of GDP in 2040', r'it would spend (\S+%) in 2040')
assert 'Japan did, China did not' in says[3] and 'Japan did, China did not' in answers[3]
same(4, r'began in (\d+) of the last', r'began in (\d+) of the last')
same(5, r'have (\S+) times .* only (\S+) times', r'have (\S+) times .* have (\S+) times')
EOF
# The command line says the headline in the page's language; the card is a picture of 1200 by 630 pixels.
grep -q '。' japanese.txt && ! grep -q 'spending' japanese.txt
/usr/bin/python3 - <<'EOF'
import struct, zipfile
head = open('japanese.png', 'rb').read(24)
assert head[1:4] == b'PNG' and struct.unpack('>II', head[16:24]) == (1200, 630), head
book = zipfile.ZipFile('japanese.xlsx')
sheets = [n for n in book.namelist() if n.startswith('xl/worksheets/sheet')]
assert len(sheets) > 12, sheets
assert '日本' in book.read('xl/sharedStrings.xml').decode()
EOF
for changed in result data posterior record; do
  if "$TENBIN" verify "$changed.html" >"$folder/$changed.txt" 2>&1; then echo "verify did not see the changed $changed"; exit 1; fi
  cat "$folder/$changed.txt"
done
grep -q 'under .The scenarios side by side' "$folder/result.txt"
grep -q 'the page says' "$folder/data.txt"
grep -q 'the page says' "$folder/posterior.txt"
# One style rule more, allowed by its hash in the page's policy: body and seal are as they were, and the headline says 9.99%.
/usr/bin/python3 - page.html "$folder/css.html" <<'EOF'
import base64, hashlib, sys
page = open(sys.argv[1], encoding='utf-8').read()
css = 'h1{font-size:0}h1::after{content:"9.99%";font-size:2rem}'
allowed = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
edited = page.replace('<style>', f'<style>{css}</style>\n<style>', 1).replace("style-src '", f"style-src 'sha256-{allowed}' '", 1)
assert edited.count(css) == 1 and allowed in edited
open(sys.argv[2], 'w', encoding='utf-8').write(edited)
EOF
if "$TENBIN" verify "$folder/css.html" >"$folder/css.txt" 2>&1; then echo "verify did not see another style in the head"; exit 1; fi
cat "$folder/css.txt"
if "$TENBIN" verify overflow.html 2>"$folder/overflow.txt"; then exit 1; fi
grep -q 'its draws do not have the size that their columns name' "$folder/overflow.txt" || { cat "$folder/overflow.txt"; exit 1; }
if "$TENBIN" verify "$SOURCE/README.md" 2>"$folder/readme.txt"; then exit 1; fi
grep -q 'no live page' "$folder/readme.txt"
# --panel compares the figures, --refit the posterior; each says what it proved. A page of another panel fails.
cd "$folder"
tiny=$SOURCE/tests/data/tiny
said() { # code, words, command...
  local code=$1 words=$2 got
  shift 2
  "$@" >said.txt 2>&1 && got=0 || got=$?
  [ "$got" = "$code" ] && grep -qF -e "$words" said.txt || { echo "exit $got, not $code, or not said: $words: $*"; cat said.txt; exit 1; }
}
"$TENBIN" brief "$tiny/scenario.toml" --posterior "$WORK/posteriors/tiny.fit" --futures 200 -o tiny.html --quiet 2>/dev/null >&2
said 0 "taken as carried, not proved: the figures; the draws" "$TENBIN" verify tiny.html
said 0 "and the hash of the panel's files, are the same" "$TENBIN" verify tiny.html --panel "$tiny"
said 0 "summaries and health are the same to the last bit" "$TENBIN" verify tiny.html --panel "$tiny" --refit
! grep -q 'taken as carried' said.txt
said 0 '"posterior": "fitted again"' "$TENBIN" verify tiny.html --panel "$tiny" --refit --threads 1 --json
said 1 "its files have the hash" "$TENBIN" verify tiny.html --panel east-asia
cp -r "$tiny" other
sed -i 's/^JPN,2020,[0-9.]*/JPN,2020,51234/' other/milex.csv
! diff -q other/milex.csv "$tiny/milex.csv" >/dev/null
said 1 "1 figures of milex.csv differ; JPN 2020: the page has" "$TENBIN" verify tiny.html --panel other --refit
said 2 "Give the panel too" "$TENBIN" verify tiny.html --refit
said 2 "nothing is fitted without --refit" "$TENBIN" verify tiny.html --panel "$tiny" --priors wide
# Priors of one's own: the page has their name alone.
"$TENBIN" priors "$WORK/posteriors/tiny.fit" -o own.toml >/dev/null
short=(--warmup 40 --draws 30 --chains 2 --quiet)
for priors in own.toml "$SOURCE/data/priors/as-of/2019.toml"; do
  "$TENBIN" fit "$tiny" -o fit.fit --priors "$priors" "${short[@]}" >/dev/null 2>&1
  "$TENBIN" brief "$tiny/scenario.toml" --posterior fit.fit --futures 100 -o "of-$(basename "$priors").html" --quiet >/dev/null 2>&1
done
said 2 "Give their file: --priors FILE" "$TENBIN" verify of-own.toml.html --panel "$tiny" --refit
said 0 "are the same to the last bit" "$TENBIN" verify of-own.toml.html --panel "$tiny" --refit --priors own.toml
said 2 "and the page's are" "$TENBIN" verify of-own.toml.html --panel "$tiny" --refit --priors "$SOURCE/data/priors/as-of/2019.toml"
said 0 "are the same to the last bit" "$TENBIN" verify of-2019.toml.html --panel "$tiny" --refit
