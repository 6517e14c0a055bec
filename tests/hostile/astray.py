"""Hostile files that show one thing to an office program and another to a reader that trusts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from tests.hostile.corpus import Hostile, place, typed
from tests.hostile.making import (
    ANSWER,
    MAIN,
    RELATIONS,
    changed,
    filled,
    inside,
    packed,
    parts_of,
    relations,
    replacing,
    rows,
    with_parts,
)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EXCEL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DECOY = {"word": "word/body.xml", "excel": "xl/book.xml"}
_BODY = {"word": "word/document.xml", "excel": "xl/workbook.xml"}
_BODY_RELATIONS = {"word": "word/_rels/document.xml.rels", "excel": "xl/_rels/workbook.xml.rels"}


def related(format_: str, *links: tuple[str, str], more: dict[str, bytes] | None = None) -> bytes:
    """The form with further relationships of its body, by kind and target, and further parts."""
    parts = parts_of(filled(format_))
    name = _BODY_RELATIONS[format_]
    for number, (kind, target) in enumerate(links):
        full = kind if "/" in kind else f"{RELATIONS}/{kind}"
        link = f'<Relationship Id="rIdZ{number}" Type="{full}" Target="{target}"/>'
        parts[name] = inside(link, "</Relationships>")(parts[name])
    return packed({**parts, **(more or {})})


def _names() -> Iterator[Hostile]:
    comments = f'<w:comments xmlns:w="{WORD}"><w:comment w:id="1"><w:p><w:r><w:t>a remark</w:t></w:r></w:p></w:comment>'
    parts = {"word/my notes.xml": f"{comments}</w:comments>".encode()}
    for name in ("My%20Notes.xml", "my%20n%6Ftes.xml", "..\\word\\my notes.xml", "/word/../word/my notes.xml"):
        make = partial(related, "word", ("comments", name), more=parts)
        yield Hostile(f"word: comments in the part {name}", 12, make, extras=["a remark"])
    note = '<commentList><comment ref="F9"><text><t>a remark</t></text></comment></commentList>'
    for name in ("../My%20Notes.xml", "../my%20n%6Ftes.xml", "..\\my notes.xml", "/xl/../xl/my notes.xml"):
        link = ("xl/worksheets/_rels/sheet2.xml.rels", relations(("n", "comments", name, False)))
        book = (("xl/my notes.xml", f'<comments xmlns="{EXCEL}">{note}</comments>'.encode()), link)
        make = partial(with_parts, "excel", *book)
        yield Hostile(f"excel: notes in the part {name}", 12, make, extras=["a remark"])


def _bodies(kind: str) -> Iterator[Hostile]:
    whole, escaped = _DECOY[kind], _DECOY[kind].replace("o", "%6F")
    yield Hostile(f"{kind}: a body whose name is escaped", 21, partial(_moved, kind, escaped), answer=ANSWER)
    yield Hostile(f"{kind}: a body whose name is in capitals", 21, partial(_moved, kind, whole.upper()), answer=ANSWER)
    yield Hostile(f"{kind}: two bodies", 21, partial(_with_two_bodies, kind), refused="F006")
    for twin in (MAIN[kind].replace("e", "%65"), MAIN[kind].replace("/", "\\")):
        yield Hostile(f"{kind}: a part again as {twin}", 3, partial(with_parts, kind, (twin, b"x")), refused="F006")
    climbing = partial(with_parts, kind, ("word/%2e%2E/%2e./etc/x.xml", b""))
    yield Hostile(f"{kind}: an escaped name that climbs", 4, climbing, refused="F006")


def _moved(kind: str, called: str) -> bytes:
    """The body has another name, and under its usual one stands another body that nothing refers to."""
    parts = parts_of(filled(kind))
    parts[_DECOY[kind]] = parts[_BODY[kind]]
    folder, _, name = _DECOY[kind].rpartition("/")
    parts[f"{folder}/_rels/{name}.rels"] = parts[_BODY_RELATIONS[kind]]
    parts[_BODY[kind]] = parts[_BODY[kind]].replace(ANSWER.encode(), b"decoy").replace(b"<sheet ", b"<no ")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(_BODY[kind].encode(), called.encode())
    return packed(parts)


def _with_two_bodies(kind: str) -> bytes:
    parts = parts_of(filled(kind))
    parts[_DECOY[kind]] = parts[_BODY[kind]]
    decoy = f'<Relationship Id="rIdZ" Type="http://evil.example/officeDocument" Target="{_DECOY[kind]}"/>'
    first = parts["_rels/.rels"].replace(b"<Relationship ", f"{decoy}<Relationship ".encode(), 1)
    return packed({**parts, "_rels/.rels": first})


def _cells() -> Iterator[Hostile]:
    """Cells of which a reader that takes the first thing it finds takes the wrong one."""
    for index in ("-1", "1_0", "9" * 5000):
        make = partial(_shared, index)
        yield Hostile(f"excel: the shared text {index[:9]}", 14, make, answer=None, told=["R116"])
    linked = partial(
        _shared, "9" * 5000, f'<hyperlinks xmlns:r="{RELATIONS}"><hyperlink ref="{{}}" r:id="h"/></hyperlinks>'
    )
    yield Hostile("excel: a link on a shared text that is missing", 14, linked, answer=None, told=["R116"])
    for held in ("2", "yes"):
        yield Hostile(f"excel: {held} as true or false", 14, partial(_cell, f"<v>{held}</v>", "b"), answer=held)
    text = "<is><t>seen</t></is>"
    for inner in (
        f"<v>behind</v>{text}",
        f"{text}<v>behind</v>",
        f"{text}<is><t>behind</t></is>",
        f"<x>behind</x>{text}",
    ):
        yield Hostile(f"excel: the cell {inner}", 12, partial(_cell, inner, "inlineStr"), answer="seen", told=["R161"])
    for inner in ("<v>1</v><is><t>behind</t></is>", "<f>1</f><v>1</v><is><t>behind</t></is>"):
        yield Hostile(f"excel: the cell {inner}", 12, partial(_cell, inner), answer="1", told=["R161"])
    yield Hostile("excel: a row in another's place, whose name stays", 13, _row_lost)
    for inner in ("<r><t>one </t><t>two</t></r>", "<t>one <x/>two</t>", "<t>one <!-- not -->two</t>"):
        make = partial(_cell, f"<is>{inner}</is>", "inlineStr")
        yield Hostile(f"excel: the text {inner}", 12, make, answer="one two")


def _row_lost() -> bytes:
    """The cells of the fourth row of the table are gone, and those of the fifth stand in their row."""
    row = re.compile(rb"(<row [^>]*>)<c [^>]*><is><t>qaf:actions\[4\].*?</row><row [^>]*>")
    return changed("excel", lambda data: row.sub(rb"\1", data))


def _alternatives() -> Iterator[Hostile]:
    """Cells that only some programs see."""
    row = '<row r="90"><c r="F90" t="inlineStr"><is><t>other</t></is></c></row>'
    sheet = partial(changed, "excel")
    yield Hostile("excel: rows of which programs choose", 21, partial(sheet, rows(either(row, row))), refused="F006")
    chosen = either("<is><t>this</t></is>", "<is><t>that</t></is>")
    yield Hostile("excel: a text of which programs choose", 21, partial(_cell, chosen, "inlineStr"), refused="F006")
    shared = partial(_shared, "0", "", either("<t>this</t>", "<t>that</t>"))
    yield Hostile("excel: a shared text of which programs choose", 21, shared, refused="F006")
    around = replacing("<sheetData>", f'<x xmlns="{_COMPATIBILITY}"><AlternateContent><sheetData xmlns="{EXCEL}">')
    ended = replacing("</sheetData>", "</sheetData></AlternateContent></x>")
    yield Hostile(
        "excel: cells of which programs choose", 21, partial(sheet, lambda d: ended(around(d))), refused="F006"
    )
    second = replacing("</sheetData>", f"</sheetData><sheetData>{row}</sheetData>")
    yield Hostile("excel: cells in two places", 21, partial(sheet, second), refused="F006")
    strict = replacing(EXCEL, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    yield Hostile("excel: one sheet in Strict", 21, partial(sheet, strict), refused="F006")


def either(choice: str, fallback: str) -> str:
    """A choice that needs what no program knows, and what is there for all others."""
    parts = f'<mc:Choice Requires="x">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
    return f'<mc:AlternateContent xmlns:mc="{_COMPATIBILITY}">{parts}</mc:AlternateContent>'


def _cell(inner: str, kind: str = "") -> bytes:
    """The cell of the case reference with this inside it."""
    return packed(_with_cell(inner, kind))


def _with_cell(inner: str, kind: str) -> dict[str, bytes]:
    parts, sheet = parts_of(typed("case_ref", "@")), MAIN["excel"]
    kinds = f' t="{kind}"' if kind else ""
    parts[sheet] = parts[sheet].replace(b">@</c>", f"{kinds}>{inner}</c>".encode())
    return parts


def _shared(index: str, tail: str = "", first: str = "<t>one</t>") -> bytes:
    """The case reference is a shared text; `tail` stands behind the cells, and {} in it is where the reference is."""
    parts = _with_cell(f"<v>{index}</v>", "s")
    strings = f'<sst xmlns="{EXCEL}"><si>{first}</si><si><t>another</t></si></sst>'.encode()
    link = f'<Relationship Id="rIdS" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    name, sheet = "xl/_rels/workbook.xml.rels", MAIN["excel"]
    tailed = inside(tail.format(place("case_ref")), "<pageMargins")(parts[sheet])
    outside = relations(("h", "hyperlink", "http://evil.example/", True))
    more = {"xl/sharedStrings.xml": strings, sheet: tailed, "xl/worksheets/_rels/sheet2.xml.rels": outside}
    return packed({**parts, **more, name: inside(link, "</Relationships>")(parts[name])})


ASTRAY: tuple[Hostile, ...] = (*_names(), *_bodies("word"), *_bodies("excel"), *_cells(), *_alternatives())
