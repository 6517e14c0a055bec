"""Tells what somebody wrote beside the answer spaces from what the form prints there.

A blank copy shows what is printed, how often, and what stands beside it. Each piece of it may stand in a return as
often as in the blank copy. What comes on top was written by somebody, also where it is in the form's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qaf_forms.collect.blanks import blank_stamp
from qaf_forms.collect.matching import Matcher
from qaf_forms.collect.pieces import Folding, Key, Stretch, lines_of, text_in
from qaf_forms.collect.stamped import Stamped
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.printed import placeholders_in, words_of_answers
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import SHEET_NAME, Contents, Extra

_LEAST_OF_A_NAME = 8
_Pair = tuple[Key, Key | None]
"""A piece and the one behind it."""
_Place = tuple[int, int]
"""The number of a stretch, and of a piece in it."""


@dataclass(slots=True)
class _Printed:
    """How often each piece is printed, and the lines of each."""

    counts: Counter[Key] = field(default_factory=Counter)
    lines: dict[Key, list[str]] = field(default_factory=dict)

    def add(self, key: Key, texts: Iterable[str]) -> None:
        self.counts[key] += 1
        self.lines[key] = lines_of(texts)

    def copy(self) -> _Printed:
        return _Printed(self.counts.copy(), self.lines.copy())


Blank = tuple[Contents, set[int]]
"""A blank copy, and its answer spaces."""


class Leftovers:
    """Knows the blank copies of one form, format and role; `further` makes one whose tables have more rows."""

    def __init__(self, layout: Layout, role: str, blank: Blank, further: Callable[[], Blank]) -> None:
        self._marks = placeholders_in(layout)
        self._fold = Folding(self._marks)
        self._stamped = Stamped(blank_stamp(layout, role))
        self._printed = _Printed()
        self._with_stamp: list[list[str]] = []
        self._pairs: Counter[_Pair] = Counter()
        self._answers = words_of_answers(layout)
        self._rows: dict[str, list[Counter[str]]] = {}
        margins = [line for one in blank[0].loose if one.kind != "paragraph" for line in one.text.split("\n")]
        self._margins = [line for line in margins if self._stamped.is_in([line])]
        self._in_every_margin = {"", *map(self._fold, margins)}
        self._sheets = [self._fold(one.text) for one in blank[0].loose if one.kind == SHEET_NAME]
        for stretch in self._fold.stretches(*blank):
            self._learn(stretch)
        self._further = further
        self._further_pairs: frozenset[_Pair] | None = None
        self._alone = self._answers & self._printed.counts.keys()

    def _learn(self, stretch: Stretch) -> None:
        self._pairs.update(_pairs(stretch.keys))
        for key, pieces in zip(stretch.keys, stretch.pieces, strict=True):
            texts = [text_in(one) for one in pieces]
            if self._stamped.is_in(texts):
                self._with_stamp.append(texts)
            else:
                self._printed.add(key, texts)
                if isinstance(key, tuple):
                    lines = Counter(self._printed.lines[key])
                    for line in lines:
                        self._rows.setdefault(line, []).append(lines)

    def of(self, contents: Contents, claimed: set[int], stamp: Stamp | None) -> Iterator[Extra]:
        """What was written in a file beside the spaces that are claimed."""
        stretches = self._fold.stretches(contents, claimed)
        of_stamp = self._of_stamp(stamp, stretches)
        left = self._printed.counts.copy()
        left.update(key for key, _ in of_stamp)
        doubtful: list[_Place] = []
        for number, (keys, _) in enumerate(stretches):
            for place, key in enumerate(keys):
                count = left.get(key, 0)
                if count:
                    left[key] = count - 1
                else:
                    doubtful.append((number, place))
        strays = Counter(self._out_of_place(stretches)) if self._alone else Counter()
        if doubtful or strays:
            printed = self._printed.copy()
            for key, texts in of_stamp:
                printed.add(key, texts)
            found = sorted(self._too_many(doubtful, strays, stretches, printed.counts))
            unused = (printed.lines[key] for key in left.elements())
            matcher = Matcher(unused, self._rows, self._answers, self._marks)
            yield from matcher.written(
                [(stretches[number].keys[place], stretches[number].pieces[place]) for number, place in found]
            )
        yield from self._in_margins(contents, stamp)

    def _of_stamp(self, stamp: Stamp | None, stretches: Sequence[Stretch]) -> list[tuple[Key, Sequence[str]]]:
        """What a copy with this stamp prints of it, each piece with its texts."""
        found: list[tuple[Key, Sequence[str]]] = []
        facts = self._stamped.of(stamp, self._line_in(stretches, stamp))
        for texts in self._with_stamp:
            filled = facts.put_into(texts)
            words = [word for text in filled if (word := self._fold(text))]
            if words:
                found.append((words[0] if len(words) == 1 else tuple(words), filled))
        return found

    def _line_in(self, stretches: Sequence[Stretch], stamp: Stamp | None) -> str:
        """The stamp's line as this file spells it."""
        spellings = list(stamp.spellings) if stamp else []
        if len(spellings) > 1:
            keys = {key for stretch in stretches for key in stretch.keys}
            spellings.sort(key=lambda line: self._fold(line) not in keys)
        return spellings[0] if spellings else ""

    def _out_of_place(self, stretches: Sequence[Stretch]) -> Iterator[Key]:
        """Pieces that could be an answer, and have nothing beside them that the form prints there."""
        for keys, _ in stretches:
            for place, key in enumerate(keys):
                if key in self._alone and not self._fit(keys, place):
                    yield key

    def _fit(self, keys: Sequence[Key], place: int) -> int:
        """On how many sides of a piece stands what stands there in a blank copy."""
        after = keys[place + 1] if place + 1 < len(keys) else None
        is_behind = place > 0 and (keys[place - 1], keys[place]) in self._pairs
        return is_behind + ((keys[place], after) in self._pairs)

    def _too_many(
        self, doubtful: Sequence[_Place], strays: Counter[Key], stretches: Sequence[Stretch], printed: Counter[Key]
    ) -> Iterator[_Place]:
        """Of the pieces that are doubtful those that are changed, and of several alike those that are out of place.

        `strays` are certainly out of place. A row of several cells, and pieces that follow each other as they are
        printed, are a part of the form that was pasted again.
        """
        alike: Counter[Key] = Counter()
        pasted: Counter[_Pair] = Counter()
        if any(stretches[number].keys[place] in printed for number, place in doubtful):
            pasted.update(pair for stretch in stretches for pair in _pairs(stretch.keys))
            pasted -= self._pairs
        known = self._known_pairs() & pasted.keys() if pasted else frozenset()
        for run in _runs(doubtful, stretches, known):
            number, place = run[0]
            key = stretches[number].keys[place]
            if key not in printed:
                yield from run
            elif len(run) == 1 and isinstance(key, str):
                alike[key] += 1
        alike |= strays
        places: dict[Key, list[_Place]] = {key: [] for key in alike}
        for number, (keys, _) in enumerate(stretches if alike else ()):
            for place, key in enumerate(keys):
                if key in alike:
                    places[key].append((number, place))
        for key, count in alike.items():
            found = sorted(places[key], reverse=True)
            yield from sorted(found, key=lambda one: self._fit(stretches[one[0]].keys, one[1]))[:count]

    def _known_pairs(self) -> frozenset[_Pair]:
        """What follows what in a blank copy, and in tables with further rows."""
        if self._further_pairs is None:
            found = (_pairs(stretch.keys) for stretch in self._fold.stretches(*self._further()))
            self._further_pairs = frozenset(pair for pairs in found for pair in pairs) | self._pairs.keys()
        return self._further_pairs

    def _in_margins(self, contents: Contents, stamp: Stamp | None) -> Iterator[Extra]:
        """What was written into headers and footers, which programs repeat as they like, and as names of sheets."""
        margins = [one for one in contents.loose if one.kind != "paragraph"]
        if not margins:
            return
        spellings = stamp.spellings if stamp else ("",)
        known = {self._fold(one) for line in spellings for one in self._stamped.of(stamp, line).put_into(self._margins)}
        for one in margins:
            lines = one.text.split("\n")
            left = [
                line for line in lines if (word := self._fold(line)) not in self._in_every_margin and word not in known
            ]
            if left and not (one.kind == SHEET_NAME and self._is_cut(one.text)):
                yield replace(one, text="\n".join(left))

    def _is_cut(self, name: str) -> bool:
        """Whether the name of a sheet is a part of a printed one, which programs cut to make room."""
        words = self._fold(name)
        return len(words) >= _LEAST_OF_A_NAME and any(words in printed for printed in self._sheets)


def _pairs(keys: Sequence[Key]) -> Iterator[_Pair]:
    """Every piece with the one behind it."""
    return zip(keys, [*keys[1:], None], strict=False)


def _runs(places: Iterable[_Place], stretches: Sequence[Stretch], pasted: frozenset[_Pair]) -> Iterator[list[_Place]]:
    """The places in runs of those that follow each other as they are printed."""
    run: list[_Place] = []
    for number, place in places:
        keys = stretches[number].keys
        if run and run[-1] == (number, place - 1) and (keys[place - 1], keys[place]) in pasted:
            run.append((number, place))
            continue
        if run:
            yield run
        run = [(number, place)]
    if run:
        yield run
