"""Makes texts of artifacts safe for the lines of a log, with the package's own macro.

Whoever writes a project chooses its names, and a CI service obeys what it finds in a log:
``_line_safe`` in the macros says what becomes of control characters and of marks of commands.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import click

from breaking_changes.macro_host import MacroHost

#: A line of a log that begins like this is a command to GitHub's runner, whoever wrote it
#: (actions/runner, ActionCommand.TryParseV2).
_COMMAND = re.compile(r"^(\s*)::", re.MULTILINE)


@functools.cache
def _host() -> MacroHost:
    return MacroHost()


def line_safe(text: str) -> str:
    """The text as one line that a log can show: no control characters, no marks of commands."""
    if text.isprintable() and "##" not in text:
        return text
    return str(_host().call("_line_safe", text))


def lines_safe(document: Any) -> Any:
    """The same document with every text and key in it made safe."""
    return _host().call("_lines_safe", document)


def without_commands(text: str) -> str:
    """Lines of which none begins a workflow command."""
    return _COMMAND.sub(r"\1\\::", text)


def say(message: str) -> None:
    """One line on stderr."""
    click.echo(line_safe(message), err=True)
