"""Wordings: a form in other words, and everything that is wrong with a wording's file."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest
from pydantic import BaseModel

from qaf_forms.define import wordings
from qaf_forms.define.form import Form, NilReturn, Section
from qaf_forms.define.items import Grid, GridRow, Group, Note, Signatory, SignOff, StemRow, Table, TitleRow
from qaf_forms.define.library import Library
from qaf_forms.define.questions import Column, Question
from qaf_forms.define.scale import Level, Scale
from qaf_forms.define.wording_texts import blank_wording, texts_of, untold
from qaf_forms.errors import DefinitionError, UnknownWordingError
from qaf_forms.issue.fields import GridBlock
from qaf_forms.issue.layout import Layout

FORM = """
id: audit
version: "1"
title: Audit
kind: record
owner: A partnership
intro: Be brief.
roles: {agency: Agency, moderator: Moderator}
scales:
  ynna:
    levels:
      - {code: yes, label: "Yes", aliases: ["y"]}
      - {code: no, label: "No", meaning: Not at all, specify: why not?}
      - {code: na, label: Not applicable, is_na: true, aliases: [n/a]}
sections:
  - id: first
    title: First part
    guidance: Look at the file.
    items:
      - {type: note, id: hint, text: Answer what you can.}
      - {id: seen, type: choice, scale: ynna, ask: Was the child seen?, help: Look twice., comment: true}
      - {id: visits, type: integer, unit: visits, ask: How many visits?, when: {seen: yes}}
      - {id: mood, type: choice, ask: Mood?, scale: {levels: [{code: good, label: Good}, {code: bad, label: Bad}]}}
      - id: core
        type: grid
        ask: Standards
        columns:
          - {id: answer, type: choice, scale: ynna, title: Answer}
          - {id: more, type: text, title: More, under: Words, required: {when: {answer: no}}}
        rows:
          - {title: Policies}
          - {id: r1, text: Is there a policy?, descriptors: {answer: {yes: Signed}}}
          - id: st
            text: How do you know?
            prompts: [{id: p1, text: From staff, cells: {more: {type: integer, unit: days}}}]
      - id: child
        type: group
        ask: Each child
        each: Child
        copies: 2
        titles: [Eldest, Youngest]
        items: [{id: age, type: integer, ask: Age}]
      - {id: signed, type: sign_off, ask: Sign here, filled_by: moderator, signatories: [{id: head, text: Head}]}
"""
WELSH = """
wording_of: audit
name: cy
language: cy
words:
  title: Archwiliad
  intro: Byddwch yn gryno.
  roles: {moderator: Cymedrolwr}
  sections: {first: {title: Rhan gyntaf, guidance: Edrychwch ar y ffeil.}}
  items:
    hint: {text: Atebwch yr hyn a allwch.}
    seen: {ask: A welwyd y plentyn?, help: Edrychwch ddwywaith.}
    visits: {ask: Faint o ymweliadau?, unit: ymweliad}
    mood: {ask: Hwyliau?, scale: {levels: {good: {label: Da}, bad: {label: Gwael}}}}
    core:
      ask: Safonau
      columns: {answer: {title: Ateb}, more: {title: Mwy, under: Geiriau}}
      headings: {Policies: Polisïau}
      rows:
        r1: {text: A oes polisi?, descriptors: {answer: {yes: Llofnodwyd}}}
        st: {text: Sut ydych chi'n gwybod?}
        p1: {text: Gan staff, cells: {more: {unit: diwrnod}}}
    child: {ask: Pob plentyn, each: Plentyn, titles: {Eldest: Hynaf, Youngest: Ieuengaf}}
    age: {ask: Oed}
    signed: {ask: Llofnodwch yma, signatories: {head: {text: Pennaeth}}}
  scales:
    ynna:
      levels:
        yes: {label: Do}
        no: {label: Naddo, meaning: Dim o gwbl, specify: pam?, aliases: [dim]}
        na: {label: Amherthnasol}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "audit.yaml").write_text(FORM, encoding="utf-8")
    return tmp_path


def in_words(folder: Path, wording: str = WELSH, name: str = "cy") -> Form:
    (folder / f"audit.{name}.yaml").write_text(wording, encoding="utf-8")
    library = Library([folder])
    return library.wordings.form(library.form("audit"), name)


def told(folder: Path, words: str, head: str = "wording_of: audit\nname: easy\n") -> list[tuple[str, str, str]]:
    """Of every problem in a wording with these words: its code, its line and column, and what to do."""
    path = folder / "audit.easy.yaml"
    path.write_text(head + (f"words:\n{indent(dedent(words).strip(), '  ')}\n" if words else ""), encoding="utf-8")
    problems = Library([folder]).check(path)
    return [(problem.code, problem.place.removeprefix(f"{path}:"), problem.fix) for problem in problems]


def test_only_words_differ(folder: Path) -> None:
    welsh = in_words(folder)
    form = Library([folder]).form("audit")
    before, after = Layout(form), Layout(welsh)
    assert after.fingerprint == before.fingerprint
    assert [(field.key, field.code, field.anchor, field.type) for field in after.fields] == [
        (field.key, field.code, field.anchor, field.type) for field in before.fields
    ]
    assert untold(form, welsh, ()) == []


def test_the_words_are_where_they_belong(folder: Path) -> None:
    layout = Layout(in_words(folder))
    seen, comment, why, more = (layout.field(key) for key in ("seen", "seen_comment", "seen_specify", "core.r1.more"))
    assert seen
    assert comment
    assert why
    assert more
    assert (seen.label, seen.help, seen.scale.labels if seen.scale else ()) == (
        "A welwyd y plentyn?",
        "Edrychwch ddwywaith.",
        ("Do", "Naddo", "Amherthnasol"),
    )
    assert comment.label == "Sylw (os dymunwch)"
    assert why.label == "Os “Naddo”: pam?"
    assert layout.field("core.p1.more").answer.unit == "diwrnod"  # type: ignore[union-attr]
    grid = next(block for block in layout.sections[0].blocks if isinstance(block, GridBlock))
    assert more.column_title == "Mwy"
    assert [row.text for row in grid.rows] == ["Polisïau", "A oes polisi?", "Sut ydych chi'n gwybod?", "Gan staff"]
    assert dict(grid.rows[1].descriptors["answer"]) == {"yes": "Llofnodwyd"}
    assert layout.asked_if(layout.field("visits").when) == "Atebwch dim ond os yw hyn yn wir: A1 yw Do."  # type: ignore[union-attr]


def test_answers_in_the_forms_own_words_are_understood(folder: Path) -> None:
    scale = in_words(folder).scales["ynna"]
    found = {
        word: level.code if (level := scale.recognise(word)) else None for word in ("Do", "yes", "NO", "dim", "n/a")
    }
    assert found == {"Do": "yes", "yes": "yes", "NO": "no", "dim": "no", "n/a": "na"}
    assert scale.beginning_with("n") is None  # Naddo, but also No and Not applicable


def test_a_word_with_two_meanings_is_not_guessed_and_said(folder: Path) -> None:
    words = "scales: {ynna: {levels: {yes: {label: Ie}, no: {label: Na}}}}"
    assert [code for code, _, _ in told(folder, words)] == ["D046"]
    easy = in_words(folder, f"wording_of: audit\nname: easy\nwords: {{{words}}}", "easy").scales["ynna"]
    assert easy.recognise("N/A") is None
    assert easy.recognise("Na") is easy.level("no")
    assert easy.recognise("Not applicable") is easy.level("na")


def test_what_a_wording_leaves_out_stays(folder: Path) -> None:
    easy = in_words(
        folder, "wording_of: audit\nname: easy\nwords: {title: Short audit, items: {seen: {ask: }}}", "easy"
    )
    assert (easy.title, easy.language, easy.intro) == ("Short audit", "en-GB", "Be brief.")
    assert Layout(easy).field("seen").label == "Was the child seen?"  # type: ignore[union-attr]


def test_a_wording_can_have_help_where_the_form_has_none(folder: Path) -> None:
    easy = in_words(folder, "wording_of: audit\nname: easy\nwords: {items: {visits: {help: Count them.}}}", "easy")
    assert Layout(easy).field("visits").help == "Count them."  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "code", "place", "fix"),
    [
        ("items: {sen: {ask: X}}", "D043", "4:11", "did you mean 'seen'?"),
        ("items: {hint: {ask: X}}", "D043", "4:18", "remove it; the note 'hint' can have text"),
        ("items: {visits: {comment: X}}", "D043", "4:20", "remove it; the integer 'visits' can have"),
        ("items: {seen: {scale: {title: X}}}", "D043", "4:18", "remove it; the choice 'seen' can have"),
        ("items: {seen: {asked: X}}", "D002", "4:18", "did you mean 'ask'?"),
        ("items: {core: {columns: {answers: {title: X}}}}", "D043", "4:28", "did you mean 'answer'?"),
        ("items: {core: {rows: {r9: {text: X}}}}", "D043", "4:25", "remove it, or use one of r1, st and p1"),
        ("items: {core: {headings: {Policy: X}}}", "D043", "4:29", "did you mean 'Policies'?"),
        ("items: {core: {rows: {r1: {descriptors: {answer: {none: X}}}}}}", "D043", "4:53", "remove it, or use"),
        ("items: {child: {titles: {Eldset: X}}}", "D043", "4:28", "did you mean 'Eldest'?"),
        ("sections: {frist: {title: X}}", "D043", "4:14", "did you mean 'first'?"),
        ("scales: {ynn: {title: X}}", "D043", "4:12", "did you mean 'ynna'?"),
        ("scales: {ynna: {levels: {nay: {label: X}}}}", "D043", "4:28", "did you mean 'na'?"),
        ("scales: {ynna: {levels: {yes: {label: 'No'}}}}", "D019", "4:28", "leave it to one of them"),
        ("roles: {moderators: X}", "D043", "4:11", "did you mean 'moderator'?"),
        ("nil_return: {ask: X}", "D043", "4:3", "remove it"),
        ("items: {seen: {ask: ''}}", "D004", "4:18", "write something"),
    ],
)
def test_what_the_form_does_not_have_is_told_with_its_place(
    folder: Path, words: str, code: str, place: str, fix: str
) -> None:
    found = told(folder, words)
    assert [(one[0], one[1]) for one in found] == [(code, place)]
    assert found[0][2].startswith(fix)


def test_words_in_braces_must_stay_in_the_words_of_a_house(folder: Path) -> None:
    head = "wording_of: audit\nname: easy\nhouse: {other_role: Leave this empty.}\n"
    assert told(folder, "", head) == [
        ("D004", "3:21", "leave the words in braces as they are; they are filled in when it is printed")
    ]


def test_a_translation_says_what_it_lacks(folder: Path) -> None:
    path = folder / "audit.cy.yaml"
    path.write_text(WELSH.replace("    seen: {ask: A welwyd y plentyn?, ", "    seen: {"), encoding="utf-8")
    (problem,) = Library([folder]).check(path)
    assert (problem.code, problem.is_warning, problem.place) == ("D045", True, f"{path}:5:1")
    assert problem.message == "1 texts are still as the form has them, first items.seen.ask"


def test_text_that_is_the_same_in_both_languages_is_given_again(folder: Path) -> None:
    path = folder / "audit.cy.yaml"
    path.write_text(WELSH.replace("ask: A welwyd y plentyn?", "ask: Was the child seen?"), encoding="utf-8")
    assert Library([folder]).check(path) == ()


def test_a_language_without_printed_words_is_said(folder: Path) -> None:
    path = folder / "audit.so.yaml"
    path.write_text(WELSH.replace("language: cy", "language: so"), encoding="utf-8")
    assert [(problem.code, problem.place) for problem in Library([folder]).check(path)] == [("D044", f"{path}:4:11")]


def test_a_faulty_wording_cannot_be_had(folder: Path) -> None:
    with pytest.raises(DefinitionError, match=r"audit.cy.yaml:\d+:\d+: the form has no item 'sen'"):
        in_words(folder, WELSH.replace("    seen:", "    sen:"))


def test_a_wording_is_found_by_its_name_or_its_language(folder: Path) -> None:
    in_words(folder, WELSH.replace("name: cy", "name: cymraeg"), "cymraeg")
    library = Library([folder])
    form = library.form("audit")
    wanted = [library.wordings.name(form, one) for one in ("cymraeg", "cy", "", "en", "en-GB")]
    assert wanted == ["cymraeg", "cymraeg", "", "", ""]
    with pytest.raises(UnknownWordingError, match=r"audit has no wording 'cymreag'; did you mean 'cymraeg'\?"):
        library.wordings.name(form, "cymreag")


def test_a_form_in_its_own_words_needs_no_other_file(folder: Path) -> None:
    library = Library([folder])
    form = library.form(folder / "audit.yaml")
    for path in folder.glob("*.yaml"):
        path.unlink()
    assert library.wordings.name(form, "") == ""
    (folder / "later.cy.yaml").write_text(WELSH.replace("name: cy", "name: later"), encoding="utf-8")
    assert library.wordings.named(form) == ("later",), "nothing had been looked for before"


def test_wordings_and_rounds_are_no_forms(folder: Path) -> None:
    in_words(folder)
    (folder / "round.yaml").write_text("id: r\nform: audit\nrecipients: recipients.csv\n", encoding="utf-8")
    listed = [one for one in Library([folder]).summaries() if one.path.is_relative_to(folder)]
    assert [(one.id, one.fault, one.wordings) for one in listed] == [("audit", "", ("cy",))]


def test_a_wording_beside_a_form_that_is_in_no_folder_is_found(folder: Path) -> None:
    (folder / "audit.cy.yaml").write_text(WELSH, encoding="utf-8")
    library = Library()
    assert library.wordings.named(library.form(folder / "audit.yaml")) == ("cy",)
    assert library.check(folder / "audit.cy.yaml") == ()


def test_a_wording_of_one_version_comes_before_one_of_any(folder: Path) -> None:
    (folder / "a.yaml").write_text(WELSH.replace("Archwiliad", "Any"), encoding="utf-8")
    old = WELSH.replace("wording_of: audit", "wording_of: audit@1").replace("Archwiliad", "Of version 1")
    assert in_words(folder, old).title == "Of version 1"


LOCAL = """
id: brook_audit
version: "1"
title: Audit at Brook
extends: audit
namespace: brook
sections:
  - id: first
    items:
      - {id: visits, ask: How many visits at Brook?}
      - {id: brook_canteen, type: yes_no, ask: Is the canteen safe?}
"""


def test_a_form_that_extends_another_has_its_wordings_for_what_it_took_over(folder: Path) -> None:
    in_words(folder)
    (folder / "brook.yaml").write_text(LOCAL, encoding="utf-8")
    library = Library([folder])
    brook = library.form("brook_audit")
    assert library.wordings.named(brook) == ("cy",)
    layout = Layout(library.wordings.form(brook, "cy"))
    labels = [layout.field(key).label for key in ("seen", "visits", "brook_canteen")]  # type: ignore[union-attr]
    assert labels == ["A welwyd y plentyn?", "How many visits at Brook?", "Is the canteen safe?"]
    assert layout.form.title == "Audit at Brook"

    own = "wording_of: brook_audit\nname: cy\nlanguage: cy\nwords: {title: Brook, items: {visits: {ask: Brook?}}}"
    (folder / "brook.cy.yaml").write_text(own, encoding="utf-8")
    (problem,) = Library([folder]).check(folder / "brook.cy.yaml")
    assert (
        problem.message == "2 texts are still as the form has them, first items.visits.unit and items.brook_canteen.ask"
    )
    library = Library([folder])
    layout = Layout(library.wordings.form(library.form("brook_audit"), "cy"))
    assert [layout.field(key).label for key in ("seen", "visits")] == ["A welwyd y plentyn?", "Brook?"]  # type: ignore[union-attr]


def test_a_blank_wording_has_every_key_and_changes_nothing(folder: Path) -> None:
    form = Library([folder]).form("audit")
    text = blank_wording(form, "pl", "pl")
    assert (
        "      visits:\n        ask:  # How many visits?\n"
        in text.replace("    visits", "      visits").replace("      unit", "        unit")
        or "ask:  # How many visits?" in text
    )
    blank = in_words(folder, text, "pl")
    assert list(texts_of(blank)) == list(texts_of(form))
    (problem,) = Library([folder]).check(folder / "audit.pl.yaml")
    assert problem.code == "D045"
    assert problem.message.startswith(f"{sum(any(map(str.isalpha, text)) for _, text in texts_of(form))} texts")


NOT_WORDS = {
    "id", "type", "version", "code", "colour", "kind", "language", "extends", "namespace", "filled_by", "scale",
    "why", "used_by", "why_not", "when", "required", "house", "audience", "sections", "items", "prompts",
    "applies_to", "other_agency_types", "waives_when", "shows_last", "shows_row", "follows", "changes",
}  # fmt: skip
HOMES: list[tuple[type[BaseModel], type[BaseModel]]] = [
    (Form, wordings.FormWords),
    (NilReturn, wordings.NilReturnWords),
    (Section, wordings.SectionWords),
    (Note, wordings.ItemWords),
    (Question, wordings.ItemWords),
    (Grid, wordings.ItemWords),
    (Table, wordings.ItemWords),
    (Group, wordings.ItemWords),
    (SignOff, wordings.ItemWords),
    (Column, wordings.ColumnWords),
    (GridRow, wordings.RowWords),
    (StemRow, wordings.RowWords),
    (Signatory, wordings.SignatoryWords),
    (Scale, wordings.ScaleWords),
    (Level, wordings.LevelWords),
]


@pytest.mark.parametrize(("model", "words"), HOMES, ids=lambda one: one.__name__)
def test_every_text_of_a_form_can_have_other_words(model: type[BaseModel], words: type[BaseModel]) -> None:
    """Whoever gives forms a new text gives wordings a key for it, or says here that it is not printed."""
    schema: dict[str, Any] = model.model_json_schema()["properties"]
    texts = {name for name, about in schema.items() if "'string'" in repr(about) and "'number'" not in repr(about)}
    assert texts - set(words.model_fields) - NOT_WORDS == set()
    assert TitleRow.model_fields.keys() == {"title", "help"}
