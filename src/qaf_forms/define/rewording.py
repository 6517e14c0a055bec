"""Puts a form into other words: the same ids, types, levels and conditions, and so the same answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from qaf_forms.define.findings import Findings
from qaf_forms.define.form import Form, NilReturn
from qaf_forms.define.items import Grid, Group, StemRow, TitleRow
from qaf_forms.define.reworded_scale import RewordedScale
from qaf_forms.define.scale import DefinitionModel, Scale, fold, with_changes
from qaf_forms.define.suggesting import suggestion
from qaf_forms.define.wordings import FormWords, ItemWords, WordingFile
from qaf_forms.define.yaml_source import Steps
from qaf_forms.problems import Code

_Model = TypeVar("_Model", bound=DefinitionModel)
_ONLY_IN_PLACE_OF_OTHERS = frozenset({"comment", "specify", "unit"})
"""Words that ask for something when they are there: a wording can change them, and cannot bring them in."""


def reworded(form: Form, wording: WordingFile, findings: Findings, only_as_in: Form | None = None) -> Form:
    """The form in the words of `wording`; what cannot be found in the form is reported.

    With `only_as_in`, the form that this one extends, its wording is used for what this form took over unchanged, and
    nothing is reported.
    """
    return _Rewording(findings, only_as_in).form(form, wording)


class _Rewording:
    def __init__(self, findings: Findings, base: Form | None) -> None:
        self._findings = findings
        self._base = base
        self._base_items = {item.id: item for item in _all_items(base)} if base else {}
        self._base_sections = {section.id: section for section in base.sections} if base else {}

    def form(self, form: Form, wording: WordingFile) -> Form:
        words = wording.words or FormWords()
        changes: dict[str, Any] = {"language": wording.language or form.language}
        if wording.house is not None:
            changes["house"] = form.house.with_house(wording.house) if form.house else wording.house
        for name in ("title", "owner", "marking", "summary", "intro"):
            new = getattr(words, name)
            if new is not None and (self._base is None or getattr(self._base, name) == getattr(form, name)):
                changes[name] = new
        changes["roles"] = self._texts(form.roles, words.roles or {}, ("words", "roles"), "role")
        changes["scales"] = self._scales(form, words)
        items = dict(words.items or {})
        changes["nil_return"] = self._nil_page(form, words, items)
        changes["sections"] = self._sections(form, words, items)
        self._report_unknown(items, ("words", "items"), "item", (item.id for item in _all_items(form) if item.id))
        return with_changes(form, changes)

    def _nil_page(self, form: Form, words: FormWords, items: Mapping[str, Any]) -> NilReturn | None:
        page, new = form.nil_return, words.nil_return
        if page is None:
            if new is not None:
                self._unknown(("words", "nil_return"), "page", "nil_return", ())
            return None
        may = self._may(self._base is not None and self._base.nil_return == page)
        changed = self._model(page, new, ("words", "nil_return")) if new and may else page
        return with_changes(changed, {"items": self._items(page.items, items)})

    def _sections(self, form: Form, words: FormWords, items: Mapping[str, Any]) -> tuple[Any, ...]:
        wanted = words.sections or {}
        steps = ("words", "sections")
        sections = []
        for section in form.sections:
            new = wanted.get(section.id)
            may = self._may(_same_words(self._base_sections.get(section.id), section))
            changed = self._model(section, new, (*steps, section.id)) if new and may else section
            sections.append(with_changes(changed, {"items": self._items(section.items, items)}))
        self._report_unknown(wanted, steps, "section", (section.id for section in form.sections))
        return tuple(sections)

    def _scales(self, form: Form, words: FormWords) -> dict[str, Scale]:
        scales = dict(form.scales)
        for name, new in (words.scales or {}).items():
            steps = ("words", "scales", name)
            if name not in scales:
                self._unknown(steps, "scale", name, form.scales)
            elif new is not None and (self._base is None or self._base.scales.get(name) == scales[name]):
                scales[name] = self._scale(scales[name], new, steps)
        return scales

    def _items(self, items: tuple[Any, ...], words: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(self._item(item, words) for item in items)

    def _item(self, item: Any, words: Mapping[str, Any]) -> Any:
        new = words.get(item.id or "")
        if isinstance(item, Group):
            inner = self._items(item.items, words)
            is_as_in_base = _is_as(self._base_items.get(item.id), item, "items")
            changed = self._model(item, new, ("words", "items", item.id)) if new and self._may(is_as_in_base) else item
            return with_changes(changed, {"items": inner})
        if new is None or not self._may(self._base_items.get(item.id or "") == item):
            return item
        return self._model(item, new, ("words", "items", item.id))

    def _may(self, is_as_in_base: bool) -> bool:
        return self._base is None or is_as_in_base

    def _model(self, model: _Model, words: DefinitionModel, steps: Steps) -> _Model:
        """A model with each of its words that are given in other words."""
        changes: dict[str, Any] = {}
        for name in type(words).model_fields:
            new = getattr(words, name)
            if new is None:
                continue
            here = (*steps, name)
            if name == "headings":
                changes["rows"] = self._headed(model, changes.get("rows"), new, here)
            elif not self._has(model, name):
                self._not_there(name, model, here)
            elif name == "aliases":
                changes[name] = (*getattr(model, name), *new)
            elif isinstance(new, str):
                changes[name] = new
            else:
                changes[name] = self._parts(name, getattr(model, name), new, here)
        return with_changes(model, changes)

    def _has(self, model: DefinitionModel, name: str) -> bool:
        """Whether a model has such words, or can have them without asking for anything more."""
        if name not in type(model).model_fields:
            return False
        value = getattr(model, name)
        if name == "scale":
            return isinstance(value, Scale)
        return bool(value) if name in _ONLY_IN_PLACE_OF_OTHERS else True

    def _parts(self, name: str, old: Any, new: Any, steps: Steps) -> Any:
        if isinstance(old, Scale):
            return self._scale(old, new, steps)
        if name == "rows":
            return self._rows(old, new, steps)
        if name == "titles":
            self._report_unknown(new, steps, _ONE[name], old)
            return tuple(new.get(title) or title for title in old)
        if name in ("descriptors", "cells"):
            return self._by_column(name, old, new, steps)
        return self._by_id(old, new, steps, name)

    def _by_id(self, old: tuple[Any, ...], new: Mapping[str, Any], steps: Steps, name: str) -> tuple[Any, ...]:
        self._report_unknown(new, steps, _ONE[name], (_identity(one) for one in old))
        return tuple(
            self._model(one, words, (*steps, _identity(one))) if (words := new.get(_identity(one))) else one
            for one in old
        )

    def _rows(self, old: tuple[Any, ...], new: Mapping[str, Any], steps: Steps) -> tuple[Any, ...]:
        """The rows of a grid; prompts are found by their ids as well as rows."""
        everything = [inner for row in old for inner in (row, *getattr(row, "prompts", ()))]
        self._report_unknown(new, steps, "row", (id_ for one in everything if (id_ := getattr(one, "id", None))))

        def changed(row: Any) -> Any:
            words = new.get(getattr(row, "id", None) or "")
            row = self._model(row, words, (*steps, row.id)) if words else row
            if isinstance(row, StemRow):
                return with_changes(row, {"prompts": tuple(changed(prompt) for prompt in row.prompts)})
            return row

        return tuple(changed(row) for row in old)

    def _headed(self, grid: DefinitionModel, rows: Any, new: Mapping[str, str | None], steps: Steps) -> tuple[Any, ...]:
        """The rows of a grid with its headings in other words: they have no ids, so their own words tell them."""
        if not isinstance(grid, Grid):
            self._not_there("headings", grid, steps)
            return ()
        known = [row.title for row in grid.rows if isinstance(row, TitleRow)]
        self._report_unknown(new, steps, "heading", known)
        return tuple(
            with_changes(row, {"title": words}) if isinstance(row, TitleRow) and (words := new.get(row.title)) else row
            for row in rows or grid.rows
        )

    def _by_column(self, name: str, old: Mapping[str, Any], new: Mapping[str, Any], steps: Steps) -> dict[str, Any]:
        self._report_unknown(new, steps, _ONE[name], old)
        changed = dict(old)
        for column, words in new.items():
            here = (*steps, column)
            if words and column in changed and name == "cells":
                changed[column] = self._model(changed[column], words, here)
            elif words and column in changed:
                changed[column] = self._texts(changed[column], words, here, "level")
        return changed

    def _texts(self, old: Mapping[str, str], new: Mapping[str, str | None], steps: Steps, what: str) -> dict[str, str]:
        if self._base is None:
            self._report_unknown(new, steps, what, old)
        return {key: new.get(key) or text for key, text in old.items()}

    def _scale(self, scale: Scale, words: Any, steps: Steps) -> RewordedScale:
        known = scale.form_scale if isinstance(scale, RewordedScale) else scale
        levels = self._by_id(scale.levels, words.levels or {}, (*steps, "levels"), "levels")
        made = RewordedScale(title=words.title or scale.title, levels=levels, form_scale=known)
        self._check_scale(made, steps)
        return made

    def _check_scale(self, scale: RewordedScale, steps: Steps) -> None:
        """No two levels may be called the same; what the form calls otherwise is only said."""
        kept = {(level.code, alias) for level in scale.form_scale.levels for alias in level.aliases}
        spelt = [(level.code, word) for level in scale.levels for word in (level.label, *level.aliases)]
        spelt = [one for one in spelt if one not in kept]
        taken: dict[str, str] = {}
        for code, word in spelt:
            first = taken.setdefault(fold(word) or word, code)
            if first != code:
                here = self._written(steps, code, first)
                self._findings.add(Code.SAME_ANSWER, here, at_key=True, value=word, first=first, second=code)
                return
        of_the_form = {
            fold(word): level.code for level in scale.form_scale.levels for word in (level.label, *level.aliases)
        }
        for code, word in spelt:
            there = of_the_form.get(fold(word) or word, code)
            if there != code:
                here = self._written(steps, code)
                self._findings.add(Code.TWO_MEANINGS, here, at_key=True, value=word, here=code, there=there)

    def _written(self, scale: Steps, *codes: str) -> Steps:
        """The way to the first of these levels that the wording says anything of."""
        ways = [(*scale, "levels", code) for code in codes]
        return next((way for way in ways if self._findings.source.find(way) is not None), scale)

    def _report_unknown(self, words: Iterable[str], steps: Steps, what: str, known: Iterable[str]) -> None:
        names = list(known)
        for name in words:
            if name not in names:
                self._unknown((*steps, name), what, name, names)

    def _unknown(self, steps: Steps, what: str, name: str, known: Iterable[str]) -> None:
        if self._base is None:
            advice = suggestion(name, known, "remove it, or use one of")
            self._findings.add(Code.NOT_IN_THE_FORM, steps, at_key=True, value=name, what=what, suggestion=advice)

    def _not_there(self, name: str, part: DefinitionModel, steps: Steps) -> None:
        """Report words for something that a part of the form does not have."""
        known = [one for one in type(part).model_fields if self._has(part, one) and one in ItemWords.model_fields]
        owner = getattr(part, "type", type(part).__name__.lower())
        advice = suggestion(name, known, f"remove it; the {owner} {steps[-2]!r} can have")
        self._findings.add(Code.NOT_IN_THE_FORM, steps, at_key=True, value=name, what="words for", suggestion=advice)


_ONE = {
    "columns": "column",
    "signatories": "signatory",
    "levels": "level",
    "titles": "title",
    "cells": "cell of its own in column",
    "descriptors": "descriptor in column",
}


def _all_items(form: Form | None) -> Iterable[Any]:
    """Every item, those inside groups too, as they are written."""
    if form is None:
        return
    pages = (form.nil_return.items,) if form.nil_return else ()
    for items in (*pages, *(section.items for section in form.sections)):
        for item in items:
            yield item
            yield from item.items if isinstance(item, Group) else ()


def _identity(part: Any) -> str:
    return str(part.code if hasattr(part, "code") else part.id)


def _same_words(base: Any, section: Any) -> bool:
    return base is not None and (base.title, base.guidance) == (section.title, section.guidance)


def _is_as(base: Any, item: Any, *apart_from: str) -> bool:
    """Whether an item is what it is in another form, apart from some keys."""
    if type(base) is not type(item):
        return False
    return all(getattr(base, name) == getattr(item, name) for name in type(item).model_fields if name not in apart_from)
