"""Matches names against LIKE, GLOB and regular expressions from SQL, in bounded time.

Whoever writes a model writes the pattern: one such as `(a|a)*b` would keep Python's engine busy for
ever. Patterns that could do so are not evaluated unless google-re2, whose time is linear, is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

re2: Any = import_module("re2") if find_spec("re2") else None

Groups = Sequence["str | None"]
"""What a pattern matched: all of it, then each of its groups."""

Matcher = Callable[[str], "Groups | None"]
"""Finds a pattern in a name."""

MOST_STEPS = 1_000_000
"""Steps that matching one name may take by its length and the pattern's repetitions."""

LONGEST_PATTERN = 1000
"""Characters."""

_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|\(\?:|\(\?i\)|\(\?|[*+?]\??|\{\d*,?\d*\}\??|.", re.DOTALL
)


def matcher(pattern: str) -> Matcher | None:
    """What finds a regular expression in a name as RE2 does; None when that is not evaluated."""
    if len(pattern) > LONGEST_PATTERN:
        return None
    if re2 is not None:
        return _compiled(re2.compile, pattern, re2.error)
    repetitions = _repetitions(pattern)
    if repetitions is None:
        return None
    found = _compiled(re.compile, pattern, re.error)
    if found is None:
        return None
    search = found

    def bounded(name: str) -> Groups | None:
        if max(len(name), 2) ** (repetitions + 1) > MOST_STEPS:
            raise TooSlowError
        return search(name)

    return bounded


class TooSlowError(ValueError):
    """A name is too long to be matched against a pattern."""


def _compiled(build: Any, pattern: str, error: type[Exception]) -> Matcher | None:
    try:
        regex = build(pattern)
    except (error, OverflowError, RecursionError):
        return None

    def search(name: str) -> Groups | None:
        match = regex.search(name)
        return None if match is None else (match.group(0), *match.groups())

    return search


def _repetitions(pattern: str) -> int | None:
    """How many parts may repeat without bound; None where a group does, or what RE2 has not."""
    count = 0
    before = ""
    for token in _TOKEN.findall(pattern):
        if token == "(?" or (token[0] == "\\" and token[1:].isdigit()):
            return None
        unbounded = token[0] in "*+" or (token[0] == "{" and token.rstrip("?")[-2:] == ",}")
        large = token[0] == "{" and any(int(part) > 9 for part in re.findall(r"\d+", token))
        if (unbounded or large) and before == ")":
            return None
        count += unbounded or large
        before = token
    return count


def like(
    name: str, pattern: str, ignore_case: bool = False, any_: str = "%", one: str = "_"
) -> bool:
    """Whether a whole name matches a pattern with wildcards, in time linear in their product."""
    if ignore_case:
        name, pattern = name.lower(), pattern.lower()
    at = place = 0
    star, kept = -1, 0
    while at < len(name):
        if place < len(pattern) and pattern[place] == any_:
            star, kept = place, at
            place += 1
        elif place < len(pattern) and pattern[place] in (one, name[at]):
            at, place = at + 1, place + 1
        elif star >= 0:
            kept += 1
            at, place = kept, star + 1
        else:
            return False
    return all(sign == any_ for sign in pattern[place:])
