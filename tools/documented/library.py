"""What the shipped library holds: its scales in groups, its forms by kind, and which uses what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qaf_forms import Toolkit
from qaf_forms.define.form import Form, Kind
from qaf_forms.define.items import Grid, Group, Note
from qaf_forms.define.library import Library
from qaf_forms.define.loading import answers_of, scale_names
from qaf_forms.define.scale import Scale

DEFINITIONS = Path(__file__).resolve().parent.parent.parent / "tool_definitions"

_GROUP = re.compile(r"^# -+ (.+?) -+$")
_NAME = re.compile(r"^([a-z][a-z0-9_]*):")
_JUDGED_ON = "yes_partly_no_na"
_USE = re.compile(r"^[^#\n]*\buse: ([a-z][a-z0-9_]*)", re.MULTILINE)


@dataclass(frozen=True)
class LibraryScale:
    """One shared scale. `advice` is what its author wrote above it."""

    name: str
    group: str
    advice: str
    scale: Scale


@dataclass(frozen=True)
class ShippedForm:
    """One shipped form. `path` begins at the folder of definitions."""

    form: Form
    path: str
    blocks: tuple[str, ...]
    wordings: tuple[str, ...]

    @property
    def questions(self) -> int:
        """How many questions it has: a row of a grid is one, and so is a whole table."""
        asked = sum(
            len(item.asked) if isinstance(item, Grid) else 1
            for item in self.form.items()
            if not isinstance(item, Note | Group)
        )
        return asked + (self.form.nil_return is not None)

    @property
    def judgements(self) -> tuple[int, int]:
        """In a case audit: the judgements that all of them ask for, and those that its theme adds."""
        if self.form.kind is not Kind.CASE_AUDIT:
            return 0, 0
        own, core = judged_in(self.form), core_judgements()
        return len(own & core), len(own - core)

    @property
    def variants(self) -> tuple[str, ...]:
        """The types of agency that some part of it is for, in the order in which they are named."""
        named = [one for part in (*self.form.sections, *self.form.items()) for one in getattr(part, "applies_to", ())]
        return tuple(dict.fromkeys(named))


@cache
def scales() -> tuple[LibraryScale, ...]:
    """Every shared scale, in the order of the file."""
    shared = Library().scales()
    found = []
    group, above = "", list[str]()
    for line in (DEFINITIONS / "scales.yaml").read_text(encoding="utf-8").splitlines():
        if heading := _GROUP.match(line):
            group = heading[1]
        elif line.startswith("#"):
            above.append(line.removeprefix("#").strip())
            continue
        elif name := _NAME.match(line):
            found.append(LibraryScale(name[1], group, " ".join(above), shared[name[1]]))
        above = []
    return tuple(found)


@cache
def forms() -> tuple[ShippedForm, ...]:
    """Every shipped form, by its id."""
    toolkit = Toolkit()
    found = []
    for summary in toolkit.forms():
        used = dict.fromkeys(_USE.findall(toolkit.definition_text(summary.path)))
        path = summary.path.relative_to(DEFINITIONS).as_posix()
        found.append(ShippedForm(toolkit.form(summary.path), path, tuple(used), summary.wordings))
    return tuple(found)


def judged_in(form: Form) -> frozenset[str]:
    """The rows in which something is judged Yes, Partly or No, by grid and row."""
    grids = [item for item in form.items() if isinstance(item, Grid)]
    return frozenset(
        f"{grid.id}.{row.id}"
        for grid in grids
        if any(getattr(column, "scale", None) == _JUDGED_ON for column in grid.columns)
        for row in grid.asked
    )


@cache
def core_judgements() -> frozenset[str]:
    """The judgements that every case audit asks for."""
    audits = [judged_in(one.form) for one in forms() if one.form.kind is Kind.CASE_AUDIT]
    return frozenset.intersection(*audits)


def users(scale: LibraryScale) -> Iterator[ShippedForm]:
    """The shipped forms that use a shared scale; one of their own with the same name does not count."""
    for one in forms():
        if scale.name in scale_names(one.form) and one.form.scales[scale.name] == scale.scale:
            yield one


def uses(scale: LibraryScale) -> frozenset[str]:
    """How forms use a shared scale: as a `choice` of one answer, or as `choices` of several."""
    kinds = {
        answer.type
        for one in users(scale)
        for answer in answers_of(one.form)
        if getattr(answer, "scale", None) == scale.name
    }
    return frozenset(kinds) or frozenset({"choice"})


def block_summary(name: str) -> str:
    """What a block is for: the first sentence of the comment that its file begins with, below the line for editors."""
    comment = []
    for line in (DEFINITIONS / "blocks" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[1:]:
        words = line.removeprefix("#").strip()
        if not line.startswith("#") or not words:
            break
        comment.append(words)
        if words.endswith(":"):
            break
    return re.sub(":$", ".", re.split(r"(?<=[.?])\s", " ".join(comment))[0])


def block_names() -> list[str]:
    """Every block there is."""
    return sorted(path.stem for path in (DEFINITIONS / "blocks").glob("*.yaml"))


def templates_with(block: str) -> list[str]:
    """The templates that use a block: what `qaf-forms new` starts from."""
    paths = sorted((DEFINITIONS / "templates").glob("*.yaml"))
    return [path.stem for path in paths if block in _USE.findall(path.read_text(encoding="utf-8"))]
