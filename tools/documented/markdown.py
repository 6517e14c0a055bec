"""Markdown, and docstrings as Markdown."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar in a cell is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def doc(thing: object) -> str:
    """The docstring of `thing` as Markdown; nothing where it has none of its own."""
    written = getattr(thing, "__doc__", None)
    return as_markdown(inspect.cleandoc(written)) if written else ""


def first_line(thing: object) -> str:
    """The first sentence of a docstring."""
    return doc(thing).split("\n\n")[0].replace("\n", " ")


def as_markdown(text: str) -> str:
    """A docstring's text: what follows `::` is a block, and the version it came with a sentence."""
    text = re.sub(r"^\.\. versionadded:: (\S+)$", r"*Since \1.*", text, flags=re.MULTILINE)
    return re.sub(r"(^|(?<=\S))::\n\n((?:    .*\n?|\n)+)", _block, text, flags=re.MULTILINE)


def _block(match: re.Match[str]) -> str:
    lines = match[2].rstrip("\n").split("\n")
    before = "" if match.start() == 0 or match.string[match.start() - 1] == "\n" else ":\n\n"
    return f"{before}```text\n" + "\n".join(line.removeprefix("    ") for line in lines) + "\n```\n\n"


def page(title: str, *parts: str) -> str:
    """A whole page, with a note that it is made by a program."""
    note = "<!-- Made by `uv run python tools/reference.py`: change what it is made from. -->"
    return "\n\n".join([note, f"# {title}", *(part.strip("\n") for part in parts if part)]) + "\n"
