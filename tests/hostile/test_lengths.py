"""Very long answers: told, read whole, and refused beyond the limit."""

from __future__ import annotations

from random import Random

import pytest

from qaf_forms import Limits, Status, Toolkit
from tests.hostile.making import ANSWER, FORM, MAIN, changed, replacing


def _of_length(format_: str, count: int) -> tuple[bytes, str]:
    """A return whose answer has so many letters: they are drawn, since a file of one letter is packed too small."""
    text = "".join(Random(3).choices("abcdefghijklmnop", k=count))
    return changed(format_, replacing(ANSWER, text), MAIN[format_]), text


@pytest.mark.parametrize(
    ("format_", "count", "is_told"),
    [("word", 1_000_000, False), ("word", 1_000_001, True), ("excel", 32_767, False), ("excel", 32_768, True)],
)
def test_a_long_answer_is_told_and_read_whole(format_: str, count: int, is_told: bool) -> None:
    data, text = _of_length(format_, count)
    returned = Toolkit().read(data, FORM)
    assert returned.values["case_ref"] == text
    assert [one.code for one in returned.problems if one.key == "case_ref"] == ["R181"] * is_told


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_an_answer_over_the_limit_is_refused(format_: str) -> None:
    data, text = _of_length(format_, 5_000)
    returned = Toolkit(limits=Limits(answer_length=4_999)).read(data, FORM)
    assert (returned.status, [one.code for one in returned.problems]) == (Status.UNREADABLE, ["F007"])
    assert text not in repr(returned)
    assert Toolkit(limits=Limits(answer_length=5_000)).read(data, FORM).values["case_ref"] == text
