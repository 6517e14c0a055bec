"""Reading files: one, or many one after the other or in the processes or threads of an executor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from qaf_forms.collect.intake import CopyName, Intake
from qaf_forms.collect.returns import Return
from qaf_forms.define.form import Form
from qaf_forms.define.library import Library
from qaf_forms.errors import QafFormsError
from qaf_forms.issue.given import Issued
from qaf_forms.issue.look import STANDARD_LOOK, Look
from qaf_forms.plugin.interfaces import Limits
from qaf_forms.plugin.registry import Registry
from qaf_forms.toolkit.layouts import Layouts

_CHUNK = 16
"""Files a worker process is given at a time: enough to make setting up its readers worth it."""
_CHUNKS_AT_ONCE = 8
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

    def __reduce__(self) -> tuple[Any, ...]:
        return _files, self._arguments

    def read(self, source: str | Path | bytes | BinaryIO, how: Reading, name: str = "") -> Return:
        """The return in one file; `name` is for sources without one."""
        if isinstance(source, str | Path):
            path = Path(source)
            name, data = name or path.name, self._content(path)
        else:
            data = source if isinstance(source, bytes) else source.read()
        expected = self._layouts.layout(how.form) if how.form else None
        return self._intake.read(name, data, expected, how.role, how.issued, how.look)

    def read_all(self, paths: Iterable[str | Path], how: Reading, executor: Executor | None = None) -> Iterator[Return]:
        """The returns in many files, in order, holding no more than a few in memory."""
        if executor is None:
            yield from (self.read(path, how) for path in paths)
            return
        how = replace(how, home=self._library.wordings.home_of(how.form) if how.form else None)
        remaining = iter(paths)
        while batch := [chunk for _ in range(_CHUNKS_AT_ONCE) if (chunk := list(islice(remaining, _CHUNK)))]:
            for returns in executor.map(_read_chunk, ((self, chunk, how) for chunk in batch)):
                yield from returns

    def settle(self, form: Form, home: Path | None) -> None:
        """Note where a form comes from that was loaded in another process."""
        self._library.wordings.settle(form, home)

    def _content(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(self._limits.file_size + 1)
        except OSError as error:
            raise QafFormsError(
                f"{path}: {error.strerror or error}; check the name and that you may read it"
            ) from error


def _files(*arguments: Any) -> Files:
    definitions, _, plugins, _ = arguments
    library = Library([Path(folder) for folder in definitions])
    return Files(arguments, Registry(plugins), library, Layouts(library))


def _read_chunk(task: tuple[Files, Sequence[str | Path], Reading]) -> list[Return]:
    files, paths, how = task
    if how.form is not None:
        files.settle(how.form, how.home)
    return list(files.read_all(paths, how))
