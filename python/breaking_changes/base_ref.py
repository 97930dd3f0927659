"""The prior side from git: a commit, checked out beside the project, parsed, and removed."""

from __future__ import annotations

import contextlib
import filecmp
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, ModuleType
from typing import IO

import click

from breaking_changes.dbt_command import Dbt
from breaking_changes.errors import UserError
from breaking_changes.git import Base, Repository
from breaking_changes.lines import say
from breaking_changes.project import FILE, Project

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_PREFIX = "dbt-breaking-changes-"
_LOCK = "lock"

_PACKAGE_FILES = ("packages.yml", "dependencies.yml", "package-lock.yml")


@dataclass(frozen=True)
class BaseRef:
    """A commit to compare a project with, found but not checked out yet."""

    ref: str
    project: Project
    repository: Repository
    base: Base

    @classmethod
    def find(cls, ref: str, project: Project) -> BaseRef:
        """The commit that a ref means; notes on stderr what the user should know of the choice.

        Raises:
            UserError: There is no git, no repository, or no such commit.
        """
        repository = Repository.around(project.root)
        base = repository.base(ref)
        remove_abandoned(repository)
        if base.note:
            say(f"Note: {base.note}")
        if repository.has_changes(project.root):
            say("Note: changes that are not committed belong to the current side.")
        return cls(ref, project, repository, base)

    @contextlib.contextmanager
    def artifacts(self, dbt: Dbt, compiled: bool = False) -> Iterator[Path]:
        """The target directory of the project at that commit; removed afterwards, come what may.

        Args:
            dbt: How to call dbt.
            compiled: Whether dbt compiles the project, which takes a connection; else it parses it.

        Raises:
            UserError: There is no project in that commit, or dbt cannot parse or compile it.
        """
        inside = self.project.root.resolve().relative_to(self.repository.root)
        what = f"{self.ref} ({self.base.commit[:7]})"
        with (
            ended_by_signals(),
            temporary_folder() as folder,
            self.repository.worktree(self.base.commit, folder / "tree") as tree,
        ):
            old = tree / inside
            if not (old / FILE).is_file():
                raise UserError(
                    f"{what} has no {(inside / FILE).as_posix()}: "
                    "there is no project to compare with."
                )
            install_packages(old, self.project, self.repository.root, tree, dbt, what)
            make = dbt.compile if compiled else dbt.parse
            yield make(old, old / "target", what, profiles_from=self.project.root)


def install_packages(
    old: Path, project: Project, root: Path, tree: Path, dbt: Dbt, what: str
) -> None:
    """Reuses the packages installed in the project if both sides want the same, else installs.

    Raises:
        UserError: dbt cannot install them.
    """
    if not any((old / name).is_file() for name in _PACKAGE_FILES[:2]):
        return
    installed, wanted = project.packages, old / project.packages.relative_to(project.root)
    if wanted.exists() and _are_whole(wanted):
        return
    if not installed.is_dir() or not _same_packages(project.root, old):
        dbt.deps(old, what)
        return
    wanted.mkdir(parents=True, exist_ok=True)
    for package in installed.iterdir():
        source = package.resolve()
        if package.is_symlink() and source.is_relative_to(root):
            # A package of this repository changes with it: the prior side has its own.
            source = tree / source.relative_to(root)
        (wanted / package.name).symlink_to(source, target_is_directory=source.is_dir())


def _are_whole(packages: Path) -> bool:
    """Whether a checkout has the files of all its packages; of a submodule it has a mere folder."""
    return all((package / FILE).is_file() for package in packages.iterdir() if package.is_dir())


def _same_packages(one: Path, other: Path) -> bool:
    return all(
        filecmp.cmp(one / name, other / name, shallow=False)
        if (one / name).is_file() and (other / name).is_file()
        # A lock is often not committed; then the wish list alone decides.
        else name == "package-lock.yml" or (one / name).is_file() == (other / name).is_file()
        for name in _PACKAGE_FILES
    )


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that goes with this block, and that shows by a lock that its run still lives."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX)).resolve()
    try:
        with (folder / _LOCK).open("w") as lock:
            _locked(lock)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned(repository: Repository) -> None:
    """Removes the worktrees of runs that were killed: their folders have a lock nobody holds."""
    for tree in repository.worktrees():
        folder = tree.parent
        if not folder.name.startswith(_PREFIX) or folder.parent != _temporary_root():
            continue
        try:
            with (folder / _LOCK).open("r+") as lock:
                abandoned = _locked(lock)
        except FileNotFoundError:
            abandoned = not folder.exists()
        except OSError:
            # Of another user, who has to remove it.
            continue
        if abandoned:
            repository.remove_worktree(tree)
            shutil.rmtree(folder, ignore_errors=True)


def _temporary_root() -> Path:
    return Path(tempfile.gettempdir()).resolve()


def _locked(file: IO[str]) -> bool:
    """Takes the lock of a file unless another process has it; where there are none, nobody has."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Turns the signals that end a process into an exception, so that what was made is removed.

    While that goes on, a second signal is not heard.

    Raises:
        click.Abort: A signal came.
    """
    numbers = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP"):
        numbers.append(signal.SIGHUP)

    def end(number: int, frame: FrameType | None) -> None:
        for one in numbers:
            signal.signal(one, signal.SIG_IGN)
        raise click.Abort

    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
