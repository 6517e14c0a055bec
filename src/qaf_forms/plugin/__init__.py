"""Everything a format plugin needs: the hooks, the interfaces, and the records of a layout.

Import from here and from `qaf_forms.testing` only; other modules may change.
"""

from qaf_forms.define.answer_types import Calculated, Control, highest_number
from qaf_forms.define.colours import contrast, readable_on
from qaf_forms.define.condition import Condition, Value
from qaf_forms.define.items import Group
from qaf_forms.define.markup import Paragraph, Run, paragraphs, plain
from qaf_forms.define.scale import Level, Scale, fold
from qaf_forms.define.score import most_of
from qaf_forms.define.suggesting import suggestion
from qaf_forms.define.words import CellWords, Words
from qaf_forms.errors import QafFormsError, UnreadableFileError
from qaf_forms.issue.descriptors import Descriptors, all_descriptors, descriptors_of
from qaf_forms.issue.fields import (
    Block,
    ColumnHead,
    Field,
    GridBlock,
    GridRowBlock,
    Heading,
    Prose,
    QuestionBlock,
    SectionLayout,
    TableBlock,
    Tick,
)
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.legends import Legend, column_legends, explained_levels, meaning_line, question_legends
from qaf_forms.issue.look import Look, Print
from qaf_forms.issue.printed import (
    RUN_ON,
    block_title,
    column_line,
    columns_role_line,
    descriptor_lines,
    meaning_lines,
    note_lines,
    other_role_line,
    reference_line,
    row_note_lines,
    section_title,
)
from qaf_forms.issue.remarks import Remark
from qaf_forms.issue.side_by_side import levels_side_by_side
from qaf_forms.issue.stamp import Stamp
from qaf_forms.issue.values import show
from qaf_forms.plugin.archive import Archive, opendocument_type
from qaf_forms.plugin.capped import run_capped
from qaf_forms.plugin.hookspecs import hookimpl
from qaf_forms.plugin.interfaces import (
    SHEET_NAME,
    Anchor,
    Cell,
    Contents,
    Copy,
    Exporter,
    Extra,
    Limits,
    OutputCell,
    OutputTable,
    Raw,
    Reader,
    Renderer,
    Route,
    Table,
    TemplatedRenderer,
)
from qaf_forms.problems import Code, Problem

__all__ = [
    "RUN_ON",
    "SHEET_NAME",
    "Anchor",
    "Archive",
    "Block",
    "Calculated",
    "Cell",
    "CellWords",
    "Code",
    "ColumnHead",
    "Condition",
    "Contents",
    "Control",
    "Copy",
    "Descriptors",
    "Exporter",
    "Extra",
    "Field",
    "GridBlock",
    "GridRowBlock",
    "Group",
    "Heading",
    "Layout",
    "Legend",
    "Level",
    "Limits",
    "Look",
    "OutputCell",
    "OutputTable",
    "Paragraph",
    "Print",
    "Problem",
    "Prose",
    "QafFormsError",
    "QuestionBlock",
    "Raw",
    "Reader",
    "Remark",
    "Renderer",
    "Route",
    "Run",
    "Scale",
    "SectionLayout",
    "Stamp",
    "Table",
    "TableBlock",
    "TemplatedRenderer",
    "Tick",
    "UnreadableFileError",
    "Value",
    "Words",
    "all_descriptors",
    "block_title",
    "column_legends",
    "column_line",
    "columns_role_line",
    "contrast",
    "descriptor_lines",
    "descriptors_of",
    "explained_levels",
    "fold",
    "highest_number",
    "hookimpl",
    "levels_side_by_side",
    "meaning_line",
    "meaning_lines",
    "most_of",
    "note_lines",
    "opendocument_type",
    "other_role_line",
    "paragraphs",
    "plain",
    "question_legends",
    "readable_on",
    "reference_line",
    "row_note_lines",
    "run_capped",
    "section_title",
    "show",
    "suggestion",
]
