"""What the counted returns say, question by question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from qaf_forms.collate.answers import Standing
from qaf_forms.collate.codebook import codebook
from qaf_forms.collate.collation import Collation
from qaf_forms.collate.privacy import WITHHELD
from qaf_forms.collate.statistics import QuestionCount
from qaf_forms.collect.register import Register
from qaf_forms.collect.returns import Return, Status
from qaf_forms.issue.layout import Layout
from qaf_forms.plugin.interfaces import Extra
from qaf_forms.problems import Code
from tests.collate.small_round import FORM, LAYOUT, a_return, a_round, collated

OUTSTANDING = (
    "Your return “Small audit” about case N-07 has not reached us. "
    "It was due on 11 April 2025; please send it to audits@example.org."
)


def count_of(counts: tuple[QuestionCount, ...], question: str) -> QuestionCount:
    return next(count for count in counts if count.question == question)


def chosen(count: QuestionCount) -> dict[str, int]:
    return {level.level.code: level.count for level in count.levels}


def test_answers_stand_by_question_in_printed_order_then_by_return_in_the_order_of_the_round() -> None:
    collation = collated(
        a_round("Police", "Health"),
        a_return("health", {"visits": 2, "core.seen.answer": "no"}),
        a_return("police", {"core.seen.answer": "yes", "visits": 3}),
    )

    rows = [
        (row.field.key, row.respondent.agency, row.shown) for row in collation.answers if row.standing == "answered"
    ]
    assert rows == [
        ("visits", "Police", "3"),
        ("visits", "Health", "2"),
        ("core.seen.answer", "Police", "Yes"),
        ("core.seen.answer", "Health", "No"),
    ]


def test_an_answer_keeps_what_was_typed_where_and_how_it_was_found() -> None:
    (row,) = (row for row in collated(a_round("A"), a_return("a", {"visits": 3})).answers if row.field.key == "visits")

    assert (row.value, row.raw, row.place, row.route) == (3, "3", "place of visits", "tag")


def test_a_nil_return_is_counted_on_its_own_page_and_nowhere_else() -> None:
    collation = collated(
        a_round("Police", "Health", "School"),
        a_return("police", {"nil_return": "known", "core.seen.answer": "yes"}),
        a_return("health", {"nil_return": "not_known"}, status=Status.NIL),
    )

    known = count_of(collation.counts, "nil_return")
    seen = count_of(collation.counts, "core.seen.answer")
    assert (known.asked, chosen(known)) == (2, {"known": 1, "not_known": 1})
    assert (seen.asked, seen.answered, seen.unanswered, seen.not_asked) == (1, 1, 0, 0)
    assert [one.agency for one in collation.judging] == ["Police"]
    assert not [row for row in collation.answers if row.respondent.agency == "Health" and row.field.key != "nil_return"]


def test_what_a_nil_return_answers_elsewhere_is_shown_and_not_counted() -> None:
    collation = collated(
        a_round("Police"),
        a_return("police", {"nil_return": "not_known", "core.seen.answer": "no"}, status=Status.NIL),
    )

    assert [row.shown for row in collation.answers] == ["Not known", "No"]
    assert count_of(collation.counts, "core.seen.answer").asked == 0


def test_a_blank_return_is_in_no_count() -> None:
    collation = collated(a_round("Police"), a_return("police", status=Status.BLANK))

    assert collation.answers == ()
    assert all(count.asked == 0 and count.not_asked == 0 for count in collation.counts)


def test_na_is_in_no_denominator_and_non_response_only_in_that_of_all() -> None:
    agencies = ("A", "B", "C", "D", "E", "F")
    answers = ("yes", "yes", "no", "na", "unsure", None)
    returns = [
        a_return(agency.lower(), {"core.seen.answer": answer} if answer else {"visits": 1})
        for agency, answer in zip(agencies, answers, strict=True)
    ]

    seen = count_of(collated(a_round(*agencies), *returns).counts, "core.seen.answer")

    assert (seen.asked, seen.answered, seen.not_applicable, seen.no_response, seen.unanswered) == (6, 3, 1, 1, 1)
    assert seen.base == 5
    shares = {level.level.code: (level.count, level.of_all, level.of_answered) for level in seen.levels}
    assert shares == {
        "yes": (2, 2 / 5, 2 / 3),
        "no": (1, 1 / 5, 1 / 3),
        "na": (1, None, None),
        "unsure": (1, 1 / 5, None),
    }


def test_a_question_that_does_not_apply_to_an_agency_or_after_an_answer_is_not_asked() -> None:
    collation = collated(
        a_round("Oak", "Police", oak="school", police="Police"),
        a_return("oak", {"core.seen.answer": "no", "why_not": "asleep"}),
        a_return("police", {"core.seen.answer": "yes"}),
    )

    told = count_of(collation.counts, "schools_only")
    why = count_of(collation.counts, "why_not")
    assert (told.asked, told.unanswered, told.not_asked) == (1, 1, 1)
    assert (why.asked, why.answered, why.not_asked) == (1, 1, 1)


def test_what_the_partnership_fills_in_is_not_missing_from_an_agency() -> None:
    collation = collated(a_round("Police"), a_return("police", {"core.seen.answer": "no"}))

    assert count_of(collation.counts, "core.seen.moderated").unanswered == 0


def test_an_answer_that_cannot_be_used_is_unclear_and_keeps_what_was_typed() -> None:
    problem = Code.NOT_A_NUMBER.problem(key="visits", place="table 1 row 2", value="lots")
    collation = collated(a_round("A"), a_return("a", {"lead": "B"}, status=Status.PARTIAL, problems=[problem]))

    (row,) = (row for row in collation.answers if row.field.key == "visits")

    assert (row.standing, row.raw, row.place, row.value) == (Standing.UNCLEAR, "lots", "table 1 row 2", None)
    visits = count_of(collation.counts, "visits")
    assert (visits.asked, visits.unclear, visits.unanswered) == (1, 1, 0)


def test_copies_of_a_block_count_together_and_empty_copies_not_at_all() -> None:
    collation = collated(
        a_round("A", "B"),
        a_return("a", {"child[1].level": "yes", "child[2].level": "no"}),
        a_return("b", {"child[1].level": "no"}),
    )

    level = count_of(collation.counts, "child[].level")

    assert (level.unit, level.asked, level.unanswered) == ("copies", 3, 0)
    assert (chosen(level)["yes"], chosen(level)["no"]) == (1, 2)


def collated_with(group: dict[str, object], *returns: Return) -> Collation:
    """The collation of returns of a form whose block for each child is like this."""
    section = FORM.sections[0]
    items = tuple(item.model_copy(update=group) if item.id == "child" else item for item in section.items)
    form = FORM.model_copy(update={"sections": (section.model_copy(update={"items": items}),)})
    round_ = a_round("A", "B")
    return Collation(round_, Layout(form), Register.of(round_, form, returns))


def test_of_spare_copies_as_many_are_asked_as_were_filled_or_are_needed() -> None:
    returns = a_return("a", {"child[1].level": "yes", "child[2].level": "no"}), a_return("b", {"visits": 1})
    asked = [count_of(collated_with({"min_copies": least}, *returns).counts, "child[].level") for least in (0, 1, 3)]
    assert [(count.asked, count.unanswered) for count in asked] == [(2, 0), (3, 1), (6, 4)]


def test_every_copy_with_a_name_is_asked() -> None:
    titles: dict[str, object] = {"titles": ("Initial", "Review", "Close")}
    level = count_of(collated_with(titles, a_return("a", {"child[1].level": "yes"})).counts, "child[].level")
    assert (level.asked, level.unanswered) == (3, 2)


def test_what_is_missing_in_copies_that_closed_up_has_the_code_printed_where_it_stands() -> None:
    place = "section B, question B6-3.1, table 4 row 2"
    problems = [Code.REQUIRED.problem(key="child[1].level", place=place)]
    collation = collated_with({"min_copies": 0}, a_return("a", {"visits": 1}, problems=problems))
    (item,) = (item for item in collation.to_chase if item.place)
    assert (item.question, item.words) == ("B6-3.1", "B6-3.1 “Neglect?”: please give an answer.")


def test_the_heat_map_has_a_row_for_each_question_on_a_scale_and_a_cell_for_each_return() -> None:
    collation = collated(
        a_round("A", "B", "C"),
        a_return("a", {"core.seen.answer": "no", "core.heard.answer": "yes"}),
        a_return("b", {"core.seen.answer": "na"}),
        a_return("c", {"nil_return": "not_known"}, status=Status.NIL),
    )

    rows = {row.field.key: row.cells for row in collation.heat}

    seen = [cell.levels[0].colour for cell in rows["core.seen.answer"] if cell]
    assert seen == ["#CC0000", "#999999"]
    heard = [cell.standing for cell in rows["core.heard.answer"] if cell]
    assert heard == [Standing.ANSWERED, Standing.UNANSWERED]
    assert "nil_return" not in rows
    assert "core.seen.moderated" not in rows


def test_agencies_with_several_cases_or_stages_are_told_apart() -> None:
    collation = collated(
        a_round("A", "B"),
        a_return("a", {"visits": 1}, name="1"),
        a_return("a", {"visits": 2}, name="2", stage="final"),
        a_return("b", {"visits": 3}),
    )

    assert [one.label for one in collation.respondents] == ["A (N-07) (initial)", "A (N-07) (final)", "B"]


def test_free_text_has_its_question_agency_and_place() -> None:
    collation = collated(
        a_round("A"), a_return("a", {"core.seen.evidence": "Visit note", "agency_actions[1].action": "Train"})
    )

    found = [(row.field.name, row.respondent.agency, row.shown, row.place) for row in collation.free_text]

    assert found == [("B3.1 Evidence", "A", "Visit note", "place of core.seen.evidence")]


def test_action_tables_become_one_plan_with_the_origin_of_every_row() -> None:
    collation = collated(
        a_round("A", "B"),
        a_return("b", {"agency_actions[1].action": "Train staff", "practice[1].what": "Toolkit"}),
        a_return("a", {"agency_actions[1].action": "Audit", "agency_actions[2].due": date(2025, 6, 1)}),
    )

    plan = collation.actions
    assert plan.columns == (("action", "Action"), ("owner", "Owner"), ("due", "Due"))
    assert [
        (row.respondent.agency, row.code, row.number, {name: cell.shown for name, cell in row.cells.items()})
        for row in plan.rows
    ] == [
        ("A", "B7", 1, {"action": "Audit", "owner": "", "due": ""}),
        ("A", "B7", 2, {"action": "", "owner": "", "due": "01/06/2025"}),
        ("B", "B7", 1, {"action": "Train staff", "owner": "", "due": ""}),
    ]
    assert [(table.key, len(table.rows)) for table in collation.other_tables] == [("practice", 1)]


def test_personal_answers_are_withheld_everywhere_unless_asked_for_and_still_count() -> None:
    answers = {"lead": "Beryl Oak", "agency_actions[1].action": "x", "agency_actions[1].owner": "Beryl Oak"}
    problem = Code.TOO_LONG.problem(key="lead", value="Beryl Oak", size=9, limit=5)
    named = Code.NOT_AN_EMAIL.problem(key="agency_actions[2].owner", value="Beryl Oak")
    one = a_return("a", answers, problems=[problem, named])

    collation = collated(a_round("A"), one)

    assert count_of(collation.counts, "lead").answered == 1
    assert WITHHELD in [row.shown for row in collation.answers]
    everything = f"{collation.answers}{collation.free_text}{collation.tables}{collation.actions}{collation.to_chase}"
    assert "Beryl" not in everything
    assert "Beryl" in f"{collated(a_round('A'), one, include_personal=True).answers}"


def test_what_is_missing_is_asked_for_in_words_that_can_be_sent() -> None:
    problems = [
        Code.REQUIRED.problem(key="core.seen.answer", place="table 2"),
        Code.NOT_ON_THE_SCALE.problem(key="core.heard.answer", value="sort of", levels="Yes, No"),
        Code.HAS_LINKS.problem(value="http://example.org"),
    ]
    collation = collated(
        a_round("Police", "Health"), a_return("police", {"visits": 1}, status=Status.PARTIAL, problems=problems)
    )

    said = [(item.for_agency, item.agency, item.contact, item.question, item.words) for item in collation.to_chase]

    police = ("Police", "police@example.org")
    assert said == [
        (True, *police, "B3.1", "B3.1 Answer “Was the child seen alone?”: please give an answer."),
        (
            True,
            *police,
            "B3.2",
            "B3.2 Answer “Was the child heard?”: you wrote “sort of”; please choose one of: Yes, No, N/A, Don't know.",
        ),
        (
            True,
            "Health",
            "health@example.org",
            "",
            OUTSTANDING,
        ),
        (
            False,
            *police,
            "",
            "the file links to 'http://example.org'; the link was not followed; check the sender.",
        ),
    ]


def test_a_blank_return_is_chased_once_and_a_duplicate_with_other_answers_is_for_the_coordinator() -> None:
    blank = a_return("a", status=Status.BLANK, problems=[Code.REQUIRED.problem(key="core.seen.answer")])
    collation = collated(
        a_round("A", "B"),
        blank,
        a_return("b", {"visits": 1}, name="b1.docx"),
        a_return("b", {"visits": 2}, name="b2.docx"),
        a_return("b", {"visits": 1}, name="b3.docx"),
        a_return("b", name="b4.docx", status=Status.BLANK),
    )

    words = [(item.for_agency, item.words) for item in collation.to_chase]

    assert [for_agency for for_agency, _ in words] == [True, False, False]
    assert "nothing filled in" in words[0][1]
    assert "a second return of Agency says '2' here, and '1' was taken from b1.docx" in words[1][1]
    assert "“b2.docx” holds other answers than “b1.docx”" in words[2][1]


def test_moderated_answers_are_counted_with_the_agencys_and_where_nobody_moderated_they_were_not_asked() -> None:
    moderated = {"core.seen.moderated": "no", "core.heard.moderated": "no"}
    extra = Extra("comment", "page 1", "Look again")
    collation = collated(
        a_round("A", "B"),
        a_return("a", {"core.seen.answer": "yes"}),
        a_return("a", moderated, role="partnership", name="panel.docx", extras=[extra]),
        a_return("b", {"core.seen.answer": "no"}),
    )

    assert [respondent.label for respondent in collation.respondents] == ["A", "B"]
    counts = {count.question: count for count in collation.counts}
    assert (counts["core.seen.answer"].answered, counts["core.seen.answer"].not_asked) == (2, 0)
    assert (counts["core.seen.moderated"].answered, counts["core.seen.moderated"].not_asked) == (1, 1)
    heat = {row.field.key: [cell.shown if cell else None for cell in row.cells] for row in collation.heat}
    assert heat["core.seen.moderated"] == ["No", None]
    assert [finding.extra.place for finding in collation.extras] == ["panel.docx, page 1"]


def test_what_a_moderator_left_unclear_is_not_asked_of_the_agency() -> None:
    unclear = Code.NOT_ON_THE_SCALE.problem(key="core.seen.moderated", value="so so", levels="Yes, No")
    collation = collated(
        a_round("A"),
        a_return("a", {"nil_return": "known", "core.seen.answer": "yes", "core.heard.answer": "yes"}),
        a_return("a", {"core.heard.moderated": "no"}, role="partnership", name="panel.docx", problems=[unclear]),
    )

    assert [(item.for_agency, item.question) for item in collation.to_chase] == [(False, "B3.1")]


def test_extras_of_every_file_are_listed_even_of_those_that_do_not_count() -> None:
    collation = collated(
        a_round("A"),
        a_return("a", {"visits": 1}, extras=[Extra("comment", "page 1", "Is this right?")]),
        a_return("z", {"visits": 1}, extras=[Extra("text", "page 2", "See attached")]),
    )

    assert [(finding.entry.state.value, finding.extra.text) for finding in collation.extras] == [
        ("complete", "Is this right?"),
        ("unexpected", "See attached"),
    ]


def test_the_codebook_has_every_question_once_with_its_levels() -> None:
    entries = {entry.key: entry for entry in codebook(LAYOUT)}

    seen = entries["core.seen.answer"]
    assert (seen.code, seen.question, seen.column, seen.type) == (
        "B3.1",
        "Was the child seen alone?",
        "Answer",
        "choice",
    )
    assert [(level.code, level.score) for level in seen.levels][:2] == [("yes", Decimal(2)), ("no", Decimal(0))]
    assert (entries["core.seen.moderated"].role, entries["lead"].personal) == ("Partnership", True)
    assert entries["child[].level"].code == "B6.1"
    assert entries["agency_actions[].due"].code == "B7"
