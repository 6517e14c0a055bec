"""A plugin whose reader does to its process what the worst files do; its files say what."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NoReturn

from qaf_forms.plugin import Contents, Limits, hookimpl, run_capped

CANARY = "the canary sings"
_START = b"MISBEHAVE "


def file_that(does: str, argument: str = "") -> bytes:
    """A file that makes its reader do this."""
    return _START + f"{does}|{argument}|{CANARY}".encode()


@hookimpl
def qaf_forms_readers() -> list[_Reader]:
    """This module is a plugin, too."""
    return [_Reader()]


class MisbehavingPlugin:
    """The plugin: it can be sent to another process, as that finds it by its name."""

    @hookimpl
    def qaf_forms_readers(self) -> list[_Reader]:
        return [_Reader()]


class _Reader:
    format = "misbehaving"
    suffixes = (".bad",)

    def recognises(self, data: bytes) -> bool:
        return data.startswith(_START)

    def read(self, source: BinaryIO, limits: Limits) -> Contents:
        does, argument, canary = source.read().removeprefix(_START).decode().split("|")
        for stream in (1, 2):
            os.write(stream, canary.encode())
        _DEEDS[does](argument)
        raise ValueError(canary)


def _sleep(_: str) -> None:
    time.sleep(600)


def _spin(_: str) -> None:
    while True:
        pass


def _abort(_: str) -> None:
    os.abort()


def _end(_: str) -> NoReturn:
    os._exit(3)


def _hog(_: str) -> None:
    held = [bytearray(10_000_000) for _ in range(1_000)]
    del held


def _raise(_: str) -> None:
    """What comes after it raises."""


def _keep(size: str, held: list[bytearray] = []) -> None:  # noqa: B006  # it is kept, as what leaks is
    held.append(bytearray(int(size)))


def _note_process(note: str) -> None:
    Path(note).write_text(str(os.getpid()))


def _leave_child(note: str) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(note).write_text(str(child.pid))
    os.abort()


def _leave_capped_child(note: str) -> None:
    code = f"import os, time; open({note!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    run_capped([sys.executable, "-c", code], seconds=600, memory=1_000_000_000)


def _convert(note: str) -> None:
    """As an office program does: with more memory and more time than its reader has."""
    code = "held = bytearray(1_200_000_000); import time; time.sleep(2); print(len(held))"
    Path(note).write_bytes(run_capped([sys.executable, "-c", code], seconds=60, memory=4_000_000_000))


_DEEDS: dict[str, Callable[[str], None]] = {
    "sleep": _sleep,
    "spin": _spin,
    "abort": _abort,
    "end": _end,
    "hog": _hog,
    "raise": _raise,
    "keep": _keep,
    "note process": _note_process,
    "leave child": _leave_child,
    "leave capped child": _leave_capped_child,
    "convert": _convert,
}
