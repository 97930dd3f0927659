"""The few git commands that ``--base-ref`` takes, and what to do when one fails."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from breaking_changes.errors import UserError

#: What git sets for its hooks would point these commands at the hook's index (githooks(5)).
_HOOK_VARIABLES = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE"),
)

#: No program that a configuration or a repository inside the repository names is run: hooks, a
#: monitor of files, submodules (git-config(1)).
_SAFELY = (
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "submodule.recurse=false"),
    *("-c", "protocol.ext.allow=never"),
)


@dataclass(frozen=True)
class Base:
    """The commit to compare with.

    Attributes:
        commit: Its full hash.
        note: What the user should know about the choice; none when there is nothing to say.
    """

    commit: str
    note: str | None = None


@dataclass(frozen=True)
class Step:
    """One commit of a branch's own line of history.

    Attributes:
        commit: Its full hash.
        parent: The full hash of the commit before it on that line.
        date: When it was made, as ISO date.
        subject: The first line of its message.
    """

    commit: str
    parent: str
    date: str
    subject: str


@dataclass(frozen=True)
class Repository:
    """A git repository with a work tree."""

    root: Path

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """The repository that a folder lies in.

        Raises:
            UserError: git is missing, or the folder is in no repository.
        """
        if shutil.which("git") is None:
            raise UserError(
                "git is not on PATH. Compare two target directories: --base DIR --current DIR."
            )
        found = _run(folder, "rev-parse", "--show-toplevel")
        if found.returncode:
            if "not a git repository" in found.stderr:
                raise UserError(
                    f"{folder.resolve()} is in no git repository, so there is nothing to "
                    "check out. Use --base DIR with the target directory of the last deployment."
                )
            raise UserError(f"git refuses: {_last_line(found.stderr)}")
        return cls(Path(found.stdout.strip()).resolve())

    def base(self, ref: str) -> Base:
        """The commit that a ref means for a comparison: where this branch left it.

        A ref that moved on has changes of its own, which are none of this branch's.

        Raises:
            UserError: There is no such commit here.
        """
        if not ref.strip() or "\0" in ref:
            raise UserError("--base-ref is empty. Give a commit, such as --base-ref origin/main.")
        found = _run(
            self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
        if found.returncode:
            raise UserError(self._missing(ref))
        commit = found.stdout.strip()
        merge_base = _run(self.root, "merge-base", commit, "HEAD")
        if merge_base.returncode:
            reason = "this shallow clone does not reach" if self.is_shallow else "they have not"
            return Base(commit, f"comparing with {ref} itself: {reason} a common ancestor.")
        ancestor = merge_base.stdout.strip()
        if ancestor != commit:
            return Base(
                ancestor,
                f"{ref} has commits that HEAD lacks; comparing with {ancestor[:7]}, where "
                "they part.",
            )
        return Base(commit)

    def history(self, ref: str, count: int, folder: Path) -> list[Step]:
        """The last commits that changed files below a folder, the newest first.

        Only the line of first parents is followed: there a merge, like a squashed merge, is one
        commit with all that it brought. A commit without a parent here is left out.

        Raises:
            UserError: There is no such commit here.
        """
        found = _run(
            self.root,
            *("log", "--first-parent", f"--max-count={count}", "--format=%H%x00%P%x00%cs%x00%s"),
            *("--end-of-options", ref, "--", str(folder.resolve())),
        )
        if found.returncode:
            raise UserError(self._missing(ref))
        steps = [line.split("\0", 3) for line in found.stdout.splitlines()]
        return [
            Step(commit, parents.split()[0], date, subject)
            for commit, parents, date, subject in steps
            if parents
        ]

    def tree(self, commit: str) -> str:
        """The hash of a commit's files: commits with the same files have the same.

        Raises:
            UserError: There is no such commit here.
        """
        found = _run(self.root, "rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}")
        if found.returncode:
            raise UserError(self._missing(commit))
        return found.stdout.strip()

    @property
    def is_shallow(self) -> bool:
        """Whether only the newest commits were fetched, as CI services do."""
        return _run(self.root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"

    def has_changes(self, folder: Path) -> bool:
        """Whether a folder has changes that are not committed."""
        command = [*self._without_filters(), "status", "--porcelain", "--", "."]
        return bool(_run(folder, *command).stdout.strip())

    @contextlib.contextmanager
    def worktree(self, commit: str, folder: Path) -> Iterator[Path]:
        """A checkout of a commit in a folder that does not exist yet; gone afterwards.

        Raises:
            UserError: git cannot check it out.
        """
        try:
            made = _run(
                self.root,
                *self._without_filters(),
                *("worktree", "add", "--detach", "--force", str(folder), commit),
            )
            if made.returncode:
                raise UserError(f"git cannot check out {commit[:7]}: {_last_line(made.stderr)}")
            yield folder
        finally:
            self.remove_worktree(folder)

    def worktrees(self) -> list[Path]:
        """The folders of all worktrees that git knows, this one first."""
        listed = _run(self.root, "worktree", "list", "--porcelain", "-z").stdout.split("\0")
        return [Path(line[9:]) for line in listed if line.startswith("worktree ")]

    def remove_worktree(self, folder: Path) -> None:
        """Removes a worktree, whatever is in it, and what git noted of it."""
        _run(self.root, "worktree", "remove", "--force", "--force", str(folder))
        shutil.rmtree(folder, ignore_errors=True)
        _run(self.root, "worktree", "prune")

    def _without_filters(self) -> list[str]:
        """Options that turn off every program that changes files on their way to a worktree."""
        listed = _run(self.root, "config", "--name-only", "-z", "--get-regexp", r"^filter\.").stdout
        drivers = dict.fromkeys(name.rpartition(".")[0] for name in listed.split("\0") if name)
        switches = (("smudge", ""), ("clean", ""), ("process", ""), ("required", "false"))
        return [
            option
            for driver in drivers
            for key, value in switches
            for option in ("-c", f"{driver}.{key}={value}")
        ]

    def _missing(self, ref: str) -> str:
        message = f"there is no commit '{ref}' in this repository."
        remote, slash, branch = ref.partition("/")
        remotes = _run(self.root, "remote").stdout.split()
        fetch = f"git fetch {remote} {branch}:refs/remotes/{ref}"
        if slash and remote in remotes:
            message += f" Fetch it: {fetch}"
        if self.is_shallow:
            message += (
                " This is a shallow clone: git fetch --unshallow fetches the rest "
                "(GitHub: fetch-depth: 0 of actions/checkout; GitLab: GIT_DEPTH: 0)."
            )
        return message


def _run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in _HOOK_VARIABLES}
    environment |= {"LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(
        ["git", *_SAFELY, *args],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("fatal: ") if lines else "no reason given"
