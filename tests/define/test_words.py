"""The words printed around the questions, language by language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from qaf_forms.define.scale import YES_NO, fold
from qaf_forms.define.words import ENGLISH, LANGUAGES, CellWords, Words, has_words_in, words_in
from qaf_forms.define.yaml_source import read_file

OTHERS = sorted(path.stem for path in LANGUAGES.glob("*.yaml"))
SAME_IS_FINE = {"locale", "quoted", "decimal_comma", "no_aliases", "yes_aliases", "months_in_dates", "of_month"}
SAME_IS_FINE |= {"month_of_year", "day_of_month"}


def words_of(model: BaseModel, way: str = "") -> Iterator[tuple[str, Any]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, BaseModel):
            yield from words_of(value, f"{way}{name}.")
        elif isinstance(value, dict):
            yield from ((f"{way}{name}.{key}", one) for key, one in value.items())
        else:
            yield f"{way}{name}", value


@pytest.mark.parametrize("language", OTHERS)
def test_a_shipped_language_has_every_word(language: str) -> None:
    """Whoever adds a word gives it in every language; whoever cannot writes it there with a remark."""
    source = read_file(LANGUAGES / f"{language}.yaml")
    assert not source.problems
    written = dict(words_of(words_in(language)))
    english = dict(words_of(ENGLISH))
    left_english = [
        way for way, word in written.items() if word == english[way] and way.rpartition(".")[2] not in SAME_IS_FINE
    ]
    assert left_english == []


@pytest.mark.parametrize("language", OTHERS)
def test_yes_and_no_mean_no_two_things(language: str) -> None:
    words = words_in(language)
    english = {fold(word): level.code for level in YES_NO.levels for word in (level.label, level.code, *level.aliases)}
    assert not words.says_yes & words.says_no
    assert {english.get(word, "yes") for word in words.says_yes} == {"yes"}
    assert {english.get(word, "no") for word in words.says_no} == {"no"}


def test_a_language_without_a_file_is_printed_in_english() -> None:
    assert words_in("so") is ENGLISH
    assert not has_words_in("so")
    assert has_words_in("pl-PL")
    assert has_words_in("en-IE")


def test_words_of_a_house_take_the_place_of_some() -> None:
    house = Words.model_validate({"answer": "Your answer", "cells": {"number": "a figure"}, "cover": {"case": "Child"}})
    words = ENGLISH.with_house(house)
    assert (words.answer, words.question) == ("Your answer", "Question")
    assert (words.cells.number, words.cells.percentage) == ("a figure", "a percentage")
    assert (words.cover["case"], words.cover["period"]) == ("Child", "Period")


def test_words_in_braces_must_stay() -> None:
    with pytest.raises(ValidationError, match=r"has to hold \{tick\}, as the English does"):
        CellWords.model_validate({"tick_prompt": "Put a cross here."})
    with pytest.raises(ValidationError, match="no words in braces"):
        Words.model_validate({"answer": "Answer {"})


def test_words_of_a_house_are_recognised_though_others_were_worked_out_before() -> None:
    assert ENGLISH.says_yes == {"yes"}
    assert ENGLISH.with_house(Words(yes="Aye")).says_yes == {"aye"}
