"""Makes the pictures of the documentation with LibreOffice, and poppler's pdftoppm and pdftotext.

uv run python tools/pictures.py           make those that are missing, or that show something else by now
uv run python tools/pictures.py --all     make all of them, after a change to how forms print
uv run python tools/pictures.py --check   say which are out of step; needs no office program
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.pictured.image import made_from
from tools.pictured.library import form_pictures, scale_pictures
from tools.pictured.pages import page_pictures
from tools.pictured.printing import Picture
from tools.reference import ROOT

from tests.office import Office


def pictures() -> Iterator[Picture]:
    """Every picture that this program makes."""
    yield from scale_pictures()
    yield from form_pictures()
    yield from page_pictures()


def out_of_step() -> list[Picture]:
    """The pictures that are missing, or were made from something else."""
    return [one for one in pictures() if not one.path.exists() or made_from(one.path) != one.source]


def main() -> int:
    """Make the pictures, or say which are out of step."""
    wanted = list(pictures()) if "--all" in sys.argv else out_of_step()
    names = [one.path.relative_to(ROOT).as_posix() for one in wanted]
    if "--check" in sys.argv:
        print("\n".join(f"{name} is out of step: run `uv run python tools/pictures.py`" for name in names) or "in step")
        return 1 if wanted else 0
    if wanted:
        with Office() as office:
            for one, name in zip(wanted, names, strict=True):
                one.path.parent.mkdir(parents=True, exist_ok=True)
                one.path.write_bytes(one.made(office))
                print(f"made {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
