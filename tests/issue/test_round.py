"""Rounds: what a coordinator writes, and what is said when it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qaf_forms.errors import RoundError
from qaf_forms.issue.listing import day
from qaf_forms.issue.round import Round
from qaf_forms.issue.round_file import load_round

ROUND = """\
id: neglect-2025
form: neglect_case_audit
title: Neglect audit, spring 2025
period: October 2024 to March 2025
issued: 2025-03-14
return_by: 2025-04-11
return_to: audits@example.org
recipients: recipients.csv
"""


def write(folder: Path, round_: str = ROUND, **lists: str | bytes) -> Path:
    for name, content in lists.items():
        (folder / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    path = folder / "round.yaml"
    path.write_text(round_, encoding="utf-8")
    return path


def faults(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(RoundError) as caught:
        load_round(path)
    return [(problem.code, problem.place, problem.message) for problem in caught.value.problems]


def test_a_round_has_its_facts_and_a_recipient_for_each_line(tmp_path: Path) -> None:
    people = (
        "agency,agency_type,contact,case,format\nNorth Police,Statutory,a@example.org,N-07,word\nSt Mary's,,,,Excel\n"
    )

    round_ = load_round(write(tmp_path, recipients=people))

    assert (round_.id, round_.form_name, round_.issued) == ("neglect-2025", "neglect_case_audit", date(2025, 3, 14))
    assert [recipient.id for recipient in round_.recipients] == ["north-police-n-07", "st-marys"]
    assert [recipient.format for recipient in round_.recipients] == ["word", "excel"]
    assert round_.recipient("st-marys") is round_.recipients[1]


def test_a_round_is_for_the_agency_at_first_unless_it_says_otherwise(tmp_path: Path) -> None:
    usual = load_round(write(tmp_path, recipients="agency\nPolice\n"))
    assert (usual.role, usual.others, usual.stage) == ("agency", "lock", "initial")
    other = load_round(write(tmp_path, f"{ROUND}role: moderator\nothers: hide\nstage: 6 months on\n"))
    assert (other.role, other.others, other.stage) == ("moderator", "hide", "6 months on")


def test_a_round_with_a_stage_or_others_that_cannot_be_says_what_can(tmp_path: Path) -> None:
    write(tmp_path, recipients="agency\nPolice\n")
    assert faults(write(tmp_path, f"{ROUND}others: remove\nstage: “final”\nrole: The panel\n")) == [
        ("G001", "round.yaml:11", "'The panel' cannot be the role of a round"),
        ("G001", "round.yaml:9", "'remove' cannot be the others of a round"),
        ("G001", "round.yaml:10", "'“final”' cannot be the stage of a round"),
    ]


def test_recipients_can_stand_in_the_round_itself_and_keep_leading_zeros(tmp_path: Path) -> None:
    text = ROUND.replace("recipients.csv", "\n  - {agency: Police, case: 007}\n  - {Agency: Health, id: H-1}")

    round_ = load_round(write(tmp_path, text))

    assert [(one.id, one.case) for one in round_.recipients] == [("police-007", "007"), ("H-1", "")]


DOMESTIC = "Domestic Abuse, Health & Care"


@pytest.mark.parametrize(
    "content",
    [
        f"Agency;Agency Type;CASE\r\n{DOMESTIC};Charity;N-1\r\n".encode(),
        f'\ufeffagency,agency_type,case\n"{DOMESTIC}",Charity,N-1\n'.encode(),
        f"sep=;\r\n agency ;agency-type;case;Notes\r\n\r\n{DOMESTIC};Charity;N-1;ring first\r\n".encode(),
        f"agency\tagency_type\tcase\n{DOMESTIC}\tCharity\tN-1\n".encode("utf-16"),
    ],
    ids=["semicolons", "utf-8 with a mark", "sep line, blank line, own column", "tabs in utf-16"],
)
def test_lists_are_read_as_excel_saves_them(tmp_path: Path, content: bytes) -> None:
    (recipient,) = load_round(write(tmp_path, recipients=content)).recipients

    assert (recipient.agency, recipient.agency_type, recipient.case) == (DOMESTIC, "Charity", "N-1")


def test_a_list_in_the_old_windows_encoding_keeps_its_letters(tmp_path: Path) -> None:
    (recipient,) = load_round(write(tmp_path, recipients="agency\nCafé – Côté\n".encode("cp1252"))).recipients

    assert (recipient.agency, recipient.id) == ("Café – Côté", "cafe-cote")


def test_everything_wrong_is_said_at_once_with_file_and_line(tmp_path: Path) -> None:
    text = (
        ROUND.replace("issued: 2025-03-14", "isued: 2025-03-14")
        .replace("2025-04-11", "soon")
        .replace("neglect-2025", "neglect 2025")
    )
    people = "agency,format,id\nPolice,exel,p\n,word,q\nHealth,word,p\nSchool,word,P\nCharity,word,a b\n"

    said = faults(write(tmp_path, text, recipients=people))

    assert said == [
        ("G001", "round.yaml:1", "'neglect 2025' cannot be the id of a round"),
        ("G001", "round.yaml:1", "the round has no 'issued'"),
        ("G001", "round.yaml:6", "'soon' cannot be the return_by of a round"),
        ("G001", "round.yaml:5", "'isued' is not a key that a round can have"),
        ("G002", "recipients.csv:2", "'exel' cannot be the format of a recipient"),
        ("G002", "recipients.csv:3", "the recipient has no agency"),
        (
            "G002",
            "recipients.csv:5",
            "the id 'P' stands twice; it was first used at recipients.csv:4",
        ),
        ("G002", "recipients.csv:6", "'a b' cannot be the id of a recipient"),
    ]


def test_the_same_agency_twice_needs_ids_unless_the_cases_differ(tmp_path: Path) -> None:
    people = 'agency,case\nPolice,N-1\nPolice,N-2\n"Police",N-1\n'

    ((code, place, message),) = faults(write(tmp_path, recipients=people))

    assert (code, place) == ("G002", "recipients.csv:4")
    assert "recipients.csv:2" in message


def test_a_misspelt_column_is_asked_about(tmp_path: Path) -> None:
    ((code, place, message),) = faults(write(tmp_path, recipients="agency,agencytpe\nPolice,School\n"))

    assert (code, place, message) == ("G002", "recipients.csv:1", "there is no column 'agencytpe'")


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (ROUND, "recipients.csv", "cannot be read"),
        (ROUND.replace("recipients.csv", "[]"), "round.yaml:8", "the list of recipients is empty"),
        (ROUND.replace("recipients.csv", "{a: b}"), "round.yaml:8", "not a list of recipients"),
        (ROUND.replace("recipients.csv", "[Police]"), "round.yaml:8", "this is not a recipient"),
        (ROUND.replace("2025-04-11", "2025-03-01") + "\n", "round.yaml:6", "due before it is issued"),
        (ROUND.replace("neglect_case_audit", "forms/mine.yaml"), "round.yaml:2", "there is no file 'forms/mine.yaml'"),
        ("- a\n- b\n", "round.yaml:1", "this is not a round"),
        ("a: [", "round.yaml:1", "not YAML"),
        (ROUND + "id: other\n", "round.yaml:9", "stands twice"),
    ],
)
def test_a_round_that_cannot_be_used_says_why_and_where(tmp_path: Path, text: str, place: str, message: str) -> None:
    said = faults(write(tmp_path, text))

    assert any(where.startswith(place) and message in words for _, where, words in said), said


def test_a_round_that_cannot_be_used_is_named_once(tmp_path: Path) -> None:
    with pytest.raises(RoundError) as raised:
        load_round(write(tmp_path, ROUND.replace("2025-04-11", "2025-03-01")))
    assert str(raised.value).count("round.yaml") == 1


def test_a_form_named_by_a_path_counts_from_the_round(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("", encoding="utf-8")

    round_ = load_round(
        write(tmp_path, ROUND.replace("neglect_case_audit", "mine.yaml"), recipients="agency\nPolice\n")
    )

    assert Path(round_.form_name) == tmp_path / "mine.yaml"


def test_the_days_on_which_files_came_are_read_day_first(tmp_path: Path) -> None:
    arrivals = "File,Received\npolice.docx,2025-04-10\nhealth.docx,14/04/2025\nschool.xlsx,1 April 2025\n"

    round_ = load_round(
        write(tmp_path, ROUND + "received: received.csv\n", recipients="agency\nA\n", received=arrivals)
    )

    assert round_.received_on("police.docx") == date(2025, 4, 10)
    assert round_.received_on("health.docx") == date(2025, 4, 14)
    assert round_.received_on("school.xlsx") == date(2025, 4, 1)
    assert round_.received_on("charity.docx") is None


def test_a_day_that_is_none_and_a_file_with_two_days_are_faults(tmp_path: Path) -> None:
    arrivals = "file,received\na.docx,tomorrow\nb.docx,2025-04-10\nb.docx,2025-04-11\nb.docx,2025-04-10\n,2025-04-10\n"

    said = faults(write(tmp_path, ROUND + "received: received.csv\n", recipients="agency\nA\n", received=arrivals))

    assert [(code, place) for code, place, _ in said] == [
        ("G003", "received.csv:2"),
        ("G003", "received.csv:4"),
        ("G003", "received.csv:6"),
    ]


def test_a_round_comes_back_from_json(tmp_path: Path) -> None:
    arrivals = "file,received\npolice.docx,2025-04-10\n"
    round_ = load_round(
        write(tmp_path, ROUND + "received: received.csv\n", recipients="agency\nA\n", received=arrivals)
    )

    assert Round.model_validate_json(round_.model_dump_json()) == round_


@pytest.mark.parametrize("written", ["2025-03-04", "4/3/2025", "04/03/25", "4.3.2025", "4 March 2025", "04 Mar 2025"])
def test_a_day_is_read_day_first_however_it_is_written(written: str) -> None:
    assert day(written) == date(2025, 3, 4)


@pytest.mark.parametrize("written", ["", "March", "31/02/2025", "2025", None, 20250304])
def test_what_is_no_day_is_none(written: object) -> None:
    assert day(written) is None
