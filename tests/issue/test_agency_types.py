"""Agency types: what nobody knows is told, since it would leave out questions without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from qaf_forms import QafFormsError, RoundError, Toolkit
from tests.define.forms import with_items

ITEMS = """
- {id: name, type: text, ask: Name}
- {id: phonics, type: text, ask: Phonics, applies_to: [Primary school]}
- {id: trust, type: text, ask: Trust, applies_to: [Academy]}
"""
ROUND = """
id: autumn
form: audit.yaml
issued: 2025-03-01
return_by: 2025-03-31
return_to: audits@partnership.example
recipients:
  - {agency: Oak, agency_type: " primary  SCHOOL"}
  - {agency: Elm, agency_type: "%s"}
  - {agency: Ash}
"""


def written(folder: Path, head: str = "", elm: str = "academy") -> Path:
    (folder / "audit.yaml").write_text(with_items(ITEMS, head), encoding="utf-8")
    (folder / "round.yaml").write_text(ROUND % elm, encoding="utf-8")
    return folder


def keys_in(folder: Path, variant: str | None, kit: Toolkit) -> list[str]:
    form = kit.form(folder / "audit.yaml")
    text = kit.render(form, "text", variant=variant).decode()
    return [key for key in ("name", "phonics", "trust") if key.capitalize() in text]


@pytest.mark.parametrize("variant", ["Primary school", "primary school", " PRIMARY  school "])
def test_a_copy_for_an_agency_type_is_the_same_whatever_its_case_and_spacing(variant: str, tmp_path: Path) -> None:
    assert keys_in(written(tmp_path), variant, Toolkit()) == ["name", "phonics"]


@pytest.mark.parametrize("variant", ["Primry school", "Primary school; Acadmy"])
def test_a_type_that_the_form_does_not_know_is_refused_with_the_one_that_was_meant(
    variant: str, tmp_path: Path
) -> None:
    kit = Toolkit()
    form = kit.form(written(tmp_path) / "audit.yaml")
    for call in (lambda: kit.render(form, "text", variant=variant), lambda: kit.layout(form, variant)):
        with pytest.raises(QafFormsError, match=r"knows no agency type .*; did you mean '(Primary school|Academy)'"):
            call()


def test_types_that_are_like_none_are_answered_with_those_there_are(tmp_path: Path) -> None:
    kit = Toolkit()
    form = kit.form(written(tmp_path) / "audit.yaml")
    with pytest.raises(QafFormsError, match="choose one of Primary school and Academy"):
        kit.render(form, "text", variant="Nonsense")


def test_a_round_is_not_issued_while_the_type_of_a_recipient_is_not_known(tmp_path: Path) -> None:
    kit = Toolkit()
    round_ = kit.round(written(tmp_path, elm="Acadmy") / "round.yaml")
    with pytest.raises(RoundError) as refused:
        list(kit.issue(round_))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place, problem.value) == ("G010", "recipient elm", "Acadmy")
    assert "did you mean 'Academy'?" in problem.fix


def test_types_that_have_nothing_of_their_own_are_named_by_the_form(tmp_path: Path) -> None:
    kit = Toolkit()
    folder = written(tmp_path, head="other_agency_types: [Police]", elm="police")
    assert keys_in(folder, "Police", kit) == ["name"]
    assert [copy.variant for copy, _ in kit.issue(kit.round(folder / "round.yaml"))] == [
        "Primary school",
        "Police",
        "",
    ]


def test_a_form_that_asks_all_agencies_alike_takes_any_type(tmp_path: Path) -> None:
    (tmp_path / "audit.yaml").write_text(with_items("- {id: name, type: text, ask: Name}"), encoding="utf-8")
    kit = Toolkit()
    assert b"Name" in kit.render(kit.form(tmp_path / "audit.yaml"), "text", variant="social care")
