"""Reading YAML 1.2 into plain data, with the line and column of everything in it.

Built on the events of ruamel.yaml rather than its constructor: that resolves by the 1.2 core schema (`yes` is a word,
a date stays text), keeps every mark, reports duplicate keys all at once, and is bounded against hostile files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from qaf_forms.define.written_forms import UNPRINTABLE
from qaf_forms.define.yaml_mending import Mend, mending
from qaf_forms.define.yaml_wording import from_parser
from qaf_forms.problems import Code, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_VALUES = 100_000
"""Values in a file, each counted as often as it is repeated by an alias."""

Steps = tuple[str | int, ...]
"""The way from the top of a file to a value: keys and positions in lists."""


@dataclass(slots=True, eq=False)
class Node:
    """One value: the plain data it stands for, and where it is written (line and column from 1).

    `text` is a scalar as typed, without its quotes; `keys` says where each key of a mapping stands.
    """

    line: int
    column: int
    data: Any = None
    text: str = ""
    children: dict[str, Node] | list[Node] | None = None
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    size: int = 1
    complete: bool = True

    def child(self, step: str | int) -> Node | None:
        """The value under a key or at a position of a list."""
        if isinstance(self.children, dict):
            return self.children.get(str(step))
        if isinstance(self.children, list) and isinstance(step, int) and step < len(self.children):
            return self.children[step]
        return None


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name as given, its content, and what is wrong with it as YAML."""

    name: str
    root: Node | None
    problems: tuple[Problem, ...]

    def place(self, line: int, column: int) -> str:
        """Where a person finds a spot in this file."""
        return f"{self.name}:{line}:{column}"

    def find(self, path: Steps) -> Node | None:
        """The value at `path`."""
        node = self.root
        for step in path:
            node = node.child(step) if node else None
        return node

    def also_call(self, path: Steps, name: str) -> None:
        """Let the value under a misspelt key be found by the key that was meant, too."""
        parent, node = self.find(path[:-1]), self.find(path)
        if parent and node and isinstance(parent.children, dict):
            parent.children.setdefault(name, node)
            parent.keys.setdefault(name, parent.keys[str(path[-1])])

    def mark(self, path: Steps, *, at_key: bool = False) -> tuple[int, int]:
        """Line and column of the value at `path`, of its key, or of the nearest thing around it that exists."""
        node, spot = self.root, (1, 1)
        for position, step in enumerate(path):
            inner = node.child(step) if node else None
            if node is None or inner is None:
                break
            spot = inner.line, inner.column
            last = position == len(path) - 1
            if str(step) in node.keys and (inner.children is not None or inner.text == "" or (last and at_key)):
                spot = node.keys[str(step)]
            node = inner
        return spot


def key_of(path: Steps) -> str:
    """A path as it is shown: `sections[2].items[0].scale`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def read_file(path: Path, name: str | None = None) -> Source:
    """Read a YAML file; one that cannot be read at all gives a problem."""
    name = str(path) if name is None else name
    try:
        if path.stat().st_size > MAX_BYTES:
            return _unusable(name, f"the file is larger than {MAX_BYTES // 1_000_000} MB", "split it, or shorten it")
        content = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        return _unusable(name, f"the file cannot be read: {reason}", "check its name and whether you may read it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        advice = "in your editor choose “save with encoding”, then UTF-8"
        return _unusable(name, "the file is not saved as UTF-8 text", advice, line, column)
    return read_text(text, name)


def read_text(text: str, name: str, first_line: int = 1) -> Source:
    """Read YAML from a string; `name` is what places call it, `first_line` the number of its first line there."""
    if len(text) > MAX_BYTES:
        return _unusable(name, f"the text is longer than {MAX_BYTES:,} characters", "split it, or shorten it")
    root, problems = _read(text, name, first_line)
    if not problems and (root is None or root.data is None):
        return _unusable(name, "the file is empty", "start from a shipped definition")
    return Source(name, root, tuple(problems))


def _read(text: str, name: str, first_line: int) -> tuple[Node | None, list[Problem]]:
    """The top value, and what is wrong; what is not YAML for want of quotes is read as if it had them."""
    mends: list[Mend] = []
    while True:
        reader = _Reader(name, first_line)
        told = [_not_yaml(name, mend, first_line) for mend in mends]
        try:
            root = reader.read(YAML(typ="safe", pure=True).parse(text))
        except _RefusedError as refused:
            return None, [*told, *reader.problems, refused.problem]
        except (YAMLError, RecursionError, ValueError) as error:
            complaint = from_parser(error, text)
            mend = mending(text, complaint, mends)
            if mend.text is None:
                return None, [*told[: mend.number], _not_yaml(name, mend, first_line), *reader.problems]
            text = mend.text
            mends.append(mend)
        else:
            return root, [*told, *reader.problems]


def _unusable(name: str, reason: str, suggestion: str, line: int = 1, column: int = 1) -> Source:
    problem = Code.UNUSABLE_FILE.problem(place=f"{name}:{line}:{column}", reason=reason, suggestion=suggestion)
    return Source(name, None, (problem,))


def _not_yaml(name: str, mend: Mend, first_line: int) -> Problem:
    found = mend.complaint
    place = f"{name}:{found.line + first_line - 1}:{found.column}"
    return Code.NOT_YAML.problem(place=place, value=found.value, reason=found.reason, suggestion=mend.advice)


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Reader:
    """Builds nodes from events, without recursion."""

    def __init__(self, name: str, first_line: int) -> None:
        self.name = name
        self.first_line = first_line
        self.problems: list[Problem] = []
        self._anchors: dict[str, Node] = {}
        self._open: list[Node] = []
        self._keys: list[str | None] = []
        self._root: Node | None = None
        self._values = 0

    def read(self, events: Iterable[Any]) -> Node | None:
        """The top value of the only document."""
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse(event, "a second document begins here (---)", "keep one definition to a file")
            elif isinstance(event, NodeEvent):
                self._take(event)
            elif self._open and type(event).__name__ in ("MappingEndEvent", "SequenceEndEvent"):
                self._close()
        return self._root

    def _take(self, event: Any) -> None:
        node = self._node(event)
        self._values += node.size
        if self._values > MAX_VALUES:
            raise self._refuse(event, f"the file stands for more than {MAX_VALUES:,} values", "shorten it")
        if event.anchor and not isinstance(event, AliasEvent):
            self._anchors[event.anchor] = node
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.children, dict) and self._keys[-1] is None:
            if not isinstance(event, ScalarEvent):
                raise self._refuse(event, "a list or mapping stands where a key should", "write the key as a word")
            self._keys[-1] = node.text
            parent.keys.setdefault(node.text, (node.line, node.column))
            self._check_duplicate(parent, node)
            return
        self._put(parent, node)
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            if len(self._open) >= MAX_DEPTH:
                raise self._refuse(event, f"values are nested more than {MAX_DEPTH} deep", "flatten them")
            self._open.append(node)
            self._keys.append(None)

    def _check_duplicate(self, parent: Node, key: Node) -> None:
        assert isinstance(parent.children, dict)
        if key.text in parent.children:
            place = f"{self.name}:{key.line}:{key.column}"
            self.problems.append(Code.DUPLICATE_KEY.problem(place=place, value=key.text))

    def _node(self, event: Any) -> Node:
        line, column = event.start_mark.line + self.first_line, event.start_mark.column + 1
        if isinstance(event, AliasEvent):
            return self._aliased(event)
        tag = event.tag or ""
        if tag not in _TAGS:
            name = tag.replace("tag:yaml.org,2002:", "!!")
            raise self._refuse(event, f"the tag {name} means nothing here", "remove it", value=name)
        if isinstance(event, MappingStartEvent):
            return Node(line, column, {}, children={}, complete=False)
        if isinstance(event, SequenceStartEvent):
            return Node(line, column, [], children=[], complete=False)
        text: str = event.value
        if unprintable := UNPRINTABLE.search(text):  # written as an escape, such as "\0": no office file can hold it
            reason = f"the character with the code {ord(unprintable[0]):#x} cannot be printed"
            raise self._refuse(event, reason, "delete it")
        plain = event.style is None and not tag
        return Node(line, column, _resolved(text) if plain else text, text)

    def _aliased(self, event: Any) -> Node:
        found = self._anchors.get(event.anchor)
        if found is None:
            raise self._refuse(event, f"*{event.anchor} refers to nothing above it", "put quotes around a text with *")
        if not found.complete:
            raise self._refuse(event, f"*{event.anchor} refers to what it stands in", "write the value out")
        return found

    def _put(self, parent: Node | None, node: Node) -> None:
        if parent is None:
            self._root = node
        elif isinstance(parent.children, dict):
            key = self._keys[-1]
            assert key is not None
            if key not in parent.children:
                parent.children[key] = node
                parent.data[key] = node.data
            self._keys[-1] = None
        elif isinstance(parent.children, list):
            parent.children.append(node)
            parent.data.append(node.data)

    def _close(self) -> None:
        node = self._open.pop()
        self._keys.pop()
        node.complete = True
        node.size = 1 + sum(child.size for child in _children(node))

    def _refuse(self, event: Any, reason: str, suggestion: str, value: str = "") -> _RefusedError:
        place = f"{self.name}:{event.start_mark.line + self.first_line}:{event.start_mark.column + 1}"
        return _RefusedError(Code.UNUSABLE_FILE.problem(place=place, value=value, reason=reason, suggestion=suggestion))


def _children(node: Node) -> Iterator[Node]:
    yield from node.children.values() if isinstance(node.children, dict) else node.children or ()


_TAGS = {"", "!", *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))}
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def _resolved(text: str) -> Any:
    """An unquoted scalar by the YAML 1.2 core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _WHOLE.fullmatch(text) and len(text) < 40:
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if _NUMBER.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".Inf", "inf").replace(".INF", "inf").replace(".nan", "nan"))
    return text
