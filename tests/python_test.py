# SPDX-License-Identifier: Apache-2.0
"""Python gives the bits and the words of the command line, copies nothing, hears Ctrl-C, and does not crash. Needs
TENBIN, SOURCE, WORK, and the package on PYTHONPATH."""
import copy
import csv
import gc
import hashlib
import io
import math
import os
import pickle
import shutil
import signal
import struct
import subprocess
import sys
import textwrap
import threading
import time
import types
import warnings
from pathlib import Path

import numpy as np
import pandas

import tenbin

PROGRAM, SOURCE, WORK = os.environ["TENBIN"], Path(os.environ["SOURCE"]), Path(os.environ["WORK"]) / "python"
shutil.rmtree(WORK, ignore_errors=True)
WORK.mkdir()
os.chdir(WORK)
ANNOUNCED = SOURCE / "scenarios" / "japan-announced.toml"
EAST_ASIA = SOURCE / "data" / "east-asia"


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)


def refused(call, kind):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was expected")


def resident_mb():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def digest_of_csv(path, states, years):
    """SHA-256 of the quantiles in a CSV of `tenbin project --digits 17`, by our own reading of what the digest is of."""
    levels = ["q05", "q10", "q25", "q50", "q75", "q90", "q95"]
    with open(path, newline="") as file:
        rows = {(r["quantity"], int(r["year"]), r["state"]): r for r in csv.DictReader(file)}
    digest = hashlib.sha256()
    for quantity in ("burden", "milex"):
        for year in years:
            for state in states:
                row = rows.get((quantity, int(year), state))
                for level in levels:
                    value = float(row[level]) if row and row[level] else math.nan
                    digest.update(struct.pack("<d", value))
    return digest.hexdigest()


def test_the_same_bits():
    fit = run("fit", EAST_ASIA, "-o", "fit.fit", "--quiet", "--draws", 200, "--warmup", 100)
    assert fit.returncode == 0, fit.stderr
    out = run("project", ANNOUNCED, "-o", "futures.csv", "--posterior", "fit.fit", "--digits", 17)
    scenario = tenbin.read_scenario(ANNOUNCED)
    fitted = tenbin.fit(scenario, draws=200, warmup=100, threads=1)
    read = tenbin.read_posterior("fit.fit", scenario)
    for name in read:
        assert np.array_equal(fitted[name], read[name]), name
    one, two = tenbin.project(scenario, fitted, threads=1), tenbin.project(scenario, read, threads=2)
    said = out.stdout.split("quantiles ")[1].strip()
    assert said == one.digest == two.digest == digest_of_csv("futures.csv", one.states, one.years)
    own = hashlib.sha256(one.burden_quantile.tobytes() + one.milex_quantile.tobytes()).hexdigest()
    assert own == said
    for words, call in [("ends in .fit", lambda: fitted.save("again.csv")), ("tenbin export NAME.fit", lambda: fitted.save("again.nc")),
                        ("ends in .nc", lambda: fitted.export("again.fit")),
                        ("ends in .html", lambda: tenbin.brief(scenario, "page.pdf", fitted)),
                        ("2 were read", lambda: tenbin.project([scenario, scenario], fitted))]:
        assert words in str(refused(call, tenbin.UsageError)), words
    assert not any(os.path.exists(name) for name in ("again.csv", "again.nc", "again.fit", "page.pdf"))
    fitted.save("again.fit")
    assert Path("again.fit").read_bytes() == Path("fit.fit").read_bytes()
    fitted.export("one.nc")
    assert run("export", "again.fit", "-o", "two.nc").returncode == 0
    listed = tenbin.export("again.fit", netcdf="three.nc")
    assert Path("one.nc").read_bytes() == Path("two.nc").read_bytes() == Path("three.nc").read_bytes()
    assert list(listed[listed.group == "posterior"].name) == [name for name in fitted if name not in ("state", "year", "chain", "draw")]
    assert "never read" in str(refused(lambda: tenbin.read_posterior("one.nc", scenario), tenbin.InputRefused))
    third = run("project", ANNOUNCED, "-o", "again.csv", "--posterior", "again.fit", "--digits", 17)
    assert third.stdout.split("quantiles ")[1].strip() == said
    frame = pandas.read_csv("futures.csv", float_precision="round_trip").drop(columns="scenario")
    pandas.testing.assert_frame_equal(frame, one.to_frame(), check_dtype=False, check_exact=True)


def test_the_same_words():
    scenario = tenbin.read_scenario(ANNOUNCED)
    panel = tenbin.read_panel(EAST_ASIA)
    Path("wrong.toml").write_text('format = 1\nname = "x"\nextends = "nowhere.toml"\nstart = "soon"\n')
    wide = {"priors": "nowhere.toml"}
    cases = [
        (["fit", EAST_ASIA, "-o", "x.fit", "--chains", 0, "--draws", "many", "--accept", 2, "--terms", "stndard"], tenbin.UsageError,
         lambda: tenbin.fit(scenario, chains=0, draws="many", accept=2, terms="stndard")),
        (["fit", EAST_ASIA, "-o", "x.fit", "--without", "rivalry"], tenbin.UsageError, lambda: tenbin.fit(panel, without="rivalry")),
        (["fit", EAST_ASIA, "-o", "x.fit", "--leave-out", "JPX,CHN,XXX"], tenbin.UsageError,
         lambda: tenbin.fit(panel, leave_out=["JPX", "CHN", "XXX"])),
        (["fit", EAST_ASIA, "-o", "x.fit", "--priors", "nowhere.toml"], tenbin.InputRefused, lambda: tenbin.fit(panel, **wide)),
        (["project", "wrong.toml", "-o", "x.csv"], tenbin.InputRefused, lambda: tenbin.read_scenario("wrong.toml")),
        (["project", ANNOUNCED, "-o", "x.csv", "--futures", -1], tenbin.UsageError, lambda: tenbin.project(scenario, futures=-1)),
        (["project", ANNOUNCED, "-o", "x.csv", "--posterior", "wrong.toml"], tenbin.InputRefused,
         lambda: tenbin.read_posterior("wrong.toml", scenario)),
        (["races", EAST_ASIA, "--pair", "CHN,JPX"], tenbin.UsageError, lambda: tenbin.races(panel, pair="CHN,JPX")),
        (["races", EAST_ASIA, "--money", "rael", "--years", 99], tenbin.UsageError, lambda: tenbin.races(panel, money="rael", years=99)),
        (["backtest", EAST_ASIA, "-o", "x.csv", "--origins", "1700"], tenbin.UsageError, lambda: tenbin.scores(panel, origins=1700)),
        (["import", "sipri", "no.xlsx", "-o", "p"], tenbin.InputRefused, lambda: tenbin.import_published("sipri", "no.xlsx", "p")),
        (["import", "sirpi", "no.xlsx", "-o", "p"], tenbin.UsageError, lambda: tenbin.import_published("sirpi", "no.xlsx", "p")),
    ]
    for arguments, kind, call in cases:
        said = run(*arguments)
        error = refused(call, kind)
        lines = [line for line in said.stderr.splitlines() if not line.startswith("note: ") and " on the input; " not in line]
        lines = [line.removeprefix("--posterior ") for line in lines]  # read_posterior() has no flag to name
        assert lines == str(error).splitlines(), (arguments, lines, str(error))
        assert said.returncode == (2 if kind is tenbin.UsageError else 3), (arguments, said.returncode)
        assert error.problems and all(p.where and p.what for p in error.problems)
    error = refused(lambda: tenbin.races(panel, year=2030, pair="CHN,JPN"), tenbin.UsageError)  # meant years
    assert "--year: is no setting of this. Settings: threads, pair, money, until, growth, years, wars." == str(error)
    refused(lambda: tenbin.scores(panel, leave_out="JPN"), tenbin.UsageError)
    assert "Did you mean \"chains\"" in str(refused(lambda: tenbin.fit(scenario, chans=4), tenbin.UsageError))
    refused(lambda: tenbin.brief(scenario, "/no/such/folder/x.html", draws=20, warmup=20, futures=50), tenbin.OutputError)


def test_nothing_is_copied():
    scenario = tenbin.read_scenario(ANNOUNCED)
    posterior = tenbin.fit(scenario, draws=100, warmup=60)
    before = resident_mb()
    futures = tenbin.project(scenario, posterior, keep=True, futures=60_000)
    size = (futures.milex.nbytes + futures.burden.nbytes + futures.dispute.nbytes) / 2**20
    assert size > 300 and resident_mb() - before < size + 60, (size, resident_mb() - before)
    assert not futures.milex.flags.owndata and not futures.milex.flags.writeable
    milex = futures.milex[3]
    del futures, posterior, scenario
    assert resident_mb() - before > 100, "the array keeps its result open"
    assert np.isfinite(milex[milex == milex]).all() and milex.shape == (16, 60_000)
    del milex
    assert resident_mb() - before < 60, "and lets it go at once, without a collector"


def test_threads_do_not_meet():
    scenario = tenbin.read_scenario(ANNOUNCED)
    digests = []

    def work():
        posterior = tenbin.fit(scenario, draws=50, warmup=60, threads=1, progress=False)
        posterior.save(f"thread-{threading.get_ident()}.fit")  # the files' library is not safe by itself
        digests.append(tenbin.project(scenario, posterior, futures=300, progress=False).digest)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(digests) == 4 and len(set(digests)) == 1, digests


def test_ctrl_c_is_heard():
    code = textwrap.dedent(f"""
        import tenbin
        panel = tenbin.read_panel({str(EAST_ASIA)!r})
        print("begun", flush=True)
        try:
            tenbin.fit(panel, draws=200_000, progress=False)
        except KeyboardInterrupt:
            print("heard", flush=True)
    """)
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "begun\n"
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    assert child.communicate(timeout=120)[0] == "heard\n" and child.returncode == 0


def test_work_ends_before_ctrl_c_is_told():
    from tenbin._watch import watched

    ended = []

    def deaf(_observer):
        time.sleep(1)
        ended.append(True)

    for times, gap in [(1, 0), (2, 0.005), (5, 0.003), (4, 0.1)]:  # the third of them came through the wait for the end

        def interrupt():
            for _ in range(times):
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(gap)

        ended.clear()
        threading.Timer(0.3, interrupt).start()
        try:
            watched("waiting", False, deaf)
        except KeyboardInterrupt:
            assert ended, f"after {times} the interruption was told while the work went on"
        else:
            raise AssertionError("Ctrl-C was not heard")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    # a handler of the program's own that raises, more than once
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))

    def terminate():
        for _ in range(3):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.05)

    ended.clear()
    threading.Timer(0.3, terminate).start()
    try:
        watched("waiting", False, deaf)
    except SystemExit:
        assert ended, "the program's own handler left the work behind"
    finally:
        signal.signal(signal.SIGTERM, before)


def test_ctrl_c_as_often_as_it_comes():
    """Two within 10 ms ended in an abort: the first was raised, the second while Python waited for the thread or ended."""
    code = textwrap.dedent(f"""
        import sys, threading, tenbin
        panel = tenbin.read_panel({str(EAST_ASIA)!r})
        print("begun", flush=True)
        try:
            tenbin.fit(panel, draws=200_000, progress=False)
        except KeyboardInterrupt:
            print("heard", flush=True)
    """)
    for gap, times in [(0, 2), (0.002, 2), (0.01, 2), (0.003, 8), (0.05, 4), (0.005, 2)]:
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert child.stdout.readline() == "begun\n"
        time.sleep(0.2)
        for _ in range(times):
            child.send_signal(signal.SIGINT)
            time.sleep(gap)
        out, err = child.communicate(timeout=120)
        # one that comes after the work has ended is Python's own
        assert child.returncode in (0, 1, -signal.SIGINT), (gap, times, child.returncode, err)
        assert "exception not rethrown" not in err and (out == "heard\n" or "KeyboardInterrupt" in err), (gap, times, out, err)


def test_python_ends_while_a_thread_works():
    code = textwrap.dedent(f"""
        import threading, time, tenbin
        panel = tenbin.read_panel({str(EAST_ASIA)!r})
        work = lambda: tenbin.fit(panel, draws=200_000, progress=False)
        threading.Thread(target=work, daemon=True).start()
        class Slow:  # the end of Python takes a while
            def __del__(self, sleep=time.sleep):
                sleep(2)
        slow = Slow()
        time.sleep(1)
        print("ends", flush=True)
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and done.stdout == "ends\n" and "rethrown" not in done.stderr, (done.returncode, done.stderr)


def test_what_an_observer_does():
    from tenbin._library import Study, encoded

    study = Study({"draws": 2000, "warmup": 100, "threads": 2})
    study.call("read_panel", encoded(str(EAST_ASIA)))
    said = []

    def calls_its_own(part, _context):
        try:
            study.call("set", b"chains", b"2")
        except tenbin.UsageError as error:
            said.append(error)
        return 0

    try:
        study.call("fit", calls_its_own, None)
        raise AssertionError("the observer said no")
    except KeyboardInterrupt:
        pass
    assert said and "an observer calls the study whose work it observes" in str(said[0]), said
    assert said[0].problems[0].where == "study"

    class Mine(Exception):
        pass

    def fails(part, _context):
        raise Mine("of the observer")

    assert "of the observer" in str(refused(lambda: study.call("fit", fails, None), Mine))
    # as progress
    parts = []
    tenbin.fit(tenbin.read_panel(EAST_ASIA), draws=400, warmup=200, progress=parts.append)
    assert all(0 <= p <= 1 for p in parts) and parts == sorted(parts)

    def progress(_part):
        raise Mine("of the progress")

    assert "of the progress" in str(refused(lambda: tenbin.fit(EAST_ASIA, draws=20_000, progress=progress), Mine))
    study.call("set", b"chains", b"2")  # the study is as it was


def test_use_after_close():
    from tenbin._library import library

    study = library.tenbin_open()
    library.tenbin_close(study)
    assert library.tenbin_set(study, b"chains", b"2") == 2
    assert library.tenbin_problem_count(study) == 1
    assert library.tenbin_problem(study, 0, 0) == b"study: it is closed, or was never opened. Open another one."
    assert library.tenbin_problem(study, 0, 4) == b"refuse" and library.tenbin_problem(study, 1, 0) is None
    library.tenbin_close(study)
    other = library.tenbin_open()
    assert other != study and library.tenbin_set(other, b"chains", b"2") == 0
    library.tenbin_close(study)  # the closed one's handle is no other's
    assert library.tenbin_set(other, b"chains", b"3") == 0
    import ctypes

    place = ctypes.c_void_p()
    assert library.tenbin_ask(other, b"settings", ctypes.cast(None, library.tenbin_ask.argtypes[2]), None, ctypes.byref(place)) == 0
    assert library.tenbin_array_count(place) > 0
    library.tenbin_close_result(place)
    assert library.tenbin_array_count(place) == 0 and library.tenbin_attribute(place, b"text") is None
    library.tenbin_close_result(place)
    for made_up in (1, 4096, 2**63 + 16):
        assert library.tenbin_set(made_up, b"chains", b"2") == 2
        library.tenbin_close(made_up)
        library.tenbin_close_result(made_up)
    library.tenbin_close(other)


def test_closed_while_it_works():
    from tenbin._library import Study, encoded, library

    study = Study({"draws": 200_000})
    study.call("read_panel", encoded(str(EAST_ASIA)))

    def closes(part, _context):
        library.tenbin_close(study._owner.address)
        return 0

    try:
        study.call("fit", closes, None)
        raise AssertionError("the observer said no")
    except tenbin.UsageError as error:  # it cannot be asked what was wrong
        assert "closed" in str(error)
    except KeyboardInterrupt:
        pass


def test_fork_while_another_thread_works():
    """A child of a fork uses the library at once, however busy the parent's threads were."""
    code = textwrap.dedent(f"""
        import os, sys, threading, time
        import tenbin
        from tenbin._library import Study, encoded
        panel = tenbin.read_panel({str(EAST_ASIA)!r})
        posterior = tenbin.fit(panel, draws=50, warmup=50, progress=False)
        posterior.save("forked.fit")
        shared = Study({{"draws": 200_000}})
        shared.call("read_panel", encoded({str(EAST_ASIA)!r}))
        stop = False
        def read():
            while not stop:
                tenbin.read_posterior("forked.fit", panel)
        def write():
            k = 0
            while not stop:
                posterior.save("forked-2.fit")
        def fit():
            try:
                shared.call("fit", lambda part, _: not stop, None)
            except KeyboardInterrupt:
                pass
        threads = [threading.Thread(target=work) for work in (read, write, fit)]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        wrong = 0
        for k in range(12):
            child = os.fork()
            if child == 0:
                try:
                    tenbin.read_panel({str(EAST_ASIA)!r})
                    tenbin.burden({str(ANNOUNCED)!r}, posterior, futures=50)
                    try:
                        shared.call("set", b"chains", b"2")
                        os._exit(3)
                    except tenbin.UsageError as error:
                        if "forked" not in str(error):
                            os._exit(4)
                    try:
                        posterior.save(f"forked-{{k + 10}}.fit")
                    except (tenbin.OutputError, tenbin.UsageError) as error:
                        if "forked" not in str(error):
                            os._exit(5)
                    os._exit(0)
                except BaseException as error:
                    print(repr(error), file=sys.stderr, flush=True)
                    os._exit(6)
            end = time.monotonic() + 60
            while time.monotonic() < end:
                pid, status = os.waitpid(child, os.WNOHANG)
                if pid:
                    break
                time.sleep(0.02)
            else:
                os.kill(child, 9)
                os.waitpid(child, 0)
                status = 99 << 8
            wrong += status != 0
            if status:
                print("child", k, status >> 8, status & 127, file=sys.stderr, flush=True)
        stop = True
        for thread in threads:
            thread.join()
        print("wrong", wrong, flush=True)
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=600)
    assert done.stdout == "wrong 0\n" and done.returncode == 0, (done.returncode, done.stdout, done.stderr)


def test_panels_from_frames():
    panel = tenbin.read_panel(EAST_ASIA)
    tables = {p.stem: pandas.read_csv(p, keep_default_na=False, na_values=[""]) for p in EAST_ASIA.glob("*.csv")}
    mine = tenbin.new_panel({k: tables[k] for k in ("states", "milex", "rivalries", "ties", "missiles")}, name="a copy",
                            currency="US dollars", price_year=2024, share_of_world=0.7)
    assert mine.states == panel.states and np.array_equal(mine.milex, panel.milex, equal_nan=True)
    assert np.array_equal(mine.burden, panel.burden, equal_nan=True) and np.array_equal(mine.kind, panel.kind)
    scenario = tenbin.new_scenario(mine, name='quotes " and \\ and 天秤', start=2025, end=2030, futures=100, focus="JPN",
                                   blocs={"one": ["JPN"], "the other": ["CHN"]})
    assert scenario.name == 'quotes " and \\ and 天秤'
    posterior = tenbin.fit(scenario, draws=20, warmup=20)
    assert len(tenbin.balance(scenario, posterior)) == 6 * 3
    wrong = tables["milex"].copy()
    wrong.loc[3, "milex"] = -1
    wrong.loc[5, "state"] = "JPX"
    error = refused(lambda: tenbin.new_panel({"states": tables["states"], "milex": wrong}, name="n", currency="c", price_year=2024),
                    tenbin.InputRefused)
    assert [p.where for p in error.problems] == ['table "milex", row 4 (index 3)', 'table "milex", row 6 (index 5)'], str(error)
    assert "tenbin-" not in str(error) and ".part" not in str(error), str(error)
    every = pandas.MultiIndex.from_product([["AAA", "BBB", "CCC"], range(1998, 2026)], names=["state", "year"])
    template = SOURCE / "data" / "templates" / "panel"
    milex = pandas.read_csv(template / "milex.csv").set_index(["state", "year"])
    error = refused(lambda: tenbin.new_panel({**tables, "milx": tables["milex"]}, name="n", currency="c", price_year=2024), tenbin.InputRefused)
    assert 'table "milx"' in str(error) and "no table of this name" in str(error), error
    balanced = tenbin.new_panel({"states": pandas.read_csv(template / "states.csv"), "milex": milex.reindex(every).reset_index()},
                                name="balanced", currency="US dollars", price_year=2024)
    assert len(balanced.to_frame()) == len(milex) and list(balanced.years[[0, -1]]) == [2000, 2025]
    assert [p.what for p in balanced.notes] == ["6 rows without a figure are passed over"], balanced.notes


def test_nothing_is_overwritten_by_surprise():
    template = SOURCE / "data" / "templates" / "panel"
    tables = {k: pandas.read_csv(template / f"{k}.csv") for k in ("states", "milex")}
    about = dict(currency="US dollars", price_year=2024)
    panel = tenbin.new_panel(tables, name="first", folder="kept", **about)
    before = sorted((f.name, f.read_bytes()) for f in Path("kept").iterdir())
    wrong = {**tables, "milex": tables["milex"].assign(milex=-1)}
    for call in (lambda: tenbin.new_panel(tables, name="second", folder="kept", **about),
                 lambda: tenbin.new_panel(wrong, name="second", folder="kept", overwrite=True, **about),
                 lambda: tenbin.new_panel({"states": "x"}, name="second", folder="kept", overwrite=True, **about)):
        refused(call, (tenbin.TenbinError, TypeError))
        assert sorted((f.name, f.read_bytes()) for f in Path("kept").iterdir()) == before
    assert tenbin.new_panel(tables, name="second", folder="kept", overwrite=True, **about).attributes["panel"] == "second"
    Path("thesis").mkdir()
    assert "this is no panel" in str(refused(lambda: tenbin.new_panel(tables, name="x", folder="thesis", overwrite=True, **about),
                                             tenbin.OutputError))
    keys = dict(name="mine", start=2025, end=2030, futures=200, focus="AAA")
    scenario = tenbin.new_scenario(panel, path="mine.toml", **keys)
    text = Path("mine.toml").read_text()
    assert "there already" in str(refused(lambda: tenbin.new_scenario(panel, path="mine.toml", **keys), tenbin.OutputError))
    refused(lambda: tenbin.new_scenario(panel, path="mine.toml", overwrite=True, **{**keys, "focus": "ZZZ"}), tenbin.InputRefused)
    assert Path("mine.toml").read_text() == text and scenario.id == "mine"
    assert tenbin.new_scenario(panel, path="mine.toml", overwrite=True, **{**keys, "end": 2031}).end == 2031
    assert not [f for f in os.listdir() if ".part" in f or ".before" in f]


def test_scenarios_keep_their_identity():
    scenario = tenbin.read_scenario(ANNOUNCED)
    plans = [tenbin.new_scenario(extends=scenario, name=f"Plan {k} %",
                                 levers=[dict(kind="plan", state="JPN", burden=k / 100, by=2030, **{"from": 2027})]) for k in (2, 3)]
    posterior = tenbin.fit(scenario, draws=20, warmup=20)
    table = tenbin.compare([scenario, *plans], posterior, futures=200)
    assert sorted(table.scenario.unique()) == ["plan-2", "plan-3"], table.scenario.unique()
    same = [tenbin.new_scenario(extends=scenario, name="one") for _ in range(2)]
    table = tenbin.compare([scenario, *same], posterior, futures=200)
    assert sorted(table.scenario.unique()) == ["one", "one-2"]
    keys = ["scenario", "state", "year"] + [c for c in ("quantity", "part", "split", "measure", "outcome") if c in table]
    assert not table.duplicated(keys).any() or "part" not in table


def test_what_python_has_for_a_list():
    """Whatever can be gone through is a list, NumPy's scalars are scalars, files and paths stand for what is in them."""
    frame = pandas.DataFrame({"state": ["CCC", "CCC", "AAA"]})
    panel = SOURCE / "data" / "templates" / "panel"
    texts = set()
    for on in (["CCC", "AAA"], ("CCC", "AAA"), frame.state.unique(), pandas.Series(["CCC", "AAA"]), pandas.Index(["CCC", "AAA"]),
               {"CCC": 1, "AAA": 2}.keys(), (s for s in ("CCC", "AAA"))):
        scenario = tenbin.new_scenario(panel, name="n", start=np.int64(2025), end=2032, futures=np.int32(200), focus="AAA",
                                       levers=[dict(kind="pressure", ally="BBB", on=on, burden=np.float64(0.022), by=2030, **{"from": 2026})])
        texts.add(scenario.path.read_text())
    assert len(texts) == 1 and 'on = ["CCC", "AAA"]' in texts.pop()
    for odd, words in ((pandas.NA, "NAType"), (pandas.Timestamp("2026-01-01"), "pandas Timestamp"), (frame, "pandas DataFrame"), (b"x", "bytes")):
        error = refused(lambda: tenbin.new_scenario(panel, name="n", start=odd), TypeError)
        assert words in str(error) and "start" in str(error), str(error)
    posterior = tenbin.fit(EAST_ASIA, draws=20, warmup=20)
    posterior.save("of-a-path.fit")
    one = tenbin.project(ANNOUNCED, posterior, futures=100)
    assert tenbin.project(str(ANNOUNCED), "of-a-path.fit", futures=100).digest == one.digest
    with open(ANNOUNCED) as file, open("of-a-path.fit", "rb") as draws:
        assert tenbin.project(file, draws, futures=100).digest == one.digest
    text = ANNOUNCED.read_text().replace('panel = "../data/east-asia"', f'panel = "{os.path.relpath(EAST_ASIA)}"')
    assert tenbin.project(io.StringIO(text), posterior, futures=100).digest == one.digest
    assert len(tenbin.races(EAST_ASIA, growth=0.08)) == 1 and len(tenbin.burden(ANNOUNCED, posterior)) > 0
    origins = tenbin.ask("races", EAST_ASIA, pair=pandas.Series(["CHN", "JPN"]))
    assert "race" in origins.columns or len(origins.columns) > 0
    assert "futures have no gdp" in str(refused(lambda: one.of("JPN", "gdp"), KeyError))
    for thing in (posterior, one, tenbin.read_scenario(ANNOUNCED)):
        assert "object at 0x" not in repr(thing)


def test_labelled_arrays():
    scenario = tenbin.read_scenario(ANNOUNCED)
    posterior = tenbin.fit(scenario, draws=40, warmup=60)
    groups = posterior.to_datasets()
    assert groups["posterior"]["pull"].dims == ("chain", "draw", "state")
    assert groups["posterior"]["pull"].attrs["units"] == "1/year"
    assert groups["sample_stats"]["diverging"].dims == ("chain", "draw") and groups["sample_stats"]["diverging"].dtype == bool
    assert posterior["threat_slope"][~posterior.sample_stats["diverging"]].size == 4 * 40 - posterior.sample_stats["diverging"].sum()
    assert np.shares_memory(groups["posterior"]["pull"].values, posterior["pull"])
    futures = tenbin.project(scenario, posterior, futures=100, keep=True).to_xarray()
    assert futures["milex"].dims == ("year", "state", "future") and "JPN" in futures["state"].values
    assert float(futures["burden"].sel(year=2030, state="JPN").median()) > 0
    import xarray

    posterior.export("labelled.nc")
    for name, group in groups.items():
        there = xarray.open_dataset("labelled.nc", group=name)
        for variable in group.data_vars:
            assert there[variable].dims == group[variable].dims, (name, variable)
            assert np.array_equal(there[variable].values, group[variable].values), (name, variable)


def test_a_full_disk_ends_no_interpreter():
    """A failed export is an error of ours, and the interpreter still ends well."""
    script = f"""
import resource, signal, sys
import tenbin
posterior = tenbin.fit({str(EAST_ASIA)!r}, draws=40, warmup=40)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (30000, resource.RLIM_INFINITY))
for write in (lambda: posterior.export("limited.nc"), lambda: posterior.save("limited.fit")):
    try:
        write()
    except tenbin.OutputError as error:
        assert "cannot be written" in str(error), error
    else:
        sys.exit("it was written")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
posterior.export("limited.nc")
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode == 0, done.stderr
    assert os.path.exists("limited.nc") and not os.path.exists("limited.fit") and not [n for n in os.listdir() if n.endswith(".part")]


def test_nothing_is_lost():
    """What is read is not written over, what is saved says how it was made, what must be known is warned of."""
    tiny = WORK / "tiny"
    shutil.copytree(SOURCE / "tests" / "data" / "tiny", tiny, dirs_exist_ok=True)
    scenario = tenbin.read_scenario(tiny / "scenario.toml")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        futures = tenbin.project(scenario, chains=1, warmup=20, draws=4, futures=100, priors="wide", progress=False)
    assert any("have not mixed" in str(w.message) for w in caught) and futures.digest
    posterior = tenbin.fit(scenario, fit_seed=7, warmup=25, draws=30, leave_out=["JPN"], priors="wide")
    for call in (lambda: tenbin.brief(scenario, tiny / "scenario.toml", posterior), lambda: posterior.save(tiny / "milex.csv")):
        assert "reads" in str(refused(call, tenbin.OutputError))
    posterior.save("own.fit")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        again = tenbin.read_posterior("own.fit", scenario)
    assert again.attributes == posterior.attributes and again.attributes["left_out"] == "JPN"
    older = tenbin.fit(tenbin.read_panel(EAST_ASIA), as_of=2015, draws=20, warmup=20)
    announced = tenbin.read_scenario(ANNOUNCED)
    assert "figures up to 2015" in str(refused(lambda: tenbin.project(announced, older), tenbin.InputRefused))
    error = refused(lambda: tenbin.project(announced, as_of=2015, draws=20, warmup=20), tenbin.InputRefused)
    assert "figures up to 2015" in str(error)
    error = pickle.loads(pickle.dumps(error))
    assert isinstance(error, tenbin.InputRefused) and error.problems
    refused(lambda: pickle.dumps(posterior), TypeError)
    refused(lambda: copy.deepcopy(posterior), TypeError)
    here = os.getcwd()
    os.chdir(SOURCE)
    panel = tenbin.read_panel("data/east-asia")
    os.chdir(here)
    assert len(tenbin.races(panel, growth=0.08)) == 1
    assert set(tenbin.races(panel, pair="CHN,JPN").growth) == {0.05, 0.06}


def test_the_end_of_the_program():
    """Arrays that are still held may be read to the very end; nothing else speaks on standard error."""
    code = textwrap.dedent(f"""
        import atexit, threading, tenbin
        scenario = tenbin.read_scenario({str(ANNOUNCED)!r})
        posterior = tenbin.fit(scenario, draws=50, warmup=60, progress=False)
        futures = tenbin.project(scenario, posterior, futures=20_000, keep=True, progress=False)
        def fail():
            try:
                tenbin.read_posterior({str(ANNOUNCED)!r}, scenario)
            except tenbin.InputRefused:
                print("refused", flush=True)
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        atexit.register(lambda: print(futures.dispute.sum() > 0, flush=True))
    """).replace("import atexit, threading, tenbin", "import atexit\nlater = []\natexit.register(lambda: later[0]())\nimport threading, tenbin").replace(
        "atexit.register(lambda: print(futures", "later.append(lambda: print(futures")
    child = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True)
    assert (child.returncode, child.stdout, child.stderr) == (0, "refused\nTrue\n", ""), child


def test_one_posterior_in_many_threads():
    scenario = tenbin.read_scenario(ANNOUNCED)
    posterior = tenbin.fit(scenario, draws=30, warmup=60)
    texts = []

    def work(name):
        for _ in range(60):
            texts.append(str(refused(lambda: posterior.save(f"/no/such/{name}.fit"), tenbin.OutputError)).startswith(f"/no/such/{name}"))

    threads = [threading.Thread(target=work, args=(k,)) for k in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts) == 180 and all(texts)


def test_progress_in_a_notebook():
    """A stand-in for IPython with a kernel: the bar moves forward and is gone at the end."""
    shown = []

    class Display:
        def update(self, html):
            shown.append(html)

    ipython, display = types.ModuleType("IPython"), types.ModuleType("IPython.display")
    ipython.get_ipython = lambda: types.SimpleNamespace(kernel=True)
    display.HTML = str
    display.display = lambda html, display_id: (shown.append(html), Display())[1]
    sys.modules.update({"IPython": ipython, "IPython.display": display})
    try:
        tenbin.fit(tenbin.read_panel(EAST_ASIA), draws=300, warmup=200)
        silent = len(shown)
        tenbin.fit(tenbin.read_panel(EAST_ASIA), draws=20, warmup=20, progress=False)
        assert len(shown) == silent
    finally:
        del sys.modules["IPython"], sys.modules["IPython.display"]
    parts = [float(text.split("value='")[1].split("'")[0]) for text in shown[:-1]]
    assert shown[0].startswith("fitting") and shown[-1] == "" and parts == sorted(parts) and parts[-1] > 0.2, shown


def test_wrong_types():
    scenario = tenbin.read_scenario(ANNOUNCED)
    refused(lambda: tenbin.read_scenario("a\0b"), ValueError)
    refused(lambda: tenbin.read_scenario(None), TypeError)
    assert "object" in str(refused(lambda: tenbin.fit(scenario, chains=object()), TypeError))
    assert "int" in str(refused(lambda: tenbin.project(3), TypeError))
    refused(lambda: tenbin.fit(scenario, chains=[1, 2]), tenbin.UsageError)
    refused(lambda: tenbin.compare([scenario], tenbin.fit(scenario, draws=20, warmup=20)), tenbin.UsageError)
    refused(lambda: tenbin.shipped("../../etc/no-such"), FileNotFoundError)
    refused(lambda: tenbin.read_scenario("x" * 100_000), tenbin.TenbinError)


warnings.simplefilter("ignore", tenbin.TenbinWarning)  # short fits
for name, test in [(k, v) for k, v in list(globals().items()) if k.startswith("test_")]:
    begin = time.monotonic()
    test()
    gc.collect()
    print(f"{name}: {time.monotonic() - begin:.1f} s", flush=True)
