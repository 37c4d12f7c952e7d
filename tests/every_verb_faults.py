# SPDX-License-Identifier: Apache-2.0
"""Every verb while the system fails it: killed at a place, a call of the system that fails once or from a place on, memory that is
refused once or from a place on. The places are spread over the whole run of each verb (tests/faults.c counts them). After each: an
exit status that says what it was, every output under its final name the old one or the new one and all of one kind, exit 0 only with
the bytes and the words of the run without a fault, and nothing left beside. Needs TENBIN, SOURCE, WORK and the posteriors of
posteriors_fixture.sh; NIGHTLY=1 makes 1,000 kills, 2,000 failing calls and 2,000 refused allocations. `every_verb_faults.py VERB KIND:WHAT:AT` repeats one fault."""
import csv
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from question_cases import CASES, SOURCE, WORK, east, needs_posterior, posterior, tiny

NIGHTLY = bool(os.environ.get("NIGHTLY"))
TENBIN = os.environ["TENBIN"]
HOME = WORK / f"every-verb-faults{'-nightly' if NIGHTLY else ''}{os.environ.get('PART', '').replace('/', '-of-')}"
HERE = HOME / "run"  # where the verb runs
KINDS = ["read", "write", "open", "close", "fsync", "rename", "folder", "mkdir", "lock", "room", "stat", "memory"]
# Errors of the system that fit each kind of call, and the exit statuses that say so beside 0.
ERRORS = {"read": ("EIO", "ESTALE"), "write": ("ENOSPC", "EIO"), "open": ("EMFILE", "EACCES", "EIO", "ENOENT"), "close": ("EIO", "ENOSPC"),
          "fsync": ("EIO", "ENOSPC"), "rename": ("EIO", "EACCES"), "folder": ("EIO", "EACCES"), "mkdir": ("ENOSPC", "EACCES"), "lock": ("ENOLCK",),
          "room": ("ENOSPC", "EIO"), "stat": ("EIO", "EACCES")}
SAYS = {"read": {3, 4}, "write": {4}, "open": {3, 4}, "close": {3, 4}, "fsync": {4}, "rename": {4}, "folder": {3, 4}, "mkdir": {4}, "lock": {4}, "room": {4}, "stat": {3, 4}}
# The libraries whose lack of memory has a code or a crash of its own, by a case that calls them.
LIBRARIES = {"import": "libzip libexpat libz.so libc.so libcsv", "check": "libcsv libc.so", "brief": "libz.so", "verify": "libz.so", "fit": "libc.so",
             "export": "libnetcdf libhdf5_serial.so", "brief --xlsx --card": "libxlsxwriter libminizip librsvg libcairo.so libglib libfontconfig"}
# How many: kills, failing calls, refused allocations.
WANTED = (1000, 2000, 2000) if NIGHTLY else (40, 59, 95)
tiny_scenario, tiny_posterior = f"{tiny}/scenario.toml", str(WORK / "posteriors/tiny.fit")


@dataclass
class Case:
    """A verb, what it writes in HERE, and how HERE is before it."""
    name: str
    words: list
    outputs: list
    made: dict = field(default_factory=dict)  # what lies in HERE before: name -> file or folder that is copied
    resumes: bool = False  # the verb keeps what it did before it was killed, and goes on with --resume
    good: int = 0  # the exit status without a fault
    counts: dict = field(default_factory=dict)
    new: dict = field(default_factory=dict)  # what is written without a fault
    said: bytes = b""
    left: set = field(default_factory=set)  # the names in HERE after it


def table_of(question):
    """The rows of a question about nothing, each by its name."""
    text = subprocess.run([TENBIN, question, "-o", "-"], check=True, capture_output=True, text=True).stdout
    return {row["name"]: row for row in csv.DictReader(text.splitlines())}


def quick(settings):
    """The same settings, with as little work as the verb takes."""
    least = {"chains": 1, "warmup": 20, "draws": 20, "permutations": 20, "futures": 100}
    return {**settings, **{name: value for name, value in least.items() if name in settings}}


def question_cases(rows):
    """Each question on the smallest panel that it takes, with every output that it has."""
    fit = {"chains": 1, "warmup": 20, "draws": 20}
    smaller = {"project": ([tiny_scenario], {"futures": 100}), "burden": ([tiny_scenario], {"futures": 100}), "summary": ([tiny], {}),
               "stability": ([tiny_scenario], {"draws-judged": 50}), "medians": ([tiny, tiny], {**fit, "futures": 100}),
               "responses": ([tiny_scenario], {"futures": 100, "state": "CHN"}), "scores": ([tiny], {**fit, "origins": "2023", "horizons": "1", "futures": 100}),
               "backtest": ([tiny], {**fit, "origins": "2023", "horizons": "1", "futures": 100}), "diff": ([tiny, "later"], {**fit, "priors": "wide", "futures": 100}),
               "announcements": ([east], {**fit, "origins": "2022", "futures": 100}), "disputes": (["disputing"], {**fit, "train": "2014:2018", "test": "2020:2022", "whole": "2014:2024"}),
               "verify": (["page.html"], {}), "calibrate": ([tiny], {"sets": 20, "chains": 1, "warmup": 20, "draws": 100})}
    more = {"project": ["--keep=all.nc"], "compare": ["--plot=plot.svg"], "coverage": ["--plot=plot.svg"], "check": ["--plot=plot.svg"], "calibrate": ["--plot=plot.svg"],
            "diff": ["--medians=medians.csv"], "backtest": ["--page=page.html", "--scorecard=card.toml"], "announcements": ["--page=page.html"], "resolve": ["--page=page.html"],
            "gallery": ["--page=page.html", "--toml=all.toml"], "promises": ["--toml=all.toml"], "priors": ["--toml=all.toml"], "export": ["--netcdf=all.nc"],
            "register": ["--csv=all.csv"], "disputes": ["--model=model.toml"]}
    kinds = {name: row["kind"] for name, row in table_of("settings").items()}
    made = {"diff": {"later": tiny}, "disputes": {"disputing": HOME / "disputing"}, "verify": {"page.html": HOME / "page.html"}}
    cases = []
    for name, (subjects, settings) in {**{name: (subjects, quick(settings)) for name, (subjects, settings) in CASES.items()}, **smaller}.items():
        fitted = tiny_posterior if set(subjects) & {tiny, tiny_scenario} else posterior
        words = [name, *subjects, *(f"--{k}" if kinds[k] == "flag" else f"--{k}={v}" for k, v in settings.items()), *([f"--posterior={fitted}"] if needs_posterior(rows[name]) else []), "-o", "out.csv", *more.get(name, [])]
        outputs = ["out.csv"] + [word.split("=")[1] for word in more.get(name, [])]
        cases.append(Case(name, words, outputs, made.get(name, {}), resumes="resume" in rows[name]["settings"].split()))
    return cases


def other_cases():
    """The verbs that are no questions."""
    fit = ["--chains", "1", "--warmup", "20", "--draws", "20"]
    brief = ["brief", tiny_scenario, "--posterior", tiny_posterior, "--futures", "100", "-o", "out.html"]
    cases = [
        Case("fit", ["fit", tiny, *fit, "-o", "out.fit"], ["out.fit"], resumes=True),
        Case("brief", brief, ["out.html"]),
        Case("brief --plain", [*brief, "--plain"], ["out.html"]),
        Case("brief --xlsx --card", [*brief, "--plain", "--xlsx", "out.xlsx", "--card", "out.png"], ["out.html", "out.xlsx", "out.png"]),
        Case("new panel", ["new", "panel", "panel"], ["panel"]),
        Case("new scenario", ["new", "scenario", "mine.toml", "--panel", tiny], ["mine.toml", "mine-example.toml"]),
        Case("new priors", ["new", "priors", "mine.toml", "--panel", tiny, "--world", "../world", *fit], ["mine.toml"]),
        Case("import", ["import", "sipri", "downloads/SIPRI-Milex-data-1949-2024.xlsx", "-o", "panel"], ["panel"])]
    for source, file in IMPORTED.items():
        cases.append(Case(f"import {source} over", ["import", source, str(file), "-o", "panel", *(["--add-states"] if source == "dyad-years" else [])], ["panel"], {"panel": HOME / "before"}))
    for case in cases:
        if case.words[0] == "import":
            case.words[2] = str(HOME / case.words[2])
    return cases


IMPORTED = {"sipri": HOME / "downloads/SIPRI-Milex-data-1949-2025.xlsx", "world-bank": HOME / "downloads/API_MS.MIL.TOTL.P1_DS2_en_csv_v2.zip",
            "nmc": HOME / "downloads/NMC-70-abridged.zip", "cow-disputes": HOME / "downloads/dyadic_mid_4.03.csv", "cow-alliances": HOME / "downloads/alliance_v4.1_by_directed.csv",
            "atop": HOME / "downloads/atop5_1ddyr.csv", "rivalries": HOME / "downloads/tss_rivalries.csv", "vdem": HOME / "downloads/V-Dem-CY-Core_csv_v16.zip",
            "dyad-years": HOME / "downloads/dyad-years.csv", "troopdata": SOURCE / "fuzz/seeds/troopdata/a", "warheads": SOURCE / "fuzz/seeds/warheads/a"}


def content(path):
    """The bytes of a file, or the names and bytes of a folder's files; None where there is none."""
    if path.is_dir():
        return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file() and not p.name.endswith(".part")}
    return path.read_bytes() if path.exists() else None


def put_before(case):
    """HERE as it is before the verb: its inputs, and an older file under the name of each output that may be there."""
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir(parents=True)
    for name, source in case.made.items():
        (shutil.copytree if Path(source).is_dir() else shutil.copy)(source, HERE / name)
    if case.words[0] not in ("new", "import"):
        for name in case.outputs:
            (HERE / name).write_text(f"old {name}")


def start(case, fault="", more=()):
    """The verb with a fault. Every third place is tried with two threads, which change no output."""
    environment = {**os.environ, "LD_PRELOAD": str(HOME / "faults.so"), "FAULT": fault, "FAULT_COUNT": str(HOME / "counts"), "MALLOC_ARENA_MAX": "1"}
    threads = [] if case.words[0] in ("new", "import") and case.words[1] != "priors" else [f"--threads={2 if fault and int(fault.split(':')[2].rstrip('+')) % 3 == 0 else 1}", "--quiet"]
    return subprocess.Popen([TENBIN, *case.words, *threads, *more], cwd=HERE, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def run(case, fault="", more=()):
    """Exit status, what stands on standard output and on standard error."""
    process = start(case, fault, more)
    try:
        out, said = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "no end", b"", b""
    return process.returncode, out, said


def counted():
    """How many calls failed, and the calls of each kind."""
    numbers = (HOME / "counts").read_bytes()
    numbers = [int.from_bytes(numbers[k:k + 8], "little") for k in range(0, len(numbers), 8)]
    return numbers[1], dict(zip(KINDS, numbers[2:]))


def prepare(case):
    """Runs the verb without a fault: what it writes and says, and its calls of each kind."""
    put_before(case)
    old = {name: content(HERE / name) for name in case.outputs}
    case.good, case.said, words = run(case)
    assert case.good in (0, 1), (case.name, case.good, words.decode())
    _, case.counts = counted()
    case.new = {name: content(HERE / name) for name in case.outputs}
    for name in case.outputs:
        assert case.new[name] and case.new[name] != old[name], (case.name, name, "is not written")
    case.left = set(os.listdir(HERE))


def states_of(case, old):
    """Of each output: old, new, gone or part of one."""
    def state(name):
        now = content(HERE / name)
        return "gone" if now is None else "new" if now == case.new[name] else "old" if now == old[name] else "part"
    return [state(name) for name in case.outputs]


def is_kept_aside(old, name, said):
    """Where no file can take a name any more, the old one cannot take its own again: then the words say where it is."""
    return any(p.name.encode() in said and p.read_bytes() == old[name] for p in HERE.glob("*.part"))


def left_beside(case, kind, fault, said):
    """What a run that was not killed left, beside what may be left: an old file whose place the words tell; what a fit
    did, with which the same command goes on; and a folder that cannot be emptied since there is no memory or no list of it any more, which later runs remove."""
    left = {str(p.relative_to(HERE)) for p in HERE.rglob("*.part")} | {name for name in os.listdir(HERE) if name not in case.left and name not in case.made}
    told = {name for name in left if name.encode() in said or (case.resumes and name.startswith(f"{case.outputs[0]}.checkpoint"))}
    folders = {name for name in left if kind in ("memory", "folder", "open") and "+" in fault and (HERE / name.split("/")[0]).is_dir() and name.startswith(".")}
    return sorted(left - told - folders)


def allowed(case, kind, what):
    """Exit statuses that fit a fault; that of the run without a fault fits where nothing is changed by the fault."""
    if what == "KILL":
        return {-signal.SIGKILL, case.good}
    if kind == "memory":
        return {6, case.good}
    return SAYS[kind] | {case.good}


def faults_of(case, old, fault, status, out, said):
    """What is wrong after a fault."""
    kind, what, _ = fault.split(":", 2)
    if (HERE / "panel/.commit").exists():  # "The panel is in between; tenbin check finishes the change"
        subprocess.run([TENBIN, "check", "panel"], cwd=HERE, check=True, capture_output=True)
        between = True
    else:
        between = False
    states = states_of(case, old)
    kept = [name for name, state in zip(case.outputs, states) if state == "gone" and old[name] and "+" in fault and is_kept_aside(old, name, said)]
    wrong = []
    if status not in allowed(case, kind, what):
        wrong.append(f"exit {status}")
    if "part" in states or len({s for s in states if s != "gone"}) > 1:
        wrong.append(f"outputs are {states}")
    if status != -signal.SIGKILL and any(s == "gone" and old[n] is not None and n not in kept for n, s in zip(case.outputs, states)):
        wrong.append(f"outputs are {states}")
    if status == case.good and (set(states) != {"new"} or out != case.said):
        wrong.append(f"exit {status}, outputs are {states}{'' if out == case.said else ', and it says something else'}")
    if status in (3, 4) and "new" in states and not between:
        wrong.append(f"exit {status}, outputs are {states}")
    if status not in (case.good, -signal.SIGKILL) and not said.strip():
        wrong.append("no words")
    if status != -signal.SIGKILL:
        left = left_beside(case, kind, fault, said)
        wrong += [f"left: {left}"] if left else []
    return wrong


def goes_on(case):
    """What is wrong with the same command after a kill."""
    kept = case.resumes and any(".checkpoint" in name for name in os.listdir(HERE))
    if case.words[:2] == ["new", "panel"] and (HERE / "panel").exists():
        return []  # as it should, it says that the panel is there
    if case.words[0] == "new" and any((HERE / name).exists() for name in case.outputs):
        return []
    status, out, said = run(case, more=["--resume"] if kept else [])
    same = out == case.said or case.words[0] == "import"  # which tells what is new
    good = status == case.good and same and all(content(HERE / name) == case.new[name] for name in case.outputs)
    return [] if good else [f"the same command again: exit {status}: {said.decode(errors='replace').strip()[-200:]}"]


def attempt(case, fault):
    """One fault. Whether it came to it, and what is wrong then."""
    put_before(case)
    old = {name: content(HERE / name) for name in case.outputs}
    status, out, said = run(case, fault)
    happened, _ = counted()
    if not happened:
        return False, [], said
    wrong = faults_of(case, old, fault, status, out, said)
    if not wrong and (status == -signal.SIGKILL or (case.resumes and status != case.good and list(HERE.glob("*.checkpoint*")))):
        wrong = goes_on(case)
    return True, wrong, said


def places(count, number, chance):
    """At most `number` places from 1 to `count`, spread over all of them."""
    return sorted({1 + min(count - 1, int((k + chance.random()) * count / number)) for k in range(number)}) if count else []


def kills_of(case, number, chance):
    calls = [(kind, at) for kind in KINDS[:-1] for at in range(1, case.counts[kind] + 1) if kind not in ("stat", "lock")]
    at_calls = chance.sample(calls, min(len(calls), number // 2))
    writing = [(kind, at) for kind, at in calls if kind in ("rename", "fsync", "mkdir", "write", "room")]
    at_calls = list(dict.fromkeys(chance.sample(writing, min(len(writing), number // 2)) + at_calls))[:number // 2]
    anywhere = [("memory", at) for at in places(case.counts["memory"], number - len(at_calls), chance)]
    return [f"{kind}:KILL:{at}" for kind, at in at_calls + anywhere]


def errors_of(case, number, chance):
    """Faults of every kind of call that the verb makes, by turns."""
    by_kind = []
    for kind, names in ERRORS.items():
        faults = [f"{kind}:{getattr(errno, name)}:{at}{sign}" for at in range(1, case.counts[kind] + 1) for name in names for sign in ("", "+")]
        chance.shuffle(faults)
        by_kind.append(faults)
    turns = [fault for turn in range(max(map(len, by_kind))) for faults in by_kind for fault in faults[turn:turn + 1]]
    return turns[:number]


def refusals_of(case, number, chance):
    return [f"memory:{errno.ENOMEM}:{at}{'+' if k % 2 else ''}" for k, at in enumerate(places(case.counts["memory"], number, chance))]


def libraries(cases):
    """Memory that is refused to the libraries that the program calls: their own errors are not taken for those of a file."""
    wrong, tried = 0, 0
    for name, of in LIBRARIES.items():
        case = next(c for c in cases if c.name == name)
        for library in of.split():
            for at in ("1", "3+", *(("1+", "2", "4", "7", "20", "50") if NIGHTLY else ())):
                happened, faults, said = attempt(case, f"memory:{errno.ENOMEM}:{at}:{library}")
                assert happened or at != "1", f"{name} allocates nothing in {library}"
                tried += happened
                wrong += report(case, f"memory:{errno.ENOMEM}:{at}:{library}", faults, said)
    return wrong, tried


def report(case, fault, wrong, said):
    """1 where something is wrong."""
    if wrong:
        print(f"{case.name}: {fault}: {'; '.join(wrong)}: {said.decode(errors='replace').strip()[-300:]}", flush=True)
    return bool(wrong)


def two_imports(number, chance):
    """An import that is killed while another one runs: the panel is what one of them, or one after the other, makes of it."""
    first, second = (Case(f"import {s}", ["import", s, str(IMPORTED[s]), "-o", "panel"], ["panel"], {"panel": HOME / "before"}) for s in ("sipri", "world-bank"))
    good = {}
    for order in ([first], [second], [first, second], [second, first]):
        put_before(first)
        for case in order:
            assert run(case)[0] == 0, case.name
            first.counts = counted()[1] if case is first else first.counts
        good["".join("12"[case is second] for case in order)] = content(HERE / "panel")
    seen, wrong = {}, []
    for fault in kills_of(first, number, chance):
        put_before(first)
        killed = start(first, fault)
        time.sleep(chance.uniform(0, 0.15))
        whole = subprocess.Popen([TENBIN, *second.words], cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        killed.communicate()
        words = whole.communicate()[1]
        now = content(HERE / "panel")
        order = next((name for name, panel in good.items() if panel == now), "mixed")
        seen[order] = seen.get(order, 0) + 1
        if whole.returncode != 0 or order not in ("2", "12", "21") or killed.returncode not in (0, -signal.SIGKILL) or (killed.returncode == 0 and order == "2"):
            wrong.append(f"two imports at once, {fault}: exit {killed.returncode} and {whole.returncode}, the panel is {order}: {words.decode()[-200:]}")
    return seen, wrong


def make_inputs():
    """A panel with disputes, a page, the makers' files and a panel of one import."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", HOME / "faults.so", SOURCE / "tests/faults.c", "-ldl"], check=True)
    subprocess.run([sys.executable, SOURCE / "tests/maker_files.py", HOME / "downloads"], check=True)
    call = lambda *words: subprocess.run([TENBIN, *words], cwd=HOME, check=True, capture_output=True)
    call("import", "sipri", "downloads/SIPRI-Milex-data-1949-2024.xlsx", "-o", "before")
    call("brief", tiny_scenario, "--posterior", tiny_posterior, "--futures", "100", "-o", "page.html")
    make_disputing()
    make_world()


def make_disputing():
    """A small panel with disputes of many years."""
    shutil.copytree(tiny, HOME / "disputing")
    onsets = [f"{pair},{year},{4 + (year + k) % 2},{(year + k) % 3}" for k, pair in enumerate(("CHN,JPN", "CHN,USA", "JPN,PRK", "PRK,USA", "CHN,PRK")) for year in range(2014 + k % 2, 2026, 2 + k % 3)]
    regime = [f"{state},{year},{value}" for state, value in (("CHN", 0.1), ("JPN", 0.8), ("PRK", 0.02), ("USA", 0.85)) for year in range(2013, 2026)]
    for name, head, rows in (("disputes", "state_a,state_b,year,hostility_level,fatality_level", onsets), ("regime", "state,year,democracy", regime),
                             ("contiguity", "state_a,state_b,type,start,end", ["CHN,JPN,5,1900,", "JPN,PRK,5,1948,", "CHN,PRK,1,1948,"]), ("majors", "state,start,end", ["USA,1898,", "CHN,1950,"])):
        (HOME / f"disputing/{name}.csv").write_text("\n".join([head, *rows]) + "\n")


def make_world():
    """A panel of many states, whose figures are Japan's of the small panel, moved a little."""
    (HOME / "world").mkdir()
    ids = [f"W{k:02}" for k in range(40)]
    japan = [line.split(",") for line in Path(tiny, "milex.csv").read_text().splitlines() if line.startswith("JPN")]
    (HOME / "world/panel.toml").write_text(Path(tiny, "panel.toml").read_text().replace("tiny", "world"))
    (HOME / "world/states.csv").write_text("state,name,entered\n" + "".join(f"{state},State {state},1900\n" for state in ids))
    (HOME / "world/milex.csv").write_text("state,year,milex,burden,kind,source\n" + "".join(
        f"{state},{year},{float(milex) * (1 + k / 50 + 0.02 * ((int(year) * (k + 3)) % 7)):.6g},{float(burden) * (1 + k / 90):.6g},reported,made up\n"
        for k, state in enumerate(ids) for _, year, milex, burden, *_ in japan))


def all_cases():
    rows = table_of("questions")
    cases = question_cases(rows) + other_cases()
    missing = [name for name in rows if name not in {case.words[0] for case in cases}]
    assert not missing, f"no case runs {missing}"
    verbs = subprocess.run([TENBIN, "--help"], check=True, capture_output=True, text=True).stdout.split("Subcommands:")[1].split("\n\n")[0]
    missing = [line.split()[0] for line in verbs.strip().splitlines() if line.split()[0] not in {case.words[0] for case in cases}]
    assert not missing, f"no case runs {missing}"
    return cases


def main():
    make_inputs()
    chance = random.Random(27)
    cases = all_cases()
    if len(sys.argv) > 1:
        case = next(c for c in cases if c.name == sys.argv[1])
        prepare(case)
        print(case.counts)
        for fault in sys.argv[2:]:
            print(fault, *attempt(case, fault)[1:])
        return 0
    part, parts = map(int, os.environ.get("PART", "1/1").split("/"))  # several machines, or cores, share the cases
    for case in cases:
        prepare(case)
    failed, of_libraries = libraries(cases) if part == 1 else (0, 0)
    table, sums = [("libraries", 0, 0, of_libraries)], [0, 0, of_libraries]
    cases = cases[part - 1::parts]
    wanted_of = [number // parts for number in WANTED]
    for place, case in enumerate(cases):
        row = []
        for what, faults in enumerate((kills_of, errors_of, refusals_of)):
            tried, left = 0, len(cases) - place
            wanted = -(-(wanted_of[what] - sums[what]) // left) if wanted_of[what] > sums[what] else 0
            for fault in faults(case, wanted, chance):
                happened, wrong, said = attempt(case, fault)
                tried += happened
                failed += report(case, fault, wrong, said)
            row.append(tried)
            sums[what] += tried
        table.append((case.name, *row))
    seen, wrong = two_imports((60 if NIGHTLY else 6) // parts, chance)
    print(*wrong, sep="\n")
    failed += len(wrong)
    print(f"{'':30}  kills  faults  allocations")
    for name, *row in [*table, ("two imports at once", sum(seen.values()), 0, 0), ("all", sums[0] + sum(seen.values()), *sums[1:])]:
        print(f"{name:30} {row[0]:6} {row[1]:7} {row[2]:12}")
    print(f"two imports at once end as {seen}; {failed} of all are wrong")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
