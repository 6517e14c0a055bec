"""What the reader says of cells that were merged, in the ways in which programs write it."""

from __future__ import annotations

import io
import zipfile

import pytest

from qaf_forms.plugin import Cell, Limits
from qaf_forms_word import story
from qaf_forms_word.reading import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def rows(*written: str) -> list[list[Cell]]:
    """What the reader says of a table with these rows."""
    table = "".join(f"<w:tr>{row}</w:tr>" for row in written)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        target = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        package.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}">{target}</Relationships>')
        body = f'<w:document xmlns:w="{W}"><w:body><w:tbl>{table}</w:tbl></w:body></w:document>'
        package.writestr("word/document.xml", body)
    return read(file, Limits()).tables[0].rows


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


@pytest.mark.parametrize("is_quick", [True, False])
def test_a_cell_merged_down_stands_in_every_row_that_it_covers(is_quick: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not is_quick:
        monkeypatch.setattr(story, "quick_rows", lambda table: None)
    first, further, third, after = rows(
        cell("one") + cell("both", '<w:vMerge w:val="restart"/>'),
        cell("two") + cell("", "<w:vMerge/>"),
        cell("three") + cell("", '<w:vMerge w:val="continue"/>'),
        cell("four") + cell("alone"),
    )
    assert further[1].into is third[1].into is first[1]
    assert [row[0].into for row in (first, further, third, after)] == [None] * 4
    assert after[1].into is None


def test_a_cell_merged_across_says_how_many_columns_it_covers() -> None:
    (row,) = rows(cell("wide", '<w:gridSpan w:val="3"/>') + cell("next"))
    assert [(one.column, one.across) for one in row] == [(0, 3), (3, 1)]


def test_a_cell_that_an_old_program_merged_across_is_a_part_of_the_one_before() -> None:
    (row,) = rows(
        cell("wide", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("", "<w:hMerge/>") + cell("next")
    )
    assert row[1].into is row[2].into is row[0]
    assert row[3].into is None


def test_a_merge_goes_on_with_nothing_above_it_only_in_a_damaged_file() -> None:
    (row,) = rows(cell("alone", "<w:vMerge/>"))
    assert row[0].into is None
