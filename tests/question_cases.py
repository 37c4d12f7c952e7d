# SPDX-License-Identifier: Apache-2.0
"""What each question is asked about, and with which settings: shared by the tests that ask every question. Needs SOURCE, WORK and
the posteriors of posteriors_fixture.sh."""
import os
from pathlib import Path

SOURCE, WORK = Path(os.environ["SOURCE"]), Path(os.environ["WORK"])
tiny, east = str(SOURCE / "tests/data/tiny"), str(SOURCE / "data/east-asia")
base, other = str(SOURCE / "scenarios/japan-announced.toml"), str(SOURCE / "scenarios/japan-3pct.toml")
posterior_of_all = str(WORK / "posteriors/tiny-all.fit")
posterior = str(WORK / "posteriors/east-asia.fit")
few = {"futures": 200}
short = {"chains": 2, "warmup": 60, "draws": 60}

# What each question is asked about, and with which settings. A question without a line here fails the test.
CASES = {
    "project": ([base], few), "compare": ([base, other], {**few, "state": "CHN"}),
    "regret": ([base, other], {**few, "regret": "least:cost:JPN:2030"}), "responses": ([base], {**few, "state": "JPN"}),
    "burden": ([base], few), "balance": ([base], few), "reach": ([base], {"all": 1}), "threats": ([east], {"state": "KOR"}), "danger": ([east], {"states": "JPN"}), "placebo": ([east], {"permutations": 40}), "promises": ([east], short), "announcements": ([east], {**short, "origins": "2013,2022", "futures": 200}), "risk": ([base, other], few),
    "explain": ([base], {**few, "year": 2028}), "solve": ([other], {**few, "that": "burden:JPN:2032 >= 2 %"}),
    "stability": ([base], {"draws-judged": 50}), "plan": ([other], {}), "races": ([east], {"pair": "CHN,JPN", "growth": 0.05}),
    "loo": ([tiny], {**short, "without": "rivals"}),
    "sensitivity": ([tiny], {"chains": 1, "warmup": 60, "draws": 60, "futures": 100, "second": str(SOURCE / "fuzz/seeds/gmsd/tiny")}), "calibrate": ([tiny], {"sets": 20, "chains": 1, "warmup": 60, "draws": 100}),
    "backtest": ([east], {**short, "origins": "2016", "horizons": "1", "futures": 200}),
    "scores": ([east], {**short, "origins": "2012,2016", "horizons": "1", "futures": 200}),
    "diff": ([east, east], {"figures-only": 1}), "medians": ([east, east], {**short, "futures": 200}),
    "register": ([east], few), "resolve": ([str(SOURCE / "register/2026-04.csv"), east], {}),
    "richardson": ([str(SOURCE / "examples/richardson-two.toml")], {}), "coverage": ([east], {}), "check": ([tiny], {}),
    "summary": ([east], {}), "priors": ([posterior_of_all], {}), "export": ([posterior_of_all], {}), "parameters": ([], {}), "evidence": ([], {}), "gallery": ([], {"findings": "bremer-alliance,richardson-1909,becker-wales"}), "scenarios": ([base, other], {}), "settings": ([], {}), "questions": ([], {}),
}
NOT_HERE = {
    "disputes": "needs a panel with the research data's disputes; tests/risk_test.cpp has one",
    "verify": "needs a live page; tests/verify_test.sh has one",
}


def needs_posterior(row):
    """Whether a row of `tenbin questions` is of a question about a posterior."""
    return row["needs"].endswith("posterior")
