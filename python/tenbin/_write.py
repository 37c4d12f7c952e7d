# SPDX-License-Identifier: Apache-2.0
"""Panels and scenarios into the files of docs/formats.md, which the library reads."""
from __future__ import annotations

import json
import math
import numbers
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas


def type_name(value: Any) -> str:
    """As a user knows it: "a pandas Series", "a list"."""
    kind = type(value)
    maker = kind.__module__.split(".")[0]
    return f"a {kind.__name__}" if maker == "builtins" else f"a {maker} {kind.__name__}"


def plain(value: Any, where: str) -> Any:
    """None, a bool, an int, a float, a str, a list or a dict. What NumPy and pandas have in their place is taken as
    these, whatever can be gone through as a list, and any other type is refused by its name."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if type(value).__name__ in ("bool_", "bool") and hasattr(value, "item"):  # NumPy's
        return bool(value)
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    if isinstance(value, Mapping):
        return {str(k): plain(v, f"{where}.{k}") for k, v in value.items()}
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):  # an array of one value
        return plain(value.item(), where)
    one_by_one = isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray)) and getattr(value, "ndim", 1) == 1
    if one_by_one:
        listed = sorted(value) if isinstance(value, (set, frozenset)) else value
        return [plain(v, where) for v in listed]
    raise TypeError(f"{where} is {type_name(value)}: give a number, a text, a list of them, or a mapping")


def _toml(value: Any, where: str = "value") -> str:
    value = plain(value, where)
    if value is None:
        raise TypeError(f"{where} holds None: leave it out")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else ("nan" if math.isnan(value) else "inf")
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_toml(v, f'{where}.{k}')}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(v, where) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: Any) -> str:
    text = str(key)
    return text if text and all(c.isascii() and (c.isalnum() or c in "-_") for c in text) else json.dumps(text)


def _lines(keys: Mapping[str, Any], where: str) -> str:
    return "".join(f"{_key(k)} = {_toml(v, f'{where}{k}')}\n" for k, v in keys.items() if v is not None)


def _write_text(path: Path, text: str) -> None:
    """Beside, then renamed: never half a file."""
    beside = path.with_name(path.name + ".part")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def file_name(name: Any) -> str:
    """A scenario's name as that of its file, by which it is called in every table: "Japan 3 %" is japan-3."""
    words = re.sub(r"[^\w]+", "-", str(name or "").lower())[:60].strip("-")
    return words or "scenario"


def scenario(path: Path, keys: Mapping[str, Any], levers: Iterable[Mapping[str, Any]]) -> None:
    text = "format = 1\n" + _lines(keys, "")
    for number, lever in enumerate(levers, 1):
        text += "\n[[lever]]\n" + _lines(lever, f"lever {number}: ")
    _write_text(path, text)


def panel(folder: Path, about: Mapping[str, Any], tables: "Mapping[str, pandas.DataFrame]") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        file = name if name.endswith(".csv") else f"{name}.csv"
        if os.path.basename(file) != file:
            raise ValueError(f"{name!r} is no name of a table")
        if not hasattr(table, "to_csv"):
            raise TypeError(f"table {name!r} is {type_name(table)}: give a pandas DataFrame")
        _write_text(folder / file, table.to_csv(index=False))
    _write_text(folder / "panel.toml", "format = 1\n" + _lines(about, ""))
