"""The table of everyday changes names files that are there and hold what it says."""

from __future__ import annotations

import re

from projects import REPOSITORY

#: What each file of the table has to hold for the change to be made there.
HOLDS = {
    "macros/catalogue/_catalogue_query.sql": '"severity":',
    "macros/interface/_promises.sql": "macro _promises()",
    "macros/types/_type_names_snowflake.sql": "macro _type_names_snowflake",
    "macros/catalogue/_orders.sql": "macro _verdicts()",
    "macros/impact/_reference_text.sql": '"ambiguous":',
    "macros/interface/_sections.sql": "macro _manifest_sections()",
    "python/breaking_changes/adapters.py": "DIALECTS = {",
    "python/breaking_changes/lineage/nodes/semantic_elements.py": "_AGGREGATIONS = {",
    "python/breaking_changes/binder/engines/duckdb/scalars.py": "exp.",
    "docs/manifest.yml": "compared:",
}


def test_the_table_of_everyday_changes_is_true() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("## Where an everyday change goes")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == len(HOLDS) == 10
    for row in rows:
        named = re.findall(r"`([^`]+)`", row)
        (path,) = [one for one in named if "/" in one and "*" not in one]
        assert HOLDS[path] in (REPOSITORY / path).read_text(encoding="utf-8"), path
