"""The least that reading a file can cost: unpack it, parse it, walk it once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from unittest.mock import patch

from lxml import etree

from qaf_forms.plugin import Archive


def floor(data: bytes, parts: Sequence[str], *, walks: bool) -> Callable[[], int]:
    """Unzip and parse these parts, and walk them once if asked."""

    def run() -> int:
        count = 0
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in parts:
                root = etree.fromstring(archive.read(name))
                for element in root.iter() if walks else ():
                    count += element.text is not None
        return count

    return run


def parts_read(read: Callable[[], object]) -> list[str]:
    """The parts of a file that reading it opens: the body, and what says whose it is and what stands in its margins."""
    opened: list[str] = []
    unpack = Archive.read

    def noted(archive: Archive, name: str) -> bytes:
        opened.append(name)
        return unpack(archive, name)

    with patch.object(Archive, "read", noted):
        read()
    return opened


def rezip(data: bytes, times: int) -> Callable[[], int]:
    """The least that so many files can cost: their parts packed again, without a change."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def run() -> int:
        size = 0
        for _ in range(times):
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in parts.items():
                    archive.writestr(name, content)
            size += len(file.getvalue())
        return size

    return run
