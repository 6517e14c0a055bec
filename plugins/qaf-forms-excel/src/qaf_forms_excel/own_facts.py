"""What a copy says of itself and no other copy does: its stamp, on the cover, in the foot of each page, in properties.

A workbook is made once with marks in place of these facts. Each copy puts its own there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from qaf_forms.plugin import Copy, Stamp, Words
from qaf_forms_excel.answers import checked
from qaf_forms_excel.strings import END, START, stored

_LONGEST_FOOTER = 200


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """The facts of one copy, or marks in their place.

    `cover` are the labels and values on the cover, `cover_values` those that heights are measured by. `properties` are
    those of the hidden sheet, `document` the same among the document's. `line` and `footer` are the stamp's line.
    """

    cover: tuple[tuple[str, str], ...]
    cover_values: tuple[str, ...]
    properties: Mapping[str, str]
    document: Mapping[str, str]
    line: str
    line_shown: str
    footer: str


def facts_of(stamp: Stamp, words: Words, marking: str) -> OwnFacts:
    """The facts of a copy with this stamp."""
    cover = stamp.cover_lines(words)
    footer = stamp.line.replace("&", "&&")
    return OwnFacts(
        cover=cover,
        cover_values=tuple(value for _, value in cover),
        properties=stamp.properties,
        document=stamp.properties,
        line=stamp.line,
        line_shown=stamp.line,
        footer=footer if len(footer) + len(marking) <= _LONGEST_FOOTER else "",
    )


def marked(facts: OwnFacts) -> OwnFacts:
    """Marks in place of the facts, with their heights."""
    return OwnFacts(
        cover=tuple((label, _mark(f"cover{place}")) for place, (label, _) in enumerate(facts.cover)),
        cover_values=facts.cover_values,
        properties={name: _mark(f"property{place}") for place, name in enumerate(facts.properties)},
        document={name: _mark(f"document{place}") for place, name in enumerate(facts.document)},
        line=_mark("line"),
        line_shown=facts.line_shown,
        footer=_mark("footer") if facts.footer else "",
    )


def written(facts: OwnFacts) -> dict[bytes, bytes]:
    """Each fact by the name of its mark, as its part of the workbook holds it."""
    return {name.encode(): value.encode() for name, value in _written(facts)}


def can_be_marked(copy: Copy) -> bool:
    """Whether nothing in a copy looks like a mark."""
    texts = (*map(str, copy.answers.values()), *copy.typed.values(), *(remark.text for remark in copy.remarks))
    return not any(START in text for text in texts)


def _mark(name: str) -> str:
    return f"{START}{name}{END}"


def _written(facts: OwnFacts) -> Iterator[tuple[str, str]]:
    for place, (_, value) in enumerate(facts.cover):
        yield f"cover{place}", _cell(value)
    for place, value in enumerate(facts.properties.values()):
        yield f"property{place}", _cell(value)
        yield f"document{place}", escape(value)
    yield "line", _cell(facts.line)
    yield "footer", escape(facts.footer)


def _cell(value: str) -> str:
    return escape(stored(checked(value, "the stamp")))
