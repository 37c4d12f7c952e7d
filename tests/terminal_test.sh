#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# No name, note or text of a file reaches a terminal with an escape sequence, a mark of the direction of writing or a character
# without width, whatever the verb; what programs read keeps its bytes in a pipe. Needs TENBIN, SOURCE, WORK.
set -euo pipefail
folder=$WORK/terminal
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder"
cp -r "$SOURCE/tests/data/tiny" panel
exec /usr/bin/python3 - "$TENBIN" <<'EOF'
import csv, json, os, pty, re, subprocess, sys

tenbin = sys.argv[1]
ESCAPES = "\x1b]0;owned\x07\x1b[31m\x9b31m"  # of a title, of a colour, and the latter in C1
UNSEEN = "\u202e\u200b\u2067\u061c\ufeff"
failed = []

def steers(text):
    found = re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]", text)
    return found and f"U+{ord(found[0]):04X} in {text[max(0, found.start() - 30):found.start() + 30]!r}"

# Names and other texts may hold anything but line breaks.
def edited(table, change):
    path = f"panel/{table}"
    rows = list(csv.DictReader(open(path, encoding="utf-8", newline="")))
    for row in rows:
        change(row)
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
def name(row):
    row["name"] = "N" + ESCAPES + UNSEEN + row["name"]
    row["capital"] = "C" + ESCAPES + UNSEEN
def text_of(*columns):
    def change(row):
        for column in columns:
            if column in row:
                row[column] += ESCAPES + UNSEEN
    return change
edited("states.csv", name)
for table in sorted(os.listdir("panel")):
    if table.endswith(".csv"):
        edited(table, text_of("source", "definition", "basis", "system", "why", "title", "detail"))
escaped = "".join(f"\\u{ord(c):04x}" for c in ESCAPES)
toml = open("panel/panel.toml", encoding="utf-8").read().replace('name = "tiny"', f'name = "tiny{UNSEEN}{escaped}"')
open("panel/panel.toml", "w", encoding="utf-8").write(toml)
scenario = open("panel/scenario.toml", encoding="utf-8").read().replace('why = "a test"', f'why = "w{escaped}{UNSEEN}"')
scenario = scenario.replace('name = "tiny"', f'name = "tiny{UNSEEN}{escaped}"\nabout = "a{escaped}{UNSEEN}"')
blocs = f'\n[blocs]\n"one{UNSEEN}{escaped}" = ["JPN", "USA"]\n"two{UNSEEN}" = ["CHN", "PRK"]\n'
open("panel/scenario.toml", "w", encoding="utf-8").write(scenario + blocs)
other = scenario.replace("burden = \"3 %\"", "burden = \"2 %\"").replace("\nabout", "2\"\nabout").replace('"2"\nabout', '2"\nabout')
open("panel/other.toml", "w", encoding="utf-8").write(other + blocs)
os.mkdir("later")
for file in os.listdir("panel"):
    open(f"later/{file}", "wb").write(open(f"panel/{file}", "rb").read())

def said(words):
    run = subprocess.run([tenbin, *words], capture_output=True, check=False)
    out, err = (stream.decode("utf-8", "backslashreplace") for stream in (run.stdout, run.stderr))
    for stream in (out, err):
        if wrong := steers(stream):
            failed.append(f"tenbin {' '.join(words)}: {wrong}")
    return run.returncode, out + err

fit = ["fit", "panel", "-o", "p.fit", "--warmup", "60", "--draws", "50"]
code, out = said(fit)
assert code == 0 and "tiny?" in out, out
more = {"solve": ["--lever", "1", "--that", "burden:JPN:2035 >= 2 %"], "explain": ["--year", "2030"], "diff": ["-o", "d.csv"], "backtest": ["-o", "b.csv"], "brief": ["-o", "page.html"]}
help_text = subprocess.run([tenbin, "--help"], capture_output=True, check=True, text=True).stdout
verbs = re.findall(r"^  ([a-z]+) +\S", help_text[help_text.index("Subcommands"):help_text.index("Exit status")], re.M)
assert len(verbs) > 25, verbs
answered, showing = [], []
subjects = {"SCENARIOS": ["panel/scenario.toml", "panel/other.toml"], "SCENARIO": ["panel/scenario.toml"], "PANELS": ["panel", "later"], "PANEL": ["panel"]}
for verb in verbs:
    if verb in ("fit", "new", "import", "calibrate", "verify"):
        continue
    shown = subprocess.run([tenbin, verb, "--help"], capture_output=True, check=True, text=True).stdout
    subject = next((words for key, words in subjects.items() if re.search(rf"^  {key} ", shown, re.M)), ["panel/scenario.toml"] if "  FILE" in shown else [])
    words = [verb, *subject, *more.get(verb, [])]
    for flag, value in (("--posterior", "p.fit"), ("--futures", "100"), ("--out", "o.csv")):
        if re.search(rf"{flag}\b", shown) and flag != "--out" and not (flag == "--posterior" and verb == "diff"):
            words += [flag, value]
    if verb == "diff":
        words += ["--warmup", "60", "--draws", "50"]
    code, out = said(words)
    answered += [verb] if code in (0, 1) else []
    showing += [verb] if "?" in out else []
for words in (["new", "scenario", "mine.toml", "--panel", "panel"], ["verify", "page.html"], ["check", "no\x1b[31m.toml"], ["brief", "x\x1b]0;a\x07"],
              ["pl\x9ban", "x"], ["plan", "panel/scenario.toml", "--fu\x1b[1m", "3"]):
    code, out = said(words)
    showing += [words[0]] if "?" in out else []
print("answered:", *answered, "; with such a text:", *showing)
if len(answered) < 24 or len(showing) < 16:
    failed.append("too few verbs were tried")

# Data keep their bytes in a pipe, and are printable on a terminal.
def piped(words):
    return subprocess.run([tenbin, *words], capture_output=True, check=True).stdout
def on_terminal(words):
    shown = b""
    def read(descriptor):
        nonlocal shown
        data = os.read(descriptor, 1 << 16)
        shown += data
        return data
    quiet = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    pty.spawn([tenbin, *words], read, lambda _: b"")
    os.dup2(quiet, 1)
    return shown.decode("utf-8").replace("\r\n", "\n")
plan = ["plan", "panel/scenario.toml", "--quiet"]
subprocess.run([tenbin, *plan, "-o", "plan.csv"], capture_output=True, check=True)
whole = open("plan.csv", "rb").read()
assert ESCAPES.encode() in whole
if piped([*plan, "-o", "-"]) != whole:
    failed.append("a table in a pipe is not that of the file")
def texts(value):
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [value] if isinstance(value, str) else [text for part in parts for text in texts(part)]
if not any(ESCAPES + UNSEEN in text for text in texts(json.loads(piped([*plan, "--json"])))):
    failed.append("JSON has lost a character")
brief = ["brief", "panel/scenario.toml", "--posterior", "p.fit", "--futures", "100", "--plain", "--quiet", "-o", "-"]
for words in ([*plan, "-o", "-"], [*plan, "--json"], plan, brief):
    out = on_terminal(words)
    if "plan" in words and "w?" not in out and "\\u001b" not in out:
        failed.append(f"nothing was shown: {words}: {out}")
    if wrong := steers(out):
        failed.append(f"on a terminal: {' '.join(words)}: {wrong}")
print("\n".join(failed))
sys.exit(1 if failed else 0)
EOF
