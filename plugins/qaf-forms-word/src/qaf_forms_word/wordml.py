"""WordprocessingML as text: escaped, spelt as the standard spells it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qaf_forms.plugin import Run, readable_on

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECES = re.compile(r"(\n|\t)")
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def escape(text: str) -> str:
    """Text for element content or an attribute. What XML cannot hold is left out; the core has said so."""
    text = _FORBIDDEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def text(words: str) -> str:
    """The content of a run: `w:t`, with `w:br` and `w:tab` for line ends and tabs."""
    return "".join(
        _BREAKS.get(piece) or f'<w:t xml:space="preserve">{piece}</w:t>'
        for piece in _PIECES.split(escape(words))
        if piece
    )


_PARAGRAPH_STYLE = re.compile(r'(<w:pPr><w:pStyle w:val="[^"]*"/>)(?:<w:keepNext(?: w:val="0")?/>)?')


def kept_with_next(written: str) -> str:
    """Paragraphs, or rows of a table, on the page of what follows them."""
    return _PARAGRAPH_STYLE.sub(r"\1<w:keepNext/>", written)


def swatch(words: str, colour: str | None) -> str:
    """Bold words on a colour (`#RRGGBB`), which are black or white so that they can be read.

    The colour has no margins: with a border to make some, LibreOffice parts headings from the tables below them.
    """
    if colour is None:
        return run(words, bold=True)
    fill = colour[1:].upper()
    properties = (
        f'<w:b/><w:color w:val="{readable_on(colour)[1:]}"/><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{text(words)}</w:r>"


def run(words: str, style: str = "", *, bold: bool = False, italic: bool = False) -> str:
    """A `w:r` in a character style, bold or italic."""
    properties = (
        (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{text(words)}</w:r>"


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    """A `w:p` in a paragraph style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def styled(runs: Iterable[Run]) -> str:
    """Runs of prose. A link is a field, so that it needs no relationship that leads out of the file."""
    return "".join(_link(one) if one.link else run(one.text, bold=one.bold, italic=one.italic) for one in runs)


def _link(one: Run) -> str:
    code = f' HYPERLINK "{escape(one.link).replace("&quot;", "%22")}" '
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(one.text, 'Hyperlink', bold=one.bold, italic=one.italic)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
