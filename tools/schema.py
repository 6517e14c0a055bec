"""Writes the JSON Schema of definitions beside them: `uv run python tools/schema.py`, or `--check` to compare."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from qaf_forms.define.json_schema import definition_schema

SCHEMA = Path(__file__).resolve().parent.parent / "tool_definitions" / "form.schema.json"


def text() -> str:
    """The file as it should be."""
    return json.dumps(definition_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    """Write it, or say whether it is in step."""
    if "--check" in sys.argv:
        in_step = SCHEMA.exists() and SCHEMA.read_text(encoding="utf-8") == text()
        print("in step" if in_step else "out of step: run `uv run python tools/schema.py`")
        return 0 if in_step else 1
    SCHEMA.write_text(text(), encoding="utf-8")
    print(f"wrote {SCHEMA.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
