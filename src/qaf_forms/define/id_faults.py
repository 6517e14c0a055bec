"""The faults of ids: they differ where they must, and are none of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qaf_forms.define.findings import Findings
from qaf_forms.define.form import NIL_KEY, Form
from qaf_forms.define.grid_rows import placed_rows
from qaf_forms.define.items import Grid, TitleRow
from qaf_forms.define.placed_items import placed_items
from qaf_forms.define.questions import EVERY_ROLE
from qaf_forms.define.stand_ins import is_stand_in
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

_WORDS_OF_CONDITIONS = ("all", "any", "not", "test")


def check_ids(form: Form, findings: Findings) -> None:
    """Ids differ where they must, and are none of ours."""
    items = list(placed_items(form))
    check_unique(((item.id, (*steps, "id")) for item, steps in items), findings)
    sections = enumerate(form.sections)
    check_unique(((section.id, ("sections", number, "id")) for number, section in sections), findings)
    for item, steps in items:
        _check_reserved(item.id, (*steps, "id"), findings)
        for part in ("columns", "rows"):
            placed = [(inner.id, (*where, "id")) for inner, where in _named(item, part, steps)]
            check_unique(placed, findings)
            if part == "columns":
                for identity, where in placed:
                    _check_reserved(identity, where, findings)


def check_roles(form: Form, findings: Findings) -> None:
    """No role is called as if it were every role."""
    if EVERY_ROLE in form.roles:
        reason = "a copy for `all` is open to every role"
        steps: Steps = ("roles", EVERY_ROLE)
        findings.add(Code.RESERVED_ID, steps, at_key=True, value=EVERY_ROLE, reason=reason)


def check_unique(ids: Iterable[tuple[str | None, Steps]], findings: Findings) -> None:
    """No two of these ids are the same."""
    first: dict[str, Steps] = {}
    for identity, steps in ids:
        if identity is None or is_stand_in(identity):
            continue
        if identity in first:
            findings.add(Code.DUPLICATE_ID, steps, value=identity, line=findings.line(first[identity]))
        first.setdefault(identity, steps)


def _named(item: Any, part: str, steps: Steps) -> Iterator[tuple[Any, Steps]]:
    """The columns of an item, or its rows that have an id, with the way to each."""
    if part == "rows" and isinstance(item, Grid):
        yield from ((row, where) for row, where in placed_rows(item, steps) if not isinstance(row, TitleRow))
    else:
        yield from ((inner, (*steps, part, at)) for at, inner in enumerate(getattr(item, part, ())))


def _check_reserved(identity: str | None, steps: Steps, findings: Findings) -> None:
    if identity == NIL_KEY:
        reason = "it is the key of the first page's question"
        findings.add(Code.RESERVED_ID, steps, value=identity, reason=reason)
    elif identity in _WORDS_OF_CONDITIONS:
        findings.add(Code.RESERVED_ID, steps, value=identity, reason="conditions use the word")
