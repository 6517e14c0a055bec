"""The hooks a plugin may implement: the plugin author's reference.

A plugin is a distribution with an entry point in the group `qaf_forms` that names a module; the module's functions
marked with `qaf_forms.plugin.hookimpl` are its hooks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from qaf_forms.plugin.interfaces import Exporter, Reader, Renderer

PROJECT = "qaf_forms"
"""The one name of marker, manager and entry-point group."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def qaf_forms_renderers() -> Iterable[Renderer]:
    """Return the renderers this plugin adds.

    Called once, when a Toolkit is made and before anything is rendered: import heavy libraries inside `render`.
    No two plugins may claim one format.

    .. versionadded:: 0.1
    """
    raise NotImplementedError


@hookspec
def qaf_forms_readers() -> Iterable[Reader]:
    """Return the readers this plugin adds.

    Called once, when a Toolkit is made and before any file is opened: import heavy libraries inside `read`.
    No two plugins may claim one format.

    .. versionadded:: 0.1
    """
    raise NotImplementedError


@hookspec
def qaf_forms_exporters() -> Iterable[Exporter]:
    """Return the exporters this plugin adds: ways of writing out a collation.

    Called once, when a Toolkit is made: import heavy libraries inside `export`. No two plugins may claim one format.

    .. versionadded:: 0.1
    """
    raise NotImplementedError
