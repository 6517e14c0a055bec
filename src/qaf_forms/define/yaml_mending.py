"""Reading on behind a line that is not YAML, so that an author hears of every such line at once.

Most of them are a text that needs quotes: it has a colon in it, quotation marks inside quotation marks, or begins with
a character that means something to YAML. The text is put in quotes and reading begins anew; the file stays faulty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qaf_forms.define.yaml_wording import Complaint

_MOST = 40
"""So many lines in need of quotes, and the file is not worth reading on."""
_LONGEST_SHOWN = 100
_GENERAL = "mend the line, or the one above it"
_LINE = re.compile(r"(?P<lead> *(?:- +)*[A-Za-z_]\w*: +)(?P<value>[^\s\[{|>#].*?)(?P<rest>\s*)")
_HAS_BRACES = re.compile(r" *(?:- +)*(?:[A-Za-z_]\w*: +)?\{")
_KEY_IN_BRACES = re.compile(r"[{,] *[A-Za-z_]\w*: +")
_END_IN_BRACES = re.compile(r", *[A-Za-z_]\w*: |\}+,?\s*$")
_OPENING = "\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Mend:
    """What the parser objected to, the line as it should be, and the whole text with that line in it.

    `text` is None where quotes did not help; then `number` of the mends before are still to be told.
    """

    complaint: Complaint
    advice: str = _GENERAL
    text: str | None = None
    number: int = 0


def mending(text: str, complaint: Complaint, before: Sequence[Mend]) -> Mend:
    """How to read on behind a complaint, after the mends `before`."""
    if before and complaint.line <= before[-1].complaint.line:
        return Mend(before[-1].complaint, number=len(before) - 1)  # quotes were not what it wanted
    lines = text.split("\n")
    written = lines[complaint.line - 1] if complaint.line <= len(lines) else ""
    mended = _in_braces(written, complaint.column) if _HAS_BRACES.match(written) else _on_a_line(written)
    if mended is None or mended == written or len(before) >= _MOST:
        return Mend(complaint, number=len(before))
    shown = mended.strip()
    advice = f"put the text in quotes: {shown}" if len(shown) <= _LONGEST_SHOWN else "put the text in quotes"
    return Mend(complaint, advice, "\n".join([*lines[: complaint.line - 1], mended, *lines[complaint.line :]]))


def _on_a_line(written: str) -> str | None:
    match = _LINE.fullmatch(written)
    return match["lead"] + _quoted(match["value"]) + match["rest"] if match else None


def _in_braces(written: str, column: int) -> str | None:
    """A line such as `- {id: seen, ask: Date: when seen}`, with quotes around the value at the column."""
    keys = [match for match in _KEY_IN_BRACES.finditer(written) if match.end() < column]
    end = _END_IN_BRACES.search(written, keys[-1].end()) if keys else None
    if end is None or end.start() == keys[-1].end():
        return None
    start = keys[-1].end()
    return written[:start] + _quoted(written[start : end.start()]) + written[end.start() :]


def _quoted(value: str) -> str:
    bare = value.strip(_OPENING) if value[:1] in _OPENING else value
    return f'"{bare}"' if "'" in bare and not set('"\\') & set(bare) else "'" + bare.replace("'", "''") + "'"
