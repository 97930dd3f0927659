"""What every command shares: help, version, environment variables, errors on one line."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from breaking_changes import __version__, cli
from breaking_changes.commands import LEVELS, environment_variable, option
from breaking_changes.errors import UserError
from breaking_changes.macro_host import MacroHost


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "breaking_changes", *args], capture_output=True, text=True
    )


def test_levels_are_those_of_the_macros() -> None:
    assert list(LEVELS) == MacroHost().call("_levels")


def test_version() -> None:
    result = run("--version")
    assert (result.returncode, result.stdout) == (0, f"dbt-breaking-changes {__version__}\n")


@pytest.mark.parametrize("args", [(), ("--help",), ("-h",)])
def test_help_shows_the_commonest_calls(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.returncode == 0
    calls = [line for line in result.stdout.splitlines() if "dbt-breaking-changes check" in line]
    assert len(calls) == 3


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("chekc",), "No such command 'chekc'"),
        (("--colour",), "No such option '--colour'"),
    ],
)
def test_bad_usage_is_one_line_on_stderr(args: tuple[str, ...], message: str) -> None:
    result = run(*args)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: " + message)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (UserError("there is no manifest.json; run dbt parse"), "there is no manifest.json; run"),
        (click.ClickException("no"), "no"),
        (KeyboardInterrupt(), "interrupted"),
        (ZeroDivisionError("oh"), "this should not have happened: ZeroDivisionError: oh."),
    ],
)
def test_an_error_is_one_line_and_exit_2(
    error: BaseException,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    @click.command()
    def failing() -> None:
        raise error

    monkeypatch.setattr(cli.LazyGroup, "get_command", lambda *_: failing)
    with pytest.raises(SystemExit) as exit_:
        cli.main(["failing"])
    captured = capsys.readouterr()
    assert (exit_.value.code, captured.out) == (2, "")
    assert captured.err.strip().startswith(f"Error: {message}")
    assert captured.err.strip().count("\n") == 0


def test_every_option_has_an_environment_variable() -> None:
    context = click.Context(cli.main)
    for name in cli.COMMANDS:
        command = cli.main.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.envvar == environment_variable(parameter)


def test_an_option_reads_its_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    @option("--base")
    def show(base: str) -> None:
        click.echo(base)

    monkeypatch.setenv("DBT_BREAKING_CHANGES_BASE", "prod-target")
    assert CliRunner().invoke(show).stdout == "prod-target\n"
