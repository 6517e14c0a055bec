"""The hooks of this plugin. Nothing heavy is imported until a workbook is written or read."""

from __future__ import annotations

from qaf_forms.plugin import Exporter, Reader, Renderer, hookimpl
from qaf_forms_excel.exporting import WorkbookExporter
from qaf_forms_excel.reading import ExcelReader
from qaf_forms_excel.rendering import ExcelRenderer


@hookimpl
def qaf_forms_renderers() -> list[Renderer]:
    return [ExcelRenderer()]


@hookimpl
def qaf_forms_readers() -> list[Reader]:
    return [ExcelReader()]


@hookimpl
def qaf_forms_exporters() -> list[Exporter]:
    return [WorkbookExporter()]
