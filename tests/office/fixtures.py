"""The fixture `office`, for every test that needs a real LibreOffice.

A conftest loads it with `from tests.office.fixtures import office`. Mark the tests with
`pytestmark = pytest.mark.libreoffice`: under pytest-xdist such tests are one group, so
that one worker runs them all, with one office.
"""

import os
from collections.abc import Iterator

import pytest

from .installation import find_libreoffice
from .office import Office

REQUIRE_VARIABLE = "QAF_FORMS_REQUIRE_LIBREOFFICE"


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for the session.

    Without one the test is skipped with the reason, or fails with it when
    QAF_FORMS_REQUIRE_LIBREOFFICE=1. One that is there and does not start is an error.
    """
    found = find_libreoffice()
    if isinstance(found, str):
        if os.environ.get(REQUIRE_VARIABLE) == "1":
            pytest.fail(f"{REQUIRE_VARIABLE}=1, but {found}", pytrace=False)
        pytest.skip(found)
    with Office(found) as started:
        yield started
