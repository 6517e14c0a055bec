"""Questions that ask for what identifies a person, and are not marked `personal`, so that exports would show it.

An author who writes `personal: false` has thought of it, and hears nothing more.
"""

from __future__ import annotations

import re
from typing import Any

from qaf_forms.define.advice.asking import Asking, askings
from qaf_forms.define.answer_types import Control
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.items import Grid, Table
from qaf_forms.define.markup import plain
from qaf_forms.define.placed_items import placed_items
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

_OF_PERSONS = ("email", "phone")
_THINGS = (
    r"agenc(?:y|ies)|areas?|audits?|boards?|charit(?:y|ies)|colleges?|courses?|documents?|forms?|groups?|homes?|meetings?|"
    r"organi[sz]ations?|partnerships?|plans?|polic(?:y|ies)|projects?|providers?|schools?|services?|settings?|teams?|"
    r"tools?|reviews?|trainings?|trusts?|units?|wards?"
)
_NAME_OF_A_THING = re.compile(
    rf"\bnames?(?: or \w+)? of (?:(?:the|your|this|each|any|that|a|an)\b ?)?(?:[\w-]+ )?(?:{_THINGS})\b"
    rf"|\b(?:{_THINGS})(?:['’]s)? names?\b"
    r"|\bname (?:the|them|those|these|one|two|three|up to|any|what|which|anything)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\b(?:(?:full|first|last|family|sur|fore|maiden|nick)?names?|initials|signature|signed by"
    r"|date of birth|birth ?dates?|birthday|d\.?o\.?b\.?|born"
    r"|(?:home|postal|current|last known|previous|full|their|your|his|her) address(?:es)?|address of|post ?codes?"
    r"|e-?mail(?: address(?:es)?)?|telephone|(?:mobile )?phone numbers?|mobile number|contact (?:details|numbers?)"
    r"|nhs numbers?|upn|unique pupil numbers?|national insurance numbers?|ni numbers?|passport|case ?holder)\b"
    r"|^(?:address|contact|(?:mobile )?phone|mobile)(?:es)?\W*$",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:birth|birthday|born|d\.?o\.?b\.?)\b", re.IGNORECASE)


def advise_on_personal_data(form: Form, findings: Findings) -> None:
    """Every question, column and row that seems to ask for it without a word on whether it does."""
    for item, steps in placed_items(form):
        if isinstance(item, Grid | Table):
            for number, column in enumerate(item.columns):
                _advise(column, column.title, (*steps, "columns", number), "title", findings)
    for asking in askings(form):
        if isinstance(asking.item, Grid):
            _advise_on_row(asking, findings)
        else:
            _advise(asking.item, asking.words, asking.steps, asking.key, findings)


def _advise(asked: Any, words: str, steps: Steps, key: str, findings: Findings) -> None:
    if asked.personal or findings.source.find((*steps, "personal")) is not None:
        return
    if asked.type in _OF_PERSONS or _identifies(asked, plain(words)):
        findings.add(Code.NOT_MARKED_PERSONAL, (*steps, key), value=plain(words))


def _advise_on_row(asking: Asking, findings: Findings) -> None:
    """A row such as “Date of birth” in a grid, none of whose columns says whether it is personal."""
    steps = asking.steps[: asking.steps.index("rows")]
    columns = asking.item.columns
    said = any(
        column.personal or findings.source.find((*steps, "columns", number, "personal")) is not None
        for number, column in enumerate(columns)
    )
    words = plain(asking.words)
    if not said and len(words) <= _SHORT and any(_identifies(answer, words) for answer in asking.answers):
        findings.add(Code.NOT_MARKED_PERSONAL, asking.place, value=asking.words)


_SHORT = 40
"""A row longer than this is a judgement about practice, not the label of a fact."""


def _identifies(answer: Any, words: str) -> bool:
    """Whether what is asked for identifies somebody: a name where words can be written, a birthday as a date."""
    if answer.control is Control.DATE:
        return _BORN.search(words) is not None
    return answer.control in (Control.LINE, Control.LINES) and names_a_person(words)


def names_a_person(words: str) -> bool:
    """Whether words such as “Name of the parent” or “Date of birth” ask for what identifies somebody."""
    return _PERSONAL.search(_NAME_OF_A_THING.sub("", words)) is not None
