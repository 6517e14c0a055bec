"""The collation as plain tables, which every exporter writes in its own way."""

from __future__ import annotations

from collections.abc import Iterator

from qaf_forms.collate.answer_tables import (
    answers_table,
    counts_table,
    free_text_table,
    heat_map_table,
    own_table,
)
from qaf_forms.collate.codebook import codebook, level_line
from qaf_forms.collate.collation import Collation
from qaf_forms.collate.heads import QUESTION, WHO, Head, Plain, marked, percent
from qaf_forms.issue.issuing import day_in_words
from qaf_forms.plugin.interfaces import OutputTable


def output_tables(collation: Collation) -> tuple[OutputTable, ...]:
    """Every table of a collation, in the order people read them. Tables without rows are there, too."""
    return tuple(_tables(collation))


def _tables(collation: Collation) -> Iterator[OutputTable]:
    yield _overview(collation)
    yield _register(collation)
    yield counts_table(collation)
    yield heat_map_table(collation)
    yield answers_table(collation)
    yield free_text_table(collation)
    yield own_table("Actions", collation.actions, collation)
    for table in collation.other_tables:
        yield own_table(f"Table {table.code}", table, collation)
    yield _to_chase(collation)
    yield _extras(collation)
    yield _codebook(collation)


def _overview(collation: Collation) -> OutputTable:
    form, round_ = collation.layout.form, collation.round
    summary = collation.register.summary
    facts: list[tuple[str, Plain]] = [
        ("Form", form.title),
        ("Form id and version", f"{form.id} {form.version}"),
        ("Owner", form.owner),
        ("Marking", form.marking),
        ("Round", round_.title or round_.id),
        ("Period", round_.period),
        ("Issued", day_in_words(round_.issued)),
        ("Return by", day_in_words(round_.return_by)),
        *((name.capitalize(), count) for name, count in summary.items()),
        ("Returned, % of expected", percent(summary["returned"], summary["expected"])),
        ("Returns that answer the questions", len(collation.judging)),
        ("Personal answers", "included" if collation.privacy.include_personal else "withheld"),
    ]
    note = "Nil and blank returns are in no count but those of their own page."
    return Head((("Fact", 36), ("Value", 60))).table("Overview", collation.title, facts, marked(collation, note))


_REGISTER = Head(
    (
        *WHO,
        *(("State", 14), ("Received", 12), ("Days late", 9), ("Counts", 8), ("File", 40), ("Problems", 9)),
        *(("Extras", 8), ("Wrong version", 13), ("Note", 60), ("Contact", 30), ("Recipient", 24)),
    )
)


def _register(collation: Collation) -> OutputTable:
    rows = [
        (
            *(entry.agency, entry.agency_type, entry.case, entry.stage, entry.state.value, entry.received),
            *(entry.days_late, "yes" if entry.counts else "no", entry.file, entry.problems, entry.extras),
            *(entry.wrong_version, entry.note, entry.contact, entry.recipient),
        )
        for entry in collation.register.entries
    ]
    return _REGISTER.table("Register", "Who replied, and what became of every file", rows, marked(collation))


_CHASE = Head(
    (
        *(("Who acts", 12), ("Agency", 26), ("Contact", 30), ("Case", 12), ("No.", 9), ("In words to send", 90)),
        *(("Where", 40), ("File", 36), ("Problem", 9)),
    )
)


def _to_chase(collation: Collation) -> OutputTable:
    rows = (
        (
            *("agency" if item.for_agency else "coordinator", item.agency, item.contact, item.case, item.question),
            *(item.words, item.place, item.file, item.code),
        )
        for item in collation.to_chase
    )
    return _CHASE.table("To chase", "What is still to be cleared up", rows, marked(collation))


_EXTRAS = Head((("Agency", 26), ("Case", 12), ("File", 36), ("State", 14), ("Kind", 12), ("Where", 40), ("Text", 90)))


def _extras(collation: Collation) -> OutputTable:
    rows = (
        (entry.agency, entry.case, entry.file, entry.state.value, extra.kind, extra.place, extra.text)
        for entry, extra in ((finding.entry, finding.extra) for finding in collation.extras)
    )
    return _EXTRAS.table("Extras", "What stands in files beside the answers", rows, marked(collation))


_CODEBOOK = Head(
    (
        *(("Key", 36), *QUESTION, ("Section", 30), ("Type", 11), ("Answers", 60), ("Needed", 24)),
        *(("Asked only if", 24), ("Filled in by", 22), ("Personal", 9), ("Based on", 30)),
        *(("What would show it", 30), ("Why it is asked", 40), ("Who uses the answer", 30)),
        ("Since earlier versions", 40),
    )
)


def _codebook(collation: Collation) -> OutputTable:
    rows = (
        (
            *(entry.key, entry.code, entry.question, entry.column, entry.section, entry.type),
            *("\n".join(level_line(level) for level in entry.levels), entry.required, entry.asked_if, entry.role),
            *("yes" if entry.personal else "", entry.reference, entry.evidence, entry.why, entry.used_by),
            entry.changed,
        )
        for entry in codebook(collation.layout)
    )
    return _CODEBOOK.table("Codebook", "What every key means", rows, marked(collation))
