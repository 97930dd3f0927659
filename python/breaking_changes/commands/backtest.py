"""``backtest``: what the gate would have said of the last changes of this repository."""

from __future__ import annotations

import collections
import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from breaking_changes.base_ref import ended_by_signals, install_packages, temporary_folder
from breaking_changes.commands import FAIL_ON, level_option, option
from breaking_changes.dbt_command import Dbt
from breaking_changes.errors import UserError
from breaking_changes.git import Repository, Step
from breaking_changes.project import FILE, Project, parse_vars

if TYPE_CHECKING:
    from breaking_changes.render import Report

_FOLDER = click.Path(path_type=Path, file_okay=False)

#: Characters of a line when stdout is no terminal.
WIDTH = 120


@click.command()
@option("--last", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
@option("--ref", default="HEAD", show_default=True, help="The branch whose commits count.")
@level_option
@option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="Lowest severity that would have failed the run.",
)
@option("--vars", "vars", metavar="JSON", help="Vars, over those of dbt_project.yml.")
@option("--project-dir", type=_FOLDER, help="The dbt project. Default: this folder.")
@option("--dbt", "command", default="dbt", show_default=True, help="How to call dbt.")
@option("--target", help="For dbt parse, and target.name for models that use it.")
@option("--profile", help="For dbt parse.")
@option("--profiles-dir", type=_FOLDER, help="For dbt parse.")
def backtest(**options: Any) -> None:
    """Say what the gate would have said of the last changes of this repository.

    Each commit on the branch's own line of history, a merge or a squashed merge as a rule, is
    compared with the one before it. Both are checked out aside and parsed, without a warehouse.
    """
    project = Project.at(options["project_dir"] or Path())
    if project is None:
        raise UserError("run this in the folder of a dbt project, or give --project-dir.")
    repository = Repository.around(project.root)
    steps = repository.history(options["ref"], options["last"], project.root)
    if not steps:
        raise UserError(f"{options['ref']} has no commit that changed this project's files.")
    dbt = Dbt(
        **{name: options[name] for name in ("command", "target", "profile", "profiles_dir", "vars")}
    )
    variables = project.variables() | (parse_vars(options["vars"]) if options["vars"] else {})
    arguments = {name: options[name] for name in ("level", "fail_on")}
    width = shutil.get_terminal_size((WIDTH, 24)).columns
    results: collections.Counter[str] = collections.Counter()
    with ended_by_signals(), temporary_folder() as folder:
        states = States(project, repository, dbt, folder)
        for step in steps:
            result, said = _judged(step, states, arguments, variables, options["target"])
            results[result] += 1
            click.echo(line(step, result, said, width))
        states.close()
    click.echo(f"\n{summary(results)}")
    if results["unread"] == len(steps):
        raise UserError("none of these commits could be compared; the reasons are above.")


def line(step: Step, result: str, said: str, width: int) -> str:
    """One change on one line, no longer than ``width`` characters."""
    text = f"{step.commit[:7]}  {step.date}  {result:<6}  {said}"
    text += f"  ({step.subject})"
    text = " ".join(text.splitlines())
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def summary(results: Mapping[str, int]) -> str:
    """How many changes would have ended how."""
    words = {
        "fail": "would have failed",
        "pass": "would have passed",
        "same": "changed nothing that is compared",
        "unread": "could not be compared",
    }
    total = sum(results.values())
    parts = [f"{results[result]} {text}" for result, text in words.items() if results.get(result)]
    return f"{total} {'change' if total == 1 else 'changes'}: {', '.join(parts)}."


def _judged(
    step: Step,
    states: States,
    arguments: Mapping[str, Any],
    variables: Mapping[str, Any],
    target_name: str | None,
) -> tuple[str, str]:
    """The result of one change and its headline, or why there is none."""
    from breaking_changes.comparison import compare

    try:
        head = states.parsed(step.commit)
        base = states.parsed(step.parent, keep=step.commit)
        if base == head:
            return "same", "nothing of this project changed"
        # Acknowledgements and deprecations counted as of that day.
        of_the_day = {**arguments, "as_of": step.date}
        project_dir = states.project_at(step.commit)
        compared = compare(base, head, of_the_day, variables, project_dir, target_name=target_name)
    except UserError as error:
        return "unread", str(error)
    # Nothing is compiled here: what only a compile can tell is left out, as the headline says.
    result = "pass" if compared.compile_advice else str(compared.report["result"])
    return result, _said(compared.report)


def _said(report: Report) -> str:
    from breaking_changes.render.words import headline

    return headline(report)


@dataclass
class States:
    """Parsed checkouts of a project; only those that the next comparison needs are kept.

    Attributes:
        project: The project as it is now, whose packages are used where they are the same.
        repository: Where the commits are.
        dbt: How to parse.
        folder: Where the checkouts go.
    """

    project: Project
    repository: Repository
    dbt: Dbt
    folder: Path
    _kept: dict[str, contextlib.ExitStack] = field(default_factory=dict)

    def parsed(self, commit: str, keep: str | None = None) -> Path:
        """The target directory of a commit, parsed now unless it is at hand.

        Args:
            commit: Its full hash.
            keep: Another commit that stays at hand; all others go.

        Raises:
            UserError: It cannot be checked out or parsed, or holds no project.
        """
        wanted = {self._key(one) for one in (commit, keep) if one}
        for key in [*self._kept.keys() - wanted]:
            self._kept.pop(key).close()
        key = self._key(commit)
        if key not in self._kept:
            with contextlib.ExitStack() as stack:
                self._parse(commit, key, stack)
                self._kept[key] = stack.pop_all()
        return self._root(key) / "target"

    def project_at(self, commit: str) -> Path:
        """The project's folder in the checkout of a commit that was parsed."""
        return self._root(self._key(commit))

    def close(self) -> None:
        """Removes every checkout."""
        while self._kept:
            self._kept.popitem()[1].close()

    def _parse(self, commit: str, key: str, stack: contextlib.ExitStack) -> None:
        tree = stack.enter_context(self.repository.worktree(commit, self.folder / key))
        root = self._root(key)
        if not (root / FILE).is_file():
            raise UserError(f"{commit[:7]} has no {FILE} in this folder.")
        what = commit[:7]
        install_packages(root, self.project, self.repository.root, tree, self.dbt, what)
        self.dbt.parse(root, root / "target", what, profiles_from=self.project.root)

    def _root(self, key: str) -> Path:
        inside = self.project.root.resolve().relative_to(self.repository.root)
        return self.folder / key / inside

    def _key(self, commit: str) -> str:
        """Commits with the same files are parsed once; a local package may lie anywhere."""
        return self.repository.tree(commit)
