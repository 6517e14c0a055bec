"""Gives these tests the fixture `office`."""

from .fixtures import office

__all__ = ["office"]
