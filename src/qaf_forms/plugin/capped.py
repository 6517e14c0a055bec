"""Runs another program on a file from a stranger, within a limit of time and memory, off the network where that works.

A bad file can hang, crash or blow up the program that reads it. So such programs run apart: what happens to them
becomes a problem of that one file.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from qaf_forms.errors import UnreadableFileError
from qaf_forms.problems import Code

_LAUNCHER = """
import ctypes, os, resource, signal, sys
memory, is_firm, lifeline = map(int, sys.argv[1:4])
program = sys.argv[4:]

def limit(kind, soft, hard):
    known = resource.getrlimit(kind)[1]
    if known != resource.RLIM_INFINITY:
        soft, hard = min(soft, known), known if hard == resource.RLIM_INFINITY else min(hard, known)
    try:
        resource.setrlimit(kind, (soft, hard))
    except (OSError, ValueError):
        pass

def watch():
    if os.fork():
        os._exit(0)
    for inherited in (0, 1, 2):
        os.close(inherited)
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)

limit(resource.RLIMIT_AS, memory, memory if is_firm else resource.RLIM_INFINITY)
limit(resource.RLIMIT_CORE, 0, 0)
try:
    system = ctypes.CDLL(None)
    system.unshare(0x40000000) == 0 or system.unshare(0x50000000)
except (OSError, AttributeError):
    pass
watcher = os.fork()
if watcher == 0:
    watch()
os.waitpid(watcher, 0)
os.close(lifeline)
os.execvp(program[0], program)
"""
"""Sets the limits of the process that it then becomes.

`unshare`: a network namespace of its own, in which nothing can be reached (without the right to make one, in a user
namespace of its own; where neither works, it goes on as it is). `watch`: a process beside it that ends them all when
nobody holds the other end of the lifeline any more, so that they outlive nobody who could end them.
"""
_HAS_LIMITS = os.name == "posix"
"""Elsewhere a program has its time limit alone."""


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
    with capped(program, memory=memory, environment=environment) as process:
        try:
            written, _ = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableFileError(Code.TOO_SLOW.problem(limit=f"{seconds:g}")) from error
    if process.returncode != 0:
        raise UnreadableFileError(Code.PROGRAM_FAILED.problem(reason=how_it_ended(process.returncode)))
    return written


@contextmanager
def capped(
    program: Sequence[str], *, memory: int, is_firm: bool = True, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that reads from us and writes to us, ended afterwards with everything that it started.

    It also ends when this process does, however that comes. What it starts may raise the bound on its memory again
    unless that `is_firm`. What it says of its failures is dropped.
    """
    lifeline, held = os.pipe() if _HAS_LIMITS else (-1, -1)
    launched = [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(memory), str(int(is_firm)), str(lifeline), *program]
    try:
        with subprocess.Popen(
            launched if _HAS_LIMITS else program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(lifeline,) if _HAS_LIMITS else (),
            env=dict(environment) if environment is not None else None,
        ) as process:
            try:
                yield process
            finally:
                end(process)
    finally:
        for opened in (lifeline, held) if _HAS_LIMITS else ():
            os.close(opened)


def end(process: subprocess.Popen[bytes]) -> None:
    """End the process and everything that it started: they are a group of their own."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def how_it_ended(code: int) -> str:
    """What a return code says, in words."""
    return f"it was stopped by signal {-code}" if code < 0 else f"it ended with code {code}"
