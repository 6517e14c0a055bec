"""Every problem code, with its words."""

from __future__ import annotations

import re

from tools.documented.markdown import page, table

from qaf_forms import Code

_FAMILIES = {
    "D": ("Definitions", "Faults in the file of a form, from `qaf-forms check`."),
    "F": ("Files", "What can be wrong with a returned file as a whole."),
    "T": ("Templates", "What makes a Word template of your own unusable, from `qaf-forms check`."),
    "G": ("Rounds", "Faults in the file of a round, or in its lists."),
    "R": ("Answers", "What can be wrong with an answer, at its place in the file."),
}


def problem_codes() -> str:
    """The page."""
    intro = (
        "Everything that can be wrong has a code. A **problem** needs a person: the answer is missing or cannot be"
        " used. A **note** is a warning: the answer can be used as it stands, and somebody should look at it. A code is"
        " never given a second meaning.\n\nWords in *italics* stand for the facts of the case."
    )
    parts = []
    for letter, (title, words) in _FAMILIES.items():
        rows = [_row(code) for code in Code if code.value.code.startswith(letter)]
        heads = ("code", "what is said", "what to do", "kind", "in Python")
        parts.append(f"## {letter}: {title}\n\n{words}\n\n{table(heads, sorted(rows))}")
    missing = {code.value.code for code in Code if code.value.code[0] not in _FAMILIES}
    if missing:
        raise SystemExit(f"no family of problem codes is described for {sorted(missing)}")
    return page("Problem codes", intro, *parts)


def _row(code: Code) -> tuple[str, ...]:
    wording = code.value
    kind = "note" if wording.warning else "problem"
    return wording.code, _words(wording.message), _words(wording.fix), kind, f"`{code.name}`"


def _words(text: str) -> str:
    """A wording with its blanks in italics; one that is nothing but a blank says what the blank is."""
    alone = {"{suggestion}": "what is meant, or what there is", "{reason}": "what is wrong, in words"}
    return alone.get(text) or re.sub(r"\{(\w+)[^}]*\}", r"*\1*", text)
