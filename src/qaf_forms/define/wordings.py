"""A wording: a form in other words, in a file beside it. Another language, easy read, or words for one age.

::

    # student_voice_action_plan.cy.yaml
    wording_of: student_voice_action_plan     # the form's id, or id@version
    name: cy                                  # what `--wording` and the list of recipients call it
    language: cy
    words:
      title: Cynllun gweithredu llais myfyrwyr
      sections:
        plan_head: {title: Am y cynllun}
      items:
        setting_name: {ask: Enw eich lleoliad}
        actions:
          ask: Beth ddywedodd pobl ifanc
          columns: {due_on: {title: Erbyn pryd}}
        sign_off:
          signatories: {head: {text: Pennaeth}}
      scales:
        worked4: {title: A weithiodd?, levels: {yes: {label: Do}, no: {label: Naddo}}}
    house:                                    # the words printed around the questions, where others are better
      yes: Do
      no: Naddo

Ids, types, levels and conditions are those of the form, so its answers are the same in every wording. What a wording
leaves out stays as the form has it. Answers in the form's own words are understood as well.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from qaf_forms.define.questions import Markdown, Wording
from qaf_forms.define.scale import DefinitionModel, Identifier, Label, Line
from qaf_forms.define.words import Language, Words


class LevelWords(DefinitionModel):
    """One level of a scale, by its code."""

    label: Label | None = None
    meaning: Line | None = None
    specify: Line | None = Field(default=None, description="What is asked when the level is chosen")
    aliases: tuple[Line, ...] | None = Field(
        default=None, description="More ways in which people write this answer; those of the form stay"
    )


class ScaleWords(DefinitionModel):
    """A scale of the form, or one of the library that it uses."""

    title: Line | None = None
    levels: Mapping[Identifier, LevelWords | None] | None = Field(default=None, description="By the levels' codes")


class CellWords(DefinitionModel):
    """A cell that differs from its column."""

    unit: Line | None = None
    scale: ScaleWords | None = Field(default=None, description="Of a scale that is written out in the cell")


class ColumnWords(CellWords):
    """A column of a grid or table."""

    title: Line | None = None
    under: Line | None = Field(default=None, description="The head printed over several columns")
    help: Markdown | None = None
    placeholder: Line | None = Field(default=None, description="What the empty space says")


class RowWords(DefinitionModel):
    """A row of a grid, a stem with an id, or a prompt."""

    text: Wording | None = None
    help: Markdown | None = None
    reference: Line | None = None
    evidence: Line | None = None
    cells: Mapping[Identifier, CellWords | None] | None = Field(default=None, description="By column")
    descriptors: Mapping[Identifier, Mapping[Identifier, Line | None] | None] | None = Field(
        default=None, description="By column, what each level means for this row"
    )


class SignatoryWords(DefinitionModel):
    """One who signs."""

    text: Wording | None = None


class ItemWords(CellWords):
    """A question, grid, table, group, sign-off or note with an id."""

    ask: Wording | None = None
    text: Markdown | None = Field(default=None, description="Of a note")
    help: Markdown | None = None
    placeholder: Line | None = Field(default=None, description="What the empty space says")
    reference: Line | None = None
    evidence: Line | None = None
    comment: Wording | None = Field(default=None, description="Over the room for a comment, if there is any")
    each: Line | None = Field(default=None, description="What one copy of a group is about")
    titles: Mapping[Line, Line | None] | None = Field(
        default=None, description="What the copies of a group are called, by what they are called in the form"
    )
    columns: Mapping[Identifier, ColumnWords | None] | None = Field(default=None, description="By their ids")
    rows: Mapping[Identifier, RowWords | None] | None = Field(
        default=None, description="By their ids, prompts among them"
    )
    headings: Mapping[Line, Line | None] | None = Field(
        default=None, description="Headings among the rows, by what they say in the form"
    )
    signatories: Mapping[Identifier, SignatoryWords | None] | None = Field(default=None, description="By their ids")


class SectionWords(DefinitionModel):
    """A section."""

    title: Line | None = None
    guidance: Markdown | None = None


class NilReturnWords(DefinitionModel):
    """The first page; questions on it stand among the items."""

    title: Line | None = None
    ask: Wording | None = None
    help: Markdown | None = None
    scale: ScaleWords | None = Field(default=None, description="Of a scale that is written out there")


class FormWords(DefinitionModel):
    """The words of a form, by the ids of what they belong to."""

    title: Line | None = None
    owner: Line | None = None
    marking: Line | None = None
    summary: Line | None = None
    intro: Markdown | None = None
    roles: Mapping[Identifier, Line | None] | None = Field(default=None, description="What the roles are called")
    nil_return: NilReturnWords | None = None
    sections: Mapping[Identifier, SectionWords | None] | None = Field(default=None, description="By their ids")
    items: Mapping[Identifier, ItemWords | None] | None = Field(
        default=None, description="By their ids, wherever they stand"
    )
    scales: Mapping[Identifier, ScaleWords | None] | None = Field(default=None, description="By their names")


class WordingFile(DefinitionModel):
    """A form in other words. What stands there is printed instead of the form's words; the rest stays as it is."""

    wording_of: Line = Field(description="The form's id, or id@version")
    name: Identifier = Field(description="What `--wording` and the list of recipients call it: `cy`, `easy_read`")
    language: Language | None = Field(default=None, description="The language, if it is not the form's")
    words: FormWords | None = None
    house: Words | None = Field(
        default=None, description="Words that are printed round the questions, where this wording has others"
    )
