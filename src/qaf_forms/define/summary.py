"""The head of a definition, read without the rest of it, so that listing many forms stays quick."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qaf_forms.define.yaml_source import MAX_BYTES, read_text

_HEAD = ("id", "version", "title", "kind")
_KEY = re.compile(r"^([A-Za-z_]\w*)[ \t]*:(?=\s|$)")


@dataclass(frozen=True, slots=True)
class FormSummary:
    """One definition in a list. `fault` says why it cannot be listed properly, or is empty."""

    id: str
    version: str
    title: str
    kind: str
    path: Path
    fault: str = ""


def summary_of(path: Path) -> FormSummary:
    """The head of the definition in `path`. Whether the rest of it is sound only loading can tell."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return FormSummary("", "", "", "", path, "the file is too large for a definition")
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        return FormSummary("", "", "", "", path, "the file cannot be opened")
    except UnicodeDecodeError:
        return FormSummary("", "", "", "", path, "the file is not saved as UTF-8 text")
    source = read_text(_head_of(text), path.name)
    found = source.root.children if source.root else None
    words = {key: node.text for key, node in found.items()} if isinstance(found, dict) else {}
    missing = [key for key in _HEAD if not words.get(key)]
    fault = f"it has no {missing[0]}" if missing else ""
    identity, version, title, kind = (words.get(key, "") for key in _HEAD)
    return FormSummary(identity, version, title, kind, path, fault)


def _head_of(text: str) -> str:
    """The lines of the four keys, each with the indented lines that go on with its text."""
    lines: list[str] = []
    wanted = False
    for line in text.splitlines():
        if key := _KEY.match(line):
            wanted = key[1] in _HEAD
        elif line[:1] not in ("", " "):
            wanted = False
        if wanted:
            lines.append(line)
    return "\n".join(lines)
