"""What the styles of a workbook say of what stands in its cells: dates and percentages, and what is struck out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from qaf_forms_excel.numbers import Kind, code_of_format, hides_part_of_date, kind_of_format
from qaf_forms_excel.package import Package, may_mention
from qaf_forms_excel.rich_text import STRIKE, is_struck

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


_BOX = "xfComplement"


class CellStyles:
    """The styles of one workbook, by the number that cells have. What nobody asks for is not parsed."""

    def __init__(self, package: Package | None, part: str, namespace: str) -> None:
        self._package, self._part, self._space = package, part, namespace

    @classmethod
    def none(cls) -> CellStyles:
        """Those of a workbook that has none."""
        return cls(None, "", "")

    @cached_property
    def kinds(self) -> list[Kind]:
        """What a number is, by style."""
        return [kind_of_format(_id(one), code) for one, code in zip(self._numbers, self._codes, strict=True)]

    @cached_property
    def struck(self) -> frozenset[str]:
        """The styles that strike out what stands in a cell, as cells name them."""
        if not may_mention(self._data, STRIKE):
            return frozenset()
        fonts = self._child("fonts")
        struck = {str(number) for number, font in enumerate(fonts) if is_struck(font)}
        styles = enumerate(self._child("cellXfs"))
        return frozenset(str(number) for number, style in styles if style.get("fontId") in struck)

    @cached_property
    def boxes(self) -> frozenset[str]:
        """The styles that show true and false as a box to tick, as cells name them: Excel has them since 2024."""
        if not may_mention(self._data, _BOX):
            return frozenset()
        styles = enumerate(self._child("cellXfs"))
        return frozenset(str(number) for number, style in styles if any(_BOX in one.tag for one in style.iter()))

    def format_of(self, style: int) -> str:
        """The number format of a style."""
        return code_of_format(_id(self._numbers[style]), self._codes[style])

    def hides_part_of_date(self, style: int) -> bool:
        """Whether a style shows only a part of a date."""
        return hides_part_of_date(_id(self._numbers[style]), self._codes[style])

    @cached_property
    def _numbers(self) -> list[str]:
        return [element.get("numFmtId", "0") for element in self._child("cellXfs")]

    @cached_property
    def _codes(self) -> list[str]:
        codes = {element.get("numFmtId", ""): element.get("formatCode", "") for element in self._child("numFmts")}
        return [codes.get(one, "") for one in self._numbers]

    @cached_property
    def _data(self) -> bytes:
        return self._package.archive.read(self._part) if self._package is not None else b""

    @cached_property
    def _root(self) -> Element | None:
        return self._package.parsed(self._part, self._data) if self._package is not None else None

    def _child(self, name: str) -> Iterator[Element]:
        found = None if self._root is None else self._root.find(f"{self._space}{name}")
        return iter(() if found is None else found)


def _id(number: str) -> int:
    return int(number) if number.isdecimal() else 0
