# SPDX-License-Identifier: Apache-2.0
"""Posteriors that somebody damaged or doctored, given to the verbs: refused with words and exit code 3, never a crash, never other
numbers. Needs TENBIN, SOURCE, WORK and the posteriors of posteriors_fixture.sh."""
import math
import os
import random
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import fit_file

TENBIN, SOURCE, WORK = os.environ["TENBIN"], Path(os.environ["SOURCE"]), Path(os.environ["WORK"])
tiny, scenario = SOURCE / "tests/data/tiny", SOURCE / "tests/data/tiny/scenario.toml"
good = WORK / "posteriors/tiny.fit"
failed = []


def tenbin(*words, **more):
    return subprocess.run([TENBIN, *map(str, words)], capture_output=True, text=True, timeout=120, **more)


def refused(what, path, said, *verbs):
    for words in verbs:
        done = tenbin(*words)
        if done.returncode != 3 or said not in done.stderr or "bug" in done.stderr:
            failed.append(f"{what}: {words[0]} ends with {done.returncode}: {done.stderr.strip()[-300:]}")


def verbs(path):
    return (["project", scenario, "-o", "v.csv", "--posterior", path, "--futures", 200, "--quiet"],
            ["brief", scenario, "-o", "v.html", "--posterior", path, "--futures", 200, "--quiet", "--plain"],
            ["stability", scenario, "--posterior", path, "--quiet"], ["summary", tiny, "--posterior", path, "--quiet"],
            ["export", path, "-o", "v.nc"], ["priors", path, "-o", "v.toml"])


def doctored():
    """Values that no fit gives, with the right digests."""
    def column(draws, name):
        return next(c for c in draws["columns"] if c["name"] == name)

    def number(name, x, equation="spending", everywhere=False):
        def change(held):
            draws = held[equation]
            c = column(draws, name)
            for d in range(len(draws["log_density"]) if everywhere else 1):
                for e in range(max(1, len(c["elements"])) if everywhere else 1):
                    draws["values"][d * draws["width"] + c["offset"] + e] = x
        return change

    def attribute(name, text):
        def change(held):
            held["attributes"] = [(n, text if n == name else t) for n, t in held["attributes"]]
        return change

    def statistic(name, x):
        return lambda held: held["spending"][name].__setitem__(slice(None), [x] * len(held["spending"][name]))

    def member(equation, name, x):
        return lambda held: held[equation].__setitem__(name, x)

    nan, inf = math.nan, math.inf
    of_panel = verbs("v.fit")[:4]
    everywhere = verbs("v.fit")
    return [
        ("NaN in one draw of target_mean", number("target_mean", nan), "target_mean of the spending equation is nan in chain 1, draw 1", everywhere),
        ("NaN in all of pull_mean", number("pull_mean", nan, everywhere=True), "(200 numbers of pull_mean are as wrong)", everywhere),
        ("infinite scale", number("scale", inf), "scale[CHN] of the spending equation is inf", everywhere),
        ("scale of 1e308", number("scale", 1e308, everywhere=True), "scale[CHN] of the spending equation is 1e+308", everywhere),
        ("df of -3", number("df", -3.0, everywhere=True), "df of the spending equation is -3", everywhere),
        ("df of 0", number("df", 0.0, everywhere=True), "df of the spending equation is 0", everywhere),
        ("df of 0 of the economy", number("df", 0.0, "economy"), "df of the economy equation is 0", everywhere),
        ("target of 100", number("target", 100.0, everywhere=True), "target[CHN] of the spending equation is 100", everywhere),
        ("lp of NaN", statistic("log_density", nan), "lp of the spending equation is nan", everywhere),
        ("seed of letters", attribute("seed", "abc"), 'its seed is "abc"', everywhere),
        ("an unknown term", attribute("without", "foo bar"), '"foo", which is no term', everywhere),
        ("a panel's name with ESC", attribute("panel", "\x1b[31mred"), "it calls its panel", of_panel),
        ("a negative count", member("spending", "chains", -4), "do not have the size", everywhere),
        ("a huge count", member("spending", "draws_per_chain", 2**31 - 1), "do not have the size", everywhere),
        ("too few numbers", lambda held: held["economy"]["values"].pop(), "do not have the size", everywhere),
        ("another width", member("economy", "width", 2**63), "do not have the size", everywhere),
        ("another place of a column", lambda held: held["spending"]["columns"][3].__setitem__("offset", 2**64 - 1), "do not have the size", everywhere),
        ("a column of another name", lambda held: held["spending"]["columns"][3].__setitem__("name", "pull"), "do not have the size", everywhere),
        ("states of another panel", lambda held: [c["elements"].__setitem__(0, "XXX") for c in held["spending"]["columns"] if "JPN" in c["elements"]] and
         held["observed"].clear(), "has other states than the panel", of_panel),
    ]


def main():
    work = WORK / "posterior-damage"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    os.chdir(work)

    # Written again by the format alone it is the same file, so that what is doctored below is what is looked at.
    fit_file.write("again.fit", fit_file.read(good))
    assert Path("again.fit").read_bytes() == good.read_bytes()
    whole = tenbin("project", scenario, "--posterior", good, "--futures", 200, "--quiet")
    assert whole.returncode == 0, whole.stderr

    for what, change, said, asked in doctored():
        held = fit_file.read(good)
        change(held)
        fit_file.write("v.fit", held)
        refused(what, "v.fit", said, *asked)
    assert not any(Path(name).exists() for name in ("v.csv", "v.html", "v.nc", "v.toml"))

    # Everything wrong with it is said at once.
    held = fit_file.read(good)
    for k in (0, 2, 4):
        held["spending"]["values"][held["spending"]["columns"][k]["offset"]] = math.nan
    fit_file.write("v.fit", held)
    said = tenbin("summary", tiny, "--posterior", "v.fit").stderr
    assert said.count("this posterior is not what a fit gives") == 3, said

    # Damage in the file, as it comes from a disk: every one is noticed.
    data, dice = good.read_bytes(), random.Random(27)
    for n in range(int(os.environ.get("DAMAGES", 60))):
        bad = bytearray(data)
        kind = n % 4
        if kind == 0:
            for _ in range(1 + n % 3):
                bad[dice.randrange(len(bad))] ^= 1 << dice.randrange(8)
        elif kind == 1:
            del bad[dice.randrange(len(bad)):]
        elif kind == 2:
            bad += bytes(dice.randrange(1, 100))
        else:
            at = dice.randrange(len(bad) - 600)
            bad[at:at + 512] = b"\xff" * 512
        if bytes(bad) == data:
            continue
        Path("v.fit").write_bytes(bad)
        refused(f"damage {n}", "v.fit", "v.fit: ", ["summary", tiny, "--posterior", "v.fit", "--quiet"])

    # netCDF is never read, whatever it holds.
    assert tenbin("export", good, "-o", "e.nc").returncode == 0
    for name in ("e.nc", "e.fit"):
        if name == "e.fit":
            shutil.copy("e.nc", "e.fit")
        refused("netCDF", name, "this is a netCDF file, which is written for other programs and never read. Give the .fit", *verbs(name))
    Path("v.fit").write_bytes(b"\x89HDF\r\n\x1a\n" + struct.pack("<100Q", *range(100)))
    refused("damaged HDF5", "v.fit", "a netCDF file", *verbs("v.fit"))
    done = tenbin("fit", tiny, "-o", "x.nc")
    assert done.returncode == 2 and "tenbin export NAME.fit -o NAME.nc" in done.stderr, done.stderr
    assert not Path("x.nc").exists() and not Path("x.nc.checkpoint").exists()

    # What is exported is the same each time, whatever the file's name.
    assert tenbin("export", good, "--netcdf", "f.nc").returncode == 0
    assert Path("e.nc").read_bytes() == Path("f.nc").read_bytes()
    assert tenbin("export", good, "-o", "x.fit").returncode == 2
    assert tenbin("export", "e.fit", "-o", "e.fit").returncode in (2, 4)
    shutil.copy(good, "same.nc")
    assert tenbin("export", "same.nc", "-o", "same.nc").returncode == 4 and Path("same.nc").read_bytes() == data

    for line in failed:
        print(line)
    print(f"{len(doctored())} doctored posteriors and the damaged ones: {'failed' if failed else 'all refused'}")
    sys.exit(bool(failed))


main()
