"""Runs the user's own dbt: ``dbt deps``, ``dbt parse`` and ``dbt compile``."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import click

from breaking_changes.errors import UserError
from breaking_changes.lines import say

_SHOWN_LINES = 20

#: Seconds that dbt gets to end by itself.
_PATIENCE = 10


@dataclass(frozen=True)
class Dbt:
    """How to call dbt.

    Attributes:
        command: The program with its first arguments, as in ``uv run dbt``.
        target: Of the profile; dbt's default when empty. So are the next two.
        profile: Of profiles.yml.
        profiles_dir: The folder of profiles.yml.
        vars: The project's vars, as text.
    """

    command: str = "dbt"
    target: str | None = None
    profile: str | None = None
    profiles_dir: Path | None = None
    vars: str | None = None

    def compile(self, project: Path, target: Path, what: str, profiles_from: Path) -> Path:
        """Compiles a project and gives the target directory; dbt connects to the warehouse.

        Args:
            project: The project's folder.
            target: Where the artifacts go.
            what: What this state of the project is called, for messages.
            profiles_from: The folder whose profiles.yml, if it has one, is used.

        Raises:
            UserError: dbt is missing or fails; what it printed was shown on stderr.
        """
        self._run(project, what, "compile", *self._options(project, target, profiles_from))
        return target

    def parse(self, project: Path, target: Path, what: str, profiles_from: Path) -> Path:
        """Parses a project and gives the target directory; dbt connects to nothing.

        Args:
            project: The project's folder.
            target: Where the artifacts go.
            what: What this state of the project is called, for messages.
            profiles_from: The folder whose profiles.yml, if it has one, is used.

        Raises:
            UserError: dbt is missing or fails; what it printed was shown on stderr.
        """
        self._run(project, what, "parse", *self._options(project, target, profiles_from))
        return target

    def _options(self, project: Path, target: Path, profiles_from: Path) -> list[str]:
        options = ["--project-dir", str(project.resolve()), "--target-path", str(target.resolve())]
        for name, value in (
            ("--target", self.target),
            ("--profile", self.profile),
            ("--profiles-dir", self._profiles(profiles_from)),
            ("--vars", self.vars),
        ):
            options += [name, str(value)] if value else []
        return options

    def deps(self, project: Path, what: str) -> None:
        """Installs a project's packages.

        Raises:
            UserError: dbt is missing or fails; what it printed was shown on stderr.
        """
        self._run(project, what, "deps", "--project-dir", str(project.resolve()))

    def _profiles(self, folder: Path) -> Path | None:
        """Where profiles.yml is; none when that is where dbt looks anyway."""
        given = self.profiles_dir or os.environ.get("DBT_PROFILES_DIR")
        if given:
            return Path(given).resolve()
        return folder.resolve() if (folder / "profiles.yml").is_file() else None

    def _run(self, project: Path, what: str, *args: str) -> None:
        program = shlex.split(self.command)
        if not program or shutil.which(program[0]) is None:
            raise UserError(
                f"{self.command} is not on PATH. Activate the environment that dbt is in, "
                "name it with --dbt, or compare compiled states: --base DIR --current DIR."
            )
        say(f"dbt {args[0]}: {what} ...")
        # Filling dbt's relation cache queries the warehouse, and compiling seldom needs it.
        environment = os.environ | {"DBT_POPULATE_CACHE": os.environ.get("DBT_POPULATE_CACHE", "0")}
        code, output = _run_to_end([*program, *args], project, environment)
        if code:
            for line in click.unstyle(output).rstrip().splitlines()[-_SHOWN_LINES:]:
                say(f"  | {line}")
            raise UserError(
                f"`dbt {args[0]}` of {what} failed with exit code {code}; what it said is above."
            )


def _run_to_end(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Exit code and output; an interruption ends the command and its children too."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate()
    except BaseException:
        _end(process)
        raise
    return process.returncode, output


def _end(process: subprocess.Popen[str]) -> None:
    """Lets the command close its connections, but does not wait for ever."""
    if os.name != "posix":
        process.kill()
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(OSError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_PATIENCE)
            return
