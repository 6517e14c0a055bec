"""What people write where a workbook has names: of its sheets, of values, of scenarios."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from qaf_forms.plugin import Extra
from qaf_forms_excel.strings import as_typed

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SHEET = "arkusz|blad|chart|diagramm?|dialog|feuil|foglio|graphique|hoja|macro|planilha|sheet|tabelle|taflen"
_BY_PROGRAM = re.compile(rf"(?:recovered_)?(?:{_SHEET})[ _]?\d*|export summary", re.IGNORECASE)
_OF_COPY = re.compile(r"^copy of | ?\(\d+\)$|_\d+$| - table \d+$", re.IGNORECASE)
"""What programs add to the name of a sheet that is copied: Excel `(2)`, LibreOffice `_2`, Google *Copy of*, Numbers."""
_CONSTANT = re.compile(r'"((?:[^"]|"")*)"')
_LONGEST = 200


class SheetWords(dict[str, str]):
    """What somebody may have written as the name of a sheet, by the name; nothing for a name that programs give."""

    def __missing__(self, name: str) -> str:
        words = name
        while (shorter := _OF_COPY.sub("", words)) != words:
            words = shorter
        found = "" if _BY_PROGRAM.fullmatch(words) else words.strip()
        if len(name) <= _LONGEST:
            self[name] = found
        return found


def of_names(defined: Iterable[Element]) -> Iterator[Extra]:
    """What is written as a comment on a defined name, or is a text that one stands for."""
    for element in defined:
        text, comment = element.text or "", element.get("comment")
        if not comment and '"' not in text:
            continue
        constant = _CONSTANT.fullmatch(text)
        formula = f"={text}" if '"' in text else ""
        words = [comment or "", constant[1].replace('""', '"') if constant else formula]
        written = "\n".join(as_typed(word) for word in words if word.strip())
        if written:
            yield Extra("name", f"the workbook, name '{element.get('name', '')}'", written)


def of_scenarios(scenarios: Element, place: str) -> Iterator[Extra]:
    """What the scenarios of a sheet are called, what is said of them, and what they put into cells."""
    for scenario in scenarios:
        cells = [f"{cell.get('r', '')}: {cell.get('val', '')}" for cell in scenario]
        words = [scenario.get("name") or "", scenario.get("comment") or "", *cells]
        yield Extra("scenario", place, "\n".join(as_typed(word) for word in words if word.strip()))
