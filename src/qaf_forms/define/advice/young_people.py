"""Forms and sections for young people: each question is plain, or has help that makes it so."""

from __future__ import annotations

from qaf_forms.define.advice.asking import Asking, askings, section_at
from qaf_forms.define.advice.wording_counts import syllables, words_in
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Audience, Form
from qaf_forms.define.markup import plain
from qaf_forms.problems import Code

_LONG_WORD = 4
"""Syllables: “everybody” is known to a child of eight, “confidentiality” has seven."""
_LONG_QUESTION = 16
"""Words that can be kept in mind at once."""
_KNOWN = frozenset({"anybody", "everybody", "everyone", "anyone", "somebody", "everything", "anything"})


def advise_on_plain_words(form: Form, findings: Findings) -> None:
    """Questions to young people with long words, or of many words, and nothing that explains them."""
    if not form.language.startswith("en"):
        return  # syllables are counted as English has them
    for asking in askings(form):
        section = section_at(form, asking.steps)
        if asking.help or form.audience_of(section) is not Audience.YOUNG_PEOPLE:
            continue
        hard = _hard(asking)
        if hard:
            findings.add(Code.NO_PLAIN_HELP, asking.place, value=hard)


def _hard(asking: Asking) -> str:
    """What is hard in a question: its longest word, or how many words it has."""
    words = words_in(plain(asking.words))
    long = [word for word in words if word.casefold() not in _KNOWN and syllables(word) >= _LONG_WORD]
    if long:
        return f"the word {max(long, key=len)!r}"
    return f"a question of {len(words)} words" if len(words) > _LONG_QUESTION else ""
