"""The hooks of the plain-text format. Hooks only: what they return is imported here, heavy libraries would not be."""

from __future__ import annotations

from qaf_forms.plugin import Reader, Renderer, hookimpl
from qaf_forms_example.text_format import TextReader, TextRenderer


@hookimpl
def qaf_forms_renderers() -> list[Renderer]:
    """Add the format `text` to `qaf-forms render`."""
    return [TextRenderer()]


@hookimpl
def qaf_forms_readers() -> list[Reader]:
    """Read what `qaf-forms render --to text` made."""
    return [TextReader()]
