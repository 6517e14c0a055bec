"""What a format plugin tests itself with. Needs pytest and hypothesis.

    from qaf_forms.testing import FormatContract

    class TestWord(FormatContract):
        format = "word"

`strategies` holds the forms and answers that the contract generates, for tests of your own.
"""

from qaf_forms.testing.contract import FormatContract
from qaf_forms.testing.strategies import answers, answers_for, filled_forms, forms

__all__ = ["FormatContract", "answers", "answers_for", "filled_forms", "forms"]
