"""Blocks: sections, nil return pages and runs of questions that forms use by name.

A block is a file of its own among the definitions, in the folder `blocks`::

    block: area_judgement
    items:
      - {id: strengths, type: paragraph, ask: "What was done well in {area}?"}
      - {id: grade, type: choice, scale: ofsted4, ask: "Grade for {area}"}

A form uses it where its content should stand. `prefix` goes before its ids, so that a block can be used more than once,
and `with` fills the words in braces::

    items:
      - {use: area_judgement, prefix: lived, with: {area: the child's lived experience}}

A block may hold `section:`, `nil_return:` or `rows:` in place of `items:`. Beside `use:`

- a section or nil return page can give `items` of its own, which come after the block's, items `before:` them, and any
  other key in place of the block's;
- a run of questions with one grid among them can be given more `rows:`, which come after the grid's own.

A block of rows is used among the rows of a grid, which has the columns::

    rows:
      - {use: seen_and_heard}
      - {id: own, text: Was it so?}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qaf_forms.define.companions import owner_of
from qaf_forms.define.nodes import list_node, mapping_node, scalar_node
from qaf_forms.define.suggesting import COMMA, suggestion
from qaf_forms.define.yaml_source import Node, Source
from qaf_forms.problems import Code, Problem

_PARTS = {"sections": "section", "items": "items", "nil_return": "nil_return", "rows": "rows"}
"""Where `use` can stand, and what a block must hold to stand there."""
_OWN_KEYS = ("use", "prefix", "with")
_BESIDE_ITEMS = (*_OWN_KEYS, "rows")
_LISTED = ("sections", "items", "before", "rows")
_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_NESTED = ("any", "all", "not")


def with_blocks(source: Source, blocks: Mapping[str, Source]) -> Source:
    """The same source with the content of blocks in place of every `use`."""
    if source.root is None:
        return source
    reuse = _Reuse(source, blocks)
    root = reuse.expanded(source.root)
    return Source(source.name, root, (*source.problems, *reuse.problems))


@dataclass(slots=True)
class _Using:
    """One `use`: where it stands, what goes before ids, and what the blanks are filled with."""

    spot: tuple[int, int]
    prefix: str
    words: Mapping[str, str]
    ids: frozenset[str]
    found: set[str] = field(default_factory=set)

    def renamed(self, key: str) -> str:
        """A key in a condition of the block, with the prefix if it leads to one of the block's own questions."""
        first = re.split(r"[.\[]", key)[0]
        own = first in self.ids or owner_of(first) in self.ids
        return f"{self.prefix}_{key}" if own and self.prefix else key

    def filled(self, text: str) -> str:
        """A text of the block with its blanks filled."""
        self.found.update(_BLANK.findall(text))
        return _BLANK.sub(lambda match: self.words.get(match[1], match[0]), text)


class _Reuse:
    def __init__(self, source: Source, blocks: Mapping[str, Source]) -> None:
        self.source, self.blocks = source, blocks
        self.problems: list[Problem] = []

    def expanded(self, node: Node) -> Node:
        """The node with every `use` inside it replaced."""
        if not isinstance(node.children, dict):
            return node
        children: dict[str, Node] = {}
        for key, child in node.children.items():
            if key in _LISTED and isinstance(child.children, list):
                children[key] = self._list(child, key)
            elif key == "nil_return" and _uses(child):
                children[key] = next(self._used(child, key), child)
            else:
                children[key] = self.expanded(child)
        return mapping_node(node, children)

    def _list(self, node: Node, key: str) -> Node:
        """A list with every `use` in it replaced by as many entries as its block has."""
        host = "items" if key == "before" else key
        return list_node(node, [one for entry in _listed(node) for one in self._entry(entry, host)])

    def _entry(self, entry: Node, host: str) -> Iterator[Node]:
        if _uses(entry):
            yield from self._used(entry, host)
        else:
            yield self.expanded(entry)

    def _used(self, entry: Node, host: str) -> Iterator[Node]:
        """What takes the place of one `use`: nothing, if there is a fault, which is reported."""
        part = self._part(entry, host)
        if part is None:
            return
        using = _using(entry, part)
        copied = _copied(part, using)
        self._check_blanks(entry, using)
        if not isinstance(copied.children, list):
            yield self.expanded(self._refined(copied, entry))
            return
        self._check_keys(entry, host)
        yield from self._with_rows([one for node in copied.children for one in self._entry(node, host)], entry, host)

    def _check_blanks(self, entry: Node, using: _Using) -> None:
        """Every blank of the block is filled, and every word that is given fills one."""
        for name in sorted(using.found.difference(using.words)):
            advice = f"add `with: {{{name}: ...}}` beside `use`"
            self._report(entry, "use", Code.BLANK_IN_BLOCK, value=name, suggestion=advice)
        given = entry.child("with")
        for name in using.words:
            if name not in using.found and given is not None:
                line, column = given.keys.get(name, (given.line, given.column))
                place = self.source.place(line, column)
                self.problems.append(Code.NO_SUCH_BLANK.problem(place=place, value=name, suggestion=_said(name, using)))

    def _check_keys(self, entry: Node, host: str) -> None:
        known = _BESIDE_ITEMS if host == "items" else _OWN_KEYS
        for key in entry.keys:
            if key not in known:
                facts = {"where": f"a use among the {host}", "suggestion": suggestion(key, known)}
                self._report(entry, key, Code.UNKNOWN_KEY, value=key, **facts)

    def _with_rows(self, items: list[Node], entry: Node, host: str) -> Iterator[Node]:
        """The items of a block, with the rows that stand beside its `use` at the end of its grid."""
        more = entry.child("rows") if host == "items" else None
        if more is None or not isinstance(more.children, list):
            yield from items
            return
        grids = [item for item in items if isinstance(_children_of(item).get("rows", item).children, list)]
        if len(grids) != 1:
            advice = "write the rows into a grid of your own, behind it"
            name = _children_of(entry)["use"].text
            self._report(entry, "rows", Code.WRONG_BLOCK, value=name, part="one grid", suggestion=advice)
            yield from items
            return
        rows = [*_listed(grids[0].child("rows")), *_listed(self._list(more, "rows"))]
        for item in items:
            both = {**_children_of(item), "rows": list_node(more, rows)}
            yield mapping_node(item, both) if item is grids[0] else item

    def _part(self, entry: Node, host: str) -> Node | None:
        name = entry.children["use"].text if isinstance(entry.children, dict) else ""
        block = self.blocks.get(name)
        if block is None or block.root is None:
            advice = suggestion(name, self.blocks) if block is None else "mend the faults in the block's own file"
            self._report(entry, "use", Code.UNKNOWN_BLOCK, value=name, suggestion=advice)
            return None
        part = block.root.child(_PARTS[host])
        if part is None:
            held = [kind for kind in _PARTS.values() if block.root.child(kind)]
            advice = f"use it among the {' or '.join(held)}" if held else "choose another block"
            self._report(entry, "use", Code.WRONG_BLOCK, value=name, part=_PARTS[host], suggestion=advice)
        return part

    @staticmethod
    def _refined(block: Node, entry: Node) -> Node:
        """A section or nil return page of a block, with what stands beside `use` in place of or after its own."""
        assert isinstance(block.children, dict)
        assert isinstance(entry.children, dict)
        children = dict(block.children)
        for key, node in entry.children.items():
            own = children.get(key)
            if key in _OWN_KEYS:
                continue
            both = own is not None and isinstance(own.children, list) and isinstance(node.children, list)
            if key == "items" and both and own is not None:
                children[key] = list_node(own, [*_listed(own), *_listed(node)])
            elif key != "before":
                children[key] = node
        before = entry.children.get("before")
        if before is not None and isinstance(before.children, list):
            children["items"] = list_node(before, [*before.children, *_listed(children.get("items"))])
        return mapping_node(block, children)

    def _report(self, entry: Node, key: str, code: Code, value: str, **facts: str) -> None:
        line, column = entry.keys.get(key, (entry.line, entry.column))
        self.problems.append(code.problem(place=self.source.place(line, column), value=value, **facts))


def _said(name: str, using: _Using) -> str:
    """What to do about a word that fills no blank. Nobody calls a blank “a visit”: a comma in braces ended a text."""
    return COMMA if " " in name or not using.words[name] else suggestion(name, using.found, "remove it, or use one of")


def _uses(node: Node) -> bool:
    return isinstance(node.children, dict) and "use" in node.children


def _children_of(node: Node) -> Mapping[str, Node]:
    return node.children if isinstance(node.children, dict) else {}


def _listed(node: Node | None) -> list[Node]:
    return node.children if node is not None and isinstance(node.children, list) else []


def _using(entry: Node, part: Node) -> _Using:
    assert isinstance(entry.children, dict)
    prefix = entry.children["prefix"].text if "prefix" in entry.children else ""
    given = entry.children.get("with")
    words = (
        {key: child.text for key, child in given.children.items()} if given and isinstance(given.children, dict) else {}
    )
    items = (
        part.children if isinstance(part.children, list) else (inner.children if (inner := part.child("items")) else [])
    )
    ids = frozenset(id_.text for item in items or () if isinstance(item, Node) and (id_ := item.child("id")))
    return _Using((entry.line, entry.column), prefix, words, ids)


def _copied(node: Node, using: _Using, *, in_condition: bool = False, at_item: bool = True) -> Node:
    """The node as it stands where it is used: every place in it is that of the `use`."""
    line, column = using.spot
    if isinstance(node.children, list):
        children = [_copied(child, using, in_condition=in_condition, at_item=at_item) for child in node.children]
        return list_node(Node(line, column), children)
    if isinstance(node.children, dict):
        return _copied_mapping(node, using, in_condition, at_item)
    text = using.filled(node.text)
    return Node(line, column, text if isinstance(node.data, str) else node.data, text)


def _copied_mapping(node: Node, using: _Using, in_condition: bool, at_item: bool) -> Node:
    assert isinstance(node.children, dict)
    children: dict[str, Node] = {}
    for key, child in node.children.items():
        name = using.renamed(key) if in_condition and key not in _NESTED else key
        inner = in_condition and key in _NESTED
        copied = _copied(child, using, in_condition=inner or key == "when", at_item=at_item and key == "items")
        if key == "id" and at_item and using.prefix and child.text in using.ids:
            copied.text = copied.data = f"{using.prefix}_{child.text}"
        if key == "of" and "calculate" in node.children and isinstance(copied.children, list):
            copied = list_node(copied, [scalar_node(one, using.renamed(one.text)) for one in copied.children])
        children[name] = copied
    line, column = using.spot
    made = Node(line, column, keys=dict.fromkeys(children, using.spot))
    return mapping_node(made, children)
