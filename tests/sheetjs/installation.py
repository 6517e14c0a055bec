"""Where SheetJS is, and how to have it save workbooks.

It is looked for in the folder that QAF_FORMS_SHEETJS names, or in `.sheetjs` of the repository, where `.ci/run` puts
the version that is tested with. Without it the tests are skipped with the reason, or fail with it when
QAF_FORMS_REQUIRE_SHEETJS=1.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

FOLDER_VARIABLE = "QAF_FORMS_SHEETJS"
REQUIRE_VARIABLE = "QAF_FORMS_REQUIRE_SHEETJS"
VERSION = "0.18.5"
_REPOSITORY = Path(__file__).resolve().parents[2]
_PROGRAM = Path(__file__).with_name("save_as.js")
_SECONDS = 300


class Asked(NamedTuple):
    """A workbook to load and save in the format of the second path's suffix."""

    source: Path
    target: Path
    keeps_styles: bool = False


class SheetJS(NamedTuple):
    """The two things that are needed: Node.js, and the folder of the library."""

    node: str
    library: Path

    def save(self, asked: Iterable[Asked]) -> None:
        """Load and save workbooks, all in one process."""
        question = [{"from": str(one.source), "to": str(one.target), "keepStyles": one.keeps_styles} for one in asked]
        command = [self.node, str(_PROGRAM), str(self.library)]
        subprocess.run(command, input=json.dumps(question), text=True, check=True, timeout=_SECONDS)


def find_sheetjs() -> SheetJS | str:
    """What to run, or in one line why it cannot be."""
    node = shutil.which("node")
    if node is None:
        return "no node on the path; install Node.js"
    folder = Path(os.environ.get(FOLDER_VARIABLE) or _REPOSITORY / ".sheetjs")
    library = folder / "node_modules" / "xlsx"
    if not (library / "package.json").is_file():
        return f"no SheetJS in {folder.name}; npm install --prefix .sheetjs xlsx@{VERSION}, or set {FOLDER_VARIABLE}"
    return SheetJS(node, library)


def sheetjs_or_skip() -> SheetJS:
    """SheetJS, for a test that needs it."""
    found = find_sheetjs()
    if isinstance(found, str):
        if os.environ.get(REQUIRE_VARIABLE) == "1":
            pytest.fail(f"{REQUIRE_VARIABLE}=1, but {found}", pytrace=False)
        pytest.skip(found)
    return found
