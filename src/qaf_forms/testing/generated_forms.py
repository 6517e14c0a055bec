"""Generated forms, with every kind of item that the schema has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.rewording import reworded
from qaf_forms.define.wording_texts import UNNAMED, texts_of
from qaf_forms.define.wordings import WordingFile
from qaf_forms.define.yaml_source import Source
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
    row["comment"] = draw(st.sampled_from([False, False, True]))
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
