# SPDX-License-Identifier: Apache-2.0
"""What is read and what comes out: panels, scenarios, posteriors, futures."""
from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Mapping, Optional

import numpy as np

from ._library import Array, PathLike, Problem, Result, Study, UsageError, decoded, encoded, library
from ._watch import Progress, watched
from ._write import type_name

if TYPE_CHECKING:
    import pandas
    import xarray


def data_folder() -> Path:
    """The folder of the panels and priors that are shipped with tenbin."""
    return Path(decoded(library.tenbin_data_folder()))


def shipped(name: str) -> Path:
    """A file or folder that is shipped: "data/east-asia", "scenarios/japan-3pct.toml"."""
    path = data_folder().parent / name
    if not path.exists():
        raise FileNotFoundError(f"{name} is not shipped with tenbin; look into {data_folder().parent}")
    return path


def table_of(result: Result) -> "pandas.DataFrame":
    import pandas

    frame = pandas.DataFrame({name: np.array(result[name]) for name in result})
    frame.attrs.update(text=result.attributes.get("text", ""), holds=result.attributes.get("holds", "1") == "1")
    return frame


def _dataset(result: Result) -> "xarray.Dataset":
    import xarray

    variables = {}
    for name, values in result.items():
        labels = {"long_name": result.meanings[name], "units": result.units[name]}
        variables[name] = (result.dimensions[name], values, {k: v for k, v in labels.items() if v})
    return xarray.Dataset(variables, attrs=result.attributes)


def as_path(value: Any, what: str) -> Path:
    """A path as it was given; refuses what is none, by the name of its type."""
    if isinstance(value, (str, os.PathLike)):
        return Path(os.fspath(value))
    raise TypeError(f"{what} is {type_name(value)}: give a path, or what tenbin read")


class _Read:
    """Something that was read from the disk, with the notes on it."""

    def __init__(self, path: PathLike, verb: str):
        self.path = Path(os.path.abspath(as_path(path, verb.replace("read_", "the "))))
        study = Study()
        self.notes: list[Problem] = study.call(verb, encoded(os.fspath(path)))
        self._study = study

    def _ask(self, question: str) -> Result:
        return study_result(self._study, question)


def study_result(study: Study, question: str, doing: str = "", progress: Progress = False) -> Result:
    """The answer to a question of docs/c.md."""

    def ask(observer: Any) -> Result:
        return study.result_of(lambda place: study.call("ask", encoded(question), observer, None, place))

    answer: Result = watched(doing, progress, ask)
    return answer


class Panel(_Read):
    """A panel of figures: `milex` (millions of its money) and `burden` (share of GDP), both [state, year], NaN where
    there is none; `states`, `years`; `kind` [state, year]: 0 none, 1 reported, 2 estimate, 3 uncertain, 4 imputed."""

    def __init__(self, path: PathLike, keep: Any = None):
        super().__init__(path, "read_panel")
        self._keep = keep  # a folder that goes with it
        self._values = self._ask("panel")
        self.attributes: dict[str, str] = self._values.attributes
        self.states: list[str] = list(self._values["state"])
        self.years: Array = self._values["year"]
        self.milex: Array = self._values["milex"]
        self.burden: Array = self._values["burden"]
        self.kind: Array = self._values["kind"]

    def to_xarray(self) -> "xarray.Dataset":
        return _dataset(self._values)

    def to_frame(self) -> "pandas.DataFrame":
        """Columns state, year, milex, burden, kind; one row a year with a figure."""
        import pandas

        state, year = np.nonzero(self.kind)
        return pandas.DataFrame(
            {
                "state": np.array(self.states, dtype=object)[state],
                "year": self.years[year],
                "milex": self.milex[state, year],
                "burden": self.burden[state, year],
                "kind": np.array(["none", "reported", "estimate", "uncertain", "imputed"])[self.kind[state, year]],
            }
        )

    def __repr__(self) -> str:
        return f"<Panel {self.attributes['panel']}: {len(self.states)} states, {self.years[0]}-{self.years[-1]}>"


class Scenario(_Read):
    """A scenario with its panel, as read from a file."""

    def __init__(self, path: PathLike, keep: Any = None):
        super().__init__(path, "read_scenario")
        self._keep = keep
        row = self._ask("scenarios")
        self.id, self.name, self.about, self.focus = (str(row[k][0]) for k in ("scenario", "name", "about", "focus"))
        self.start, self.end, self.futures, self.levers = (
            int(row[k][0]) for k in ("start", "end", "futures", "levers")
        )

    def __repr__(self) -> str:
        return f"<Scenario {self.id} ({self.name}): {self.start}-{self.end}, {self.levers} levers>"


def _wrong_name(path: PathLike, what: str, mend: str) -> UsageError:
    where = os.fspath(path)
    return UsageError([Problem(where, what, mend, "refuse", f"{where}: {what}. {mend}.")])


class Posterior(Mapping[str, Array]):
    """Posterior draws of the spending equation by the name of the parameter: [chain, draw] or [chain, draw, state or
    year]. `economy` and `sample_stats` are the like; `states`, `attributes`."""

    def __init__(self, study: Study, notes: list[Problem]):
        self.notes = notes
        self._study = study
        self._spending = study_result(study, "posterior")
        self.attributes: dict[str, str] = self._spending.attributes
        self.states: list[str] = list(self._spending["state"])
        self.economy: Result = study_result(study, "posterior_economy")
        self.sample_stats: Result = study_result(study, "sample_stats")

    def __getitem__(self, name: str) -> Array:
        return self._spending[name]

    def __iter__(self) -> Any:
        return iter(self._spending)

    def __len__(self) -> int:
        return len(self._spending)

    def __repr__(self) -> str:
        about = self.attributes
        return (
            f"<Posterior of panel {about['panel']} up to {about['last_year']}: {about['chains']} chains of "
            f"{about['draws']} draws, {about['priors']} priors>"
        )

    def save(self, path: PathLike) -> None:
        """Writes a .fit, which read_posterior() and the command line's --posterior read."""
        if os.fspath(path).endswith(".nc"):
            raise _wrong_name(path, "a fit is a .fit file; netCDF is exported from it", "Give a name in .fit, and then: tenbin export NAME.fit -o NAME.nc")
        self._study.call("write_posterior", encoded(os.fspath(path)))

    def export(self, path: PathLike) -> None:
        """Writes netCDF (.nc) for xarray, ArviZ and R, as `tenbin export` does; tenbin does not read it."""
        if not os.fspath(path).endswith(".nc"):
            raise _wrong_name(path, "what is written is netCDF", "Give a name that ends in .nc")
        self._study.call("write_posterior", encoded(os.fspath(path)))

    def summary(self) -> "pandas.DataFrame":
        """Mean, sd, quantiles, R-hat and effective sizes of every parameter."""
        return table_of(study_result(self._study, "summary"))

    def to_datasets(self) -> "dict[str, xarray.Dataset]":
        """Groups as ArviZ names them: arviz.InferenceData(**{k: v for k, v in posterior.to_datasets().items()})."""
        return {
            "posterior": _dataset(self._spending),
            "posterior_economy": _dataset(self.economy),
            "sample_stats": _dataset(self.sample_stats),
            "sample_stats_economy": _dataset(study_result(self._study, "sample_stats_economy")),
        }

    def give(self, study: Study) -> None:
        study.call("use_posterior", self._spending.handle)


class Futures:
    """Futures of a scenario. Of every state and year: `burden_quantile`, `milex_quantile` [year, state, level] at
    `levels`, `burden_mean`, `milex_mean` [year, state]; where they were kept, `burden`, `milex` [year, state, future]
    and `dispute` [year, dyad, future] (None otherwise). `digest` is the SHA-256 that `tenbin project` prints."""

    def __init__(self, result: Result):
        self._result = result
        self.attributes: dict[str, str] = result.attributes
        self.digest: str = result.attributes["digest"]
        self.states: list[str] = list(result["state"])
        self.years: Array = result["year"]
        self.levels: Array = result["level"]
        self.burden_quantile: Array = result["burden_quantile"]
        self.milex_quantile: Array = result["milex_quantile"]
        self.burden_mean: Array = result["burden_mean"]
        self.milex_mean: Array = result["milex_mean"]
        self.burden: Optional[Array] = result.get("burden")
        self.milex: Optional[Array] = result.get("milex")
        self.dispute: Optional[Array] = result.get("dispute")
        self.dyads: list[str] = list(result["dyad"]) if "dyad" in result else []
        self.notes: list[str] = [v for k, v in result.attributes.items() if k.startswith("note ")]

    def __repr__(self) -> str:
        return (
            f"<Futures of {self.attributes['scenario']}, {self.years[0]}-{self.years[-1]}, {len(self.states)} states; "
            f"quantiles {self.digest[:12]}>"
        )

    def to_xarray(self) -> "xarray.Dataset":
        return _dataset(self._result)

    def to_frame(self) -> "pandas.DataFrame":
        """Columns state, year, quantity, q05 ... q95, mean, as in the command line's CSV."""
        import pandas

        parts = []
        for quantity in ("burden", "milex"):
            quantile, mean = self._result[f"{quantity}_quantile"], self._result[f"{quantity}_mean"]
            state, year = np.nonzero(~np.isnan(mean.T))
            columns: dict[str, Any] = {
                "state": np.array(self.states, dtype=object)[state],
                "year": self.years[year],
                "quantity": quantity,
            }
            for k, level in enumerate(self.levels):
                columns[f"q{round(100 * level):02d}"] = quantile[year, state, k]
            parts.append(pandas.DataFrame({**columns, "mean": mean[year, state]}))
        return pandas.concat(parts, ignore_index=True)

    def of(self, state: str, quantity: str = "burden") -> "pandas.DataFrame":
        """One state's quantiles by year."""
        if state not in self.states:
            raise KeyError(f"{state} is not in the panel; states: {' '.join(self.states)}")
        if quantity not in ("burden", "milex"):
            raise KeyError(f"futures have no {quantity}: ask for burden or milex")
        frame = self.to_frame()
        return frame[(frame.state == state) & (frame.quantity == quantity)].set_index("year").drop(
            columns=["state", "quantity"]
        )
