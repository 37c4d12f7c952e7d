# SPDX-License-Identifier: Apache-2.0
"""Every question of the list, asked from the command line, C, Python and R: the same table, and the same words for the same
mistakes. Needs TENBIN, ASK (tests/ask.c), LIBRARY, SOURCE, WORK, the posteriors of posteriors_fixture.sh, and, for R, the
library of r_test.sh in R_LIBS."""
import csv
import io
import math
import os
import subprocess
import sys
from pathlib import Path

SOURCE, WORK = Path(os.environ["SOURCE"]), Path(os.environ["WORK"])
os.environ["TENBIN_LIBRARY"] = os.environ["LIBRARY"]
sys.path.insert(0, str(SOURCE / "python"))
import tenbin  # noqa: E402
from question_cases import CASES, NOT_HERE, base, east, few, needs_posterior, other, posterior, short, tiny  # noqa: E402

ARRAYS = {"panel", "posterior", "posterior_economy", "sample_stats", "sample_stats_economy"}
WRONG = [  # question, subjects, settings that are wrong
    *[(q, [base], {"futures": v}) for q in ("project", "burden", "balance", "responses") for v in ("0", "x", "-3", "1.5")],
    *[("explain", [base], s) for s in ({}, {"year": "1700"}, {"year": "2090"}, {"year": "1991"}, {"year": "2028", "state": "XXX"})],
    *[("solve", [other], s) for s in ({}, {"that": "burden"}, {"that": "burden:JPN:2032"}, {"that": "burden:XXX:2032 >= 2 %"},
                                      {"that": "burden:JPN:2032 >= 2 %", "lever": "7"}, {"that": "burden:JPN:2032 >= 2 %", "low": "9"},
                                      {"that": "burden:JPN:2032 >= 2 %", "find": "biggest"}, {"that": "x", "probability": "2"})],
    *[("races", [east], s) for s in ({"pair": "CHN"}, {"pair": "CHN,XXX"}, {"money": "gold"}, {"growth": "2"}, {"money": "nominal"})],
    *[("regret", [base, other], s) for s in ({}, {"regret": "most"}, {"regret": "best:cost:JPN:2030"}, {"regret": "most:cost:JPN:1990"})],
    ("compare", [base, other], {"state": "XXX"}), ("responses", [base], {"state": "jpx"}),
    ("loo", [tiny], {"without": "gravity"}), ("calibrate", [tiny], {"plant": "nothing"}), ("calibrate", [tiny], {"draws": "9"}),
    ("calibrate", [tiny], {"recover": "9"}), ("stability", [base], {"draws-judged": "3"}), ("check", ["/no/such/file"], {}),
    ("richardson", ["/no/such/file"], {}), ("export", ["/no/such/file"], {}), ("export", [base], {}), ("priors", [base], {}), ("gallery", [], {"findings": "bremer-allianc"}), ("gallery", [], {"findings": "no-such-file.toml"}), ("diff", [east, east], {"year": "2001", "figures-only": "1"}),
    ("register", [east], {"futures": "3"}), ("resolve", ["/no/such/file", east], {}), ("resolve", [str(SOURCE / "data/east-asia/milex.csv"), east], {}),
    ("backtest", [east], {"origins": "5:1"}), ("scores", [east], {"horizons": "0"}), ("medians", [east, east], {"futures": "3"}),
]


KEYS = {("solve", "value"), ("plan", "lever")}  # numbers that name a row beside its texts and whole numbers


def command(row, subjects, settings, *more):
    flags = [f"--{k}" if row_kind(k) == "flag" else f"--{k}={v}" for k, v in settings.items()]
    fitted = [f"--posterior={posterior}"] if needs_posterior(row) else []
    return subprocess.run([os.environ["TENBIN"], row["name"], *subjects, *flags, *fitted, "--quiet", *more], capture_output=True, text=True)


def subject_kind(row, place):
    """What the subject at a place is: of "file and panel" the first is a file."""
    if row["needs"] == "file" or (row["needs"].startswith("file") and place == 0):
        return "file"
    return "panel" if "panel" in row["needs"] else "scenario"


def over_c(row, subjects, settings):
    kinds = [subject_kind(row, k) for k in range(len(subjects))]
    words = [w for k, v in settings.items() for w in (f"--{k}", str(v))] + [w for pair in zip(kinds, subjects) for w in pair]
    fitted = ["posterior", posterior] if needs_posterior(row) else []
    return subprocess.run([os.environ["ASK"], row["name"], *words, *fitted], capture_output=True, text=True)


def over_python(row, subjects, settings):
    read = {"file": lambda s: s, "panel": tenbin.read_panel, "scenario": tenbin.read_scenario}
    objects = [read[subject_kind(row, k)](s) for k, s in enumerate(subjects)]
    fitted = tenbin.read_posterior(posterior, objects[0]) if needs_posterior(row) else None
    return tenbin.ask(row["name"], *objects, posterior=fitted, **{k.replace("-", "_"): v for k, v in settings.items()})


def r_text(value):
    return str(value) if isinstance(value, (int, float)) else '"' + str(value).replace('"', '\\"') + '"'


def r_lines(row, subjects, settings, out):
    """Lines of R that ask and write the table with every digit, or the words of the error."""
    read = {"file": "", "panel": "tb_panel", "scenario": "tb_scenario"}
    objects = [f"{read[subject_kind(row, k)]}({r_text(s)})" for k, s in enumerate(subjects)]
    given = ", ".join(f"`{k.replace('-', '_')}` = {r_text(v)}" for k, v in settings.items())
    fitted = f"posterior = tb_read_posterior({r_text(posterior)}, {objects[0]}), " if needs_posterior(row) else ""
    arguments = "".join(o + ", " for o in objects)
    return f'try_ask({r_text(out)}, function() tb_ask("{row["name"]}", {arguments}{fitted}settings = list({given}), progress = FALSE))\n'


R_HEAD = """suppressWarnings(library(tenbin))
try_ask <- function(out, ask) {
  answer <- suppressWarnings(tryCatch(ask(), tenbin_error = function(e) e))
  if (inherits(answer, "tenbin_error")) return(writeLines(conditionMessage(answer), out))
  for (name in names(answer)) if (is.double(answer[[name]])) answer[[name]] <- ifelse(is.na(answer[[name]]), "", sprintf("%.17g", answer[[name]]))
  utils::write.csv(answer, out, row.names = FALSE, na = "", fileEncoding = "UTF-8")
}
"""


def row_kind(name):
    return KINDS.get(name, "text")


def same_cell(a, b):
    if a == b:
        return True
    try:
        x, y = float(a or "nan"), float(b or "nan")
    except ValueError:
        return False
    return x == y or (math.isnan(x) and math.isnan(y))


def same_table(name, head, rows, other_head, other_rows, where):
    assert head == other_head, (name, where, head, other_head)
    assert len(rows) == len(other_rows), (name, where, len(rows), len(other_rows))
    for k, (a, b) in enumerate(zip(rows, other_rows)):
        assert all(same_cell(x, y) for x, y in zip(a, b)), (name, where, k, a, b)


def frame_rows(frame):
    columns = [["" if isinstance(v, float) and math.isnan(v) else repr(v) if isinstance(v, float) else str(v) for v in frame[c].tolist()] for c in frame]
    return list(frame), [list(r) for r in zip(*columns)]


def c_rows(text):
    columns = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    return [c[0] for c in columns], [["" if v in ("nan", "-nan") else v for v in r] for r in zip(*(c[1:] for c in columns))]


def cli_words(done):
    return sorted(line for line in done.stderr.splitlines() if line and not line.startswith(("warning:", "note:")))


def main():
    work = WORK / "questions"
    subprocess.run(["rm", "-rf", work], check=True)
    work.mkdir()
    rows = {r["name"]: r for r in tenbin.ask("questions").to_dict("records")}
    names = [n for n in rows if n not in ARRAYS and not n.startswith("(")]
    missing = [n for n in names if n not in CASES and n not in NOT_HERE]
    assert not missing, f"no case asks {missing}"
    script = R_HEAD
    for name, (subjects, settings) in CASES.items():
        script += r_lines(rows[name], subjects, settings, work / f"{name}.r.csv")
    for k, (name, subjects, settings) in enumerate(WRONG):
        script += r_lines(rows[name], subjects, settings, work / f"wrong{k}.r.txt")
    (work / "ask.R").write_text(script)
    has_r = bool(os.environ.get("R_LIBS"))
    if has_r:
        done = subprocess.run(["Rscript", "--vanilla", work / "ask.R"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
    for name, (subjects, settings) in CASES.items():
        row = rows[name]
        frame = over_python(row, subjects, settings)
        words = [c for c in frame if frame[c].dtype.kind in "Oiu" or (name, c) in KEYS]
        assert not frame[words].duplicated().any(), (name, words, frame[frame[words].duplicated(keep=False)].head())
        head, table = frame_rows(frame)
        done = command(row, subjects, settings, "-o", str(work / f"{name}.json"), "--json")
        assert done.returncode in (0, 1), (name, done.stderr)
        import json
        said = json.loads(done.stdout)
        assert said["question"] == name and json.loads((work / f"{name}.json").read_text()) == said, name
        cells = [["" if v is None else repr(v) if isinstance(v, float) else str(v) for v in r.values()] for r in said["rows"]]
        if name == "questions":  # the C interface adds its calls
            table = [r for r in table if r[0] in names]
        same_table(name, head, table, list(said["rows"][0]) if cells else head, cells, "command line")
        c = over_c(row, subjects, settings)
        assert c.returncode == 0, (name, c.stderr)
        c_head, c_table = c_rows(c.stdout)
        same_table(name, head, table, c_head, [r for r in c_table if name != "questions" or r[0] in names], "C")
        if has_r:
            r_head, *r_table = csv.reader(io.StringIO((work / f"{name}.r.csv").read_text()))
            same_table(name, head, table, r_head, [r for r in r_table if name != "questions" or r[0] in names], "R")
        print(f"{name}: {len(table)} rows")
    for k, (name, subjects, settings) in enumerate(WRONG):
        words = cli_words(command(rows[name], subjects, settings))
        c = over_c(rows[name], subjects, settings)
        assert words and sorted(c.stderr.splitlines()) == words, (name, settings, words, c.stderr)
        try:
            over_python(rows[name], subjects, settings)
            raise AssertionError((name, settings, "Python does not refuse it"))
        except tenbin.TenbinError as error:
            assert sorted(str(error).splitlines()) == words, (name, settings, words, str(error))
        if has_r:
            assert sorted((work / f"wrong{k}.r.txt").read_text().splitlines()) == words, (name, settings, words)
    print(f"{len(WRONG)} wrong calls get the same words everywhere")


KINDS = {r["name"]: r["kind"] for r in tenbin.ask("settings").to_dict("records")}
main()
