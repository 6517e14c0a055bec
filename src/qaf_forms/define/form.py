"""The form: what a partnership defines once, and everything else is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from qaf_forms.define.answer_types import AnswerType, Calculated, Choice, Choices, YesNo
from qaf_forms.define.change import Becoming
from qaf_forms.define.condition import Condition
from qaf_forms.define.items import InGroup, Item, inside
from qaf_forms.define.questions import AGENCY, ChoiceQuestion, Markdown, Wording
from qaf_forms.define.reworded_scale import yes_no_in
from qaf_forms.define.scale import DefinitionModel, Identifier, Line, Scale
from qaf_forms.define.story import Story
from qaf_forms.define.words import Language, Words, words_in

if TYPE_CHECKING:
    from qaf_forms.define.changes import Became

FormId = Identifier
Version = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,19}$")]


class Kind(StrEnum):
    """What a form is for."""

    CASE_AUDIT = "case_audit"
    SELF_ASSESSMENT = "self_assessment"
    ASSURANCE_REQUEST = "assurance_request"
    SURVEY = "survey"
    ACTION_PLAN = "action_plan"
    DATA_RETURN = "data_return"
    RECORD = "record"


NIL_KEY = "nil_return"


class Audience(StrEnum):
    """Whom the questions are put to; `check` measures their words by it."""

    PRACTITIONERS = "practitioners"
    PUBLIC = "public"
    YOUNG_PEOPLE = "young_people"


_READING_AGES = {Audience.PRACTITIONERS: 14, Audience.PUBLIC: 12, Audience.YOUNG_PEOPLE: 10}
ReadingAge = Annotated[int, Field(ge=6, le=18)]


class NilReturn(DefinitionModel):
    """The one-page gate at the front: an agency that did not know the person says so, and is done.

    The answer is read under the key `nil_return`. `items` are the few questions that a nil return still answers, such
    as which systems were searched; everything outside this page is waived.
    """

    title: Line = "Before you start"
    ask: Wording
    help: Markdown | None = None
    scale: Identifier | Scale = "known"
    waives_when: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    items: tuple[InGroup, ...] = ()

    def as_question(self) -> ChoiceQuestion:
        """What it asks, as the question that it is printed and read as."""
        return ChoiceQuestion(type="choice", id=NIL_KEY, ask=self.ask, help=self.help, scale=self.scale, required=True)


class Section(Story):
    """A part of the form under one heading; the printed letter comes from its place."""

    id: Identifier
    title: Line
    guidance: Markdown | None = None
    applies_to: tuple[Line, ...] = Field(default=(), description="Agency types it is for; all when left out")
    when: Condition | None = Field(default=None, description="Nothing in it is asked unless this holds")
    audience: Audience | None = Field(default=None, description="Whom it asks, if not those that the form is for")
    reading_age: ReadingAge | None = Field(
        default=None, description="The reading age its words may need, if another than the form's; see `check`"
    )
    items: Annotated[tuple[Item, ...], Field(min_length=1)]


class Form(Story):
    """A form. Item ids are unique in it, so that a question keeps its key when it moves to another section."""

    id: FormId
    version: Version
    title: Line
    kind: Kind
    owner: Line
    marking: Line = Field(default="OFFICIAL", description="Protective marking, printed on every page")
    language: Language = "en-GB"
    house: Words | None = Field(
        default=None, description="Words that are printed round the questions, where this form has others"
    )
    summary: Line | None = Field(default=None, description="One sentence for lists of forms")
    audience: Audience = Field(default=Audience.PRACTITIONERS, description="Whom it asks")
    reading_age: ReadingAge | None = Field(
        default=None,
        description="The reading age its words may need; if left out 14, for the public 12, for young people 10",
    )
    intro: Markdown | None = None
    roles: Mapping[Identifier, Line] = Field(
        default={AGENCY: "Agency"}, description="Who fills what; `agency` is the default"
    )
    other_agency_types: tuple[Line, ...] = Field(
        default=(), description="Agency types that it also goes to, and that no `applies_to` in it names"
    )
    scales: Mapping[Identifier, Scale] = Field(default={}, description="This form's own scales, by name")
    extends: Line | None = Field(
        default=None, description="Take all of another form, by id or id@version, and add to it"
    )
    namespace: Identifier | None = Field(default=None, description="What the ids added to the other form begin with")
    changes: Mapping[str, Mapping[str, Becoming]] = Field(
        default={}, description="By earlier version and key, what became of each question that is not as it was"
    )
    follows: tuple[Identifier, ...] = Field(
        default=(),
        description="Forms that come before this one: where copy_forward is true, their answers to the same key stand",
    )
    nil_return: NilReturn | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    def items(self) -> Iterator[Any]:
        """Every item of the form in printed order, those inside groups too."""
        if self.nil_return:
            yield from inside(self.nil_return.items)
        for section in self.sections:
            yield from inside(section.items)

    def agency_types(self) -> Iterator[str]:
        """Every agency type that the form knows, as it is spelt; some more than once.

        They are those that something in it is for, and the others that it names.
        """
        yield from self.other_agency_types
        for part in (*self.sections, *self.items()):
            yield from part.applies_to
            for row in getattr(part, "rows", ()):
                for inner in (row, *getattr(row, "prompts", ())):
                    yield from getattr(inner, "applies_to", ())

    def audience_of(self, section: Section | None) -> Audience:
        """Whom a section asks; None is the first page."""
        return section.audience or self.audience if section else self.audience

    def reading_age_of(self, section: Section) -> int:
        """The reading age that the words of a section may need: its own, or that of whom it asks."""
        if section.reading_age is not None:
            return section.reading_age
        own_audience = section.audience not in (None, self.audience)
        if self.reading_age is not None and not own_audience:
            return self.reading_age
        return _READING_AGES[self.audience_of(section)]

    def scale_of(self, answer: AnswerType | Any) -> Scale | None:
        """The scale that an answer of this type is given on; None where it has none."""
        if isinstance(answer, YesNo):
            return self._yes_no
        if isinstance(answer, Choice | Choices):
            return self.scale_named(answer.scale)
        if isinstance(answer, Calculated) and answer.scale is not None:
            return self.scale_named(answer.scale)
        return None

    @cached_property
    def words(self) -> Words:
        """What is printed around the questions, in the form's language."""
        return words_in(self.language).with_house(self.house)

    @cached_property
    def _yes_no(self) -> Scale:
        return yes_no_in(self.words)

    def became(self, version: str, key: str) -> Became:
        """What became of a question of an earlier version: the key it has now, and how it changed.

        Of a version that `changes` does not name, every key is taken for the same question.
        """
        from qaf_forms.define.changes import Changes  # it is built on this module

        return Changes(self, version).became(key)

    def answer_model(self) -> type[BaseModel]:
        """The answers to this form as a typed pydantic model, nested as `Return.data` is; for programs of your own."""
        from qaf_forms.define.answer_model import answer_model  # it is built on this module

        return answer_model(self)

    def scale_named(self, scale: str | Scale) -> Scale:
        """The scale of this name. Loading has put every library scale that a form uses into `scales`."""
        return scale if isinstance(scale, Scale) else self.scales[scale]
