"""Hostile files that reach out, hold what runs, or say something, in places where nobody looks for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from xml.sax.saxutils import escape

from tests.hostile.astray import EXCEL, WORD, either, related
from tests.hostile.corpus import Hostile
from tests.hostile.making import ANSWER, MAIN, changed, filled, packed, paragraphs, parts_of, relations, with_parts

_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_VML = "urn:schemas-microsoft-com:vml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _field(code: str, result: str = "", end: str = '<w:r><w:fldChar w:fldCharType="end"/></w:r>') -> str:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{_run(result)}' if result else ""
    return f"{begin}<w:r><w:instrText>{escape(code)}</w:instrText></w:r>{shown}{end}"


def _document(text: str) -> partial[bytes]:
    return partial(changed, "word", paragraphs(f"<w:p>{text}</w:p>"))


def _calling() -> Iterator[Hostile]:
    """What starts other programs or asks servers."""
    for code in ("DDEAUTO\tcmd /C", 'DDE"cmd" "/C"', "dde cmd"):
        yield Hostile(f"word: the field {code!r}", 9, _document(_field(code, "1")), told=["F008"])
    yield Hostile("word: a DDE field without an end", 9, _document(_field("DDEAUTO cmd", end="")), told=["F008"])
    simple = '<w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>'
    for kind, root in (("header", "hdr"), ("footer", "ftr")):
        part = {"word/odd.xml": f'<w:{root} xmlns:w="{WORD}">{simple}</w:{root}>'.encode()}
        made = partial(related, "word", (kind, "odd.xml"), more=part)
        yield Hostile(f"word: a DDE field in a {kind}", 9, made, told=["F008"])
    outside = '"\\\\\\\\server\\\\share\\\\x.docx"'
    for code in (
        *(f"{name} {outside}" for name in ("INCLUDETEXT", "INCLUDEPICTURE", "LINK Word.Document.8", "HYPERLINK", "RD")),
        *(f'HYPERLINK "{target}"' for target in ("file:///x", "javascript:alert(1)", "ms-word:ofe|u|http://x/")),
    ):
        yield Hostile(f"word: the field {code}", 10, _document(_field(code, "1")), told=["F009"])


def _renamed() -> Iterator[Hostile]:
    """Dangerous parts under other names than office programs give them."""
    part = {"word": "word/odd.bin", "excel": "xl/odd.bin"}
    for format_, kinds in (("word", ("vbaProject", "control", "oleObject", "package")), ("excel", ("vbaProject",))):
        for kind in kinds:
            link = (f"{_MICROSOFT}/{kind}", "odd.bin")
            made = partial(related, format_, link, more={part[format_]: b"x"})
            yield Hostile(f"{format_}: a part of another name that is a {kind}", 9, made, told=["F008"])
    rels = {
        "xl/odd/link.xml": b"<externalLink/>",
        "xl/odd/_rels/link.xml.rels": relations(("a", "externalLinkPath", "file:///server/x.xlsx", True)),
    }
    book = partial(related, "excel", ("externalLink", "odd/link.xml"), more=rels)
    yield Hostile("excel: a part of another name that is a link", 10, book, told=["F009"])
    data = partial(related, "excel", ("connections", "odd/data.xml"), more={"xl/odd/data.xml": b"<connections/>"})
    yield Hostile("excel: a part of another name that connects", 10, data, told=["F009"])
    drawing = (
        ("xl/worksheets/_rels/sheet2.xml.rels", relations(("d", "drawing", "../drawings/odd.xml", False))),
        ("xl/drawings/odd.xml", b'<x:wsDr xmlns:x="x"/>'),
        ("xl/drawings/_rels/odd.xml.rels", relations(("i", "image", "http://evil.example/x.png", True))),
    )
    yield Hostile("excel: a picture from the net", 10, partial(with_parts, "excel", *drawing), told=["F009"])
    linked = ("xl/worksheets/_rels/sheet2.xml.rels", relations(("d", "oleObject", "file:///server/x", True)))
    yield Hostile("excel: an object elsewhere", 10, partial(with_parts, "excel", linked), extras=["file:///server/x"])


def _out_of_sight() -> Iterator[Hostile]:
    """Words that a reader which takes `w:t` alone does not see, or that not every program shows."""
    for code, typed in (("QUOTE typed", "typed"), ("MACROBUTTON NoMacro typed", "typed"), ("SYMBOL 254", "254")):
        told = Hostile(f"word: {code} without a result", 12, _document(_field(code)), extras=[typed])
        yield told
    answer = partial(_answered, _field("MACROBUTTON NoMacro typed"))
    yield Hostile("word: an answer in the code of a field", 12, answer, answer=None, told=["R161"], extras=["typed"])
    both = either(_run("this"), _run("that"))
    yield Hostile(
        "word: an answer of which programs choose", 12, partial(_answered, both), answer="that", told=["R161"]
    )
    known = both.replace("<mc:Choice ", f'<mc:Choice xmlns:x="{_MICROSOFT}" ')
    yield Hostile(
        "word: an answer that newer programs show", 12, partial(_answered, known), answer="this", told=["R161"]
    )
    same = either(_run("this"), _run("this"))
    yield Hostile("word: an answer that all programs show", 12, partial(_answered, same), answer="this")
    empty = either("<w:r/>", _run("that"))
    yield Hostile("word: an answer for old programs", 12, partial(_answered, empty), answer="that")
    lines = f"</w:p>{either(*(f'<w:p>{_run(text)}</w:p>' for text in ('this line', 'that line')))}<w:p>"
    yield Hostile("word: lines of which programs choose", 12, _document(lines), extras=["this line", "that line"])
    for name in ("del", "moveFrom"):
        gone = partial(_beside_the_answer, f'<w:{name} w:id="1">{_run("gone")}</w:{name}><w:p/>')
        yield Hostile(f"word: {name} between paragraphs of an answer", 12, gone, extras=["gone"])
    described = f'<wp:docPr xmlns:wp="{_DRAWING}" id="1" name="n" descr="a description" title="a title"/>'
    boxed = f"<w:r><w:drawing>{described}<w:txbxContent><w:p>{_run('in a box')}</w:p></w:txbxContent></w:drawing></w:r>"
    kept = ["a description", "a title", "in a box"]
    yield Hostile("word: a text box with a description", 12, _document(boxed), extras=kept)
    shape = f'<w:r><w:pict><v:shape xmlns:v="{_VML}" alt="a description"/></w:pict></w:r>'
    yield Hostile("word: an old shape with a description", 12, _document(shape), extras=["a description"])
    note = f'<w:footnote w:id="0" w:type="separator"><w:p>{_run("in between")}</w:p></w:footnote>'
    part = {"word/odd.xml": f'<w:footnotes xmlns:w="{WORD}">{note}</w:footnotes>'.encode()}
    notes = partial(related, "word", ("footnotes", "odd.xml"), more=part)
    yield Hostile("word: words between text and footnotes", 12, notes, extras=["in between"])
    yield Hostile("word: a description of the file", 12, _described, extras=["about it", "a key"])
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>unlisted</t></is></c></row>'
    sheet = f'<worksheet xmlns="{EXCEL}"><sheetData>{row}</sheetData></worksheet>'.encode()
    unlisted = partial(with_parts, "excel", ("xl/worksheets/sheet99.xml", sheet))
    yield Hostile("excel: a sheet that the workbook does not list", 12, unlisted, extras=["unlisted"])


def _deep() -> Iterator[Hostile]:
    """What costs more than it holds where it is told at every level, or put together piece by piece."""
    runs = "".join(f"<w:r><w:t>own words {number}, </w:t></w:r>" for number in range(200_000))
    inserted = _document(f"{'<w:ins>' * 200}{runs}{'</w:ins>' * 200}")
    yield Hostile("word: words that were inserted 200 times", 8, inserted, extras=["own words 199999"])
    pieces = "".join(f"<w:instrText>{number} </w:instrText>" for number in range(200_000))
    code = f'<w:r><w:fldChar w:fldCharType="begin"/>{pieces}<w:fldChar w:fldCharType="end"/></w:r>'
    yield Hostile("word: a field whose code is in 200,000 pieces", 8, _document(code), extras=["199999"])
    for result in ("²", "9" * 5000):
        chosen = f'<w:ffData><w:ddList><w:result w:val="{result}"/><w:listEntry w:val="x"/></w:ddList></w:ffData>'
        begun = f'<w:r><w:fldChar w:fldCharType="begin">{chosen}</w:fldChar></w:r>'
        yield Hostile(f"word: item {result[:5]} of a list", 8, _document(begun))


def _answered(runs: str) -> bytes:
    """The document with these runs in place of the answer's."""
    parts = parts_of(filled("word"))
    text = parts[MAIN["word"]].decode()
    at = text.index(ANSWER)
    start, end = text.rindex("<w:r>", 0, at), text.index("</w:r>", at) + len("</w:r>")
    return packed({**parts, MAIN["word"]: f"{text[:start]}{runs}{text[end:]}".encode()})


def _beside_the_answer(text: str) -> bytes:
    """The document with this behind the paragraph of the answer, in its cell."""
    parts = parts_of(filled("word"))
    head, answer, tail = parts[MAIN["word"]].decode().partition(ANSWER)
    cell, end, rest = tail.partition("</w:tc>")
    return packed({**parts, MAIN["word"]: f"{head}{answer}{cell}{text}{end}{rest}".encode()})


def _described() -> bytes:
    words = "<d:description>about it</d:description><d:keywords>a key</d:keywords>"
    parts = {**parts_of(filled("word")), "docProps/core.xml": f'<d:x xmlns:d="d">{words}</d:x>'.encode()}
    return packed(parts)


ACTIVE: tuple[Hostile, ...] = (*_calling(), *_renamed(), *_out_of_sight(), *_deep())
