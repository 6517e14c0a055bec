"""Prose: the Markdown of a definition as paragraphs and runs, which is all that Word and Excel need of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `link` is a web address, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, bullet, numbered point or heading. `level` is its depth from 0; `number` a point's number."""

    kind: Literal["text", "bullet", "number", "heading"]
    runs: tuple[Run, ...]
    level: int = 0
    number: int = 0

    @property
    def text(self) -> str:
        """The paragraph without its styles."""
        return "".join(run.text for run in self.runs)

    @property
    def mark(self) -> str:
        """What is printed before the text: `• ` or `2. `; nothing before other paragraphs."""
        return {"bullet": "• ", "number": f"{self.number}. "}.get(self.kind, "")


@cache
def paragraphs(markdown: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a piece of Markdown (CommonMark, raw HTML shown as typed)."""
    if not _needs_parsing(markdown):
        text = markdown.strip()
        return (Paragraph("text", (Run(text),)),) if text else ()
    return tuple(_walk(_parser().parse(markdown)))


def plain(markdown: str) -> str:
    """The text alone, one paragraph a line."""
    return "\n".join(paragraph.text for paragraph in paragraphs(markdown))


def _needs_parsing(markdown: str) -> bool:
    """Whether there is any markup in it; most labels have none, and the parser is slow to import."""
    return any(mark in markdown for mark in "*_`[<#>\n&\\-+~|=:!") or markdown[:1].isdigit()


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def _walk(tokens: list[Token]) -> list[Paragraph]:
    found: list[Paragraph] = []
    lists: list[tuple[str, int]] = []
    heading = False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(("bullet" if token.type[0] == "b" else "number", int(token.attrs.get("start", 1)) - 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1] = (lists[-1][0], lists[-1][1] + 1)
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "inline":
            found.extend(_paragraph(runs, lists, heading) for runs in _lines(token))
        elif token.type in ("fence", "code_block"):
            found.extend(Paragraph("text", (Run(line),)) for line in token.content.splitlines() if line.strip())
    return found


def _paragraph(runs: tuple[Run, ...], lists: list[tuple[str, int]], heading: bool) -> Paragraph:
    if heading:
        return Paragraph("heading", runs)
    if not lists:
        return Paragraph("text", runs)
    kind, number = lists[-1]
    depth = len(lists) - 1
    return Paragraph("bullet", runs, depth) if kind == "bullet" else Paragraph("number", runs, depth, number)


def _of_the_web(link: str) -> str:
    """A link, if it may stand in a copy. One to a share such as `//server/x` would tell a stranger who opened it."""
    return link if link.partition(":")[0].lower() in _SCHEMES else ""


def _lines(inline: Token) -> list[tuple[Run, ...]]:
    """The runs of an inline token, split where the author forced a line break."""
    lines: list[list[Run]] = [[]]
    bold = italic = 0
    link = ""
    for token in inline.children or []:
        if token.type in ("strong_open", "strong_close"):
            bold += 1 if token.nesting > 0 else -1
        elif token.type in ("em_open", "em_close"):
            italic += 1 if token.nesting > 0 else -1
        elif token.type in ("link_open", "link_close"):
            link = _of_the_web(str(token.attrs.get("href", ""))) if token.nesting > 0 else ""
        elif token.type == "hardbreak":
            lines.append([])
        elif token.type == "softbreak":
            lines[-1].append(Run(" ", bool(bold), bool(italic), link))
        elif token.content:
            lines[-1].append(Run(token.content, bool(bold), bool(italic), link))
    return [tuple(line) for line in lines if line]
