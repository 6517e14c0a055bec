"""Files that no office program wrote: refused in one sentence, quickly, without what they hide."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from qaf_forms import Toolkit
from qaf_forms.plugin import Limits, UnreadableFileError
from qaf_forms_word.formats import WordReader
from qaf_forms_word.reading import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECRET = "canary"
ENTITY = f'<!DOCTYPE w:document [<!ENTITY e "{SECRET}">]>'


def document(inner: str = "", before: str = "") -> str:
    return f'{before}<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


def docx(data: bytes | str, **more: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", data)
        for name, content in more.items():
            package.writestr(name, content)
    return file.getvalue()


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read(io.BytesIO(data), limits or Limits())
    assert SECRET not in str(caught.value)
    return caught.value.problem.code


@pytest.mark.parametrize(
    "data",
    [
        document("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", ENTITY).encode(),
        document(before='<?xml version="1.0" encoding="UTF-16"?>' + ENTITY).encode("utf-16"),
        document(before=ENTITY).encode("utf-16-le"),
        document(before='<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">').encode(),
        ("\ufeff" + document(before=ENTITY)).encode(),
        (b'<?xml version="1.0" encoding="UTF-7"?>' + document(before=ENTITY).encode("utf-7")),
        document(before='<?xml version="1.0" encoding="cp037"?>' + ENTITY).encode("cp037"),
    ],
)
def test_a_doctype_is_refused_in_every_encoding(data: bytes) -> None:
    assert refusal(docx(data)) in {"F004", "F006"}


def test_utf_16_without_tricks_is_read() -> None:
    xml = document("<w:p><w:r><w:t>é🙂</w:t></w:r></w:p>", '<?xml version="1.0" encoding="UTF-16"?>')
    assert read(io.BytesIO(docx(xml.encode("utf-16"))), Limits()).loose[0].text == "é🙂"


def test_deep_nesting_is_refused_and_so_is_what_is_deeper_than_asked_for() -> None:
    deep = "<w:p>" * 5_000 + "</w:p>" * 5_000
    assert refusal(docx(document(deep))) == "F007"
    shallow = "<w:p>" * 50 + "</w:p>" * 50
    assert refusal(docx(document(shallow)), replace(Limits(), depth=40)) == "F007"
    assert refusal(
        docx(document("<w:sdt><w:sdtContent>" * 100 + "</w:sdtContent></w:sdt>" * 100)), replace(Limits(), depth=100)
    )


def test_more_elements_attributes_rows_or_cells_than_allowed_are_refused() -> None:
    many = docx(document("<w:p/>" * 500))
    assert refusal(many, replace(Limits(), elements=400)) == "F007"
    wide = " ".join(f'a{number}=""' for number in range(2_000))
    assert refusal(docx(document(f"<w:p {wide}/>"))) == "F007"
    rows = docx(document("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 50 + "</w:tbl>"))
    assert refusal(rows, replace(Limits(), rows=40)) == "F007"
    assert refusal(rows, replace(Limits(), cells=40)) == "F007"


def test_a_span_over_a_billion_columns_costs_nothing() -> None:
    span = '<w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>'
    xml = f"<w:tbl><w:tr><w:tc>{span}<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    assert read(io.BytesIO(docx(document(xml))), Limits()).tables[0].rows[0][1].column == 1_000


def test_a_file_without_a_body_cut_short_or_not_xml_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/other.xml", "<x/>")
    assert refusal(file.getvalue()) == "F001"
    assert refusal(docx("<w:document")) == "F004"
    whole = docx(document("<w:p/>" * 1_000))
    assert refusal(whole[: len(whole) // 2]) == "F004"


def test_two_parts_of_one_name_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", document())
        package.writestr("WORD/document.xml", document())
    assert refusal(file.getvalue()) == "F006"


def test_a_million_runs_are_read_within_the_limits_that_everybody_has() -> None:
    words = [f"{number * 7919 % 1_000_003:x} " for number in range(500_000)]
    runs = "".join(f'<w:r><w:t xml:space="preserve">{word}</w:t></w:r>' for word in words)
    data = docx(document(f"<w:p>{runs}</w:p><w:tbl><w:tr><w:tc><w:p>{runs}</w:p></w:tc></w:tr></w:tbl>"))
    found = read(io.BytesIO(data), Limits())
    assert found.loose[0].text == found.tables[0].rows[0][0].value == "".join(words)


def test_a_reader_knows_its_files_by_their_content() -> None:
    data = docx(document())
    assert WordReader().recognises(data)
    assert not WordReader().recognises(b"%PDF-1.7 word/")
    assert not WordReader().recognises(b"PK\x03\x04 xl/workbook.xml")


def test_a_hostile_file_is_an_unreadable_return_not_an_error() -> None:
    returned = Toolkit().read(docx(document(before=ENTITY)), name="police.docx")
    assert [problem.code for problem in returned.problems] == ["F006"]
