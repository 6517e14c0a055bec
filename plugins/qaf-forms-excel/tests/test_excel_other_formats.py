"""Files of other formats of workbooks, as other programs than LibreOffice write them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from qaf_forms import Limits, UnreadableFileError
from qaf_forms.plugin import Contents, opendocument_type
from qaf_forms_excel import old_workbooks
from qaf_forms_excel.reading import ExcelReader

_SHEET = "application/vnd.oasis.opendocument.spreadsheet"
_MARKS = [[0, 0, "str", "qaf:columns"], [0, 3, "str", "qaf:="], [4, 0, "str", "qaf:case_ref"], [5, 0, "str", "qaf:day"]]


def zipped(*names: str, packed: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packed) as archive:
        for name in names:
            archive.writestr(name, _SHEET if name == "mimetype" else "<x/>")
    return file.getvalue()


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("names", [("mimetype", "content.xml"), ("META-INF/manifest.xml", "content.xml", "mimetype")])
def test_an_opendocument_sheet_is_known_wherever_its_type_stands(names: tuple[str, ...], packed: int) -> None:
    data = zipped(*names, packed=packed)
    assert opendocument_type(data) == _SHEET
    assert old_workbooks.old_format(data) == ".ods"
    assert ExcelReader().recognises(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\x03\x04 mimetype", zipped("content.xml"), zipped("mimetype")[:-30], zipped("mimetype", "a")[:40]],
    ids=["empty", "two letters", "no directory", "another file", "cut short", "cut in its first part"],
)
def test_other_and_broken_files_have_no_type(data: bytes) -> None:
    assert opendocument_type(data) == ""


def read_as(monkeypatch: pytest.MonkeyPatch, cells: list[list[Any]]) -> Contents:
    written = json.dumps([["A Questions", cells]]).encode()
    monkeypatch.setattr(old_workbooks, "run_capped", lambda *_, **__: written)
    return ExcelReader().read(io.BytesIO(zipped("xl/workbook.bin")), Limits())


def test_a_binary_workbook_of_which_only_the_marks_come_is_refused_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UnreadableFileError, match=r"most cells cannot be read.*\.xlsx"):
        read_as(monkeypatch, _MARKS)


def test_one_with_the_words_of_its_rows_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read_as(monkeypatch, [*_MARKS, [4, 1, "str", "A1"], [4, 2, "str", "Audit case reference"]])


def test_characters_that_came_apart_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    contents = read_as(monkeypatch, [[4, 3, "str", "home \ufffd\ufffd visit"], [5, 3, "str", "home"]])
    told = [[remark.code for remark in cell.remarks] for table in contents.tables for row in table.rows for cell in row]
    assert told == [["R174"], []]
