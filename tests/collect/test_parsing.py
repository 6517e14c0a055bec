"""What people type, and what it is taken for."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from qaf_forms.collect.outcome import Outcome
from qaf_forms.collect.parsing import parse
from qaf_forms.collect.raw_values import text_of
from qaf_forms.define.condition import Value
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show
from qaf_forms.plugin.interfaces import Raw
from qaf_forms.problems import Code
from tests.collect.printing import form_of

RAG = {
    "levels": [
        {"code": "green", "label": "Green"},
        {"code": "amber", "label": "Amber", "aliases": ["yellow"]},
        {"code": "red", "label": "Red"},
        {"code": "complete", "label": "Complete", "aliases": ["done"]},
    ]
}
MET = {
    "levels": [
        {"code": "met", "label": "Met", "aliases": ["3", "fully met"]},
        {"code": "partly", "label": "Partly met", "aliases": ["2", "partially", "partly"]},
        {"code": "not_met", "label": "Not met", "aliases": ["1"]},
        {"code": "na", "label": "N/A", "is_na": True, "aliases": ["not applicable"]},
    ]
}
AGES = {
    "levels": [
        {"code": "age_1_4", "label": "1 to 4", "aliases": ["1-4"]},
        {"code": "age_11_15", "label": "11 to 15", "aliases": ["11-15"]},
        {"code": "p25", "label": "25%"},
    ]
}
TOPICS = {
    "levels": [
        {"code": "police", "label": "Police & probation"},
        {"code": "health", "label": "Health, mental health"},
        {"code": "school", "label": "School", "aliases": ["schools"]},
        {"code": "other", "label": "Other - say which"},
    ]
}


def asked(**question: Any) -> Field:
    """The space of one question."""
    return Layout(form_of({"id": "q", "ask": "A question?", **question})).fields[0]


def codes(outcome: Outcome) -> list[str]:
    return [code.name for code, _ in outcome.notes]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12/03/2025", date(2025, 3, 12)),
        ("12.3.25", date(2025, 3, 12)),
        ("12-03-2025", date(2025, 3, 12)),
        ("12 / 03 / 2025", date(2025, 3, 12)),
        ("3/4/25", date(2025, 4, 3)),
        ("3/4/99", date(1999, 4, 3)),
        ("2025-03-12", date(2025, 3, 12)),
        ("2025-03-12T00:00:00", date(2025, 3, 12)),
        ("2025/3/12", date(2025, 3, 12)),
        ("12th March 2025", date(2025, 3, 12)),
        ("the 12th of March, 2025", date(2025, 3, 12)),
        ("12 Sept 2024", date(2024, 9, 12)),
        ("12 September 2024", date(2024, 9, 12)),
        ("12-Mar-25", date(2025, 3, 12)),
        ("12mar2025", date(2025, 3, 12)),
        ("Wed 12 March 2025", date(2025, 3, 12)),
        ("Wednesday, 12 March 2025.", date(2025, 3, 12)),
        ("March 12, 2025", date(2025, 3, 12)),
        (" 12\u00a0March  2025 ", date(2025, 3, 12)),
        ("１２/０３/２０２５", date(2025, 3, 12)),
        ("29/02/2024", date(2024, 2, 29)),
        (date(2025, 3, 12), date(2025, 3, 12)),
        (datetime(2025, 3, 12, 14, 30), date(2025, 3, 12)),
    ],
)
def test_a_date_is_read_day_first_in_words_or_figures(typed: Raw, day: date) -> None:
    outcome = parse(asked(type="date"), typed)
    assert (outcome.value, outcome.notes) == (day, [])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("3/25/2025", "NOT_A_DATE"),
        ("31/02/2025", "NOT_A_DATE"),
        ("29/02/2023", "NOT_A_DATE"),
        ("before 12 March 2025", "NOT_A_DATE"),
        ("not 12 March 2025", "NOT_A_DATE"),
        ("12 Marchember 2025", "NOT_A_DATE"),
        ("12/03/2025 approx", "NOT_A_DATE"),
        ("12032025", "NOT_A_DATE"),
        ("ongoing", "NOT_A_DATE"),
        ("N/A", "NOT_A_DATE"),
        ("=TODAY()", "NOT_A_DATE"),
        ("12/03/0225", "NOT_A_DATE"),
        ("0225-03-12", "NOT_A_DATE"),
        (True, "NOT_A_DATE"),
        ("March 2025", "PART_OF_A_DATE"),
        ("12 March", "PART_OF_A_DATE"),
        ("12/03", "PART_OF_A_DATE"),
        ("12/03/2025 and 14/03/2025", "UNCLEAR_DATE"),
        ("12/03/2025\n14/03/2025", "UNCLEAR_DATE"),
    ],
)
def test_what_is_no_single_day_is_never_guessed(typed: Raw, code: str) -> None:
    outcome = parse(asked(type="date"), typed)
    assert (outcome.value, codes(outcome)) == (None, [code])


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("13 Nov", "the year"),
        ("13th of November", "the year"),
        ("Nov 2024", "the day"),
        ("late Nov 2024", "the day"),
        ("11/2024", "the day"),
        ("Nov 13", "the day or the year"),
        ("13/11", "the day or the year"),
        ("11.24", "the day or the year"),
    ],
)
def test_what_is_missing_in_a_date_is_said(typed: str, missing: str) -> None:
    ((code, facts),) = parse(asked(type="date"), typed).notes
    assert (code, facts) == (Code.PART_OF_A_DATE, {"missing": missing})


def test_a_day_outside_the_limits_is_kept_and_said() -> None:
    space = asked(type="date", earliest="2024-04-01", latest="2025-03-31")
    assert codes(parse(space, "31/03/2024")) == ["OUT_OF_RANGE"]
    assert codes(parse(space, "01/04/2025")) == ["OUT_OF_RANGE"]
    assert parse(space, "01/04/2025").value == date(2025, 4, 1)
    assert codes(parse(space, "01/04/2024")) == []


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("3.0", 3),
        ("1,234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("+3", 3),
        ("-3", -3),
        ("− 3", -3),
        ("３", 3),
        ("3 visits", 3),
        ("3 visit", 3),
        ("3VISITS.", 3),
        ("3.", 3),
        (3, 3),
        (3.0, 3),
        (0, 0),
    ],
)
def test_a_whole_number_is_read_however_it_is_written(typed: Raw, number: int) -> None:
    outcome = parse(asked(type="integer", unit="visits"), typed)
    assert (outcome.value, outcome.notes) == (number, [])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.234", "NOT_WHOLE"),
        (3.5, "NOT_WHOLE"),
        ("5–6", "NOT_A_NUMBER"),
        ("5 or 6", "NOT_A_NUMBER"),
        ("5 6", "NOT_A_NUMBER"),
        ("1,23", "NOT_A_NUMBER"),
        ("3²", "NOT_A_NUMBER"),
        ("5½", "NOT_A_NUMBER"),
        ("N/A", "NOT_A_NUMBER"),
        ("about 5", "NOT_A_NUMBER"),
        ("=3+4", "NOT_A_NUMBER"),
        ("95%", "NOT_A_NUMBER"),
        ("3 weeks", "NOT_A_NUMBER"),
        ("1E5", "NOT_A_NUMBER"),
        ("-", "NOT_A_NUMBER"),
        (".", "NOT_A_NUMBER"),
        ("visits", "NOT_A_NUMBER"),
        (True, "NOT_A_NUMBER"),
        (date(2025, 5, 6), "NOT_A_NUMBER"),
        (float("nan"), "NOT_A_NUMBER"),
        (float("inf"), "NOT_A_NUMBER"),
        ("12345678901234567", "OUT_OF_RANGE"),
        ("9" * 5000, "NOT_A_NUMBER"),
        (1e300, "OUT_OF_RANGE"),
    ],
)
def test_what_is_no_whole_number_is_never_made_one(typed: Raw, code: str) -> None:
    outcome = parse(asked(type="integer", unit="visits"), typed)
    assert (outcome.value, codes(outcome)) == (None, [code])


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234", "1.234"),
        ("1,234.50", "1234.50"),
        (".5", "0.5"),
        ("£1,000", "1000"),
        (0.1 + 0.2, "0.3"),
        (1234.5, "1234.5"),
        ("-0.25", "-0.25"),
    ],
)
def test_a_decimal_number_is_exact(typed: Raw, number: str) -> None:
    assert parse(asked(type="decimal"), typed).value == Decimal(number)


def test_a_percentage_needs_no_sign_where_the_form_prints_one() -> None:
    assert parse(asked(type="decimal", unit="%"), "95%").value == 95
    assert parse(asked(type="decimal", unit="per cent"), "95 %").value == 95
    assert parse(asked(type="decimal", unit="%"), "95").value == 95
    assert parse(asked(type="percent", unit="of the files"), "95% of the files").value == 95
    assert parse(asked(type="percent", unit="of the files"), "95%").value == 95


def test_a_number_outside_the_limits_is_kept_and_said() -> None:
    space = asked(type="integer", minimum=0, maximum=9)
    assert (parse(space, "10").value, codes(parse(space, "10"))) == (10, ["OUT_OF_RANGE"])
    assert (parse(space, "-1").value, codes(parse(space, "-1"))) == (-1, ["OUT_OF_RANGE"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Green", "green"),
        ("GREEN", "green"),
        (" green. ", "green"),
        ("“Green”", "green"),
        ("R", "red"),
        ("r", "red"),
        ("yellow", "amber"),
        ("Done", "complete"),
        ("☒ Green", "green"),
        ("☐ Green ☒ Amber ☐ Red", "amber"),
        ("☐ Green\n☑ Amber\n☐ Red", "amber"),
        ("Green / green", "green"),
    ],
)
def test_a_level_is_recognised_whatever_the_case_and_punctuation(typed: str, code: str) -> None:
    outcome = parse(asked(type="choice", scale=RAG), typed)
    assert (outcome.value, outcome.notes) == (code, [])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Complete: done in March", "complete"),
        ("Green - but not every visit", "green"),
        ("Red, see below", "red"),
        ("Amber (moving to green)", "amber"),
        ("Green\nReviewed monthly", "green"),
        ("Green?", "green"),
        ("☒ Green\nReviewed monthly", "green"),
    ],
)
def test_words_around_a_level_are_said(typed: str, code: str) -> None:
    outcome = parse(asked(type="choice", scale=RAG), typed)
    assert (outcome.value, codes(outcome)) == (code, ["MORE_THAN_THE_LEVEL"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Red / Amber", "SEVERAL_LEVELS"),
        ("red and amber", "SEVERAL_LEVELS"),
        ("Amber or Green", "SEVERAL_LEVELS"),
        ("Red, yellow", "SEVERAL_LEVELS"),
        ("Red - amber", "SEVERAL_LEVELS"),
        ("☒ Red ☒ Green", "SEVERAL_LEVELS"),
        ("reddish", "NOT_ON_THE_SCALE"),
        ("not green", "NOT_ON_THE_SCALE"),
        ("G/A/R", "NOT_ON_THE_SCALE"),
        ("?", "NOT_ON_THE_SCALE"),
        ("Red ☒ Green ☐", "NOT_ON_THE_SCALE"),
        ("☐ Green ☐ Red Red", "NOT_ON_THE_SCALE"),
        ("☐ Green ☐ Red because it is late", "NOT_ON_THE_SCALE"),
        ("☒", "NOT_ON_THE_SCALE"),
        (3, "NOT_ON_THE_SCALE"),
        (date(2025, 4, 1), "NOT_ON_THE_SCALE"),
        ("=A1", "NOT_ON_THE_SCALE"),
    ],
)
def test_what_is_not_one_level_is_never_guessed(typed: Raw, code: str) -> None:
    outcome = parse(asked(type="choice", scale=RAG), typed)
    assert (outcome.value, codes(outcome)) == (None, [code])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Met", "met"),
        ("Not met", "not_met"),
        ("NOT-MET", "not_met"),
        ("not  met", "not_met"),
        ("Partly", "partly"),
        ("partially", "partly"),
        ("n/a.", "na"),
        ("N.A.", "na"),
        ("na", "na"),
        ("Not applicable", "na"),
        ("3", "met"),
        (3, "met"),
        (3.0, "met"),
    ],
)
def test_a_level_that_begins_or_ends_like_another_is_not_mixed_up(typed: Raw, code: str) -> None:
    outcome = parse(asked(type="choice", scale=MET), typed)
    assert (outcome.value, outcome.notes) == (code, [])


@pytest.mark.parametrize("typed", ["not yet met", "Not fully met", "un-met", "1.5", "2-3", "3/1", "N", "-", "meet"])
def test_what_only_looks_like_a_level_is_not_taken(typed: str) -> None:
    assert parse(asked(type="choice", scale=MET), typed).value is None


@pytest.mark.parametrize(("typed", "code"), [("1-4", "age_1_4"), ("1 – 4", "age_1_4"), ("11 - 15", "age_11_15")])
def test_punctuation_between_figures_tells(typed: str, code: str) -> None:
    assert parse(asked(type="choice", scale=AGES), typed).value == code


@pytest.mark.parametrize("typed", ["14", "1.4", "1115", "2.5%", "1/4", date(2025, 4, 1)])
def test_figures_are_not_joined_across_punctuation(typed: Raw) -> None:
    assert parse(asked(type="choice", scale=AGES), typed).value is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [("Yes", "yes"), ("y", "yes"), ("✓", "yes"), (True, "yes"), (False, "no"), ("N", "no"), ("No.", "no"), ("✗", "no")],
)
def test_yes_and_no_are_read_from_words_ticks_and_cells(typed: Raw, value: str) -> None:
    assert parse(asked(type="yes_no"), typed) == Outcome(value)


def test_yes_and_no_together_are_no_answer() -> None:
    assert codes(parse(asked(type="yes_no"), "Yes / No")) == ["SEVERAL_LEVELS"]
    assert codes(parse(asked(type="yes_no"), "Yes - but not every visit")) == ["MORE_THAN_THE_LEVEL"]


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("School", ("school",)),
        ("Police & probation; School", ("police", "school")),
        ("school, police & probation", ("school",)),
        ("Health, mental health\nschools", ("health", "school")),
        ("☒ Police & probation\n☐ School", ("police",)),
        ("☐ Police & probation ☒ School ☒ Health, mental health", ("health", "school")),
        ("☐ Police & probation\n☐ School", None),
        ("[x] School\n[ ] Police & probation", ("school",)),
        ("School and Other - say which", ("school", "other")),
    ],
)
def test_several_levels_are_read_from_lists_and_boxes(typed: str, chosen: Value | None) -> None:
    outcome = parse(asked(type="choices", scale=TOPICS), typed)
    if typed.startswith("school,"):  # the label has an "&" of its own in it: what is not certain is said
        assert codes(outcome) == ["MORE_THAN_THE_LEVEL"]
    else:
        assert outcome.notes == []
    assert outcome.value == chosen


@pytest.mark.parametrize(
    ("typed", "chosen", "code"),
    [
        ("School; the fire service", ("school",), "NOT_ON_THE_SCALE"),
        ("Other - say which: housing", ("other",), "MORE_THAN_THE_LEVEL"),
        ("☒ School\n☐ Other - say which: housing", ("school",), "NOT_ON_THE_SCALE"),
        ("School?", ("school",), "MORE_THAN_THE_LEVEL"),
        ("School ☒ Other - say which ☐", None, "NOT_ON_THE_SCALE"),
        ("none of them", None, "NOT_ON_THE_SCALE"),
    ],
)
def test_what_is_no_level_among_several_is_said(typed: str, chosen: Value | None, code: str) -> None:
    outcome = parse(asked(type="choices", scale=TOPICS), typed)
    assert (outcome.value, codes(outcome)) == (chosen, [code])


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en-GB", "Thursday 12 March 2025"),
        ("en-GB", "Mon, March 12, 2025"),
        ("cy-GB", "Dydd Iau 12/03/2025"),
        ("pl-PL", "wtorek 12 marca 2025"),
    ],
)
def test_a_day_of_the_week_that_is_not_the_dates_leaves_it_unclear(language: str, typed: str) -> None:
    outcome = parse(in_language(language, type="date"), typed)
    assert (outcome.value, codes(outcome)) == (None, ["UNCLEAR_DATE"])


BOXES = "Police & probation", "Health, mental health", "School", "Other - say which"


@pytest.mark.parametrize(
    ("ticked", "empty"),
    [
        ("☑\ufe0f", "☐\ufe0f"),
        ("✅", "❌"),
        ("✓", "✗"),
        ("❌", "☐"),
        ("■", "□"),
        ("●", "○"),
        ("x", "☐"),
        ("[x]", "[ ]"),
        ("(x)", "( )"),
        ("\uf0fe", "\uf0a8"),
        ("þ", "¨"),
        ("✓", ""),
        ("X", ""),
    ],
)
def test_boxes_are_read_however_they_were_drawn(ticked: str, empty: str) -> None:
    marks = (empty, ticked, ticked, empty)
    for lines in (
        [f"{mark} {label}".strip() for mark, label in zip(marks, BOXES, strict=True)],
        [f"{label} {mark}".strip() for mark, label in zip(marks, BOXES, strict=True)],
    ):
        outcome = parse(asked(type="choices", scale=TOPICS), "\n".join(lines))
        assert (outcome.value, codes(outcome)) == (("health", "school"), [])


def test_one_of_several_levels_is_read_however_its_box_was_drawn() -> None:
    outcome = parse(asked(type="choice", scale=RAG), "⬜ Green\n✅ Amber\n⬜ Red")
    assert (outcome.value, codes(outcome)) == ("amber", [])


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("\n".join(BOXES), None),
        ("☐ Police & probation\nHealth, mental health\n☒ School\n☐ Other - say which", ("school",)),
        ("☒ School\nHealth, mental health", ("school",)),
        ("☐ School\n☐ Other - say which\nSchool", None),
        ("- Police & probation\n☒ School\n☐ Health, mental health", ("school",)),
    ],
)
def test_a_label_whose_box_is_gone_is_not_taken_for_chosen(typed: str, chosen: Value | None) -> None:
    outcome = parse(asked(type="choices", scale=TOPICS), typed)
    assert (outcome.value, codes(outcome)) == (chosen, ["WITHOUT_BOX"])


@pytest.mark.parametrize("typed", ["❌ School", "○ School", "❌ Police & probation\n❌ School"])
def test_a_mark_that_could_mean_either_is_not_read(typed: str) -> None:
    outcome = parse(asked(type="choices", scale=TOPICS), typed)
    assert outcome.value is None
    assert set(codes(outcome)) == {"NOT_ON_THE_SCALE"}


@pytest.mark.parametrize("typed", ["=1+1", "N/A", "☒ not a box", "O’Neill “said” 'no'", "TRUE", "[x]", "é 中文 🙂"])
def test_text_is_taken_as_it_stands(typed: str) -> None:
    assert parse(asked(type="text"), typed) == Outcome(typed)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (7, "7"),
        (7.0, "7"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
    ],
)
def test_a_cell_that_holds_no_text_is_shown_as_people_see_it(cell: Raw, text: str) -> None:
    assert text_of(cell) == text
    assert parse(asked(type="text"), cell) == Outcome(text)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(2025, 3, 12), "12/03/2025"),
        (datetime(2025, 3, 12, 9, 5), "12/03/2025 09:05"),
        (datetime(2025, 3, 12, 9, 5, 7), "12/03/2025 09:05:07"),
        (datetime(2025, 3, 12), "12/03/2025"),
    ],
)
def test_a_date_that_a_program_may_have_made_of_something_else_is_shown_and_told(cell: Raw, text: str) -> None:
    assert text_of(cell) == text
    outcome = parse(asked(type="text"), cell)
    assert (outcome.value, codes(outcome)) == (text, ["MADE_A_DATE"])


@pytest.mark.parametrize("type_", ["text", "paragraph", "phone"])
@pytest.mark.parametrize("number", [1.23456789012346e18, 1230000000000000])
def test_a_number_that_may_have_lost_its_last_digits_is_told_where_a_text_was_asked_for(
    type_: str, number: Raw
) -> None:
    outcome = parse(asked(type=type_), number)
    assert outcome.value == text_of(number)
    assert "DIGITS_LOST" in codes(outcome)


@pytest.mark.parametrize("number", [7700900123, 7700900123.0])
def test_a_telephone_number_that_stands_as_a_number_is_told_since_it_has_lost_its_nought(number: Raw) -> None:
    outcome = parse(asked(type="phone"), number)
    assert (outcome.value, codes(outcome)) == ("7700900123", ["NOT_A_PHONE"])


def test_of_a_fraction_that_a_spreadsheet_made_a_date_it_is_said() -> None:
    outcome = parse(asked(type="fraction"), date(2025, 6, 5))
    assert (outcome.value, codes(outcome)) == (None, ["NOT_A_FRACTION", "MADE_A_DATE"])


@pytest.mark.parametrize("typed", ["\u200b", " \u200b\n", "\ufeff", "\u00ad", "\u2060\u200d"])
@pytest.mark.parametrize("type_", ["text", "paragraph", "date", "integer"])
def test_what_nobody_can_see_is_no_answer(typed: str, type_: str) -> None:
    assert parse(asked(type=type_), typed) == Outcome()


@pytest.mark.parametrize("number", [45728, 45728.0])
def test_a_day_that_stands_as_a_number_is_read_and_told(number: Raw) -> None:
    outcome = parse(asked(type="date"), number)
    assert (outcome.value, codes(outcome)) == (date(2025, 3, 12), ["DAY_BY_NUMBER"])


@pytest.mark.parametrize("number", [2025, 7, 120325, 45728.5, True, -1])
def test_other_numbers_are_no_dates(number: Raw) -> None:
    outcome = parse(asked(type="date"), number)
    assert (outcome.value, codes(outcome)) == (None, ["NOT_A_DATE"])


@pytest.mark.parametrize(
    "typed",
    ["5/6 churches", "5 of 6 (the seventh is closed)", "5/6 - not sure", "5/6?", "5 out of 6 parishes, approx."],
)
def test_words_behind_a_fraction_are_kept_beside_it(typed: str) -> None:
    outcome = parse(asked(type="fraction"), typed)
    assert (outcome.value, codes(outcome)) == ("5/6", ["MORE_THAN_THE_LEVEL"])


@pytest.mark.parametrize("typed", ["about 5/6", "5/6 and 7/8", "5/6/7", "5/6 of 30", "5/6churches", "not 5/6"])
def test_a_fraction_among_other_figures_or_behind_words_is_asked_about(typed: str) -> None:
    outcome = parse(asked(type="fraction"), typed)
    assert (outcome.value, codes(outcome)) == (None, ["NOT_A_FRACTION"])


def test_text_that_is_too_long_is_kept_and_said() -> None:
    outcome = parse(asked(type="text", max_length=5), "123456")
    assert (outcome.value, codes(outcome)) == ("123456", ["TOO_LONG"])


def test_characters_that_no_office_file_holds_are_left_out_and_said() -> None:
    outcome = parse(asked(type="text"), "one\x0btwo")
    assert (outcome.value, codes(outcome)) == ("onetwo", ["UNPRINTABLE"])


@pytest.mark.parametrize("typed", ["a.person@example.org", "mailto:a@b.org", " safeguarding+qa@police.example "])
def test_an_email_address_is_read(typed: str) -> None:
    outcome = parse(asked(type="email"), typed)
    assert (outcome.value, outcome.notes) == (typed.strip().removeprefix("mailto:"), [])


@pytest.mark.parametrize("typed", ["a@b", "a b@c.org", "a@b.org; c@d.org", "A Person <a@b.org>", "n/a", "a@b.org."])
def test_what_is_no_single_email_address_is_said(typed: str) -> None:
    assert codes(parse(asked(type="email"), typed)) == ["NOT_AN_EMAIL"]


@pytest.mark.parametrize(
    "typed", ["020 7946 0018", "+44 (0)117 496 0123", "(0117) 496 0123 ext 12", "(+44) 117 4960123"]
)
def test_a_telephone_number_is_kept_as_typed(typed: str) -> None:
    outcome = parse(asked(type="phone"), typed)
    assert (outcome.value, outcome.notes) == (typed, [])


@pytest.mark.parametrize("typed", ["see above", "0117", "0117 496 0123 or 0124", "ask (for me)"])
def test_what_does_not_look_like_a_telephone_number_is_kept_and_said(typed: str) -> None:
    outcome = parse(asked(type="phone"), typed)
    assert (outcome.value, codes(outcome)) == (typed, ["NOT_A_PHONE"])


@pytest.mark.parametrize("type_", ["text", "paragraph", "integer", "date", "yes_no", "email"])
@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u00a0"])
def test_blank_space_is_no_answer_to_anything(type_: str, blank: str) -> None:
    assert parse(asked(type=type_), blank) == Outcome()


def in_language(language: str, **question: Any) -> Field:
    form = form_of({"id": "q", "ask": "A question?", **question}, language=language)
    return Layout(form).fields[0]


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("cy", "12 Mawrth 2025", date(2025, 3, 12)),
        ("cy", "Dydd Mercher, 12fed o Fawrth 2025", None),  # a mutated name is not guessed
        ("cy", "Dydd Mercher 12fed Mawrth 2025", date(2025, 3, 12)),
        ("cy", "1af o Ebrill 2025", date(2025, 4, 1)),
        ("cy", "12 Hyd 25", date(2025, 10, 12)),
        ("cy", "12th March 2025", date(2025, 3, 12)),
        ("pl-PL", "12 marca 2025", date(2025, 3, 12)),
        ("pl-PL", "niedziela, 12 października 2025", date(2025, 10, 12)),
        ("pl-PL", "12 pazdziernika 2025", date(2025, 10, 12)),
        ("pl-PL", "12 March 2025", date(2025, 3, 12)),
        ("en-GB", "12 marca 2025", None),
    ],
)
def test_months_are_read_in_the_forms_language_and_in_english(language: str, typed: str, day: date | None) -> None:
    assert parse(in_language(language, type="date"), typed).value == day


def test_a_month_of_a_year_is_read_and_shown_in_the_forms_language() -> None:
    month = in_language("pl-PL", type="month")
    assert [parse(month, typed).value for typed in ("marzec 2025", "marca 2025", "March 2025")] == ["2025-03"] * 3
    assert show(month, "2025-03") == "marzec 2025"


@pytest.mark.parametrize(
    ("language", "typed", "code"),
    [
        ("cy", "Ie", "yes"),
        ("cy", "nac oes", "no"),
        ("cy", "Yes", "yes"),
        ("cy", "No", "no"),
        ("cy", "N/A", None),
        ("cy", "Na", None),
        ("pl-PL", "tak", "yes"),
        ("pl-PL", "N", "no"),
        ("en-GB", "tak", None),
    ],
)
def test_yes_and_no_are_read_in_the_forms_language_and_in_english(language: str, typed: str, code: str | None) -> None:
    assert parse(in_language(language, type="yes_no"), typed).value == code


def test_a_comma_before_decimals_is_read_where_people_write_one() -> None:
    number = in_language("pl-PL", type="decimal")
    assert parse(number, "2,5").value == Decimal("2.5")
    assert parse(number, "1 234,50").value == Decimal("1234.50")
    assert parse(number, "2.5").value == Decimal("2.5")
    assert parse(number, "1,234.50").value == Decimal("1234.50")
    money = in_language("pl-PL", type="money")
    assert parse(money, show(money, Decimal("-1234567.5"))).value == Decimal("-1234567.5")
    assert codes(parse(number, "1,234")) == ["NOT_A_NUMBER"]  # it could be either
    assert codes(parse(number, "1.234,5")) == ["NOT_A_NUMBER"]
    assert parse(in_language("cy", type="decimal"), "1,234").value == Decimal(1234)


def test_several_answers_are_told_apart_in_the_forms_language() -> None:
    space = in_language("cy", type="choices", scale="met")
    assert parse(space, "Fully met neu Partly met").value == ("met", "partly")
    assert parse(in_language("cy", type="fraction"), "5 o 6").value == "5/6"
    assert parse(in_language("cy", type="percent"), "45 y cant").value == Decimal(45)
