"""The names of WordprocessingML that are read, in Clark notation, as the standard spells them."""

from __future__ import annotations

_OFFICE = "http://schemas.openxmlformats.org"
MAIN = f"{_OFFICE}/wordprocessingml/2006/main"
RELATIONSHIPS = f"{_OFFICE}/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = f"{_OFFICE}/package/2006/relationships"
CUSTOM_PROPERTIES = f"{_OFFICE}/officeDocument/2006/custom-properties"
EXTENDED_PROPERTIES = f"{_OFFICE}/officeDocument/2006/extended-properties"
DRAWING = f"{_OFFICE}/drawingml/2006/main"
CHART = f"{_OFFICE}/drawingml/2006/chart"
MATHS = f"{_OFFICE}/officeDocument/2006/math"
COMPATIBILITY = f"{_OFFICE}/markup-compatibility/2006"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
VML = "urn:schemas-microsoft-com:vml"
VML_OFFICE = "urn:schemas-microsoft-com:office:office"

HARMLESS_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What a link may begin with that leads to the web, or to somebody to write to or call."""
STRICT_TO_TRANSITIONAL = {
    "http://purl.oclc.org/ooxml/officeDocument/customProperties": CUSTOM_PROPERTIES,
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties": EXTENDED_PROPERTIES,
    "http://purl.oclc.org/ooxml/wordprocessingml/main": MAIN,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": RELATIONSHIPS,
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes": f"{_OFFICE}/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/math": MATHS,
    "http://purl.oclc.org/ooxml/drawingml/main": DRAWING,
    "http://purl.oclc.org/ooxml/drawingml/chart": CHART,
}
"""The namespaces of ISO/IEC 29500 Strict and what the same things are called in Transitional."""


def w(name: str) -> str:
    """A name of the main namespace."""
    return f"{{{MAIN}}}{name}"


def w14(name: str) -> str:
    """A name that Word 2010 added."""
    return f"{{{WORD_2010}}}{name}"


VAL = w("val")
ID = w("id")
NAME = w("name")
P = w("p")
PPR = w("pPr")
R = w("r")
RPR = w("rPr")
T = w("t")
DEL_TEXT = w("delText")
INSTR_TEXT = w("instrText")
TBL = w("tbl")
TR = w("tr")
TRPR = w("trPr")
TC = w("tc")
TCPR = w("tcPr")
GRID_BEFORE = w("gridBefore")
GRID_SPAN = w("gridSpan")
MERGED_DOWN, MERGED_ACROSS = w("vMerge"), w("hMerge")
SDT = w("sdt")
SDTPR = w("sdtPr")
SDT_CONTENT = w("sdtContent")
TAG = w("tag")
TEXT = w("text")
SHOWING_PLACEHOLDER = w("showingPlcHdr")
DATE, FULL_DATE, ALIAS = w("date"), w("fullDate"), w("alias")
DOC_PART_BODY = w("docPartBody")
CHECKBOX = w14("checkbox")
CHECKED = w14("checked")
CHECKED_STATE = w14("checkedState")
W14_VAL = w14("val")
BOOKMARK_START = w("bookmarkStart")
INS = w("ins")
DEL = w("del")
MOVE_FROM = w("moveFrom")
MOVE_TO = w("moveTo")
HYPERLINK = w("hyperlink")
FLD_SIMPLE = w("fldSimple")
FLD_CHAR = w("fldChar")
FLD_CHAR_TYPE = w("fldCharType")
FF_DATA = w("ffData")
INSTR = w("instr")
SYM = w("sym")
TEXTBOX = w("txbxContent")
ALTERNATE = f"{{{COMPATIBILITY}}}AlternateContent"
RELATIONSHIP_ID = f"{{{RELATIONSHIPS}}}id"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

COL_FIRST = w("colFirst")
ALT_CHUNK = w("altChunk")
MATHS_TEXT = f"{{{MATHS}}}t"
FRACTION, RAISED, LOWERED, ROOT = (f"{{{MATHS}}}{name}" for name in ("f", "sSup", "sSub", "rad"))
RUBY_TEXT = w("rt")
CONTENT_PART, SUB_DOCUMENT = w("contentPart"), w("subDoc")
STRIKE, DOUBLE_STRIKE, VANISH, VERTICAL = w("strike"), w("dstrike"), w("vanish"), w("vertAlign")
CELL_DELETED = w("cellDel")
DROP_DOWN, COMBO_BOX, LIST_ITEM, LAST_VALUE = w("dropDownList"), w("comboBox"), w("listItem"), w("lastValue")
DISPLAY_TEXT, VALUE = w("displayText"), w("value")

BLOCK_WRAPPERS = frozenset(map(w, ("ins", "moveTo", "customXml", "smartTag", "sdtContent", "body")))
"""What may stand around whole paragraphs and tables."""

_NO_TEXT = """
    pPr rPr tcPr tblPr tblPrEx trPr tblGrid sdtPr sdtEndPr sectPr customXmlPr smartTagPr proofErr permStart permEnd
    lastRenderedPageBreak annotationRef footnoteRef endnoteRef separator continuationSeparator commentRangeEnd
    moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd bookmarkEnd
"""
NO_TEXT = frozenset(map(w, _NO_TEXT.split()))
"""What holds no text and is passed over."""
