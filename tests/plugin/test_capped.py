"""A program that is given a stranger's file cannot hang, crash or starve the batch."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qaf_forms.errors import UnreadableFileError
from qaf_forms.plugin import run_capped

MEGABYTE = 1_000_000


def run(code: str, data: bytes = b"", seconds: float = 20.0, memory: int = 400 * MEGABYTE) -> bytes:
    return run_capped([sys.executable, "-c", code], data, seconds=seconds, memory=memory)


def problem_of(code: str, **limits: float) -> str:
    with pytest.raises(UnreadableFileError) as raised:
        run(code, seconds=limits.get("seconds", 20.0))
    return raised.value.problem.code


def test_it_is_given_the_file_and_gives_what_it_makes_of_it() -> None:
    echo = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"
    assert run(echo, b"abc" * 100_000) == b"cba" * 100_000


def test_one_that_hangs_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    note = tmp_path / "child"
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(600)"
    )
    assert problem_of(code, seconds=3.0) == "F017"
    child = int(note.read_text())
    for _ in range(100):
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True, check=False)
        if not state.stdout.strip() or state.stdout.strip().startswith("Z"):
            return
        time.sleep(0.05)
    pytest.fail("the program's child still runs")


def test_one_that_crashes_is_named() -> None:
    assert problem_of("import os; os.abort()") == "F018"
    assert problem_of("raise SystemExit(3)") == "F018"


def test_one_that_takes_too_much_memory_is_stopped() -> None:
    assert problem_of("held = bytearray(10**9)") == "F018"


def test_what_it_says_of_its_failure_is_not_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableFileError) as raised:
        run("import sys; sys.stderr.write('CANARY'); sys.exit('CANARY')")
    assert "CANARY" not in str(raised.value)
    assert "CANARY" not in "".join(capfd.readouterr())


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="a network of its own needs Linux and a right")
def test_it_cannot_reach_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2); print('reached')"
        socket.create_connection(("127.0.0.1", port), 2).close()
        assert problem_of(code) == "F018"
