"""A block as a form of its own, so that it can be checked like one."""

from __future__ import annotations

from collections.abc import Mapping

from qaf_forms.define.nodes import list_node, mapping_node, scalar_node
from qaf_forms.define.yaml_source import Node, Source


def standing_alone(block: Source) -> Source:
    """A block as a form of its own, so that it can be checked like one. What is written stands where it stood."""
    root = block.root
    assert root is not None
    children = {key: scalar_node(root, text) for key, text in _SMALLEST_FORM.items()}
    items, section, nil_return, rows = (root.child(part) for part in ("items", "section", "nil_return", "rows"))
    if section is None:
        nothing = _scalars(root, {"type": "note", "text": "Nothing is asked here."})
        filler = items or list_node(root, [_grid_of(rows, root) if rows else nothing])
        section = mapping_node(
            root, {"id": scalar_node(root, "part"), "title": scalar_node(root, "Part"), "items": filler}
        )
    children["sections"] = list_node(root, [section])
    children["nil_return"] = nil_return or _usual_nil_return(root)
    roles = root.child("roles") or _scalars(root, {"agency": "Agency", "partnership": "Partnership"})
    children["roles"] = roles
    return Source(block.name, mapping_node(root, children), block.problems)


_SMALLEST_FORM = {"id": "block", "version": "1", "title": "A block", "kind": "record", "owner": "A partnership"}


_USUAL_COLUMNS = (
    {"id": "answer", "title": "Answer", "type": "choice", "scale": "yes_partly_no_na"},
    {"id": "evidence", "title": "Evidence", "type": "paragraph"},
)


def _grid_of(rows: Node, root: Node) -> Node:
    """The grid that rows may stand in: with the `columns` that their block names, or those of most audits."""
    columns = root.child("columns") or list_node(root, [_scalars(root, column) for column in _USUAL_COLUMNS])
    return mapping_node(
        root, {**_children_of(_scalars(root, {"id": "grid", "type": "grid"})), "columns": columns, "rows": rows}
    )


def _children_of(node: Node) -> Mapping[str, Node]:
    return node.children if isinstance(node.children, dict) else {}


def _usual_nil_return(like: Node) -> Node:
    """The page that a form with this block may well have, so that conditions of the block can name its question."""
    page = _scalars(like, {"ask": "Is the person known to you?", "scale": "known"})
    waives_when = list_node(like, [scalar_node(like, "not_known")])
    return mapping_node(like, {**_children_of(page), "waives_when": waives_when})


def _scalars(like: Node, texts: Mapping[str, str]) -> Node:
    return mapping_node(like, {key: scalar_node(like, text) for key, text in texts.items()})
