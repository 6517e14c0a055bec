"""Generated forms and answers, of every kind the schema has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Value
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.items import Group
from qaf_forms.define.rewording import reworded
from qaf_forms.define.wording_texts import UNNAMED, texts_of
from qaf_forms.define.wordings import WordingFile
from qaf_forms.define.yaml_source import Source
from qaf_forms.issue.answers import printed_order
from qaf_forms.issue.calculating import with_calculated
from qaf_forms.issue.fields import Field, TableBlock
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import clean
from qaf_forms.testing.calculated_items import Countable, calculated_columns, calculation

SCALES: Mapping[str, Any] = {
    "met": {
        "levels": [
            {"code": "met", "label": "Fully met", "score": 3, "colour": "#2E7D32", "meaning": "In place and working"},
            {"code": "partly", "label": "Partly met", "score": 2, "colour": "#FFB300"},
            {"code": "not_met", "label": "Not met", "score": 0, "colour": "#C62828"},
            {"code": "na", "label": "N/A", "is_na": True, "aliases": ["not applicable"]},
        ]
    },
    "agencies": {
        "levels": [
            {"code": "police", "label": "Police & probation"},
            {"code": "health", "label": "Health, mental health"},
            {"code": "school", "label": "School or “early years”"},
            {"code": "other", "label": "Other - say which"},
        ]
    },
    "sources": {
        "levels": [
            {"code": "record", "label": "The record"},
            {"code": "person", "label": "A person", "specify": "Who?"},
            {"code": "other", "label": "Something *else*", "specify": "what & where?", "aliases": ["other"]},
        ]
    },
}
_ROLES = {"agency": "Auditing agency", "partnership": "Strategic Support Unit"}
_LONG_ID = "seen_and_spoken_to_alone_in_the_per"
_YES_OR_NO = st.booleans()
_WORDS = st.sampled_from(
    ["Was the child seen alone?", "How do you know?", "Visits & calls <made>", "What *changed* for the family?", "Role"]
)
_CONTROL_FREE = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\t")
_AWKWARD = st.sampled_from(
    [
        "=1+1",
        "+44 20 7946 0000",
        "@home",
        "-5",
        "007",
        "12/03/2025",
        "O’Neill “said” 'no' & <left>",
        "_x000D_ is not a line end",
        "{{ answer }} {% if %}",
        "two  spaces and\ta tab",
        "é́ 中文 🙂 \u200dZWJ \u202eRTL",
        "TRUE",
        "1E5",
        "'quoted",
        "☒ not a box",
        "• not a list",
        "#REF!",
        "Yes",
        "1",
    ]
)


@st.composite
def forms(draw: DrawFn) -> Form:
    """A form with every kind of item, in any order, with conditions, roles and repeated blocks."""
    ids = _Ids(draw)
    sections = [
        {
            "id": ids.new(),
            "title": f"Part {number + 1}: " + draw(_WORDS).replace("*", ""),
            "guidance": draw(st.sampled_from(["Be brief.", "Look at the **last three** visits.\n\n- one\n- two"])),
            "items": _items(draw, ids),
        }
        for number in range(draw(st.integers(1, 2)))
    ]
    written: dict[str, Any] = {
        "id": "generated_form",
        "version": "1",
        "title": "A generated form",
        "kind": "case_audit",
        "language": draw(st.sampled_from(["en-GB", "en-GB", "cy", "pl-PL"])),
        "owner": "Anytown Safeguarding Partnership",
        "roles": _ROLES,
        "scales": SCALES,
        "sections": sections,
    }
    if draw(_YES_OR_NO):
        known = [{"code": "known", "label": "Known to us"}, {"code": "not_known", "label": "Not known to us"}]
        written["nil_return"] = {
            "ask": "Is the child known to you?",
            "scale": {"levels": known},
            "waives_when": ["not_known"],
        }
    form = Form.model_validate(written)
    return in_other_words(form) if draw(_YES_OR_NO) else form


def in_other_words(form: Form, before: str = "Y ") -> Form:
    """The form with every text of it put into other words: the same ones behind `before`."""
    words: dict[str, Any] = {}
    for way, text in texts_of(form):
        inner = words
        if UNNAMED in way:
            continue
        for step in way[:-1]:
            inner = inner.setdefault(step, {})
        inner[way[-1]] = before + text
    wording = WordingFile.model_validate({"wording_of": form.id, "name": "other", "words": words})
    return reworded(form, wording, Findings(Source("", None, ())))


def answers(form: Form) -> SearchStrategy[dict[str, Value]]:
    """Valid answers to any of the form's questions, and to rows beyond those printed."""
    return answers_for(Layout(form))


def answers_for(layout: Layout, *, every: bool = False) -> SearchStrategy[dict[str, Value]]:
    """Valid answers to a layout's questions: to any of them, or with `every` to all, and to a row beyond those printed.

    What the form gives itself is among them, since it is among those of every return.
    They keep to the limits of each question. That a condition asks for them is not looked at.
    """
    return _every_answer(layout) if every else _answers(layout)


@st.composite
def filled_forms(draw: DrawFn) -> tuple[Form, dict[str, Value]]:
    """A form with answers to it."""
    form = draw(forms())
    return form, draw(answers(form))


class _Ids:
    """Ids that no two items share; some as long as they may be, some alike but for a `_`."""

    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw
        self._count = 0
        self.choices: list[str] = []
        self.countable = Countable()

    def new(self) -> str:
        self._count += 1
        stem = self._draw(st.sampled_from(["q", "a_b", "a", _LONG_ID]))
        return f"{stem}_{self._count}"


def _items(draw: DrawFn, ids: _Ids) -> list[dict[str, Any]]:
    makers = [_question, _question, _question, _grid, _table, _group, _note]
    made = []
    for _ in range(draw(st.integers(1, 4))):
        made.append(draw(st.sampled_from(makers))(draw, ids))
        ids.countable.note(made[-1])
        made += _calculated(draw, ids)
    return made


def _calculated(draw: DrawFn, ids: _Ids) -> list[dict[str, Any]]:
    """A question that is worked out from those before it, or none."""
    worked_out = calculation(draw, ids.countable) if draw(_YES_OR_NO) else None
    if worked_out is None:
        return []
    id_ = ids.new()
    made = {"type": "calculated", "id": id_, "ask": f"Worked out ({id_})", "filled_by": _role(draw), **worked_out}
    made |= _when(draw, ids)
    if made["calculate"] == "band":
        ids.choices.append(f"{id_}=partly")
    ids.countable.note(made)
    return [made]


def _note(draw: DrawFn, ids: _Ids) -> dict[str, Any]:
    return {"type": "note", "text": "Some prose with a [link](https://example.org) and **weight**."}


def _question(draw: DrawFn, ids: _Ids) -> dict[str, Any]:
    id_ = ids.new()
    made: dict[str, Any] = {"id": id_, "ask": f"{draw(_WORDS)} ({id_})", **_asked(draw, ids)}
    if made["type"] in ("choice", "yes_no"):
        level = {"yes_no": "yes", "met": "partly", "sources": "person"}[made.get("scale", "yes_no")]
        ids.choices.append(f"{id_}={level}")
        if level == "person":
            ids.choices.append(f"{id_}_specify=Zoë")
    made["comment"] = draw(st.sampled_from([False, False, True, "Anything to *add*?"]))
    made["help"] = draw(st.sampled_from([None, "Look at *every* contact."]))
    made["reference"] = draw(st.sampled_from([None, "Working Together 2023, chapter 3"]))
    made["evidence"] = draw(st.sampled_from([None, "Visit notes: the child's own words"]))
    return made


def _asked(draw: DrawFn, ids: _Ids) -> dict[str, Any]:
    made = _answer_type(draw)
    made["required"] = draw(_YES_OR_NO)
    made["filled_by"] = _role(draw)
    return made | _when(draw, ids)


def _when(draw: DrawFn, ids: _Ids) -> dict[str, Any]:
    """A condition on an earlier question, or none."""
    if not (draw(_YES_OR_NO) and ids.choices):
        return {}
    key, _, value = draw(st.sampled_from(ids.choices)).partition("=")
    return {"when": {key: value}}


def _role(draw: DrawFn) -> str:
    return draw(st.sampled_from(["agency", "agency", "partnership"]))


def _answer_type(draw: DrawFn) -> dict[str, Any]:
    plain = ["text", "paragraph", "integer", "decimal", "date", "yes_no", "email", "percent", "money", "fraction"]
    plain += ["month", "names", "phone"]
    type_ = draw(st.sampled_from([*plain, "choice", "choices"]))
    if type_ == "choice":
        return {"type": type_, "scale": draw(st.sampled_from(["met", "sources"]))}
    if type_ == "choices":
        return {"type": type_, "scale": draw(st.sampled_from(["agencies", "sources"]))}
    return {"type": type_}


def _columns(draw: DrawFn, ids: _Ids) -> list[dict[str, Any]]:
    first = {"id": "answer", "title": "Level reached", "type": "choice", "scale": "met", "required": True}
    more = [
        {"id": f"c_{number}", "title": f"Column {number}", "filled_by": _role(draw), **_answer_type(draw)}
        for number in range(draw(st.integers(0, 3)))
    ]
    if draw(_YES_OR_NO):
        last = {"id": "last", "title": "Last time", "type": "choice", "scale": "met", "shows_last": "answer"}
        more.append({**last, "filled_by": _role(draw)})
    if draw(_YES_OR_NO) and more and more[0]["id"] != "last":
        more[0]["required"] = {"when": {"answer": ["met", "partly"]}}
        more[0]["under"] = "Evidence"
    return [first, *more, *calculated_columns(draw, [first, *more], _role(draw))]


def _grid(draw: DrawFn, ids: _Ids) -> dict[str, Any]:
    columns = _columns(draw, ids)
    rows: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.sampled_from([False, False, True])):
            rows.append({"title": draw(_WORDS), "help": draw(st.sampled_from([None, "Look at *every* policy."]))})
        row = _grid_row(draw, ids, columns)
        if draw(st.sampled_from([False, False, True])):
            prompts = [row, *(_grid_row(draw, ids, columns) for _ in range(draw(st.integers(0, 2))))]
            row = {"text": f"{draw(_WORDS)} ({ids.new()})", "reference": "Children Act 2004", "prompts": prompts}
        rows.append(row)
    id_ = ids.new()
    return {"type": "grid", "id": id_, "ask": f"A grid ({id_})", "columns": columns, "rows": rows}


def _grid_row(draw: DrawFn, ids: _Ids, columns: list[dict[str, Any]]) -> dict[str, Any]:
    id_ = ids.new()
    row: dict[str, Any] = {"id": id_, "text": f"{draw(_WORDS)} ({id_})", "weight": draw(st.sampled_from([1, 1, 5, 20]))}
    if draw(_YES_OR_NO):
        row["evidence"] = "Minutes, and who was there"
        row["cells"] = {columns[-1]["id"]: _answer_type(draw)}
    answered = {column["id"]: column for column in columns} | row.get("cells", {})
    if answered["answer"].get("scale") == "met":
        meanings = [{}, {"met": "Everyone *knows* it"}, {"na": "Never", "partly": "Some of those asked know it. " * 12}]
        row["descriptors"] = {"answer": draw(st.sampled_from(meanings))}
    names = [name for name, column in answered.items() if column["type"] != "calculated"]
    given = draw(st.sets(st.sampled_from(names)) if draw(_YES_OR_NO) else st.just(set()))
    row["given"] = {name: draw(_written(answered[name])) for name in answered if name in given}
    return row


def _table(draw: DrawFn, ids: _Ids) -> dict[str, Any]:
    id_ = ids.new()
    columns = _columns(draw, ids)
    made = {"type": "table", "id": id_, "ask": f"Your own rows ({id_})", "blank_rows": 2, "columns": columns}
    if draw(st.sampled_from([False, False, True])):
        made["prefill"] = _prefill(draw, columns)
    return made


def _prefill(draw: DrawFn, columns: list[dict[str, Any]]) -> dict[str, Any]:
    """Rows that can be told apart by their locked columns, or that have none."""
    columns = [column for column in columns if column["type"] != "calculated"]
    names = [column["id"] for column in columns]
    locked = sorted(draw(st.sets(st.sampled_from(names))))
    rows: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, 3))):
        filled = draw(st.sets(st.sampled_from(names), min_size=1))
        row = {column["id"]: draw(_written(column)) for column in columns if column["id"] in filled}
        telling = [row.get(name) for name in locked]
        if not locked or (any(telling) and telling not in [[other.get(name) for name in locked] for other in rows]):
            rows.append(row)
    return {"rows": rows, "locked": locked}


def _written(column: Mapping[str, Any]) -> SearchStrategy[Any]:
    """What an author writes to give an answer of this type."""
    return st.sampled_from(_WRITTEN[column.get("scale", column["type"])])


def _group(draw: DrawFn, ids: _Ids) -> dict[str, Any]:
    id_ = ids.new()
    inner = _Ids(draw)
    inner._count = 100 * (ids._count + 1)
    items = []
    for _ in range(draw(st.integers(1, 2))):
        items.append(draw(st.sampled_from([_question, _grid, _table]))(draw, inner))
        inner.countable.note(items[-1])
        items += _calculated(draw, inner)
    copies = draw(st.integers(2, 3))
    made = {"type": "group", "id": id_, "ask": f"Each child ({id_})", "each": "Child", "copies": copies, "items": items}
    made["min_copies"] = draw(st.sampled_from([None, 0, 1, copies]))
    if draw(st.sampled_from([True, False, False])):
        made["titles"] = ["Initial", "Review & close", "Check"][:copies]
    if draw(st.sampled_from([True, False, False])):
        items[-1]["in_copies"] = draw(st.sampled_from([[1], [2], [1, copies]]))
    return made


@st.composite
def _answers(draw: DrawFn, layout: Layout) -> dict[str, Value]:
    single = [field for field in layout.fields if not field.table and not field.calculation]
    found: dict[str, Value] = {}
    for field in single:
        if draw(_YES_OR_NO):
            found[field.key] = draw(_value(field))
    for table in layout.tables.values():
        locked = len({key.rpartition(".")[0] for key in layout.given if key.startswith(f"{table.key}[")})
        for field in [field for row in table.rows[:locked] for field in row if not field.calculation]:
            if draw(_YES_OR_NO):
                found[field.key] = draw(_value(field))
        for number in range(locked + 1, draw(st.integers(locked, len(table.rows) + 2)) + 1):
            found |= _own_row(draw, layout, table.key, number, _filled_in(table))
    found = with_calculated(layout, {**_without_gaps(layout, found), **layout.given})
    return {key: found[key] for key in sorted(found, key=printed_order(layout))}


def _filled_in(table: TableBlock) -> list[str]:
    """The columns of a table that are not worked out."""
    return [column.id for column in table.columns if not column.calculation]


def _without_gaps(layout: Layout, found: dict[str, Value]) -> dict[str, Value]:
    """The same without empty copies before filled ones, where those are spare."""
    for group in layout.form.items():
        if not isinstance(group, Group) or not group.has_spare or group.has_fixed_places:
            continue
        starts = [f"{group.id}[{copy}]." for copy in range(1, group.copies + 1)]
        filled = [start for start in starts if any(key.startswith(start) for key in found)]
        for old, new in zip(filled, starts, strict=False):
            found = {key.replace(old, new, 1) if key.startswith(old) else key: found[key] for key in found}
    return found


@st.composite
def _every_answer(draw: DrawFn, layout: Layout) -> dict[str, Value]:
    more = [
        field
        for table in layout.tables.values()
        for column in table.columns
        if (field := layout.table_field(table.key, len(table.rows) + 1, column.id))
    ]
    asked = [field for field in (*layout.fields, *more) if not field.calculation]
    return with_calculated(layout, {field.key: draw(_value(field)) for field in asked} | dict(layout.given))


def _own_row(draw: DrawFn, layout: Layout, table: str, number: int, columns: list[str]) -> dict[str, Value]:
    """A row with at least one answer: an empty row is no row."""
    filled = draw(st.sets(st.sampled_from(columns), min_size=1))
    fields = [field for id_ in columns if id_ in filled and (field := layout.table_field(table, number, id_))]
    return {field.key: draw(_value(field)) for field in fields}


def _value(field: Field) -> SearchStrategy[Any]:
    if field.control is Control.ONE_OF and field.scale:
        return st.sampled_from([level.code for level in field.scale.levels])
    if field.control is Control.SEVERAL_OF and field.scale:
        codes = [level.code for level in field.scale.levels]
        return st.sets(st.sampled_from(codes), min_size=1).map(lambda some: tuple(c for c in codes if c in some))
    if field.control is Control.NUMBER:
        return _numbers(field)
    if field.type in _OF_TYPE:
        return _OF_TYPE[field.type]
    if field.type == "email":
        return st.sampled_from(["a.person@example.org", "safeguarding+qa@police.example"])
    if field.control is Control.DATE:
        return st.dates(field.answer.earliest or date(1900, 1, 1), field.answer.latest or date(2199, 12, 31))
    longest = getattr(field.answer, "max_length", None)
    return texts(lines=field.control is Control.LINES, longest=longest)


def _numbers(field: Field) -> SearchStrategy[Any]:
    """Numbers within the question's limits, nought among them where it is one of them."""
    low, high = _RANGES.get(field.type, (Decimal(-(10**6)), Decimal(10**6)))
    low = low if field.answer.minimum is None else field.answer.minimum
    high = field.answer.maximum if field.answer.maximum is not None else max(high, low + 100)
    noughts = [st.just(Decimal(0))] if low <= 0 <= high else []
    if field.type == "integer":
        return st.one_of(*noughts, st.integers(ceil(low), floor(high))).map(int)
    places = getattr(field.answer, "places", None)
    return st.one_of(*noughts, st.decimals(low, high, places=2 if field.type != "decimal" else min(places or 4, 4)))


_WRITTEN: Mapping[str, Sequence[Any]] = {
    "met": ["Fully met", "partly", "not applicable"],
    "agencies": ["health", "Police & probation; other", ["school", "health"]],
    "sources": ["The record"],
    "text": ["Working Together 2023", "007", "O’Neill & <Co>", "=1+1"],
    "paragraph": ["See every child alone.\nWrite it down.", "R1"],
    "integer": [0, "12", -3],
    "decimal": ["2.5", 7],
    "percent": ["45%", 12.5],
    "money": ["£1,200.50", 3],
    "date": ["12/03/2025", "1999-12-31"],
    "month": ["March 2025", "2025-12"],
    "yes_no": ["yes", "No"],
    "email": ["a.person@example.org"],
    "fraction": ["5/6", "0/12"],
    "names": [["A. Person", "Zoë"], "One name"],
    "phone": ["020 7946 0018"],
}
_RANGES = {"integer": (Decimal(1 - 10**15), Decimal(10**15 - 1)), "percent": (Decimal(0), Decimal(100))}
_NAME = st.sampled_from(["A. Person", "O’Neill & Co", "=Head", "x y z", "Zoë"])
_OF_TYPE: Mapping[str, SearchStrategy[Any]] = {
    "fraction": st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda two: f"{min(two)}/{max(two)}"),
    "month": st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    "names": st.lists(_NAME, min_size=1, max_size=4).map(tuple),
    "phone": st.sampled_from(["020 7946 0018", "+44 117 496 0123", "(0117) 496 0123 ext 12"]),
}


def texts(*, lines: bool, longest: int | None = None) -> SearchStrategy[str]:
    """Text as people type it and as they would not; of several lines if `lines`, of at most `longest` characters."""
    line = st.one_of(_AWKWARD, st.text(_CONTROL_FREE, min_size=1, max_size=40))
    if lines:
        line = st.lists(line, min_size=1, max_size=4).map("\n".join)
    return line.map(lambda text: clean(clean(text)[:longest])).filter(
        lambda text: bool(text) and not text.startswith("[") and not text.endswith("]")
    )
