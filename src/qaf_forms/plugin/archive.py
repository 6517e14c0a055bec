"""A zip file from a stranger, opened within limits.

Declared sizes are checked before anything is inflated, and what comes out is counted while it is inflated. Nothing is
ever written to disk. Refused, because readers disagree on what such files hold: overlapping and repeated entries,
climbing names, links, packing that office files do not use, anything before the first part. One slash before a name is
taken off: some writers put it there.

Names are compared as office programs do: capitals, `%20` for a space and the other slash tell no parts apart.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import BinaryIO
from urllib.parse import unquote

from qaf_forms.errors import UnreadableFileError
from qaf_forms.plugin.interfaces import Limits
from qaf_forms.problems import Code, Problem

_MEGABYTE = 1_000_000
_SYMBOLIC_LINK = 0xA
_DIRECTORY = 65_536
_LONGEST_TYPE = 100
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, KeyError, EOFError, ValueError, OSError, RuntimeError)


class Archive:
    """The parts of an office file, by name. Reading a part inflates it; nothing is kept."""

    def __init__(self, source: BinaryIO, limits: Limits) -> None:
        self._limits = limits
        self._inflated = 0
        try:
            self._zip = zipfile.ZipFile(source)
        except (
            zipfile.BadZipFile,
            struct.error,
            ValueError,
            OSError,
            NotImplementedError,
            OverflowError,
        ) as error:
            raise UnreadableFileError(Code.DAMAGED.problem(reason="it is cut short or not a zip file")) from error
        self._compared = [(_compared(entry.filename), entry) for entry in self._zip.infolist()]
        self._parts = dict(self._compared)
        self._as_written = {entry.filename: entry for entry in self._parts.values()}
        self._check()

    def __contains__(self, name: str) -> bool:
        return name in self._as_written or _compared(name) in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts as they are written, in stored order."""
        return tuple(entry.filename.lstrip("/") for entry in self._parts.values())

    def written(self, name: str) -> str:
        """The name of a part as the file writes it. KeyError if there is no such part."""
        return self._entry(name).filename.lstrip("/")

    def _entry(self, name: str) -> zipfile.ZipInfo:
        return self._as_written.get(name) or self._parts[_compared(name)]

    def read(self, name: str) -> bytes:
        """The bytes of a part, never more than the limits allow."""
        limit = min(self._limits.part_size, self._limits.unpacked_size - self._inflated)
        try:
            with self._zip.open(self._entry(name)) as part:
                data = part.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            struct.error,
            OSError,
        ) as error:
            raise UnreadableFileError(Code.DAMAGED.problem(reason=f"its part {name} cannot be unpacked")) from error
        if len(data) > limit:
            raise UnreadableFileError(_too_large(f"its part {name}", len(data), limit))
        self._inflated += len(data)
        return data

    def _check(self) -> None:
        entries = [entry for _, entry in self._compared]
        limits = self._limits
        if len(entries) > limits.entries:
            raise UnreadableFileError(
                Code.TOO_COMPLEX.problem(what="the number of parts", size=len(entries), limit=limits.entries)
            )
        total = sum(entry.file_size for entry in entries)
        if total > limits.unpacked_size:
            raise UnreadableFileError(_too_large("its unpacked content", total, limits.unpacked_size))
        seen: set[str] = set()
        for compared, entry in self._compared:
            self._check_entry(entry, compared, seen)
        self._check_overlap(entries)

    def _check_entry(self, entry: zipfile.ZipInfo, compared: str, seen: set[str]) -> None:
        name = entry.filename
        if compared in seen:
            raise UnreadableFileError(Code.UNSAFE.problem(reason=f"two parts are named {name!r}"))
        seen.add(compared)
        leads_out = ".." in compared and ".." in compared.split("/")
        if leads_out or name.startswith(("//", "\\")) or ":" in compared.partition("/")[0]:
            raise UnreadableFileError(Code.UNSAFE.problem(reason=f"a part is named {name!r}"))
        if entry.external_attr >> 28 == _SYMBOLIC_LINK:
            raise UnreadableFileError(Code.UNSAFE.problem(reason=f"its part {name!r} is a link to somewhere else"))
        if entry.flag_bits & 0x1:
            raise UnreadableFileError(Code.ENCRYPTED.problem(suggestion="ask for a copy saved without one"))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableFileError(Code.UNSAFE.problem(reason=f"its part {name!r} is packed in a strange way"))
        if entry.file_size > self._limits.part_size:
            raise UnreadableFileError(_too_large(f"its part {name}", entry.file_size, self._limits.part_size))
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > self._limits.ratio_from and ratio > self._limits.ratio:
            raise UnreadableFileError(
                Code.TOO_COMPLEX.problem(
                    what=f"the compression of its part {name}",
                    size=f"{ratio:.0f}:1",
                    limit=f"{self._limits.ratio}:1",
                )
            )

    @staticmethod
    def _check_overlap(entries: list[zipfile.ZipInfo]) -> None:
        end = 0
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            if end == 0 and entry.header_offset > 0:
                raise UnreadableFileError(Code.UNSAFE.problem(reason="something stands before its first part"))
            if entry.header_offset < end:
                raise UnreadableFileError(Code.UNSAFE.problem(reason="its parts overlap"))
            end = entry.header_offset + 30 + len(entry.orig_filename) + entry.compress_size


def _compared(name: str) -> str:
    """A name as it is compared with others."""
    return (unquote(name) if "%" in name else name).replace("\\", "/").lstrip("/").casefold()


def _too_large(what: str, size: int, limit: int) -> Problem:
    return Code.TOO_LARGE.problem(what=what, size=f"{size / _MEGABYTE:.1f} MB", limit=f"{limit / _MEGABYTE:.0f} MB")


def opendocument_type(data: bytes) -> str:
    """The media type that an OpenDocument file gives itself, or nothing: most programs write it first, not all."""
    if not data.startswith(b"PK") or b"mimetype" not in data[-_DIRECTORY:]:
        return ""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entry = archive.getinfo("mimetype")
            return archive.read(entry).decode("ascii", "replace").strip() if entry.file_size < _LONGEST_TYPE else ""
    except _BROKEN:
        return ""
