"""What an author may have got wrong: warnings that `qaf-forms check` gives, and that never stop a form.

Each is about something that loading cannot call a fault, since now and then it is meant. So each says what to do if it
is, and is tuned to be silent about well-made forms: one false alarm in ten and nobody reads the other nine.
"""

from __future__ import annotations

from collections.abc import Callable

from qaf_forms.define.advice.double_questions import advise_on_double_questions
from qaf_forms.define.advice.nil_returns import advise_on_nil_return
from qaf_forms.define.advice.other_levels import advise_on_other_levels
from qaf_forms.define.advice.personal_data import advise_on_personal_data
from qaf_forms.define.advice.reading_age import advise_on_reading_age
from qaf_forms.define.advice.requirements import advise_on_requirements
from qaf_forms.define.advice.scales import advise_on_scales
from qaf_forms.define.advice.typed_numbers import advise_on_numbers
from qaf_forms.define.advice.young_people import advise_on_plain_words
from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form
from qaf_forms.define.yaml_source import Source, Steps
from qaf_forms.problems import Problem

_ADVICE: tuple[Callable[[Form, Findings], None], ...] = (
    advise_on_scales,
    advise_on_other_levels,
    advise_on_nil_return,
    advise_on_personal_data,
    advise_on_double_questions,
    advise_on_reading_age,
    advise_on_plain_words,
    advise_on_numbers,
    advise_on_requirements,
)


def advice(form: Form, source: Source, doubtful: frozenset[Steps]) -> list[Problem]:
    """Everything worth a second look in a form. `form` has stand-ins where `doubtful` says so; they are passed over."""
    findings = Findings(source, doubtful)
    for advise in _ADVICE:
        advise(form, findings)
    return findings.problems
