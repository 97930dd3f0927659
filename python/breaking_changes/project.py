"""The dbt project around a target directory: its vars, its target, its copy of the macros."""

from __future__ import annotations

import importlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from breaking_changes import __version__
from breaking_changes.artifacts.files import inside, read_regular
from breaking_changes.artifacts.reading import strings
from breaking_changes.errors import UserError

FILE = "dbt_project.yml"
PACKAGE = "dbt_breaking_changes"
VAR_PREFIX = "breaking_changes_"

#: Bytes of dbt_project.yml.
_MAX_SETTINGS = 1 << 20


@dataclass(frozen=True)
class Project:
    """A dbt project on disk.

    Attributes:
        root: The folder that holds dbt_project.yml.
        settings: That file's content; without PyYAML only its plain top-level keys.
        unread_vars: Whether the file sets vars of this package that could not be read.
    """

    root: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
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
        yaml = _yaml()
        if yaml is not None:
            return cls(root, _parse(yaml, text, file))
        unread = re.search(rf"^[^#\n]*\b{VAR_PREFIX}\w", text, re.MULTILINE)
        return cls(root, _scalars(text), bool(unread))

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
            UserError: The file sets vars of this package, and PyYAML is not there to read them.
        """
        if self.unread_vars:
            raise UserError(
                f"{self.root / FILE} sets vars of this package, and reading them takes PyYAML: "
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
        installed = str(_scalars(_text(file)).get("version"))
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
    """Vars as given on the command line: JSON, or YAML when PyYAML is there.

    Raises:
        UserError: The text is neither, or not a mapping.
    """
    advice = """Write them as JSON: --vars '{"breaking_changes_level": "strict"}'."""
    try:
        value = json.loads(text)
    except ValueError:
        yaml = _yaml()
        if yaml is None:
            raise UserError(f"--vars is not JSON. {advice}") from None
        try:
            value = yaml.safe_load(text)
        except yaml.YAMLError:
            raise UserError(f"--vars is neither JSON nor YAML. {advice}") from None
    if not isinstance(value, dict):
        raise UserError(f"--vars must be a mapping of names to values. {advice}")
    return value


def _parse(yaml: Any, text: str, file: Path) -> Mapping[str, Any]:
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f" in line {place.line + 1}" if place else ""
        raise UserError(f"{file} is not valid YAML{where}. dbt parse says more.") from None
    except RecursionError:
        raise UserError(f"{file} is nested too deeply to be read.") from None
    return value if isinstance(value, dict) else {}


def _text(file: Path) -> str:
    try:
        return read_regular(file, _MAX_SETTINGS).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UserError(f"{file} cannot be read: {reason}.") from None


def _scalars(text: str) -> dict[str, str]:
    """The top-level keys whose values are plain words."""
    pattern = r"""^([\w-]+):[ \t]*["']?([^"'#\n\[{]*?)["']?[ \t]*(?:#.*)?$"""
    return {key: value for key, value in re.findall(pattern, text, re.MULTILINE) if value}


def _yaml() -> Any:
    """PyYAML when it is there: dbt brings it, the helper alone does without."""
    try:
        return importlib.import_module("yaml")
    except ImportError:
        return None


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
