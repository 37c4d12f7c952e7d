#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A register as of 2024, made from the release of 2025, is resolved by the release of 2026 (docs/register.md has the figures).
# Needs RESEARCH with both workbooks of SIPRI; skipped without them.
set -u
books=$RESEARCH/data/published
[ -e "$books/SIPRI-Milex-data-1949-2024.xlsx" ] && [ -e "$books/SIPRI-Milex-data-1949-2025.xlsx" ] || exit 77
work=$WORK/register-past
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 1
failed=0
fail() { echo "$1"; failed=1; }

cp -r "$SOURCE/data/east-asia" before
head -1 before/milex.csv >milex.csv && mv milex.csv before/milex.csv  # the workbook's figures and no others
sed -i 's/^price_year.*/price_year = 2023/' before/panel.toml
"$TENBIN" import sipri "$books/SIPRI-Milex-data-1949-2024.xlsx" -o before >import.log 2>&1 || { cat import.log; exit 1; }
"$TENBIN" register before --as-of 2024 --quiet -o 2024.csv >words || exit 1
"$TENBIN" resolve 2024.csv "$SOURCE/data/east-asia" --quiet -o resolved.csv --page page.html >words || fail "the chain does not hold"
cat words
/usr/bin/python3 - <<'PYTHON' || failed=1
import csv
rows = list(csv.DictReader(open("resolved.csv", encoding="utf-8")))
made = list(csv.DictReader(open("2024.csv", encoding="utf-8")))
assert all(r["price_year"] == "2023" and r["known_until"] == "2024" for r in made)
due = [r for r in rows if r["fate"] in ("scored", "undecidable")]
undecided = [r for r in due if r["fate"] == "undecidable"]
assert len(due) >= 28, len(due)
assert len(undecided) <= 0.02 * len(due), [(r["id"], r["why"]) for r in undecided]
assert all(int(r["year"]) == 2025 for r in due) and all(r["fate"] == "not yet due" for r in rows if int(r["year"]) > 2025)
# growth since 2024, by the later release: the change of the price year from 2023 to 2024 is no error
figures = {(r["state"], r["year"]): float(r["milex"]) for r in csv.DictReader(open(f"{__import__('os').environ['SOURCE']}/data/east-asia/milex.csv", encoding="utf-8"))}
base = {r["id"]: float(r["base"]) for r in made if r["what"] == "spending"}
spending = [r for r in due if r["what"] == "spending"]
for r in spending:
    grown = figures[r["state"], "2025"] / figures[r["state"], "2024"]
    assert abs(float(r["outcome"]) / base[r["id"]] / grown - 1) < 1e-4, r
mean = lambda rows, what: sum(float(r[what]) for r in rows) / len(rows)
assert mean(spending, "score") < mean(spending, "no_change_score")
inside = sum(float(r["inside80"]) for r in spending) / len(spending)
assert 0.6 <= inside <= 1, inside
PYTHON
exit $failed
