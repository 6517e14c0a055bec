"""Shapes of real audit tools that are hardest to hold, as definitions: both laws hold for them in both formats."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qaf_forms import Form, Return, Toolkit
from qaf_forms.define.condition import Value
from qaf_forms.issue.answers import nest
from qaf_forms.issue.fields import GridBlock
from qaf_forms.testing import answers_for
from qaf_forms.testing.contract import ONLY_IF_MISREAD
from tests.laws.generated import an_answer_to_everything
from tests.office import fixtures
from tests.office.office import Office

office = fixtures.office
FOLDER = Path(__file__).parent.parent / "definitions"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
FORMATS = ["word", "excel"]
_WHOLE_FORMS = settings(
    max_examples=100 if os.environ.get("QAF_FORMS_PROFILE") == "full" else 6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
    deadline=None,
)


@cache
def toolkit() -> Toolkit:
    return Toolkit([FOLDER])


def form_of(name: str) -> Form:
    return toolkit().form(FOLDER / f"{name}.yaml")


def read_back(name: str, format_: str, answers: dict[str, Any], role: str | None = None) -> Return:
    form = form_of(name)
    return toolkit().read(toolkit().render(form, format_, answers=answers, role=role), form)


def codes(returned: Return) -> set[str]:
    return {problem.code for problem in returned.problems}


@pytest.mark.parametrize("name", NAMES)
def test_it_passes_check_without_a_warning(name: str) -> None:
    assert toolkit().check(FOLDER / f"{name}.yaml") == ()


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_a_blank_says_nothing(name: str, format_: str) -> None:
    returned = read_back(name, format_, {}, "agency")
    assert (returned.status, returned.data, returned.extras) == ("blank", {}, ())
    assert codes(returned) <= {"R101"}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@_WHOLE_FORMS
def test_answers_come_back(name: str, format_: str, data: st.DataObject) -> None:
    values = data.draw(answers_for(toolkit().layout(form_of(name)), every=data.draw(st.booleans())))
    returned = read_back(name, format_, nest(values))
    assert returned.values == values
    assert returned.extras == ()
    assert not codes(returned) & ONLY_IF_MISREAD


@pytest.mark.libreoffice
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_answers_come_back_after_libreoffice_saved_them(
    office: Office, name: str, format_: str, tmp_path: Path
) -> None:
    form, kit = form_of(name), toolkit()
    values = an_answer_to_everything(kit.layout(form))
    suffix = kit.suffix(format_)
    filled = tmp_path / f"filled{suffix}"
    filled.write_bytes(kit.render(form, format_, answers=nest(values), role=None))
    returned = kit.read(office.convert(filled, tmp_path / f"saved{suffix}"), form)
    assert returned.values == values
    assert returned.extras == ()


@pytest.mark.parametrize("format_", FORMATS)
def test_two_assessors_and_a_name_asked_among_the_scores(format_: str) -> None:
    answers = {
        "standards": {
            "champion": {"score": "three", "evidence": "Minutes", "moderated": "one", "reason": "Not since May"},
            "champion_name": {"score": ["A. Person", "B. Person"]},
            "heard": {"score": "na"},
        }
    }
    returned = read_back("two_assessors", format_, answers)
    assert returned.values["standards.champion_name.score"] == ("A. Person", "B. Person")
    assert returned.values["standards.champion.gap"] == Decimal(2)
    assert "standards.heard.gap" not in returned.values


@pytest.mark.parametrize("format_", FORMATS)
def test_a_line_of_evidence_under_each_indicator(format_: str) -> None:
    answers = {
        "indicators": {
            "whom_score": {"answer": "s3"},
            "whom_evidence": {"answer": "Survey, May:\n41 of 44"},
            "supervised_score": {"answer": "na"},
            "low_score": {"answer": "s1"},
            "low_number": {"answer": 0},
        }
    }
    returned = read_back("evidence_lines", format_, answers)
    assert returned.data == {**answers, "points": 66.7}, "4 of 6 points: what does not apply is in no denominator"
    (grid,) = (block for block in toolkit().layout(form_of("evidence_lines")).sections[0].blocks
               if isinstance(block, GridBlock))  # fmt: skip
    assert [row.code for row in grid.rows][:4] == ["A1.1", "A1.1a", "A1.1b", "A1.2"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_child_without_answers_between_two_others_is_left_out(format_: str) -> None:
    layout = toolkit().layout(form_of("per_child_report"))
    assert layout.field("meeting[1].still_needed") is None
    assert layout.field("meeting[2].still_needed") is not None
    first = {"code": "C1", "domains": {"food": {"level": "some", "level_then": "none"}}}
    returned = read_back("per_child_report", format_, {"child": [first, {}, {"code": "C3"}]}, "agency")
    assert returned.data == {"child": [first, {"code": "C3"}]}
    missing = {problem.key for problem in returned.problems if problem.code == "R101"}
    assert missing == {"child[1].domains.sleep.level", "child[2].domains.food.level", "child[2].domains.sleep.level"}


@pytest.mark.parametrize("format_", FORMATS)
def test_no_submission_and_not_applicable_are_not_grades(format_: str) -> None:
    grades = {"neglect": "green", "exploitation": "amber", "self_neglect": "no_submission", "early_help": "na"}
    answers = {"grades": {row: {"grade": grade} for row, grade in grades.items()}}
    returned = read_back("six_grades", format_, answers, "agency")
    assert (returned.values["mean"], returned.values["answered"]) == (Decimal(3), Decimal("33.3"))
    missing = {problem.key for problem in returned.problems if problem.code == "R101"}
    assert missing == {f"grades.exploitation.{column}" for column in ("action", "lead", "due")}


@pytest.mark.parametrize("format_", FORMATS)
def test_what_does_not_apply_gives_its_weight_to_the_others(format_: str) -> None:
    def total(**reached: str) -> tuple[Value | None, Value | None]:
        answers = {"criteria": {row: {"reached": level} for row, level in reached.items()}}
        values = read_back("weighted_criteria", format_, answers).values
        return values.get("total"), values.get("grade")

    half, full, na = "p50", "p100", "na"
    assert total(policy=full, training=half, voice=half) == (Decimal("70.0"), "good")
    assert total(policy=na, training=full, voice=half) == (Decimal("79.2"), "good"), "(35 x 100 + 25 x 50) / 60"
    assert total(policy=na, training=na, voice=na) == (None, None)


@pytest.mark.parametrize("format_", FORMATS)
def test_two_editions_in_which_the_same_number_asks_another_question(format_: str) -> None:
    old, new = form_of("school_2023"), form_of("school_2024")
    tenth = [{f.key.split(".")[1] for f in toolkit().layout(form).fields if f.code == "A1.10"} for form in (old, new)]
    assert tenth == [{"visitors"}, {"lettings"}]
    answers = {
        "facts": {
            "lead": {"answer": ["A. Person"]},
            "staff_trained": {"answer": "41/44"},
            "concerns": {"answer": 12, "comment": "More than last year"},
            "policy": {"answer": date(2023, 9, 1).isoformat()},
            "visitors": {"answer": "yes"},
        }
    }
    made = toolkit().render(old, format_, answers=answers)
    assert toolkit().read(made, old).data == answers
    returned = toolkit().read(made, new)
    assert returned.data == answers, "an answer goes to its question, whatever number that has now"
    assert "F012" in codes(returned)


EDITION = """
id: audit-{version}
form: {folder}/school_{version}.yaml
issued: {version}-03-01
return_by: {version}-03-31
return_to: audits@anytown.example
recipients: [{{agency: Oak School, format: {format}}}]
"""


@pytest.mark.parametrize("format_", FORMATS)
def test_last_years_answers_stand_beside_the_questions_they_were_to(format_: str, tmp_path: Path) -> None:
    for version, more in (("2023", ""), ("2024", "previous: collected\n")):
        text = EDITION.format(version=version, folder=FOLDER.as_posix(), format=format_)
        (tmp_path / f"{version}.yaml").write_text(text + more, encoding="utf-8")
    answers = {
        "lead": {"answer": ["A. Person", "B. Person"]},
        "trained": {"answer": "yes", "comment": "In May."},
        "staff_trained": {"answer": "41/44"},
        "referrals": {"answer": 3},
        "policy": {"answer": "2023-09-01"},
        "online": {"answer": "We talk about it."},
        "visitors": {"answer": "no"},
    }
    last = toolkit().round(tmp_path / "2023.yaml")
    ((copy, _),) = toolkit().issue(last)
    made = tmp_path / f"back{toolkit().suffix(format_)}"
    made.write_bytes(toolkit().render(form_of("school_2023"), format_, answers={"facts": answers}, stamp=copy.stamp))
    toolkit().collect(last, [made]).save(tmp_path / "collected")

    ((copy, data),) = toolkit().issue(toolkit().round(tmp_path / "2024.yaml"))
    shown = toolkit().read(data, form_of("school_2024")).data["facts"]
    assert copy.problems == ()
    assert shown == {
        "lead": {"last": "A. Person\nB. Person"},
        "leads_trained": {"last": "Yes"},
        "staff_trained": {"last": "41/44"},
        "policy": {"last": "01/09/2023"},
        "visitors": {"last": "No"},
    }, "1j of 2023 is 1k now; what was replaced or dropped is shown nowhere"
