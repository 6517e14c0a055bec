"""Words on colours can be read."""

from __future__ import annotations

import pytest

from qaf_forms.define.colours import contrast, readable_on


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#FFFFFF", "#767676", 4.54), ("#C62828", "#C62828", 1)],
)
def test_contrast_is_measured_as_the_guidelines_do(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)
    assert contrast(second, first) == contrast(first, second)


@pytest.mark.parametrize(
    ("colour", "ink"), [("#FFFFFF", "#000000"), ("#000000", "#FFFFFF"), ("#FFBF00", "#000000"), ("#1B7F3B", "#FFFFFF")]
)
def test_words_on_a_colour_are_black_or_white(colour: str, ink: str) -> None:
    assert readable_on(colour) == ink


def test_on_every_grey_one_of_the_two_can_be_read() -> None:
    greys = [f"#{part:02X}{part:02X}{part:02X}" for part in range(256)]
    assert min(contrast(readable_on(grey), grey) for grey in greys) >= 4.5
