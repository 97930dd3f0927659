"""``check``: compares two states of a project and reports whom the changes break."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from breaking_changes import colour
from breaking_changes.artifacts.files import write_lines
from breaking_changes.commands import FAIL_ON, level_option, option
from breaking_changes.dbt_command import Dbt
from breaking_changes.errors import UserError
from breaking_changes.lines import say, without_commands
from breaking_changes.places import Places
from breaking_changes.project import VAR_PREFIX, Project, parse_vars
from breaking_changes.render import FORMATS, Material, Report, format_of, render

if TYPE_CHECKING:
    from breaking_changes.comparison import Comparison

#: Characters; a narrower terminal wraps the lines by itself.
MIN_WIDTH = 60

_FOLDER = click.Path(path_type=Path, file_okay=False)

#: Formats whose paths count from the repository's root, not the project's, and whether a path that
#: leads to no file there is left out.
_FROM_ROOT = {"markdown": False, "github": True, "sarif": True, "gitlab": True, "junit": True}

#: Formats of several lines that a CI service could take for its own commands.
_IN_LOGS = ("text", "markdown", "junit")


@click.command(epilog="Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 not completed.")
@option("--base", type=_FOLDER, help="The prior side: a dbt target directory.")
@option("--base-ref", metavar="REF", help="The prior side: a git commit, parsed aside.")
@option("--current", type=_FOLDER, help="The current side. Default: the project's target.")
@option("--compile", is_flag=True, help="Run dbt compile for both sides; it connects.")
@option(
    "--format",
    "format",
    type=click.Choice(list(FORMATS)),
    help="Format printed to stdout. Default: text.",
)
@option(
    *("-o", "--output", "output"),
    multiple=True,
    metavar="FILE",
    help="Also write a report here, in the format of the ending; FORMAT:FILE names it. Repeatable.",
)
@option("--full", is_flag=True, help="Print every finding and consumer, however many.")
@option("-q", "--quiet", is_flag=True, help="Print findings alone: no heading, no coverage.")
@level_option
@option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="Lowest severity that fails the run (exit 1). Default: error.",
)
@option(
    "--on-unknown",
    type=click.Choice(["fail", "warn", "pass"]),
    help="What could not be checked: fail, count as a warning (default), or pass.",
)
@option("--prove", is_flag=True, help="Ask the engine itself about every consumer that breaks.")
@option(
    "--repro",
    type=_FOLDER,
    help="Write each broken consumer here as an SQL file that shows the error.",
)
@option("--vars", "vars", metavar="JSON", help="Vars, over those of dbt_project.yml.")
@option("--project-dir", type=_FOLDER, help="The dbt project. Default: this folder, if it is one.")
@option("--path-prefix", help="From the repository's root to the project. Default: found by git.")
@option("--dbt", "command", default="dbt", show_default=True, help="How to call dbt.")
@option("--target", help="For dbt, and target.name for models that use it.")
@option("--profile", help="For dbt.")
@option("--profiles-dir", type=_FOLDER, help="For dbt.")
@click.pass_context
def check(context: click.Context, /, **options: Any) -> None:
    """Compare two states of a dbt project and report whom the changes break.

    Two target directories are all it takes: no warehouse, no profile, no dbt. With --base-ref the
    commit where this branch left REF is parsed in a temporary worktree, by your own dbt, which
    connects to nothing.
    """
    from breaking_changes.render.gathering import material_of, shown_nodes

    outputs = [format_of(name) for name in options["output"]]
    project = _project(options["project_dir"], options["current"])
    variables = _variables(project, options["vars"])
    base, ref = _prior_side(project, options, variables)
    with contextlib.ExitStack() as stack:
        comparison = _compare(project, {**options, "base": base}, variables, stack)
        if options["prove"] or options["repro"]:
            from breaking_changes.proof.command import proven

            comparison = proven(comparison, options["prove"], options["repro"])
        places = Places.of(project, options["path_prefix"])
        material = material_of(comparison, ref or str(base), places.project_file, _view(options))
        report = places.with_entries(comparison.report, shown_nodes(comparison))
        on_screen = dataclasses.replace(material, view=_on_screen(material.view, options["quiet"]))
        for format_, file in outputs:
            _write(file, _rendered(format_, report, material, places))
    _print(options["format"] or comparison.settings["format"], report, on_screen, places)
    if advice := comparison.compile_advice:
        raise UserError(f"{advice} In a dbt project check --compile runs it.")
    context.exit(1 if comparison.report["result"] == "fail" else 0)


def _prior_side(
    project: Project | None, options: Mapping[str, Any], variables: Mapping[str, Any]
) -> tuple[Path | None, str | None]:
    """The prior side as a target directory or a commit: as given, else as the project's var says.

    Raises:
        UserError: None is given, or two are.
    """
    base, ref = options["base"], options["base_ref"]
    usual = variables.get(f"{VAR_PREFIX}prior")
    if base is None and ref is None and isinstance(usual, str) and project:
        if usual.startswith("baseline:"):
            raise UserError(
                f"{VAR_PREFIX}prior is {usual}, a table that only dbt can read. "
                "Give --base DIR, a dbt target directory, or --base-ref REF, a commit."
            )
        folder = project.root / usual
        return (folder.parent if folder.suffix == ".json" else folder), None
    if (base is None) == (ref is None):
        raise UserError(
            "give one prior side: --base DIR, a dbt target directory, or --base-ref REF, a commit."
        )
    return base, ref


def _compare(
    project: Project | None,
    options: Mapping[str, Any],
    variables: Mapping[str, Any],
    stack: contextlib.ExitStack,
) -> Comparison:
    """Gets both sides, making what is to be made, and compares them."""
    from breaking_changes.base_ref import BaseRef
    from breaking_changes.comparison import compare

    current = options["current"] or _target(project)
    ref = options["base_ref"]
    dbt = Dbt(
        **{name: options[name] for name in ("command", "target", "profile", "profiles_dir", "vars")}
    )
    base = options["base"]
    if project is None:
        if ref is not None or options["compile"]:
            raise UserError(
                "--base-ref and --compile take a dbt project: run this in its folder, "
                "or give --project-dir."
            )
    else:
        found = BaseRef.find(ref, project) if ref is not None else None
        if options["compile"] or (found and not (current / "manifest.json").is_file()):
            _make(project, current, dbt, compiled=options["compile"])
        else:
            _note_stale(project, current)
        if found:
            base = stack.enter_context(found.artifacts(dbt, compiled=options["compile"]))
    arguments = {name: options[name] for name in ("level", "fail_on", "on_unknown")}
    given = parse_vars(options["vars"]) if options["vars"] else {}
    project_dir = project.root if project else None
    return compare(base, current, arguments, variables, project_dir, given, options["target"])


def _make(project: Project, target: Path, dbt: Dbt, compiled: bool) -> None:
    """Writes the current side's artifacts."""
    if project.wants_packages and not project.packages.is_dir():
        dbt.deps(project.root, "this project")
    make = dbt.compile if compiled else dbt.parse
    make(project.root, target, "this project", profiles_from=project.root)


def _note_stale(project: Project, current: Path) -> None:
    changed = project.changed_after(current / "manifest.json")
    if changed:
        say(
            f"Note: {changed} changed after {current / 'manifest.json'} was written; "
            "run dbt parse or dbt compile, or add --compile."
        )


def _project(project_dir: Path | None, current: Path | None) -> Project | None:
    """The named project, else the one around ``--current``, else the one in this folder."""
    if project_dir is not None:
        project = Project.at(project_dir)
        if project is None:
            raise UserError(f"--project-dir {project_dir} holds no dbt_project.yml.")
    elif current is not None:
        project = Project.at(current.absolute().parent)
    else:
        project = Project.at(Path())
    if project is not None:
        project.refuse_other_version()
    return project


def _target(project: Project | None) -> Path:
    if project is None:
        raise UserError(
            "this folder is no dbt project, so there is no current side. "
            "Give --current DIR, a dbt target directory, or run this inside a dbt project."
        )
    return project.target


def _variables(project: Project | None, given: str | None) -> dict[str, Any]:
    on_command_line = parse_vars(given) if given else {}
    if project is None or (on_command_line and project.unread_vars):
        return on_command_line
    return project.variables() | on_command_line


def _rendered(format_: str, report: Report, material: Material, places: Places) -> str:
    if format_ in _FROM_ROOT:
        report = places.from_root(report, existing=_FROM_ROOT[format_])
    return render(format_, report, material)


def _view(options: Mapping[str, Any]) -> dict[str, Any]:
    """How text is shown in a file: as wide as the macros make it."""
    return {"full": options["full"], "all": "--full, -o report.html or --format json"}


def _on_screen(view: Mapping[str, Any], quiet: bool) -> dict[str, Any]:
    """How text is shown on stdout: as wide as the terminal, if it is one."""
    shown = {**view, "findings_only": quiet}
    if sys.stdout.isatty():
        shown["width"] = max(shutil.get_terminal_size().columns, MIN_WIDTH)
    return shown


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_lines(file, [text])
    except OSError as error:
        raise UserError(f"cannot write --output {file}: {error.strerror}.") from None


def _print(format_: str, report: Report, material: Material, places: Places) -> None:
    text = _rendered(format_, report, material, places)
    if format_ in _IN_LOGS:
        text = without_commands(text)
    if format_ == "text" and colour.wanted(sys.stdout):
        text = colour.coloured(text)
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough, as in `check | head`; the exit code still counts.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
