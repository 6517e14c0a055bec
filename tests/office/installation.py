"""Where LibreOffice is, and a Python that can talk to it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOFFICE_VARIABLE = "QAF_FORMS_SOFFICE"
PYTHON_VARIABLE = "QAF_FORMS_UNO_PYTHON"
USUAL_SOFFICES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
PROBE_SECONDS = 20


@dataclass(frozen=True)
class Installation:
    """The two programs the tests start: the office, and a Python that has `uno`."""

    soffice: Path
    python: Path


@cache
def find_libreoffice() -> Installation | str:
    """Return what to run, or in one line why LibreOffice cannot be used here.

    The environment variables QAF_FORMS_SOFFICE and QAF_FORMS_UNO_PYTHON come first.
    """
    soffice = next(_soffices(), None)
    if soffice is None:
        return f"no soffice on the path; install LibreOffice or set {SOFFICE_VARIABLE}"
    for python in _pythons(soffice):
        if _has_uno(python):
            return Installation(soffice, python)
    return f"no Python with uno; install python3-uno or set {PYTHON_VARIABLE}"


def clean_environment() -> dict[str, str]:
    """The environment without what a virtual environment adds for its own Python."""
    left_out = ("PYTHON", "VIRTUAL_ENV", "COVERAGE_")
    return {k: v for k, v in os.environ.items() if not k.startswith(left_out)}


def _soffices() -> Iterator[Path]:
    named = os.environ.get(SOFFICE_VARIABLE), shutil.which("soffice"), *USUAL_SOFFICES
    yield from (Path(name) for name in named if name and Path(name).is_file())


def _pythons(soffice: Path) -> Iterator[Path]:
    bundled = soffice.resolve().parent
    named = (
        os.environ.get(PYTHON_VARIABLE),
        "/usr/bin/python3",
        str(bundled / "python"),
        str(bundled.parent / "Resources" / "python"),
    )
    yield from (Path(name) for name in named if name and Path(name).is_file())


def _has_uno(python: Path) -> bool:
    try:
        finished = subprocess.run(
            [python, "-c", "import uno"],
            env=clean_environment(),
            capture_output=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0
