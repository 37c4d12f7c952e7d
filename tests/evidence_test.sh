#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Every claim of data/evidence/claims.csv is found word for word where it says, docs/evidence.md is written from it, and the
# labels of the page's answers follow it. Needs TENBIN, SOURCE, WORK.
set -u
folder=$WORK/evidence
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
failed=0
"$SOURCE/data/evidence/make_page" | cmp - "$SOURCE/docs/evidence.md" || { echo "docs/evidence.md is not what data/evidence/make_page writes"; failed=1; }
"$TENBIN" evidence -o claims.csv || failed=1
"$TENBIN" brief "$SOURCE"/scenarios/{japan-announced,us-pressure,japan-3pct,us-presence-halved,us-commitment-halved,china-slows,taiwan-war}.toml \
  -o page.html --plain --warmup 60 --draws 50 --futures 400 --quiet >/dev/null || failed=1
/usr/bin/python3 - claims.csv page.html "$SOURCE/README.md" <<'PY' || failed=1
import csv, html, re, sys
claims = list(csv.DictReader(open(sys.argv[1], encoding='utf-8')))
page, readme = (open(f, encoding='utf-8').read() for f in sys.argv[2:])
shown = html.unescape(re.sub(r'<[^>]+>', '', page))
strengths = {'experiment', 'natural experiment', 'robust association', 'association', 'assumption'}
wrong = [c['claim'] for c in claims if c['words'] not in {'page': shown, 'README': readme}[c['where']]]
assert not wrong, f'not found where they are said to be: {wrong}'
assert len(claims) >= 20 and {c['strength'] for c in claims} == strengths, {c['strength'] for c in claims}
assert all(c['result'] and c['refuted_by'] and c['experiment'] for c in claims)
tags = re.findall(r'<p class="tag \w+">(.*?)</p>', page)
print(tags)
assert len(tags) == 6 and tags[3:] == ['past counted, chance modelled', 'shows association, not cause', 'measures money only'], tags
PY
exit $failed
