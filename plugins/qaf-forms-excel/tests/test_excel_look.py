"""A partnership's colours and logo in its workbooks, and that everything can be read."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from qaf_forms import Look, QafFormsError, RoundError, Toolkit
from qaf_forms_excel import colours
from qaf_forms_excel.colours import HOUSE, LEAST_CONTRAST, contrast, house_of, readable_on
from qaf_forms_excel.logo import size_of

KIT = Toolkit()
FORM = KIT.form("exception_report")
_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"


def png(width: int, height: int) -> bytes:
    """A picture in one grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress((b"\x00" + b"\x90" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def part(workbook: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return package.read(name)


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
    return out.getvalue()


@given(colour=st.from_regex(r"#[0-9A-F]{6}", fullmatch=True))
def test_words_can_be_read_whatever_the_colour_of_the_house(colour: str) -> None:
    house = house_of(colour)
    for ink in (house.ink, colours.INK, colours.GREY):
        assert contrast(ink, house.head) >= LEAST_CONTRAST
    assert contrast(house.ink, "FFFFFFFF") >= LEAST_CONTRAST
    assert contrast(readable_on(colour), f"FF{colour[1:]}") >= LEAST_CONTRAST


def test_words_can_be_read_in_the_usual_colours() -> None:
    answers = [colours.ANSWER_FILL, colours.OTHER_FILL, colours.NEEDED_FILL]
    pairs = [(colours.INK, under) for under in (*answers, "FFFFFFFF", HOUSE.head)]
    pairs += [(HOUSE.ink, HOUSE.head), (HOUSE.ink, "FFFFFFFF"), (colours.GREY, HOUSE.head), (colours.GREY, "FFFFFFFF")]
    pairs += [(colours.LINK, "FFFFFFFF"), (colours.NOT_ASKED_INK, colours.NOT_ASKED_FILL)]
    assert [pair for pair in pairs if contrast(*pair) < LEAST_CONTRAST] == []


def test_every_written_cell_of_a_workbook_can_be_read() -> None:
    for colour in ("", "#F4D03F", "#7A1FA2"):
        book: Any = load_workbook(io.BytesIO(KIT.render(FORM, "excel", look=Look(colour=colour))))
        for sheet in (one for one in book.worksheets if one.sheet_state == "visible"):
            for cell in (one for row in sheet for one in row if one.value and sheet.column_dimensions["A"] is not one):
                under = cell.fill.fgColor.rgb if cell.fill.fill_type else "FFFFFFFF"
                ink = cell.font.color.rgb if cell.font.color else "FF000000"
                assert contrast(ink, under) >= LEAST_CONTRAST, (sheet.title, cell.coordinate)


def test_titles_and_heads_are_in_the_colour_of_the_house() -> None:
    book = load_workbook(io.BytesIO(KIT.render(FORM, "excel", look=Look(colour="#7A1FA2"))))
    title: Any = book["Start here"]["B1"]
    assert title.font.color.rgb == "FF7A1FA2"


def test_a_logo_stands_on_the_first_sheet_with_its_words_and_is_no_extra() -> None:
    look = Look(logo=png(400, 100), logo_text="Anytown Safeguarding Partnership")
    data = KIT.render(FORM, "excel", look=look)
    assert part(data, "xl/media/image1.png") == look.logo
    drawing = etree.fromstring(part(data, "xl/drawings/drawing1.xml"))
    assert [one.get("descr") for one in drawing.iter(_PROPERTIES)] == [look.logo_text]
    assert KIT.read(data, FORM).extras == ()
    assert data == KIT.render(FORM, "excel", look=look)


def test_another_picture_in_the_place_of_the_logo_is_told() -> None:
    data = KIT.render(FORM, "excel", look=Look(logo=png(40, 40), logo_text="Anytown"))
    extras = KIT.read(with_part(data, "xl/media/image1.png", png(41, 41)), FORM).extras
    assert [(one.kind, one.text) for one in extras] == [("picture", "Anytown")]


def test_what_cannot_be_a_look_is_refused() -> None:
    with pytest.raises(QafFormsError, match="#1D4E63"):
        Look(colour="red")
    with pytest.raises(QafFormsError, match="logo_text"):
        Look(logo=png(1, 1))
    with pytest.raises(QafFormsError, match="PNG or JPEG"):
        KIT.render(FORM, "excel", look=Look(logo=b"GIF89a", logo_text="Anytown"))


def test_the_size_of_a_jpeg_is_found_behind_its_other_segments() -> None:
    segment = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    start = b"\xff\xc0\x00\x11\x08\x00\x30\x00\x60\x03" + b"\x00" * 9
    assert size_of(b"\xff\xd8" + segment + start) == ("jpeg", 96, 48)


ROUND = """
id: round-1
form: exception_report
issued: 2025-03-03
return_by: 2025-03-14
return_to: audits@anytown.example
look: {colour: "#7A1FA2", logo: logo.png, logo_text: Anytown}
recipients:
  - {agency: Anytown Police, format: excel}
"""


def test_a_round_names_colour_and_logo_and_its_returns_are_read(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png(40, 20))
    (tmp_path / "round.yaml").write_text(ROUND, encoding="utf-8")
    ((_, data),) = KIT.issue(KIT.round(tmp_path / "round.yaml"))
    assert part(data, "xl/media/image1.png") == png(40, 20)
    assert KIT.read(data, FORM).extras == ()


def test_a_round_whose_logo_is_not_there_or_has_no_words_says_so(tmp_path: Path) -> None:
    for text in (ROUND, ROUND.replace(", logo_text: Anytown", "")):
        (tmp_path / "round.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(RoundError, match="logo"):
            KIT.round(tmp_path / "round.yaml")
