"""What stands in the XML of a saved file, with the parts that vary cut away.

Regular expressions, because some of what LibreOffice writes is not well-formed XML.
"""

import re
import zipfile
from html import unescape
from pathlib import Path

NOISE = re.compile(
    r"<w:(pPr|tcPr)>.*?</w:\1>|<w:rPr></w:rPr>|<w:rPr/>| w:rsid\w*=\"\w*\""
    r'| xmlns:\w+="[^"]*"| w:author="[^"]*"| w:date="[^"]*"|(?<=\w) w:id="\d+"',
    re.DOTALL,
)
RUN_STYLE = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
CELL = re.compile(r"<c [^>]*?(?:/>|>.*?</c>)", re.DOTALL)


def part(path: Path, name: str) -> str:
    """The text of one part of a package, empty when there is none."""
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode() if name in package.namelist() else ""


def answers(path: Path) -> dict[str, str]:
    """Each row's second cell, by the text of its first: XML without attributes' noise."""
    found = {}
    for row in re.findall(r"<w:tr[ >].*?</w:tr>", part(path, "word/document.xml"), re.DOTALL):
        first, second = re.findall(r"<w:tc>(.*?)</w:tc>", row, re.DOTALL)[:2]
        found[text_of(first)] = trimmed(second)
    return found


def answer_texts(path: Path) -> dict[str, str]:
    """Each row's second cell as text, by the text of its first."""
    return {code: text_of(xml) for code, xml in answers(path).items()}


def trimmed(xml: str) -> str:
    """WordprocessingML without ids, revisions, empty and repeated formatting."""
    lean = NOISE.sub("", xml).replace(RUN_STYLE, "")
    return re.sub(r'<w:id w:val="[-\d]+"/>', "<w:id/>", lean)


def text_of(xml: str) -> str:
    r"""The text of a cell: "\n" between paragraphs, "\v" for a line break."""
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    pieces = (re.findall(r"<w:t(?: [^>]*)?>(.*?)</w:t>|<w:(br)/>", p) for p in paragraphs)
    return "\n".join("".join("\v" if br else unescape(text) for text, br in found) for found in pieces)


def body_text(path: Path) -> str:
    """All paragraphs of a docx outside the table, a line each."""
    xml = part(path, "word/document.xml")
    return text_of(re.sub(r"<w:tbl>.*?</w:tbl>", "", xml, flags=re.DOTALL))


def bookmark_names(path: Path) -> list[str]:
    """The names of all w:bookmarkStart, in order, with repeats."""
    xml = part(path, "word/document.xml")
    return re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]*)"', xml)


def custom_properties(path: Path) -> dict[str, str]:
    """The custom document properties that are strings."""
    pattern = r'name="([^"]*)"[^>]*><vt:lpwstr[^>]*>(.*?)</vt:lpwstr>'
    return dict(re.findall(pattern, part(path, "docProps/custom.xml")))


def sheet_cells(path: Path, sheet: int = 1) -> dict[str, tuple[str, str]]:
    """Each cell that holds something: its type (t) and its value, strings looked up."""
    strings = _shared_strings(path)
    found = {}
    for cell in CELL.findall(part(path, f"xl/worksheets/sheet{sheet}.xml")):
        value = re.search(r"<v>(.*?)</v>", cell, re.DOTALL)
        if value is not None:
            kind = (re.search(r' t="(\w+)"', cell) or ["", "n"])[1]
            text = strings[int(value[1])] if kind == "s" else unescape(value[1])
            found[(re.search(r' r="(\w+)"', cell) or ["", ""])[1]] = (kind, text)
    return found


def formulas(path: Path) -> dict[str, str]:
    """The formula of each cell of the first sheet that has one."""
    cells = CELL.findall(part(path, "xl/worksheets/sheet1.xml"))
    pattern = r' r="(\w+)".*<f[^>]*>(.*?)</f>'
    matches = (re.search(pattern, cell, re.DOTALL) for cell in cells)
    return {match[1]: unescape(match[2]) for match in matches if match}


def defined_names(path: Path) -> dict[str, str]:
    """Each defined name and what it stands for."""
    pattern = r'<definedName [^>]*name="([^"]*)"[^>]*>(.*?)</definedName>'
    found = re.findall(pattern, part(path, "xl/workbook.xml"))
    return {name: unescape(target) for name, target in found}


def sheet_states(path: Path) -> dict[str, str]:
    """Each sheet's name and its state."""
    pattern = r'<sheet name="([^"]*)"[^>]*?(?:state="(\w+)"[^>]*?)?/>'
    found = re.findall(pattern, part(path, "xl/workbook.xml"))
    return {unescape(name): state or "visible" for name, state in found}


def validations(path: Path) -> dict[str, str]:
    """The first formula of each data validation of the first sheet, by its cells."""
    pattern = r'<dataValidation [^>]*sqref="([^"]*)"[^>]*>\s*<formula1>(.*?)</formula1>'
    found = re.findall(pattern, part(path, "xl/worksheets/sheet1.xml"))
    return {cells: unescape(formula) for cells, formula in found}


def _shared_strings(path: Path) -> list[str]:
    items = re.findall(r"<si>(.*?)</si>", part(path, "xl/sharedStrings.xml"), re.DOTALL)
    texts = (re.findall(r"<t(?: [^>]*)?>(.*?)</t>", item, re.DOTALL) for item in items)
    return [unescape("".join(text)) for text in texts]
