"""In guarded processes a file that hangs, crashes or takes too much memory is one problem, and the others are read."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from qaf_forms import GuardedProcesses, Limits, QafFormsError, Return, Status, Toolkit, UnreadableFileError
from qaf_forms.toolkit.guarded import _Guarded
from tests.collect.printing import form_of
from tests.hostile.making import KIT, changed, paragraphs, rows
from tests.toolkit import misbehaving
from tests.toolkit.misbehaving import CANARY, MisbehavingPlugin, file_that

LIMITS = Limits(seconds=2, office_seconds=4, memory=500_000_000)
FORM = form_of({"id": "case_ref", "type": "text", "ask": "Audit case reference"}, id="guarded_audit")


@pytest.fixture(scope="module")
def kit() -> Toolkit:
    return Toolkit(plugins=[MisbehavingPlugin()])


@pytest.fixture(scope="module")
def guarded() -> Iterator[GuardedProcesses]:
    with GuardedProcesses(2, limits=LIMITS) as executor:
        yield executor


def batch(kit: Toolkit, folder: Path, bad: Sequence[bytes], good: int = 6) -> list[Path]:
    """Good files in two formats, with the bad ones among them."""
    contents = [kit.render(FORM, "word" if n % 2 else "excel", answers={"case_ref": f"N-{n:02}"}) for n in range(good)]
    contents[2:2] = bad
    paths = [folder / f"{n:02}" for n in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def outcomes(returns: Sequence[Return]) -> list[str]:
    """The answer of each return, or the code of what kept it from being read."""
    unreadable = Status.UNREADABLE
    return [one.problems[0].code if one.status is unreadable else str(one.values["case_ref"]) for one in returns]


def is_running(process: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.strip().startswith("Z")


def ends(process: int) -> bool:
    """Whether a process ends soon."""
    for _ in range(200):
        if not is_running(process):
            return True
        time.sleep(0.05)
    return False


def number_in(note: Path) -> int:
    """The process that wrote its number into a file, as soon as it did."""
    for _ in range(600):
        if note.exists() and note.read_text():
            return int(note.read_text())
        time.sleep(0.05)
    pytest.fail(f"nothing wrote {note.name}")


@pytest.mark.parametrize(
    ("does", "code"),
    [("spin", "F021"), ("abort", "F022"), ("end", "F022"), ("hog", "F023"), ("raise", "F016")],
)
def test_what_a_file_does_to_its_process_is_one_problem_and_the_others_are_read(
    kit: Toolkit, guarded: GuardedProcesses, tmp_path: Path, does: str, code: str
) -> None:
    paths = batch(kit, tmp_path, [file_that(does)])
    returns = list(kit.read_all(paths, FORM, executor=guarded))
    assert outcomes(returns) == ["N-00", "N-01", code, "N-02", "N-03", "N-04", "N-05"]
    assert [one.file.name for one in returns] == [path.name for path in paths]
    bad = paths[2].read_bytes()
    assert (returns[2].file.sha256, returns[2].file.size) == (sha256(bad).hexdigest(), len(bad))


@pytest.mark.parametrize("does", ["spin", "abort", "hog"])
def test_one_file_alone_can_be_read_in_a_process_as_well(
    kit: Toolkit, guarded: GuardedProcesses, tmp_path: Path, does: str
) -> None:
    bad = file_that(does)
    lost = kit.read(bad, name="a.bad", executor=guarded)
    assert outcomes([lost])[0] in ("F021", "F022", "F023")
    assert (lost.file.name, lost.file.sha256) == ("a.bad", sha256(bad).hexdigest())
    (good,) = batch(kit, tmp_path, [], good=1)
    for source in (good, good.read_bytes()):
        assert kit.read(source, FORM, name="b", executor=guarded) == kit.read(source, FORM, name="b")
    with pytest.raises(QafFormsError, match="check the name"):
        kit.read(tmp_path / "gone", executor=guarded)


def test_a_process_that_reads_file_after_file_is_sent_the_form_once(
    kit: Toolkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []
    keep = _Guarded._keep

    def noted(self: _Guarded, function: Callable[..., object]) -> None:
        sent.append(function)
        keep(self, function)

    monkeypatch.setattr(_Guarded, "_keep", noted)
    paths = batch(kit, tmp_path, [], good=3)
    with GuardedProcesses(1, limits=LIMITS) as executor:
        for path in paths:
            kit.read(path, FORM, executor=executor)
        assert len(sent) == 1
        other = FORM.model_copy(update={"title": "Another"})
        kit.read(paths[0], other, executor=executor)
    assert len(sent) == 2


def test_one_process_goes_on_after_every_kind_of_bad_file(kit: Toolkit, tmp_path: Path) -> None:
    bad = [file_that(does) for does in ("abort", "hog", "raise", "end", "abort")]
    with GuardedProcesses(1, limits=LIMITS) as executor:
        returns = list(kit.read_all(batch(kit, tmp_path, bad), FORM, executor=executor))
    codes = ["F022", "F023", "F016", "F022", "F022"]
    assert outcomes(returns) == ["N-00", "N-01", *codes, "N-02", "N-03", "N-04", "N-05"]


@pytest.mark.parametrize("kind", [GuardedProcesses, ProcessPoolExecutor, ThreadPoolExecutor])
def test_every_executor_gives_what_reading_one_after_the_other_gives(
    kit: Toolkit, tmp_path: Path, kind: type[GuardedProcesses | ProcessPoolExecutor | ThreadPoolExecutor]
) -> None:
    paths = batch(kit, tmp_path, [b"", b"%PDF-1.7\n", file_that("raise")], good=40)
    (tmp_path / "05").unlink()
    one_by_one = list(kit.read_all(paths, FORM))
    with kind(2) as executor:
        assert list(kit.read_all(map(str, paths), FORM, executor=executor)) == one_by_one
    assert outcomes(one_by_one)[2:6] == ["F002", "F001", "F016", "F024"]


def test_a_time_is_the_processors_and_what_waits_has_the_clocks(kit: Toolkit, tmp_path: Path) -> None:
    paths = batch(kit, tmp_path, [file_that("spin"), file_that("sleep")], good=2)[2:]
    with GuardedProcesses(2, limits=Limits(seconds=1, office_seconds=3)) as executor:
        told = [one.problems[0].message for one in kit.read_all(paths, FORM, executor=executor)]
    assert told == ["reading the file was given up after 1 seconds", "reading the file was given up after 4 seconds"]


def test_what_a_process_started_is_ended_with_it(kit: Toolkit, guarded: GuardedProcesses, tmp_path: Path) -> None:
    notes = [tmp_path / "left", tmp_path / "capped"]
    bad = [file_that("leave child", str(notes[0])), file_that("leave capped child", str(notes[1]))]
    returns = list(kit.read_all(batch(kit, tmp_path, bad, good=2), FORM, executor=guarded))
    assert outcomes(returns) == ["N-00", "N-01", "F022", "F021"]
    assert [ends(number_in(note)) for note in notes] == [True, True]


def test_a_program_that_converts_has_its_own_limits(kit: Toolkit, tmp_path: Path) -> None:
    path, note = tmp_path / "a.doc", tmp_path / "note"
    path.write_bytes(file_that("convert", str(note)))
    with GuardedProcesses(1, limits=Limits(seconds=1, office_seconds=60, memory=500_000_000)) as executor:
        assert outcomes(list(kit.read_all([path], FORM, executor=executor))) == ["F016"]
    assert note.read_text().strip() == "1200000000"


def test_a_process_that_keeps_much_memory_is_given_no_further_file(kit: Toolkit, tmp_path: Path) -> None:
    keeping = [file_that("keep", "150000000")] * 4
    with GuardedProcesses(1, limits=LIMITS) as executor:
        returns = list(kit.read_all(batch(kit, tmp_path, keeping), FORM, executor=executor))
    assert outcomes(returns) == ["N-00", "N-01", *["F016"] * 4, "N-02", "N-03", "N-04", "N-05"]


@pytest.mark.parametrize("format_", ["word", "excel"])
def test_a_file_that_needs_too_much_memory_is_not_called_damaged(tmp_path: Path, format_: str) -> None:
    words = {
        "word": lambda n: f"<w:p><w:r><w:t>own words {n * n}</w:t></w:r></w:p>",
        "excel": lambda n: f'<row r="{n + 900}"><c r="F{n + 900}"><v>{n * n}</v></c></row>',
    }[format_]
    put = paragraphs if format_ == "word" else rows
    path = tmp_path / "large"
    path.write_bytes(changed(format_, put("".join(map(words, range(120_000))))))
    with GuardedProcesses(1, limits=Limits(memory=150_000_000)) as executor:
        (code,) = outcomes(list(KIT.read_all([path], FORM, executor=executor)))
    assert code in ("F022", "F023")  # the parser itself may crash


def test_nothing_of_a_file_is_told(
    kit: Toolkit,
    guarded: GuardedProcesses,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    deeds = ("abort", "raise", "hog")
    with caplog.at_level(logging.DEBUG):
        returns = list(kit.read_all(batch(kit, tmp_path, [file_that(does) for does in deeds]), FORM, executor=guarded))
    assert CANARY not in f"{returns!r} {caplog.text} {capfd.readouterr()}"


def test_the_loss_of_a_process_between_two_files_is_nobodys_fault(kit: Toolkit, tmp_path: Path) -> None:
    note = tmp_path / "process"
    bad = tmp_path / "bad"
    bad.write_bytes(file_that("note process", str(note)))
    good = batch(kit, tmp_path, [], good=2)
    with GuardedProcesses(1, limits=LIMITS) as executor:
        assert outcomes(list(kit.read_all([bad], FORM, executor=executor))) == ["F016"]
        os.kill(number_in(note), signal.SIGKILL)
        assert ends(number_in(note))
        assert outcomes(list(kit.read_all(good, FORM, executor=executor))) == ["N-00", "N-01"]


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="a network of its own needs Linux and a right")
def test_a_process_cannot_reach_the_network(guarded: GuardedProcesses) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = server.getsockname()
        socket.create_connection(place, 2).close()
        with pytest.raises(OSError, match="unreachable"):
            guarded.submit(socket.create_connection, place, 2).result()


def test_a_wrong_call_is_raised_as_it_is_without_processes(
    kit: Toolkit, guarded: GuardedProcesses, tmp_path: Path
) -> None:
    paths = batch(kit, tmp_path, [], good=2)
    for executor in (None, guarded):
        with pytest.raises(QafFormsError, match="guarded_audit has no role 'nobody'"):
            list(kit.read_all(paths, FORM, role="nobody", executor=executor))


def test_a_function_that_cannot_be_had_in_a_process_is_no_fault_of_a_file() -> None:
    with GuardedProcesses(1, limits=LIMITS) as executor, pytest.raises(QafFormsError, match="made ready"):
        executor.submit(_Unloadable()).result()


def test_an_error_keeps_its_kind_and_tells_the_lines_it_came_by(guarded: GuardedProcesses) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        guarded.submit(divmod, 1, 0).result()
    assert "in a guarded process" in raised.value.__notes__[0]
    assert list(guarded.map(abs, [-1, 2])) == [1, 2]


def test_leaving_by_an_error_ends_the_processes_at_once(tmp_path: Path) -> None:
    note = tmp_path / "process"
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), GuardedProcesses(1) as executor:  # noqa: PT012  # what happens inside counts
        future = executor.submit(_note_and_sleep, str(note))
        process = number_in(note)
        raise KeyboardInterrupt
    assert time.monotonic() - started < 20
    assert ends(process)
    with pytest.raises(UnreadableFileError):
        future.result()


def test_the_processes_end_with_the_program_that_has_them(tmp_path: Path) -> None:
    note = tmp_path / "process"
    code = (
        "from qaf_forms import GuardedProcesses\n"
        "from tests.toolkit.test_guarded import _note_and_sleep\n"
        f"GuardedProcesses(1).submit(_note_and_sleep, {str(note)!r}).result()"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as program:
        process = number_in(note)
        program.kill()
    assert ends(process)


def test_what_is_no_file_is_told_and_does_not_stop_the_others(
    kit: Toolkit, guarded: GuardedProcesses, tmp_path: Path
) -> None:
    good = batch(kit, tmp_path, [], good=2)
    folder, pipe, secret = tmp_path / "folder", tmp_path / "pipe", tmp_path / "secret"
    folder.mkdir()
    os.mkfifo(pipe)
    paths = [good[0], folder, pipe, Path("/dev/zero"), tmp_path / "gone", good[1]]
    if os.geteuid() != 0:  # who may read everything
        secret.touch(mode=0)
        paths.append(secret)
    for executor in (None, guarded):
        returns = list(kit.read_all(paths, FORM, executor=executor))
        assert outcomes(returns)[:6] == ["N-00", *["F024"] * 4, "N-01"]
        assert {one.problems[0].code for one in returns[6:]} <= {"F024"}
        assert "no file" in returns[2].problems[0].message
        assert "No such file" in returns[4].problems[0].message
    with pytest.raises(QafFormsError, match="pipe: it is no file; check the name"):
        kit.read(pipe)


def test_a_plugin_that_is_a_module_is_had_in_the_processes(guarded: GuardedProcesses, tmp_path: Path) -> None:
    kit = Toolkit(plugins=[misbehaving])
    paths = batch(kit, tmp_path, [file_that("raise")], good=2)
    assert outcomes(list(kit.read_all(paths, FORM, executor=guarded))) == ["N-00", "N-01", "F016"]


def test_waiting_files_are_given_up_with_the_batch(kit: Toolkit, tmp_path: Path) -> None:
    paths = batch(kit, tmp_path, [file_that("spin")] * 30, good=2)
    with GuardedProcesses(1, limits=LIMITS) as executor:
        started = time.monotonic()
        next(kit.read_all(paths, FORM, executor=executor))
    assert time.monotonic() - started < 30


def _note_and_sleep(note: str) -> None:
    Path(note).write_text(str(os.getpid()))
    time.sleep(600)


class _Unloadable:
    def __call__(self) -> None:
        raise AssertionError

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (1,)


@pytest.mark.parametrize("kind", ["guarded", "protected", "xls"])
def test_no_program_that_reads_files_takes_its_code_from_the_folder_they_lie_in(
    kit: Toolkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    for name in ("json", "pickle", "msoffcrypto", "python_calamine"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    paths = batch(kit, tmp_path, [], good=2)
    paths[0].write_bytes(ole + {"protected": "EncryptedPackage", "xls": "Workbook"}.get(kind, "").encode("utf-16-le"))
    monkeypatch.chdir(tmp_path)
    if kind == "guarded":
        with GuardedProcesses(1) as executor:
            list(kit.read_all(paths, FORM, executor=executor))
    else:
        kit.read(paths[0])
    assert not (tmp_path / "ran").exists()
