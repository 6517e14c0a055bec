"""The tables of a collation that hold answers: counts, heat map, answers, free text and own rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from qaf_forms.collate.answers import AnswerRow, Respondent, Standing
from qaf_forms.collate.collation import Collation, HeatRow, OwnRow, OwnTable
from qaf_forms.collate.heads import QUESTION, WHO, Head, Plain, marked, percent
from qaf_forms.collate.statistics import QuestionCount
from qaf_forms.issue.values import to_json
from qaf_forms.plugin.interfaces import OutputCell, OutputTable

_MOST_RETURNS_ACROSS = 1_500
"""A database takes 2,000 columns, and nobody reads more."""
_NO_ANSWER = "(no answer)"
_NOT_ASKED = "–"

_COUNTS = Head(
    (
        *QUESTION,
        *(("Answer", 28), ("Kind", 13), ("Count", 8), ("% of all", 9), ("% of those answered", 11)),
        *(("Lowest", 9), ("Average", 9), ("Highest", 9), ("Counted", 10), ("Key", 36)),
    )
)
_NO_FIGURES = (None, None, None)


def counts_table(collation: Collation) -> OutputTable:
    words = "“Of all”: everyone asked, without N/A. “Of those answered”: without non-response and unanswered, too."
    rows = [row for count in collation.counts for row in _count_rows(count)]
    return _COUNTS.table("Counts by question", "How each question was answered", rows, marked(collation, words))


def _count_rows(count: QuestionCount) -> Iterator[Sequence[Plain | OutputCell]]:
    about = (count.code, count.field.label, count.field.column_title)
    behind = (count.unit, count.question)
    for level in count.levels:
        kind = "N/A" if level.level.is_na else "non-response" if level.level.is_nonresponse else "level"
        shares = _share(level.of_all), _share(level.of_answered)
        label = OutputCell(level.level.label, level.level.colour)
        yield (*about, label, kind, level.count, *shares, *_NO_FIGURES, *behind)
    if not count.levels:
        share = percent(count.answered, count.base)
        yield (*about, "Answered", "total", count.answered, share, None, *_figures(count), *behind)
    for name, number in (("Unanswered", count.unanswered), ("Unclear", count.unclear)):
        if number:
            yield (*about, name, "total", number, percent(number, count.base), None, *_NO_FIGURES, *behind)
    if count.not_asked:
        name = "Not worked out" if count.field.calculation else "Not asked"
        yield (*about, name, "total", count.not_asked, None, None, *_NO_FIGURES, *behind)


def _figures(count: QuestionCount) -> tuple[Plain, Plain, Plain]:
    found = count.figures
    return (to_json(found.lowest), to_json(found.mean), to_json(found.highest)) if found else _NO_FIGURES


def _share(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def heat_map_table(collation: Collation) -> OutputTable:
    judging = collation.judging if len(collation.judging) <= _MOST_RETURNS_ACROSS else ()
    totals = (("Answered", 9), ("N/A", 8), ("Non-response", 12), ("No answer", 10))
    head = Head((*QUESTION, *((one.label, 14) for one in judging), *totals))
    left = len(collation.respondents) - len(collation.judging)
    words = f"Without the {left} nil or blank returns. " if left else ""
    words += f"“{_NOT_ASKED}”: not asked." if judging or not collation.judging else "Too many returns to show each."
    rows = (_heat_row(row, bool(judging)) for row in collation.heat)
    return head.table("Heat map", "Questions by agency", rows, marked(collation, words))


def _heat_row(row: HeatRow, each: bool) -> Sequence[Plain | OutputCell]:
    standings = [cell.standing for cell in row.cells if cell is not None]
    missing = standings.count(Standing.UNANSWERED) + standings.count(Standing.UNCLEAR)
    counted = [standings.count(one) for one in (Standing.ANSWERED, Standing.NOT_APPLICABLE, Standing.NO_RESPONSE)]
    cells = [_heat_cell(cell) for cell in row.cells] if each else []
    return row.field.code, row.field.label, row.field.column_title, *cells, *counted, missing


def _heat_cell(cell: AnswerRow | None) -> OutputCell:
    if cell is None:
        return OutputCell(_NOT_ASKED)
    if cell.standing is Standing.UNANSWERED:
        return OutputCell(_NO_ANSWER)
    if cell.standing is Standing.UNCLEAR:
        return OutputCell(f"? {cell.raw}")
    return OutputCell(cell.shown, cell.levels[0].colour if cell.levels else None)


_ANSWERS = Head(
    (
        *QUESTION,
        *(("Row", 6), *WHO, ("Answer", 50), ("Code", 16), ("Score", 8), ("Standing", 13), ("As typed", 40)),
        *(("Where", 30), ("Found by", 10), ("File", 36), ("Recipient", 24), ("Key", 36)),
    )
)


def answers_table(collation: Collation) -> OutputTable:
    rows = [
        (
            *(row.field.code, row.field.label, row.field.column_title, row.row or None, *_who(row.respondent)),
            *(_value(row), _codes(row), _score(row), row.standing.value, _as_typed(row)),
            *(row.place, row.route, row.respondent.file, row.respondent.recipient, row.field.key),
        )
        for row in collation.answers
    ]
    return _ANSWERS.table("Answers by question", "Every answer of every return that counts", rows, marked(collation))


def _who(respondent: Respondent) -> tuple[str, str, str, str]:
    return respondent.agency, respondent.agency_type, respondent.case, respondent.stage


def _value(row: AnswerRow) -> Plain:
    """The answer as a number or a day where it is one, else as printed."""
    if row.field.scale is not None or row.value is None or isinstance(row.value, str | tuple):
        return row.shown
    if isinstance(row.value, date):
        return row.value
    number: int | float = to_json(row.value)
    return number


def _codes(row: AnswerRow) -> str:
    return "; ".join(level.code for level in row.levels)


def _score(row: AnswerRow) -> int | float | None:
    score = row.levels[0].score if len(row.levels) == 1 else None
    found: int | float | None = None if score is None else to_json(score)
    return found


def _as_typed(row: AnswerRow) -> str:
    """What was typed, where it is not what stands beside it. A box that was left empty is not typed."""
    labels = [tick.level.label for tick in row.field.ticks]
    ticked, empty = {f"☒ {label}" for label in labels}, {f"☐ {label}" for label in labels}
    lines = row.raw.split("\n")
    followed = [*(line not in ticked | empty for line in lines[1:]), False]
    typed = [line for line, has_words in zip(lines, followed, strict=True) if has_words or line not in empty]
    is_shown = row.value is not None and {f"☒ {level.label}" for level in row.levels} == set(typed)
    return "" if row.raw == row.shown or is_shown else "\n".join(typed)


_FREE_TEXT = Head((*QUESTION, *WHO, ("Text", 90), ("Where", 30), ("File", 36)))


def free_text_table(collation: Collation) -> OutputTable:
    rows = (
        (
            *(row.field.code, row.field.label, row.field.column_title, *_who(row.respondent)),
            *(row.shown, row.place, row.respondent.file),
        )
        for row in collation.free_text
    )
    return _FREE_TEXT.table("Free text", "What people wrote, by question", rows, marked(collation))


def own_table(name: str, table: OwnTable, collation: Collation) -> OutputTable:
    origin = (("From", 26), *WHO[1:], ("No.", 9), ("Row", 6))  # respondents have columns called Agency of their own
    head = Head((*origin, *((title, 32) for _, title in table.columns), ("File", 36)))
    rows = (
        (*_who(row.respondent), row.code, row.number, *_own_cells(table, row), row.respondent.file)
        for row in table.rows
    )
    return head.table(name, table.title, rows, marked(collation))


def _own_cells(table: OwnTable, row: OwnRow) -> Iterator[Plain | OutputCell]:
    for id_, _ in table.columns:
        cell = row.cells.get(id_)
        if cell is None:
            yield ""
        elif cell.standing is Standing.UNCLEAR:
            yield cell.raw
        else:
            colour = cell.levels[0].colour if len(cell.levels) == 1 else None
            yield OutputCell(_value(cell), colour) if colour else _value(cell)
