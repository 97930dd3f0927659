"""Where the helper keeps what it would otherwise work out again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: Turns every cache off (`off`) or names their directory.
VARIABLE = "DBT_BREAKING_CHANGES_CACHE"


def cache_directory() -> Path | None:
    """The directory for caches; none when the variable says `off`."""
    setting = os.environ.get(VARIABLE, "")
    if setting.lower() in {"off", "0", "false", "no"}:
        return None
    return Path(setting) if setting else _user_directory() / "dbt-breaking-changes"


def _user_directory() -> Path:
    """Where the operating system wants caches (XDG Base Directory Specification on Linux)."""
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"])
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"])
    return (
        Path.home() / "Library" / "Caches" if sys.platform == "darwin" else Path.home() / ".cache"
    )
