"""Fixtures that the tests of the analysis share."""

from postgres_server import postgres

__all__ = ["postgres"]
