"""Answer spaces: one inline content control in a bookmark, alone in its table cell.

Text controls are rich text (no `w:text`): LibreOffice 7.4 loses the line breaks of a plain text control, and what is
typed in one while changes are tracked makes the file unreadable (docs/analysis/word.md).
"""

from __future__ import annotations

from datetime import date

from qaf_forms.plugin import Control, Field, Tick, Value
from qaf_forms_word.filling import Filling
from qaf_forms_word.wordml import escape, paragraph, run

_LONGEST_ALIAS = 64
_DATE = (
    '<w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="{language}"/>'
    '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/>'
)
_CHECKBOX = (
    '<w14:checkbox><w14:checked w14:val="{checked}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)
_BOX_FONT = (
    '<w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>'
)


def answer_space(field: Field, filling: Filling) -> str:
    """The paragraphs of an answer's cell."""
    value = filling.answers.get(field.key)
    if field.control is Control.SEVERAL_OF:
        return _boxes(field, value, filling)
    before, behind = filling.remark_ends(field.key)
    return paragraph("FormAnswer", before, filling.bookmark(field.anchor, _control(field, value, filling)), behind)


def _control(field: Field, value: Value | None, filling: Filling) -> str:
    shown = filling.shown(field)
    return _sdt(
        tag=field.anchor,
        alias=f"{field.name}: {field.label}",
        number=filling.control_id(field.anchor),
        locked=filling.is_locked(field),
        kind=("" if shown else "<w:showingPlcHdr/>") + _kind(field, value, filling.layout.language),
        content=run(shown) if shown else run(field.placeholder, "PlaceholderText"),
    )


def _kind(field: Field, value: Value | None, language: str) -> str:
    if field.control is Control.DATE:
        full = f' w:fullDate="{value.isoformat()}T00:00:00Z"' if isinstance(value, date) else ""
        return f"<w:date{full}>{_DATE.format(language=language)}</w:date>"
    if field.control is Control.ONE_OF and field.scale and field.calculation is None:
        items = "".join(
            f'<w:listItem w:displayText="{escape(level.label)}" w:value="{level.code}"/>'
            for level in field.scale.levels
        )
        prompt = f'<w:listItem w:displayText="{escape(field.placeholder)}" w:value=""/>'
        return f"<w:dropDownList>{prompt}{items}</w:dropDownList>"
    return ""


def _boxes(field: Field, value: Value | None, filling: Filling) -> str:
    """One checkbox a line, the bookmark around all of them."""
    chosen = value if isinstance(value, tuple) else ()
    start, end = filling.bookmark_ends(field.anchor)
    before, behind = filling.remark_ends(field.key)
    last = len(field.ticks) - 1
    return "".join(
        paragraph(
            "FormAnswer",
            before + start if place == 0 else "",
            _box(tick, tick.level.code in chosen, field, filling),
            run(f" {tick.level.label}"),
            end + behind if place == last else "",
        )
        for place, tick in enumerate(field.ticks)
    )


def _box(tick: Tick, ticked: bool, field: Field, filling: Filling) -> str:
    return _sdt(
        tag=tick.anchor,
        alias=f"{field.name}: {tick.level.label}",
        number=filling.control_id(tick.anchor),
        locked=filling.is_locked(field),
        kind=_CHECKBOX.format(checked=int(ticked)),
        content=f"<w:r>{_BOX_FONT}<w:t>{'☒' if ticked else '☐'}</w:t></w:r>",
    )


def _sdt(*, tag: str, alias: str, number: int, locked: bool, kind: str, content: str) -> str:
    lock = "sdtContentLocked" if locked else "sdtLocked"
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(_clipped(alias))}"/><w:tag w:val="{tag}"/><w:id w:val="{number}"/>'
        f'<w:lock w:val="{lock}"/>{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'
    )


def _clipped(alias: str) -> str:
    return alias if len(alias) <= _LONGEST_ALIAS else alias[: _LONGEST_ALIAS - 1] + "…"
