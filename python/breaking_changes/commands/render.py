"""``render``: shows a node's SQL as it is rendered here, or how many texts equal dbt's."""

from __future__ import annotations

import collections
from pathlib import Path
from typing import Any

import click

from breaking_changes.artifacts import Node, Target, load_target
from breaking_changes.commands import option, target_dir_option
from breaking_changes.errors import UserError
from breaking_changes.project import parse_vars
from breaking_changes.rendering import NotRendered, Renderer
from breaking_changes.rendering.parity import columns_of, compare

#: Nodes named for each reason.
_NAMED = 3


@click.command(hidden=True)
@target_dir_option
@option(
    "--project-dir",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Where dbt_project.yml is. Default: the directory above, if it is a dbt project.",
)
@option("--vars", "given", help="Vars as dbt was given them, a YAML or JSON mapping.")
@option("--select", help="Print the SQL of this node, by its name or unique_id.")
@option("--incremental", is_flag=True, help="As in a later run, when the table is there.")
def render(
    target_dir: Path,
    project_dir: Path | None,
    given: str | None,
    select: str | None,
    incremental: bool,
) -> None:
    """Render SQL from the manifest alone; without --select, compare with what dbt compiled."""
    target = load_target(target_dir, project_dir)
    variables = parse_vars(given) if given else {}
    if select:
        click.echo(_sql(target, variables, _named(target, select), incremental))
    else:
        click.echo(_parity(target, variables))


def _named(target: Target, name: str) -> Node:
    nodes = target.manifest.nodes
    found = [node for node in nodes.values() if name in (node.unique_id, node.name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"the manifest has no node {name}.")
    names = ", ".join(node.unique_id for node in found)
    raise UserError(f"several nodes are named {name}: {names}. Give one unique_id.")


def _sql(target: Target, variables: dict[str, Any], node: Node, incremental: bool) -> str:
    renderer = Renderer(target.manifest, variables, target.project_dir)
    try:
        return renderer.render(node, lambda name: columns_of(target, name), incremental).sql
    except NotRendered as refused:
        raise UserError(f"{node.unique_id} is not rendered. {refused}") from None
    finally:
        renderer.close()


def _parity(target: Target, variables: dict[str, Any]) -> str:
    compared = list(compare(target, variables))
    if not compared:
        raise UserError("the manifest holds no compiled SQL to compare with. Run `dbt compile`.")
    equal = [one for one in compared if one.equal]
    introspective = sum(one.introspective for one in equal)
    lines = [
        f"{len(equal)} of {len(compared)} texts equal dbt's ({len(equal) / len(compared):.1%}), "
        f"{introspective} of them with columns that were asked for."
    ]
    reasons: dict[str, list[str]] = collections.defaultdict(list)
    for one in compared:
        if not one.equal:
            reasons[one.reason or ""].append(one.unique_id)
    for reason, names in sorted(reasons.items(), key=lambda pair: -len(pair[1])):
        more = ", ..." if len(names) > _NAMED else ""
        lines.append(f"{len(names)} x {reason}: {', '.join(names[:_NAMED])}{more}")
    return "\n".join(lines)
