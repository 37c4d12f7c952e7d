# SPDX-License-Identifier: Apache-2.0
"""Panels and scenarios into the files of docs/formats.md, which the library reads."""
from __future__ import annotations

import json
import math
import numbers
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Mapping

if TYPE_CHECKING:
    import pandas


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        number = float(value)
        return repr(number) if math.isfinite(number) else ("nan" if math.isnan(number) else "inf")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    return json.dumps(os.fspath(value) if isinstance(value, os.PathLike) else str(value), ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )


def _key(key: Any) -> str:
    text = str(key)
    return text if text and all(c.isascii() and (c.isalnum() or c in "-_") for c in text) else json.dumps(text)


def _lines(keys: Mapping[str, Any]) -> str:
    return "".join(f"{_key(k)} = {_toml(v)}\n" for k, v in keys.items() if v is not None)


def _write_text(path: Path, text: str) -> None:
    """Beside, then renamed: never half a file."""
    beside = path.with_name(path.name + ".part")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def scenario(path: Path, keys: Mapping[str, Any], levers: Iterable[Mapping[str, Any]]) -> None:
    text = "format = 1\n" + _lines(keys)
    for lever in levers:
        text += "\n[[lever]]\n" + _lines(lever)
    _write_text(path, text)


def panel(folder: Path, about: Mapping[str, Any], tables: "Mapping[str, pandas.DataFrame]") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        file = name if name.endswith(".csv") else f"{name}.csv"
        if os.path.basename(file) != file:
            raise ValueError(f"{name!r} is no name of a table")
        _write_text(folder / file, table.to_csv(index=False))
    _write_text(folder / "panel.toml", "format = 1\n" + _lines(about))
