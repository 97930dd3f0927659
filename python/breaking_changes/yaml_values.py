"""Reads YAML as data: with PyYAML where it is installed, else the plain part of it without."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass, field
from typing import Any

from breaking_changes.yaml_nodes import Items, Node, Pairs, Scalar, UnusualYamlError, compose


class BrokenYamlError(Exception):
    """The text is no YAML.

    Attributes:
        line: Where, counted from 1, when that is known.
    """

    def __init__(self, line: int | None) -> None:
        super().__init__()
        self.line = line


class UnreadYamlError(Exception):
    """It is written in a way that takes PyYAML, which is not installed."""


@dataclass(frozen=True)
class Settings:
    """The mapping in a file.

    Attributes:
        values: Its keys and their values.
        unread: The keys whose values take PyYAML, which is not installed.
    """

    values: dict[str, Any] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


def read(text: str) -> Any:
    """The data in a text.

    Raises:
        BrokenYamlError: The text is no YAML, or nested too deeply.
        UnreadYamlError: Reading it takes PyYAML.
    """
    if (yaml := _pyyaml()) is not None:
        return _by_pyyaml(yaml, text)
    try:
        return _data(compose(text))
    except (UnusualYamlError, RecursionError):
        raise UnreadYamlError from None


def read_settings(text: str) -> Settings:
    """The mapping that a file holds; empty when it holds something else.

    Raises:
        BrokenYamlError: The text is no YAML, or nested too deeply.
    """
    if (yaml := _pyyaml()) is not None:
        value = _by_pyyaml(yaml, text)
        return Settings(value) if isinstance(value, dict) else Settings()
    try:
        root = compose(text)
    except (UnusualYamlError, RecursionError):
        return Settings(unread=frozenset(_KEY.findall(text)))
    values: dict[str, Any] = {}
    unread = set()
    for key, node in root.pairs if isinstance(root, Pairs) else ():
        try:
            values[_key(key)] = _data(node)
        except (UnusualYamlError, RecursionError):
            unread.add(key or "")
    return Settings(values, frozenset(unread))


_KEY = re.compile(r"""^["']?([\w-]+)["']?[ \t]*:""", re.MULTILINE)

# What PyYAML's SafeLoader takes a word without quotes for: https://yaml.org/type, YAML 1.1.
_WORDS = {
    **dict.fromkeys(("~", "null", "Null", "NULL", ""), None),
    **dict.fromkeys(("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]*")
# What may be octal, hexadecimal, sexagesimal, infinite, a date, a merge, or have an exponent.
_OTHER = re.compile(
    r"[-+]?(?:0[bx][0-9a-f_]+|[0-9.][0-9_.:e+-]*|\.(?:inf|nan))|[0-9]{4}-[0-9]+-[0-9]+.*|<<|=",
    re.IGNORECASE,
)
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){2,}[a-z0-9.]*")


def _data(node: Node) -> Any:
    if node.tagged:
        raise UnusualYamlError
    if isinstance(node, Items):
        return [_data(item) for item in node.items]
    if isinstance(node, Pairs):
        return {_key(key): _data(value) for key, value in node.pairs}
    return _scalar(node)


def _key(text: str | None) -> str:
    key = _scalar(Scalar(0, text))
    if not isinstance(key, str):
        raise UnusualYamlError
    return key


def _scalar(node: Scalar) -> Any:
    text = node.text
    if text is None:
        raise UnusualYamlError
    if node.quoted or _VERSION.fullmatch(text):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OTHER.fullmatch(text):
        raise UnusualYamlError
    return text


def _by_pyyaml(yaml: Any, text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        raise BrokenYamlError(place.line + 1 if place else None) from None
    except (RecursionError, ValueError, AttributeError):
        # Values such as the 30th of February; keys that are collections.
        raise BrokenYamlError(None) from None


def _pyyaml() -> Any:
    """PyYAML when it is there: dbt brings it, the helper alone does without."""
    try:
        return importlib.import_module("yaml")
    except ImportError:
        return None
