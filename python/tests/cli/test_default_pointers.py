"""The view on the latest version that dbt 2 keeps for every model that does not say otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lineage_manifests import manifest, node

from breaking_changes.cli import main

#: dbt's version, the pointer before and after, whether the view is gone.
CASES: list[tuple[str, Any, Any, bool]] = [
    ("2.0.0", None, {"enabled": False}, True),
    ("2.0.0", {"alias": "people"}, {"enabled": False, "alias": "people"}, True),
    ("2.0.0", None, {"alias": "people"}, True),
    ("2.0.0", None, {"enabled": True}, False),
    ("2.0.0", None, None, False),
    ("2.0.0", {"enabled": False}, None, False),
    ("1.12.0", None, {"enabled": False}, False),
    ("1.12.0", {"enabled": True}, {"enabled": False}, True),
]


@pytest.mark.parametrize(("version", "before", "after", "is_gone"), CASES)
def test_a_pointer_that_is_switched_off(
    tmp_path: Path, version: str, before: Any, after: Any, is_gone: bool
) -> None:
    for folder, pointer in (("before", before), ("after", after)):
        config = {"materialized": "table"}
        config |= {} if pointer is None else {"latest_version_pointer": pointer}
        users = node(
            "model.shop.users.v2",
            "select 1 as id",
            name="users",
            version=2,
            latest_version=2,
            config=config,
        )
        made = manifest(users)
        made["metadata"]["dbt_version"] = version
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "manifest.json").write_text(json.dumps(made))
    arguments = ["--base", str(tmp_path / "before"), "--current", str(tmp_path / "after")]
    options = ["--level", "strict", "--fail-on", "never", "--format", "json"]
    result = CliRunner().invoke(main, ["check", *arguments, *options])
    assert result.exit_code == 0, result.output
    rules = [change["rule"] for change in json.loads(result.stdout)["changes"]]
    assert ("latest_version_pointer_removed" in rules) == is_gone
