"""Every key that a definition can have, from the schema, and the types of answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from tools.documented.markdown import as_markdown, doc, page, table
from tools.documented.words import in_words

from qaf_forms.define import answer_types, change, condition, extending, reuse, score
from qaf_forms.define.form import Form, NilReturn, Section
from qaf_forms.define.given import Prefill
from qaf_forms.define.items import Grid, GridRow, Group, Note, Signatory, SignOff, StemRow, Table, TitleRow
from qaf_forms.define.questions import AnyColumn, AnyQuestion, Column, Question
from qaf_forms.define.scale import Level, Scale
from qaf_forms.define.story import Story
from qaf_forms.define.words import ENGLISH
from qaf_forms.issue import values

HEADS = ("key", "what stands there", "if left out", "what it means")
_ITEMS = (Note, Grid, Table, Group, SignOff)


def definition_keys() -> str:
    """The page of keys."""
    intro = (
        "A definition is a YAML file. It is YAML 1.2, so `yes` and `no` are words. A key that stands nowhere on this"
        " page is a mistake, and `qaf-forms check` says so. An **id** has small letters, digits and `_`, begins with a"
        " letter, and is at most 40 characters long; it names the answer in every output, so never give it to another"
        " question."
    )
    return page(
        "Definition keys",
        intro,
        f"## The form\n\n{doc(Form)}\n\n{_keys(Form)}",
        f"## Nil return\n\n{doc(NilReturn)}\n\n{_keys(NilReturn)}",
        f"## Sections\n\n{doc(Section)}\n\n{_keys(Section)}",
        f"## Items\n\nAn item is a question of any [answer type](answer-types.md), or {_item_names()}.",
        f"### Questions\n\nWhat every question has, whatever its `type`:\n\n{_keys(Question)}\n\n"
        "Each type has keys of its own besides: see [answer types](answer-types.md).",
        *(_item(one) for one in _ITEMS),
        f"## Columns\n\n{doc(Column)}\n\nEach has a `type` with its keys, as a question has.\n\n{_keys(Column)}",
        f"## Rows of a grid\n\n{doc(GridRow)}\n\n{_keys(GridRow)}",
        f"### Headings among the rows\n\n{doc(TitleRow)}\n\n{_keys(TitleRow)}",
        f"### Several prompts in one row\n\n{doc(StemRow)} The prompts of B1.3 are B1.3a, B1.3b.\n\n{_keys(StemRow)}",
        f"## Prefill\n\n{doc(Prefill)} It is written as in a grid's `given`.\n\n{_keys(Prefill)}",
        f"## Scales\n\n{doc(Scale)}\n\n{_keys(Scale)}\n\nA level:\n\n{_keys(Level)}",
        _module("## Conditions", condition, "In a definition"),
        _module("## Calculations", score, "A calculation names"),
        _module("## Blocks", reuse, "A block is"),
        _module("## Extending a form", extending, ""),
        _module("## What became of a question", change, ""),
        "## Prose\n\nMarkdown: paragraphs, `## headings`, lists, **bold**, *italic* and links.",
    )


def all_answer_types() -> str:
    """The page of answer types."""
    intro = (
        "What a question or a column can ask for. `type` names it. Answers are the same in Word, Excel and JSON, and"
        " how people write them may vary: case, spacing and abbreviations do not matter, days come before months, and"
        " what is not clear becomes a problem."
    )
    written = _values_table()
    parts = []
    for one in _members(answer_types.AnswerType):
        name = _type_name(one)
        keys = [row for row in key_rows(one) if row[0] != "`type`"]
        python, json = written[name]
        json = json if name == "percent" else json.partition(";")[0]
        facts = f"Empty, it says “{ENGLISH.placeholders[name]}”. In Python: {python}. In JSON: {json}."
        parts.append(f"## `{name}`\n\n{doc(one)}\n\n{facts}" + (f"\n\n{table(HEADS, keys)}" if keys else ""))
    return page("Answer types", intro, *(part.replace("(#", "(definition-keys.md#") for part in parts))


def _item_names() -> str:
    names = [f"[{_type_name(one)}](#{_type_name(one)})" for one in _ITEMS]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _item(model: type[BaseModel]) -> str:
    more = f"\n\nA signatory:\n\n{_keys(Signatory)}" if model is SignOff else ""
    return f"### `{_type_name(model)}`\n\n{doc(model)}\n\n{_keys(model)}{more}"


def _type_name(model: type[BaseModel]) -> str:
    return str(get_args(model.model_fields["type"].annotation)[0])


def _keys(model: type[BaseModel]) -> str:
    return table(HEADS, key_rows(model))


def key_rows(model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    """A line for each key of a model."""
    hints = get_type_hints(model, include_extras=True)
    fields = sorted(model.model_fields.items(), key=lambda named: named[0] in Story.model_fields)
    for name, field in fields:
        yield f"`{name}`", in_words(hints[name]), _default(field), _description(model, name, field)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    default = field.default
    if default is None or default == () or default == {}:
        return ""
    if isinstance(default, dict):
        return ", ".join(f"`{key}: {value}`" for key, value in default.items())
    shown = (
        default.value if isinstance(default, Enum) else str(default).lower() if isinstance(default, bool) else default
    )
    return f"`{shown}`"


def _description(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    if field.description:
        return field.description
    for base in model.__mro__:
        if base.__module__ == "qaf_forms.define.wordings":
            return "The same in other words"
        if words := _WORDS.get(f"{base.__name__}.{name}") or _WORDS.get(name):
            return words
    raise SystemExit(f"{model.__name__}.{name} has no description: give one in its Field")


def _members(union: Any) -> Iterable[type[BaseModel]]:
    inner = get_args(union)[0] if get_origin(union) is Annotated else union
    return get_args(inner)


def _module(heading: str, module: Any, start: str) -> str:
    """The part of a module's text that says how something is written."""
    text = as_markdown(module.__doc__.strip())
    return f"{heading}\n\n{text[text.index(start) :] if start else text}".replace("```text", "```yaml")


def _values_table() -> dict[str, tuple[str, str]]:
    """What an answer of each type is in Python and in JSON, from the text of `issue.values`."""
    lines = [line for line in (values.__doc__ or "").splitlines() if "  " in line and not line.startswith("=")]
    found: dict[str, tuple[str, str]] = {}
    for line in lines[1:]:
        names, python, json = (part.strip() for part in line.split("  ") if part.strip())
        found |= dict.fromkeys(names.split(", "), (python, json))
    return found


def documented_models() -> set[str]:
    """The names of the schema's models that stand on these pages, for the test that none is missing."""
    own = {
        one.__name__
        for one in (Form, NilReturn, Section, *_ITEMS, Signatory, GridRow, TitleRow, StemRow, Prefill, Scale, Level)
    }
    shared = {one.__name__ for union in (AnyQuestion, AnyColumn, answer_types.AnswerType) for one in _members(union)}
    return own | shared | {"RequiredWhen"}


_WORDS = {
    "id": "Names it in every output; never reuse it",
    "type": "Which kind it is",
    "help": "Printed small under the question",
    "when": "Asked only when this holds",
    "applies_to": "Agency types it is for; all when left out",
    "ask": "The question as printed",
    "title": "Printed as the heading",
    "Form.version": "Raise it when ids, types or scales change; put it in quotation marks",
    "Form.kind": "What the form is for",
    "Form.owner": "Who issues it; printed on the first page",
    "Form.language": "Language of the form",
    "Form.intro": "Printed on the first page",
    "Form.nil_return": "A page at the front for agencies that did not know the person",
    "Form.sections": "The parts of the form; they are lettered A, B, C in this order",
    "NilReturn.scale": "The scale of the first question, by name or written out",
    "NilReturn.waives_when": "The levels after which nothing else needs an answer",
    "NilReturn.items": "Questions on this page, which a nil return answers as well",
    "Section.guidance": "Printed under the heading",
    "Section.items": "Questions and other items, in order",
    "Note.text": "The prose",
    "Asked.required": "Needs an answer: always, never, or when a condition holds",
    "Question.ask": "The question as printed",
    "Column.title": "The head of the column",
    "columns": "The columns, in order",
    "rows": "The rows, in order",
    "GridRow.text": "What the row says",
    "GridRow.reference": "Statute or guidance it rests on; printed",
    "StemRow.text": "What is printed once, above the prompts",
    "StemRow.prompts": "Rows of their own, in order",
    "Table.blank_rows": "Empty rows on a copy; more may come back",
    "Group.copies": "How often the block is printed",
    "Group.items": "Questions in the block",
    "Signatory.text": "The office they hold, as printed",
    "SignOff.required": "Whether all must sign",
    "SignOff.filled_by": "The role that signs",
    "SignOff.signatories": "Who signs, in order",
    "Level.code": "Stands in data and never changes",
    "Level.label": "What is printed",
    "Level.meaning": "One line that tells two people to choose the same level",
    "Level.score": "Points, where the scale is scored",
    "Level.colour": "For heat maps; it never decides what a level means",
    "Scale.levels": "The answers to choose from, in printed order",
    "minimum": "Less is a problem",
    "maximum": "More is a problem",
    "places": "Decimal places",
    "unit": "Printed behind the answer space",
    "earliest": "An earlier day is a problem",
    "latest": "A later day is a problem",
}
