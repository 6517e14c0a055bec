"""Reads a whole workbook: its sheets in order, its names, its properties, and what is left over."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from qaf_forms.plugin import SHEET_NAME, Anchor, Code, Contents, Extra, Limits, Table, UnreadableFileError
from qaf_forms_excel import leftovers
from qaf_forms_excel.cell_styles import CellStyles
from qaf_forms_excel.known import Known
from qaf_forms_excel.marked_rows import FORM
from qaf_forms_excel.package import ALTERNATIVES, Package, Relationship, may_mention
from qaf_forms_excel.rich_text import STRIKE, kept_and_struck, text_of
from qaf_forms_excel.sheet import Sheet, SheetRows
from qaf_forms_excel.strings import as_typed, left_as_stored
from qaf_forms_excel.typed_names import of_names

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RELATIONSHIP_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_MAIN_PARTS = ("xl/workbook.xml", "xl/workbook.bin")
_DOES_NOT_ESCAPE = "SheetJS"
"""It reads `_x005F_` as an underscore and writes text that looks escaped as it is."""
_SHEET_KINDS = frozenset({"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})


class SheetPart(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str
    kind: str


def read_workbook(source: BinaryIO, limits: Limits, known: Known) -> Contents:
    """Everything in a workbook."""
    book = Workbook(Package(source, limits), known)
    tables: list[Table] = []
    loose: list[Extra] = []
    extras: list[Extra] = []
    problems = list(dict.fromkeys(leftovers.dangers(book.package, book.related)))
    extras += of_names(book.other_names)
    for listed in book.sheets:
        words = known.sheet_words[listed.name]
        if listed.kind not in ("worksheet", "dialogsheet"):
            extras += leftovers.of_other_sheet(book.package, listed.name, listed.part, listed.kind)
            if words:
                loose.append(Extra(SHEET_NAME, f"sheet '{listed.name}'", words))
            continue
        sheet = Sheet(book, listed.name, listed.part)
        rows = SheetRows(sheet)
        table = rows.read()
        if words and not rows.is_made:
            loose.append(Extra(SHEET_NAME, sheet.place, words))
        if FORM not in book.properties:  # a second stamp is of another copy: of two, no fact of either would be sure
            book.properties |= rows.stamp
        if table.rows:
            tables.append(table)
        problems += rows.problems
        more_loose, more_extras = leftovers.of_sheet(book.package, listed.part, sheet)
        table.foot = sheet.foot
        loose += more_loose
        extras += more_extras
    extras += list(leftovers.of_package(book.package, {one.part for one in book.sheets}, extras))
    return Contents(
        properties=book.properties,
        tables=tables,
        loose=loose,
        extras=extras,
        problems=problems,
        application=book.application,
    )


class Workbook:
    """What the sheets of one workbook share: texts, number formats, names, dates' first day."""

    def __init__(self, package: Package, known: Known) -> None:
        self.package = package
        self.known = known
        main = _main_part(package)
        root = package.parse(main)
        self.namespace = root.tag[: root.tag.index("}") + 1] if root.tag[0] == "{" else ""
        self._relationships = package.relationships(main)
        properties = root.find(f"{self.namespace}workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.sheets = list(self._sheets(root))
        self.other_names: list[Element] = []
        """The defined names that mark no cell as ours."""
        self.names = self._names(root)
        self.properties = leftovers.custom_properties(package)
        self.application = leftovers.application(package)
        self.as_typed = left_as_stored if self.application.startswith(_DOES_NOT_ESCAPE) else as_typed
        """What makes the texts of cells as they were typed of those that are stored."""
        self.struck_strings: dict[int, str] = {}
        """What is struck out of shared strings, by their number."""
        self.headers: dict[str, str] = {}
        """What the headers and footers say that are already told: most sheets have the same."""
        self.cells = self.rows = 0

    @property
    def related(self) -> Collection[Relationship]:
        """What the workbook refers to."""
        return self._relationships.values()

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings."""
        part = self._part("sharedStrings")
        if not part:
            return []
        data = self.package.archive.read(part)
        root = self.package.parsed(part, data)
        if may_mention(data, ALTERNATIVES) and next(root.iter(f"{{*}}{ALTERNATIVES}"), None) is not None:
            raise UnreadableFileError(Code.UNSAFE.problem(reason="its texts are not the same in all programs"))
        if not may_mention(data, STRIKE):
            return [text_of(item, self.as_typed) for item in root]
        strings = []
        for number, item in enumerate(root):
            text, struck = kept_and_struck(item)
            strings.append(self.as_typed(text))
            if struck:
                self.struck_strings[number] = struck
        return strings

    @cached_property
    def styles(self) -> CellStyles:
        """What the styles of cells say of what stands in them."""
        part = self._part("styles")
        return CellStyles(self.package, part, self.namespace) if part else CellStyles.none()

    def _part(self, kind: str) -> str:
        for relationship in self._relationships.values():
            if relationship.kind == kind and relationship.target in self.package.archive:
                return relationship.target
        return ""

    def _sheets(self, root: Element) -> Iterator[SheetPart]:
        listed = root.find(f"{self.namespace}sheets")
        elements = () if listed is None else listed
        if len(elements) > self.package.limits.sheets:
            raise UnreadableFileError(
                Code.TOO_COMPLEX.problem(
                    what="the number of sheets", size=len(elements), limit=self.package.limits.sheets
                )
            )
        seen: set[str] = set()
        for element in elements:
            ids = (element.get(name) for name in _RELATIONSHIP_ID)
            relationship = self._relationships.get(next((one for one in ids if one), ""))
            name = element.get("name", "")
            if relationship is None or relationship.kind not in _SHEET_KINDS:
                raise UnreadableFileError(Code.DAMAGED.problem(reason=f"its sheet {name!r} is missing"))
            if relationship.target not in self.package.archive:
                raise UnreadableFileError(Code.DAMAGED.problem(reason=f"its sheet {name!r} is missing"))
            part = self.package.archive.written(relationship.target)
            if part in seen:
                raise UnreadableFileError(Code.UNSAFE.problem(reason="two of its sheets are one part"))
            seen.add(part)
            yield SheetPart(name, part, relationship.kind)

    def _names(self, root: Element) -> dict[str, dict[str, list[Anchor]]]:
        """Our names: by sheet, then by the cell they mark."""
        found: dict[str, dict[str, list[Anchor]]] = {}
        listed = root.find(f"{self.namespace}definedNames")
        anchors, targets = self.known.names, self.known.targets
        last, cells = "", found.setdefault("", {})  # names stand in the order of sheets
        for element in () if listed is None else listed:
            name = element.get("name", "")
            if name[:3] != "qf_":
                self.other_names.append(element)
                continue
            target = targets[element.text or ""]
            if target is not None:
                sheet, cell = target
                if sheet != last:
                    last, cells = sheet, found.setdefault(sheet, {})
                cells.setdefault(cell, []).append(anchors[name])
            else:
                self.other_names.append(element)
        return found


def _main_part(package: Package) -> str:
    related = package.relationships("").values()
    mains = [one.target for one in related if one.kind == "officeDocument" and not one.external]
    if len(mains) > 1:
        raise UnreadableFileError(Code.UNSAFE.problem(reason="more than one of its parts is its workbook"))
    main = mains[0] if mains else next((name for name in _MAIN_PARTS if name in package.archive), "")
    if main.endswith(".bin"):
        raise UnreadableFileError(
            Code.NOT_A_FORM_FILE.problem(
                what="an Excel binary workbook (.xlsb)", suggestion="ask the sender to save it as .xlsx"
            )
        )
    if main not in package.archive:
        raise UnreadableFileError(Code.DAMAGED.problem(reason="it has no workbook in it"))
    return main
