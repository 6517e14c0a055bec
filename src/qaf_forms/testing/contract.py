"""The contract every format keeps: what is rendered and filled comes back equal, and nothing is lost or invented."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import sampled_from

from qaf_forms.collect.blanks import BlankCopies
from qaf_forms.collect.located import Located
from qaf_forms.collect.locating import Locator
from qaf_forms.collect.raw_values import text_of
from qaf_forms.collect.returns import Status
from qaf_forms.define.condition import Value
from qaf_forms.define.form import Form
from qaf_forms.define.scale import fold
from qaf_forms.issue.answers import flatten, nest
from qaf_forms.issue.calculating import with_calculated, without_calculated
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Cell, Contents, Copy, Extra, Limits
from qaf_forms.testing.generated_answers import filled_forms
from qaf_forms.testing.generated_forms import SCALES, forms
from qaf_forms.toolkit import Toolkit

_SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors], deadline=None)

EVERYTHING: dict[str, Any] = {
    "id": "everything",
    "version": "1",
    "title": "One of everything",
    "kind": "case_audit",
    "owner": "Anytown Safeguarding Partnership",
    "scales": SCALES,
    "sections": [
        {
            "id": "questions",
            "title": "Questions",
            "items": [
                {"type": "note", "text": "Answer what you can."},
                {"type": "text", "id": "case_ref", "ask": "Audit case reference", "required": True},
                {"type": "paragraph", "id": "life", "ask": "What is life like for this child?"},
                {"type": "integer", "id": "visits", "ask": "Visits in the period", "minimum": 0, "unit": "visits"},
                {"type": "decimal", "id": "hours", "ask": "Hours of direct work"},
                {"type": "date", "id": "seen_on", "ask": "Date last seen"},
                {"type": "yes_no", "id": "alone", "ask": "Seen alone?"},
                {"type": "choice", "id": "overall", "ask": "Overall level", "scale": "met"},
                {"type": "choices", "id": "involved", "ask": "Who was involved?", "scale": "agencies"},
                {"type": "email", "id": "reply_to", "ask": "Reply to"},
            ],
        },
        {
            "id": "blocks",
            "title": "Blocks",
            "items": [
                {
                    "type": "grid",
                    "id": "core",
                    "ask": "Standards",
                    "columns": [
                        {"id": "answer", "title": "Level", "type": "choice", "scale": "met", "required": True},
                        {"id": "evidence", "title": "How do you know?", "type": "paragraph"},
                    ],
                    "rows": [
                        {"title": "In practice", "help": "Look at the last three visits."},
                        {"id": "seen", "text": "Children are seen"},
                        {"id": "heard", "text": "Children are heard"},
                        {"text": "What they say changes", "prompts": [{"id": "plans", "text": "their plans"}]},
                    ],
                },
                {
                    "type": "table",
                    "id": "actions",
                    "ask": "Actions",
                    "blank_rows": 2,
                    "columns": [
                        {"id": "action", "title": "What will change", "type": "text"},
                        {"id": "due", "title": "By when", "type": "date"},
                    ],
                },
            ],
        },
    ],
}
"""A form small enough to read, with one of every kind of item."""


_RESULTS: dict[str, Any] = {
    "id": "worked_out",
    "title": "Worked out",
    "items": [
        {
            "type": "calculated",
            "id": "points",
            "ask": "Points",
            "calculate": "percent_of_possible",
            "of": ["core.answer"],
        },
        {
            "type": "calculated",
            "id": "level",
            "ask": "Level of all",
            "calculate": "band",
            "of": ["points"],
            "scale": "met",
            "bands": {"not_met": 0, "partly": 50, "met": 80},
        },
        {
            "type": "grid",
            "id": "results",
            "columns": [
                {"id": "total", "title": "Hours", "type": "calculated", "calculate": "sum", "of": ["hours", "visits"]}
            ],
            "rows": [{"id": "all", "text": "All hours"}],
        },
    ],
}


class FormatContract:
    """Subclass it in your tests, named `Test...`, with `format` set to the name of your renderer and reader."""

    format: ClassVar[str]

    @given(filled=filled_forms())
    @_SLOW
    def test_what_was_rendered_is_what_is_read(self, filled: tuple[Form, dict[str, Value]]) -> None:
        """Law 1, over generated forms and answers, those among them that are worked out."""
        form, values = filled
        returned = self._read_back(form, values)
        assert returned.values == values
        assert not [problem for problem in returned.problems if problem.code in ONLY_IF_MISREAD]

    def test_one_of_everything_comes_back(self) -> None:
        """Law 1, where it can be read."""
        form = _everything()
        values: dict[str, Value] = {
            "case_ref": "N-07",
            "life": "Warm.\nFed.\n\nLoved = yes",
            "visits": 0,
            "hours": Decimal("2.5"),
            "seen_on": date(2025, 3, 12),
            "alone": "no",
            "overall": "na",
            "involved": ("police", "school"),
            "reply_to": "a.person@example.org",
            "core.seen.answer": "partly",
            "core.seen.evidence": "=1+1",
            "core.heard.answer": "met",
            "core.plans.answer": "partly",
            "actions[1].action": "Visit weekly",
            "actions[2].due": date(2025, 6, 1),
            "actions[3].action": "A third row",
        }
        assert self._read_back(form, values).values == values

    def test_what_is_worked_out_comes_back_whatever_was_stored(self) -> None:
        """A form's own results are read like answers, and nobody is told of them."""
        form = Form.model_validate({**EVERYTHING, "sections": [*EVERYTHING["sections"], _RESULTS]})
        values: dict[str, Value] = {"core.seen.answer": "partly", "core.heard.answer": "na", "hours": Decimal("7.5")}
        results = {"points": Decimal("66.7"), "level": "partly", "results.all.total": Decimal("7.5")}
        returned = toolkit().read(self._render(form, {**values, "points": Decimal(12)}), form)
        assert returned.values == values | results
        assert {problem.code for problem in returned.problems} == {"R101"}

    def test_the_longest_text_a_cell_takes_comes_back(self) -> None:
        """32,767 characters: nothing is cut."""
        text = ("safeguarding " * 3000)[:32_766] + "."
        assert self._read_back(_everything(), {"life": text}).values == {"life": text}

    def test_a_blank_form_says_nothing(self) -> None:
        """Law 2: what the form prints is neither an answer nor an extra."""
        returned = self._read_back(_everything(), {})
        assert returned.status is Status.BLANK
        assert not returned.answers
        assert not returned.extras
        assert {problem.code for problem in returned.problems} == {"R101"}

    @given(form=forms())
    @_SLOW
    def test_a_fresh_copy_holds_what_the_form_gives_and_is_blank(self, form: Form) -> None:
        """What nobody but the form has said comes back, and is nobody's answer."""
        layout = Layout(form)
        returned = toolkit().read(toolkit().render(form, self.format), form)
        assert returned.values == with_calculated(layout, {**layout.defaults, **layout.given})
        assert returned.status is Status.BLANK
        assert returned.extras == ()
        assert not {problem.code for problem in returned.problems} - {"R101"}

    @given(filled=filled_forms())
    @_SLOW
    def test_a_filled_form_has_no_extras(self, filled: tuple[Form, dict[str, Value]]) -> None:
        """Law 2, over generated forms and answers: every text in the file is accounted for."""
        form, values = filled
        assert self._read_back(form, values).extras == ()

    @given(filled=filled_forms())
    @_SLOW
    def test_rendering_twice_gives_the_same_bytes(self, filled: tuple[Form, dict[str, Value]]) -> None:
        """The same form, answers and stamp are the same file."""
        form, values = filled
        assert self._render(form, values) == self._render(form, values)

    @given(filled=filled_forms(), data=st.data())
    @_SLOW
    def test_printed_words_typed_again_are_not_lost(
        self, filled: tuple[Form, dict[str, Value]], data: st.DataObject
    ) -> None:
        """Law 2: the form's own words are an extra where somebody typed them, whatever they are and wherever it is."""
        form, values = filled
        layout = Layout(form)
        reader = toolkit()._registry.readers[self.format]
        contents = reader.read(io.BytesIO(self._render(form, values)), Limits())
        stamp = Stamp.from_properties(contents.properties)
        locator = Locator(layout, BlankCopies(toolkit()._registry.readers, toolkit()._registry.renderers, Limits()))
        before = _told(locator.locate(contents, stamp, self.format))
        texts = {line: None for text in _texts_in(contents) for line in text.split("\n") if _is_writing(line)}
        line = data.draw(st.sampled_from(sorted(texts)), label="what is typed again")
        data.draw(st.sampled_from(_places_in(contents)), label="where")(line)
        assert line in _told(locator.locate(contents, stamp, self.format)) - before

    @given(filled=filled_forms())
    @_SLOW
    def test_it_prints_nothing_but_what_the_core_knows(self, filled: tuple[Form, dict[str, Value]]) -> None:
        """Where only a reader is installed, the lines that the core knows are all that tell print from writing."""
        form, values = filled
        reader = toolkit()._registry.readers[self.format]
        contents = reader.read(io.BytesIO(self._render(form, values)), Limits())
        stamp = Stamp.from_properties(contents.properties)
        assert Locator(Layout(form)).locate(contents, stamp, self.format).extras == []

    def test_every_problem_names_a_place_in_the_file(self) -> None:
        """Section, question and where it stands, for each answer that is missing."""
        layout = Layout(_everything())
        for problem in self._read_back(layout.form, {}).problems:
            field = layout.field(problem.key)
            assert field is not None
            assert f"section {field.section}, question {field.code}" in problem.place
            assert problem.place.count(",") >= 2, "the place in the file is missing"

    def test_the_stamp_comes_back(self) -> None:
        """Form, version, round and recipient are read from the file, never from its name."""
        form = _everything()
        stamp = Stamp(
            form.id, form.version, Layout(form).fingerprint, "r1", "police", cover={"return_by": "1 May 2025"}
        )
        data = toolkit().render(form, self.format, stamp=stamp)
        assert toolkit().read(data, form).stamp == stamp

    def test_each_copy_carries_its_own_stamp_and_answers(self) -> None:
        """A batch of copies is as good as one after the other."""
        form = _everything()
        layout = Layout(form)
        renderer = toolkit()._registry.renderer(self.format)
        copies = [
            Copy(Stamp(form.id, form.version, layout.fingerprint, "r1", name), {"case_ref": name.upper()})
            for name in ("police", "health", "school")
        ]
        together = list(renderer.render(layout, copies))
        assert together == [next(iter(renderer.render(layout, [copy]))) for copy in copies]
        returned = [toolkit().read(data, form) for data in together]
        assert [one.recipient for one in returned] == ["police", "health", "school"]
        assert [one.values["case_ref"] for one in returned] == ["POLICE", "HEALTH", "SCHOOL"]

    @given(filled=filled_forms(), role=sampled_from(["agency", "partnership"]))
    @_SLOW
    def test_a_copy_with_one_role_alone_is_whole(self, filled: tuple[Form, dict[str, Value]], role: str) -> None:
        """What others fill is left out, everything else comes back, and nothing that was left out is called lost."""
        form, values = filled
        layout = Layout(form, only_for=role)
        assume(layout.fields)
        data = toolkit().render(form, self.format, answers=nest(values), role=role, hide_others=True)
        returned = toolkit().read(data, form)
        given = without_calculated(layout.whole, values)
        assert returned.values == with_calculated(layout, _closed_up(layout, given))
        assert returned.extras == ()
        assert not {problem.code for problem in returned.problems} & ONLY_IF_MISREAD

    @pytest.mark.parametrize("cut", [0, 1, 100, -1, -100])
    def test_a_file_that_was_cut_short_is_reported(self, cut: int) -> None:
        """A damaged file is a return with a problem, never an exception."""
        data = self._render(_everything(), {"case_ref": "N-07"})
        returned = toolkit().read(data[:cut], _everything())
        assert returned.status is Status.UNREADABLE or returned.values == {"case_ref": "N-07"}

    def _render(self, form: Form, values: dict[str, Value]) -> bytes:
        return toolkit().render(form, self.format, answers=nest(values), role=None)

    def _read_back(self, form: Form, values: dict[str, Value]) -> Any:
        assert flatten(Layout(form), nest(values)) == values
        return toolkit().read(self._render(form, values), form, name=f"return.{self.format}")


ONLY_IF_MISREAD = frozenset(
    {
        *("F010", "F012", "F013", "F014", "F015"),
        *(
            f"R{number}"
            for number in (*range(102, 111), *range(114, 121), *range(123, 126), *range(130, 134), 146, 147)
        ),
    }
)
"""The codes of problems that a valid answer never has, however it was written and wherever it stands."""


def _is_writing(line: str) -> bool:
    """Whether a line says something, and is no placeholder: those come away from their spaces."""
    return bool(fold(line)) and not line.strip().startswith("[")


def _texts_in(contents: Contents) -> Iterator[str]:
    for table in contents.tables:
        yield from (cell.value for row in table.rows for cell in row if isinstance(cell.value, str))
    yield from (one.text for one in contents.loose if one.kind == "paragraph")


def _places_in(contents: Contents) -> list[_Place]:
    """Where something can be typed: in cells of their own beside or below a row, under printed words, between lines."""
    places: list[_Place] = []
    for table in contents.tables:
        for number, row in enumerate(table.rows):
            places += [_Place("cell", row), _Place("row", table.rows, number)]
            places += [_Place("words", cell) for cell in row if not cell.anchors and isinstance(cell.value, str)]
    if any(one.kind == "paragraph" for one in contents.loose):
        places += [_Place("paragraph", contents.loose, number) for number in range(len(contents.loose) + 1)]
    return places


class _Place:
    """One place in a file. Calling it types a text there."""

    def __init__(self, kind: str, target: Any, number: int = 0) -> None:
        self.kind, self.target, self.number = kind, target, number

    def __repr__(self) -> str:
        return f"{self.kind} {self.number} of {self.target}"

    def __call__(self, text: str) -> None:
        if self.kind == "cell":
            self.target.append(Cell(40, text, "typed"))
        elif self.kind == "row":
            self.target.insert(self.number + 1, [Cell(40, text, "typed")])
        elif self.kind == "words":
            self.target.value = f"{self.target.value}\n{text}"
        else:
            self.target.insert(self.number, Extra("paragraph", "typed", text))


def _told(located: Located) -> Counter[str]:
    """Every line that somebody is told of, and how often."""
    texts = [text_of(raw.value) for raw in located.answers.values()]
    texts += [problem.value for problem in located.problems] + [extra.text for extra in located.extras]
    return Counter(line.strip() for text in texts for line in text.split("\n"))


def _closed_up(layout: Layout, values: dict[str, Value]) -> dict[str, Value]:
    """The answers that a copy has spaces for, the rows of tables numbered without gaps: an empty row is no row."""
    numbers: dict[str, dict[str, str]] = {}
    closed = {}
    for key, value in values.items():
        table, _, rest = key.rpartition("[")
        row, _, column = rest.partition("].")
        if layout.field(key) is not None and table in layout.tables:
            rows = numbers.setdefault(table, {})
            closed[f"{table}[{rows.setdefault(row, str(len(rows) + 1))}].{column}"] = value
        elif layout.field(key) is not None:
            closed[key] = value
    return closed


@cache
def toolkit() -> Toolkit:
    """One toolkit for all tests of a process."""
    return Toolkit()


@cache
def _everything() -> Form:
    return Form.model_validate(EVERYTHING)
