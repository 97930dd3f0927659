"""Fixtures that the tests of the typing rules share."""

from postgres_server import postgres

__all__ = ["postgres"]
