"""A git repository with a dbt project in it, and stand-ins for dbt and the helper's script."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PYTHON_DIR = Path(__file__).parents[2]
STG = "select 1 as id, 'x' as phone\n"
STG_WITHOUT_PHONE = "select 1 as id\n"
MART = "select id from {{ ref('stg_users') }} where phone is not null\n"


@dataclass
class Checkout:
    """A git repository with a dbt project in a folder of it, and a dbt that notes its calls."""

    root: Path
    project: Path
    scratch: Path

    def git(self, *args: str) -> str:
        identity = ("-c", "user.name=tests", "-c", "user.email=tests@example.com")
        done = subprocess.run(
            ["git", *identity, *args], cwd=self.root, capture_output=True, text=True, check=True
        )
        return done.stdout

    def commit(self, **models: str | None) -> None:
        for name, sql in models.items():
            file = self.project / "models" / f"{name}.sql"
            file.parent.mkdir(exist_ok=True)
            if sql is None:
                file.unlink()
            else:
                file.write_text(sql)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "change")

    def environment(self) -> dict[str, str]:
        tests = PYTHON_DIR / "tests"
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith("DBT_")},
            "PYTHONPATH": f"{PYTHON_DIR}{os.pathsep}{tests}",
            "TMPDIR": str(self.scratch),
            "FAKE_DBT_LOG": str(self.root.parent / "calls"),
            "DBT_BREAKING_CHANGES_DBT": f"{sys.executable} -m cli.fake_dbt",
        }

    def start(self, *args: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "breaking_changes", "check", *args],
            cwd=self.project,
            env=self.environment() | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def check(self, *args: str, **environment: str) -> tuple[int, str, str]:
        """Exit code, stdout and stderr; and that nothing was left behind."""
        process = self.start(*args, **environment)
        stdout, stderr = process.communicate(timeout=60)
        self.expect_clean()
        return process.returncode, stdout, stderr

    def expect_clean(self) -> None:
        assert list(self.scratch.iterdir()) == []
        assert len(self.git("worktree", "list").splitlines()) == 1

    def calls(self) -> list[dict[str, Any]]:
        log = self.root.parent / "calls"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def make(tmp_path: Path, inside: str) -> Checkout:
    root = tmp_path / "repository"
    scratch = tmp_path / "scratch"
    project = root / inside
    project.mkdir(parents=True)
    scratch.mkdir()
    checkout = Checkout(root, project, scratch)
    checkout.git("init", "--quiet", "--initial-branch", "main")
    (root / ".gitignore").write_text("target/\ndbt_packages/\n")
    (project / "dbt_project.yml").write_text("name: shop\nversion: '1.0'\n")
    checkout.commit(stg_users=STG, mart_users=MART)
    checkout.git("checkout", "--quiet", "-b", "change")
    return checkout
