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

import dataclasses
import json
import os
import re
import shutil
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
from ._nouns import Futures, Panel, Posterior, Scenario, as_path, data_folder, shipped, study_result, table_of
from ._watch import Progress, watched

if TYPE_CHECKING:
    import io

    import pandas

__version__: str = decoded(library.tenbin_version())
__all__ = [
    "Array", "Bug", "Futures", "InputRefused", "OutputError", "Panel", "Posterior", "Problem", "Scenario",
    "TenbinError", "TenbinWarning", "UsageError", "ask", "brief", "data_folder", "diff", "fit", "import_published",
    "new_panel", "new_scenario", "project", "read_panel", "read_posterior", "read_scenario", "shipped",
]


_OnePanel = Union[Panel, PathLike]
_OneScenario = Union[Scenario, PathLike, "io.TextIOBase"]
_Scenarios = Union[_OneScenario, Iterable[_OneScenario]]
_AnyPosterior = Union[Posterior, PathLike, "io.BufferedIOBase", None]


def _is_one(value: Any) -> bool:
    return isinstance(value, (Panel, Scenario, str, os.PathLike)) or hasattr(value, "read")


def _scenario(value: Any) -> Scenario:
    """A scenario as it is, or read from a path or from a file that is open."""
    if isinstance(value, Scenario):
        return value
    if not hasattr(value, "read"):
        return Scenario(as_path(value, "the scenario"))
    name = getattr(value, "name", None)
    if isinstance(name, str) and os.path.isfile(name):
        return Scenario(name)
    keep, path = _temporary("scenario.toml")
    text = value.read()
    text = text.decode("utf-8") if isinstance(text, bytes) else text
    path.write_text(_with_whole_paths(text), encoding="utf-8")
    return Scenario(path, keep)


def _with_whole_paths(text: str) -> str:
    """A scenario's text with the paths of its panel and of what it extends from here, not from where it will lie."""

    def whole(found: "re.Match[str]") -> str:
        return found[1] + json.dumps(os.path.abspath(json.loads(found[2])), ensure_ascii=False)

    return re.sub(r'^(\s*(?:panel|extends)\s*=\s*)("(?:[^"\\]|\\.)*")', whole, text, flags=re.MULTILINE)


def _subject(value: Any) -> Union[Panel, Scenario]:
    """A panel or a scenario as it is; a folder is a panel, any other path a scenario."""
    if isinstance(value, (Panel, Scenario)):
        return value
    if isinstance(value, (str, os.PathLike)) and os.path.isdir(value):
        return Panel(value)
    return _scenario(value)


def _posterior(value: Any, of: Union[Panel, Scenario]) -> Optional[Posterior]:
    """A posterior as it is, or read from a path or from a file that is open."""
    if value is None or isinstance(value, Posterior):
        return value
    if not hasattr(value, "read"):
        return read_posterior(as_path(value, "the posterior"), of)
    keep, path = _temporary("posterior.fit")
    path.write_bytes(value.read())
    with keep:
        return read_posterior(path, of)


def _temporary(name: str) -> "tuple[tempfile.TemporaryDirectory[str], Path]":
    folder = tempfile.TemporaryDirectory(prefix="tenbin-")
    return folder, Path(folder.name) / name


def _listed(scenarios: _Scenarios) -> "list[Scenario]":
    several = [scenarios] if _is_one(scenarios) else list(scenarios)  # type: ignore[arg-type]
    return [_scenario(s) for s in several]


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
    posterior: _AnyPosterior,
    settings: Mapping[str, Any],
    progress: Progress,
) -> Study:
    """A study of scenarios with a posterior, fitted now where none is given."""
    study = _checked(settings, question, *(["(fit)"] if posterior is None else []))
    listed = _listed(scenarios)
    for scenario in listed:
        study.call("read_scenario", encoded(os.fspath(scenario.path)))
    if posterior is None:
        _warn(watched("fitting", progress, lambda observer: study.call("fit", observer, None)))
    else:
        _given(posterior, listed[0]).give(study)
    study.keep = listed  # files that go with them
    return study


def _given(posterior: _AnyPosterior, of: Union[Panel, Scenario]) -> Posterior:
    read = _posterior(posterior, of)
    assert read is not None
    return read


def read_panel(folder: PathLike) -> Panel:
    """Reads a panel's folder. Raises InputRefused with every problem of it."""
    return Panel(folder)


def _refuse_existing(path: Path, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise OutputError([_problem(str(path), "this is there already", "Give a name that is free, or overwrite=True")])


def _of_tables(error: InputRefused, folder: Path, tables: "Mapping[str, pandas.DataFrame]") -> InputRefused:
    """The problems of files that were written from tables, by table and row."""

    def place(where: str) -> str:
        found = re.fullmatch(re.escape(f"{folder}{os.sep}") + r"(\w+)\.csv(?::(\d+))?", where)
        if not found:
            return where.replace(f"{folder}{os.sep}", "").replace(str(folder), "the panel")
        name, line = found[1], int(found[2] or 0)
        table = tables.get(name, tables.get(f"{name}.csv"))
        if line < 2 or table is None or line - 2 >= len(table):
            return f'table "{name}"'
        return f'table "{name}", row {line - 1} (index {table.index[line - 2]!r})'

    problems = []
    for p in error.problems:
        where = place(p.where)
        what, mend = (t.replace(f"{folder}{os.sep}", "") for t in (p.what, p.mend))
        problems.append(Problem(where, what, mend, p.kind, f"{where}: {what}. {mend}{'.' if mend else ''}".strip()))
    return InputRefused(problems)


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
    overwrite: bool = False,
) -> Panel:
    """A panel from tables: a mapping from the names of docs/formats.md ("states", "milex", ...) to data frames with
    their columns. They are written into `folder`, or into one that goes with the panel, and read as from anyone.
    A folder that is there is left alone; with `overwrite` a panel in it gives way as a whole, once the new one reads."""
    keep, target = _temporary("panel")
    if folder is not None:
        target = Path(os.path.abspath(folder))
        _refuse_existing(target, overwrite)
        if target.exists() and not (target / "panel.toml").exists():
            raise OutputError([_problem(str(target), "this is no panel", "Only a panel is overwritten: give another name")])
        target.parent.mkdir(parents=True, exist_ok=True)
    about = dict(name=name, currency=currency, price_year=price_year, vintage=vintage, licence=licence)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _write.panel(beside, {**about, "share_of_world": share_of_world}, tables)
        try:
            strays = [n for n in Panel(beside).notes if n.what.startswith("a panel has no table of this name")]
            if strays:  # a file that lies there may be the user's own; a table that was handed over is meant
                raise InputRefused([dataclasses.replace(n, kind="refuse") for n in strays])
        except InputRefused as error:
            raise _of_tables(error, beside, tables) from None
        if target.exists():
            before = target.with_name(f".{target.name}.{os.getpid()}.before")
            os.rename(target, before)
            os.rename(beside, target)
            shutil.rmtree(before)
        else:
            os.rename(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Panel(target, keep)


def read_scenario(path: PathLike) -> Scenario:
    """Reads a scenario file with its panel. Raises InputRefused with every problem of both."""
    return Scenario(path)


def new_scenario(
    panel: Union[Panel, PathLike, None] = None,
    *,
    extends: Union[Scenario, PathLike, None] = None,
    levers: Iterable[Mapping[str, Any]] = (),
    path: Optional[PathLike] = None,
    overwrite: bool = False,
    **keys: Any,
) -> Scenario:
    """A scenario from arguments: the keys of a scenario file (name, start, end, focus, futures, seed, plans, blocs ...)
    and a mapping a lever. With `extends` it takes over everything else of another one. It is written to `path`, or to
    a file that goes with the scenario and is called by its name, and read as from anyone. A file that is there is left
    alone without `overwrite`."""
    keep, target = _temporary(f"{_write.file_name(keys.get('name'))}.toml")
    if path is not None:
        target = Path(os.path.abspath(path))
        _refuse_existing(target, overwrite)
    if panel is not None:
        keys["panel"] = os.path.abspath(panel.path if isinstance(panel, Panel) else panel)
    if extends is not None:
        keys["extends"] = os.path.abspath(extends.path if isinstance(extends, Scenario) else extends)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _write.scenario(beside, keys, levers)
        try:
            Scenario(beside)
        except InputRefused as error:
            named = [
                Problem(p.where.replace(str(beside), target.name), p.what, p.mend, p.kind, p.text.replace(str(beside), target.name))
                for p in error.problems
            ]
            raise InputRefused(named) from None
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    return Scenario(target, (keep, panel, extends))


def fit(of: Union[_OnePanel, _OneScenario], *, progress: Progress = None, **settings: Any) -> Posterior:
    """Fits who arms in response to whom, by a panel or the panel of a scenario. Settings: priors, terms, without, leave_out, as_of, chains, warmup, draws,
    accept, fit_seed, threads. Notes on its health are warned of, and in the posterior's `notes`."""
    study = _checked(settings, "(fit)")
    _read(study, _subject(of))
    notes = watched("fitting", progress, lambda observer: study.call("fit", observer, None))
    _warn(notes)
    return Posterior(study, notes)


def _read(study: Study, subject: Union[Panel, Scenario]) -> None:
    study.call("read_panel" if isinstance(subject, Panel) else "read_scenario", encoded(os.fspath(subject.path)))
    study.keep.append(subject)


def read_posterior(path: PathLike, of: Union[_OnePanel, _OneScenario]) -> Posterior:
    """A posterior that `tenbin fit` or Posterior.save() wrote, of this panel."""
    study = Study()
    _read(study, _subject(of))
    notes = study.call("read_posterior", encoded(os.fspath(path)))
    _warn(notes)
    return Posterior(study, notes)


def project(
    scenario: _OneScenario,
    posterior: _AnyPosterior = None,
    *,
    keep: bool = False,
    progress: Progress = None,
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
    *subjects: Any,
    posterior: _AnyPosterior = None,
    progress: Progress = None,
    **settings: Any,
) -> "pandas.DataFrame":
    """The answer to a question as a data frame: what the verb of that name writes. `subjects`: what it is about, as
    questions() says (a file, a panel, two panels, scenarios; a file and a panel). `attrs["text"]` is what the command line prints,
    `attrs["holds"]` whether the answer is yes. A posterior is fitted now where the question needs one and none is given."""
    flat: list[Any] = [one for s in subjects for one in ([s] if _is_one(s) else s)]
    row = _question(question)
    fits = posterior is None and row["needs"].endswith("posterior")
    study = _checked(settings, question, *(["(fit)"] if fits else []))
    read = []
    for subject in flat:
        if row["needs"].startswith("file") and (row["needs"] == "file" or subject is flat[0]):
            study.call("set", b"file", encoded(os.fspath(as_path(subject, "the file"))))
        else:
            read.append(_subject(subject))
            _read(study, read[-1])
    if fits:
        _warn(watched("fitting", progress, lambda observer: study.call("fit", observer, None)))
    elif posterior is not None:
        if not read:
            raise UsageError([_problem(question, "there is nothing that it is about", f"Give {row['needs']} first")])
        _given(posterior, read[0]).give(study)
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
    posterior: _AnyPosterior = None,
    *,
    plain: bool = False,
    progress: Progress = None,
    **settings: Any,
) -> str:
    """Writes the briefing, one HTML file that opens anywhere; returns its headline. The first scenario is the
    baseline. `plain`: without a script."""
    study = _study_of("(brief)", scenarios, posterior, settings, progress)
    where = encoded(os.fspath(path))
    notes = watched("projecting", progress, lambda o: study.call("brief", where, int(plain), o, None))
    return str(notes[-1].what)


def diff(
    before: _OnePanel, after: _OnePanel, *, figures_only: bool = False, progress: Progress = None, **settings: Any
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
