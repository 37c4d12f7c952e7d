# SPDX-License-Identifier: Apache-2.0
"""Long calls: progress on a terminal or in a notebook, and Ctrl-C that is heard."""
from __future__ import annotations

import sys
import threading
import time
from typing import Any, Callable, Optional

from ._library import OBSERVER


class _Silent:
    def show(self, part: float) -> None:
        pass

    def close(self) -> None:
        pass


class _Line(_Silent):
    """A line on a terminal that is written over and gone at the end."""

    def __init__(self, doing: str):
        self._doing, self._begin = doing, time.monotonic()

    def show(self, part: float) -> None:
        left = (time.monotonic() - self._begin) * (1 - part) / part if part > 0 else 0
        print(f"\r{self._doing}  {100 * part:3.0f} %  {left:.0f} s left \033[K", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


class _Notebook(_Silent):
    """A bar in a notebook's output."""

    def __init__(self, doing: str):
        from IPython.display import HTML, display

        self._doing, self._html = doing, HTML
        self._display = display(HTML(self._bar(0)), display_id=True)

    def _bar(self, part: float) -> str:
        return f"{self._doing} <progress max='1' value='{part:.3f}'></progress> {100 * part:.0f} %"

    def show(self, part: float) -> None:
        self._display.update(self._html(self._bar(part)))

    def close(self) -> None:
        self._display.update(self._html(""))


def _in_notebook() -> bool:
    shell = sys.modules.get("IPython")
    found = shell.get_ipython() if shell else None
    return found is not None and hasattr(found, "kernel")


def _progress(doing: str, wanted: Optional[bool]) -> _Silent:
    if wanted is False:
        return _Silent()
    if _in_notebook():
        return _Notebook(doing)
    return _Line(doing) if wanted or sys.stderr.isatty() else _Silent()


def watched(doing: str, wanted: Optional[bool], call: Callable[[Any], Any]) -> Any:
    """Calls `call(observer)` in a thread, so that this one can show progress and hear Ctrl-C."""
    part, stop = 0.0, False
    ended = threading.Event()  # not Thread.join(): in Python 3.11 a Ctrl-C in join() marks a running thread as ended
    answer: list[Any] = []
    failure: list[BaseException] = []

    def observe(done: float, _context: Any) -> int:
        nonlocal part
        part = done
        return 0 if stop else 1

    observer = OBSERVER(observe)

    def work() -> None:
        try:
            answer.append(call(observer))
        except BaseException as error:  # told to the caller below
            failure.append(error)
        finally:
            ended.set()

    thread = threading.Thread(target=work)
    progress = _progress(doing, wanted)
    thread.start()
    try:
        while not ended.is_set():
            try:
                ended.wait(0.1)
                progress.show(part)
            except KeyboardInterrupt:
                stop = True
        progress.close()
    except BaseException:  # progress that cannot be shown, or a second Ctrl-C: the work ends first
        stop = True
        ended.wait()
        raise
    if failure:
        raise failure[0]
    if stop:  # it was done before it heard
        raise KeyboardInterrupt
    return answer[0]
