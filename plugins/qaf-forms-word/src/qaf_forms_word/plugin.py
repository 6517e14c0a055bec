"""The hooks of the Word format. Hooks only."""

from __future__ import annotations

from qaf_forms.plugin import Reader, Renderer, hookimpl
from qaf_forms_word.formats import WordReader, WordRenderer


@hookimpl
def qaf_forms_renderers() -> list[Renderer]:
    """Add the format `word` to `qaf-forms render` and `issue`."""
    return [WordRenderer()]


@hookimpl
def qaf_forms_readers() -> list[Reader]:
    """Read .docx and .docm files."""
    return [WordReader()]
