"""Files that are large rather than wrong: what they cost must follow what is stored in them, and nothing else.

They are made a tenth as large as they were measured; with QAF_FORMS_PROFILE=full as large.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any

from tests.hostile.corpus import Hostile, links_to
from tests.hostile.making import (
    FORM,
    KIT,
    MAIN,
    RELATIONS,
    changed,
    filled,
    inside,
    packed,
    paragraphs,
    parts_of,
    relations,
    replacing,
    rows,
    with_parts,
)

_SMALLER = 1 if os.environ.get("QAF_FORMS_PROFILE") == "full" else 10
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FROM = 1000
"""The first row behind all that the form prints."""


def _repeated(count: int, one: Callable[[int], str]) -> str:
    """A text for each of so many things; they differ, since what is always the same is refused as a bomb."""
    return "".join(one(number) for number in range(count // _SMALLER))


def _last(count: int) -> int:
    return count // _SMALLER - 1


def _paragraph(text: object, before: str = "") -> str:
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>"


def _bookmark(number: int, name: str, more: str = "") -> str:
    return f'<w:bookmarkStart w:id="{9000 + number}" w:name="{name}"{more}/>'


@cache
def _anchor(key: str) -> str:
    found = KIT.layout(FORM).field(key)
    assert found is not None
    return found.anchor


def _workbooks() -> Iterator[Hostile]:
    def sheet(name: str, text: Callable[[], str], **more: Any) -> Hostile:
        return Hostile(f"excel: {name}", 7, lambda: changed("excel", rows(text())), **more)

    ten = "ABCDEFGHIJ"
    yield sheet(
        "600,000 cells", lambda: _repeated(60_000, lambda n: _row(n, ten, lambda at: f'<c r="{at}"><v>{n * n}</v></c>'))
    )
    yield sheet(
        "600,000 cells with words",
        lambda: _repeated(60_000, lambda n: _row(n, ten, lambda at: _text(at, f"{at} {n}"))),
        extras=[f"J{_FROM + _last(60_000)} {_last(60_000)}"],
    )
    yield sheet(
        "60,000 formulas",
        lambda: _repeated(60_000, lambda n: _row(n, "F", lambda at: f'<c r="{at}"><f>A{n + 1}+1</f><v>{n}</v></c>')),
        extras=[str(_last(60_000))],
    )
    names = partial(
        _repeated, 100_000, lambda n: f"<definedName name=\"qf_x_{n}\">'A The case'!$D${n + 5}</definedName>"
    )
    yield Hostile(
        "excel: 100,000 names of different cells",
        8,
        lambda: changed("excel", inside(names(), "</definedNames>"), "xl/workbook.xml"),
    )
    merged = partial(_repeated, 100_000, lambda n: f'<mergeCell ref="H{_FROM + n}:K{_FROM + 3 * n}"/>')
    yield Hostile(
        "excel: 100,000 merged ranges over each other",
        6,
        lambda: changed("excel", replacing("</sheetData>", f"</sheetData><mergeCells>{merged()}</mergeCells>")),
    )
    yield Hostile("excel: 50,000 links, each over all rows", 8, _many_links, extras=["http://evil.example/"])
    yield sheet("a table's hidden head 20,000 times", _many_heads, extras=["under 19999"])
    yield sheet("the marks of a table and of its row 30,000 times", _many_tables, values={"actions[1].what": "Visit"})
    yield Hostile("excel: 50,000 notes", 7, _many_notes, extras=[f"note {_last(50_000)}"])
    yield Hostile("excel: 500,000 shared strings", 7, _many_strings, extras=[f"string {_last(500_000)}"])


def _row(number: int, columns: Iterable[str], one: Callable[[str], str]) -> str:
    at = _FROM + number
    return f'<row r="{at}">{"".join(one(f"{column}{at}") for column in columns)}</row>'


def _text(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def _many_links() -> bytes:
    ranges = _repeated(50_000, lambda n: f'<hyperlink ref="A{n + 1}:XFD1048576" r:id="h"/>')
    cells = _repeated(50_000, lambda n: _row(n, "Z", lambda at: _text(at, f"see {n}")))
    return links_to(ranges, cells)


def _many_heads() -> str:
    def head(number: int) -> str:
        at = _FROM + 3 * number
        marks = f'<row r="{at}">{_text(f"A{at}", "qaf:columns actions")}{_text(f"B{at}", "qaf:what")}</row>'
        own = f'<row r="{at + 1}">{_text(f"A{at + 1}", "qaf:actions[]")}</row>'
        return f'{marks}{own}<row r="{at + 2}">{_text(f"C{at + 2}", f"under {number}")}</row>'

    return "".join(map(head, range(20_000)))


def _many_tables() -> str:
    def table(number: int) -> str:
        at = _FROM + 2 * number
        head = f'<row r="{at}">{_text(f"A{at}", "qaf:actions[]")}</row>'
        return f'{head}<row r="{at + 1}">{_text(f"A{at + 1}", "qaf:actions[1]")}{_text(f"C{at + 1}", "Visit")}</row>'

    return "".join(map(table, range(30_000)))


def _many_notes() -> bytes:
    notes = _repeated(50_000, lambda n: f'<comment ref="F{_FROM + n}"><text><t>note {n}</t></text></comment>')
    comments = f'<comments xmlns="{_MAIN}"><commentList>{notes}</commentList></comments>'.encode()
    link = relations(("n", "comments", "../comments9.xml", False))
    return with_parts("excel", ("xl/worksheets/_rels/sheet2.xml.rels", link), ("xl/comments9.xml", comments))


def _many_strings() -> bytes:
    strings = _repeated(500_000, lambda n: f"<si><t>string {n}</t></si>")
    shared = f'<sst xmlns="{_MAIN}">{strings}</sst>'.encode()
    used = f'<row r="{_FROM}"><c r="F{_FROM}" t="s"><v>{_last(500_000)}</v></c></row>'
    parts = parts_of(changed("excel", rows(used), more={"xl/sharedStrings.xml": shared}))
    link = f'<Relationship Id="rIdS" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    name = "xl/_rels/workbook.xml.rels"
    return packed({**parts, name: inside(link, "</Relationships>")(parts[name])})


def _documents() -> Iterator[Hostile]:
    def document(name: str, text: Callable[[], str], threat: int = 8, **more: Any) -> Hostile:
        return Hostile(f"word: {name}", threat, lambda: changed("word", paragraphs(text())), **more)

    def row(number: int) -> str:
        cells = (_paragraph(f"cell {number} {n}") for n in range(4))
        return f"<w:tr>{''.join(f'<w:tc>{one}</w:tc>' for one in cells)}</w:tr>"

    yield document(
        "a table of 240,000 cells",
        lambda: f"<w:tbl>{_repeated(60_000, row)}</w:tbl>",
        extras=[f"cell {_last(60_000)} 3"],
    )
    yield document(
        "200,000 paragraphs",
        lambda: _repeated(200_000, lambda n: _paragraph(f"own words {n}")),
        extras=[f"own words {_last(200_000)}"],
    )
    yield document("eighty tables in each other", lambda: _nested(80), 6, extras=["deep inside"])
    yield document("ninety tables in each other", lambda: _nested(90), 6, refused="F007")
    yield document("100,000 bookmarks", lambda: _repeated(100_000, lambda n: _paragraph(n, _bookmark(n, f"b{n}"))))
    yield document(
        "400,000 bookmarks that look like ours on one paragraph",
        lambda: _paragraph("marked", _repeated(400_000, lambda n: _bookmark(n, f"qf_{n}"))),
        extras=["marked"],
    )
    yield document("bookmarks before a table that wait for columns that it has not", _waiting, extras=["cell 9"])
    yield document(
        "a tag on 50,000 controls",
        lambda: _repeated(50_000, lambda n: _control(_anchor("visits"), n)),
        told=["R109"],
    )
    yield document(
        "a million runs",
        lambda: f"<w:p>{_repeated(1_000_000, lambda n: f'<w:r><w:t>{n} </w:t></w:r>')}</w:p>",
        extras=[f"{_last(1_000_000)}"],
    )
    yield document("a choice of many words beside another", _choices, extras=["own 99"])
    yield document("two million runs", lambda: f"<w:p>{'<w:r><w:t/></w:r>' * 2_000_000}</w:p>", refused="F007")
    deleted = '<w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
    yield document(
        "200,000 paragraphs that go on in the next, in one cell",
        lambda: _in_a_cell(_repeated(200_000, lambda n: _paragraph(f"goes on {n}, ", deleted))),
        extras=[f"goes on {_last(200_000)}"],
    )
    yield document(
        "200,000 links in one cell",
        lambda: _in_a_cell(
            f"<w:p>{_repeated(200_000, lambda n: f'<w:hyperlink><w:r><w:t>x{n} </w:t></w:r></w:hyperlink>')}</w:p>"
        ),
    )
    yield document("words of the form, each with a line of one's own", _printed_words, extras=["my own words 999"])
    yield document("a row of many cells with marks beside many without", _wide_row, told=["R109"])


def _choices() -> str:
    shown = f"<w:r><w:t>{'the same words ' * 150_000}</w:t></w:r>"
    others = _repeated(300_000, lambda n: f"<w:r><w:t>own {n}</w:t></w:r>")
    choices = f'<mc:Choice Requires="">{shown}</mc:Choice><mc:Fallback>{others}</mc:Fallback>'
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return f'<w:p><mc:AlternateContent xmlns:mc="{space}">{choices}</mc:AlternateContent></w:p>'


def _nested(depth: int) -> str:
    return f"{'<w:tbl><w:tr><w:tc>' * depth}{_paragraph('deep inside')}{'</w:tc></w:tr></w:tbl>' * depth}"


def _in_a_cell(text: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{text}</w:tc></w:tr></w:tbl>"


def _control(tag: str, number: int) -> str:
    inner = f"<w:sdtContent><w:r><w:t>N-{number}</w:t></w:r></w:sdtContent>"
    return f'<w:p><w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>{inner}</w:sdt></w:p>'


def many_controls(count: int) -> str:
    """So many answers to one question."""
    return "".join(_control(_anchor("case_ref"), n) for n in range(count))


def _waiting() -> str:
    marks = _repeated(200_000, lambda n: _bookmark(n, f"qf_{n}", ' w:colFirst="60000"'))
    cells = _repeated(200_000, lambda n: f"<w:tr><w:tc>{_paragraph(f'cell {n}')}</w:tc></w:tr>")
    return f"<w:tbl>{marks}{cells}</w:tbl>"


def many_rows(count: int) -> str:
    """So many rows below those of the form's own table: each is an answer."""
    tables = re.findall(r"<w:tbl>.*?</w:tbl>", parts_of(filled("word"))[MAIN["word"]].decode(), re.DOTALL)
    own = next(one for one in tables if _anchor("actions[1].what") in one).removesuffix("</w:tbl>")
    cells = (f"<w:tc>{_paragraph(n)}</w:tc><w:tc>{_paragraph(f'done {n}')}</w:tc>" for n in range(count))
    return f"{own}{''.join(f'<w:tr>{one}</w:tr>' for one in cells)}</w:tbl>"


def _printed_words() -> str:
    printed = "Answer needed."
    return "".join(
        f"<w:p><w:r><w:t>{printed}</w:t><w:br/><w:t>my own words {n}</w:t></w:r></w:p>" for n in range(10_000)
    )


def _wide_row() -> str:
    cells = _repeated(50_000, lambda n: f"<w:tc>{_paragraph(f'c{n}')}</w:tc>")
    marked = _repeated(50_000, lambda n: f"<w:tc>{_paragraph(n, _bookmark(n, _anchor('visits')))}</w:tc>")
    code = KIT.layout(FORM).field("seen_on")
    assert code is not None
    return f"<w:tbl><w:tr><w:tc>{_paragraph(code.code)}</w:tc>{cells}{marked}</w:tr></w:tbl>"


LARGE: tuple[Hostile, ...] = (*_workbooks(), *_documents())
