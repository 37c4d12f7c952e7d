# SPDX-License-Identifier: Apache-2.0
"""cut_panel.py FROM TO STATE...: a panel of some states of another panel, with the rows that concern no other state."""
import csv
import shutil
import sys
from pathlib import Path

source, target, states = Path(sys.argv[1]), Path(sys.argv[2]), set(sys.argv[3:])
IDS = {"state", "state_a", "state_b", "guest", "host", "protector", "protected", "aggressor"}
target.mkdir(parents=True)
for file in source.iterdir():
    if file.suffix != ".csv":
        if file.is_file():
            shutil.copy(file, target / file.name)
        continue
    rows = list(csv.reader(file.open(encoding="utf-8")))
    columns = [k for k, name in enumerate(rows[0]) if name in IDS]
    kept = [row for row in rows[1:] if all(row[k] in states or not row[k] for k in columns)]
    csv.writer((target / file.name).open("w", encoding="utf-8", newline="")).writerows([rows[0], *kept])
