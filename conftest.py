"""Tests that need LibreOffice, in the core and in every plugin: when they run, and that they take turns."""

import os
import shutil

import pytest

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
