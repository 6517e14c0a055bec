"""The plain-text format keeps the contract that every format keeps."""

from qaf_forms.testing import FormatContract


class TestTextFormat(FormatContract):
    format = "text"
