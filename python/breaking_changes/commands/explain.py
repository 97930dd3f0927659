"""``explain``: what a rule finds, why it matters and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from breaking_changes.commands import LEVELS
from breaking_changes.errors import UserError
from breaking_changes.macro_host import MacroHost


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain RULE; without one, list every rule by level."""
    host = MacroHost()
    catalogue = host.call("_catalogue")
    if rule is None:
        click.echo(_table(catalogue))
    elif rule in catalogue:
        click.echo(host.call("_explain_rule", catalogue[rule]))
    else:
        nearest = host.call("_nearest", rule, list(catalogue))
        raise UserError(
            f"there is no rule '{rule}'; did you mean '{nearest}'? "
            "dbt-breaking-changes explain lists all."
        )


def _table(catalogue: Mapping[str, Mapping[str, Any]]) -> str:
    width = max(map(len, catalogue))
    lines = ["Levels are nested: each has the rules above it too. `always` holds at every level."]
    for level in (*LEVELS, "always"):
        lines += ["", level + (" (default)" if level == "query" else "")]
        lines += [
            f"  {id_:{width}}  {rule['severity']:5}  {rule['title']}"
            for id_, rule in catalogue.items()
            if rule["level"] == level
        ]
    return "\n".join(lines)
