"""Shared scales, read one by one: a form uses a handful of some forty, and reading YAML is slow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qaf_forms.define.loading import load_scales, scales_in
from qaf_forms.define.scale import Scale
from qaf_forms.define.yaml_source import MAX_BYTES, read_text
from qaf_forms.errors import DefinitionError
from qaf_forms.problems import Problem

_NAME = re.compile(r"^([a-z][a-z0-9_]{0,39}):[ \t]*(?:#.*)?$")


class SharedScales(Mapping[str, Scale]):
    """The scales of some files by name; of a name in several files the first. A faulty one raises DefinitionError."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._parts: dict[str, _Part] = {}
        self._found: dict[str, Scale] = {}
        for file in files:
            for name, part in _parts_of(file).items():
                self._parts.setdefault(name, part)

    def __getitem__(self, name: str) -> Scale:
        if name not in self._found:
            self._found[name] = self._parts[name].scale(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


class _Part:
    """The lines of one scale, or a scale that was read with its whole file."""

    def __init__(self, file: Path, lines: Sequence[str] = (), first_line: int = 1) -> None:
        self.file, self.lines, self.first_line = file, lines, first_line
        self.ready: Scale | None = None
        self.problems: tuple[Problem, ...] = ()

    def scale(self, name: str) -> Scale:
        if self.lines:
            scales, self.problems = scales_in(read_text("\n".join(self.lines), str(self.file), self.first_line))
            self.ready = scales.get(name)
            self.lines = ()
        errors = [problem for problem in self.problems if not problem.is_warning]
        if self.ready is None or errors:
            raise DefinitionError(str(self.file), errors)
        return self.ready


def _parts_of(file: Path) -> dict[str, _Part]:
    lines = _lines_of(file)
    starts = [(number, match[1]) for number, line in enumerate(lines) if (match := _NAME.match(line))]
    if not _can_be_split(lines, [name for _, name in starts]):
        return _read_whole(file)
    ends = [number for number, _ in starts[1:]] + [len(lines)]
    return {name: _Part(file, lines[start:end], start + 1) for (start, name), end in zip(starts, ends, strict=True)}


def _lines_of(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").split("\n") if file.stat().st_size <= MAX_BYTES else []
    except (OSError, UnicodeDecodeError):
        return []


def _can_be_split(lines: list[str], names: list[str]) -> bool:
    """Whether every line at the left edge is a comment or a name, no name stands twice, and no alias is used."""
    if len(set(names)) < len(names) or not names:
        return False
    edge = [line for line in lines if line[:1].strip() and not line.startswith("#")]
    return len(edge) == len(names) and not any(re.search(r"(?:^|[\s\[{,])[*&]\w", line) for line in lines)


def _read_whole(file: Path) -> dict[str, _Part]:
    scales, problems = load_scales(file)
    parts = {}
    for name in {*scales, *(problem.key.split(".")[0] for problem in problems if problem.key)}:
        parts[name] = _Part(file)
        parts[name].ready = scales.get(name)
        parts[name].problems = tuple(problem for problem in problems if problem.key.split(".")[0] == name)
    if not parts and problems:
        raise DefinitionError(str(file), problems)
    return parts
