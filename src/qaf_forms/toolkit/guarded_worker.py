"""The program of a guarded process: it is given a function, then calls of it one after the other, until nobody asks.

What it prints is dropped, since a bad file may make it say what stands in it.
"""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable
from enum import StrEnum
from math import inf
from pathlib import Path
from typing import Any, BinaryIO

from qaf_forms.errors import QafFormsError
from qaf_forms.toolkit.frames import receive, send

FUNCTION, CALL = b"f", b"c"
"""What a message begins with: a function to keep, or the arguments of a call of it."""
_WORN = 0.5
"""Of the memory that it had free at first. A process that keeps more of it is not given another file."""
_SIZES = Path("/proc/self/statm")


class Outcome(StrEnum):
    """What became of a call."""

    RETURNED = "returned"
    RAISED = "raised"
    OUT_OF_MEMORY = "out of memory"


def main(seconds: float, memory: int) -> None:
    """Answer what comes in. A call may take `seconds` of the processor's time, then the system ends this process."""
    asked, answers = _streams()
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    function: Callable[..., Any] = _nothing
    enough = _kept() + (memory - _kept()) * _WORN
    while True:
        try:
            message = receive(asked)
        except EOFError:
            return
        kind, content = message[:1], message[1:]
        del message
        _limit_time(seconds if kind == CALL else 0)
        try:
            if kind == FUNCTION:
                function = pickle.loads(content)
                answer = _answer(Outcome.RETURNED, None)
            else:
                given, named = pickle.loads(content)
                answer = _answer(Outcome.RETURNED, function(*given, **named), enough)
        except MemoryError:
            answer = _answer(Outcome.OUT_OF_MEMORY, None)
        except BaseException as error:
            answer = _answer(Outcome.RAISED, _portable(error), enough)
        _limit_time(0)
        send(answers, answer)


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """Where questions come from and answers go to; what anything else reads or prints goes nowhere."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return asked, answers


def _nothing(*_: object, **__: object) -> None:
    raise QafFormsError("a guarded process was asked before it had a function")


def _limit_time(seconds: float) -> None:
    """Let the system end this process after `seconds` of its own work; programs that it runs have their own limits."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _answer(outcome: Outcome, value: object, enough: float = inf) -> bytes:
    """The answer also says whether this process keeps more than is `enough`: the next call should go to a fresh one."""
    return pickle.dumps((outcome, value, _kept() > enough))


def _kept() -> int:
    """The bytes of address space that this process has; 0 where the system does not tell."""
    try:
        return int(_SIZES.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0


def _portable(error: BaseException) -> BaseException:
    """An error that survives being sent, with the lines of code it came by, which say nothing of the file."""
    lines = "".join(traceback.format_tb(error.__traceback__))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # such as one that is made from other arguments than its text
        error = QafFormsError(str(error)) if isinstance(error, QafFormsError) else RuntimeError(type(error).__name__)
    error.add_note(f"in a guarded process:\n{lines}")
    return error
