"""Scales: how people's words are matched with levels."""

import pytest
from pydantic import ValidationError

from qaf_forms.define.scale import YES_NO, Level, Scale, fold

SCALE = Scale(
    levels=(
        Level(code="rated_1", label="Requires improvement", aliases=("RI",), order=1, score=None),
        Level(code="na", label="N/A", is_na=True),
        Level(code="good", label="Good – most of the time"),
    )
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("requires  IMPROVEMENT", "rated_1"),
        ("r.i.", "rated_1"),
        ("rated 1", "rated_1"),
        ("n.a.", "na"),
        ("N / A", "na"),
        ("good - most of the time", "good"),
        ("“Good — most of the time.”", "good"),
        ("Ｇｏｏｄ most of the time", "good"),
        ("good", "good"),
        ("excellent", None),
        ("", None),
    ],
)
def test_a_level_is_recognised_by_label_code_or_alias_whatever_its_case_and_punctuation(
    text: str, code: str | None
) -> None:
    level = SCALE.recognise(text)
    assert (level.code if level else None) == code


def test_a_word_made_of_punctuation_alone_is_compared_as_it_is() -> None:
    scale = Scale(levels=(Level(code="up", label="+", aliases=("!!",)), Level(code="down", label="-", aliases=("?",))))
    assert [level.code if level else None for level in map(scale.recognise, ("+", "-", "!!", "?", "."))] == [
        "up",
        "down",
        "up",
        "down",
        None,
    ]


@pytest.mark.parametrize(("text", "code"), [("Y", "yes"), ("✓", "yes"), ("TRUE", "yes"), ("No.", "no"), ("✗", "no")])
def test_yes_and_no_are_recognised_as_people_write_them(text: str, code: str) -> None:
    level = YES_NO.recognise(text)
    assert level is not None
    assert level.code == code


def test_folding_leaves_letters_and_digits_of_every_language() -> None:
    assert fold("Don’t know / 5–6 (Żółć)") == "dontknow5-6żółć"


def test_a_scale_knows_its_labels_levels_and_whether_it_has_not_applicable() -> None:
    assert SCALE.labels == ("Requires improvement", "N/A", "Good – most of the time")
    assert SCALE.has_na
    assert not YES_NO.has_na
    assert SCALE.level("good") is SCALE.levels[2]
    assert SCALE.level("Good") is None


def test_a_scale_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        SCALE.levels[0].label = "Other"  # type: ignore[misc]
