"""Read requests, answer them, until stdin ends."""

import json
import sys
from contextlib import suppress
from typing import Any

from . import calc, writer
from .connection import Connection
from .documents import Document, save

OPERATIONS = {
    "convert": lambda document, request: None,
    "fill_word": writer.fill,
    "fill_excel": calc.fill,
}


def main(pipe: str, seconds: str) -> None:
    """Serve until stdin ends. A connection that never comes up is a traceback."""
    office = Connection.open(pipe, float(seconds))
    _say({"result": office.version})
    for line in sys.stdin:
        try:
            _say({"result": _answer(office, json.loads(line))})
        except Exception as error:  # every failure of one request goes to the caller
            _say({"error": f"{type(error).__name__}: {error}"})
    with suppress(Exception):  # the office closes the line while it says goodbye
        office.desktop.terminate()


def _answer(office: Connection, request: dict[str, Any]) -> str:
    with Document.open(office, request["src"]) as document:
        OPERATIONS[request["operation"]](document, request)
        save(document, request["dst"])
    return str(request["dst"])


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
