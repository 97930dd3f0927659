"""The command line: ``dbt-breaking-changes COMMAND``.

Reports go to stdout, everything else to stderr. Exit codes: 0 nothing at or above ``--fail-on``,
1 findings, 2 could not complete or bad usage.
"""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from breaking_changes import __version__
from breaking_changes.errors import UserError

#: Command name -> module and attribute. Imported only when called, so that a start stays quick.
COMMANDS: dict[str, str] = {
    "check": "breaking_changes.commands.check:check",
    "backtest": "breaking_changes.commands.backtest:backtest",
    "lineage": "breaking_changes.commands.lineage:lineage",
    "explain": "breaking_changes.commands.explain:explain",
    "schema": "breaking_changes.commands.schema:schema",
    "render": "breaking_changes.commands.render:render",
}

DEBUG_VARIABLE = "DBT_BREAKING_CHANGES_DEBUG"

#: How many new objects make Python look for garbage. One syntax tree has more than its default of
#: 700; looking that often takes a fifth of the time of an analysis.
NEW_OBJECTS = 20_000

HELP = """Find the changes of a dbt project that break downstream nodes.

\b
Common usage:
\b
  Compare with the main branch, compiling both sides:
    dbt-breaking-changes check --base-ref origin/main --compile
  Compare two dbt target directories, without a warehouse:
    dbt-breaking-changes check --base prod-target --current target
  The same, with reports for people and for CI:
    dbt-breaking-changes check --base prod-target -o report.html -o report.sarif
  See what it would have said of the last 20 changes of this branch:
    dbt-breaking-changes backtest --last 20
"""


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and shows an error as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; none when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Runs the command line and exits; no traceback reaches a user."""
        extra["standalone_mode"] = False
        gc.set_threshold(NEW_OBJECTS)
        for stream in (sys.stdout, sys.stderr):
            # A log that cannot show a letter must not end the run.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(args, *rest, **extra)
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "dbt-breaking-changes"
            _fail(f"{error.format_message()} Try '{command} --help'.")
        except click.ClickException as error:
            _fail(error.format_message())
        except UserError as error:
            _fail(str(error))
        except click.Abort:
            _fail("interrupted")
        except Exception as error:
            if os.environ.get(DEBUG_VARIABLE):
                raise
            _fail(
                f"this should not have happened: {type(error).__name__}: {error}. "
                f"Please report it; {DEBUG_VARIABLE}=1 shows where it happened."
            )
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str) -> None:
    from breaking_changes.lines import say

    say(f"Error: {message}")
    sys.exit(2)


@click.group(
    cls=LazyGroup,
    help=HELP,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """The group that every command hangs on; alone it shows the help."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


if __name__ == "__main__":
    main()
