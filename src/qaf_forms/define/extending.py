"""Extended forms: all of another form, with local additions, and core questions that stay comparable.

::

    extends: student_voice_audit
    namespace: brookside                # every id added begins with brookside_
    id: brookside_student_voice
    version: "1"
    title: Student voice at Brookside
    sections:
      - id: voice                       # a section of the other form: more questions at its end
        items:
          - {id: brookside_canteen, type: yes_no, ask: Do you feel safe in the canteen?}

A question of the other form can be refined by giving its id and the keys that change, unless it is marked `fixed`.
Whether the answers to fixed questions are still comparable is not taken on trust: both forms are compared when loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from qaf_forms.define.form import Form
from qaf_forms.define.nodes import list_node, mapping_node, moved
from qaf_forms.define.yaml_source import Node, Source
from qaf_forms.problems import Code, Problem

_OF_THE_BASE_ALONE = frozenset({"extends", "namespace", "changes"})


def extended(source: Source, base: Source) -> Source:
    """The source with everything of `base` that it does not change. Faults are those of the additions."""
    assert source.root is not None
    assert base.root is not None
    spot = source.mark(("extends",))
    merging = _Merging(source)
    root = merging.forms(moved(base.root, spot), source.root)
    return Source(source.name, root, (*source.problems, *merging.problems))


def comparability_faults(form: Form, base: Form, source: Source) -> Iterator[Problem]:
    """The proof that answers to fixed questions mean the same in both forms, or what stands against it."""
    own = {item.id: item for item in form.items() if item.id}
    for item in base.items():
        if not getattr(item, "fixed", False):
            continue
        same = own.get(item.id) == item and _scales(form, item) == _scales(base, item)
        if not same:
            line, column = source.mark(("extends",))
            yield Code.FIXED_QUESTION.problem(
                place=source.place(line, column), value=item.id, key=item.id, base=f"{base.id}@{base.version}"
            )


def _scales(form: Form, item: object) -> list[object]:
    parts = [item, *getattr(item, "columns", ())]
    parts += [cell for row in getattr(item, "asked", ()) for cell in row.cells.values()]
    return [form.scale_of(part) for part in parts]


class _Merging:
    def __init__(self, source: Source) -> None:
        self.source = source
        namespace = source.find(("namespace",))
        self.namespace = namespace.text if namespace else ""
        self.problems: list[Problem] = []

    def forms(self, base: Node, own: Node) -> Node:
        """The two forms in one: keys of `own` in place of those of `base`, sections by their ids."""
        base_children, own_children = _children(base), _children(own)
        merged = {key: node for key, node in base_children.items() if key not in _OF_THE_BASE_ALONE}
        for key, node in own_children.items():
            earlier = base_children.get(key)
            if key == "sections" and earlier is not None:
                merged[key] = self._by_id(earlier, node, self._section)
            elif key in ("roles", "scales") and earlier is not None:
                merged[key] = mapping_node(node, {**_children(earlier), **_children(node)})
            else:
                merged[key] = node
        return mapping_node(own, merged)

    def _section(self, base: Node, own: Node) -> Node:
        merged = {**_children(base), **_children(own)}
        base_items, own_items = base.child("items"), own.child("items")
        if base_items is not None and own_items is not None:
            merged["items"] = self._by_id(base_items, own_items, self._item)
        elif base_items is not None:
            merged["items"] = base_items
        return mapping_node(own, merged)

    def _item(self, base: Node, own: Node) -> Node:
        return mapping_node(own, {**_children(base), **_children(own)})

    def _by_id(self, base: Node, own: Node, merge: Callable[[Node, Node], Node]) -> Node:
        """The entries of `base` in their order, merged with those of the same id, then the new ones."""
        if not isinstance(base.children, list) or not isinstance(own.children, list):
            return own
        known = {_id_of(node): node for node in base.children}
        changes = {_id_of(node): node for node in own.children if _id_of(node) in known and _id_of(node)}
        added = [node for node in own.children if not _id_of(node) or _id_of(node) not in known]
        for node in added:
            self._check_name(node)
        merged = [merge(node, changes[_id_of(node)]) if _id_of(node) in changes else node for node in base.children]
        return list_node(own, [*merged, *added])

    def _check_name(self, node: Node) -> None:
        id_ = _id_of(node)
        if id_ and not (self.namespace and id_.startswith(f"{self.namespace}_")):
            named = node.child("id") or node
            advice = (
                f"call it {self.namespace}_{id_}" if self.namespace else "add `namespace:` and begin the id with it"
            )
            place = self.source.place(named.line, named.column)
            self.problems.append(Code.OUTSIDE_NAMESPACE.problem(place=place, value=id_, suggestion=advice))


def _children(node: Node) -> Mapping[str, Node]:
    return node.children if isinstance(node.children, dict) else {}


def _id_of(node: Node) -> str:
    named = node.child("id")
    return named.text if named else ""
