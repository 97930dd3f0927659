"""Where the helper keeps what it would otherwise work out again.

A cache is believed: whoever may write to it decides what a check finds. So it is used as ssh uses a
private key, only when it is this user's alone, and never inside the project that is checked.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from breaking_changes.artifacts.files import repository_around
from breaking_changes.lines import say

#: Turns every cache off (`off`) or names their directory.
VARIABLE = "DBT_BREAKING_CHANGES_CACHE"


def cache_directory(projects: Iterable[Path] = ()) -> Path | None:
    """The directory for caches, made if it is missing; none when the variable says `off`.

    A directory that another user could write to or that lies in the repository of a project is not
    used either, and that is said.

    Args:
        projects: The projects that are checked, beside the folder that the user works in.
    """
    setting = os.environ.get(VARIABLE, "")
    if setting.lower() in {"off", "0", "false", "no"}:
        return None
    directory = Path(setting) if setting else _user_directory() / "dbt-breaking-changes"
    problem = _inside(directory, projects) or _not_private(directory)
    if problem:
        say(f"Note: the cache {directory} is not used: {problem}.")
        return None
    return directory


def file_problem(path: Path) -> str | None:
    """Why a file of the cache must not be believed; none when it may, or is missing."""
    try:
        status = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return "it is not a regular file"
    return _problem(status)


def _inside(directory: Path, projects: Iterable[Path]) -> str | None:
    place = directory.resolve()
    for project in (Path.cwd(), *projects):
        root = repository_around(project)
        if root is None and (project / "dbt_project.yml").is_file():
            root = project.resolve()
        if root is not None and place.is_relative_to(root):
            return f"it lies in {root}, where what is checked can bring its own"
    return None


def _not_private(directory: Path) -> str | None:
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _problem(directory.stat())
    except OSError as error:
        return f"{error.strerror}"


def _problem(status: os.stat_result) -> str | None:
    if os.name != "posix":
        return None
    if status.st_uid != os.geteuid():
        return "it belongs to another user"
    return "other users may write to it" if status.st_mode & 0o022 else None


def _user_directory() -> Path:
    """Where the operating system wants caches (XDG Base Directory Specification on Linux)."""
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"])
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"])
    return (
        Path.home() / "Library" / "Caches" if sys.platform == "darwin" else Path.home() / ".cache"
    )
