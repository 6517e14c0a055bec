"""`uv run python -m benchmarks`: every promise about speed, measured in one run. Exits with 1 if one is not kept."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial

from ruamel.yaml import YAML

from benchmarks.floors import floor, usual_library, usual_reading
from benchmarks.forms import definition_of, filled, form_of
from benchmarks.memory import ALLOWED_GROWTH, FEW, MANY, peak_growth
from benchmarks.timing import Comparison, compare
from qaf_forms import Toolkit
from qaf_forms.define.library import Library
from qaf_forms.define.loading import load_definition

READING_LIMITS = {"word": 4.0, "excel": 6.0}
QUESTIONS = 100


def main() -> int:
    """Measure everything and print a line each."""
    toolkit = Toolkit()
    kept = True
    for comparison in (*_defining(toolkit), *_reading(toolkit), *_growing(toolkit)):
        print(comparison.line())
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


def _reading(toolkit: Toolkit) -> Iterator[Comparison]:
    form = form_of(QUESTIONS)
    for format_, limit in READING_LIMITS.items():
        data = filled(toolkit, form, format_)
        read = partial(toolkit.read, data, form)
        name = f"read {QUESTIONS} questions, {format_}"
        yield compare(f"{name} : unzip, parse, walk", read, floor(data, format_), limit)
        if format_ == "excel":
            yield compare(f"{name} : openpyxl loading it", read, usual_library(data, format_), 1.0)
            continue
        # merely opening a file with python-docx walks nothing: it is below the floor, and gives no answer
        yield compare(f"{name} : python-docx opening it", read, usual_library(data, format_), None)
        yield compare(f"{name} : python-docx opening it and taking its cells", read, usual_reading(data), 1.0)


def _growing(toolkit: Toolkit) -> Iterator[Comparison]:
    small, large = form_of(QUESTIONS), form_of(QUESTIONS * 10)
    for format_ in READING_LIMITS:
        few, many = filled(toolkit, small, format_), filled(toolkit, large, format_)
        yield compare(
            f"read {QUESTIONS * 10} questions, {format_} : {QUESTIONS} questions",
            partial(toolkit.read, many, large),
            partial(toolkit.read, few, small),
            12.0,
        )


def _memory(toolkit: Toolkit) -> Iterator[tuple[str, float]]:
    form = form_of(QUESTIONS)
    for format_ in READING_LIMITS:
        data = filled(toolkit, form, format_)
        name = f"peak memory of reading {MANY} returns, {format_} : {FEW} returns"
        yield name, peak_growth(partial(toolkit.read, data, form))


if __name__ == "__main__":
    sys.exit(main())
