"""Finding LibreOffice, which needs none."""

from pathlib import Path

import pytest

from . import installation
from .installation import SOFFICE_VARIABLE, Installation

find_afresh = installation.find_libreoffice.__wrapped__


def test_without_soffice_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "USUAL_SOFFICES", ())
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(SOFFICE_VARIABLE, raising=False)
    assert find_afresh() == "no soffice on the path; install LibreOffice or set QAF_FORMS_SOFFICE"


def test_without_uno_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    soffice = tmp_path / "soffice"
    soffice.touch()
    monkeypatch.setenv(SOFFICE_VARIABLE, str(soffice))
    monkeypatch.setattr(installation, "_has_uno", lambda python: False)
    assert find_afresh() == "no Python with uno; install python3-uno or set QAF_FORMS_UNO_PYTHON"


def test_the_office_that_is_named_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    soffice = tmp_path / "soffice"
    soffice.touch()
    monkeypatch.setenv(SOFFICE_VARIABLE, str(soffice))
    monkeypatch.setenv(installation.PYTHON_VARIABLE, str(soffice))
    monkeypatch.setattr(installation, "_has_uno", lambda python: True)
    assert find_afresh() == Installation(soffice, soffice)
