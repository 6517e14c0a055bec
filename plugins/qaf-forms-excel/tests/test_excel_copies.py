"""Copies of one form: what they share is made once, and nobody can tell."""

import io
import zipfile
from typing import Any
from unittest.mock import patch

import pytest
from openpyxl import load_workbook

from qaf_forms import QafFormsError, Stamp, Toolkit
from qaf_forms.plugin import Copy, Layout
from qaf_forms_excel.building import WorkbookBuilder
from qaf_forms_excel.rendering import ExcelRenderer

KIT = Toolkit()
FORM = KIT.form("exception_report")
LAYOUT = KIT.layout(FORM)


def copy(recipient: str, answers: dict[str, Any] | None = None, **cover: str) -> Copy:
    stamp = Stamp(FORM.id, FORM.version, LAYOUT.fingerprint, "round_1", recipient, cover=cover)
    return Copy(stamp, answers or {})


def rendered(*copies: Copy) -> list[bytes]:
    return list(ExcelRenderer().render(LAYOUT, copies))


COPIES = [
    copy("police", recipient_name="Anytown Police", return_by="1 May 2025"),
    copy("health", recipient_name="Health & <Care> _x000D_ =1+1 ", return_by="1 May 2025"),
    copy("school", recipient_name="School", return_by="1 May 2025", return_to="ä@example.org"),
    copy("long", recipient_name="A name that goes on for more than one line, " * 6, return_by="1 May 2025"),
    copy("last", recipient_name="Last", return_by="2 May 2025"),
]


def test_a_copy_is_the_same_alone_and_among_others() -> None:
    assert rendered(*COPIES) == [data for one in COPIES for data in rendered(one)]


def test_every_copy_says_its_own_facts_and_comes_back_without_a_word() -> None:
    for one, data in zip(COPIES, rendered(*COPIES), strict=True):
        returned = KIT.read(data, FORM)
        assert returned.stamp == one.stamp
        assert (returned.extras, returned.problems) == ((), KIT.read(rendered(copy("x"))[0], FORM).problems)


def test_no_mark_is_left_and_the_foot_of_each_page_says_which_copy_it_is() -> None:
    for one, data in zip(COPIES, rendered(*COPIES), strict=True):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [package.read(name) for name in package.namelist()]
        assert not [part for part in parts if b"\xee\x80\x80" in part or b"&#57344;" in part]
        book: Any = load_workbook(io.BytesIO(data))
        feet = [sheet.oddFooter.right.text for sheet in book.worksheets if sheet.sheet_state == "visible"]
        assert set(feet) == {one.stamp.line}


def test_copies_that_differ_in_their_stamp_alone_are_built_once() -> None:
    with patch.object(WorkbookBuilder, "build", autospec=True, side_effect=WorkbookBuilder.build) as build:
        rendered(*(copy(f"agency_{number}", recipient_name=f"Agency {number}") for number in range(20)))
    assert build.call_count == 1


def test_an_answer_that_looks_like_a_mark_stays_an_answer() -> None:
    key = next(field.key for field in LAYOUT.fields if field.type == "text")
    answers = {key: "\ue000cover0\ue001"}
    (data,) = rendered(copy("police", answers, recipient_name="Anytown Police"))
    assert KIT.read(data, FORM).values[key] == answers[key]


def test_a_fact_that_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(QafFormsError, match="the stamp"):
        rendered(copy("police", recipient_name="bell \x07"))


def test_layouts_of_other_roles_have_blanks_of_their_own() -> None:
    for_partnership = Layout(FORM, only_for="partnership")
    first, second = (next(iter(ExcelRenderer().render(one, [copy("police")]))) for one in (LAYOUT, for_partnership))
    assert first != second
