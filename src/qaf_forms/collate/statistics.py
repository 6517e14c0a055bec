"""Counts: how often each question was answered in each way, of all who were asked and of those who answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from qaf_forms.collate.answers import AnswerRow, Respondent, Standing, question_code
from qaf_forms.collate.privacy import WITHHELD
from qaf_forms.collect.returns import Status
from qaf_forms.define.scale import Level, Scale
from qaf_forms.issue.fields import Field

_HUNDREDTH, _EXACT = Decimal("0.01"), Context(prec=150)


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many chose a level, with shares that are None where a denominator is 0 or leaves the level out."""

    level: Level
    count: int
    of_all: float | None
    of_answered: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the numbers given as answers the lowest, the average and the highest."""

    lowest: int | Decimal
    mean: Decimal
    highest: int | Decimal


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """How one question was answered.

    `unit` says what is counted: returns, the respondents' own rows, or copies of a repeated block. `asked` is the sum
    of the five standings. Nil and blank returns are in none of them, but a nil return is asked what stands on its own
    page. `not_asked` are the returns whose agency type or earlier answers leave the question out; of a calculated
    answer those in which it cannot be worked out yet. The levels and figures of a question that is withheld are not
    counted.
    """

    question: str
    field: Field
    code: str
    unit: str
    asked: int
    answered: int
    not_applicable: int
    no_response: int
    unanswered: int
    unclear: int
    not_asked: int
    levels: tuple[LevelCount, ...] = ()
    figures: Figures | None = None

    @property
    def base(self) -> int:
        """The denominator "of all": everyone asked to whom the question applies."""
        return self.asked - self.not_applicable


def count_questions(
    rows: Iterable[AnswerRow], respondents: Iterable[Respondent], fields: Mapping[str, Field]
) -> tuple[QuestionCount, ...]:
    """The counts of every question in `fields`, in their order, those that nobody answered too."""
    standings: dict[str, Counter[Standing]] = {question: Counter() for question in fields}
    chosen: dict[str, Counter[str]] = {question: Counter() for question in fields}
    numbers: dict[str, list[int | Decimal]] = {question: [] for question in fields}
    withheld: set[str] = set()
    for row in rows:
        if row.shown == WITHHELD:
            withheld.add(row.question)
        if row.counted:
            standings[row.question][row.standing] += 1
            chosen[row.question].update(level.code for level in row.levels)
            if isinstance(row.value, int | Decimal):
                numbers[row.question].append(row.value)
    statuses = Counter(respondent.status for respondent in respondents)
    counts = []
    for question, field in fields.items():
        possible = statuses[Status.COMPLETE] + statuses[Status.PARTIAL]
        possible += statuses[Status.NIL] if field.in_nil_page else 0
        levels = None if question in withheld else chosen[question]
        found = [] if question in withheld else numbers[question]
        counts.append(_count(question, field, standings[question], levels, found, possible))
    return tuple(counts)


def _count(
    question: str,
    field: Field,
    standings: Counter[Standing],
    chosen: Counter[str] | None,
    numbers: Sequence[int | Decimal],
    possible: int,
) -> QuestionCount:
    unit = "rows" if field.table else "copies" if "[]" in question else "returns"
    asked = standings.total()
    base = asked - standings[Standing.NOT_APPLICABLE]
    answered = standings[Standing.ANSWERED]
    return QuestionCount(
        question=question,
        field=field,
        code=question_code(field),
        unit=unit,
        asked=asked,
        answered=answered,
        not_applicable=standings[Standing.NOT_APPLICABLE],
        no_response=standings[Standing.NO_RESPONSE],
        unanswered=standings[Standing.UNANSWERED],
        unclear=standings[Standing.UNCLEAR],
        not_asked=possible - asked if unit == "returns" else 0,
        levels=_levels(field.scale, chosen, base, answered) if field.scale and chosen is not None else (),
        figures=_figures(numbers),
    )


def _figures(numbers: Sequence[int | Decimal]) -> Figures | None:
    if not numbers:
        return None
    mean = sum(map(Decimal, numbers), Decimal(0)) / len(numbers)
    return Figures(min(numbers), mean.quantize(_HUNDREDTH, ROUND_HALF_UP, _EXACT), max(numbers))


def _levels(scale: Scale, chosen: Counter[str], base: int, answered: int) -> tuple[LevelCount, ...]:
    counts = []
    for level in scale.levels:
        count = chosen[level.code]
        is_real = not level.is_na and not level.is_nonresponse
        of_all = count / base if base and not level.is_na else None
        counts.append(LevelCount(level, count, of_all, count / answered if answered and is_real else None))
    return tuple(counts)
