"""Takes in one returned file: opens it safely, finds out which form it is, and reads it into a return.

Whatever is wrong with the file becomes a problem of its return; nothing stops a batch.
"""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol

from qaf_forms.collect.blanks import BlankCopies
from qaf_forms.collect.checking import Checker
from qaf_forms.collect.file_kinds import unknown_kind
from qaf_forms.collect.lengths import long_answers
from qaf_forms.collect.locating import Locator
from qaf_forms.collect.protected import is_protected, opened
from qaf_forms.collect.reading import FileFacts, Reading
from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.form import Form
from qaf_forms.define.questions import AGENCY, EVERY_ROLE
from qaf_forms.errors import QafFormsError, UnreadableFileError
from qaf_forms.issue.given import Issued
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.look import STANDARD_LOOK, Look, in_print
from qaf_forms.issue.stamp import Stamp
from qaf_forms.plugin.interfaces import Contents, Limits, Reader, Renderer
from qaf_forms.problems import Code, Problem

_log = logging.getLogger(__name__)
_MEGABYTE = 1_000_000
_MOST_LENSES = 200
_CopyOf = tuple[str, str, str, str, str]
"""Form, version, variant, role that it is only for, and wording."""


CopyName = tuple[str, str, str]
"""Which copy of a round: the recipient's id, role and stage."""


class LayoutSource(Protocol):
    """Gives the layout that a stamp asks for."""

    def form_for(self, form: str, version: str) -> Form | None:
        """This form, in this version if it is known, else in another; None if the form is not known."""
        ...

    def wordings(self, form: Form) -> Sequence[str]:
        """The names of the wordings of a form."""
        ...

    def layout(self, form: Form, variant: str | None = None, only_for: str | None = None, wording: str = "") -> Layout:
        """A form laid out. `only_for` is the role whose copy leaves out what only other roles fill."""
        ...


class _UnknownRoleError(QafFormsError):
    """The caller named a role that the form in a file does not have: no fault of the file."""


class Intake:
    """Reads files with the readers of a toolkit. Layouts are indexed once and kept for the next file."""

    def __init__(
        self,
        readers: Mapping[str, Reader],
        layouts: LayoutSource,
        limits: Limits,
        passwords: Sequence[str] = (),
        renderers: Mapping[str, Renderer] | None = None,
    ) -> None:
        self._blanks = BlankCopies(readers, renderers or {}, limits)
        self._passwords = tuple(passwords)
        self._readers = readers
        self._layouts = layouts
        self._limits = limits
        self._lenses: dict[_CopyOf, _Lens] = {}

    def read(
        self,
        name: str,
        data: bytes,
        expected: Layout | None = None,
        role: str | None = None,
        issued: Mapping[CopyName, Issued] | None = None,
        look: Look = STANDARD_LOOK,
    ) -> Return:
        """The return in a file of this name and content; `expected` is the form it should be.

        `role` is whose return it is; without it the stamp decides. `issued` is what a round put into its copies, and
        `look` how they were made.
        """
        facts = FileFacts(name=name, sha256=sha256(data).hexdigest(), size=len(data))
        try:
            return self._read(facts, data, expected, role, issued or {}, look)
        except UnreadableFileError as error:
            return _unreadable(facts, error.problem)
        except _UnknownRoleError:
            raise
        except MemoryError:
            return _unreadable(facts, Code.OUT_OF_MEMORY.problem())
        except Exception as error:  # a bug in one reader must not stop a batch; its text may hold answers
            _log.debug("reading %s failed\n%s", facts.sha256, "".join(traceback.format_tb(error.__traceback__)))
            return _unreadable(facts, Code.READER_FAILED.problem(reason=type(error).__name__))

    def _read(
        self,
        facts: FileFacts,
        data: bytes,
        expected: Layout | None,
        role: str | None,
        issued: Mapping[CopyName, Issued],
        look: Look,
    ) -> Return:
        if is_protected(data) and len(data) <= self._limits.file_size:
            data = opened(data, self._passwords, self._limits)
        reader = self._reader_of(data)
        contents = reader.read(io.BytesIO(data), self._limits)
        facts = replace(facts, format=reader.format, application=contents.application)
        stamp = Stamp.from_properties(contents.properties) or _visible_stamp(contents)
        lens, problems = self._lens(stamp, expected, contents)
        if role and not lens.has_role(role):
            known = ", ".join(lens.layout.form.roles)
            raise _UnknownRoleError(f"{facts.name}: {lens.layout.form.id} has no role {role!r}; it has: {known}")
        look = in_print(look, stamp.print if stamp else "")
        located = lens.locator.locate(contents, stamp, reader.format, look)
        if not contents.knows_percentages:
            located.doubt_percentages()
        if stamp is None and not located.answers:
            raise UnreadableFileError(Code.NOT_THIS_FORM.problem())
        long = long_answers(located.answers.values(), reader.format, self._limits)
        reading = Reading(
            file=facts,
            stamp=stamp,
            answers=located.answers,
            extras=tuple(located.extras),
            problems=(*problems, *contents.problems, *located.problems, *long),
            row_marks=located.row_marks,
        )
        return lens.checker(role or (stamp.role if stamp else AGENCY)).check(
            reading, issued.get((stamp.recipient, stamp.role, stamp.stage)) if stamp else None
        )

    def _reader_of(self, data: bytes) -> Reader:
        if not data:
            raise UnreadableFileError(Code.EMPTY_FILE.problem())
        if len(data) > self._limits.file_size:
            raise UnreadableFileError(
                Code.TOO_LARGE.problem(
                    what="the file",
                    size=f"{len(data) / _MEGABYTE:.1f} MB",
                    limit=f"{self._limits.file_size / _MEGABYTE:.0f} MB",
                )
            )
        for reader in self._readers.values():
            if reader.recognises(data):
                return reader
        suffixes = sorted(suffix for reader in self._readers.values() for suffix in reader.suffixes)
        raise UnreadableFileError(unknown_kind(data, suffixes))

    def _lens(self, stamp: Stamp | None, expected: Layout | None, contents: Contents) -> tuple[_Lens, list[Problem]]:
        """The layout to read a file by, and what there is to say about that choice."""
        if stamp is None:
            if expected is None:
                raise UnreadableFileError(Code.NOT_THIS_FORM.problem())
            return self._best_lens(expected, contents), [Code.NO_STAMP.problem()]
        is_expected = expected is not None and stamp.form == expected.form.id
        form = expected.form if expected and is_expected else self._layouts.form_for(stamp.form, stamp.version)
        if form is None or (stamp.wording and stamp.wording not in self._layouts.wordings(form)):
            shown = f"{stamp.form} version {stamp.version}"
            shown += f" in the wording {stamp.wording!r}" if stamp.wording else ""
            raise UnreadableFileError(Code.UNKNOWN_FORM.problem(value=shown))
        variant = stamp.variant or (expected.variant or "" if expected and is_expected else "")
        only_for = stamp.role if stamp.hides_others and stamp.role in form.roles else ""
        lens = self._lens_for(form, variant, only_for, stamp.wording)
        return lens, list(_differences(stamp, lens.layout, expected))

    def _best_lens(self, expected: Layout, contents: Contents) -> _Lens:
        """The lens for a file that does not say which wording it is in: the one that knows most of what it prints."""
        form, variant = expected.form, expected.variant or ""
        names = ("", *self._layouts.wordings(form))
        lenses = [self._lens_for(form, variant, expected.only_for or "", name) for name in names]
        return lenses[0] if len(lenses) == 1 else max(lenses, key=lambda lens: lens.locator.known_in(contents))

    def _lens_for(self, form: Form, variant: str, only_for: str, wording: str) -> _Lens:
        key = (form.id, form.version, variant, only_for, wording)
        lens = self._lenses.get(key)
        if lens is None or lens.form is not form:
            if len(self._lenses) >= _MOST_LENSES:  # the variant is whatever the file says
                self._lenses.clear()
            layout = self._layouts.layout(form, variant or None, only_for or None, wording)
            lens = self._lenses[key] = _Lens(form, layout, Locator(layout, self._blanks, self._limits.answers), {})
        return lens


@dataclass(frozen=True, slots=True)
class _Lens:
    """A layout of `form`, in its own words or others, with the indexes that reading by it needs."""

    form: Form
    layout: Layout
    locator: Locator
    checkers: dict[str, Checker]

    def has_role(self, role: str) -> bool:
        """Whether the form can be filled in by this role."""
        return role in (AGENCY, *self.layout.form.roles, EVERY_ROLE)

    def checker(self, role: str) -> Checker:
        """The checker for returns of a role; a role that the form does not have is taken for the agency."""
        role = role if self.has_role(role) else AGENCY
        if role not in self.checkers:
            self.checkers[role] = Checker(self.layout, role)
        return self.checkers[role]


def _differences(stamp: Stamp, layout: Layout, expected: Layout | None) -> Iterable[Problem]:
    if expected is not None and stamp.form != expected.form.id:
        yield Code.OTHER_FORM.problem(value=stamp.form, expected=expected.form.id)
    elif stamp.version != layout.form.version:
        yield Code.OTHER_VERSION.problem(value=stamp.version, expected=layout.form.version)
    elif stamp.fingerprint and stamp.fingerprint != layout.fingerprint:
        yield Code.CHANGED_STRUCTURE.problem(value=stamp.fingerprint)


def _visible_stamp(contents: Contents) -> Stamp | None:
    """The stamp in a footer or on the first sheet, for files whose properties are gone."""
    for loose in contents.loose:
        if stamp := Stamp.from_line(loose.text):
            return stamp
    for table in contents.tables:
        for row in table.rows:
            for cell in row:
                if isinstance(cell.value, str) and " · Copy" in cell.value and (stamp := Stamp.from_line(cell.value)):
                    return stamp
    return None


def _unreadable(facts: FileFacts, problem: Problem) -> Return:
    return Return(file=facts, status=Status.UNREADABLE, problems=(problem,))
