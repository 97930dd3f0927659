"""The action, the hook and the workflow examples: valid YAML, and shell steps that really run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli.checkout import STG_WITHOUT_PHONE, Checkout, make

from breaking_changes.commands import environment_variable
from breaking_changes.commands.check import check

REPOSITORY = Path(__file__).parents[3]
EXAMPLES = REPOSITORY / "examples" / "ci"
ACTION: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
VARIABLES = {environment_variable(option) for option in check.params}  # type: ignore[arg-type]

#: Programs that the steps call and the tests must not: each notes how it was called.
NOTED = ("pip", "gh")


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", REPOSITORY / "action.yml"),
        ("vendor.github-workflows", EXAMPLES / "github.yml"),
        ("vendor.github-workflows", EXAMPLES / "github-deploy.yml"),
        ("vendor.github-workflows", EXAMPLES / "github-without-action.yml"),
        ("vendor.gitlab-ci", EXAMPLES / "gitlab.yml"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_a_file_obeys_its_service(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_example_is_known() -> None:
    tried = {"github.yml", "github-deploy.yml", "github-without-action.yml", "gitlab.yml"}
    assert {file.name for file in EXAMPLES.iterdir()} == tried | {"pre-commit-config.yml"}


def test_the_action_sets_options_that_exist_and_uses_every_input() -> None:
    text = (REPOSITORY / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"(DBT_BREAKING_CHANGES_\w+):", text)) <= VARIABLES
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    assert used == set(ACTION["inputs"])
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"], "an input inside a script could end it"


def test_the_github_example_gives_inputs_that_exist() -> None:
    workflow = yaml.safe_load((EXAMPLES / "github.yml").read_text(encoding="utf-8"))
    [step] = [
        step
        for step in workflow["jobs"]["breaking-changes"]["steps"]
        if "dbt_breaking_changes@" in step.get("uses", "")
    ]
    assert set(step["with"]) <= set(ACTION["inputs"])


class Runner:
    """Runs shell steps as a CI service does, in a checkout whose branch dropped a column."""

    def __init__(self, tmp_path: Path) -> None:
        self.checkout: Checkout = make(tmp_path, ".")
        self.checkout.commit(stg_users=STG_WITHOUT_PHONE)
        self.checkout.git("update-ref", "refs/remotes/origin/main", "main")
        self.noted = tmp_path / "noted"
        self.noted.touch()
        self.bin = tmp_path / "bin"
        self.bin.mkdir()
        self._script("dbt", f'exec {sys.executable} -m cli.fake_dbt "$@"')
        self._script("dbt-breaking-changes", f'exec {sys.executable} -m breaking_changes "$@"')
        self._script("python", f'echo "python $*" >> {self.noted}')
        for program in NOTED:
            self._script(
                program, f'echo "{program} $*" >> {self.noted}\necho "$REPLY_OF_{program}"'
            )

    def _script(self, name: str, body: str) -> None:
        (self.bin / name).write_text(f"#!/bin/bash\n{body}\n")
        (self.bin / name).chmod(0o755)

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        inherited = self.checkout.environment()
        del inherited["DBT_BREAKING_CHANGES_DBT"]
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.checkout.project,
            env={**inherited, "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}", **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def expanded(text: str, known: Mapping[str, str]) -> str:
    """Resolves the plain expressions that the action uses."""
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: known.get(match[1], ""), text)


def run_action(runner: Runner, reply: str = "", **inputs: str) -> tuple[int, str]:
    """Runs every step of the action as for a pull request; gives exit code and output."""
    temporary = runner.checkout.root.parent
    given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
    known = {f"inputs.{name}": value for name, value in {**given, **inputs}.items()}
    known |= {"github.action_path": str(REPOSITORY), "github.event.pull_request.number": "7"}
    service = {
        "GITHUB_BASE_REF": "main",
        "GITHUB_REPOSITORY": "example/shop",
        "GITHUB_OUTPUT": str(temporary / "github_output"),
        "GITHUB_STEP_SUMMARY": str(temporary / "summary"),
        "RUNNER_TEMP": str(temporary),
        "REPLY_OF_gh": reply,
    }
    printed, code = "", 0
    for step in ACTION["runs"]["steps"]:
        if step["name"] == "Comment" and known["inputs.comment"] != "true":
            continue
        environment = {key: expanded(value, known) for key, value in step.get("env", {}).items()}
        done = runner.run(step["run"], **service, **environment)
        printed, code = printed + done.stdout + done.stderr, done.returncode
        if step.get("id") == "check":
            outputs = (temporary / "github_output").read_text().splitlines()
            pairs = (line.partition("=") for line in outputs)
            known |= {f"steps.check.outputs.{key}": value for key, _, value in pairs}
        if code:
            break
    return code, printed


def test_the_action_fails_the_job_and_annotates(runner: Runner) -> None:
    root = runner.checkout.root
    code, printed = run_action(runner, compile="true", output="report.sarif\nhtml/report.html\n")
    assert code == 1
    assert "::error file=models/stg_users.sql,line=1,title=column_removed::" in printed
    assert json.loads((root / "report.sarif").read_text())["version"] == "2.1.0"
    assert (root / "html" / "report.html").exists()
    assert (root.parent / "summary").read_text().startswith("<!-- dbt-breaking-changes -->")
    installed = runner.noted.read_text().split()
    assert installed[:5] == ["python", "-P", "-m", "pip", "install"]
    assert (Path(installed[-1]) / "pyproject.toml").is_file()


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"compile": "true", "fail-on": "never"}, 0),
        ({"compile": "true", "level": "relation"}, 1),  # a model does not bind, whatever the cause
        ({"compile": "true", "base-ref": "HEAD"}, 0),
        ({"compile": "true", "base-ref": "nowhere"}, 2),
        ({"compile": "false"}, 1),
        ({"compile": "true", "vars": '{"breaking_changes_fail_on": "never"}'}, 0),
        ({"compile": "true", "project-dir": "models"}, 2),
    ],
)
def test_the_actions_exit_code(runner: Runner, inputs: dict[str, str], code: int) -> None:
    assert run_action(runner, **inputs)[0] == code


@pytest.mark.parametrize(
    ("former", "call"),
    [
        ("", "gh api --silent --method POST repos/example/shop/issues/7/comments"),
        ("42", "gh api --silent --method PATCH repos/example/shop/issues/comments/42"),
    ],
)
def test_the_action_comments_once(runner: Runner, former: str, call: str) -> None:
    code, _ = run_action(runner, reply=former, compile="true", comment="true")
    assert code == 1
    last = runner.noted.read_text().splitlines()[-1]
    assert last.startswith(f"{call} --field body=@")
    assert Path(last.partition("@")[2]).read_text().startswith("<!-- dbt-breaking-changes -->")


def shell_steps(file: str) -> list[tuple[str, str]]:
    """Name and script of each shell step of an example workflow."""
    workflow = yaml.safe_load((EXAMPLES / file).read_text(encoding="utf-8"))
    [job] = workflow["jobs"].values()
    return [(step["name"], step["run"]) for step in job["steps"] if "run" in step]


def test_the_workflow_without_the_action(runner: Runner) -> None:
    checkout = runner.checkout
    checkout.git("checkout", "--quiet", "main")
    for _, script in shell_steps("github-deploy.yml"):
        assert runner.run(script.replace("dbt build", "dbt compile")).returncode == 0
    checkout.git("checkout", "--quiet", "change")
    summary = checkout.root.parent / "summary"
    results = {
        name: runner.run(script, GITHUB_STEP_SUMMARY=str(summary), REPLY_OF_gh="5")
        for name, script in shell_steps("github-without-action.yml")
    }
    assert {name: done.returncode for name, done in results.items()} == {
        "Install dbt and the helper": 0,
        "Fetch the state of the last deployment": 0,
        "Compare with the last deployment": 1,
    }
    assert "gh run download 5 --name dbt-state --dir prod-state" in runner.noted.read_text()
    assert "::error file=models/stg_users.sql" in results["Compare with the last deployment"].stdout
    assert "stg_users.phone was removed" in summary.read_text()


def test_the_gitlab_job(runner: Runner) -> None:
    job = yaml.safe_load((EXAMPLES / "gitlab.yml").read_text(encoding="utf-8"))["breaking-changes"]
    checkout = runner.checkout
    checkout.git("remote", "add", "origin", str(checkout.root))
    variables = {**job["variables"], "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    done = runner.run("\n".join(job["script"]), **variables)
    assert done.returncode == 1, done.stderr
    artifacts = job["artifacts"]
    entries = json.loads((checkout.root / artifacts["reports"]["codequality"]).read_text())
    assert entries[0]["check_name"] == "column_removed"
    assert (checkout.root / artifacts["reports"]["junit"]).exists()
    assert (checkout.root / artifacts["paths"][0]).exists()


def pre_commit(folder: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", *args]
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(
        command,
        cwd=folder,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_hook_is_valid_and_stops_a_push(runner: Runner, tmp_path: Path) -> None:
    manifest = REPOSITORY / ".pre-commit-hooks.yaml"
    assert pre_commit(REPOSITORY, "validate-manifest", str(manifest)).returncode == 0
    example = EXAMPLES / "pre-commit-config.yml"
    assert pre_commit(REPOSITORY, "validate-config", str(example)).returncode == 0
    [hook] = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    used = yaml.safe_load(example.read_text(encoding="utf-8"))["repos"][0]["hooks"]
    assert [one["id"] for one in used] == [hook["id"]]

    checkout = runner.checkout
    local = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (checkout.root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(local))
    checkout.commit()
    environment = checkout.environment()
    del environment["DBT_BREAKING_CHANGES_DBT"]
    environment["PATH"] = f"{runner.bin}{os.pathsep}{os.environ['PATH']}"
    environment["PRE_COMMIT_HOME"] = str(tmp_path / "pre-commit")
    command = ("run", "--hook-stage", "pre-push", "--all-files", "--verbose")
    done = pre_commit(checkout.root, *command, **environment)
    assert done.returncode == 1
    assert "column_removed: stg_users.phone was removed" in done.stdout
    checkout.commit(stg_users="select 1 as id, 'x' as phone\n")
    assert pre_commit(checkout.root, *command, **environment).returncode == 0
