"""Copies of a repeated block that may stay empty: what is missing in them, and how the others close up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qaf_forms import Toolkit
from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.condition import Value
from qaf_forms.issue.layout import Layout
from qaf_forms.problems import Code
from tests.collect.printing import checked, document, form_of, space

ROLES = {"agency": "Agency", "partnership": "Partnership"}
CODE = {"id": "code", "type": "text", "ask": "Code of the child", "required": True}
AGE = {"id": "age", "type": "integer", "ask": "Age", "required": {"when": {"code": "answered"}}}
SEEN = {"id": "seen", "type": "yes_no", "ask": "Seen?", "required": True}
CONTACTS = {
    "id": "contacts",
    "type": "table",
    "ask": "Contacts",
    "blank_rows": 1,
    "min_rows": 1,
    "columns": [{"id": "who", "type": "text", "title": "Who"}],
}
NOTED = {"id": "noted", "type": "text", "ask": "Note of the partnership", "filled_by": "partnership"}


def layout_of(*items: dict[str, Any], least: int | None = 0, copies: int = 3, **more: Any) -> Layout:
    group = {"id": "child", "type": "group", "ask": "Each child", "copies": copies, "items": list(items), **more}
    return Layout(form_of({**group, "min_copies": least}, roles=ROLES))


def returned(layout: Layout, values: dict[str, Value], role: str = "agency") -> Return:
    return checked(document(layout, values), layout, role)


def said(one: Return) -> list[tuple[str, str]]:
    names = {code.value.code: code.name for code in Code}
    return [(names[problem.code], problem.key) for problem in one.problems]


def test_an_empty_spare_copy_lacks_nothing_and_one_that_was_begun_does() -> None:
    one = returned(layout_of(CODE, SEEN, AGE), {"child[1].code": "C1", "child[1].age": 3})
    assert said(one) == [("REQUIRED", "child[1].seen")]
    full = returned(layout_of(CODE, SEEN), {"child[1].code": "C1", "child[1].seen": "yes"})
    assert (said(full), full.status) == ([], Status.COMPLETE)


def test_without_spare_copies_every_copy_is_needed() -> None:
    for least in (None, 3):
        one = returned(layout_of(CODE, least=least), {"child[2].code": "C2"})
        assert said(one) == [("REQUIRED", "child[1].code"), ("REQUIRED", "child[3].code")]
        assert list(one.values) == ["child[2].code"]


def test_so_many_further_copies_are_needed_as_a_return_has_at_least() -> None:
    layout = layout_of(CODE, SEEN, least=2)
    assert said(returned(layout, {})) == [
        ("REQUIRED", "child[1].code"),
        ("REQUIRED", "child[1].seen"),
        ("REQUIRED", "child[2].code"),
        ("REQUIRED", "child[2].seen"),
    ]
    two = {"child[1].code": "C1", "child[1].seen": "yes", "child[2].code": "C2"}
    assert said(returned(layout, dict(two))) == [("REQUIRED", "child[2].seen")]


def test_empty_copies_before_filled_ones_drop_out() -> None:
    one = returned(layout_of(CODE, AGE), {"child[2].code": "C2", "child[2].age": 4, "child[3].age": 5})
    assert one.data == {"child": [{"code": "C2", "age": 4}, {"age": 5}]}
    assert said(one) == [("REQUIRED", "child[2].code")]


def test_what_is_said_still_points_at_where_it_stands() -> None:
    layout = layout_of(CODE, SEEN, CONTACTS, least=2)
    contents = document(layout, {"child[3].code": "C3"})
    space(contents, layout, "child[3].seen").value = "perhaps"
    one = checked(contents, layout)
    assert [(key, problem.place.split(", ")[1]) for key, problem in zip(said(one), one.problems, strict=True)] == [
        (("REQUIRED", "child[2].code"), "question A1-1.1"),
        (("REQUIRED", "child[2].seen"), "question A1-1.2"),
        (("REQUIRED", "child[2].contacts"), "question A1-1.3"),
        (("NOT_ON_THE_SCALE", "child[1].seen"), "question A1-3.2"),
        (("REQUIRED", "child[1].contacts"), "question A1-3.3"),
    ]
    assert one.answers["child[1].code"].place == space(contents, layout, "child[3].code").place


def test_something_unclear_fills_a_copy_too() -> None:
    layout = layout_of(CODE, SEEN)
    contents = document(layout, {"child[3].code": "C3"})
    space(contents, layout, "child[1].seen").value = "perhaps"
    one = checked(contents, layout)
    assert said(one) == [("REQUIRED", "child[1].code"), ("NOT_ON_THE_SCALE", "child[1].seen"), *said(one)[2:]]
    assert list(one.values) == ["child[2].code"]


def test_own_rows_move_with_their_copy() -> None:
    one = returned(layout_of(CODE, CONTACTS), {"child[2].code": "C2", "child[2].contacts[3].who": "GP"})
    assert one.data == {"child": [{"code": "C2", "contacts": [{"who": "GP"}]}]}


def test_what_another_role_wrote_neither_fills_a_copy_nor_drops_out() -> None:
    values: dict[str, Value] = {"child[1].noted": "Ask again", "child[3].code": "C3"}
    one = returned(layout_of(CODE, NOTED), values)
    assert one.data == {"child": [{"noted": "Ask again"}, {"code": "C3"}]}
    assert said(one) == [("OTHER_ROLE", "child[1].noted")]


def test_a_copy_for_another_role_keeps_the_places_that_the_agency_counts() -> None:
    layout = layout_of(CODE, {**NOTED, "required": True})
    moderated = returned(layout, {"child[3].noted": "Agreed"}, "partnership")
    assert list(moderated.values) == ["child[3].noted"]
    hidden = Layout(layout.form, only_for="partnership")
    assert list(returned(hidden, {"child[2].noted": "Agreed"}, "partnership").values) == ["child[2].noted"]
    alone = layout_of({**CODE, "filled_by": "partnership"})
    assert list(returned(alone, {"child[2].code": "C"}, "partnership").values) == ["child[1].code"]


def test_copies_with_names_or_questions_of_their_own_keep_their_places() -> None:
    titled = layout_of(CODE, AGE, titles=["Initial", "Review", "Close"])
    for layout in (titled, layout_of(CODE, {**AGE, "in_copies": [2, 3]})):
        one = returned(layout, {"child[2].age": 4})
        assert list(one.values) == ["child[2].age"]
        assert said(one) == [("REQUIRED", "child[2].code")]


def test_conditions_are_looked_at_before_copies_close_up() -> None:
    late = {"id": "late", "type": "text", "ask": "Why late?", "when": {"child[2].seen": "no"}, "required": True}
    group = {"id": "child", "type": "group", "ask": "G", "copies": 2, "min_copies": 0, "items": [SEEN]}
    one = returned(Layout(form_of(group, late)), {"child[2].seen": "no"})
    assert one.data == {"child": [{"seen": "no"}]}
    assert said(one) == [("REQUIRED", "late")]


def test_a_nil_return_needs_no_copy() -> None:
    nil = {
        "ask": "Known?",
        "scale": {"levels": [{"code": "yes", "label": "Known"}, {"code": "no", "label": "Unknown"}]},
    }
    group = {"id": "child", "type": "group", "ask": "G", "copies": 2, "min_copies": 1, "items": [SEEN]}
    layout = Layout(form_of(group, nil_return={**nil, "waives_when": ["no"]}))
    assert said(returned(layout, {"nil_return": "no"})) == []


def test_a_copy_that_holds_only_what_was_issued_lacks_nothing(tmp_path: Path) -> None:
    (tmp_path / "audit.yaml").write_text(
        'id: audit\nversion: "1"\ntitle: A\nkind: record\nowner: P\nsections:\n  - id: s\n    title: S\n    items:\n'
        "      - id: child\n        type: group\n        ask: Each child\n        copies: 3\n        min_copies: 1\n"
        "        items:\n"
        "          - {id: code, type: text, ask: Code?, required: true}\n"
        "          - {id: seen, type: yes_no, ask: Seen?, required: true}\n",
        encoding="utf-8",
    )
    (tmp_path / "round.yaml").write_text(
        "id: r1\nform: audit.yaml\nissued: 2025-03-01\nreturn_by: 2025-03-31\nreturn_to: a@b.example\n"
        "recipients: [{agency: Police}]\nprefill: prefill\n",
        encoding="utf-8",
    )
    issued = {"child": [{"code": "C1"}, {"code": "C2"}, {"code": "C3"}]}
    (tmp_path / "prefill").mkdir()
    (tmp_path / "prefill" / "police.json").write_text(json.dumps(issued), encoding="utf-8")
    kit = Toolkit()
    round_ = kit.round(tmp_path / "round.yaml")
    (stamp,) = (copy.stamp for copy, _ in kit.issue(round_))

    def collected(answers: dict[str, Any]) -> Return:
        path = tmp_path / "police.docx"
        path.write_bytes(kit.render(kit.round_form(round_), "word", answers=answers, stamp=stamp))
        (one,) = kit.collect(round_, [path]).returns
        return one

    filled = collected({"child": [{"code": "C1"}, {"code": "C2", "seen": "yes"}, {"code": "C3"}]})
    assert (said(filled), filled.status) == ([], Status.COMPLETE)
    untouched = collected(issued)
    assert (said(untouched), untouched.status) == ([("REQUIRED", "child[1].seen")], Status.BLANK)
