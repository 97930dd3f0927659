"""The one kind of error that a user sees."""

from __future__ import annotations


class UserError(Exception):
    """Something the user can put right; the message says what is wrong and what to do next."""
