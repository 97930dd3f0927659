"""Reads a JSON artifact, or says in one sentence why it cannot be used."""

from __future__ import annotations

import gc
import json
import re
from pathlib import Path
from typing import Any

from breaking_changes.artifacts.files import read_regular
from breaking_changes.errors import UserError


def read_json(path: Path, how_to_make: str) -> dict[str, Any]:
    """The object in a JSON file.

    Args:
        path: The file.
        how_to_make: A sentence for the user that says what writes this file.

    Raises:
        UserError: There is no such file, or it does not hold a JSON object.
    """
    try:
        content = read_regular(path)
    except FileNotFoundError:
        raise UserError(f"{path} does not exist. {how_to_make}") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}. {how_to_make}") from None
    # A manifest is a million small objects without cycles: looking for garbage among them, now or
    # later, is waste.
    collecting = gc.isenabled()
    gc.disable()
    try:
        value = json.loads(_without_halves(content))
    except ValueError as error:
        raise UserError(f"{path} is not valid JSON ({error}). {how_to_make}") from None
    except RecursionError:
        raise UserError(f"{path} is nested too deeply to be read. {how_to_make}") from None
    finally:
        if collecting:
            gc.enable()
            gc.freeze()
    if not isinstance(value, dict):
        raise UserError(f"{path} holds no JSON object. {how_to_make}")
    return value


#: Half of a surrogate pair as JSON escapes it, or what looks like it: a whole pair, a backslash.
#: All begin with one backslash, which the search skips to.
_HALF = re.compile(rb"\\(?:\\|u[dD](?:[89abAB]..\\u[dD][c-fC-F]..|([89a-fA-F]..)))")


def _without_halves(content: bytes) -> bytes:
    """The JSON with a replacement character for each half: no UTF-8 can hold one."""
    if not re.search(rb"\\u[dD][89a-fA-F]", content):
        return content
    return _HALF.sub(lambda found: rb"\ufffd" if found[1] else found[0], content)


def mapping(value: Any) -> dict[str, Any]:
    """The value when it is an object, else an empty one: a key may be missing or null."""
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, nothing when it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def strings(value: Any) -> tuple[str, ...]:
    """The strings of a list, nothing when it is no list."""
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def names(value: Any) -> tuple[str, ...]:
    """One name or a list of them, as config such as `unique_key` may be."""
    return (value,) if isinstance(value, str) else strings(value)
