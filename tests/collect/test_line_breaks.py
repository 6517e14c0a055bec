"""Questions whose small print was drawn into their line by a program that cleans cells."""

from __future__ import annotations

import pytest

from qaf_forms.collect.line_breaks import LineBreaks
from qaf_forms.plugin.interfaces import Cell, Table

ANSWER = "ours\nand theirs"
PRINTED = ("Your agency\nAnswer needed", "Your role\nAnswer needed", "Level\nAnswer needed.", "Evidence")


def table(*texts: str, answer: str = ANSWER) -> Table:
    return Table("", [[Cell(2, text, ""), Cell(3, answer, "")] for text in texts])


def blank() -> LineBreaks:
    return LineBreaks([table(*PRINTED, answer="")])


def questions(of: Table) -> tuple[str, ...]:
    return tuple(str(row[0].value) for row in of.rows)


@pytest.mark.parametrize("instead", [" ", "", "\r\n", "  "])
def test_lines_that_were_drawn_together_are_parted_again(instead: str) -> None:
    returned = table(*(text.replace("\n", instead) for text in PRINTED))
    blank().put_back([returned])
    assert questions(returned) == PRINTED
    assert {row[1].value for row in returned.rows} == {ANSWER}


def test_a_file_that_has_most_of_its_lines_is_left_alone() -> None:
    written = (*PRINTED[:2], "Level Answer needed.", "Evidence")
    returned = table(*written)
    blank().put_back([returned])
    assert questions(returned) == written


def test_where_nothing_is_printed_nothing_is_changed() -> None:
    returned = table("Your agency Answer needed")
    LineBreaks().put_back([returned])
    assert questions(returned) == ("Your agency Answer needed",)
