"""New nodes made of old ones: what blocks and extended forms are put together with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qaf_forms.define.yaml_source import Node


def mapping_node(like: Node, children: Mapping[str, Node]) -> Node:
    """A mapping at the place of `like`; keys that `like` has stand where they stood."""
    data = {key: child.data for key, child in children.items()}
    keys = {key: like.keys.get(key, (child.line, child.column)) for key, child in children.items()}
    return Node(like.line, like.column, data, children=dict(children), keys=keys)


def list_node(like: Node, children: Sequence[Node]) -> Node:
    """A list at the place of `like`."""
    return Node(like.line, like.column, [child.data for child in children], children=list(children))


def scalar_node(like: Node, text: str) -> Node:
    """A text at the place of `like`."""
    return Node(like.line, like.column, text, text)


def moved(node: Node, spot: tuple[int, int]) -> Node:
    """A copy with everything in it at one place: that of the word which brought it in."""
    line, column = spot
    if isinstance(node.children, list):
        return list_node(Node(line, column), [moved(child, spot) for child in node.children])
    if isinstance(node.children, dict):
        children = {key: moved(child, spot) for key, child in node.children.items()}
        return mapping_node(Node(line, column), children)
    return Node(line, column, node.data, node.text)
