"""A collection: a round, its form, who has replied and what they said, kept together in a folder.

The folder is all that collating needs, then or years later: `round.json`, `form.json`, `register.json`, and
`returns.jsonl` with one return a line.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from qaf_forms.collect.register import Register
from qaf_forms.collect.returns import Return
from qaf_forms.define.form import Form
from qaf_forms.errors import QafFormsError
from qaf_forms.issue.layout import Layout
from qaf_forms.issue.prefill import COLLECTED_RETURNS
from qaf_forms.issue.round import Round

_ROUND, _FORM, _REGISTER, _RETURNS = "round.json", "form.json", "register.json", COLLECTED_RETURNS


@dataclass(frozen=True, slots=True)
class Collection:
    """What came of a round. `returns` are all that came, also those that do not count."""

    round: Round
    form: Form
    register: Register
    returns: Sequence[Return]

    def save(self, folder: Path) -> list[Path]:
        """Write everything into `folder`, which is made if it is missing; the files written are given back."""
        folder.mkdir(parents=True, exist_ok=True)
        contents = {
            _ROUND: self.round.model_dump_json(indent=2),
            _FORM: self.form.model_dump_json(indent=2, exclude_defaults=True),
            _REGISTER: json.dumps(self.register.to_json(), indent=2, ensure_ascii=False),
            _RETURNS: "".join(json.dumps(one.to_json(), ensure_ascii=False) + "\n" for one in self.returns),
        }
        for name, text in contents.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        return [folder / name for name in contents]

    @classmethod
    def load(cls, folder: Path) -> Collection:
        """The collection in a folder that `save` wrote."""
        try:
            round_ = Round.model_validate_json((folder / _ROUND).read_text(encoding="utf-8"))
            form = Form.model_validate_json((folder / _FORM).read_text(encoding="utf-8"))
            layout = Layout(form)
            with (folder / _RETURNS).open(encoding="utf-8") as lines:
                returns = [_return(json.loads(line), layout) for line in lines]
            written = json.loads((folder / _REGISTER).read_text(encoding="utf-8"))
            register = Register.from_json(written, returns, form)
        except FileNotFoundError as error:
            raise QafFormsError(
                f"{folder}: it holds no {Path(error.filename).name}; name a folder that `qaf-forms collect` wrote"
            ) from error
        except (
            QafFormsError,
            ValidationError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            RecursionError,
        ) as error:
            raise QafFormsError(f"{folder}: a file in it was changed or cut short; collect the round again") from error
        return cls(round_, form, register, returns)


def _return(written: dict[str, object], layout: Layout) -> Return:
    form = layout.form
    return Return.from_json(written, layout if written["form"] == form.id else None)
