"""Fixtures that the tests of the baseline share."""

from postgres_server import postgres

__all__ = ["postgres"]
