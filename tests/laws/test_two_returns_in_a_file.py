"""Parts of another return in a file: nothing of them becomes an answer without a word about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest

from qaf_forms import Return, Stamp
from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from qaf_forms.plugin import Code
from tests.laws.filled import KIT, filled
from tests.laws.judged import in_order
from tests.laws.mangled_excel import Book, no_keys, through
from tests.laws.mangled_word import mangled, no_bookmarks, no_controls, no_tags
from tests.laws.two_returns import one_document, pasted_together, with_sheets, with_sheets_in_front

OF_ANOTHER = Code.OTHER_RETURN.value.code
PERHAPS = Code.PERHAPS_ANOTHERS.value.code
PAIRS = (
    ("neglect_case_audit", "section_11_self_assessment"),
    ("neglect_case_audit", "family_help_case_audit"),
    ("quarterly_scorecard", "practitioner_questionnaire"),
    ("learning_monitoring_3_months", "learning_dissemination"),
)
TOGETHER: Mapping[str, Callable[[bytes, bytes], bytes]] = {
    "copied": with_sheets,
    "copied in front": with_sheets_in_front,
    "pasted into new sheets": partial(with_sheets, names=False, feet=False),
    "names alone are left": lambda data, others: with_sheets(data, through(no_keys)(others), feet=False),
    "both pasted with keys": partial(pasted_together, with_keys=True),
    "both pasted as people see them": partial(pasted_together, with_keys=False),
}
Given = Mapping[str, Value]


def half(name: str) -> dict[str, Value]:
    """Answers to every second thing that a form asks, so that there are gaps."""
    return {key: value for number, (key, value) in enumerate(filled(name).items()) if number % 2 and "[" not in key}


def issued(name: str, answers: Given, to: str = "excel", stamp: Stamp | None = None) -> bytes:
    return KIT.render(KIT.form(name), to, answers=nest(answers), role=None, stamp=stamp)


def taken_silently(returned: Return, answers: Given) -> list[str]:
    """The answers that nobody gave, and that nothing is said about. A problem speaks for its row."""
    layout = KIT.layout(KIT.form(returned.form))
    said = {_row(problem.key) for problem in returned.problems}
    expected, got = in_order(answers, layout), in_order(returned.values, layout)
    found = [key for key, value in got.items() if expected.get(key) != value and _row(key) not in said]
    worked_out = {field.key for field in layout.fields if field.calculation or field.given is not None}
    return [key for key in found if key not in worked_out]


def _row(key: str) -> str:
    return key.rpartition(".")[0] if "[" in key else key


def codes(returned: Return) -> set[str]:
    return {problem.code for problem in returned.problems}


@pytest.mark.parametrize("way", TOGETHER)
@pytest.mark.parametrize(("name", "other"), PAIRS)
def test_sheets_of_another_form_answer_nothing_silently(name: str, other: str, way: str) -> None:
    answers = half(name)
    data = TOGETHER[way](issued(name, answers), issued(other, filled(other)))
    assert taken_silently(KIT.read(data, KIT.form(name)), answers) == []


def test_sheets_that_were_copied_from_another_form_are_told_once_and_kept_as_extras() -> None:
    name, other = PAIRS[1]
    answers = half(name)
    plain = KIT.read(issued(name, answers), KIT.form(name))
    returned = KIT.read(with_sheets(issued(name, answers), issued(other, filled(other))), KIT.form(name))
    assert returned.values == plain.values
    (told,) = [problem for problem in returned.problems if problem.code == OF_ANOTHER]
    assert told.value.startswith(f"Form {other} ")
    assert "sheet 'B About this return (2)'" in told.place
    assert [one for one in returned.problems if one.code != OF_ANOTHER] == list(plain.problems)
    extras = {extra.text for extra in returned.extras}
    assert filled(other)["searched_by"] in extras


RECIPIENTS = ("police", "health")


def _stamp(name: str, recipient: str = "police", round_: str = "r1", stage: str = "initial") -> Stamp:
    layout = KIT.layout(KIT.form(name))
    return Stamp(
        name, layout.form.version, layout.fingerprint, round=round_, recipient=recipient, stage=stage, role="all"
    )


OTHERS = {
    "another recipient's": {"recipient": "health"},
    "of another round": {"round_": "r0"},
    "of another stage": {"stage": "final"},
}


@pytest.mark.parametrize("whose", OTHERS)
@pytest.mark.parametrize("together", [with_sheets, with_sheets_in_front])
def test_sheets_of_another_copy_of_the_form_are_no_answers(
    together: Callable[[bytes, bytes], bytes], whose: str
) -> None:
    name = "neglect_case_audit"
    answers = half(name)
    own, other = _stamp(name), _stamp(name, **OTHERS[whose])
    data = together(issued(name, answers, stamp=own), issued(name, filled(name), stamp=other))
    returned = KIT.read(data, KIT.form(name))
    assert taken_silently(returned, answers) == []
    assert returned.values == KIT.read(issued(name, answers, stamp=own), KIT.form(name)).values
    assert [problem.value for problem in returned.problems if problem.code == OF_ANOTHER] == [other.line]


def test_the_other_way_round_a_final_copy_takes_nothing_of_an_initial_one() -> None:
    name = "neglect_case_audit"
    own, other = _stamp(name, stage="final"), _stamp(name)
    returned = KIT.read(with_sheets(issued(name, {}, stamp=own), issued(name, filled(name), stamp=other)))
    assert returned.values == KIT.read(issued(name, {}, stamp=own)).values
    assert OF_ANOTHER in codes(returned)


def test_a_workbook_all_of_whose_sheets_came_from_another_copy_answers_nothing() -> None:
    name = "neglect_case_audit"
    own, other = _stamp(name), _stamp(name, stage="final")
    book = Book(issued(name, filled(name), stamp=other))
    properties = "docProps/custom.xml"
    book.parts[properties] = Book(issued(name, {}, stamp=own)).parts[properties]
    returned = KIT.read(book.saved(), KIT.form(name))
    assert OF_ANOTHER in codes(returned)
    assert returned.values == KIT.read(issued(name, {}, stamp=own)).values


def test_sheets_of_the_same_copy_are_its_answers() -> None:
    name = "neglect_case_audit"
    own = _stamp(name)
    returned = KIT.read(with_sheets(issued(name, {}, stamp=own), issued(name, filled(name), stamp=own)))
    assert codes(returned).isdisjoint({OF_ANOTHER, PERHAPS})
    assert returned.values["agency"] == filled(name)["agency"]


def test_a_sheet_of_the_same_marks_is_asked_about_where_others_show_another_return() -> None:
    """Both forms begin with the same sheet, and the own one was deleted."""
    name, other = PAIRS[1]
    book = Book(issued(name, half(name)))
    listed = book.listed["B About this return"]
    listed.getparent().remove(listed)  # type: ignore[union-attr]  # a sheet is listed in its workbook
    book.sheets["B About this return"].clear()
    data = with_sheets(book.saved(), issued(other, filled(other)), names=False, feet=False)
    returned = KIT.read(data, KIT.form(name))
    assert "agency" in returned.values
    assert (PERHAPS, "agency") in {(problem.code, problem.key) for problem in returned.problems}


@pytest.mark.parametrize("way", ["with tags", "with bookmarks", "as people see them"])
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(("name", "other"), PAIRS)
def test_another_form_pasted_into_a_document_answers_nothing_silently(
    name: str, other: str, is_first: bool, way: str
) -> None:
    answers = half(name)
    own, others = issued(name, answers, "word"), issued(other, filled(other), "word")
    data = one_document(*((own, others) if is_first else (others, own)), stamped_as=own)
    lost = {"with tags": (), "with bookmarks": (no_tags,), "as people see them": (no_controls, no_bookmarks)}
    assert taken_silently(KIT.read(mangled(data, *lost[way]), KIT.form(name)), answers) == []
