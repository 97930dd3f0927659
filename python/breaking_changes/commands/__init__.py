"""The commands of ``dbt-breaking-changes``, one module each, and what they share."""

from __future__ import annotations

import functools
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
