"""The keys that manifests of each version of dbt have, by dbt's own JSON schemas and source.

`python manifest_keys.py CLONE > manifest_keys.json` reads them from a clone of dbt-labs/dbt-core:
`schemas/dbt/manifest/v12.json` of the branches up to 1.12, and of dbt 2 the fields of the Rust
structs that it writes. The list holds names alone.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Keys = dict[str, list[str]]

BRANCHES = ("1.8.latest", "1.9.latest", "1.10.latest", "1.11.latest", "1.12.latest")
SCHEMA = "schemas/dbt/manifest/v12.json"
RUST = "crates/dbt-schemas/src/schemas/manifest"
RUST_FILES = ("v12", "manifest_nodes", "metric", "saved_query", "semantic_model", "operation")

#: Structs of macros, and of what stands within an entry.
_NO_ENTRIES = frozenset({"ManifestMacro", "ManifestSemanticModelMeasure"})
_STRUCT = re.compile(r"pub struct (Manifest\w+|DbtManifestV12)\s*\{(.*?)\n\}", re.DOTALL)
_FIELD = re.compile(r"((?:#\[[^\]]*\]\s*)*)pub (\w+):")
_RENAMED = re.compile(r'rename\s*=\s*"([^"]+)"')


def main(clone: Path) -> None:
    """Prints the keys of every version."""
    found = {branch.removesuffix(".latest"): _of_schema(clone, branch) for branch in BRANCHES}
    found["2"] = _of_rust(clone)
    json.dump(found, sys.stdout, indent=1, sort_keys=True)
    print()


def _of_schema(clone: Path, branch: str) -> Keys:
    schema = json.loads(_show(clone, branch, SCHEMA))
    entries: set[str] = set()
    config: set[str] = set()
    for section in schema["properties"].values():
        for entry in _entries(section, schema):
            properties = _resolved(entry, schema).get("properties", {})
            if "unique_id" not in properties or "macro_sql" in properties:
                continue
            if "block_contents" in properties or "config" not in properties:
                continue
            entries |= properties.keys()
            for one in _alternatives(properties["config"], schema):
                config |= one.get("properties", {}).keys()
    sections = sorted(schema["properties"])
    return {"sections": sections, "entries": sorted(entries), "config": sorted(config)}


def _entries(section: dict[str, Any], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in _alternatives(section, schema):
        yield from _alternatives(one.get("additionalProperties") or {}, schema)


def _alternatives(value: Any, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if not isinstance(value, dict):
        return
    value = _resolved(value, schema)
    yield value
    for key in ("anyOf", "oneOf"):
        for one in value.get(key, []):
            yield from _alternatives(one, schema)


def _resolved(value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in value:
        place: Any = schema
        for step in value["$ref"].removeprefix("#/").split("/"):
            place = place[step]
        value = place
    return value


def _of_rust(clone: Path) -> Keys:
    entries: set[str] = set()
    sections: set[str] = set()
    config: set[str] = set()
    for name in RUST_FILES:
        text = _show(clone, "HEAD", f"{RUST}/{name}.rs")
        for struct, body in _STRUCT.findall(text):
            if struct in _NO_ENTRIES:
                continue
            kept = config if struct.endswith("Config") else entries
            kept = sections if struct == "DbtManifestV12" else kept
            for attributes, field in _FIELD.findall(body):
                # A name within underscores is flattened: its keys are those of another struct.
                if "skip)" not in attributes and not field.startswith("__"):
                    renamed = _RENAMED.search(attributes)
                    kept.add(renamed[1] if renamed else field)
    return {"sections": sorted(sections), "entries": sorted(entries), "config": sorted(config)}


def _show(clone: Path, branch: str, path: str) -> str:
    command = ["git", "-C", str(clone), "show", f"{branch}:{path}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]))
