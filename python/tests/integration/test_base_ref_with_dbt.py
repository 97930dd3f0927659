"""``check --base-ref`` with the real dbt, as it is typed in a pull request."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from projects import Project

PYTHON_DIR = Path(__file__).parents[2]


def git(folder: Path, *args: str) -> None:
    identity = ("-c", "user.name=tests", "-c", "user.email=tests@example.com")
    subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("compiled", [("--compile",), ()], ids=["compiled", "parsed"])
def test_a_branch_is_compared_with_main(shop: Project, compiled: tuple[str, ...]) -> None:
    (shop.root / ".gitignore").write_text("target/\nlogs/\ndbt_packages/\n.user.yml\n")
    git(shop.root, "init", "--quiet", "--initial-branch", "main")
    git(shop.root, "add", "--all")
    git(shop.root, "commit", "--quiet", "--message", "main")
    git(shop.root, "checkout", "--quiet", "-b", "change")
    shop.edit("models/staging/stg_users.sql", "            phone,\n", "")
    git(shop.root, "commit", "--quiet", "--all", "--message", "change")

    dbt = Path(sys.executable).parent / "dbt"
    command = [sys.executable, "-m", "breaking_changes", "check", "--dbt", str(dbt)]
    done = subprocess.run(
        [*command, "--base-ref", "main", *compiled, "--format", "json"],
        cwd=shop.root,
        env={**os.environ, "PYTHONPATH": str(PYTHON_DIR)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    [removed, *_] = json.loads(done.stdout)["changes"]
    assert (removed["rule"], removed["node"], removed["column"]) == (
        *("column_removed", "model.shop.stg_users", "phone"),
    )
    broken = {one["node"] for one in removed["impact"] if one["verdict"] == "breaks"}
    assert broken == {"model.shop.dim_users.v2", "model.shop.mart_marketing_audience"}
    worktrees = subprocess.run(
        ["git", "worktree", "list"], cwd=shop.root, capture_output=True, text=True, check=True
    )
    assert len(worktrees.stdout.splitlines()) == 1
