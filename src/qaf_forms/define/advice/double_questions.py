"""Two questions in one: nobody can tell which of them an answer is given to.

“Health and housing” is one question and “shared and acted on” may be one standard, so only these are told: two question
marks, “and/or”, a second clause with a subject of its own, a second question word, and two verbs where the answer can
only be Yes or No. Where there is room for sentences, an answer can be given to each.
"""

from __future__ import annotations

import re
from typing import Any

from qaf_forms.define.advice.asking import Asking, askings, is_open, scale_in
from qaf_forms.define.answer_types import Control
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.markup import plain
from qaf_forms.problems import Code

_SUBJECT = r"(?:the|it|its|they|their|there|you|your|he|she|his|any|all|each|staff|somebody|someone|anyone)"
_VERB_FIRST = r"(?:(?:was|were|is|are|did|do|does|can|could|will|would|should)(?: a| an)?|has|have|had)"
_SECOND_CLAUSE = re.compile(
    rf",? (?:and|but) {_VERB_FIRST} {_SUBJECT}\b|,? (?:and|but) (?:was|were|is|are) an?\b", re.IGNORECASE
)
_IF_SO = re.compile(r"\b(?:if (?:so|not|no|yes)|why not)\b|, and why\b|\band why\?$", re.IGNORECASE)
_QUESTION_WORD = (
    r"(?:(?:about|after|at|by|for|from|in|on|since|to|with) )?(?:how|when|who|whom|whose|why|where|which|what)"
)
_SECOND_QUESTION = re.compile(rf"^\W*{_QUESTION_WORD}\b.* and {_QUESTION_WORD}\b", re.IGNORECASE)
_EITHER = re.compile(r"\band ?/ ?or\b", re.IGNORECASE)
_TWO_ASKED = re.compile(r"\?.*\?", re.DOTALL)
_VERBS = frozenset(
    word
    for both in (
        ("agree", "agreed"), ("ask", "asked"), ("assess", "assessed"), ("attend", "attended"), ("act", "acted"),
        ("challenge", "challenged"), ("check", "checked"), ("complete", "completed"), ("consider", "considered"),
        ("discuss", "discussed"), ("escalate", "escalated"), ("follow", "followed"), ("hear", "heard"),
        ("identify", "identified"), ("inform", "informed"), ("involve", "involved"), ("know", "known"),
        ("listen", "listened"), ("monitor", "monitored"), ("notice", "noticed"), ("plan", "planned"),
        ("record", "recorded"), ("refer", "referred"), ("report", "reported"), ("respond", "responded"),
        ("review", "reviewed"), ("see", "seen"), ("share", "shared"), ("speak", "spoken"), ("tell", "told"),
        ("understand", "understood"), ("update", "updated"), ("use", "used"), ("visit", "visited"),
    )
    for word in both
)  # fmt: skip
"""What an audit asks whether it was done. There is no telling a verb from a noun by its looks."""
_NOUNS_TOO = frozenset({"act", "challenge", "check", "plan", "record", "report", "review", "share", "use", "visit"})
_YES_AND_NO = 2
_PAIR = re.compile(r"\b(\w+)(?: (?:to|on|at|with|up|it|them))? and (?:then |also )?(\w+)\b")


def advise_on_double_questions(form: Form, findings: Findings) -> None:
    """Every question and row of a grid that asks two things."""
    for asking in askings(form):
        found = second_question(asking, form)
        if found:
            findings.add(Code.TWO_QUESTIONS, asking.place, value=found)


def second_question(asking: Asking, form: Form) -> str | None:
    """The words that bring in a second question; None if there is one question only."""
    words = " ".join(plain(asking.words).split())
    anywhere = _EITHER.search(words) or _TWO_ASKED.search(words)
    if anywhere:
        return anywhere[0]
    if any(is_open(answer) for answer in asking.answers) and not _closed(asking):
        return None
    found = _SECOND_CLAUSE.search(words) or _IF_SO.search(words) or _SECOND_QUESTION.search(words)
    if found:
        return found[0].strip(" ,")
    return _two_verbs(words) if _closed(asking) and not _has_middle(asking, form) else None


def _closed(asking: Asking) -> list[Any]:
    return [answer for answer in asking.answers if answer.control is Control.ONE_OF]


def _has_middle(asking: Asking, form: Form) -> bool:
    """Whether an answer can say that one part holds and the other does not: Partly, Sometimes."""
    for answer in _closed(asking):
        scale = scale_in(form, answer)
        if scale is None or sum(not (level.is_na or level.is_nonresponse) for level in scale.levels) > _YES_AND_NO:
            return True
    return False


def _two_verbs(words: str) -> str | None:
    for match in _PAIR.finditer(words):
        pair = match[1].casefold(), match[2].casefold()
        if pair[0] != pair[1] and _VERBS.issuperset(pair) and not _NOUNS_TOO.issuperset(pair):
            return match[0]
    return None
