"""The head of a definition, read without the rest of it, so that listing many forms stays quick."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qaf_forms.define.yaml_source import MAX_BYTES, read_text

_HEAD = ("id", "version", "title", "kind")
_OF_A_WORDING = ("wording_of", "name", "language")
_EXTENDS = "extends"
_OWN = ("id", "version")
"""What a form says itself, though it takes all else of another."""
_KEY = re.compile(r"^([A-Za-z_]\w*)[ \t]*:(?=\s|$)")
_ONLY_IN_A_ROUND = "recipients"


@dataclass(frozen=True, slots=True)
class FormSummary:
    """One definition in a list, with the names of its wordings. `fault` says why it cannot be listed, or is empty.

    `extends` names the form whose title and kind it has, where it gives none.
    """

    id: str
    version: str
    title: str
    kind: str
    path: Path
    fault: str = ""
    wordings: tuple[str, ...] = ()
    extends: str = ""


@dataclass(frozen=True, slots=True)
class WordingSummary:
    """One wording: of which form (an id, or `id@version`), what it is called, and its language if it says so."""

    wording_of: str
    name: str
    language: str
    path: Path

    def is_of(self, form_id: str, version: str) -> bool:
        """Whether it is a wording of this form."""
        return self.wording_of in (form_id, f"{form_id}@{version}")


def summary_of(path: Path) -> FormSummary | WordingSummary | None:
    """The head of the definition or wording in `path`; None if it is a round, which may lie beside them.

    Whether the rest of it is sound only loading can tell.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            return FormSummary("", "", "", "", path, "the file is too large for a definition")
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        return FormSummary("", "", "", "", path, "the file cannot be opened")
    except UnicodeDecodeError:
        return FormSummary("", "", "", "", path, "the file is not saved as UTF-8 text")
    keys, head = _head_of(text)
    if _ONLY_IN_A_ROUND in keys and not keys & {"sections", "kind", "wording_of"}:
        return None
    source = read_text(head, path.name)
    found = source.root.children if source.root else None
    words = {key: node.text for key, node in found.items()} if isinstance(found, dict) else {}
    if words.get("wording_of"):
        return WordingSummary(words["wording_of"], words.get("name", ""), words.get("language", ""), path)
    extends = words.get(_EXTENDS, "")
    missing = [key for key in (_OWN if extends else _HEAD) if not words.get(key)]
    fault = f"it has no {missing[0]}" if missing else ""
    identity, version, title, kind = (words.get(key, "") for key in _HEAD)
    return FormSummary(identity, version, title, kind, path, fault, extends=extends)


def _head_of(text: str) -> tuple[set[str], str]:
    """The keys at the left edge, and the lines of those that are wanted, with the indented lines that go on."""
    lines: list[str] = []
    keys: set[str] = set()
    wanted = False
    for line in text.splitlines():
        if key := _KEY.match(line):
            keys.add(key[1])
            wanted = key[1] in (*_HEAD, _EXTENDS, *_OF_A_WORDING)
        elif line[:1] not in ("", " "):
            wanted = False
        if wanted:
            lines.append(line)
    return keys, "\n".join(lines)
