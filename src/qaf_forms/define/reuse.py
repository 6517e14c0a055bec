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

A block may hold `section:` or `nil_return:` in place of `items:`. Beside `use:`, a section can give `items` of its own,
which come after the block's, and any other key in place of the block's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qaf_forms.define.companions import owner_of
from qaf_forms.define.nodes import list_node, mapping_node, scalar_node
from qaf_forms.define.suggesting import suggestion
from qaf_forms.define.yaml_source import Node, Source
from qaf_forms.problems import Code, Problem

_PARTS = {"sections": "section", "items": "items", "nil_return": "nil_return"}
"""Where `use` can stand, and what a block must hold to stand there."""
_OWN_KEYS = ("use", "prefix", "with")
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
    unknown: set[str] = field(default_factory=set)

    def renamed(self, key: str) -> str:
        """A key in a condition of the block, with the prefix if it leads to one of the block's own questions."""
        first = re.split(r"[.\[]", key)[0]
        own = first in self.ids or owner_of(first) in self.ids
        return f"{self.prefix}_{key}" if own and self.prefix else key

    def filled(self, text: str) -> str:
        """A text of the block with its blanks filled."""
        self.unknown |= {name for name in _BLANK.findall(text) if name not in self.words}
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
            if key in ("sections", "items") and isinstance(child.children, list):
                children[key] = list_node(child, [one for entry in child.children for one in self._entry(entry, key)])
            elif key == "nil_return" and _uses(child):
                children[key] = next(self._used(child, key), child)
            else:
                children[key] = self.expanded(child)
        return mapping_node(node, children)

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
        for name in sorted(using.unknown):
            advice = f"add `with: {{{name}: ...}}` beside `use`"
            self._report(entry, "use", Code.BLANK_IN_BLOCK, value=name, suggestion=advice)
        if isinstance(copied.children, list):
            for node in copied.children:
                yield from self._entry(node, host)
        else:
            yield self.expanded(self._refined(copied, entry))

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
                children[key] = list_node(own, [*(own.children or ()), *(node.children or ())])
            else:
                children[key] = node
        return mapping_node(block, children)

    def _report(self, entry: Node, key: str, code: Code, value: str, **facts: str) -> None:
        line, column = entry.keys.get(key, (entry.line, entry.column))
        self.problems.append(code.problem(place=self.source.place(line, column), value=value, **facts))


def _uses(node: Node) -> bool:
    return isinstance(node.children, dict) and "use" in node.children


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


def standing_alone(block: Source) -> Source:
    """A block as a form of its own, so that it can be checked like one. What is written stands where it stood."""
    root = block.root
    assert root is not None
    children = {key: scalar_node(root, text) for key, text in _SMALLEST_FORM.items()}
    items, section, nil_return = (root.child(part) for part in ("items", "section", "nil_return"))
    if section is None:
        filler = items or list_node(root, [_scalars(root, {"type": "note", "text": "Nothing is asked here."})])
        section = mapping_node(
            root, {"id": scalar_node(root, "part"), "title": scalar_node(root, "Part"), "items": filler}
        )
    children["sections"] = list_node(root, [section])
    children["nil_return"] = nil_return or _usual_nil_return(root)
    roles = root.child("roles") or _scalars(root, {"agency": "Agency", "partnership": "Partnership"})
    children["roles"] = roles
    return Source(block.name, mapping_node(root, children), block.problems)


_SMALLEST_FORM = {"id": "block", "version": "1", "title": "A block", "kind": "record", "owner": "A partnership"}


def _children_of(node: Node) -> Mapping[str, Node]:
    return node.children if isinstance(node.children, dict) else {}


def _usual_nil_return(like: Node) -> Node:
    """The page that a form with this block may well have, so that conditions of the block can name its question."""
    page = _scalars(like, {"ask": "Is the person known to you?", "scale": "known"})
    waives_when = list_node(like, [scalar_node(like, "not_known")])
    return mapping_node(like, {**_children_of(page), "waives_when": waives_when})


def _scalars(like: Node, texts: Mapping[str, str]) -> Node:
    return mapping_node(like, {key: scalar_node(like, text) for key, text in texts.items()})
