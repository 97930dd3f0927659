"""The dbt project around a target directory: its vars, its target, its copy of the macros."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from breaking_changes import __version__, yaml_values
from breaking_changes.artifacts.files import inside, read_regular
from breaking_changes.artifacts.reading import strings
from breaking_changes.errors import UserError

FILE = "dbt_project.yml"
PACKAGE = "dbt_breaking_changes"
VAR_PREFIX = "breaking_changes_"

#: A var of this package, but in a comment.
_OWN_VAR = re.compile(rf"^[^#\n]*\b{VAR_PREFIX}\w", re.MULTILINE)

#: Bytes of dbt_project.yml.
_MAX_SETTINGS = 1 << 20


@dataclass(frozen=True)
class Project:
    """A dbt project on disk.

    Attributes:
        root: The folder that holds dbt_project.yml.
        settings: That file's content.
        unread: The keys of it that take PyYAML, which is not installed.
        unread_vars: Whether they hold vars of this package.
    """

    root: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    unread_vars: bool = False

    @classmethod
    def at(cls, root: Path) -> Project | None:
        """The project in a folder; none when it holds no dbt_project.yml.

        Raises:
            UserError: The file cannot be read.
        """
        file = root / FILE
        if not file.is_file():
            return None
        text = _text(file)
        try:
            read = yaml_values.read_settings(text)
        except yaml_values.BrokenYamlError as error:
            where = f" in line {error.line}" if error.line else ""
            raise UserError(f"{file} is not valid YAML{where}. dbt parse says more.") from None
        unread_vars = "vars" in read.unread and _OWN_VAR.search(text) is not None
        return cls(root, read.values, read.unread, unread_vars)

    @property
    def name(self) -> str:
        """The project's name."""
        return str(self.settings.get("name") or "")

    @property
    def target(self) -> Path:
        """Where dbt writes its artifacts (dbt's own order: environment, then the file)."""
        configured = os.environ.get("DBT_TARGET_PATH") or self.settings.get("target-path")
        return self.root / str(configured or "target")

    @property
    def packages(self) -> Path:
        """Where dbt installs packages."""
        return self.root / str(self.settings.get("packages-install-path") or "dbt_packages")

    @property
    def wants_packages(self) -> bool:
        """Whether the project names packages to install."""
        return any((self.root / name).is_file() for name in ("packages.yml", "dependencies.yml"))

    def changed_after(self, manifest: Path) -> Path | None:
        """A model or YAML file of the project that is newer than a manifest; normally None."""
        if not manifest.is_file():
            return None
        written = manifest.stat().st_mtime
        for folder in strings(self.settings.get("model-paths")) or ("models",):
            found = inside(self.root, folder)
            for file in sorted(found.rglob("*") if found else ()):
                if file.suffix in (".sql", ".yml", ".yaml", ".py") and (
                    file.lstat().st_mtime > written
                ):
                    return file.relative_to(self.root.resolve())
        return None

    def variables(self) -> dict[str, Any]:
        """The vars that dbt would give this package's macros: global ones, then scoped ones.

        Raises:
            UserError: The file sets vars of this package in a way that takes PyYAML to read.
        """
        if self.unread_vars:
            raise UserError(
                f"{self.root / FILE} sets vars of this package in YAML that takes PyYAML to read: "
                "pip install pyyaml. Or give all vars on the command line with --vars."
            )
        given = self.settings.get("vars")
        found = dict(given) if isinstance(given, dict) else {}
        for scope in (PACKAGE, self.name):
            scoped = found.get(scope)
            if isinstance(scoped, dict):
                found.update(scoped)
        return found

    def refuse_other_version(self) -> None:
        """Refuses to work with an installed macro package of another version.

        Raises:
            UserError: The versions differ; the message says which of the two to upgrade.
        """
        file = self.packages / PACKAGE / FILE
        if not file.is_file():
            return
        installed = str(yaml_values.read_settings(_text(file)).values.get("version"))
        if installed == __version__:
            return
        if _order(installed) > _order(__version__):
            advice = f"Upgrade the helper: pip install dbt-breaking-changes=={installed}"
        else:
            advice = (
                f"Upgrade the package: set its version to {__version__} in packages.yml, "
                "then run dbt deps"
            )
        raise UserError(
            f"the dbt package {PACKAGE} in {file.parent} has version {installed}, this helper "
            f"{__version__}; they only work together when equal. {advice}."
        )


def parse_vars(text: str) -> dict[str, Any]:
    """Vars as given on the command line, in JSON or YAML.

    Raises:
        UserError: The text is neither, or not a mapping.
    """
    advice = """Write them as JSON: --vars '{"breaking_changes_level": "strict"}'."""
    try:
        value = json.loads(text)
    except ValueError:
        try:
            value = yaml_values.read(text)
        except yaml_values.BrokenYamlError:
            raise UserError(f"--vars is neither JSON nor YAML. {advice}") from None
        except yaml_values.UnreadYamlError:
            raise UserError(f"--vars is not JSON, nor plain YAML. {advice}") from None
    if not isinstance(value, dict):
        raise UserError(f"--vars must be a mapping of names to values. {advice}")
    return value


def _text(file: Path) -> str:
    try:
        return read_regular(file, _MAX_SETTINGS).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UserError(f"{file} cannot be read: {reason}.") from None


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
