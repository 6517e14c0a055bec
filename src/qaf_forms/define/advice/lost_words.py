"""Words that YAML took for a comment: `ask: Was review #3 held?` asks “Was review”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qaf_forms.define.yaml_source import Node, Source
from qaf_forms.problems import Code, Problem

_PROSE = frozenset(
    {"ask", "evidence", "guidance", "help", "intro", "label", "meaning", "owner", "summary", "text", "title", "why"}
)
_COMMENT = re.compile(r" (#[^\s#].*)")
"""A comment that somebody meant has a space behind its # or more than one before it."""


def lost_words(source: Source, lines: Sequence[str]) -> Iterator[Problem]:
    """Every text of a file that goes on behind a `#`; those of blocks stand in files of their own."""
    if source.root is None:
        return
    for node in _prose(source.root):
        line = lines[node.line - 1] if node.line <= len(lines) else ""
        end = node.column - 1 + len(node.text)
        lost = _COMMENT.match(line, end) if line[node.column - 1 : end] == node.text else None
        if lost:
            place = source.place(node.line, end + 2)
            yield Code.LOST_WORDS.problem(place=place, value=lost[1].rstrip())


def _prose(node: Node) -> Iterator[Node]:
    if isinstance(node.children, dict):
        for key, child in node.children.items():
            if child.children is not None:
                yield from _prose(child)
            elif key in _PROSE and isinstance(child.data, str):
                yield child
    elif node.children:
        for child in node.children:
            yield from _prose(child)
