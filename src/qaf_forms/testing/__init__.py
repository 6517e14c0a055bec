"""What a format plugin tests itself with. Needs pytest and hypothesis.

    from qaf_forms.testing import FormatContract

    class TestWord(FormatContract):
        format = "word"

`forms`, `answers`, `answers_for` and `filled_forms` are what the contract generates, for tests of your own.
"""

from qaf_forms.testing.contract import FormatContract
from qaf_forms.testing.generated_answers import answers, answers_for, filled_forms
from qaf_forms.testing.generated_forms import forms

__all__ = ["FormatContract", "answers", "answers_for", "filled_forms", "forms"]
