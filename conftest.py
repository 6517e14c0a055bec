"""For the tests of the core and of every plugin: how hard properties are tried, and when LibreOffice is needed.

`QAF_FORMS_PROFILE=full` tries twenty times as many generated forms, other ones each time.
"""

import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("fast", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("full", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("QAF_FORMS_PROFILE", "fast"))

REQUIRED = "QAF_FORMS_REQUIRE_LIBREOFFICE"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("libreoffice"):
            item.add_marker(pytest.mark.xdist_group("libreoffice"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("libreoffice") is None or shutil.which("soffice"):
        return
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"LibreOffice is not installed, and {REQUIRED} is set", pytrace=False)
    pytest.skip("LibreOffice is not installed: no soffice on the path")
