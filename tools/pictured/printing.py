"""How a form prints: rendered, turned into pages by LibreOffice, and cut to what is worth seeing."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tools.pictured.image import Image, below_each_other, from_ppm

from qaf_forms import Toolkit
from tests.office import Office

_POINTS = 72
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
_HEADER = 60
"""Points from the top of a page of the Word form to the end of its running head."""


@dataclass(frozen=True)
class Picture:
    """A picture to be made of a form: its sections cut out, or the page on which certain words stand, whole.

    `name` is the form's, where a change of its definition need not mean another picture.
    """

    path: Path
    definition: str
    format: str = "word"
    answers: Mapping[str, Any] | None = None
    page_with: str = ""
    resolution: int = 84
    name: str = ""

    @property
    def source(self) -> str:
        """Tells whether a picture that is there shows this: a hash of everything that it is made from."""
        parts = (self.name or self.definition, self.format, self.answers, self.page_with, self.resolution)
        return sha256(repr(parts).encode()).hexdigest()[:16]

    def made(self, office: Office) -> bytes:
        """The file of the picture."""
        with tempfile.TemporaryDirectory() as folder:
            pdf = _printed(self, office, Path(folder))
            pages = range(1, _page_count(pdf) + 1)
            if self.page_with:
                number = next(number for number in pages if self.page_with in _text(pdf, number))
                return _page(pdf, number, self.resolution).png(self.source)
            parts = [part for number in pages for part in _parts(pdf, number, self)]
        return below_each_other(parts).png(self.source)


def _printed(picture: Picture, office: Office, folder: Path) -> Path:
    path = folder / "form.yaml"
    path.write_text(picture.definition, encoding="utf-8")
    toolkit = Toolkit()
    form = toolkit.form(path)
    rendered = folder / f"form{toolkit.suffix(picture.format)}"
    rendered.write_bytes(toolkit.render(form, picture.format, answers=picture.answers))
    return office.convert(rendered, folder / "form.pdf")


def _parts(pdf: Path, number: int, picture: Picture) -> Iterator[Image]:
    """What a page shows between the heading of a section, or the running head, and the foot."""
    words = _words(pdf, number)
    foot = min((top for _, top, _, word in words if word == "Form"), default=None)
    if number == 1 or foot is None:
        return
    heads = [bottom for left, top, bottom, word in words if word == "A." and top < 150]
    top = heads[0] + 8 if heads else _HEADER if picture.format == "word" else 0
    if picture.format == "excel" and heads:
        top = heads[0] + 3
    scale = picture.resolution / _POINTS
    image = _page(pdf, number, picture.resolution).cut(round(top * scale), round((foot - 10) * scale))
    if not image.is_blank:
        yield image.trimmed()


def _text(pdf: Path, number: int) -> str:
    run = ["pdftotext", "-f", str(number), "-l", str(number), str(pdf), "-"]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout


def _words(pdf: Path, number: int) -> list[tuple[float, float, float, str]]:
    """Left, top, bottom and text of every word of a page."""
    run = ["pdftotext", "-bbox", "-f", str(number), "-l", str(number), str(pdf), "-"]
    found = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    return [(float(left), float(top), float(bottom), word) for left, top, _, bottom, word in _WORD.findall(found)]


def _page(pdf: Path, number: int, resolution: int) -> Image:
    run = ["pdftoppm", "-f", str(number), "-l", str(number), "-r", str(resolution), str(pdf)]
    return from_ppm(subprocess.run(run, capture_output=True, check=True).stdout)


def _page_count(pdf: Path) -> int:
    found = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"^Pages:\s+(\d+)", found, re.MULTILINE)[1])  # type: ignore[index]  # it always says
