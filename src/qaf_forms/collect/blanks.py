"""Blank copies of a form as their readers see them: what each format prints, and how often, is learned from one.

No list of what is printed could say that as surely. Renderers differ in how often they repeat a title or the meaning of
a level, and each may change.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from qaf_forms.define.answer_types import Control
from qaf_forms.define.condition import Value
from qaf_forms.define.questions import EVERY_ROLE
from qaf_forms.issue.fields import Field
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.look import STANDARD_LOOK, Look
from qaf_forms.issue.stamp import HIDE, LOCK, Stamp
from qaf_forms.plugin.interfaces import Contents, Copy, Limits, Reader, Renderer

_log = logging.getLogger(__name__)
_FACT = "qafblank"
_OF_TYPE: Mapping[str, Value] = {
    "integer": 1,
    "email": "a@example.org",
    "fraction": "1/1",
    "month": "2000-01",
    "names": ("x",),
    "phone": "01632 960000",
}


class BlankCopies:
    """Makes blank copies with the renderers of a toolkit, and reads them with its readers."""

    def __init__(self, readers: Mapping[str, Reader], renderers: Mapping[str, Renderer], limits: Limits) -> None:
        self._readers = readers
        self._renderers = renderers
        self._limits = limits

    def contents(
        self, layout: Layout, format_: str, role: str, look: Look = STANDARD_LOOK, *, further_rows: bool = False
    ) -> Contents | None:
        """What stands in a blank copy for a role, its stamp `blank_stamp`; None where no renderer makes one.

        With `further_rows` every table has more rows than the form prints: some formats print words in each row.
        """
        reader, renderer = self._readers.get(format_), self._renderers.get(format_)
        if reader is None or renderer is None:
            return None
        answers = dict(_further_rows(layout)) if further_rows else {}
        copy = Copy(blank_stamp(layout, role), answers, None if role == EVERY_ROLE else role, look=look)
        try:
            data = next(iter(renderer.render(layout, [copy])))
            return reader.read(io.BytesIO(data), self._limits)
        except Exception as error:  # what cannot be issued any more can still be read
            _log.debug("no blank copy of %s as %s: %s", layout.form.id, format_, type(error).__name__)
            return None


def blank_stamp(layout: Layout, role: str) -> Stamp:
    """A stamp whose every fact is a mark that no form prints."""
    return Stamp(
        layout.form.id,
        layout.form.version,
        layout.fingerprint,
        round=f"{_FACT}roundmark",
        recipient=f"{_FACT}recipientmark",
        variant=layout.variant or "",
        role=role,
        others=HIDE if layout.only_for else LOCK,
        cover={name: f"{_FACT}cover{name.replace('_', '')}mark" for name in layout.words.cover},
    )


def _further_rows(layout: Layout) -> Iterable[tuple[str, Value]]:
    """Answers in two rows after the printed ones of every table: one would not show what stands between them."""
    for table in layout.tables.values():
        for number in (len(table.rows) + 1, len(table.rows) + 2):
            fields = (layout.table_field(table.key, number, column.id) for column in table.columns)
            yield from ((field.key, value) for field in fields if field and (value := _any_value(field)) is not None)


def _any_value(field: Field) -> Value | None:
    """Something that the space of a field can hold."""
    if field.control in (Control.ONE_OF, Control.SEVERAL_OF):
        code = field.scale.levels[0].code if field.scale else None
        return (code,) if code and field.control is Control.SEVERAL_OF else code
    if field.control is Control.DATE:
        return date(2000, 1, 1)
    if field.control is Control.NUMBER:
        return _OF_TYPE.get(field.type, Decimal(1))
    return _OF_TYPE.get(field.type, "x")
