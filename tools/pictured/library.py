"""The pictures of what the library holds: scales, and pages of some forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tools.documented.library import LibraryScale, scales, uses
from tools.documented.scales import PICTURES
from tools.pictured.printing import Picture
from tools.reference import DOCS

from qaf_forms import Toolkit
from qaf_forms.define.scale import Scale

_FORM = """\
id: a_picture
version: "1"
title: A picture
kind: record
owner: A partnership
scales:
  {name}: {scale}
sections:
  - id: part
    title: Part
    items:
      - {{id: asked, type: {type}, scale: {name}, ask: {ask}}}
"""


def scale_pictures() -> Iterator[Picture]:
    """How each scale prints in Word and in Excel, and as boxes to tick where a form uses it so."""
    folder = DOCS / "reference" / PICTURES
    for one in scales():
        kinds = uses(one)
        if "choice" in kinds:
            yield Picture(folder / f"{one.name}-word.png", _form(one, "choice"))
        if "choices" in kinds:
            yield Picture(folder / f"{one.name}-ticks.png", _form(one, "choices"))
        yield Picture(folder / f"{one.name}-excel.png", _form(one, min(kinds)), "excel", _first(one, min(kinds)))


PAGES = (
    ("neglect_case_audit", "word", "Each child"),
    ("section_11_self_assessment", "word", "B1.2"),
    ("student_voice_audit", "word", "Grown-ups and telling"),
    ("exception_report", "excel", "Steps to recovery"),
)
"""Forms of which a page is shown, and words on that page."""


def form_pictures() -> Iterator[Picture]:
    """A page of some shipped forms, so that one sees what they look like."""
    toolkit = Toolkit()
    for form, format_, words in PAGES:
        text = toolkit.definition_text(form)
        path = DOCS / "pictures" / f"{form.replace('_', '-')}.png"
        yield Picture(path, text, format_, page_with=words, resolution=52, name=form)


def _first(one: LibraryScale, type_: str) -> dict[str, Any]:
    """The first answer of the scale, so that the workbook shows where answers stand."""
    code = one.scale.levels[0].code
    return {"asked": code if type_ == "choice" else [code]}


def _form(one: LibraryScale, type_: str) -> str:
    ask = one.scale.title or one.name
    return _FORM.format(name=one.name, scale=_written(one.scale), type=type_, ask=json.dumps(ask))


def _written(scale: Scale) -> str:
    """A scale as one line of YAML: JSON is YAML. What is only read, such as aliases, does not print."""
    levels = [{"code": level.code, "label": level.label, "meaning": level.meaning} for level in scale.levels]
    kept = [{key: value for key, value in level.items() if value} for level in levels]
    return json.dumps({"title": scale.title, "levels": kept} if scale.title else {"levels": kept}, ensure_ascii=False)
