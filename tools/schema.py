"""Writes the JSON Schemas of definitions beside them: `uv run python tools/schema.py`, or `--check` to compare."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from qaf_forms.define.json_schema import block_schema, definition_schema, scales_schema, wording_schema

FOLDER = Path(__file__).resolve().parent.parent / "tool_definitions"
SCHEMAS = {"form": definition_schema, "block": block_schema, "scales": scales_schema, "wording": wording_schema}


def texts() -> dict[Path, str]:
    """The files as they should be."""
    return {FOLDER / f"{name}.schema.json": _text(schema()) for name, schema in SCHEMAS.items()}


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    """Write them, or say whether they are in step."""
    stale = [path for path, text in texts().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        print("out of step: run `uv run python tools/schema.py`" if stale else "in step")
        return 1 if stale else 0
    for path in stale:
        path.write_text(texts()[path], encoding="utf-8")
    print("\n".join(f"wrote {path.name}" for path in stale) or "in step")
    return 0


if __name__ == "__main__":
    sys.exit(main())
