"""Who has replied, and which file counts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from qaf_forms.collect.reading import FileFacts
from qaf_forms.collect.register import Register, RegisterEntry, State
from qaf_forms.collect.returns import Return, Status
from qaf_forms.define.condition import Value
from qaf_forms.define.library import Library
from qaf_forms.issue.round_file import load_round
from qaf_forms.plugin.interfaces import Extra
from qaf_forms.problems import Code
from tests.collate.small_round import FORM, a_return, a_round


def states(register: Register) -> list[tuple[str, str, str]]:
    return [(entry.recipient, entry.state.value, entry.file) for entry in register.entries]


def entry_of(register: Register, file: str) -> RegisterEntry:
    return next(entry for entry in register.entries if entry.file == file)


def test_every_recipient_has_a_line_in_the_order_of_the_round_whether_or_not_anything_came() -> None:
    register = Register.of(
        a_round("Police", "Health", "School", "Probation", "Charity"),
        FORM,
        [
            a_return("school", {"nil_return": "not_known"}, status=Status.NIL),
            a_return("police", {"visits": 3}),
            a_return("health", {"visits": 1}, status=Status.PARTIAL),
            a_return("probation", status=Status.BLANK),
        ],
    )

    assert states(register) == [
        ("police", "complete", "police.docx"),
        ("health", "partial", "health.docx"),
        ("school", "nil", "school.docx"),
        ("probation", "blank", "probation.docx"),
        ("charity", "outstanding", ""),
    ]
    assert [entry.agency for entry in register.outstanding] == ["Charity"]
    assert [one.recipient for one in register.counted] == ["police", "health", "school", "probation"]


def test_a_return_after_the_day_it_was_due_is_late_by_so_many_days() -> None:
    received = {"police.docx": date(2025, 4, 11), "health.docx": date(2025, 4, 14)}
    register = Register.of(
        a_round("Police", "Health", "School", received=received),
        FORM,
        [a_return(name, {"visits": 1}) for name in ("police", "health", "school")],
    )

    assert [entry.days_late for entry in register.entries] == [0, 3, None]
    assert [entry.is_late for entry in register.entries] == [False, True, False]
    assert register.summary["late"] == 1


def test_days_given_in_the_call_come_before_those_of_the_round() -> None:
    round_ = a_round("Police", received={"police.docx": date(2025, 4, 1)})

    register = Register.of(round_, FORM, [a_return("police", {"visits": 1})], {"police.docx": date(2025, 4, 12)})

    assert register.entries[0].days_late == 1


def test_of_two_returns_the_one_received_last_counts_and_the_other_names_it() -> None:
    received = {"second.docx": date(2025, 4, 9), "first.docx": date(2025, 4, 2)}
    register = Register.of(
        a_round("Police", received=received),
        FORM,
        [
            a_return("police", {"visits": 1}, status=Status.PARTIAL, name="second.docx"),
            a_return("police", {"visits": 2}, name="first.docx"),
        ],
    )

    assert states(register) == [("police", "partial", "second.docx"), ("police", "duplicate", "first.docx")]
    assert register.entries[1].counting_file == "second.docx"
    assert not register.entries[1].identical
    assert [one.values for one in register.counted] == [{"visits": 1}]


def test_of_two_returns_of_one_day_the_fuller_counts_then_the_first_by_name() -> None:
    full: dict[str, Value] = {"visits": 1, "lead": "B"}
    partial: dict[str, Value] = {"visits": 1}
    register = Register.of(
        a_round("Police"),
        FORM,
        [
            a_return("police", partial, status=Status.PARTIAL, name="a.docx"),
            a_return("police", full, name="c.docx"),
            a_return("police", full, name="b.docx"),
        ],
    )

    assert states(register) == [
        ("police", "complete", "b.docx"),
        ("police", "duplicate", "c.docx"),
        ("police", "duplicate", "a.docx"),
    ]
    assert [entry.identical for entry in register.entries] == [False, True, False]
    assert "the same answers" in register.entries[1].note


def test_a_blank_file_sent_later_does_not_displace_answers() -> None:
    received = {"blank.docx": date(2025, 4, 9), "full.docx": date(2025, 4, 2)}
    register = Register.of(
        a_round("Police", received=received),
        FORM,
        [
            a_return("police", status=Status.BLANK, name="blank.docx"),
            a_return("police", {"visits": 1}, name="full.docx"),
        ],
    )

    assert states(register) == [("police", "complete", "full.docx"), ("police", "duplicate", "blank.docx")]


def test_two_stages_of_one_recipient_are_not_duplicates() -> None:
    register = Register.of(
        a_round("Police"),
        FORM,
        [
            a_return("police", {"visits": 2}, stage="moderated", name="m.docx"),
            a_return("police", {"visits": 1}, name="i.docx"),
        ],
    )

    assert [(entry.stage, entry.state.value) for entry in register.entries] == [
        ("initial", "complete"),
        ("moderated", "complete"),
    ]
    assert len(register.counted) == 2
    assert register.summary["returned"] == 1


def test_the_moderators_copy_is_part_of_the_agencys_return_and_both_stand_in_the_register() -> None:
    received = {"police.docx": date(2025, 4, 10), "panel.docx": date(2025, 5, 20)}
    register = Register.of(
        a_round("Police", received=received),
        FORM,
        [
            a_return("police", {"core.seen.moderated": "no"}, role="partnership", name="panel.docx"),
            a_return("police", {"visits": 1, "core.seen.answer": "yes"}),
        ],
    )

    assert states(register) == [("police", "complete", "police.docx"), ("police", "part", "panel.docx")]
    main, part = register.entries
    assert (main.counts, main.note) == (True, "with Partnership’s copy panel.docx")
    assert (part.counts, part.role, part.counting_file, part.days_late) == (False, "partnership", "police.docx", None)
    assert part.note == "Partnership’s copy, complete; its answers stand with those of police.docx"
    (whole,) = register.counted
    assert whole.values == {"visits": 1, "core.seen.answer": "yes", "core.seen.moderated": "no"}
    assert {name: register.summary[name] for name in ("expected", "returned", "part", "late", "files")} == {
        "expected": 1,
        "returned": 1,
        "part": 1,
        "late": 0,
        "files": 2,
    }


def test_a_moderators_copy_alone_does_not_stand_for_the_agency() -> None:
    register = Register.of(
        a_round("Police"),
        FORM,
        [a_return("police", {"core.seen.moderated": "no"}, role="partnership", name="panel.docx")],
    )

    assert states(register) == [("police", "outstanding", ""), ("police", "part", "panel.docx")]
    assert register.entries[0].note == "other files came: panel.docx"
    assert register.entries[1].note == "Partnership’s copy, complete; it waits for the return of Agency"
    assert register.counted == ()
    assert (register.summary["expected"], register.summary["returned"]) == (1, 0)


def test_a_round_of_moderators_waits_for_theirs() -> None:
    round_ = a_round("Police", "Health").model_copy(update={"role": "partnership"})

    register = Register.of(
        round_,
        FORM,
        [
            a_return("police", {"visits": 1}),
            a_return("health", {"visits": 1}),
            a_return("health", {"core.seen.moderated": "no"}, role="partnership", name="panel.docx"),
        ],
    )

    assert states(register) == [
        ("police", "outstanding", ""),
        ("police", "part", "police.docx"),
        ("health", "complete", "panel.docx"),
        ("health", "part", "health.docx"),
    ]


def test_a_stage_that_others_alone_filled_counts_and_the_stage_asked_for_is_outstanding_until_it_comes() -> None:
    moderated = a_return("police", {"core.seen.moderated": "no"}, role="partnership", name="m.docx", stage="moderated")
    register = Register.of(a_round("Police"), FORM, [moderated])

    assert [(entry.stage, entry.state.value) for entry in register.entries] == [
        ("initial", "outstanding"),
        ("moderated", "complete"),
    ]
    assert (register.summary["expected"], register.summary["returned"]) == (1, 0)


def test_what_two_files_of_one_day_say_differently_is_named_and_what_was_replaced_later_is_not() -> None:
    first = a_return("police", {"visits": 1, "lead": "B"}, name="a.docx")
    second = a_return("police", {"visits": 2}, name="b.docx")

    unknown = Register.of(a_round("Police"), FORM, [first, second]).counted[0]
    assert [(problem.code, problem.key, problem.value) for problem in unknown.problems] == [("R150", "visits", "2")]
    dated = a_round("Police", received={"a.docx": date(2025, 4, 2), "b.docx": date(2025, 4, 1)})
    assert Register.of(dated, FORM, [first, second]).counted[0].problems == ()


def test_another_version_counts_when_it_was_read_as_this_one_and_is_flagged() -> None:
    register = Register.of(a_round("Police"), FORM, [a_return("police", {"visits": 1}, version="1")])

    entry = register.entries[0]
    assert (entry.state, entry.wrong_version, entry.counts) == (State.COMPLETE, "1", True)
    assert register.summary["wrong version"] == 1


def test_another_version_that_was_read_by_its_own_layout_does_not_count() -> None:
    other = replace(a_return("police", {"visits": 1}, version="1"), version="1")

    register = Register.of(a_round("Police"), FORM, [other])

    assert states(register) == [("police", "outstanding", ""), ("police", "wrong version", "police.docx")]
    assert register.counted == ()
    assert "police.docx" in register.entries[0].note


def test_a_file_of_nobody_in_the_round_is_unexpected_and_stands_last() -> None:
    register = Register.of(
        a_round("Police"),
        FORM,
        [
            a_return("stranger", {"visits": 1}),
            a_return("police", {"visits": 1}, round_id="autumn", name="old.docx"),
            a_return("police", {"visits": 1}, stamped=False, name="copied.docx"),
            a_return("police", {"visits": 1}),
        ],
    )

    assert states(register) == [
        ("police", "complete", "police.docx"),
        ("", "unexpected", "copied.docx"),
        ("", "unexpected", "old.docx"),
        ("", "unexpected", "stranger.docx"),
    ]
    assert "'autumn'" in entry_of(register, "old.docx").note
    assert "'stranger'" in entry_of(register, "stranger.docx").note
    assert "stamp" in entry_of(register, "copied.docx").note


def test_another_form_stands_under_the_agency_that_sent_it_which_is_still_outstanding() -> None:
    register = Register.of(a_round("Police"), FORM, [a_return("police", form="other_audit")])

    assert states(register) == [("police", "outstanding", ""), ("police", "other form", "police.docx")]


def test_an_unreadable_file_says_why() -> None:
    unreadable = Return(FileFacts("x.docx", "00", 1), Status.UNREADABLE, problems=(Code.EMPTY_FILE.problem(),))

    register = Register.of(a_round("Police"), FORM, [unreadable])

    assert states(register) == [("police", "outstanding", ""), ("", "unreadable", "x.docx")]
    assert register.entries[1].note == "the file is empty; ask the sender to attach it again"


def test_every_file_stands_in_the_register_exactly_once() -> None:
    returns = [
        a_return("police", {"visits": 1}),
        a_return("police", {"visits": 1}, name="copy.docx"),
        a_return("police", {"visits": 1}),
        a_return("nobody"),
        a_return("police", form="other_audit", name="o.docx"),
        a_return("police", round_id="", name="r.docx"),
        Return(FileFacts("x.docx", "00", 1), Status.UNREADABLE),
    ]

    register = Register.of(a_round("Police"), FORM, returns)

    assert sorted(entry.file for entry in register.entries) == sorted(one.file.name for one in returns)
    assert register.summary["files"] == len(returns)


def test_the_summary_counts_every_state() -> None:
    register = Register.of(
        a_round("Police", "Health", "School"),
        FORM,
        [
            a_return("police", {"visits": 1}),
            a_return("police", {"visits": 1}, name="again.docx"),
            a_return("health", status=Status.NIL),
        ],
    )

    assert {name: count for name, count in register.summary.items() if count} == {
        "expected": 3,
        "returned": 2,
        "complete": 1,
        "nil": 1,
        "outstanding": 1,
        "duplicate": 1,
        "files": 3,
    }


def test_problems_and_extras_are_counted_without_mere_warnings() -> None:
    problems = [Code.REQUIRED.problem(key="visits"), Code.BY_FORMULA.problem(key="visits")]
    one = a_return("police", {"lead": "B"}, problems=problems, extras=[Extra("comment", "page 1", "why?")])

    entry = Register.of(a_round("Police"), FORM, [one]).entries[0]

    assert (entry.problems, entry.extras) == (1, 1)


def test_a_register_comes_back_from_json_with_its_returns() -> None:
    received = {"police.docx": date(2025, 4, 14)}
    returns = [
        a_return("police", {"visits": 1}),
        a_return("police", {"visits": 2}, name="b.docx"),
        a_return("who"),
        a_return("police", {"core.seen.moderated": "no", "visits": 5}, role="partnership", name="panel.docx"),
    ]
    register = Register.of(a_round("Police", "Health", received=received), FORM, returns)

    rows = json.loads(json.dumps(register.to_json()))

    assert Register.from_json(rows, reversed(returns), FORM) == register


def test_a_file_without_a_stamp_belongs_to_whom_the_list_of_what_was_received_says(tmp_path: Path) -> None:
    (tmp_path / "round.yaml").write_text(
        "id: r1\nform: neglect_case_audit\nissued: 2025-03-01\nreturn_by: 2025-03-31\nreturn_to: a@b.example\n"
        "recipients: [{agency: Police}, {agency: School}]\nreceived: received.csv\n",
        encoding="utf-8",
    )
    (tmp_path / "received.csv").write_text(
        "file,received,recipient\npasted.docx,2025-03-20,police\ncut.docx,2025-03-21,school\n", encoding="utf-8"
    )
    round_ = load_round(tmp_path / "round.yaml")
    form = Library().form("neglect_case_audit")
    pasted = Return(FileFacts("pasted.docx", "1", 1), Status.PARTIAL, form=form.id, version=form.version)
    cut = Return(FileFacts("cut.docx", "2", 1), Status.UNREADABLE)
    entries = Register.of(round_, form, [pasted, cut]).entries
    assert [(entry.recipient, entry.state, entry.file) for entry in entries] == [
        ("police", State.PARTIAL, "pasted.docx"),
        ("school", State.OUTSTANDING, ""),
        ("school", State.UNREADABLE, "cut.docx"),
    ]
