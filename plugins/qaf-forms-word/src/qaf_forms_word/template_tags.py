"""The tags in a template, read one by one so that each fault has its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from qaf_forms.plugin import Code, Problem, suggestion

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}")
_KIND = re.compile(r"\{%(p|tr|tc|r)\b")
"""What docxtpl adds to a block: that the paragraph, row, cell or run which it stands in goes with it."""
_BLOCKS = ("if", "for")
_SHOWN = 80
_MOST_COMPILED = 64
"""Each template has a handful of parts."""


class Sandbox(SandboxedEnvironment):
    """What templates are filled in: nothing but what they are given can be reached from there.

    Each template is compiled once, however many forms are made from it: that takes as long as filling it.
    """

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self._compiled = lru_cache(_MOST_COMPILED)(super().from_string)

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:
        """The template in a text."""
        if isinstance(source, str) and globals is None and template_class is None:
            return self._compiled(source)
        return super().from_string(source, globals, template_class)


class Tags:
    """The tags of one template, taken paragraph by paragraph in their order."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._loops: set[str] = {"loop"}
        self._open: list[tuple[str, str]] = []

    def take(self, place: str, words: str) -> Iterator[Problem]:
        """Read the tags in one paragraph; what cannot be read is reported."""
        for tag in _TAG.findall(words):
            reason = self._read(_KIND.sub("{%", tag), place)
            if reason:
                yield Code.BAD_TAG.problem(place=place, value=tag, reason=reason)
        stray = _STRAY.search(_TAG.sub("", words))
        if stray:
            yield Code.BAD_TAG.problem(place=place, value=words.strip()[:_SHOWN], reason=f"{stray[0]} stands alone")

    def left_open(self) -> Iterable[Problem]:
        """The blocks that nothing ended."""
        for word, place in self._open:
            yield Code.BAD_TAG.problem(place=place, value=f"{{% {word} … %}}", reason=f"nothing ends it: end{word}")

    def unknown(self, place: str, slots: Collection[str]) -> Iterable[Problem]:
        """The names that are no slots."""
        for name in sorted(self._used - self._loops - {*slots}):
            yield Code.UNKNOWN_SLOT.problem(place=place, value=name, suggestion=suggestion(name, slots))

    def lacks(self, slot: str) -> bool:
        """Whether a slot is not used."""
        return slot not in self._used

    def _read(self, tag: str, place: str) -> str:
        """What is wrong with a tag. The names in it are noted, and the block that it begins or ends."""
        word = tag.strip("{%}- ").split(" ", 1)[0] if tag.startswith("{%") else ""
        if word.startswith("end"):
            begun = self._open.pop() if self._open else ("", "")
            return "" if begun[0] == word.removeprefix("end") else f"there is no {word.removeprefix('end')} to end here"
        if word in ("else", "elif"):
            return "" if self._open else "there is no if before it"
        if word in _BLOCKS:
            self._open.append((word, place))
            tag += f"{{% end{word} %}}"
        try:
            parsed = Sandbox().parse(tag)
        except TemplateSyntaxError as error:
            return error.message or "it cannot be read"
        self._loops |= {name.name for loop in parsed.find_all(nodes.For) for name in _names(loop.target)}
        self._used |= {name.name for name in parsed.find_all(nodes.Name)}
        return ""


def _names(target: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(target, nodes.Name):
        yield target
    yield from target.find_all(nodes.Name)
