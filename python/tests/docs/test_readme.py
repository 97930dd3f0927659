"""README tells the truth: its commands run as written, and its report is one that was printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from projects import REPOSITORY, Project, made_once
from scenarios import load_scenarios

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

#: Every command of README with the exit code that it has after a breaking change. A command that
#: README gains or loses fails the test until it stands here too.
EXIT_CODES = {
    "dbt parse": 0,
    "dbt-breaking-changes check --base prod-state": 1,
    "dbt deps": 0,
    "pip install dbt_packages/dbt_breaking_changes/python": 0,
    "dbt-breaking-changes check --base prod-state -o report.html -o report.sarif -o report.md": 1,
    "dbt run-operation detect_breaking_changes --state prod-state": 1,
    "dbt --quiet run-operation detect_breaking_changes "
    "--args '{prior: prod-state/manifest.json, format: github}'": 1,
    "dbt compile": 0,
    "dbt-breaking-changes lineage": 0,
    "dbt --quiet run-operation detect_breaking_changes --state prod-state "
    "--args '{format: json, fail_on: never}'": 0,
    "dbt build --state prod-state": 2,
}

#: What has to be there before the first commands of README work.
FIRST = ("dbt deps", "pip install dbt_packages/dbt_breaking_changes/python")


def blocks(language: str) -> list[str]:
    """The text of README's code blocks in one language."""
    return [text for found, text in BLOCK.findall(README) if found == language]


def commands() -> list[str]:
    """Every shell command of README, once."""
    lines = [line for block in blocks("bash") for line in block.splitlines()]
    return list(dict.fromkeys(lines))


def hook() -> str:
    """The line that README tells to add to dbt_project.yml."""
    (line,) = [block for block in blocks("yaml") if block.startswith("on-run-start")]
    return line


@pytest.fixture(scope="module")
def changed_shop(shop_built: Project, shared_folder: Path) -> Project:
    """The integration project after a breaking change, with its former target as prod-state."""

    def make(folder: Path) -> None:
        project = Project.copy_of(shop_built.root, folder)
        (folder / "prod-state").mkdir()
        shutil.copy(shop_built.target / "manifest.json", folder / "prod-state")
        change = next(each for each in load_scenarios() if each.name == "several_changes")
        change.apply(project)
        # The package comes as README installs it, not as the other tests link it.
        shutil.rmtree(folder / "dbt_packages")
        project.write("packages.yml", f"packages: [{{local: {REPOSITORY}}}]\n")
        settings = (folder / "dbt_project.yml").read_text(encoding="utf-8")
        own_hook = re.compile(r"^on-run-start: (.*)$", re.MULTILINE)
        with_gate = own_hook.sub(lambda found: f"on-run-start:\n  - {gate}  - {found[1]}", settings)
        assert with_gate != settings
        project.write("dbt_project.yml", with_gate)

    gate = hook().removeprefix("on-run-start: ")
    return Project(made_once(shared_folder / "readme", make))


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a user: dbt from here, the helper only once pip has installed it."""
    home = tmp_path_factory.mktemp("user")
    subprocess.run([sys.executable, "-m", "venv", home / "venv"], check=True)
    tools = home / "tools"
    tools.mkdir()
    (tools / "dbt").symlink_to(Path(sys.executable).parent / "dbt")
    path = os.pathsep.join([str(home / "venv/bin"), str(tools), "/usr/bin", "/bin"])
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return {**kept, "PATH": path, "XDG_CACHE_HOME": str(home / "cache")}


def test_every_command_is_run() -> None:
    assert commands() == list(EXIT_CODES)


def test_commands_run_as_written(changed_shop: Project, shell: dict[str, str]) -> None:
    outcomes = {}
    for command in (*FIRST, *(one for one in commands() if one not in FIRST)):
        done = subprocess.run(
            command, shell=True, cwd=changed_shop.root, env=shell, capture_output=True, text=True
        )
        outcomes[command] = done.returncode
        assert done.returncode == EXIT_CODES[command], f"{command}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stdout + done.stderr
        if command == "dbt-breaking-changes check --base prod-state":
            assert done.stdout in README
    assert outcomes == EXIT_CODES
    for report in ("report.html", "report.sarif", "report.md"):
        assert (changed_shop.root / report).stat().st_size > 0


def test_yaml_blocks_are_yaml() -> None:
    assert all(isinstance(yaml.safe_load(block), dict) for block in blocks("yaml"))


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    local = [link for link in links if "://" not in link]
    assert local
    assert [link for link in local if not (REPOSITORY / link).exists()] == []


def test_the_table_of_engines_is_that_of_the_accuracy_page() -> None:
    table = re.compile(r"^\| engine \| proven by \|\n(?:\|.*\n)+", re.MULTILINE)
    accuracy = (REPOSITORY / "docs/accuracy.md").read_text(encoding="utf-8")
    (there,), (here,) = table.findall(accuracy), table.findall(README)
    assert here == there
