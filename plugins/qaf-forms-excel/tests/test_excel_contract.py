"""The contract that every format keeps, kept by this one."""

from qaf_forms.testing import FormatContract


class TestExcel(FormatContract):
    format = "excel"
