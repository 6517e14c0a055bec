"""What `collect` wrote, changed by somebody: it is taken up again or refused in one sentence, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from qaf_forms import Collection, QafFormsError, Recipient, Round, Toolkit
from tests.hostile.making import ANSWER, FORM

_STAND_INS: tuple[Any, ...] = (None, [], {}, "", "=1+1", -1, 1e300, True, [[]], {"a": {"b": []}}, "x" * 5000, "\ud800")
_CHANGES = 400


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("round")
    (where / f"{FORM.id}.yaml").write_text(FORM.model_dump_json(exclude_defaults=True), encoding="utf-8")
    kit = Toolkit()
    recipients = [Recipient(id="police", agency="Police"), Recipient(id="health", agency="Health")]
    days = {"issued": date(2025, 1, 6), "return_by": date(2025, 2, 3)}
    round_ = Round.model_validate(
        {
            "id": "spring",
            "form_name": str(where / f"{FORM.id}.yaml"),
            "return_to": "qa@example.org",
            "recipients": recipients,
            **days,
        }
    )
    files = [where / "typed.docx"]
    files[0].write_bytes(kit.render(FORM, "word", answers={"case_ref": ANSWER}))
    for copy, content in kit.issue(round_):
        files.append(where / copy.file_name)
        files[-1].write_bytes(content)
    kit.collect(round_, files).save(where / "collected")
    return where / "collected"


def _changed(value: Any, random: Random) -> Any:
    """A value with one thing in it replaced."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        key = random.choice(sorted(value))
        return {**value, key: _changed(value[key], random)}
    if isinstance(value, list) and value and random.random() < 0.9:
        at = random.randrange(len(value))
        return [*value[:at], _changed(value[at], random), *value[at + 1 :]]
    return random.choice(_STAND_INS)


def _variants(text: str) -> Iterator[str]:
    random = Random(7)
    lines = text.splitlines() if text.count("\n{") else [text]
    for _ in range(_CHANGES):
        at = random.randrange(len(lines))
        changed = json.dumps(_changed(json.loads(lines[at]), random))
        yield "\n".join([*lines[:at], changed, *lines[at + 1 :]])
    yield '{"a":' * 100_000 + "1" + "}" * 100_000
    yield text[: len(text) // 2]
    yield "\x00"


@pytest.mark.parametrize("name", ["round.json", "form.json", "register.json", "returns.jsonl"])
def test_a_changed_file_is_taken_up_or_refused(folder: Path, name: str, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    for text in _variants((folder / name).read_text(encoding="utf-8")):
        (tmp_path / name).write_text(text, encoding="utf-8", errors="surrogatepass")
        assert ANSWER not in _refusal(tmp_path)


def _refusal(folder: Path) -> str:
    """Why a collection is refused; nothing if it is not."""
    try:
        Toolkit().collate(Collection.load(folder))
    except QafFormsError as refused:
        return str(refused)
    return ""
