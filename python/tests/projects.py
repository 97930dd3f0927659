"""Temporary copies of dbt projects, run in this process and observed."""

from __future__ import annotations

import contextlib
import fcntl
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

import breaking_changes.cli

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

REPOSITORY = Path(__file__).parents[2]
SHOP = REPOSITORY / "integration_tests"
PACKAGE = "dbt_breaking_changes"

_QUIET = ("--quiet", "--no-use-colors", "--no-send-anonymous-usage-stats")
_NO_FILE = ("--log-level-file", "none")
_NOT_COPIED = ("target", "logs", "dbt_packages", "package-lock.yml", ".user.yml", "scenarios")


@dataclass(frozen=True)
class Outcome:
    """What one dbt command did.

    Attributes:
        exit_code: What the shell would see: 0 success, 1 a failed node or operation, 2 an error.
        printed: The lines of ``print()``, which are all that stays on stdout with ``--quiet``.
        messages: Every message of level info and above, printed lines included.
        errors: The messages of level error, and the exception that ended the command.
        statuses: Of each node that was reached, dbt's status: success, error, skipped, pass, ...
    """

    exit_code: int
    printed: tuple[str, ...]
    messages: tuple[str, ...]
    errors: tuple[str, ...]
    statuses: Mapping[str, str]

    @property
    def report(self) -> dict[str, Any]:
        """The report of ``format: json``, which has to be the only printed line."""
        assert len(self.printed) == 1, self
        report: dict[str, Any] = json.loads(self.printed[0])
        return report

    def expect_success(self) -> Outcome:
        """Gives itself, or fails the test with what dbt said."""
        assert self.exit_code == 0, "\n".join(self.errors or self.messages)
        return self


@dataclass
class Project:
    """A dbt project in a folder that a test may change."""

    root: Path
    _manifest: Manifest | None = field(default=None, repr=False)

    @classmethod
    def copy_of(cls, source: Path, root: Path) -> Project:
        """Copies a project without what dbt made in it, and links this package into it."""
        shutil.copytree(source, root, ignore=shutil.ignore_patterns(*_NOT_COPIED, "*.duckdb*"))
        packages = root / "dbt_packages"
        packages.mkdir()
        (packages / PACKAGE).symlink_to(REPOSITORY, target_is_directory=True)
        return cls(root)

    @property
    def target(self) -> Path:
        """Where dbt writes its artifacts."""
        return self.root / "target"

    @property
    def database(self) -> Path:
        """The DuckDB file of the default profile."""
        return self.target / "shop.duckdb"

    def write(self, path: str, text: str) -> None:
        """Writes one file of the project."""
        self._manifest = None
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def edit(self, path: str, find: str, replace: str) -> None:
        """Replaces the one occurrence of a text in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        count = text.count(find)
        assert count == 1, f"{path} has {count} times, not once:\n{find}"
        self.write(path, text.replace(find, replace))

    def delete(self, path: str) -> None:
        """Deletes one file of the project."""
        self._manifest = None
        (self.root / path).unlink()

    def parse(self) -> Outcome:
        """Parses from scratch; later commands use the result until a file changes."""
        return self.dbt("parse", "--no-partial-parse")

    def dbt(self, *args: str) -> Outcome:
        """Runs one dbt command in this process, from the project's folder."""
        # Importing dbt takes seconds, which tests without a project need not wait for.
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner
        from dbt.contracts.graph.manifest import Manifest

        events: list[Any] = []
        with contextlib.chdir(self.root):
            runner = dbtRunner(manifest=self._manifest, callbacks=[events.append])
            result = runner.invoke([*args, *_QUIET, *_NO_FILE])
            # The next project has a database of its own behind the same relative path.
            DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
        if isinstance(result.result, Manifest):
            self._manifest = result.result
        shown = [event.info for event in events if event.info.level in ("info", "warn", "error")]
        errors = [info.msg for info in shown if info.level == "error"]
        if result.exception:
            errors.append(str(result.exception))
        return Outcome(
            exit_code=0 if result.success else 2 if result.exception else 1,
            printed=tuple(info.msg for info in shown if info.name == "PrintEvent"),
            messages=tuple(info.msg for info in shown),
            errors=tuple(errors),
            statuses={
                node.node.unique_id: str(node.status)
                for node in getattr(result.result, "results", None) or []
                if getattr(node, "node", None)
            },
        )

    def lineage(self) -> None:
        """Writes column_lineage.json beside the manifest; what dbt compiled has to be there."""
        arguments = ["lineage", "--target-dir", "target"]
        with contextlib.chdir(self.root):
            result = CliRunner().invoke(breaking_changes.cli.main, arguments)
        assert result.exit_code == 0, result.output

    def selectors(self, unique_ids: Iterable[str]) -> list[str]:
        """How ``--select`` names exactly these nodes of the last parse or build."""
        manifest = json.loads((self.target / "manifest.json").read_text(encoding="utf-8"))
        nodes = {**manifest["nodes"], **manifest["unit_tests"], **manifest["functions"]}
        return ["fqn:" + ".".join(nodes[unique_id]["fqn"]) for unique_id in unique_ids]

    def detect(self, state: Path, **arguments: Any) -> Outcome:
        """Runs the gate against a prior state."""
        arguments = {"format": "json", **arguments}
        return self.dbt(
            *("run-operation", "detect_breaking_changes"),
            *("--state", str(state), "--args", json.dumps(arguments)),
        )


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Makes a folder once for all processes of a test run; the others wait and share it."""
    done = folder.with_suffix(".done")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(folder)
            done.touch()
    return folder
