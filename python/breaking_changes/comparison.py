"""Two target directories in, the report out: inference, then the package's own macros."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from breaking_changes.artifacts import Target, load_target
from breaking_changes.artifacts.target import packages_of_change
from breaking_changes.errors import UserError
from breaking_changes.lineage.nodes.version_pointers import with_pointers
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.progress import progress_bar
from breaking_changes.lineage.running.workers import workers
from breaking_changes.lineage.walk.change import change_documents, sides_of_change
from breaking_changes.lineage.walk.side import Side
from breaking_changes.macro_host import MacroError, MacroHost
from breaking_changes.project import VAR_PREFIX


@dataclass(frozen=True)
class Comparison:
    """A report, and what it was made from; `sides` hold what was found of every node on the way."""

    report: Mapping[str, Any]
    settings: Mapping[str, Any]
    prior: Target
    current: Target
    prior_lineage: Mapping[str, Any]
    current_lineage: Mapping[str, Any]
    host: MacroHost
    sides: tuple[Side, Side]

    @property
    def compile_advice(self) -> str | None:
        """What to do where nothing but a lack of compiled SQL fails the run, as a sentence."""
        advice: str | None = self.host.call("_compile_advice", self.report, self.settings)
        return advice


def compare(
    base: Path,
    current: Path,
    arguments: Mapping[str, Any],
    variables: Mapping[str, Any],
    project_dir: Path | None = None,
    given: Mapping[str, Any] | None = None,
    target_name: str | None = None,
) -> Comparison:
    """Compares the artifacts of two target directories.

    Args:
        base: The prior side's target directory.
        current: The current side's.
        arguments: Settings given on the command line, such as ``level``; they override vars.
        variables: The project's vars.
        project_dir: The current project's folder, where its seeds are looked for.
        given: Those of the vars that the command line sets, for both sides; the files of each side
            set the others.
        target_name: What `target.name` is for the models of both sides.

    Raises:
        UserError: A directory holds no usable artifacts, or a setting is wrong.
    """
    if base.resolve() == current.resolve():
        raise UserError(
            f"{base} would be compared with itself. Keep the target directory of the last "
            "deployment elsewhere and give that as --base."
        )
    current_target = load_target(current, project_dir, target_name=target_name)
    prior_target = load_target(
        base, checked_dir=current_target.project_dir, target_name=target_name
    )
    host = MacroHost(variables=variables)
    with macro_errors():
        host.call("_validate_var_names", [key for key in variables if key.startswith(VAR_PREFIX)])
        settings = host.call("_settings", dict(arguments))
        host.call("_validate_manifest", current_target.manifest.raw, str(current), None)
        host.call(
            "_validate_manifest",
            prior_target.manifest.raw,
            str(base),
            current_target.manifest.project or None,
        )
    with workers() as pool, progress_bar("Reading SQL") as progress:
        sides = sides_of_change(
            prior_target,
            current_target,
            Cache.default(prior_target.project_dir, current_target.project_dir),
            pool,
            given,
            progress,
        )
        lineages = change_documents(*sides)
    targets = (prior_target, current_target)
    packages = packages_of_change(base, *targets)
    with macro_errors():
        report = host.call(
            "find_breaking_changes",
            *(
                with_pointers(target.with_packages(own), by_default=side.points_to_latest)
                for target, own, side in zip(targets, packages, sides, strict=True)
            ),
            *lineages,
            settings,
        )
    return Comparison(report, settings, prior_target, current_target, *lineages, host, sides)


@contextlib.contextmanager
def macro_errors() -> Iterator[None]:
    """Shows what a macro refuses as the user's own error.

    Raises:
        UserError: A macro refused its input.
    """
    try:
        yield
    except MacroError as error:
        raise UserError(str(error).removeprefix("dbt_breaking_changes: ")) from None
