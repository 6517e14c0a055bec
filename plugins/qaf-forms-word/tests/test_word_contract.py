"""The Word format keeps the contract that every format keeps."""

from qaf_forms.testing import FormatContract


class TestWord(FormatContract):
    """What is rendered is read back, over generated forms and answers."""

    format = "word"
