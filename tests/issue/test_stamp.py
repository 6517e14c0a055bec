"""The stamp: what a file says of itself, hidden and in sight."""

from __future__ import annotations

import pytest

from qaf_forms import Stamp
from qaf_forms.define.scale import fold
from qaf_forms.define.words import ENGLISH
from qaf_forms.issue.printed import stamp_lines

STAMPS = [
    Stamp("neglect_case_audit", "2024.1", "0123456789ab"),
    Stamp("neglect_case_audit", "2024.1", "0123456789ab", "neglect-2025", "police-n-07", "2"),
    Stamp("audit", "1", "0123456789ab", "r1", "police", variant="social care"),
    Stamp("audit", "1", "0123456789ab", "r1", "police", stage="6 months on"),
    Stamp("audit", "1", "0123456789ab", "r1", "police", role="critical_friend"),
    Stamp("audit", "1", "0123456789ab", "r1", "police", "1", "school", "moderated", role="moderator", others="hide"),
    Stamp("audit", "1", "0123456789ab", others="hide"),
]


@pytest.mark.parametrize("stamp", STAMPS)
def test_the_visible_line_says_which_form_round_recipient_and_variant(stamp: Stamp) -> None:
    assert Stamp.from_line(f"Somewhere in the foot: {stamp.line}\tPage 1 of 3") == stamp


@pytest.mark.parametrize("variant", ["", " · For “social care”"])
def test_a_line_that_was_printed_before_stage_and_role_were_said_is_still_understood(variant: str) -> None:
    line = "Form audit 2024.1 · 0123456789ab · Round r1 · Recipient police · Copy 1" + variant
    stamp = Stamp.from_line(line)
    assert stamp is not None
    assert (stamp.stage, stamp.role, stamp.others) == ("initial", "agency", "lock")
    assert stamp.line.replace("\u00a0", " ") == line


def test_a_copy_that_was_not_issued_names_no_round_and_no_recipient() -> None:
    stamp = Stamp("audit", "1", "0123456789ab")
    assert stamp.line == "Form audit 1 · 0123456789ab · Copy\u00a01"
    old = "Form audit 1 · 0123456789ab · Round - · Recipient - · Copy 1"
    assert Stamp.from_line(old) == stamp
    assert fold(old) in stamp_lines(stamp, ENGLISH)


def test_a_line_printed_before_it_said_the_stage_is_no_extra() -> None:
    stamp = Stamp("audit", "1", "0123456789ab", "r1", "police", variant="school", stage="moderated")
    old = "Form audit 1 · 0123456789ab · Round r1 · Recipient police · Copy 1"
    assert {fold(old), fold(f"{old} · For “school”"), fold(stamp.line)} <= stamp_lines(stamp, ENGLISH)


@pytest.mark.parametrize("stamp", STAMPS)
def test_properties_carry_everything(stamp: Stamp) -> None:
    others = {"Company": "Anytown", "qaf_unheard_of": "x"}
    assert Stamp.from_properties({**others, **stamp.properties}) == stamp


def test_properties_carry_what_the_cover_says() -> None:
    stamp = Stamp("audit", "1", "", cover={"return_by": "1 May 2025", "period": "spring"})
    assert Stamp.from_properties(stamp.properties) == stamp
    assert stamp.cover_lines(ENGLISH) == (("Period", "spring"), ("Return by", "1 May 2025"))


@pytest.mark.parametrize("text", ["", "Form of words", "Form X 1 · · Round"])
def test_other_lines_are_no_stamp(text: str) -> None:
    assert Stamp.from_line(text) is None


def test_properties_of_other_files_are_no_stamp() -> None:
    assert Stamp.from_properties({"qaf_form": "audit"}) is None
