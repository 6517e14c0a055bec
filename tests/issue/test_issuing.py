"""Issuing: a stamp and a file name for each recipient."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qaf_forms import IssuedCopy
from qaf_forms.define.form import Form
from qaf_forms.define.words import ENGLISH
from qaf_forms.errors import RoundError
from qaf_forms.issue.agency_types import variant_for
from qaf_forms.issue.issuing import issued_copies
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.listing import Line
from qaf_forms.issue.recipients import read_recipients
from qaf_forms.issue.round import Round
from tests.collate.small_round import FORM, LAYOUT, a_round


def copies(round_: Round) -> list[IssuedCopy]:
    return list(issued_copies(round_, lambda variant, wording: Layout(FORM, variant)))


def test_a_copy_is_stamped_with_form_round_and_recipient() -> None:
    (copy,) = copies(a_round("Police"))

    stamp = copy.stamp
    assert (stamp.form, stamp.version, stamp.fingerprint) == ("small_audit", "2", LAYOUT.fingerprint)
    assert (stamp.round, stamp.recipient, stamp.variant) == ("spring", "police", "")


def test_a_copy_says_whose_it_is_and_of_which_stage_and_so_does_the_name_of_its_file() -> None:
    round_ = a_round("Police").model_copy(update={"role": "partnership", "others": "hide", "stage": "6 months on"})
    (copy,) = copies(round_)

    assert (copy.stamp.role, copy.stamp.others, copy.stamp.stage) == ("partnership", "hide", "6 months on")
    assert copy.file_name == "small_audit-police-partnership-6-months-on"


def test_the_cover_says_what_is_known_with_days_in_words() -> None:
    (copy,) = copies(a_round("Police"))

    assert dict(copy.stamp.cover_lines(ENGLISH)) == {
        "Reference": f"{copy.stamp.round} / police",
        "For": "Police",
        "Case": "N-07",
        "Issued": "14 March 2025",
        "Return by": "11 April 2025",
        "Return to": "audits@example.org",
        "Sent to": "police@example.org",
    }


def test_the_agency_type_is_the_variant_as_the_form_spells_it() -> None:
    asked: list[str | None] = []

    def layouts(variant: str | None, wording: str) -> Layout:
        asked.append(variant)
        return Layout(FORM, variant)

    found = list(issued_copies(a_round("Oak", "Elm", oak=" school", elm="Charity"), layouts))

    assert [copy.variant for copy in found] == ["School", "Charity"]
    assert set(asked) == {None, "School", "Charity"}


@pytest.mark.parametrize("written", ["Primary; Academy", "academy + primary", "ACADEMY,  primary"])
def test_an_agency_of_several_types_is_asked_what_is_for_any_of_them(written: str) -> None:
    items = [
        {"id": name, "type": "text", "ask": name, "applies_to": types}
        for name, types in {
            "phonics": ["Primary"],
            "options": ["Secondary"],
            "trust": ["Academy"],
            "council": ["Maintained"],
            "ends": ["Secondary", "Academy"],
        }.items()
    ]
    form = Form.model_validate(
        {
            "id": "schools",
            "version": "1",
            "title": "Schools",
            "kind": "self_assessment",
            "owner": "A partnership",
            "sections": [{"id": "s", "title": "S", "items": items}],
        }
    )
    variant = variant_for(form, written)
    assert sorted(variant.split("; ")) == ["Academy", "Primary"]
    assert [field.key for field in Layout(form, variant).fields] == ["phonics", "trust", "ends"]


def test_a_copy_takes_the_suffix_of_whoever_renders_it() -> None:
    (copy,) = copies(a_round("Police"))

    assert copy.file_name == "small_audit-police"
    assert copy.with_suffix(".docx").file_name == "small_audit-police.docx"


@given(st.lists(st.tuples(st.text(max_size=90), st.text(max_size=90)), max_size=8))
def test_file_names_are_safe_and_unlike_each_other_whatever_agencies_are_called(pairs: list[tuple[str, str]]) -> None:
    lines = [Line(f"r.csv:{number}", {"agency": agency, "case": case}) for number, (agency, case) in enumerate(pairs)]
    recipients, _ = read_recipients(lines)
    round_ = Round(
        id="r",
        form_name="f",
        issued=date(2025, 1, 1),
        return_by=date(2025, 1, 2),
        return_to="x",
        recipients=recipients,
    )

    names = [copy.file_name for copy in copies(round_)]

    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"small_audit-[A-Za-z0-9-]{1,60}", name) for name in names)


def test_recipients_of_one_id_get_no_copies_for_one_would_take_the_other_s_place() -> None:
    police, health = a_round("Oak", "Elm").recipients
    twice = a_round("Oak").model_copy(update={"recipients": (police, health.model_copy(update={"id": "OAK"}))})
    with pytest.raises(RoundError, match="Oak and Elm have the same id 'OAK'; give each an id of its own"):
        copies(twice)


def test_a_round_made_in_python_is_not_due_before_it_is_issued() -> None:
    made = a_round("Oak")
    with pytest.raises(ValidationError, match="the return is due before it is issued: 2025-03-13 < 2025-03-14"):
        Round(**{**dict(made), "issued": date(2025, 3, 14), "return_by": date(2025, 3, 13)})
    Round(**{**dict(made), "issued": date(2025, 3, 14), "return_by": date(2025, 3, 14)})
