"""The shipped audit, every space filled, after its marks were taken away: each answer is found by the next route."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from qaf_forms import Form, Route, Toolkit
from qaf_forms.plugin import Control, Copy, Field, Stamp, Value
from qaf_forms_word.formats import WordRenderer

TOOLKIT = Toolkit()


@cache
def audit() -> Form:
    return TOOLKIT.form("neglect_case_audit")


@cache
def answers() -> dict[str, Value]:
    return {field.key: answer(field, number) for number, field in enumerate(TOOLKIT.layout(audit()).fields)}


def answer(field: Field, number: int) -> Value:
    levels = [level.code for level in field.scale.levels] if field.scale else []
    return {
        Control.ONE_OF: levels[number % len(levels)] if levels else "",
        Control.SEVERAL_OF: tuple(levels[:: 1 + number % 3]),
        Control.NUMBER: number % 10 if field.type == "integer" else Decimal("2.5"),
        Control.DATE: date(2025, 3, 1 + number % 28),
        Control.LINE: "a.person@example.org" if field.type == "email" else f"Said “{number}” & <more>",
        Control.LINES: f"One of {number}\n\ttwo\n\n= three",
    }[field.control]


def without_tags(xml: str) -> str:
    return re.sub(r"<w:tag [^>]*/>", "", xml)


def without_bookmarks(xml: str) -> str:
    return re.sub(r"<w:bookmark(Start|End) [^>]*/>", "", xml)


def without_controls(xml: str) -> str:
    return re.sub(r"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt(Content)?>", "", xml, flags=re.DOTALL)


def with_split_runs(xml: str) -> str:
    return re.sub(
        r"(<w:t xml:space=\"preserve\">[^<&]{2})(?=[^<&]{2})", r'\1</w:t></w:r><w:r><w:t xml:space="preserve">', xml
    )


@pytest.mark.parametrize(
    ("mangle", "route"),
    [
        (str, Route.TAG),
        (without_bookmarks, Route.TAG),
        (with_split_runs, Route.TAG),
        (without_tags, Route.BOOKMARK),
        (without_controls, Route.BOOKMARK),
        (lambda xml: without_bookmarks(without_tags(xml)), Route.CODE),
        (lambda xml: without_bookmarks(without_controls(xml)), Route.CODE),
    ],
)
def test_every_answer_is_found_by_the_surest_mark_that_is_left(mangle: Callable[[str], str], route: Route) -> None:
    layout = TOOLKIT.layout(audit())
    copy = Copy(Stamp(layout.form.id, layout.form.version, layout.fingerprint), answers(), role=None)
    found = TOOLKIT.read(mangled(next(WordRenderer().render(layout, [copy])), mangle))
    assert found.values == answers()
    assert found.extras == ()
    assert {one.route for one in found.answers.values()} == {route}


def mangled(data: bytes, mangle: Callable[[str], str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in package.namelist():
            content = package.read(name)
            changed.writestr(name, mangle(content.decode()) if name == "word/document.xml" else content)
    return file.getvalue()
