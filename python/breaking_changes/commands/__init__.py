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
        if self.envvar is None and self.name and self.expose_value:
            self.envvar = ENVIRONMENT_PREFIX + self.name.upper()
            self.show_envvar = True


option = functools.partial(click.option, cls=EnvironmentOption)
