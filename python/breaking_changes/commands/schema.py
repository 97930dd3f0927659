"""``schema``: the JSON schema that every report obeys."""

from __future__ import annotations

from pathlib import Path

import click

NAME = "report.schema.json"


def schema_file() -> Path:
    """The schema that belongs to this helper: beside the code if installed, else the checkout's."""
    package = Path(__file__).parents[1]
    packaged = package / "_schema" / NAME
    return packaged if packaged.is_file() else package.parents[1] / "docs" / NAME


@click.command()
def schema() -> None:
    """Print the JSON schema (draft 2020-12) of the json report."""
    click.echo(schema_file().read_text(encoding="utf-8"), nl=False)
