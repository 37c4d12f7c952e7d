# SPDX-License-Identifier: Apache-2.0
"""tenbin.h by ctypes: the library, its types, and errors as Python's own."""
from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator, Mapping, Optional, Union

import numpy as np
import numpy.typing as npt

from ._write import plain, type_name

API_VERSION = 2
DONE, USAGE, REFUSED, OUTPUT, STOPPED, MEMORY = 0, 2, 3, 4, 5, 6
_MOST_DIMENSIONS = 3
_STANDS_ON = ("libnetcdf19", "libfmt9", "libcsv3", "libzip4", "libexpat1", "libxlsxwriter4", "libssl3", "libtomlplusplus3")
_NUMBERS = {1: "<i4", 2: "<f8", 3: "|u1"}  # by type of an array; 0 is text

_FLAGS = ("diverging", "dispute")  # bytes of 0 and 1

PathLike = Union[str, "os.PathLike[str]"]
Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Problem:
    """One thing wrong, or worth knowing, in what was given: where, what, and how to mend it."""

    where: str
    what: str
    mend: str
    kind: str  # "refuse" or "note"
    text: str

    def __str__(self) -> str:
        return self.text


class TenbinError(Exception):
    """What tenbin says, in the words of its command line. `problems` holds every one of them."""

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(p.text for p in problems))
        self.problems = problems

    def __reduce__(self) -> Any:
        return type(self), (self.problems,)


class UsageError(TenbinError, ValueError):
    """A wrong argument, or a call before the one that it needs."""


class InputRefused(TenbinError, ValueError):
    """A file or a figure is wrong."""


class OutputError(TenbinError, OSError):
    """A file cannot be written."""


class TenbinWarning(UserWarning):
    """A note that must not be missed: chains that have not mixed, a fit without a term."""


class Bug(TenbinError, RuntimeError):
    """Our mistake: please report it."""


_ERRORS = {USAGE: UsageError, REFUSED: InputRefused, OUTPUT: OutputError}


class _Array(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("unit", ctypes.c_char_p),
        ("meaning", ctypes.c_char_p),
        ("type", ctypes.c_int),
        ("rank", ctypes.c_int),
        ("dimension", ctypes.c_char_p * _MOST_DIMENSIONS),
        ("size", ctypes.c_int64 * _MOST_DIMENSIONS),
        ("stride", ctypes.c_int64 * _MOST_DIMENSIONS),
        ("data", ctypes.c_void_p),
    ]


_OBSERVER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_double, ctypes.c_void_p)


def _find() -> str:
    """The library's file: $TENBIN_LIBRARY, the one in this package, or an installed one."""
    if given := os.environ.get("TENBIN_LIBRARY"):
        return given
    for own in sorted((Path(__file__).parent / "lib").glob("libtenbin.so*")):
        return str(own)
    return ctypes.util.find_library("tenbin") or "libtenbin.so.2"


def _load() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(_find())
    except OSError as error:
        raise ImportError(f"{error}; on Debian 12: apt install {' '.join(_STANDS_ON)} (docs/install.md)") from None
    text, pointer, code = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int
    place = ctypes.POINTER(ctypes.c_void_p)
    for name, result, arguments in [
        ("api_version", code, []),
        ("version", text, []),
        ("data_folder", text, []),
        ("open", pointer, []),
        ("close", None, [pointer]),
        ("problem_count", ctypes.c_size_t, [pointer]),
        ("problem", text, [pointer, ctypes.c_size_t, code]),
        ("set", code, [pointer, text, text]),
        ("read_panel", code, [pointer, text]),
        ("read_scenario", code, [pointer, text]),
        ("fit", code, [pointer, _OBSERVER, pointer]),
        ("read_posterior", code, [pointer, text]),
        ("use_posterior", code, [pointer, pointer]),
        ("write_posterior", code, [pointer, text]),
        ("project", code, [pointer, code, _OBSERVER, pointer, place]),
        ("ask", code, [pointer, text, _OBSERVER, pointer, place]),
        ("brief", code, [pointer, text, code, _OBSERVER, pointer]),
        ("import", code, [pointer, text, ctypes.POINTER(text), ctypes.c_size_t, text, place]),
        ("array_count", ctypes.c_size_t, [pointer]),
        ("get_array", code, [pointer, ctypes.c_size_t, ctypes.POINTER(_Array)]),
        ("attribute_count", ctypes.c_size_t, [pointer]),
        ("attribute_name", text, [pointer, ctypes.c_size_t]),
        ("attribute", text, [pointer, text]),
        ("close_result", None, [pointer]),
    ]:
        function = getattr(library, f"tenbin_{name}")
        function.restype, function.argtypes = result, arguments
    found = library.tenbin_api_version()
    if found != API_VERSION:
        raise ImportError(f"libtenbin speaks version {found} of its interface, this package {API_VERSION}")
    return library


library = _load()


def encoded(text: str) -> bytes:
    """A text for the library, which ends it at the first NUL: one inside would be lost."""
    if "\0" in text:
        raise ValueError(f"{text!r} holds a NUL character")
    return text.encode("utf-8", "surrogateescape")


def decoded(text: Optional[bytes]) -> str:
    return "" if text is None else text.decode("utf-8", "surrogateescape")


class _Handle:
    """A pointer of the library, closed when nobody holds it any more (and not before, at exit)."""

    def __init__(self, address: int, close: Callable[[int], None]):
        self.address = address
        weakref.finalize(self, close, address).atexit = False

    def __reduce__(self) -> Any:
        raise TypeError("it lives in this process: let a file carry it (Posterior.save(); a scenario's own file; a data frame of futures)")


class _Memory:
    """Memory of a result as NumPy wants it; arrays over it keep the result open."""

    def __init__(self, owner: _Handle, array: _Array, shape: tuple[int, ...], strides: tuple[int, ...]):
        self.owner = owner
        self.__array_interface__ = {
            "version": 3,
            "typestr": _NUMBERS[array.type],
            "shape": shape,
            "strides": strides,
            "data": (array.data or 0, True),  # read only
        }


class Result(Mapping[str, Array]):
    """Arrays of an answer by name, read where the library holds them; texts in `attributes`."""

    def __init__(self, handle: int):
        self._owner = _Handle(handle, library.tenbin_close_result)
        self._arrays: dict[str, Array] = {}
        self.dimensions: dict[str, tuple[str, ...]] = {}
        self.units: dict[str, str] = {}
        self.meanings: dict[str, str] = {}
        for which in range(library.tenbin_array_count(handle)):
            self._add(which)
        self.attributes = dict(self._texts())

    def _add(self, which: int) -> None:
        a = _Array()
        library.tenbin_get_array(self.handle, which, ctypes.byref(a))
        name = decoded(a.name)
        shape = tuple(a.size[: a.rank])
        self.dimensions[name] = tuple(decoded(d) for d in a.dimension[: a.rank])
        self.units[name], self.meanings[name] = decoded(a.unit), decoded(a.meaning)
        if 0 in shape:
            self._arrays[name] = np.empty(shape, _NUMBERS.get(a.type, object))
        elif a.type == 0:
            texts = ctypes.cast(a.data, ctypes.POINTER(ctypes.c_char_p))
            self._arrays[name] = np.array([decoded(texts[k]) for k in range(shape[0])], dtype=object)
        else:
            values = np.asarray(_Memory(self._owner, a, shape, tuple(a.stride[: a.rank])))
            self._arrays[name] = values.view(bool) if name in _FLAGS else values

    def _texts(self) -> Iterator[tuple[str, str]]:
        for which in range(library.tenbin_attribute_count(self.handle)):
            name = library.tenbin_attribute_name(self.handle, which)
            yield decoded(name), decoded(library.tenbin_attribute(self.handle, name))

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    @property
    def handle(self) -> int:
        return self._owner.address


_thread = threading.local()


def _observed() -> "list[Study]":
    """Studies whose observers this thread is in."""
    if not hasattr(_thread, "observed"):
        _thread.observed = []
    observed: "list[Study]" = _thread.observed
    return observed


_all: "weakref.WeakSet[Study]" = weakref.WeakSet()


def _alone_again() -> None:
    """In a child after a fork: nobody holds a lock that another thread of the parent held."""
    for study in list(_all):
        study._alone = threading.RLock()


os.register_at_fork(after_in_child=_alone_again)


class Study:
    """One study of the library. Every method raises what the library says, or returns its notes."""

    def __init__(self, settings: Mapping[str, Any] = {}):
        address = library.tenbin_open()
        if not address:
            raise MemoryError
        self._owner = _Handle(address, library.tenbin_close)
        self.keep: list[Any] = []  # what its files belong to
        self._alone = threading.RLock()  # over a call and the reading of its problems
        _all.add(self)
        problems: list[Problem] = []
        for name, value in settings.items():  # every wrong one at once
            if value is None:
                continue
            said = self._said("set", encoded(name.replace("_", "-")), encoded(_as_text(value, name)))
            if said[0] != DONE:
                problems += said[1]
        if problems:
            raise UsageError(problems)

    def _said(self, name: str, *arguments: Any) -> tuple[int, list[Problem]]:
        address = self._owner.address

        def part(which: int, of: int) -> str:
            return decoded(library.tenbin_problem(address, which, of))

        # An observer of this study's own work does not wait for it: the library refuses the call.
        own = any(study is self for study in _observed())
        alone: Any = contextlib.nullcontext() if own else self._alone
        with alone:
            code = getattr(library, f"tenbin_{name}")(address, *arguments)
            return code, [
                Problem(text=part(k, 0), where=part(k, 1), what=part(k, 2), mend=part(k, 3), kind=part(k, 4))
                for k in range(library.tenbin_problem_count(address))
            ]

    def _observer(self, observe: Callable[[float, Any], Any], failures: list[BaseException]) -> Any:
        """A function as the library calls it; what it raises stops the work and is kept."""

        def called(part: float, context: Any) -> int:
            observed = _observed()
            observed.append(self)
            try:
                return 0 if observe(part, context) in (0, False) else 1
            except BaseException as error:
                failures.append(error)
                return 0
            finally:
                observed.pop()

        return _OBSERVER(called)

    def call(self, name: str, *arguments: Any) -> list[Problem]:
        """Observers are Python functions of the part done and None; they go on unless they return 0 or False."""
        failures: list[BaseException] = []
        code, problems = self._said(name, *(self._observer(a, failures) if callable(a) else a for a in arguments))
        if failures:
            raise failures[0]
        if code == DONE:
            return problems
        if code == STOPPED:
            raise KeyboardInterrupt
        if code == MEMORY:
            raise MemoryError("tenbin has not enough memory")
        raise _ERRORS.get(code, Bug)([p for p in problems if p.kind != "note"] or problems)

    def result_of(self, call: Callable[["ctypes._Pointer[ctypes.c_void_p]"], Any]) -> Result:
        place = ctypes.c_void_p()
        call(ctypes.byref(place))  # type: ignore[arg-type]
        assert place.value is not None
        return Result(place.value)


def _as_text(value: Any, name: str = "value") -> str:
    """A setting as the command line has it: lists with commas, ranges as FIRST:LAST."""
    if isinstance(value, range) and value.step == 1 and len(value) > 0:
        return f"{value[0]}:{value[-1]}"
    value = plain(value, name)
    if isinstance(value, list):
        return ",".join(_as_text(v, name) for v in value)
    if isinstance(value, dict):
        raise TypeError(f"{name} is {type_name(value)}: give a number, a text, or a list of them")
    return str(int(value) if isinstance(value, bool) else value)
