"""Follows the questions of an earlier version of a form into this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qaf_forms.define.change import Change, How
from qaf_forms.define.companions import owner_of
from qaf_forms.define.form import Form
from qaf_forms.define.spaces import Spaces

_NUMBER = re.compile(r"\[(\d*)\]")
ANY = "*"

Path = tuple[str, ...]
"""A key in its parts, without the numbers of copies and rows."""


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a question: the key that it has now, None where it has none, and how it changed."""

    key: str | None
    how: How

    @property
    def carries(self) -> bool:
        """Whether an answer to the earlier question is one to the present."""
        return self.key is not None and self.how in ("same", "reworded")


class Changes:
    """What became of the questions of one earlier version."""

    def __init__(self, form: Form, version: str) -> None:
        self._keys = {path_of(key): key for key in Spaces(form).by_key}
        written = form.changes.get(version, {})
        self._written = {path_of(key): change for key, change in written.items() if change.how != "new"}
        self._new = {path_of(key) for key, change in written.items() if change.how == "new"}
        self._taken = [path_of(change.now) for change in self._written.values() if change.now]

    def became(self, key: str) -> Became:
        """What became of the question of this key."""
        path = path_of(key)
        found = self._found(path)
        if found is None:
            is_other = any(begins(path, other) for other in (*self._new, *self._taken))
            return Became(None, "dropped") if is_other else self._at(path, key, "same")
        written, change, more = found
        if change.now is None:
            return Became(None, "dropped")
        return self._at((*_filled(path_of(change.now), written, path), *more), key, change.how)

    def _found(self, path: Path) -> tuple[Path, Change, Path] | None:
        """The change that is written for the longest part of a path, and the rest of the path."""
        for length in range(len(path), 0, -1):
            for written, change in self._written.items():
                if len(written) == length and begins(path, written):
                    return written, change, path[length:]
        owner = owner_of(path[-1])
        if owner == path[-1]:
            return None
        of_owner = self._found((*path[:-1], owner))
        if of_owner is None or of_owner[1].now is None:
            return of_owner
        written, change, more = of_owner
        suffix = path[-1].removeprefix(owner)  # what goes with a question goes where it goes
        if more:
            return written, change, (*more[:-1], more[-1] + suffix)
        return written, change.model_copy(update={"now": f"{change.now}{suffix}"}), ()

    def _at(self, path: Path, earlier: str, how: How) -> Became:
        """The question that has this path now, of the same copy and row."""
        pattern = self._keys.get(path)
        if pattern is None:
            return Became(None, "dropped")
        numbers = _NUMBER.findall(earlier)
        if pattern.count("[]") != len(numbers):
            return Became(None, "replaced")
        pieces = pattern.split("[]")
        joined = [f"{piece}[{number}]" for piece, number in zip(pieces, numbers, strict=False)]
        return Became("".join([*joined, pieces[-1]]), how)


def path_of(key: str) -> Path:
    """A key in its parts."""
    return tuple(_NUMBER.sub("", key).split("."))


def begins(path: Path, start: Path) -> bool:
    """Whether a path is what `start` names, or lies inside it; `*` in `start` is any part."""
    return len(start) <= len(path) and all(mark in (ANY, part) for part, mark in zip(path, start, strict=False))


def _filled(now: Path, written: Path, path: Path) -> Path:
    """The new path with the parts that `*` stood for in the old one."""
    parts: Iterator[str] = (part for part, mark in zip(path, written, strict=False) if mark == ANY)
    return tuple(next(parts, part) if part == ANY else part for part in now)


def notes_by_key(form: Form) -> Mapping[str, str]:
    """In words what changed, by the keys of this form's answer spaces: `reworded since 2023.1`."""
    notes: dict[str, list[str]] = {}
    spaces = Spaces(form)
    for version, written in form.changes.items():
        for old, change in written.items():
            path = path_of(change.now or old)
            if change.how == "dropped" or (change.how == "same" and change.now == old):
                continue
            was = f"{change.how} since {version}" if change.how == "new" else f"{old} in {version}, {change.how}"
            for key in spaces.by_key:
                if begins(path_of(key), path):
                    notes.setdefault(key, []).append(was)
    return {key: "; ".join(found) for key, found in notes.items()}
