"""What a YAML parser objects to, in the words of someone who has never heard of a parser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError


@dataclass(frozen=True, slots=True)
class Complaint:
    """Where a text stops being YAML, and why; `value` is the line as typed."""

    line: int
    column: int
    reason: str
    value: str = ""


_PLAIN_WORDS = (
    ("found character '\\t'", "a tab stands here; indent with spaces"),
    (
        "mapping values are not allowed",
        "a colon stands where none can be; put quotes around a text with a colon, or check the indentation",
    ),
    ("sequence entries are not allowed", "a list entry (-) stands where none can be; give it a line of its own"),
    ("mapping keys are not allowed", "a ? stands where none can be; put quotes around the text"),
    ("cannot start any token", "a text cannot begin with this character; put quotes around it"),
    ("could not find expected ':'", "a colon and a space are missing after the key"),
    ("expected ',' or ']'", "a list in [ ] is not closed, or a comma is missing"),
    (
        "expected ',' or '}'",
        "a mapping in { } is not closed, or a comma is missing; put quotes around a text with a colon",
    ),
    ("unexpected end of stream", "quotation marks are opened here and never closed"),
    ("unexpected document separator", "quotation marks are opened here and never closed"),
    ("unknown escape character", "inside double quotes a \\ has a special meaning; use single quotes"),
    ("expected the node content, but found", "something is missing here; put quotes around a text with , ] or }"),
    ("did not find expected <document start>", "the lines above end before this one; check how far it is indented"),
    ("expected <block end>", "the line is not indented like its neighbours, or quotes are missing around a text"),
    ("undefined alias", "a text cannot begin with *; put quotes around it"),
    ("expected alphabetic or numeric character", "a text cannot begin with & or *; put quotes around it"),
    ("indentation", "the line is not indented like its neighbours"),
)
_OPENING = ("unexpected end of stream", "unexpected document separator")


def from_parser(error: Exception, text: str) -> Complaint:
    """The parser's complaint in plain words."""
    if isinstance(error, ReaderError):
        return _unprintable(text)
    if not isinstance(error, MarkedYAMLError):
        return Complaint(1, 1, "it cannot be understood")
    said = f"{error.problem or ''} {error.context or ''}"
    mark: Any = error.problem_mark or error.context_mark
    reason = "it cannot be understood from here on"
    for token, words in _PLAIN_WORDS:
        if token in said:
            reason = words
            mark = error.context_mark if token in _OPENING and error.context_mark else mark
            break
    if mark is None:
        return Complaint(1, 1, reason)
    lines = text.splitlines()
    opened: Any = error.context_mark
    if opened is not None and "is not closed" in reason and (found := lines[opened.line].find(" #")) >= 0:
        reason = "a # behind a space begins a comment, so that what is behind it is not read"
        return Complaint(opened.line + 1, found + 2, reason, lines[opened.line].strip())
    value = lines[mark.line].strip() if mark.line < len(lines) else ""
    return Complaint(mark.line + 1, mark.column + 1, reason, value)


def _unprintable(text: str) -> Complaint:
    for number, line in enumerate(text.split("\n"), start=1):
        for column, character in enumerate(line, start=1):
            if not character.isprintable() and character not in "\t\r\x85\ufeff":
                reason = f"an invisible character (code {ord(character):#x}) stands here; delete it"
                return Complaint(number, column, reason, line.strip())
    return Complaint(1, 1, "an invisible character stands in it; type the text afresh")
