"""The faults of wording: questions, rows or columns that nobody can tell apart."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.grid_rows import worded_rows
from qaf_forms.define.items import Grid, Group, Note, Table
from qaf_forms.define.markup import plain
from qaf_forms.define.placed_items import placed_items
from qaf_forms.define.scale import fold
from qaf_forms.define.stand_ins import is_stand_in
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code


def check_wording(form: Form, findings: Findings) -> None:
    """Two questions, or rows of grids, that one kind of agency meets in the same words."""
    seen: dict[str, list[tuple[frozenset[str], int]]] = {}
    for words, steps, agencies in _wordings(form):
        folded = fold(plain(words))
        for others, line in seen.get(folded, ()):
            if not agencies or not others or agencies & others:
                findings.add(Code.REPEATED_WORDING, steps, value=words, line=line)
                break
        if not findings.is_doubtful(steps) and not is_stand_in(words.lstrip("? ")):
            seen.setdefault(folded, []).append((agencies, findings.line(steps)))


def _wordings(form: Form) -> Iterator[tuple[str, Steps, frozenset[str]]]:
    for item, steps in placed_items(form):
        agencies = frozenset(getattr(item, "applies_to", ()))
        if steps[0] == "sections" and not agencies:
            agencies = frozenset(form.sections[int(steps[1])].applies_to)
        if isinstance(item, Grid):
            yield from ((words, where, agencies) for words, where in worded_rows(item, steps))
        elif not isinstance(item, Note | Table | Group):
            yield item.ask, (*steps, "ask"), agencies


def check_titles(block: Grid | Table, steps: Steps, findings: Findings) -> None:
    """No two columns have one head."""
    seen: set[tuple[str, str]] = set()
    for number, column in enumerate(block.columns):
        name = fold(column.under or ""), fold(column.title)
        if name in seen:
            findings.add(Code.SAME_TITLE, (*steps, "columns", number, "title"), value=column.title)
        seen.add(name)
