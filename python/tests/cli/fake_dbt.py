"""Stands in for dbt: compiles each model by replacing its refs, or only finds them, and notes how.

A model named ``fails`` fails to compile, one named ``hangs`` never ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

from lineage_manifests import manifest, node


def main(command: str, *args: str) -> int:
    options = dict(zip(args[::2], args[1::2], strict=True))
    project = Path(options.get("--project-dir", "."))
    with Path(os.environ["FAKE_DBT_LOG"]).open("a") as log:
        log.write(json.dumps({"command": command, "options": options, "pid": os.getpid()}) + "\n")
    if command == "deps":
        (project / "dbt_packages" / "installed").mkdir(parents=True, exist_ok=True)
        return 0
    nodes: list[dict[str, Any]] = []
    for file in sorted((project / "models").glob("*.sql")):
        if file.stem == "fails":
            print("Compilation Error in model fails\n  'nothing' is undefined")
            return 2
        while file.stem == "hangs":
            time.sleep(0.05)
        sql = file.read_text()
        parents = tuple(f"model.shop.{name}" for name in re.findall(r"ref\('(\w+)'\)", sql))
        compiled: str | None = re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r'"dev"."main"."\1"', sql)
        checksum = {"name": "sha256", "checksum": hashlib.sha256(sql.encode()).hexdigest()}
        model = f"model.shop.{file.stem}"
        if command == "parse":
            compiled = None
        nodes.append(node(model, compiled, parents, raw_code=sql, checksum=checksum))
    target = Path(options.get("--target-path", project / "target"))
    target.mkdir(exist_ok=True)
    (target / "manifest.json").write_text(json.dumps(manifest(*nodes)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
