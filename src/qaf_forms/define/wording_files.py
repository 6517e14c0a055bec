"""Reading a wording: YAML in, the form in other words or every fault of the file out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.loading import in_order
from qaf_forms.define.rewording import reworded
from qaf_forms.define.suggesting import listed
from qaf_forms.define.validating import validated
from qaf_forms.define.wording_texts import untold
from qaf_forms.define.wordings import WordingFile
from qaf_forms.define.words import has_words_in, known_languages
from qaf_forms.define.yaml_source import Source, read_file
from qaf_forms.problems import Code, Problem

_WORDING = TypeAdapter(WordingFile)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class LoadedWording:
    """What came of a wording. `form` is there unless a problem is an error rather than a warning."""

    form: Form | None
    problems: tuple[Problem, ...]


def load_wording(path: Path, form: Form, base: Form | None = None, base_wording: Path | None = None) -> LoadedWording:
    """The form in the words of a file, with every fault of the file at once.

    `base` is the form that it extends, if that has a wording of the same name in `base_wording`: its words are used
    for what the form took over as it is.
    """
    source = read_file(path)
    if source.root is None:
        return LoadedWording(None, source.problems)
    outcome = validated(source, _WORDING, WordingFile)
    problems = [*source.problems, *outcome.problems]
    written: WordingFile | None = outcome.value
    made: Form | None = None
    if written is not None:
        findings = Findings(source, outcome.doubtful)
        started = in_words_of_base(form, base, base_wording) if base and base_wording else form
        made = reworded(started, written, findings)
        problems += [*findings.problems, *_left_over(form, made, written, source)]
    sound = not any(not problem.is_warning for problem in problems)
    return LoadedWording(made if sound else None, in_order(problems))


def in_words_of_base(form: Form, base: Form, path: Path) -> Form:
    """The form with what it took over from `base` in the words of that form's wording; as it is, if that is faulty."""
    source = read_file(path)
    outcome = validated(source, _WORDING, WordingFile) if source.root else None
    if outcome is None or outcome.value is None or outcome.problems:
        return form
    return reworded(form, outcome.value, Findings(source), only_as_in=base)


def _left_over(form: Form, made: Form, written: WordingFile, source: Source) -> Iterator[Problem]:
    """What of a translation is still in the language of the form. Other wordings change what they like."""
    if _primary(made.language) == _primary(form.language):
        return
    words = written.words.model_dump(exclude_none=True) if written.words else {}
    left = untold(form, made, frozenset(_texts_in(words)))
    if left:
        place = source.place(*source.mark(("words",), at_key=True))
        shown = listed(".".join(way) for way in left[:_SHOWN])
        yield Code.NOT_YET_IN_WORDS.problem(place=place, value=shown, count=len(left))
    if not has_words_in(made.language) and written.house is None:
        place = source.place(*source.mark(("language",)))
        yield Code.NO_PRINTED_WORDS.problem(place=place, value=made.language, known=listed(known_languages()))


def _primary(language: str) -> str:
    return language.partition("-")[0]


def _texts_in(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict):
        for inner in words.values():
            yield from _texts_in(inner)
