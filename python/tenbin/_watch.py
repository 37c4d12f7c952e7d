# SPDX-License-Identifier: Apache-2.0
"""Long calls: progress on a terminal or in a notebook, and Ctrl-C that is heard."""
from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import time
from typing import Any, Callable, Union

Progress = Union[bool, Callable[[float], Any], None]


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


class _Told(_Silent):
    """A function of the caller's."""

    def __init__(self, tell: Callable[[float], Any]):
        self._tell = tell

    def show(self, part: float) -> None:
        self._tell(part)


def _progress(doing: str, wanted: Progress) -> _Silent:
    if callable(wanted):
        return _Told(wanted)
    if wanted is False:
        return _Silent()
    if _in_notebook():
        return _Notebook(doing)
    return _Line(doing) if wanted or sys.stderr.isatty() else _Silent()


class _Work:
    """Work in another thread: how far it is, whether it is to stop, and its end."""

    def __init__(self) -> None:
        self.part, self.stop = 0.0, False
        self.ended = threading.Event()  # not Thread.join(): in Python 3.11 a Ctrl-C in join() marks a running thread as ended

    def observe(self, done: float, _context: Any) -> int:
        self.part = done
        return 0 if self.stop else 1

    def wait(self) -> None:
        """Whatever is raised meanwhile: the library must not be in the midst of a call when Python ends."""
        while not self.ended.is_set():
            try:
                self.ended.wait()
            except BaseException:
                self.stop = True


_running: "set[_Work]" = set()


def _end_all() -> None:
    """Before Python ends: work of threads that nobody waits for."""
    for work in list(_running):
        work.stop = True
        work.wait()


atexit.register(_end_all)
os.register_at_fork(after_in_child=_running.clear)  # the threads are the parent's


class _CtrlC:
    """Ctrl-C meanwhile asks the work to stop, as often as it comes, and raises nothing. Where the program has a handler
    of its own, that one is called."""

    def __init__(self, work: _Work):
        self._work = work
        self._before: Any = None

    def _hear(self, _signal: int, _frame: Any) -> None:
        self._work.stop = True

    def __enter__(self) -> None:
        alone = threading.current_thread() is threading.main_thread()
        if alone and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._before = signal.signal(signal.SIGINT, self._hear)

    def __exit__(self, *_: Any) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)


def watched(doing: str, wanted: Progress, call: Callable[[Any], Any]) -> Any:
    """Calls `call(observer)` in a thread, so that this one can show progress and hear Ctrl-C."""
    running = _Work()
    answer: list[Any] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(call(running.observe))
        except BaseException as error:  # told to the caller below
            failure.append(error)
        finally:
            _running.discard(running)
            running.ended.set()

    thread = threading.Thread(target=work)
    progress = _progress(doing, wanted)
    with _CtrlC(running):
        _running.add(running)
        try:
            thread.start()
        except RuntimeError:  # no thread can be had
            _running.discard(running)
            raise
        except BaseException:
            running.stop = True
        try:
            while not running.ended.wait(0.1):
                progress.show(running.part)
            progress.close()
        except BaseException as error:  # what the progress or a signal's handler raised: the work ends first
            running.stop = True
            running.wait()
            raise error
    if failure:
        raise failure[0]
    if running.stop:  # it was done before it heard
        raise KeyboardInterrupt
    return answer[0]
