"""Conditional formats as the parts of a sheet: openpyxl's own take longer to make than the cells that they colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml.etree import Element, SubElement
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from qaf_forms_excel.loose_types import Book, Sheet
from qaf_forms_excel.strings import stored


@dataclass(frozen=True, slots=True)
class ColourRule:
    """One rule for some cells, as openpyxl's writer takes it."""

    cells: str
    facts: tuple[tuple[str, str], ...]
    formula: str
    rules: Iterable[Any] = ()
    """Styles that the writer would number; these have their numbers."""

    def to_tree(self) -> Any:
        """The element of the sheet."""
        formats = Element("conditionalFormatting", sqref=self.cells)
        rule = SubElement(formats, "cfRule", dict(self.facts))
        SubElement(rule, "formula").text = stored(self.formula)
        return formats


class ColourRules:
    """The rules of one workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._styles: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}

    def where(self, sheet: Sheet, cells: str, formula: str, fill: str, ink: str = "", *, stop: bool = False) -> None:
        """Colour the cells for which a formula holds; `stop` hides the rules that follow."""
        facts = {"type": "expression", "dxfId": self._style(fill, ink), **({"stopIfTrue": "1"} if stop else {})}
        self._add(sheet, cells, facts, formula)

    def compared(self, sheet: Sheet, cells: str, operator: str, formula: str, fill: str, ink: str = "") -> None:
        """Colour the cells whose value is `equal` to something, or `greaterThan` it."""
        facts = {"type": "cellIs", "dxfId": self._style(fill, ink), "operator": operator}
        self._add(sheet, cells, facts, formula)

    def _add(self, sheet: Sheet, cells: str, facts: dict[str, str], formula: str) -> None:
        number = self._counts[sheet.title] = self._counts.get(sheet.title, 0) + 1
        if number == 1:
            sheet.conditional_formatting = []
        rule = ColourRule(cells, (*facts.items(), ("priority", str(number))), formula)
        sheet.conditional_formatting.append(rule)

    def _style(self, fill: str, ink: str) -> str:
        if (fill, ink) not in self._styles:
            font = Font(color=Color(ink)) if ink else None
            style = DifferentialStyle(font=font, fill=PatternFill(bgColor=fill, fill_type="solid"))
            self._styles[fill, ink] = str(self._book._differential_styles.add(style))
        return self._styles[fill, ink]
