"""Guarded processes: an executor whose work may hang, crash or use up its memory, and harms nothing but itself."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event, Lock, Thread, Timer
from types import TracebackType
from typing import Any, TypeVar

from qaf_forms.errors import QafFormsError, UnreadableFileError
from qaf_forms.plugin.capped import capped, end, how_it_ended
from qaf_forms.plugin.interfaces import Limits
from qaf_forms.problems import Code, Problem
from qaf_forms.toolkit.frames import receive, send
from qaf_forms.toolkit.guarded_worker import CALL, FUNCTION, Outcome

_MOST = 4
"""Processes, if nobody says how many: each may use up to the limit of memory."""
_SECONDS_TO_BE_READY = 60.0
_ENDED_BY_TIME = -getattr(signal, "SIGPROF", 0)
_Result = TypeVar("_Result")


class GuardedProcesses(Executor):
    """An executor of `concurrent.futures` for files from strangers.

    Its processes are within the `limits` of a file on time and memory, off the network where the system allows that,
    and given one call at a time. A call that takes too long, crashes or is killed raises UnreadableFileError, whose
    `problem` says why; what it started is ended as well, and a fresh process goes on with the next. A function is sent
    to a process once and kept there as long as the same object is submitted. Leaving `with` by an error ends all at
    once.
    """

    def __init__(self, processes: int | None = None, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._threads = ThreadPoolExecutor(processes or _usual(), thread_name_prefix="qaf_forms_guard")
        self._lock = Lock()
        self._idle: list[_Guarded] = []
        self._busy: set[_Guarded] = set()
        self._stopped = Event()

    def submit(self, fn: Callable[..., _Result], /, *args: Any, **kwargs: Any) -> Future[_Result]:
        """Call a function in one of the processes. It, what it is given and what it gives have to be picklable."""
        return self._threads.submit(self._run, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls, and end the processes when those that were taken are done."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        if not wait:
            Thread(target=self.shutdown).start()
            return
        while self._idle:
            self._idle.pop().end()

    def stop(self) -> None:
        """End every process at once, whatever it is doing. Calls that were under way raise UnreadableFileError."""
        with self._lock:
            self._stopped.set()
            busy = tuple(self._busy)
        for process in busy:
            process.kill()
        self.shutdown(cancel_futures=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.shutdown()
        else:
            self.stop()

    def _run(self, function: Callable[..., _Result], given: tuple[Any, ...], named: dict[str, Any]) -> _Result:
        process = self._taken()
        try:
            result: _Result = process.call(function, given, named)
            return result
        finally:
            self._give_back(process)

    def _taken(self) -> _Guarded:
        with self._lock:
            process = self._idle.pop() if self._idle else None
        if process is not None and not process.is_fit:
            process.end()
            process = None
        process = process or _Guarded(self._limits)
        with self._lock:
            self._busy.add(process)
            if self._stopped.is_set():
                process.kill()
        return process

    def _give_back(self, process: _Guarded) -> None:
        with self._lock:
            self._busy.discard(process)
        if process.is_fit:
            self._idle.append(process)
        else:
            process.end()


class _Guarded:
    """One process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._longest = limits.seconds + limits.office_seconds
        """Seconds by the clock, for what waits instead of working; a program that converts a file is waited for."""
        start = (
            f"import sys; sys.path[:] = {[*map(str, sys.path)]!r}; from qaf_forms.toolkit.guarded_worker import main;"
            f" main({limits.seconds!r}, {limits.memory!r})"
        )
        self._opened = ExitStack()
        program = [sys.executable, "-P", "-c", start]
        self._process = self._opened.enter_context(capped(program, memory=limits.memory, is_firm=False))
        self._function: Callable[..., Any] | None = None
        self._is_worn = False

    @property
    def is_fit(self) -> bool:
        """Whether it can be given another call."""
        return not self._is_worn and self._process.poll() is None

    def kill(self) -> None:
        """End it now; whoever waits for its answer is told."""
        if self._process.returncode is None:
            end(self._process)

    def end(self) -> None:
        """End it, and give back what it holds."""
        self._opened.close()

    def call(self, function: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """What the function gives, or raises."""
        if function is not self._function:
            self._keep(function)
        return self._asked(CALL + pickle.dumps((given, named)), self._longest)

    def _keep(self, function: Callable[..., Any]) -> None:
        message = FUNCTION + pickle.dumps(function)
        try:
            self._asked(message, max(self._longest, _SECONDS_TO_BE_READY))
        except UnreadableFileError as error:
            raise QafFormsError(
                f"a process for reading files could not be made ready: {error.problem.message}"
            ) from error
        self._function = function

    def _asked(self, message: bytes, seconds: float) -> Any:
        is_late = Event()

        def give_up() -> None:
            is_late.set()
            self.kill()

        clock = Timer(seconds, give_up)
        clock.start()
        try:
            answer = self._answer(message)
        finally:
            clock.cancel()
        if answer is None:
            raise UnreadableFileError(self._why_lost(is_late.is_set()))
        outcome, value, self._is_worn = pickle.loads(answer)
        self._is_worn |= is_late.is_set() or outcome is Outcome.OUT_OF_MEMORY
        if outcome is Outcome.OUT_OF_MEMORY:
            raise UnreadableFileError(Code.OUT_OF_MEMORY.problem())
        if outcome is Outcome.RAISED:
            raise value
        return value

    def _answer(self, message: bytes) -> bytes | None:
        """What it says to a message; None if it ended instead."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            send(self._process.stdin, message)
            return receive(self._process.stdout)
        except (EOFError, OSError):
            return None

    def _why_lost(self, is_late: bool) -> Problem:
        self.kill()
        code = self._process.wait()
        if is_late or (code == _ENDED_BY_TIME and code):
            limit = self._longest if is_late else self._limits.seconds
            return Code.READING_TOO_SLOW.problem(limit=f"{limit:g}")
        return Code.READING_FAILED.problem(reason=how_it_ended(code))


def _usual() -> int:
    """As many processes as there are processors for us, but no more than a few."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(_MOST, processors or 1)
