"""The commands of ``dbt-breaking-changes``, one module each, and what they share."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import click

ENVIRONMENT_PREFIX = "DBT_BREAKING_CHANGES_"


class EnvironmentOption(click.Option):
    """An option that can also be set by ``DBT_BREAKING_CHANGES_<NAME>``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.envvar = environment_variable(self)
        self.show_envvar = True


def environment_variable(parameter: click.Option) -> str:
    """The variable of an option: the prefix and its longest name."""
    name = max(parameter.opts, key=len).lstrip("-")
    return ENVIRONMENT_PREFIX + name.replace("-", "_").upper()


option = functools.partial(click.option, cls=EnvironmentOption)

#: The macros' `_levels`, which a test compares: asking them would compile macros for `--help`.
LEVELS = ("relation", "query", "typed", "strict")
#: What `_validate_settings` takes.
FAIL_ON = ("error", "warn", "never")

level_option = option("--level", type=click.Choice(LEVELS), help="Strictness: which rules apply.")
target_dir_option = option(
    "--target-dir",
    type=click.Path(path_type=Path, file_okay=False),
    default="target",
    show_default=True,
    help="The dbt target directory: manifest.json, and catalog.json if there is one.",
)
