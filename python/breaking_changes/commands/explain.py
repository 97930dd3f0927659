"""``explain``: what a rule finds, why it matters and what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import click

from breaking_changes.errors import UserError
from breaking_changes.macro_host import MacroHost

LEVELS = ("relation", "query", "typed", "strict", "always")

_AUDIENCE = (
    "Contracted, public and exposed models count in full. A change of a private model is info; "
    "one of a model that nothing reads is a step lower."
)


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain RULE; without one, list every rule by level."""
    host = MacroHost()
    catalogue = host.call("_catalogue")
    if rule is None:
        click.echo(_table(catalogue))
    elif rule in catalogue:
        click.echo(_page(catalogue[rule]))
    else:
        nearest = host.call("_nearest", rule, list(catalogue))
        raise UserError(
            f"there is no rule '{rule}'; did you mean '{nearest}'? "
            "dbt-breaking-changes explain lists all."
        )


def _table(catalogue: Mapping[str, Mapping[str, Any]]) -> str:
    width = max(map(len, catalogue))
    lines = ["Levels are nested: each has the rules above it too. `always` holds at every level."]
    for level in LEVELS:
        lines += ["", level + (" (default)" if level == "query" else "")]
        lines += [
            f"  {id_:{width}}  {rule['severity']:5}  {rule['title']}"
            for id_, rule in catalogue.items()
            if rule["level"] == level
        ]
    return "\n".join(lines)


def _page(rule: Mapping[str, Any]) -> str:
    id_, level = rule["id"], rule["level"]
    applies = "at every level" if level == "always" else f"from level {level} on"
    return "\n".join(
        [
            f"{id_}: {rule['title']}",
            "",
            f"Default severity: {rule['severity']}, {applies}.",
            "",
            _wrapped("Why: ", rule["why"]),
            _wrapped("Fix: ", rule["fix"]),
            "",
            _wrapped("", _AUDIENCE),
            "",
            "To change its severity (error, warn, info, off), in dbt_project.yml:",
            f"  vars: {{breaking_changes_severity: {{{id_}: warn}}}}",
            "To accept one finding, in the YAML of its node:",
            "  config: {meta: {breaking_changes_ack: [{rule: " + id_ + ", reason: ...}]}}",
            "",
            f"More: {rule['page']}",
        ]
    )


def _wrapped(label: str, text: str) -> str:
    return textwrap.fill(text, width=88, initial_indent=label, subsequent_indent=" " * len(label))
