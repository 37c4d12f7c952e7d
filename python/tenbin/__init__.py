# SPDX-License-Identifier: Apache-2.0
"""tenbin: what a military build-up means, from public figures.

Free functions from noun to noun, as on the command line:

    scenario = tenbin.read_scenario(tenbin.shipped("scenarios/japan-announced.toml"))
    posterior = tenbin.fit(scenario)
    futures = tenbin.project(scenario, posterior)
    tenbin.brief([scenario], "briefing.html", posterior)

Numbers have the bits of the command line. Arrays are read where the library holds them, without a
copy, and cannot be written to. Errors carry the command line's words (`TenbinError.problems`);
notes on an input are in its `notes`. Settings (`chains=4`, `origins=range(2010, 2016)`) are those of
the command line's flags; `settings()` lists them.
"""
from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Optional, Sequence, Union

from . import _write
from ._library import (
    Array,
    Bug,
    InputRefused,
    OutputError,
    PathLike,
    Problem,
    Result,
    Study,
    TenbinError,
    TenbinWarning,
    UsageError,
    decoded,
    encoded,
    library,
)
from ._nouns import Futures, Panel, Posterior, Scenario, data_folder, shipped, study_result, table_of
from ._watch import watched

if TYPE_CHECKING:
    import pandas

__version__: str = decoded(library.tenbin_version())
__all__ = [
    "Array", "Bug", "Futures", "InputRefused", "OutputError", "Panel", "Posterior", "Problem", "Scenario",
    "TenbinError", "TenbinWarning", "UsageError", "backtest", "balance", "brief", "burden", "compare", "coverage", "data_folder",
    "diff", "fit", "import_published", "new_panel", "new_scenario", "project", "questions", "races", "reach",
    "read_panel", "read_posterior", "read_scenario", "responses", "risk", "scores", "settings", "shipped",
]


_Scenarios = Union[Scenario, Sequence[Scenario]]


def _listed(scenarios: _Scenarios) -> Sequence[Scenario]:
    return [scenarios] if isinstance(scenarios, Scenario) else scenarios


def _checked(settings: Mapping[str, Any], *calls: str) -> Study:
    """A study with settings, each of which one of the calls or questions listens to."""
    study = Study(settings)
    if not settings:
        return study
    table = study_result(Study(), "questions")
    heard = [h for name, all in zip(table["name"], table["settings"]) if name in calls for h in all.split()]
    deaf = [s for s in settings if settings[s] is not None and s.replace("_", "-") not in heard]
    if deaf:
        mend = f"Settings: {', '.join(dict.fromkeys(heard))}"
        raise UsageError([_problem(f"--{s.replace('_', '-')}", "is no setting of this", mend) for s in deaf])
    return study


def _problem(where: str, what: str, mend: str) -> Problem:
    return Problem(where, what, mend, "refuse", f"{where}: {what}. {mend}.")


def _warn(notes: Iterable[Problem]) -> None:
    for note in notes:
        warnings.warn(str(note), TenbinWarning, stacklevel=4)


def _study_of(
    question: str,
    scenarios: _Scenarios,
    posterior: Optional[Posterior],
    settings: Mapping[str, Any],
    progress: Optional[bool],
) -> Study:
    """A study of scenarios with a posterior, fitted now where none is given."""
    study = _checked(settings, question, *(["(fit)"] if posterior is None else []))
    for scenario in _listed(scenarios):
        study.call("read_scenario", encoded(os.fspath(scenario.path)))
    if posterior is None:
        _warn(watched("fitting", progress, lambda observer: study.call("fit", observer, None)))
    else:
        posterior.give(study)
    return study


def read_panel(folder: PathLike) -> Panel:
    """Reads a panel's folder. Raises InputRefused with every problem of it."""
    return Panel(folder)


def new_panel(
    tables: "Mapping[str, pandas.DataFrame]",
    *,
    name: str,
    currency: str,
    price_year: int,
    vintage: str = "by hand",
    licence: str = "not stated",
    share_of_world: float = 1.0,
    folder: Optional[PathLike] = None,
) -> Panel:
    """A panel from tables: a mapping from the names of docs/formats.md ("states", "milex", ...) to data frames with
    their columns. They are written into `folder`, or into one that goes with the panel, and read as from anyone."""
    keep = None
    if folder is None:
        keep = tempfile.TemporaryDirectory(prefix="tenbin-")
        folder = Path(keep.name) / "panel"
    about = dict(name=name, currency=currency, price_year=price_year, vintage=vintage, licence=licence)
    _write.panel(Path(folder), {**about, "share_of_world": share_of_world}, tables)
    return Panel(folder, keep)


def read_scenario(path: PathLike) -> Scenario:
    """Reads a scenario file with its panel. Raises InputRefused with every problem of both."""
    return Scenario(path)


def new_scenario(
    panel: Union[Panel, PathLike, None] = None,
    *,
    extends: Union[Scenario, PathLike, None] = None,
    levers: Iterable[Mapping[str, Any]] = (),
    path: Optional[PathLike] = None,
    **keys: Any,
) -> Scenario:
    """A scenario from arguments: the keys of a scenario file (name, start, end, focus, futures, seed, plans, blocs ...)
    and a mapping a lever. With `extends` it takes over everything else of another one. It is written to `path`, or to
    a file that goes with the scenario, and read as from anyone."""
    keep = None
    if path is None:
        keep = tempfile.TemporaryDirectory(prefix="tenbin-")
        path = Path(keep.name) / "scenario.toml"
    if panel is not None:
        keys["panel"] = os.path.abspath(panel.path if isinstance(panel, Panel) else panel)
    if extends is not None:
        keys["extends"] = os.path.abspath(extends.path if isinstance(extends, Scenario) else extends)
    _write.scenario(Path(path), keys, levers)
    return Scenario(path, (keep, panel, extends))


def fit(of: Union[Panel, Scenario], *, progress: Optional[bool] = None, **settings: Any) -> Posterior:
    """Fits who arms in response to whom. Settings: priors, terms, without, leave_out, as_of, chains, warmup, draws,
    accept, seed, threads. Notes on its health are warned of, and in the posterior's `notes`."""
    study = _checked(settings, "(fit)")
    study.call("read_panel" if isinstance(of, Panel) else "read_scenario", encoded(os.fspath(of.path)))
    notes = watched("fitting", progress, lambda observer: study.call("fit", observer, None))
    _warn(notes)
    return Posterior(study, notes)


def read_posterior(path: PathLike, of: Union[Panel, Scenario]) -> Posterior:
    """A posterior that `tenbin fit` or Posterior.save() wrote, of this panel."""
    study = Study()
    study.call("read_panel" if isinstance(of, Panel) else "read_scenario", encoded(os.fspath(of.path)))
    notes = study.call("read_posterior", encoded(os.fspath(path)))
    _warn(notes)
    return Posterior(study, notes)


def project(
    scenario: Scenario,
    posterior: Optional[Posterior] = None,
    *,
    keep: bool = False,
    progress: Optional[bool] = None,
    **settings: Any,
) -> Futures:
    """Projects a scenario; `keep`: every future is in the result, not only quantiles. Settings: futures, threads, and
    those of fit() where no posterior is given."""
    study = _study_of("(project)", scenario, posterior, settings, progress)

    def work(observer: Any) -> Result:
        return study.result_of(lambda place: study.call("project", int(keep), observer, None, place))

    return Futures(watched("projecting", progress, work))


def _ask_scenarios(
    question: str,
    scenarios: _Scenarios,
    posterior: Optional[Posterior],
    progress: Optional[bool],
    settings: Mapping[str, Any],
) -> "pandas.DataFrame":
    study = _study_of(question, scenarios, posterior, settings, progress)
    return table_of(study_result(study, question, "projecting", progress))


def compare(
    scenarios: Sequence[Scenario],
    posterior: Optional[Posterior] = None,
    *,
    progress: Optional[bool] = None,
    **settings: Any,
) -> "pandas.DataFrame":
    """Paired differences from the first scenario, by state, year, quantity and effect (whole, and who sees the change:
    direct, rivals, allies, others, disputes)."""
    return _ask_scenarios("compare", scenarios, posterior, progress, settings)


def responses(
    scenario: Scenario, posterior: Optional[Posterior] = None, *, progress: Optional[bool] = None, **settings: Any
) -> "pandas.DataFrame":
    """A state spends 10 % more for good: by how much everyone else's spending changes."""
    return _ask_scenarios("responses", scenario, posterior, progress, settings)


def burden(
    scenario: Scenario, posterior: Optional[Posterior] = None, *, progress: Optional[bool] = None, **settings: Any
) -> "pandas.DataFrame":
    """Announced targets: share, gap and the year they are reached."""
    return _ask_scenarios("burden", scenario, posterior, progress, settings)


def balance(
    scenario: Scenario, posterior: Optional[Posterior] = None, *, progress: Optional[bool] = None, **settings: Any
) -> "pandas.DataFrame":
    """The blocs' stocks, weighed by whom they reach."""
    return _ask_scenarios("balance", scenario, posterior, progress, settings)


def risk(
    scenarios: _Scenarios,
    posterior: Optional[Posterior] = None,
    *,
    progress: Optional[bool] = None,
    **settings: Any,
) -> "pandas.DataFrame":
    """Races and disputes to come, by dyad and year."""
    return _ask_scenarios("risk", scenarios, posterior, progress, settings)


def brief(
    scenarios: _Scenarios,
    path: PathLike,
    posterior: Optional[Posterior] = None,
    *,
    plain: bool = False,
    progress: Optional[bool] = None,
    **settings: Any,
) -> str:
    """Writes the briefing, one HTML file that opens anywhere; returns its headline. The first scenario is the
    baseline. `plain`: without a script."""
    study = _study_of("(brief)", scenarios, posterior, settings, progress)
    where = encoded(os.fspath(path))
    notes = watched("projecting", progress, lambda o: study.call("brief", where, int(plain), o, None))
    return str(notes[-1].what)


def _ask_panels(
    question: str, panels: Sequence[Union[Panel, Scenario]], settings: Mapping[str, Any], progress: Optional[bool] = False
) -> "pandas.DataFrame":
    study = _checked(settings, question)
    for panel in panels:
        verb = "read_panel" if isinstance(panel, Panel) else "read_scenario"
        study.call(verb, encoded(os.fspath(panel.path)))
    return table_of(study_result(study, question, question, progress))


def reach(scenario: Scenario) -> "pandas.DataFrame":
    """Whose missiles reach whom among states at odds, since when and with which system."""
    return _ask_panels("reach", [scenario], {})


def coverage(panel: Panel) -> "pandas.DataFrame":
    """How far each table of a panel knows, and from which source."""
    return _ask_panels("coverage", [panel], {})


def races(panel: Panel, **settings: Any) -> "pandas.DataFrame":
    """Arms races of the past, with the probability that each is growth and not noise, and why it may be none. Settings:
    pair ("CHN,JPN"), money, until, growth, years."""
    return _ask_panels("races", [panel], settings)


def backtest(panel: Panel, *, progress: Optional[bool] = None, **settings: Any) -> "pandas.DataFrame":
    """Every forecast of a back-test, scored against what came, beside the simplest methods. Settings: origins, horizons,
    futures, cache (a folder that keeps what was done), without, and priors, terms, chains, warmup, draws, accept, seed,
    threads."""
    return _ask_panels("forecasts", [panel], settings, progress)


def scores(panel: Panel, *, progress: Optional[bool] = None, **settings: Any) -> "pandas.DataFrame":
    """Mean scores of a back-test by horizon and method; skill is what tenbin gains on a method. Settings: states, and
    those of backtest()."""
    return _ask_panels("scores", [panel], settings, progress)


def diff(
    before: Panel, after: Panel, *, figures_only: bool = False, progress: Optional[bool] = None, **settings: Any
) -> "dict[str, pandas.DataFrame]":
    """Two releases: "figures" added, gone or revised, and, after three fits, the "medians" that moved, by revised data
    and by new years. Settings: tolerance; year, futures, priors, terms, chains, warmup, draws, accept, seed, threads."""
    tolerance = {k: v for k, v in settings.items() if k == "tolerance"}
    tables = {"figures": _ask_panels("figures", [before, after], settings if figures_only else tolerance)}
    if not figures_only:
        tables["medians"] = _ask_panels("medians", [before, after], settings, progress)
    return tables


def import_published(
    source: str,
    files: Union[PathLike, Sequence[PathLike]],
    folder: PathLike,
    *,
    states: Any = None,
    add_states: bool = False,
) -> "pandas.DataFrame":
    """Published files of a source (sipri, nmc, atop, ...) into a panel's folder, new or not; what happened to each
    table. `states`: of a new panel only these; `add_states`: those that the panel does not have yet, too."""
    import ctypes

    paths = [files] if isinstance(files, (str, os.PathLike)) else list(files)
    names = (ctypes.c_char_p * len(paths))(*(encoded(os.fspath(p)) for p in paths))
    study = Study({"states": states, "add-states": int(add_states)})
    where, notes = encoded(os.fspath(folder)), []

    def put(place: Any) -> None:
        notes.extend(study.call("import", encoded(source), names, len(paths), where, place))

    table = table_of(study.result_of(put))
    _warn(notes)
    return table


def settings() -> "pandas.DataFrame":
    """What can be set, with its range."""
    return table_of(study_result(Study(), "settings"))


def questions() -> "pandas.DataFrame":
    """What the library can be asked, and what that needs."""
    return table_of(study_result(Study(), "questions"))
