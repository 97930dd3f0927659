"""Two states of a tiny project as target directories: the second one lost a column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lineage_manifests import manifest, node

STG, MART = "model.shop.stg_users", "model.shop.mart_users"
STG_RELATION = '"dev"."main"."stg_users"'

BEFORE = manifest(
    node(STG, "select 1 as id, 'x' as phone"),
    node(MART, f"select id\nfrom {STG_RELATION}\nwhere phone is not null\n", (STG,)),
)
AFTER = manifest(
    node(STG, "select 1 as id", checksum={"name": "sha256", "checksum": "1" * 64}),
    node(MART, f"select id\nfrom {STG_RELATION}\nwhere phone is not null\n", (STG,)),
)


def write(folder: Path, content: dict[str, Any]) -> Path:
    """A target directory with that manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    return folder
