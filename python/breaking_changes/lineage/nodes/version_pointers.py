"""The view without a version in its name that dbt keeps on the latest version of a model.

From dbt-core 1.12 (`latest_version_pointer` in `dbt/task/run.py`); dbt 2 makes it unless a model
says otherwise. A project's own `generate_latest_version_pointer_alias` is not run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from breaking_changes.artifacts.reading import mapping


def pointer_name(raw: Mapping[str, Any], *, by_default: bool = False) -> str | None:
    """The identifier of the view that points to a model; none when there is no such view.

    Args:
        raw: The model's entry in the manifest.
        by_default: Whether this dbt makes the view for a model that does not say.
    """
    version = raw.get("version")
    if version is None or version != raw.get("latest_version"):
        return None
    given = mapping(raw.get("config")).get("latest_version_pointer")
    config = {"enabled": given} if isinstance(given, bool) else mapping(given)
    enabled = config.get("enabled")
    if not (by_default if enabled is None else enabled):
        return None
    return str(config.get("alias") or raw.get("name"))
