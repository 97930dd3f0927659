"""A package of another version: `check --base-ref` with what the real dbt installs of both."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

DBT = Path(sys.executable).parent / "dbt"
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(Path(__file__).parents[2]),
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
}

#: The files of the package in both versions.
CRM: dict[str, dict[str, Any]] = {
    "1.0.0": {
        "dbt_project.yml": "name: crm\nversion: 1.0.0\nrequire-dbt-version: '>=1.8.0'\n",
        "models/crm_users.sql": "select 1 as id, 'x' as name, '1' as phone",
        "models/crm_visits.sql": "select 1 as user_id, 2 as pages",
    },
    "2.0.0": {
        "dbt_project.yml": "name: crm\nversion: 2.0.0\nrequire-dbt-version: '>=1.10.0'\n",
        "models/crm_users.sql": "select 1 as id, 'x' as name",
        "models/crm_visits.sql": None,
    },
}
OUTPUT = {"type": "duckdb", "path": "target/shop.duckdb"}
SHOP = {
    "dbt_project.yml": "name: shop\nversion: 1.0.0\nprofile: shop\n",
    "profiles.yml": yaml.safe_dump({"shop": {"target": "dev", "outputs": {"dev": OUTPUT}}}),
    "models/phones.sql": "select id, phone from {{ ref('crm_users') }}",
    "models/names.sql": "select id, name from {{ ref('crm_users') }}",
    "models/own.sql": "select 1 as id, 2 as amount",
    "models/totals.sql": "select amount from {{ ref('own') }}",
}


def _run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )


def _git(folder: Path, *args: str) -> None:
    identity = ("-c", "user.name=tests", "-c", "user.email=tests@example.com")
    done = _run(folder, "git", *identity, *args)
    assert done.returncode == 0, done.stderr


def _commit(folder: Path, message: str) -> None:
    _git(folder, "add", "--all", "--force")
    _git(folder, "commit", "--quiet", "--message", message)


def _write(folder: Path, files: dict[str, Any]) -> None:
    for path, text in files.items():
        file = folder / path
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


def _deps(folder: Path) -> None:
    done = _run(folder, DBT, "deps", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """The package's own repository, with a tag for each version."""
    folder = tmp_path / "crm"
    folder.mkdir()
    _git(folder, "init", "--quiet", "--initial-branch", "main")
    for version, files in CRM.items():
        _write(folder, files)
        _commit(folder, version)
        _git(folder, "tag", version)
    return folder


def _ask_for(version: str, where: str, shop: Path, packages: Path) -> None:
    """Has the project ask for a version of the package, and installs it."""
    wanted: dict[str, Any] = {"git": packages.as_uri(), "revision": version}
    if where == "in the repository":
        _write(shop / "packages" / "crm", CRM[version])
        wanted = {"local": "packages/crm"}
    _write(shop, {"packages.yml": yaml.safe_dump({"packages": [wanted]})})
    (shop / "package-lock.yml").unlink(missing_ok=True)
    _deps(shop)
    if where == "installed packages committed":
        shutil.rmtree(shop / "dbt_packages" / "crm" / ".git")


#: Where the package comes from, and what of it the project's repository keeps.
PLACES = [
    "installed from git",
    "in the repository",
    "installed packages committed",
    "installed packages committed with their own git",
]


#: What the report shows of it, by the beginning of its lines, with the package's findings together.
SHOWN = ("breaking", "package", "this project", "error", "warn", "result")
TEXT = [
    "breaking changes: 2 errors, 1 warning: 2 models break, compared with main",
    "error   column_removed: own.amount was removed",
    "package crm:",
    "error   column_removed: crm_users.phone was removed",
    "warn    model_removed: crm_visits was removed",
    "package crm: 1.0.0 to 2.0.0, requires dbt >=1.10.0 now, before >=1.8.0: "
    "not every project that has it can install it, 2 findings",
    "result: fail",
]


@pytest.mark.parametrize("where", PLACES)
def test_what_a_bump_breaks_is_found(where: str, packages: Path, tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    kept = ["target/", "logs/", ".user.yml"]
    kept += [] if "committed" in where else ["dbt_packages/"]
    _write(shop, {**SHOP, ".gitignore": "\n".join(kept) + "\n"})
    _git(shop, "init", "--quiet", "--initial-branch", "main")
    _ask_for("1.0.0", where, shop, packages)
    _git(shop, "add", "--all")
    _git(shop, "commit", "--quiet", "--message", "main")
    _git(shop, "checkout", "--quiet", "-b", "bump")
    _ask_for("2.0.0", where, shop, packages)
    _write(shop, {"models/own.sql": "select 1 as id"})
    _git(shop, "add", "--all")
    _git(shop, "commit", "--quiet", "--message", "bump")

    check = (sys.executable, "-m", "breaking_changes", "check", "--dbt", DBT, "--base-ref", "main")
    done = _run(shop, *check, "--format", "json", "--full")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    found = {
        (change["rule"], change["node"], change["column"]): {
            entry["node"]: entry["verdict"] for entry in change["impact"]
        }
        for change in report["changes"]
    }
    assert found == {
        ("column_removed", "model.shop.own", "amount"): {"model.shop.totals": "breaks"},
        ("column_removed", "model.crm.crm_users", "phone"): {"model.shop.phones": "breaks"},
        ("model_removed", "model.crm.crm_visits", None): {},
    }
    [crm] = [one for one in report["coverage"]["packages"] if one["name"] == "crm"]
    assert crm == {
        "name": "crm",
        **{"before": "1.0.0", "after": "2.0.0", "narrowed": True, "findings": 2},
        **{"required_dbt_before": ">=1.8.0", "required_dbt": ">=1.10.0"},
    }
    if where == PLACES[0]:
        text = _run(shop, *check, "--full").stdout
        assert [line for line in text.splitlines() if line.startswith(SHOWN)] == TEXT
