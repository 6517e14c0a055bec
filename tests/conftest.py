"""Fixtures for every test of the core."""

from tests.office.fixtures import office

__all__ = ["office"]
