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
the command line's flags; `settings()` lists them, and `questions()` what can be
asked: each is a function of that name.
"""
from __future__ import annotations

import os
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterable, Mapping, Optional, Sequence, Union

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
    "TenbinError", "TenbinWarning", "UsageError", "ask", "brief", "data_folder", "diff", "fit", "import_published",
    "new_panel", "new_scenario", "project", "read_panel", "read_posterior", "read_scenario", "shipped",
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
    accept, fit_seed, threads. Notes on its health are warned of, and in the posterior's `notes`."""
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


def ask(
    question: str,
    *subjects: Union[Panel, Scenario, PathLike, Sequence[Scenario]],
    posterior: Optional[Posterior] = None,
    progress: Optional[bool] = None,
    **settings: Any,
) -> "pandas.DataFrame":
    """The answer to a question as a data frame: what the verb of that name writes. `subjects`: what it is about, as
    questions() says (a file, a panel, two panels, scenarios). `attrs["text"]` is what the command line prints,
    `attrs["holds"]` whether the answer is yes. A posterior is fitted now where the question needs one and none is given."""
    flat: list[Any] = [one for s in subjects for one in (s if isinstance(s, (list, tuple)) else [s])]
    row = _question(question)
    fits = posterior is None and row["needs"].endswith("posterior")
    study = _checked(settings, question, *(["(fit)"] if fits else []))
    for subject in flat:
        if row["needs"] == "file":
            study.call("set", b"file", encoded(os.fspath(subject)))
        else:
            study.call("read_panel" if isinstance(subject, Panel) else "read_scenario", encoded(os.fspath(subject.path)))
    if fits:
        _warn(watched("fitting", progress, lambda observer: study.call("fit", observer, None)))
    elif posterior is not None:
        posterior.give(study)
    return table_of(study_result(study, question, question, progress))


def _question(name: str) -> "dict[str, str]":
    table = study_result(Study(), "questions")
    for values in zip(*(table[column] for column in ("name", "needs", "settings", "meaning"))):
        row = dict(zip(("name", "needs", "settings", "meaning"), values))
        if row["name"] == name:
            return row
    raise UsageError([_problem("question", f'there is no question "{name}"', "questions() lists them")])


def _function_of(row: "dict[str, str]") -> Callable[..., "pandas.DataFrame"]:
    """The function of a question: its subjects, then a posterior where it needs one, then settings by name."""
    name, needs = row["name"], row["needs"]

    def function(*subjects: Any, **settings: Any) -> "pandas.DataFrame":
        posterior = settings.pop("posterior", None)
        if needs.endswith("posterior") and subjects and isinstance(subjects[-1], Posterior):
            *subjects, posterior = subjects  # type: ignore[assignment]
        return ask(name, *subjects, posterior=posterior, **settings)

    function.__name__ = function.__qualname__ = name
    about = "" if needs == "nothing" else f"About: {needs}. "
    settings = row["settings"].replace("-", "_").replace(" ", ", ")
    function.__doc__ = f"{row['meaning'].capitalize()}.\n\n    {about}Settings: {settings}."
    return function


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


def diff(
    before: Panel, after: Panel, *, figures_only: bool = False, progress: Optional[bool] = None, **settings: Any
) -> "dict[str, pandas.DataFrame]":
    """Two releases: "figures" added, gone or revised, and, after three fits, the "medians" that moved, by revised data
    and by new years. Settings: tolerance; year, futures, priors, terms, chains, warmup, draws, accept, fit_seed, threads."""
    tolerance = {k: v for k, v in settings.items() if k == "tolerance"}
    tables = {"figures": ask("diff", before, after, figures_only=1, **(settings if figures_only else tolerance))}
    if not figures_only:
        tables["medians"] = ask("medians", before, after, progress=progress, **settings)
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


def _add_questions() -> None:
    """A function for each question that has none of its own here."""
    table = study_result(Study(), "questions")
    for values in zip(*(table[column] for column in ("name", "needs", "settings", "meaning"))):
        row = dict(zip(("name", "needs", "settings", "meaning"), values))
        arrays = row["name"] in ("panel", "posterior", "posterior_economy", "sample_stats", "sample_stats_economy")
        if not arrays and not row["name"].startswith("(") and row["name"] not in globals():
            globals()[row["name"]] = _function_of(row)
            __all__.append(row["name"])


_add_questions()

if TYPE_CHECKING:

    def __getattr__(name: str) -> Callable[..., "pandas.DataFrame"]: ...
