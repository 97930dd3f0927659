"""``lineage``: writes column_lineage.json beside a manifest."""

from __future__ import annotations

import collections
from pathlib import Path
from typing import Any

import click

from breaking_changes.artifacts import load_target
from breaking_changes.commands import option, target_dir_option
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.progress import progress_bar
from breaking_changes.lineage.running.workers import workers
from breaking_changes.lineage.walk.document import FILE_NAME, document, write
from breaking_changes.lineage.walk.side import Side
from breaking_changes.lines import say


@click.command()
@target_dir_option
@option(
    "--project-dir",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Where the seeds' CSV files are. Default: the directory above, if it is a dbt project.",
)
@option("--target", help="target.name for models that use it.")
@option("--no-cache", is_flag=True, help="Do not use results of earlier runs.")
def lineage(target_dir: Path, project_dir: Path | None, target: str | None, no_cache: bool) -> None:
    """Write DIR/column_lineage.json: columns, types and lineage read from compiled SQL.

    The macros use the file when it lies beside manifest.json.
    """
    artifacts = load_target(target_dir, project_dir, target_name=target)
    cache = Cache(None) if no_cache else Cache.default(artifacts.project_dir)
    with workers() as pool, progress_bar("Reading SQL") as progress:
        side = Side(artifacts, Analyses(cache, pool), progress=progress)
        side.find(side.nodes)
        written = document(side, side.nodes)
    path = target_dir / FILE_NAME
    write(written, path)
    say(f"{path}: {summary(written)}")


def summary(written: dict[str, Any]) -> str:
    """How many nodes are known, and the most common reasons why others are not."""
    nodes = written["nodes"].values()
    # The first sentence is what nodes have in common, the others are about one node.
    reasons = collections.Counter(
        (node["reason"] or "No reason is known.").partition(". ")[0].rstrip(".")
        for node in nodes
        if not node["complete"]
    )
    unknown = sum(reasons.values())
    text = f"{len(nodes)} nodes, {len(nodes) - unknown} complete, {unknown} unknown"
    commonest = "; ".join(f"{count} x {reason}" for reason, count in reasons.most_common(3))
    return f"{text}: {commonest}" if commonest else text
