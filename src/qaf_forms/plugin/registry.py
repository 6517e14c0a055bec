"""Finds the installed plugins and keeps what they add, by format.

A plugin that cannot be loaded, or that implements a hook that does not exist, is named and left out; the rest go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol, TypeVar

import pluggy

from qaf_forms.errors import FormatError
from qaf_forms.plugin import hookspecs
from qaf_forms.plugin.interfaces import Exporter, Reader, Renderer, TemplatedRenderer


class _HasFormat(Protocol):
    format: str


_Adds = TypeVar("_Adds", bound=_HasFormat)


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """One installed plugin: its name, distribution and version, what it adds, or why it is not used."""

    name: str
    distribution: str
    version: str
    adds: tuple[str, ...] = ()
    fault: str = ""


class Registry:
    """The plugins of one toolkit. Nothing is kept outside it."""

    def __init__(self, extra: Sequence[Any] = ()) -> None:
        """Load every installed plugin; `extra` are plugin modules or objects given directly."""
        self._loaded: dict[str, PluginInfo] = {}
        self._plugins: list[tuple[str, Any]] = []
        for entry in sorted(entry_points(group=hookspecs.PROJECT), key=lambda entry: entry.name):
            self._load(entry)
        for plugin in extra:
            name = getattr(plugin, "__name__", type(plugin).__name__)
            self._add(name, plugin, PluginInfo(name, "", ""))
        self.renderers: dict[str, Renderer] = self._gather("qaf_forms_renderers")
        self.readers: dict[str, Reader] = self._gather("qaf_forms_readers")
        self.exporters: dict[str, Exporter] = self._gather("qaf_forms_exporters")

    @property
    def plugins(self) -> tuple[PluginInfo, ...]:
        """Every installed plugin, those that failed too."""
        return tuple(self._loaded.values())

    def renderer(self, name: str) -> Renderer:
        """The renderer of a format, or `FormatError` saying which there are."""
        return _named(self.renderers, name, "render")

    def templated(self, name: str) -> TemplatedRenderer:
        """The renderer of a format that has templates, or `FormatError`."""
        renderer = self.renderer(name)
        if isinstance(renderer, TemplatedRenderer):
            return renderer
        raise FormatError(f"files of the format {name!r} are made from no template; leave it out")

    def exporter(self, name: str, others: Mapping[str, Exporter]) -> Exporter:
        """The exporter of a format, among the installed ones and `others`, or `FormatError` saying which there are."""
        return _named({**others, **self.exporters}, name, "export")

    def _load(self, entry: EntryPoint) -> None:
        distribution = entry.dist.name if entry.dist else ""
        version = entry.dist.version if entry.dist else ""
        info = PluginInfo(entry.name, distribution, version)
        try:
            plugin = entry.load()
        except Exception as error:  # a broken plugin, whatever breaks it, must not stop the rest
            reason = f"it cannot be imported: {type(error).__name__}: {error}"
            self._loaded[entry.name] = PluginInfo(entry.name, distribution, version, fault=reason)
            return
        self._add(entry.name, plugin, info)

    def _add(self, name: str, plugin: Any, info: PluginInfo) -> None:
        """Take a plugin whose hooks are all known; pluggy is asked about each alone, to name the one at fault."""
        manager = pluggy.PluginManager(hookspecs.PROJECT)
        manager.add_hookspecs(hookspecs)
        try:
            manager.register(plugin, name)
            manager.check_pending()
        except pluggy.PluginValidationError as error:
            self._loaded[name] = PluginInfo(name, info.distribution, info.version, fault=str(error))
            return
        self._loaded[name] = info
        self._plugins.append((name, manager))

    def _gather(self, hook: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        owners: dict[str, str] = {}
        for name, manager in self._plugins:
            for added in self._call(name, getattr(manager.hook, hook)):
                if added.format in found:
                    raise FormatError(
                        f"two plugins, {owners[added.format]} and {name}, both claim the format {added.format!r};"
                        " uninstall one of them"
                    )
                found[added.format], owners[added.format] = added, name
                self._note(name, f"{hook.removeprefix('qaf_forms_').removesuffix('s')} {added.format}")
        return found

    def _call(self, name: str, hook: Callable[[], Iterable[Iterable[Any]]]) -> list[Any]:
        try:
            found = [added for result in hook() for added in result]
            for added in found:
                if not isinstance(added.format, str):
                    raise TypeError(f"the format of {type(added).__name__} is no text")
            return found
        except Exception as error:  # as above
            info = self._loaded[name]
            reason = f"its hook failed: {type(error).__name__}: {error}"
            self._loaded[name] = PluginInfo(name, info.distribution, info.version, info.adds, reason)
            return []

    def _note(self, name: str, adds: str) -> None:
        info = self._loaded[name]
        self._loaded[name] = PluginInfo(name, info.distribution, info.version, (*info.adds, adds), info.fault)


def _named(found: Mapping[str, _Adds], name: str, verb: str) -> _Adds:
    if name in found:
        return found[name]
    known = ", ".join(sorted(found)) or "none"
    raise FormatError(f"nothing installed can {verb} {name!r}; choose one of {known}, or install a plugin for it")
