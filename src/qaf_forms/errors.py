"""What goes wrong with a call, as opposed to with an answer (see `qaf_forms.problems`).

Every expected failure is a `QafFormsError`, and its text is one line that a person can act on. Anything else that
escapes is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qaf_forms.problems import Problem


class QafFormsError(Exception):
    """Base of every expected failure. Its text says where, what and what to do."""


class DefinitionError(QafFormsError):
    """A definition has faults; `problems` holds all of them, sorted by line."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        first = self.problems[0]
        more = f" (and {count - 1} more; `qaf-forms check` lists them all)" if count > 1 else ""
        super().__init__(f"{_place_in(name, first.place)}: {first.message}; {first.fix}{more}")


class UnknownFormError(QafFormsError):
    """No definition has the id, version or path asked for."""


class UnknownWordingError(QafFormsError):
    """A form has no wording of the name asked for."""


class RoundError(QafFormsError):
    """A round's file or its list of recipients cannot be used; `problems` holds every reason."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{_place_in(name, first.place)}: {first.message}; {first.fix}{more}")


class TemplateError(QafFormsError):
    """A template cannot be used; `problems` holds every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        more = f" (and {len(self.problems) - 1} more; `qaf-forms check` lists them all)" if self.problems[1:] else ""
        super().__init__(f"{first.place}: {first.message}; {first.fix}{more}")


class AnswersError(QafFormsError):
    """Answers given to `render` do not fit the form; `problems` holds every reason."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{first.key}: {first.message}; {first.fix}{more}")


class FormatError(QafFormsError):
    """No installed plugin renders, reads or exports the format asked for, or two claim it."""


class UnreadableFileError(QafFormsError):
    """A returned file cannot be read; `problem` says why. Readers raise it, the toolkit reports it and goes on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.message}; {problem.fix}")


def _place_in(name: str, place: str) -> str:
    """A place with the file, which is named once where the place names it too."""
    for file in (name, PurePath(name).name):
        if file and place.startswith(f"{file}:"):
            return name + place.removeprefix(file)
    return f"{name}: {place}"
