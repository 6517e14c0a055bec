"""Finds the answer spaces of a layout in the contents of a file.

Ticks that stand side by side are put together first, and marks that stand where something surer contradicts them are
taken off. Then every space is looked for by its
surest anchor: the mark that the renderer put on it (a content control's tag, a defined name), a second mark (a
bookmark, a hidden key), the printed code in its row with the head of its column, and last the wording of the question.
What is left over and was not printed by the form is the respondent's own writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from qaf_forms.collect.anchored import AnchoredSpaces
from qaf_forms.collect.blanks import BlankCopies
from qaf_forms.collect.known_lines import KnownLines
from qaf_forms.collect.leftovers import Leftovers
from qaf_forms.collect.line_breaks import LineBreaks
from qaf_forms.collect.located import Located
from qaf_forms.collect.other_returns import OtherReturns
from qaf_forms.collect.own_formulas import OwnFormulas
from qaf_forms.collect.own_rows import OwnRows
from qaf_forms.collect.printed_rows import PrintedRows
from qaf_forms.collect.shared_spaces import doubt_merged, doubt_ticks
from qaf_forms.collect.stray_marks import StrayMarks
from qaf_forms.collect.tick_cells import claim_ticks, note_words, parted
from qaf_forms.collect.tick_columns import TickColumns
from qaf_forms.define.questions import AGENCY, EVERY_ROLE
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.look import STANDARD_LOOK, Look
from qaf_forms.issue.printed import placeholders_in
from qaf_forms.issue.remarks import is_remark
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Contents, Extra, Limits


class _Printed(Protocol):
    def of(self, contents: Contents, claimed: set[int], stamp: Stamp | None) -> Iterator[Extra]:
        """What was written in a file beside the spaces that are claimed."""
        ...


class _Learned(NamedTuple):
    """What copies of one format, role and look print."""

    printed: _Printed
    line_breaks: LineBreaks
    formulas: OwnFormulas


class Locator:
    """Finds the spaces of one layout in any number of files. Made once per layout: it indexes what the form prints.

    A file with more than `most_answers` raises UnreadableFileError. `blanks` shows what each format prints. Without
    it, or where no renderer makes the format, every line that the form has may stand anywhere.
    """

    def __init__(self, layout: Layout, blanks: BlankCopies | None = None, most_answers: int = Limits().answers) -> None:
        self.layout = layout
        self._most_answers = most_answers
        self._blanks = blanks
        self._ticks = TickColumns(layout)
        self._stray = StrayMarks(layout)
        self._anchored = AnchoredSpaces(layout)
        self._own_rows = OwnRows(layout)
        self._printed_rows = PrintedRows(layout)
        self._single = [space for space in layout.fields if not space.table]
        self._placeholders = placeholders_in(layout)
        self._learned: dict[tuple[str, str, Look], _Learned] = {}

    def locate(self, contents: Contents, stamp: Stamp | None, format_: str = "", look: Look = STANDARD_LOOK) -> Located:
        """Account for everything in `contents`, which are those of a file of this format and look."""
        learned = self._learned_of(format_, stamp.role if stamp else AGENCY, look)
        learned.line_breaks.put_back(contents.tables)
        learned.formulas.empty(contents.tables)
        located = self._spaces(contents, stamp)
        located.problems.extend(
            remark
            for table in contents.tables
            for row in table.rows
            for cell in row
            if cell.remarks and cell.value == "" and id(cell) not in located.claimed
            for remark in cell.remarks
        )
        found = [*learned.printed.of(contents, located.claimed, stamp), *contents.extras]
        located.extras.extend(extra for extra in found if not is_remark(extra.text))
        return located

    def _spaces(self, contents: Contents, stamp: Stamp | None = None) -> Located:
        located = Located(most=self._most_answers, placeholders=self._placeholders)
        returns = OtherReturns(self.layout, stamp, located)
        own = returns.without_stamped(contents.tables)
        tables = self._ticks.together(own, located.claimed)
        are_joined = tables is not own
        tables = returns.without_strange(tables, self._stray.take_off(tables))
        if are_joined:
            parted(tables)
        others = self._anchored.take(tables, located)
        missing = [space for space in self._single if space.key not in located.answers]
        if missing:
            tables = returns.without_strange(tables, self._printed_rows.known_in(tables))
        self._own_rows.take(tables, others, located)
        if missing:
            self._printed_rows.take(missing, tables, located)
        doubt_merged(located)
        returns.tell(tables, contents)
        doubt_ticks(located)
        note_words(located)
        if are_joined:
            claim_ticks(tables, located)
        return located

    def known_in(self, contents: Contents) -> int:
        """How many texts of a file are printed by this layout."""
        return KnownLines(self.layout).count_in(contents)

    def _learned_of(self, format_: str, role: str, look: Look) -> _Learned:
        """What copies of this format and look print for this role."""
        if role not in (*self.layout.form.roles, EVERY_ROLE):
            role = AGENCY
        found = self._learned.get((format_, role, look))
        if found is None:
            found = self._learned[format_, role, look] = self._learn(format_, role, look)
        return found

    def _learn(self, format_: str, role: str, look: Look) -> _Learned:
        blanks = self._blanks
        blank = blanks.contents(self.layout, format_, role, look) if blanks else None
        if blanks is None or blank is None:
            return _Learned(KnownLines(self.layout), LineBreaks(), OwnFormulas())

        def further() -> tuple[Contents, set[int]]:
            more = blanks.contents(self.layout, format_, role, look, further_rows=True) or blank
            return more, self._spaces(more).claimed

        printed = Leftovers(self.layout, role, (blank, self._spaces(blank).claimed), further)
        return _Learned(printed, LineBreaks(blank.tables), OwnFormulas(blank.tables))
