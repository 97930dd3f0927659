"""The text report on a terminal: coloured."""

from __future__ import annotations

import os
import re
from typing import TextIO

import click

_COLOURS = {
    "error": "red",
    "fail": "red",
    "breaks": "red",
    "warn": "yellow",
    "changes": "yellow",
    "unknown": "cyan",
    "info": "blue",
    "acknowledged": "green",
    "adapted": "green",
    "pass": "green",
}
_WORD = re.compile(rf"^(\s*(?:result: )?)({'|'.join(_COLOURS)})\b(?= |$)", re.MULTILINE)


def wanted(stream: TextIO) -> bool:
    """Whether to colour: only on a terminal, and not when NO_COLOR (no-color.org) is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def coloured(text: str) -> str:
    """The text with the word that begins a line (a severity, a verdict, the result) coloured."""

    def paint(match: re.Match[str]) -> str:
        return match[1] + click.style(match[2], fg=_COLOURS[match[2]], bold=match[2] != "unknown")

    return _WORD.sub(paint, text)
