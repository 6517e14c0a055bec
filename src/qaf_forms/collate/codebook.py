"""The codebook: what every key in the exported data means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qaf_forms.collate.answers import pattern, question_code
from qaf_forms.define.changes import notes_by_key
from qaf_forms.define.companions import owner_of
from qaf_forms.define.scale import Level
from qaf_forms.define.story import Story, stories
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.values import show


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """One question. `required` is in words; `levels` are those of its scale, in printed order."""

    key: str
    code: str
    section: str
    question: str
    column: str
    type: str
    levels: tuple[Level, ...]
    required: str
    asked_if: str
    role: str
    personal: bool
    reference: str
    evidence: str
    why: str
    used_by: str
    changed: str


def codebook(layout: Layout) -> tuple[CodebookEntry, ...]:
    """Every question of a form in printed order; copies of a repeated block and own rows stand once."""
    seen: set[str] = set()
    return tuple(_entries(layout, seen))


def _entries(layout: Layout, seen: set[str]) -> Iterator[CodebookEntry]:
    titles = {section.code: f"{section.code} {section.title}" for section in layout.sections}
    told = stories(layout.form)
    changed = notes_by_key(layout.form) if layout.form.changes else {}
    for field in layout.fields:
        key = pattern(field.key)
        is_of_the_form = field.table and field.given is not None  # a row of the respondent's own stands for the column
        if key not in seen and not is_of_the_form:
            seen.add(key)
            story = told.get(key) or told.get(owner_of(key)) or told.get(key.rpartition(".")[0]) or Story()
            yield CodebookEntry(
                key=key,
                code=question_code(field),
                section=titles.get(field.section, field.section),
                question=field.label,
                column=field.column_title,
                type=field.type,
                levels=field.scale.levels if field.scale else (),
                required=_required(layout, field),
                asked_if=layout.in_words(field.when) if field.when else "",
                role=field.role_title,
                personal=field.personal,
                reference=field.reference or "",
                evidence=field.evidence or "",
                why=story.why or "",
                used_by=story.used_by or "",
                changed=changed.get(key, ""),
            )


def _required(layout: Layout, field: Field) -> str:
    """Whether somebody must answer, or what the form says itself, or how it works out the answer."""
    if field.given is not None:
        return f"given: {show(field, field.given)}"
    if field.calculation:
        return layout.calculation_line(field)
    needed = _needed(layout, field)
    if field.table and field.column in layout.tables[field.table].locked:
        return f"{needed}; given in the rows that the form comes with".removeprefix("; ")
    return needed


def _needed(layout: Layout, field: Field) -> str:
    if isinstance(field.required, bool):
        return "yes" if field.required else ""
    return f"if {layout.in_words(field.required)}"


def level_line(level: Level) -> str:
    """A level on one line: `partly = Partly (score 1): met in some cases`."""
    facts = [f"score {level.score:f}"] if level.score is not None else []
    facts += ["not applicable"] if level.is_na else []
    facts += ["non-response"] if level.is_nonresponse else []
    notes = f" ({', '.join(facts)})" if facts else ""
    return f"{level.code} = {level.label}{notes}" + (f": {level.meaning}" if level.meaning else "")
