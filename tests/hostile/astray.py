"""Hostile files that show one thing to an office program and another to a reader that trusts them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.hostile.corpus import Hostile
from tests.hostile.making import ANSWER, MAIN, RELATIONS, filled, inside, packed, parts_of, relations, with_parts

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EXCEL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
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
    comments = (
        f'<w:comments xmlns:w="{_WORD}"><w:comment w:id="1"><w:p><w:r><w:t>a remark</w:t></w:r></w:p></w:comment>'
    )
    parts = {"word/my notes.xml": f"{comments}</w:comments>".encode()}
    for name in ("My%20Notes.xml", "my%20n%6Ftes.xml", "..\\word\\my notes.xml", "/word/../word/my notes.xml"):
        make = partial(related, "word", ("comments", name), more=parts)
        yield Hostile(f"word: comments in the part {name}", 12, make, extras=["a remark"])
    note = '<commentList><comment ref="F9"><text><t>a remark</t></text></comment></commentList>'
    for name in ("../My%20Notes.xml", "../my%20n%6Ftes.xml", "..\\my notes.xml", "/xl/../xl/my notes.xml"):
        link = ("xl/worksheets/_rels/sheet2.xml.rels", relations(("n", "comments", name, False)))
        book = (("xl/my notes.xml", f'<comments xmlns="{_EXCEL}">{note}</comments>'.encode()), link)
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


ASTRAY: tuple[Hostile, ...] = (*_names(), *_bodies("word"), *_bodies("excel"))
