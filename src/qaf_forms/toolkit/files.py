"""Reading files: one, or many one after the other or in the processes or threads of an executor."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from importlib import import_module
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from types import ModuleType
from typing import Any, BinaryIO, NamedTuple, TypeVar

from qaf_forms.collect.intake import CopyName, Intake
from qaf_forms.collect.reading import FileFacts
from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.form import Form
from qaf_forms.define.library import Library
from qaf_forms.errors import QafFormsError, UnreadableFileError
from qaf_forms.issue.given import Issued
from qaf_forms.issue.look import STANDARD_LOOK, Look
from qaf_forms.plugin.interfaces import Limits
from qaf_forms.plugin.registry import Registry
from qaf_forms.problems import Code, Problem
from qaf_forms.toolkit.guarded import GuardedProcesses
from qaf_forms.toolkit.layouts import Layouts

_CHUNK = 16
"""Files a worker process is given at a time: enough to make setting up its readers worth it. A guarded one keeps them,
and gets one at a time, so that no other file is lost with a bad one."""
_AT_ONCE = 128
"""Files whose returns wait for those before them at most."""
_Read = TypeVar("_Read", Return, list[Return])
Arguments = tuple[Sequence[Path | str], Limits, Sequence[Any], Sequence[str]]
"""Of a toolkit: folders of definitions, limits, further plugins, passwords. A worker process needs no more."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: what form they should be, whose returns they are, and what a round put into the copies."""

    form: Form | None
    role: str | None = None
    issued: Mapping[CopyName, Issued] | None = None
    look: Look = STANDARD_LOOK
    home: Path | None = None
    """The file of the form: another process finds its wordings by it."""


class Files:
    """Reads returned files."""

    def __init__(self, arguments: Arguments, registry: Registry, library: Library, layouts: Layouts) -> None:
        _, limits, _, passwords = arguments
        self._arguments, self._limits = arguments, limits
        self._library, self._layouts = library, layouts
        self._intake = Intake(registry.readers, layouts, limits, passwords, registry.renderers)
        self._last_sent: tuple[object, Any] = None, None

    def __reduce__(self) -> tuple[Any, ...]:
        definitions, limits, plugins, passwords = self._arguments
        sent = [_Module(one.__name__) if isinstance(one, ModuleType) else one for one in plugins]
        return _files, (definitions, limits, sent, passwords)

    def read(
        self,
        source: str | Path | bytes | BinaryIO,
        how: Reading,
        name: str = "",
        executor: Executor | None = None,
    ) -> Return:
        """The return in one file; `name` is for sources without one."""
        if isinstance(source, str | Path):
            path = Path(source)
            name, data = name or path.name, self._content(path)
        else:
            data = source if isinstance(source, bytes) else source.read()
        if executor is None:
            return self.read_data(name, data, how)
        try:
            return executor.submit(self._sent(_read_data, how), name, data).result()
        except UnreadableFileError as error:  # only a guarded process raises it
            return _unread(name, data, error.problem)

    def read_data(self, name: str, data: bytes, how: Reading) -> Return:
        """The return in the content of a file."""
        expected = self._layouts.layout(how.form) if how.form else None
        return self._intake.read(name, data, expected, how.role, how.issued, how.look)

    def read_all(self, paths: Iterable[str | Path], how: Reading, executor: Executor | None = None) -> Iterator[Return]:
        """The returns in many files, in order, holding no more than a few in memory."""
        if executor is None:
            yield from (self.read_in_batch(path, how) for path in paths)
            return
        read, size = self._sent(_read_chunk, how), 1 if isinstance(executor, GuardedProcesses) else _CHUNK
        remaining = (Path(path).absolute() for path in paths)
        waiting: deque[tuple[list[Path], Future[list[Return]]]] = deque()
        try:
            while chunk := list(islice(remaining, size)):
                waiting.append((chunk, executor.submit(read, chunk)))
                if len(waiting) * size >= _AT_ONCE:
                    yield from self._returns(*waiting.popleft())
            while waiting:
                yield from self._returns(*waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()

    def read_in_batch(self, path: str | Path, how: Reading) -> Return:
        """The return in one file of many: one that cannot be opened does not stop the others."""
        try:
            return self.read(path, how)
        except _CannotOpenError as error:
            return _unread(Path(path).name, b"", Code.CANNOT_OPEN.problem(reason=error.reason))

    def _returns(self, chunk: Sequence[Path], future: Future[list[Return]]) -> list[Return]:
        try:
            return future.result()
        except UnreadableFileError as error:  # only a guarded process raises it, for the one file that it had
            return [self._lost(path, error.problem) for path in chunk]

    def _lost(self, path: Path, problem: Problem) -> Return:
        try:
            return _unread(path.name, self._content(path), problem)
        except _CannotOpenError:
            return _unread(path.name, b"", problem)

    def _sent(self, read: Callable[..., _Read], how: Reading) -> Callable[..., _Read]:
        """What another process is given to read with: the same object for the same `how`, since it keeps the last."""
        if (read, how) != self._last_sent[0]:
            home = self._library.wordings.home_of(how.form) if how.form else None
            self._last_sent = (read, how), partial(read, self, replace(how, home=home))
        sent: Callable[..., _Read] = self._last_sent[1]
        return sent

    def settle(self, form: Form, home: Path | None) -> None:
        """Note where a form comes from that was loaded in another process."""
        self._library.wordings.settle(form, home)

    def _content(self, path: Path) -> bytes:
        try:
            if not S_ISREG(path.stat().st_mode):
                raise _CannotOpenError(path, "it is no file")
            with path.open("rb") as file:
                return file.read(self._limits.file_size + 1)
        except OSError as error:
            raise _CannotOpenError(path, error.strerror or type(error).__name__) from error


class _CannotOpenError(QafFormsError):
    """There is no file to read at a path."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{path}: {reason}; check the name and that you may read it")


def _unread(name: str, data: bytes, problem: Problem) -> Return:
    facts = FileFacts(name=name, sha256=sha256(data).hexdigest() if data else "", size=len(data))
    return Return(file=facts, status=Status.UNREADABLE, problems=(problem,))


class _Module(NamedTuple):
    """A plugin that is a module, on its way to another process: there it is imported by its name."""

    name: str


def _files(definitions: Sequence[Path | str], limits: Limits, sent: Sequence[Any], passwords: Sequence[str]) -> Files:
    plugins = [import_module(one.name) if isinstance(one, _Module) else one for one in sent]
    library = Library([Path(folder) for folder in definitions])
    return Files((definitions, limits, plugins, passwords), Registry(plugins), library, Layouts(library))


def _read_chunk(files: Files, how: Reading, paths: Sequence[Path]) -> list[Return]:
    _settle(files, how)
    return [files.read_in_batch(path, how) for path in paths]


def _read_data(files: Files, how: Reading, name: str, data: bytes) -> Return:
    _settle(files, how)
    return files.read_data(name, data, how)


def _settle(files: Files, how: Reading) -> None:
    if how.form is not None:
        files.settle(how.form, how.home)
