"""The workbook that copies share, made once, and each copy's own facts put into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from qaf_forms.plugin import Copy, Layout
from qaf_forms_excel.building import WorkbookBuilder
from qaf_forms_excel.own_facts import OwnFacts, can_be_marked, facts_of, marked, written
from qaf_forms_excel.writing import workbook_parts, zipped

_MARK = re.compile(rb"(?:\xee\x80\x80|&#57344;)([a-z]+[0-9]*)(?:\xee\x80\x81|&#57345;)")
"""openpyxl writes what is no ASCII as it is, or by its number."""
_MOST_KEPT = 4


def render(layout: Layout, copies: Iterable[Copy]) -> Iterator[bytes]:
    """One workbook for each copy. Copies that differ in their stamp alone share all work but the last."""
    builder = WorkbookBuilder(layout)
    blanks: list[_Blank] = []
    for copy in copies:
        facts = facts_of(copy.stamp, layout.words, layout.form.marking)
        if not can_be_marked(copy):
            yield zipped(workbook_parts(builder.build(copy, facts)))
            continue
        shape = builder.shape(facts)
        blank = next((one for one in blanks if one.fits(copy, shape)), None)
        if blank is None:
            blank = _Blank(builder, copy, facts)
            blanks = [blank, *blanks[: _MOST_KEPT - 1]]
        yield blank.with_facts(facts)


class _Blank:
    """The parts of a workbook cut where a copy's own facts will stand."""

    def __init__(self, builder: WorkbookBuilder, copy: Copy, facts: OwnFacts) -> None:
        self._copy, self._shape = copy, builder.shape(facts)
        parts = workbook_parts(builder.build(copy, marked(facts)))
        self._parts = {name: _MARK.split(data) for name, data in parts.items()}

    def fits(self, copy: Copy, shape: object) -> bool:
        """Whether a copy differs from this workbook in its own facts only, and needs as much room for them."""
        return shape == self._shape and replace(copy, stamp=self._copy.stamp) == self._copy

    def with_facts(self, facts: OwnFacts) -> bytes:
        """The workbook with one copy's facts in it."""
        known = written(facts)
        return zipped({name: _joined(pieces, known) for name, pieces in self._parts.items()})


def _joined(pieces: list[bytes], facts: dict[bytes, bytes]) -> bytes:
    """Every second piece is the name of a fact."""
    if len(pieces) == 1:
        return pieces[0]
    return b"".join(facts[piece] if place % 2 else piece for place, piece in enumerate(pieces))
