"""How the files of a form look, beside what stands in them: the partnership's own template, the size of print."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from qaf_forms.errors import QafFormsError

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


class Print(StrEnum):
    """How large and how widely spaced the words are."""

    STANDARD = "standard"
    """12 points and more."""
    LARGE = "large"
    """18 points and more, for people who see little."""
    EASY_READ = "easy_read"
    """14 points and more in wide lines, as easy-read wordings want it."""


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a copy. Two copies that differ in nothing else hold the same questions, answers and marks.

    `template` is the content of a partnership's own template in the format's own kind of file; without it the format's
    own is taken. With `only_spaces` the program in which the copy is opened lets people change answers alone, where the
    format has a way to ask for that. `colour` (`#RRGGBB`) and `logo`, the content of a PNG or JPEG picture, are for
    formats without a template; `logo_text` says in words what the picture shows.
    """

    template: bytes = b""
    print: Print = Print.STANDARD
    only_spaces: bool = False
    colour: str = ""
    logo: bytes = b""
    logo_text: str = ""

    def __post_init__(self) -> None:
        if self.colour and not _COLOUR.fullmatch(self.colour):
            raise QafFormsError(f"the colour {self.colour!r} cannot be used; write one such as #1D4E63")
        if self.logo and not self.logo_text.strip():
            raise QafFormsError("the logo has no words; say in logo_text what it shows, for people who cannot see it")


STANDARD_LOOK = Look()
_PRINTS = frozenset(one.value for one in Print)


def in_print(look: Look, print_: str) -> Look:
    """A look in another print, if `print_` names one."""
    return replace(look, print=Print(print_)) if print_ in _PRINTS else look


def print_named(look: Look) -> str:
    """What a stamp says of a look's print: nothing of what is usual."""
    return "" if look.print is Print.STANDARD else look.print.value


def template_in(path: Path) -> bytes:
    """The content of a template. QafFormsError if it cannot be read."""
    return _content(path, "a Word template (.docx)")


def logo_in(path: Path) -> bytes:
    """The content of a logo. QafFormsError if it cannot be read."""
    return _content(path, "a picture (.png or .jpg)")


def _content(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise QafFormsError(f"{path}: {reason}; give the path of {what}") from error
