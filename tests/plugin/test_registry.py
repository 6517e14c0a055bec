"""Finding plugins: a broken one is named and left out, and two for one format are an error."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from types import SimpleNamespace
from typing import Any

import pytest

from qaf_forms.errors import FormatError
from qaf_forms.plugin import hookimpl, registry
from qaf_forms.plugin.registry import PluginInfo, Registry


class Renderer:
    def __init__(self, format_: str) -> None:
        self.format = format_
        self.suffix = f".{format_}"

    def render(self, layout: Any, copies: Any) -> Iterator[bytes]:
        raise NotImplementedError


class Paper:
    """A plugin that adds one renderer."""

    @hookimpl
    def qaf_forms_renderers(self) -> list[Renderer]:
        return [Renderer("paper")]


class PaperAgain:
    @hookimpl
    def qaf_forms_renderers(self) -> list[Renderer]:
        return [Renderer("paper")]


class Misspelt:
    @hookimpl
    def qaf_forms_renderer(self) -> list[Renderer]:
        return [Renderer("stone")]


class Failing:
    @hookimpl
    def qaf_forms_renderers(self) -> list[Renderer]:
        raise RuntimeError("no ink")

    @hookimpl
    def qaf_forms_readers(self) -> list[Any]:
        return []


class HalfMade:
    @hookimpl
    def qaf_forms_renderers(self) -> list[Any]:
        return [SimpleNamespace(name="no format")]


def infos(*plugins: Any) -> dict[str, PluginInfo]:
    return {info.name: info for info in Registry(plugins).plugins}


def test_a_plugin_says_what_it_adds() -> None:
    found = Registry([Paper()])
    assert found.renderer("paper").suffix == ".paper"
    assert infos(Paper())["Paper"].adds == ("renderer paper",)


def test_a_hook_that_does_not_exist_is_named_and_the_rest_go_on() -> None:
    found = infos(Misspelt(), Paper())
    assert "qaf_forms_renderer" in found["Misspelt"].fault
    assert found["Misspelt"].adds == ()
    assert found["Paper"].fault == ""
    assert "stone" not in Registry([Misspelt(), Paper()]).renderers


def test_a_hook_that_fails_is_named_and_the_rest_go_on() -> None:
    found = infos(Failing(), Paper())
    assert found["Failing"].fault == "its hook failed: RuntimeError: no ink"
    assert found["Paper"].adds == ("renderer paper",)


def test_a_plugin_that_returns_something_else_is_named_and_the_rest_go_on() -> None:
    found = infos(HalfMade(), Paper())
    assert "format" in found["HalfMade"].fault
    assert found["Paper"].adds == ("renderer paper",)


def test_a_plugin_that_cannot_be_imported_is_named_and_the_rest_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("broken", "qaf_forms_no_such_module", "qaf_forms")
    monkeypatch.setattr(registry, "entry_points", lambda group: [broken])
    found = infos(Paper())
    assert found["broken"].fault.startswith("it cannot be imported: ModuleNotFoundError")
    assert found["Paper"].adds == ("renderer paper",)


def test_two_plugins_for_one_format_are_an_error_that_names_both() -> None:
    with pytest.raises(FormatError, match="two plugins, Paper and PaperAgain, both claim the format 'paper'"):
        Registry([Paper(), PaperAgain()])


def test_the_same_plugin_given_twice_is_an_error_and_not_a_riddle() -> None:
    with pytest.raises(FormatError, match="both claim the format 'paper'"):
        Registry([Paper(), Paper()])


def test_a_format_that_nobody_renders_is_said_with_those_that_are() -> None:
    with pytest.raises(FormatError, match=r"nothing installed can render 'stone'; choose one of .*paper"):
        Registry([Paper()]).renderer("stone")


def test_no_registry_knows_the_plugins_of_another() -> None:
    assert "paper" in Registry([Paper()]).renderers
    assert "paper" not in Registry().renderers
