"""Files are read in processes of their own: what comes out is the same, and nothing stays behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from qaf_forms import GuardedProcesses, Toolkit
from qaf_forms.cli import PROBLEMS_FOUND, cli

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tutorial's round and its returns, with a damaged and an empty file among them."""
    shutil.copytree(TUTORIAL, tmp_path / "audit")
    returns = tmp_path / "audit" / "returns"
    (returns / "a damaged one.docx").write_bytes((returns / "Schools.docx").read_bytes()[:3000])
    (returns / "nothing.xlsx").touch()
    return tmp_path / "audit"


def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The guarded processes that a command makes."""
    made: list[object] = []
    make = GuardedProcesses.__init__

    def noted(self: GuardedProcesses, *given: Any, **named: Any) -> None:
        made.append(self)
        make(self, *given, **named)

    monkeypatch.setattr(GuardedProcesses, "__init__", noted)
    return made


def test_a_round_is_collected_as_it_is_in_one_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = started(monkeypatch)
    arguments = ["collect", str(folder / "round.yaml"), str(folder / "returns"), "-o", str(folder / "collected")]
    assert CliRunner().invoke(cli, arguments, standalone_mode=False).return_value == PROBLEMS_FOUND
    assert len(made) == 1
    kit = Toolkit()
    paths = sorted((folder / "returns").iterdir())
    expected = kit.collect(kit.round(folder / "round.yaml"), paths).save(folder / "expected")
    for path in expected:
        assert (folder / "collected" / path.name).read_bytes() == path.read_bytes()


def test_files_are_read_as_they_are_in_one_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = started(monkeypatch)
    paths = sorted((folder / "returns").iterdir())
    form = str(folder / "supervision_check.yaml")
    together = CliRunner().invoke(cli, ["read", "--json", "--form", form, *map(str, paths)])
    assert len(made) == 1
    alone = [CliRunner().invoke(cli, ["read", "--json", "--form", form, str(path)]).output for path in paths]
    assert len(made) == 1 + len(paths)
    assert together.output == "".join(alone)
    assert [json.loads(line)["file"] for line in together.output.splitlines()] == [path.name for path in paths]


def test_what_goes_back_is_read_in_processes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = started(monkeypatch)
    form, path = str(folder / "supervision_check.yaml"), folder / "returns" / "Schools.docx"
    result = CliRunner().invoke(cli, ["send-back", str(path), "--form", form, "-o", str(folder / "back")])
    assert len(made) == 1
    kit = Toolkit()
    definition = kit.form(form)
    assert (folder / "back" / path.name).read_bytes() == kit.send_back(kit.read(path, definition), definition)
    assert result.output == f"{path.name}: {folder / 'back' / path.name}\n"


def test_each_return_of_a_round_is_told_when_it_is_read(folder: Path) -> None:
    kit, seen = Toolkit(), []
    paths = sorted((folder / "returns").iterdir())
    kit.collect(kit.round(folder / "round.yaml"), paths, progress=lambda one: seen.append(one.file.name))
    assert seen == [path.name for path in paths]


_PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);from qaf_forms.cli import main; main()"
)
"""As a terminal starts it. What runs in the background is started deaf to SIGINT, and hands that on."""


@pytest.mark.skipif(sys.platform != "linux", reason="the processes of a program are found by /proc")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopping_a_command_ends_its_processes(folder: Path, sent: signal.Signals) -> None:
    returned = folder / "returns" / "police supervision.docx"
    many = folder / "many"
    many.mkdir()
    for number in range(3_000):
        (many / f"{number}.docx").hardlink_to(returned)
    command = [sys.executable, "-c", _PROGRAM, "read", str(many)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder) as program:
        processes = _started_by(program.pid)
        os.kill(program.pid, sent)
        assert program.stderr is not None
        told = program.stderr.read().decode().strip()
    assert program.returncode == (2 if sent is signal.SIGINT else -sent)
    assert told == ("qaf-forms: stopped" if sent is signal.SIGINT else "")
    assert _all_end(processes)


def _started_by(process: int) -> list[int]:
    """The processes that a program runs, as soon as there are any."""
    for _ in range(600):
        found = [
            int(child)
            for tasks in Path(f"/proc/{process}/task").glob("*/children")
            for child in tasks.read_text().split()
        ]
        if found:
            time.sleep(1)
            return found
        time.sleep(0.05)
    pytest.fail("no process was started")


def _all_end(processes: list[int]) -> bool:
    for _ in range(200):
        if not any(Path(f"/proc/{process}").exists() for process in processes):
            return True
        time.sleep(0.05)
    return False
