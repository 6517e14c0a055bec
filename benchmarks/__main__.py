"""`uv run python -m benchmarks`: every promise about speed, measured in one run. Exits with 1 if one is not kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from itertools import chain

from ruamel.yaml import YAML

from benchmarks.floors import floor, parts_read, rezip
from benchmarks.forms import definition_of, filled, form_of, reading, round_of
from benchmarks.memory import ALLOWED_GROWTH, FEW, MANY, peak_growth
from benchmarks.timing import Comparison, compare
from benchmarks.usual import usual_library, usual_reading, usual_writing
from qaf_forms import Form, Round, Toolkit
from qaf_forms.define.library import Library
from qaf_forms.define.loading import load_definition

READING_LIMITS = {"word": 2.5, "excel": 3.0}
USUAL_LIMITS = {"word": 1.0, "excel": 0.1}
QUESTIONS = 100
CELLS = 10_000
COPIES = 1_000
SHIPPED = "exception_report"
"""A form of usual length: what issuing costs beyond packing grows with the recipients, not with the form."""


def main() -> int:
    """Measure everything and print a line each."""
    toolkit = Toolkit()
    kept = True
    measured = (_defining(toolkit), _issuing(toolkit), _reading(toolkit), _real(toolkit), _growing(toolkit))
    for comparison in chain.from_iterable(measured):
        print(comparison.line(), flush=True)
        kept &= comparison.holds
    for name, growth in _memory(toolkit):
        verdict = "ok" if growth <= ALLOWED_GROWTH else "OVER"
        print(f"{verdict:<5}{name:<68}{growth:7.2f}  (limit {ALLOWED_GROWTH:g})")
        kept &= growth <= ALLOWED_GROWTH
    return 0 if kept else 1


def _defining(toolkit: Toolkit) -> Iterator[Comparison]:
    """Loading and checking, with every fault looked for, beside the YAML reader that it stands on."""
    text = definition_of(QUESTIONS)
    scales = Library().scales()
    assert load_definition(text, scales).advised == ()
    name = f"load and check a definition of {QUESTIONS} questions"

    def load() -> object:
        return load_definition(text, scales).advised

    yield compare(f"{name} : parsing its YAML", load, lambda: list(YAML(typ="safe", pure=True).parse(text)), 5.0)
    yield compare(f"{name} : ruamel.yaml loading it", load, lambda: YAML(typ="safe", pure=True).load(text), 5.0)


def _issuing(toolkit: Toolkit) -> Iterator[Comparison]:
    form, shipped = form_of(QUESTIONS), toolkit.form(SHIPPED)
    for format_, library in {"word": "python-docx", "excel": "openpyxl"}.items():
        # a form that was never seen before is laid out first
        first = partial(_first_blank, toolkit, form, format_)
        usual = usual_writing(first(), format_)
        yield compare(f"first blank of {QUESTIONS} questions, {format_} : {library} writing it", first, usual, 1.5)
        issue = partial(_issue, toolkit, round_of(SHIPPED, format_, COPIES))
        least = rezip(toolkit.render(shipped, format_), COPIES)
        yield compare(f"issue {COPIES:,} copies, {format_} : re-zipping as many", issue, least, 2.0, rounds=2)


def _first_blank(toolkit: Toolkit, form: Form, format_: str) -> bytes:
    return toolkit.render(form.model_copy(), format_)


def _issue(toolkit: Toolkit, round_: Round) -> int:
    return sum(len(content) for _, content in toolkit.issue(round_))


def _reading(toolkit: Toolkit) -> Iterator[Comparison]:
    form = form_of(QUESTIONS)
    for format_, limit in READING_LIMITS.items():
        data = filled(toolkit, form, format_)
        read = reading(toolkit, form, data)
        name = f"read {QUESTIONS} questions, {format_}"
        walks = format_ == "word"
        least = floor(data, parts_read(read), walks=walks)
        yield compare(f"{name} : unzip, parse{', walk' if walks else ''}", read, least, limit, rounds=200)
        usual = USUAL_LIMITS[format_]
        if format_ == "excel":
            yield compare(f"{name} : openpyxl loading it", read, usual_library(data, format_), usual)
            continue
        # merely opening a file with python-docx walks nothing: it is below the floor, and gives no answer
        yield compare(f"{name} : python-docx opening it", read, usual_library(data, format_), None)
        yield compare(f"{name} : python-docx opening it and taking its cells", read, usual_reading(data), usual)


def _real(toolkit: Toolkit) -> Iterator[Comparison]:
    """A return of the example round, which LibreOffice saved: 237 answers in nine sections."""
    data = (toolkit.example("neglect_audit_round") / "returns" / "social care N-07.xlsx").read_bytes()
    read = partial(toolkit.read, data)
    read()
    name = "read a case audit saved by LibreOffice"
    yield compare(f"{name} : unzip, parse", read, floor(data, parts_read(read), walks=False), None, rounds=50)
    yield compare(f"{name} : openpyxl loading it", read, usual_library(data, "excel"), None)


def _growing(toolkit: Toolkit) -> Iterator[Comparison]:
    """Ten times as many answers, and in a workbook a hundred times, take no more than so many times as long."""
    small = form_of(QUESTIONS)
    sizes = {"word": (10,), "excel": (10, CELLS // QUESTIONS)}
    for format_, factors in sizes.items():
        few = reading(toolkit, small, filled(toolkit, small, format_))
        for factor in factors:
            large = form_of(QUESTIONS * factor)
            many = reading(toolkit, large, filled(toolkit, large, format_))
            name = f"read {QUESTIONS * factor:,} answers, {format_} : {QUESTIONS} answers"
            yield compare(name, many, few, factor * 1.2, rounds=15 if factor <= 10 else 4)


def _memory(toolkit: Toolkit) -> Iterator[tuple[str, float]]:
    form = form_of(QUESTIONS)
    for format_ in READING_LIMITS:
        data = filled(toolkit, form, format_)
        name = f"peak memory of reading {MANY} returns, {format_} : {FEW} returns"
        yield name, peak_growth(reading(toolkit, form, data))


if __name__ == "__main__":
    sys.exit(main())
