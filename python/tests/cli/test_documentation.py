"""docs/check.md names what there is, and what it says can be typed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from breaking_changes import cli
from breaking_changes.commands.check import check
from breaking_changes.render import FORMATS, format_of

REPOSITORY = Path(__file__).parents[3]
TEXT = (REPOSITORY / "docs" / "check.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"dbt-breaking-changes ((?:check|explain|schema|lineage)[^`\n]*)", TEXT)


def test_every_option_is_described() -> None:
    names = {max(option.opts, key=len) for option in check.params}
    assert {name for name in names if f"`{name}" not in TEXT} == set()


def test_every_format_is_described_with_an_ending_that_names_it() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (\S+\w) \|", TEXT, re.MULTILINE))
    assert {name for name in FORMATS if name not in rows} == set()
    assert {format_of("report" + rows[name])[0] for name in FORMATS} == set(FORMATS)


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.strip() != "check"])
def test_what_is_to_be_typed_is_understood(command: str) -> None:
    name, *args = command.split()
    context = click.Context(cli.main)
    found = cli.main.get_command(context, name)
    assert found
    found.make_context(name, args)


def completion(instruction: str, **variables: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(cli.__file__).parents[1]),
        "_DBT_BREAKING_CHANGES_COMPLETE": instruction,
        **variables,
    }
    command = [sys.executable, "-m", "breaking_changes"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_for_shell_completion(shell: str) -> None:
    assert f"_DBT_BREAKING_CHANGES_COMPLETE={shell}_source dbt-breaking-changes" in TEXT
    assert "_DBT_BREAKING_CHANGES_COMPLETE" in completion(f"{shell}_source")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_values_of_options_complete(shell: str) -> None:
    typed = {"COMP_WORDS": "dbt-breaking-changes check --level ", "COMP_CWORD": "3"}
    offered = completion(f"{shell}_complete", **typed)
    assert [level in offered for level in ("relation", "query", "typed", "strict")] == [True] * 4
