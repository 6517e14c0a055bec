"""Every shipped form is sound, and can be issued and read back in every format."""

from __future__ import annotations

from functools import cache

import pytest

from qaf_forms import Form, Toolkit
from qaf_forms.issue.layout import Layout


@cache
def toolkit() -> Toolkit:
    return Toolkit()


SHIPPED = [form.id for form in toolkit().forms()]
WORDINGS = [(form.id, wording) for form in toolkit().forms() for wording in form.wordings]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_has_no_fault(name: str) -> None:
    path = next(form.path for form in toolkit().forms() if form.id == name)
    assert toolkit().check(path) == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_is_the_same_after_a_collection_was_saved(name: str) -> None:
    form = toolkit().form(name)
    assert Form.model_validate_json(form.model_dump_json(indent=2, exclude_defaults=True)) == form


@pytest.mark.parametrize("format_", ["word", "excel"])
@pytest.mark.parametrize(("name", "wording"), [*((name, "") for name in SHIPPED), *WORDINGS])
def test_a_shipped_form_is_read_back_blank(name: str, wording: str, format_: str) -> None:
    form = toolkit().form(name)
    for variant in (None, *form.agency_types()) if wording else (None,):
        returned = toolkit().read(toolkit().render(form, format_, variant=variant, wording=wording), form)
        assert (returned.status, returned.extras) == ("blank", ())
        assert returned.values == Layout(form, variant=variant).given
        assert {problem.code for problem in returned.problems} <= {"R101"}


@pytest.mark.parametrize(("name", "wording"), WORDINGS)
def test_a_shipped_wording_has_no_fault_and_changes_words(name: str, wording: str) -> None:
    form = toolkit().form(name)
    path = next(one.path for one in toolkit().forms() if one.id == name)
    assert toolkit().check(path.with_name(f"{path.stem}.{wording}.yaml")) == ()
    assert toolkit().in_wording(form, wording) != form


def test_there_are_wordings_in_another_language_in_easy_read_and_for_one_age() -> None:
    assert {wording for _, wording in WORDINGS} >= {"cy", "easy_read", "over_16", "pl"}
