"""What a file among definitions holds, told by its place and its head."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from qaf_forms.define.summary import WordingSummary, summary_of

SCALES_FILE = "scales.yaml"
BLOCKS_FOLDER = "blocks"
TEMPLATES_FOLDER = "templates"
SUFFIXES = (".yaml", ".yml")


class FileKind(StrEnum):
    """What a file holds."""

    FORM = "form"
    WORDING = "wording"
    BLOCK = "block"
    SCALES = "scales"


def kind_of_file(path: Path) -> FileKind:
    """What the file is taken for; a form, if it is nothing else."""
    if path.name == SCALES_FILE:
        return FileKind.SCALES
    if path.parent.name == BLOCKS_FOLDER:
        return FileKind.BLOCK
    return FileKind.WORDING if isinstance(summary_of(path), WordingSummary) else FileKind.FORM


def files_of_forms(folder: Path) -> Iterator[Path]:
    """The files in a folder and those below it that can hold a form or a wording, sorted."""
    for path in _files_in(folder):
        if path.name != SCALES_FILE and path.parent.name not in (BLOCKS_FOLDER, TEMPLATES_FOLDER):
            yield path


def files_to_check(folder: Path) -> Iterator[Path]:
    """The files in a folder and those below it that `check` is for: all of them but rounds, which may lie there too."""
    for path in _files_in(folder):
        is_shared = path.name == SCALES_FILE or path.parent.name == BLOCKS_FOLDER
        if is_shared or (path.parent.name != TEMPLATES_FOLDER and summary_of(path) is not None):
            yield path


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for suffix in SUFFIXES for path in folder.rglob(f"*{suffix}") if path.is_file())
