"""Runs another program on a file from a stranger, within a limit of time and memory, off the network where that works.

Some old formats can only be read by programs that a bad file can hang, crash or blow up. They run apart: what happens
to them becomes a problem of that one file.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from qaf_forms.errors import UnreadableFileError
from qaf_forms.problems import Code

_LAUNCHER = """
import ctypes, os, sys
memory, program = int(sys.argv[1]), sys.argv[2:]
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    system = ctypes.CDLL(None)
    system.unshare(0x40000000) == 0 or system.unshare(0x50000000)
except (ImportError, OSError, ValueError, AttributeError):
    pass
os.execvp(program[0], program)
"""
"""Sets the limits of the process that it then becomes. `unshare`: a network namespace of its own, in which nothing can
be reached (without the right to make one, in a user namespace of its own; where neither works, it goes on as it is)."""


def run_capped(
    program: Sequence[str],
    data: bytes = b"",
    *,
    seconds: float,
    memory: int,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What `program` writes when it is given `data`.

    `memory` bounds its address space in bytes. One that takes too long is ended together with what it started.
    `UnreadableFileError` if it fails; what it wrote about that is dropped, since it may repeat what stands in the file.
    """
    command = [sys.executable, "-c", _LAUNCHER, str(memory), *program]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=dict(environment) if environment is not None else None,
    ) as process:
        try:
            written, _ = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableFileError(Code.TOO_SLOW.problem(limit=f"{seconds:g}")) from error
        finally:
            _end(process)
    if process.returncode != 0:
        raise UnreadableFileError(Code.PROGRAM_FAILED.problem(reason=_why(process.returncode)))
    return written


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and everything that it started: they are a group of their own."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def _why(code: int) -> str:
    return f"it was stopped by signal {-code}" if code < 0 else f"it ended with code {code}"
