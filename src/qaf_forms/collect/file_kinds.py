"""Says what a file is that no reader knows, and what its sender can do."""

from __future__ import annotations

from collections.abc import Sequence

from qaf_forms.plugin.archive import opendocument_type
from qaf_forms.problems import Code, Problem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_97 = "WordDocument".encode("utf-16-le")
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
_MAIL_HEADERS = (
    b"received:",
    b"from:",
    b"return-path:",
    b"mime-version:",
    b"date:",
    b"subject:",
    b"message-id:",
    b"delivered-to:",
)

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""How Excel begins what it saves as Unicode text."""

_BY_START: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "ask for the Word or Excel file that was filled in, not a PDF of it"),
    (b"{\\rtf", "a rich text file (.rtf)", "open it in Word, save it as .docx and try again"),
    (b"\x89PNG", "a picture", "ask for the form itself, not a photograph of it"),
    (b"\xff\xd8\xff", "a picture", "ask for the form itself, not a photograph of it"),
    (b"II*\x00", "a scan", "ask for the form itself, not a scan of it"),
    (b"MM\x00*", "a scan", "ask for the form itself, not a scan of it"),
    (b"Rar!", "an archive of files", "take the form out of it first"),
    (b"7z\xbc\xaf", "an archive of files", "take the form out of it first"),
)


def unknown_kind(data: bytes, readable: Sequence[str]) -> Problem:
    """The problem for a file that no reader recognises; `readable` are the suffixes of those that are installed."""
    if data.startswith(_OLE):
        return _old_office(data)
    for start, what, suggestion in _BY_START:
        if data.startswith(start):
            return Code.NOT_A_FORM_FILE.problem(what=what, suggestion=suggestion)
    if data.startswith(b"PK"):
        return _zip(data, readable)
    kinds = " or ".join(readable) or "no kind of file, as no format plugin is installed"
    text = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if text.startswith((b"<!doctype html", b"<html")):
        what = "a web page"
    elif text.startswith(_MAIL_HEADERS):
        what = "an e-mail message"
    elif data.startswith(_UTF_16) or b"\0" not in data[:1000]:
        return Code.NOT_A_FORM_FILE.problem(
            what="a plain text or CSV file",
            suggestion=f"ask for the form itself ({kinds}): the file that this was saved from has it",
        )
    else:
        what = "a kind of file that is not known here"
    return Code.NOT_A_FORM_FILE.problem(what=what, suggestion=f"ask for the form as it was issued ({kinds})")


def _old_office(data: bytes) -> Problem:
    if _OUTLOOK in data:
        return Code.NOT_A_FORM_FILE.problem(
            what="an Outlook message (.msg)", suggestion="open it, save the form that is attached to it and try again"
        )
    what = "an old Word document (.doc)" if _WORD_97 in data else "an old office file (.doc or .xls)"
    return Code.NOT_A_FORM_FILE.problem(what=what, suggestion="open it, save it as .docx or .xlsx and try again")


def _zip(data: bytes, readable: Sequence[str]) -> Problem:
    kind = opendocument_type(data).encode() or data[:200]
    if b"opendocument.text" in kind:
        return Code.NOT_A_FORM_FILE.problem(
            what="an OpenDocument text (.odt)", suggestion="open it, save it as .docx and try again"
        )
    if b"opendocument.spreadsheet" in kind:
        return Code.NOT_A_FORM_FILE.problem(
            what="an OpenDocument sheet (.ods)", suggestion="open it, save it as .xlsx and try again"
        )
    if b"PK\x05\x06" not in data[-65_557:]:
        return Code.DAMAGED.problem(reason="it is cut short")
    kinds = " or ".join(readable) or "nothing: no format plugin is installed"
    return Code.NOT_A_FORM_FILE.problem(
        what="a zip archive without an office document in it", suggestion=f"send what is inside; readable: {kinds}"
    )
