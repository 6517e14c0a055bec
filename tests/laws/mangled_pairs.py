"""Two things that happen to one file, one after the other: where marks then contradict each other, none is believed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from itertools import permutations

from tests.laws import mangled_excel as excel
from tests.laws import mangled_word as word

Way = Callable[[bytes], bytes]
Pair = tuple[str, str]

_BY_MARKS: Mapping[str, excel.Step] = {
    "no line breaks": excel.no_line_breaks,
    "sorted with the keys": partial(excel.sorted_rows, with_keys=True),
    "sorted without the keys": partial(excel.sorted_rows, with_keys=False),
    "questions sorted with the keys": partial(excel.sorted_rows, with_keys=True, questions=True),
    "questions sorted without the keys": partial(excel.sorted_rows, with_keys=False, questions=True),
    "rows of grids cut": excel.cut_rows,
    "questions cut": partial(excel.cut_rows, questions=True),
    "a column of notes": excel.a_column_of_notes,
    "columns moved": partial(excel.moved_columns, names=True),
    "columns moved, names left behind": partial(excel.moved_columns, names=False),
    "columns moved, keys left behind": partial(excel.moved_columns, names=True, keys=False),
    "columns moved, names and keys left behind": partial(excel.moved_columns, names=False, keys=False),
    "sheets copied, the first emptied": excel.copied_and_emptied,
}
"""What is done here to rows and columns that are known by their hidden marks."""
_COPIES = {"sheets copied", "sheets copied, the first emptied"}
_NO_COLUMN: Mapping[str, excel.Step] = {
    "no key column": excel.no_key_column,
    "no key column, names left behind": partial(excel.no_key_column, names=False),
}
_STEPS: Mapping[str, excel.Step] = {
    "no names": excel.no_names,
    "broken names": excel.broken_names,
    "no keys": excel.no_keys,
    "no printed codes": excel.no_printed_codes,
    "a row inserted by a library": excel.one_inserted_row,
    "rows inserted": partial(excel.inserted_rows, names=True),
    "rows inserted, names left behind": partial(excel.inserted_rows, names=False),
    "columns inserted": excel.inserted_columns,
    "all in one sheet": excel.in_one_sheet,
    "sheets renamed": excel.renamed_sheets,
    "sheets in another order": excel.reordered_sheets,
    "sheets copied": excel.copied_sheets,
    "typed as text": excel.typed_as_text,
    **_BY_MARKS,
    **_NO_COLUMN,
}
_PASTED: Mapping[str, Way] = {
    "pasted with the keys": partial(excel.pasted, with_keys=True),
    "pasted as people see it": partial(excel.pasted, with_keys=False),
}
_LAST: Mapping[str, Way] = {"Strict": excel.strict, "saved by openpyxl": excel.loaded_and_saved, **_PASTED}
EXCEL: Mapping[str, Way] = {**{name: excel.through(step) for name, step in _STEPS.items()}, **_LAST}

_MERGES: Mapping[str, word.Mangling] = {"merged down": word.merged_down, "merged across": word.merged_across}
_CHANGES: Mapping[str, word.Mangling] = {
    "no tags": word.no_tags,
    "no bookmarks": word.no_bookmarks,
    "no controls": word.no_controls,
    "every run split": word.split_runs,
    "tracked changes": word.tracked,
    "rows shuffled": word.shuffled_rows,
    "columns reversed": word.reversed_columns,
    **_MERGES,
}
WORD: Mapping[str, Way] = {
    **{name: word.without(change) for name, change in _CHANGES.items()},
    "pasted into a new document": word.pasted,
}

_MOVED_QUESTIONS = {"questions sorted with the keys", "questions sorted without the keys", "questions cut"}


def pairs_for_excel(count: int, seed: str) -> list[Pair]:
    """So many pairs, the same for each seed; none of which nobody could tell what was typed where."""
    pairs = [pair for pair in permutations(EXCEL, 2) if _makes_sense(*pair) and not _cannot_be_told({*pair})]
    return random.Random(seed).sample(pairs, count)


def _makes_sense(first: str, second: str) -> bool:
    """Whether the second still finds what it changes after the first."""
    if first in {*_LAST, "sheets renamed"} or (first, second) == ("all in one sheet", "no line breaks"):
        return False
    if first in _NO_COLUMN and second in {*_NO_COLUMN, *_PASTED, "no printed codes", "columns inserted"}:
        return False
    if second in _BY_MARKS and first in {*_NO_COLUMN, "no keys"}:
        return False
    return not {first, second} <= _COPIES


def _cannot_be_told(pair: set[str]) -> bool:
    """Whether questions were moved, and the codes that would tell those with the same words apart are gone."""
    return not _MOVED_QUESTIONS.isdisjoint(pair) and "no printed codes" in pair


def pairs_for_word(count: int, seed: str) -> list[Pair]:
    """So many pairs, the same for each seed. Of rows that are merged already nobody says where they belong."""
    pairs = [pair for pair in permutations(WORD, 2) if pair[0] not in {*_MERGES, "pasted into a new document"}]
    return random.Random(seed).sample(pairs, count)
