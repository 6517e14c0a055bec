"""A real LibreOffice for the tests: open a file, fill it in as a person would, save it.

Nothing here imports `uno`. The part that does is `uno_bridge`, run by the system's own
Python, so the tests' virtual environment needs no LibreOffice packages.
"""

from .installation import Installation, find_libreoffice
from .office import Office
from .processes import OfficeError

__all__ = ["Installation", "Office", "OfficeError", "find_libreoffice"]
