"""The stamp: what a file says of itself, hidden and in sight."""

from __future__ import annotations

import pytest

from qaf_forms import Stamp

STAMPS = [
    Stamp("neglect_case_audit", "2024.1", "0123456789ab"),
    Stamp("neglect_case_audit", "2024.1", "0123456789ab", "neglect-2025", "police-n-07", "2"),
    Stamp("audit", "1", "0123456789ab", "r1", "police", variant="social care"),
]


@pytest.mark.parametrize("stamp", STAMPS)
def test_the_visible_line_says_which_form_round_recipient_and_variant(stamp: Stamp) -> None:
    assert Stamp.from_line(f"Somewhere in the foot: {stamp.line}\tPage 1 of 3") == stamp


@pytest.mark.parametrize("stamp", STAMPS)
def test_properties_carry_everything(stamp: Stamp) -> None:
    others = {"Company": "Anytown", "qaf_unheard_of": "x"}
    assert Stamp.from_properties({**others, **stamp.properties}) == stamp


def test_properties_carry_what_the_cover_says() -> None:
    stamp = Stamp("audit", "1", "", cover={"return_by": "1 May 2025", "period": "spring"})
    assert Stamp.from_properties(stamp.properties) == stamp
    assert stamp.cover_lines == (("Period", "spring"), ("Return by", "1 May 2025"))


@pytest.mark.parametrize("text", ["", "Form of words", "Form X 1 · · Round"])
def test_other_lines_are_no_stamp(text: str) -> None:
    assert Stamp.from_line(text) is None


def test_properties_of_other_files_are_no_stamp() -> None:
    assert Stamp.from_properties({"qaf_form": "audit"}) is None
