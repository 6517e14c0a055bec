"""The two processes behind `Office`, each ended by the process id it was given."""

import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from .installation import Installation, clean_environment

HERE = Path(__file__).parent
LOCALE = "en-GB"
LAST_LINES = 15
POLITE_SECONDS = 10.0
FORCED_SECONDS = 5.0
STEP_SECONDS = 0.5

# A fresh profile that types dates day first, and asks nobody anything.
SETTINGS = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"
 oor:op="fuse"><value>{LOCALE}</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun"
 oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Recovery/AutoSave"><prop oor:name="Enabled"
 oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


class OfficeError(Exception):
    """LibreOffice did not start, did not answer in time, or refused what was asked."""


class OfficeTooSlowError(OfficeError):
    """LibreOffice has not answered in time."""


class Process:
    """A child in its own process group, whose stderr goes to a file we can quote."""

    def __init__(self, command: list[str], log: Path, **options: Any) -> None:
        """Start `command`. Raise OSError when there is no such program."""
        self.log = log
        with log.open("wb") as stderr:
            self.popen = subprocess.Popen(command, stderr=stderr, start_new_session=True, **options)

    @property
    def running(self) -> bool:
        return self.popen.poll() is None

    def last_words(self) -> str:
        """The exit code, if it has ended, and the last lines it wrote to stderr."""
        lines = self.log.read_text(errors="replace").splitlines()[-LAST_LINES:]
        state = "still running" if self.running else f"exit {self.popen.returncode}"
        return "; ".join([state, *lines])

    def end(self, patience: float) -> None:
        """Wait `patience` seconds for it to end by itself, then end its group."""
        for number in (None, signal.SIGTERM, signal.SIGKILL):
            if number is not None:
                with suppress(ProcessLookupError):
                    os.killpg(self.popen.pid, number)
            try:
                self.popen.wait(patience if number is None else FORCED_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            return


class Bridge(Process):
    """The system Python that holds the office's hand: a line of JSON in, a line out."""

    def __init__(self, python: Path, pipe: str, log: Path, timeout: float) -> None:
        super().__init__(
            [str(python), "-B", "-m", "uno_bridge", pipe, str(timeout)],
            log,
            cwd=HERE,
            env=clean_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._answers: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def ask(self, question: Mapping[str, Any]) -> None:
        """Send one request. Raise OfficeError when the bridge has gone."""
        assert self.popen.stdin is not None
        try:
            self.popen.stdin.write(json.dumps(question) + "\n")
            self.popen.stdin.flush()
        except OSError as error:
            raise OfficeError(f"the bridge has ended: {self.last_words()}") from error

    def answer(self, timeout: float) -> dict[str, Any]:
        """Return the next answer within `timeout` seconds, or raise OfficeError.

        OfficeTooSlowError says that there was none yet, and that one may still come.
        """
        try:
            line = self._answers.get(timeout=timeout)
        except queue.Empty:
            raise OfficeTooSlowError(f"no answer in {timeout:g} s") from None
        if not line:
            with suppress(subprocess.TimeoutExpired):
                self.popen.wait(FORCED_SECONDS)
            raise OfficeError(f"the bridge has ended: {self.last_words()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def hang_up(self) -> None:
        """Close its stdin, on which it ends the office and then itself."""
        assert self.popen.stdin is not None
        with suppress(OSError):
            self.popen.stdin.close()

    def end(self, patience: float) -> None:
        """End it, and with it the thread that listens."""
        super().end(patience)
        self._listener.join(FORCED_SECONDS)

    def _listen(self) -> None:
        assert self.popen.stdout is not None
        with self.popen.stdout as lines:
            for line in lines:
                self._answers.put(line)
        self._answers.put("")


class Session:
    """One running office with its bridge and its throw-away profile."""

    def __init__(self, installation: Installation, timeout: float) -> None:
        """Start both. Raise OfficeError when they are not ready in `timeout` seconds."""
        self._folder = tempfile.TemporaryDirectory(prefix="qaf-forms-office-", ignore_cleanup_errors=True)
        self.folder = folder = Path(self._folder.name)
        pipe = f"qaf-forms-{uuid.uuid4().hex}"
        try:
            self.soffice = Process(
                _soffice_command(installation.soffice, folder, pipe),
                folder / "soffice.log",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=clean_environment(),
            )
        except OSError as error:
            self._folder.cleanup()
            raise OfficeError(f"LibreOffice did not start: {error}") from error
        self.bridge = Bridge(installation.python, pipe, folder / "bridge.log", timeout)
        self.version = self._wait(timeout)
        self.idle = True  # False while a request waits, and after one timed out

    def call(self, question: Mapping[str, Any], timeout: float) -> Any:
        """Return the result of one request, or raise OfficeError with the reason."""
        self.idle = False
        self.bridge.ask(question)
        answer = self.bridge.answer(timeout)
        self.idle = True
        if "error" in answer:
            raise OfficeError(answer["error"])
        return answer["result"]

    def close(self, patience: float = POLITE_SECONDS) -> None:
        """End both, waiting `patience` seconds for each to go by itself."""
        self.bridge.hang_up()
        self.bridge.end(patience)
        self.soffice.end(patience)
        self._folder.cleanup()

    def _wait(self, timeout: float) -> str:
        """The office's version, as soon as the bridge has joined it."""
        until = time.monotonic() + timeout + FORCED_SECONDS
        while True:
            try:
                return str(self.bridge.answer(STEP_SECONDS)["result"])
            except OfficeError as error:
                waiting = isinstance(error, OfficeTooSlowError) and time.monotonic() < until
                if waiting and self.soffice.running:
                    continue
                words = self.soffice.last_words()
                self.close(patience=0)
                raise OfficeError(f"LibreOffice did not start: {error} (soffice: {words})") from error


def _soffice_command(soffice: Path, folder: Path, pipe: str) -> list[str]:
    profile = folder / "profile"
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    return [
        str(soffice),
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nofirststartwizard",
        f"-env:UserInstallation={profile.as_uri()}",
        f"--accept=pipe,name={pipe};urp;",
    ]
