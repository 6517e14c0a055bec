"""Every shipped form is sound, and can be issued and read back in every format."""

from __future__ import annotations

from functools import cache

import pytest

from qaf_forms import Form, Toolkit


@cache
def toolkit() -> Toolkit:
    return Toolkit()


SHIPPED = [form.id for form in toolkit().forms()]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_has_no_fault(name: str) -> None:
    path = next(form.path for form in toolkit().forms() if form.id == name)
    assert toolkit().check(path) == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_is_the_same_after_a_collection_was_saved(name: str) -> None:
    form = toolkit().form(name)
    assert Form.model_validate_json(form.model_dump_json(indent=2, exclude_defaults=True)) == form


@pytest.mark.parametrize("format_", ["word", "excel"])
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_is_read_back_blank(name: str, format_: str) -> None:
    form = toolkit().form(name)
    returned = toolkit().read(toolkit().render(form, format_), form)
    assert (returned.status, returned.data) == ("blank", {})
    assert {problem.code for problem in returned.problems} <= {"R101"}
