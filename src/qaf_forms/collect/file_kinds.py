"""Says what a file is that no reader knows, and what its sender can do."""

from __future__ import annotations

from collections.abc import Sequence

from qaf_forms.plugin.archive import opendocument_type
from qaf_forms.problems import Code, Problem

_EDGE = 65_557
"""So many bytes at the end of a zip file hold its directory's end."""
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
    (b"GIF8", "a picture", "ask for the form itself, not a photograph of it"),
    (b"II*\x00", "a scan", "ask for the form itself, not a scan of it"),
    (b"MM\x00*", "a scan", "ask for the form itself, not a scan of it"),
    (b"Rar!", "an archive of files", "take the form out of it first"),
    (b"7z\xbc\xaf", "an archive of files", "take the form out of it first"),
    (b"L\0\0\0\x01\x14\x02\0", "a link to a file", "ask for the file itself, attached or downloaded"),
)
_PHOTOGRAPHS = (b"heic", b"heix", b"mif1", b"avif")
_SAVE_AS_EXCEL = "open it in Excel, save it as an Excel workbook (.xlsx) and try again"
_SAVE_AS_WORD = "open it in Word, save it as .docx and try again"
_BY_WORDS: tuple[tuple[bytes, str, str], ...] = (
    (b'progid="excel.sheet"', "an XML spreadsheet of 2003 (.xml)", _SAVE_AS_EXCEL),
    (b"x-document-type: workbook", "a web archive of a workbook (.mht)", _SAVE_AS_EXCEL),
    (b"urn:schemas-microsoft-com:office:excel", "a web page that a program named as a workbook", _SAVE_AS_EXCEL),
    (b'progid="word.document"', "a Word document in XML", _SAVE_AS_WORD),
    (b"oasis.opendocument.spreadsheet", "an OpenDocument sheet in XML", _SAVE_AS_EXCEL),
    (b"oasis.opendocument.text", "an OpenDocument text in XML", _SAVE_AS_WORD),
    (b"[internetshortcut]", "a link to a file", "ask for the file itself, attached or downloaded"),
    (b"docs.google.com/", "a link to a file", "ask for the file itself, attached or downloaded"),
    (b'"doc_id"', "a link to a file", "ask for the file itself, attached or downloaded"),
    (b"<key>url</key>", "a link to a file", "ask for the file itself, attached or downloaded"),
)
"""What stands near the beginning of files that are text: their names often say something else."""
_PAGES = (b"<!doctype html", b"<html", b"<meta", b"<head", b"<style", b"<table")
_OWNERS_SIZES, _LONGEST_OWNER = frozenset({162, 165}), 54


def unknown_kind(data: bytes, readable: Sequence[str]) -> Problem:
    """The problem for a file that no reader recognises; `readable` are the suffixes of those that are installed."""
    if data.startswith(_OLE):
        return _old_office(data)
    for start, what, suggestion in _BY_START:
        if data.startswith(start):
            return Code.NOT_A_FORM_FILE.problem(what=what, suggestion=suggestion)
    if data.startswith(b"PK"):
        return _zip(data, readable)
    if not data.strip(b"\0"):
        return Code.DAMAGED.problem(
            reason="it holds nothing but zeros, as after a download that did not come to its end"
        )
    kinds = " or ".join(readable) or "no kind of file, as no format plugin is installed"
    what, suggestion = _text(data[:4000].lstrip(b"\xef\xbb\xbf \r\n\t").lower())
    if not what and data[4:8] == b"ftyp" and data[8:12] in _PHOTOGRAPHS:
        what, suggestion = "a picture", "ask for the form itself, not a photograph of it"
    elif not what and len(data) in _OWNERS_SIZES and 0 < data[0] <= _LONGEST_OWNER:
        what = "the note that Office keeps beside an open file (its name begins with ~$)"
        suggestion = "ask for the form itself, which was open when it was sent"
    elif not what and (data.startswith(_UTF_16) or b"\0" not in data[:1000]):
        what = "a plain text or CSV file"
        suggestion = f"ask for the form itself ({kinds}): the file that this was saved from has it"
    what = what or "a kind of file that is not known here"
    suggestion = suggestion or f"ask for the form as it was issued ({kinds})"
    return Code.NOT_A_FORM_FILE.problem(what=what, suggestion=suggestion)


def _text(start: bytes) -> tuple[str, str]:
    """What a file is that begins with this text in small letters, and what to do; empty if that is not to be seen."""
    for words, what, suggestion in _BY_WORDS:
        if words in start:
            return what, suggestion
    if start.startswith(_PAGES):
        return (
            "a web page",
            "if it shows the form, open it in Excel or Word and save it as .xlsx or .docx; else ask again",
        )
    if start[:1000].startswith(_MAIL_HEADERS):
        return "an e-mail message", "open it, save the form that is attached to it and try again"
    return "", ""


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
    if b"PK\x05\x06" not in data[-_EDGE:]:
        return Code.DAMAGED.problem(reason="it is cut short")
    if b".iwa" in data or b"Index.zip" in data[-_EDGE:]:
        return Code.NOT_A_FORM_FILE.problem(
            what="an Apple Numbers or Pages document",
            suggestion="ask the sender to export it (File, Export To) as Excel or Word, and to send that",
        )
    kinds = " or ".join(readable) or "nothing: no format plugin is installed"
    return Code.NOT_A_FORM_FILE.problem(
        what="a zip archive without an office document in it", suggestion=f"send what is inside; readable: {kinds}"
    )
