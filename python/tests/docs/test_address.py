"""The repository's address has one owner everywhere, and `make address` changes it everywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from projects import REPOSITORY

ADDRESS = re.compile(r"([\w<>.-]+)/dbt_breaking_changes(?:\.git\b|@|\b(?=[\s\"']|$))")
FILES = ("README.md", "docs", "examples", "action.yml", "python/pyproject.toml")


def owners(root: Path) -> dict[str, set[str]]:
    """The owners that each file names, of those that name one."""
    paths = [
        path
        for name in FILES
        for path in ([root / name] if (root / name).is_file() else sorted((root / name).rglob("*")))
        if path.suffix in (".md", ".yml", ".toml")
    ]
    found = {
        str(path.relative_to(root)): {
            line_owner
            for line in path.read_text(encoding="utf-8").splitlines()
            if "github.com/" in line or "uses:" in line
            for line_owner in ADDRESS.findall(line)
        }
        for path in paths
    }
    return {name: named for name, named in found.items() if named}


def test_make_address_writes_one_owner_into_every_file(tmp_path: Path) -> None:
    here = owners(REPOSITORY)
    assert len(set.union(*here.values())) == 1, here
    assert {"README.md", "python/pyproject.toml", "examples/ci/github.yml"} <= here.keys()

    copy = tmp_path / "copy"
    for name in ("Makefile", *here):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, copy / name)
    for command in ("git init --quiet", "git add --all", "make --silent address OWNER=some-team"):
        subprocess.run(command.split(), cwd=copy, check=True)
    assert owners(copy) == {key: {"some-team"} for key in here}
