"""Levels such as “Something else” that give nobody the space to say what: the answer then says nothing.

An author who asks for the words in a question of their own, by `when: {source: other}`, has seen to it. So has one who
makes the level say that it does not matter: “None of these”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qaf_forms.define.advice.asking import placed_answers
from qaf_forms.define.condition import Is
from qaf_forms.define.condition_places import located_tests
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.scale import Level, Scale
from qaf_forms.define.spaces import Spaces
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

_OPEN = re.compile(
    r"(?:any )?others?(?: \w+)?"
    r"|(?:some|any)(?:thing|where|one|body) else"
    r"|(?:in |for )?an?(?:y )?other (?:kind|one|person|place|reason|role|sort|tool|type|way)",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s*[,:;(–—-].*", re.DOTALL)
"""What a label says behind its first words, such as “(please specify)”."""


def advise_on_other_levels(form: Form, findings: Findings) -> None:
    """Every such level of the form's own scales, and of those written at a question."""
    asked_about = set(_asked_about(form))
    for scale, steps in _own_scales(form):
        for number, level in enumerate(scale.levels):
            if is_open(level) and (scale, level.code) not in asked_about:
                findings.add(Code.NO_WORDS_FOR_OTHER, (*steps, "levels", number, "label"), value=level.label)


def is_open(level: Level) -> bool:
    """Whether a level leaves open what is meant, and there is no space to say it."""
    first = _MORE.sub("", level.label).strip(" .…")
    return bool(_OPEN.fullmatch(first)) and not (level.specify or level.is_na or level.is_nonresponse)


def _own_scales(form: Form) -> Iterator[tuple[Scale, Steps]]:
    for name, scale in form.scales.items():
        yield scale, ("scales", name)
    for answer, steps in placed_answers(form):
        inline = getattr(answer, "scale", None)
        if isinstance(inline, Scale):
            yield inline, (*steps, "scale")


def _asked_about(form: Form) -> Iterator[tuple[Scale, str]]:
    """The levels on which a condition of the form depends: there is something to say when they are chosen."""
    spaces = Spaces(form)
    for written in spaces.written.values():
        for test, _ in located_tests(written.condition, None, written.steps):
            space = spaces.by_key.get(written.scopes[0].whole(test.key))
            if isinstance(test, Is) and space is not None and space.scale is not None:
                yield from ((space.scale, value) for value in test.values)
