"""``check --base-ref``: the commit compiled aside, every message, and nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from cli.checkout import STG_WITHOUT_PHONE, Checkout, make

PHONE_REMOVED = [("column_removed", "model.shop.stg_users", "phone")]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """The project in a subdirectory, on the branch ``change``, equal to ``main``."""
    return make(tmp_path, "transform")


def changes(stdout: str) -> list[tuple[str, str, str | None]]:
    return [(one["rule"], one["node"], one["column"]) for one in json.loads(stdout)["changes"]]


@pytest.mark.parametrize("inside", [".", "transform", "a/b c"])
def test_compiles_and_compares_both_sides(tmp_path: Path, inside: str) -> None:
    checkout = make(tmp_path, inside)
    checkout.commit(stg_users=STG_WITHOUT_PHONE)
    code, stdout, stderr = checkout.check("--base-ref", "main", "--compile", "--format", "json")
    assert (code, changes(stdout)) == (1, PHONE_REMOVED)
    short = checkout.git("rev-parse", "--short=7", "main").strip()
    assert [line.partition("dbt")[0] == "" or line.endswith("...") for line in stderr.splitlines()]
    assert stderr.splitlines()[-1].endswith(f"compile: main ({short}) ...")


def test_the_report_names_the_ref(checkout: Checkout) -> None:
    _, stdout, _ = checkout.check("--base-ref", "main", "--compile")
    assert stdout.splitlines()[0] == "breaking changes: nothing breaks, compared with main"


def test_without_compile_dbt_only_parses(checkout: Checkout) -> None:
    checkout.commit(stg_users=STG_WITHOUT_PHONE)
    code, stdout, _ = checkout.check("--base-ref", "main", "--format", "json")
    assert (code, changes(stdout)) == (1, PHONE_REMOVED)
    assert [call["command"] for call in checkout.calls()] == ["parse", "parse"]


@pytest.mark.parametrize("first", [("--compile",), ()], ids=["compiled", "parsed"])
def test_an_unchanged_project_has_no_changes_whatever_is_compiled(
    checkout: Checkout, first: tuple[str, ...]
) -> None:
    checkout.check("--base-ref", "main", *first)
    code, stdout, _ = checkout.check("--base-ref", "main", "--format", "json", "--level", "strict")
    report = json.loads(stdout)
    assert (code, report["changes"]) == (0, [])
    assert (report["coverage"]["changed"], report["coverage"]["not_compared"]) == (0, [])
    assert checkout.calls()[-1]["command"] == "parse"


def test_both_sides_get_the_same_profile_target_and_vars(checkout: Checkout) -> None:
    (checkout.project / "profiles.yml").write_text("shop: {}\n")
    options = ("--target", "ci", "--profile", "shop", "--vars", '{"day": "2025-01-01"}')
    assert checkout.check("--base-ref", "main", "--compile", *options)[0] == 0
    current, base = (call["options"] for call in checkout.calls())
    for option in ("--target", "--profile", "--vars", "--profiles-dir"):
        assert current[option] == base[option]
    assert base["--profiles-dir"] == str(checkout.project)
    assert base["--project-dir"] != current["--project-dir"] == str(checkout.project)


def test_changes_that_are_not_committed_count_and_are_said(checkout: Checkout) -> None:
    (checkout.project / "models" / "stg_users.sql").write_text(STG_WITHOUT_PHONE)
    code, stdout, stderr = checkout.check("--base-ref", "HEAD", "--compile", "--format", "json")
    assert (code, changes(stdout)) == (1, PHONE_REMOVED)
    assert "Note: changes that are not committed belong to the current side.\n" in stderr
    assert checkout.git("status", "--short") == " M transform/models/stg_users.sql\n"


def test_a_branch_that_moved_on_is_compared_where_they_part(checkout: Checkout) -> None:
    checkout.git("checkout", "--quiet", "main")
    checkout.commit(stg_users="select 1 as id, 'x' as phone, 2 as added_on_main\n")
    checkout.git("checkout", "--quiet", "change")
    code, stdout, stderr = checkout.check("--base-ref", "main", "--compile", "--format", "json")
    assert (code, changes(stdout)) == (0, [])
    assert "Note: main has commits that HEAD lacks; comparing with " in stderr


def test_hooks_of_the_user_do_not_run_and_a_hooks_variables_do_not_mislead(
    checkout: Checkout,
) -> None:
    hook = checkout.root / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {checkout.root.parent}/hook_ran\n")
    hook.chmod(0o755)
    index = str(checkout.root / ".git" / "index.lock.of.a.hook")
    assert checkout.check("--base-ref", "main", "--compile", GIT_INDEX_FILE=index)[0] == 0
    assert not (checkout.root.parent / "hook_ran").exists()


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("nowhere", "there is no commit 'nowhere' in this repository.\n"),
        (
            "origin/feature",
            "there is no commit 'origin/feature' in this repository. "
            "Fetch it: git fetch origin feature:refs/remotes/origin/feature\n",
        ),
        ("--help", "there is no commit '--help' in this repository.\n"),
    ],
)
def test_a_missing_ref(checkout: Checkout, ref: str, message: str) -> None:
    checkout.git("remote", "add", "origin", "https://example.com/shop.git")
    code, stdout, stderr = checkout.check(f"--base-ref={ref}", "--compile")
    assert (code, stdout) == (2, "")
    assert stderr.endswith(f"Error: {message}")


def shallow(checkout: Checkout, tmp_path: Path) -> Checkout:
    checkout.commit(stg_users=STG_WITHOUT_PHONE)
    clone = tmp_path / "clone"
    source = checkout.root.as_uri()
    checkout.git("clone", "--quiet", "--depth", "1", "--branch", "change", source, str(clone))
    return Checkout(clone, clone / "transform", checkout.scratch)


def test_a_shallow_clone_without_the_ref(checkout: Checkout, tmp_path: Path) -> None:
    code, stdout, stderr = shallow(checkout, tmp_path).check("--base-ref", "HEAD~1", "--compile")
    assert (code, stdout) == (2, "")
    assert stderr.splitlines()[-1] == (
        "Error: there is no commit 'HEAD~1' in this repository. This is a shallow clone: "
        "git fetch --unshallow fetches the rest (GitHub: fetch-depth: 0 of actions/checkout; "
        "GitLab: GIT_DEPTH: 0)."
    )


def test_a_shallow_clone_with_the_ref(checkout: Checkout, tmp_path: Path) -> None:
    clone = shallow(checkout, tmp_path)
    clone.git("fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    code, stdout, stderr = clone.check("--base-ref", "origin/main", "--compile", "--format", "json")
    assert (code, changes(stdout)) == (1, PHONE_REMOVED)
    assert "Note: comparing with origin/main itself: this shallow clone does not reach" in stderr


def test_no_repository(checkout: Checkout) -> None:
    (checkout.root / ".git").rename(checkout.root / "not_git")
    process = checkout.start("--base-ref", "main", "--compile")
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 2
    assert stderr.splitlines()[-1].startswith(
        f"Error: {checkout.project} is in no git repository, so there is nothing to check"
    )


def test_no_project_at_that_commit(checkout: Checkout) -> None:
    checkout.git("mv", "transform", "moved")
    checkout.commit()
    moved = Checkout(checkout.root, checkout.root / "moved", checkout.scratch)
    code, _, stderr = moved.check("--base-ref", "main", "--compile")
    assert code == 2
    assert "has no moved/dbt_project.yml: there is no project to compare with." in stderr


def test_a_commit_that_does_not_compile(checkout: Checkout) -> None:
    checkout.commit(fails="select 1")
    checkout.commit(fails=None)
    code, stdout, stderr = checkout.check("--base-ref", "HEAD~1", "--compile")
    assert (code, stdout) == (2, "")
    *_, first, second, error = stderr.splitlines()
    assert (first, second) == (
        "  | Compilation Error in model fails",
        "  |   'nothing' is undefined",
    )
    assert error.startswith("Error: `dbt compile` of HEAD~1 (")
    assert error.endswith(") failed with exit code 2; what it said is above.")


def test_this_project_does_not_compile(checkout: Checkout) -> None:
    checkout.commit(fails="select 1")
    code, _, stderr = checkout.check("--base-ref", "main", "--compile")
    assert code == 2
    assert "Error: `dbt compile` of this project failed with exit code 2;" in stderr


@pytest.mark.parametrize("program", ["no-such-dbt", "no-such-tool run dbt", ""])
def test_no_dbt(checkout: Checkout, program: str) -> None:
    code, stdout, stderr = checkout.check("--base-ref", "main", "--dbt", program)
    assert (code, stdout) == (2, "")
    assert stderr.startswith(f"Error: {program} is not on PATH. Activate the environment that dbt")


def test_no_git(checkout: Checkout) -> None:
    code, _, stderr = checkout.check("--base-ref", "main", PATH="/nowhere")
    assert code == 2
    assert stderr.startswith(
        "Error: git is not on PATH. Compare two target directories: --base DIR"
    )


PACKAGES = "packages: [{package: some/hub_package, version: 1.0.0}]\n"


def test_installed_packages_are_reused(checkout: Checkout) -> None:
    (checkout.project / "packages.yml").write_text(PACKAGES)
    checkout.commit()
    (checkout.project / "dbt_packages" / "hub_package").mkdir(parents=True)
    assert checkout.check("--base-ref", "HEAD", "--compile")[0] == 0
    assert [call["command"] for call in checkout.calls()] == ["compile", "compile"]
    assert (checkout.project / "dbt_packages" / "hub_package").is_dir()


@pytest.mark.parametrize("missing", [True, False])
def test_packages_are_installed_when_missing_or_different(
    checkout: Checkout, missing: bool
) -> None:
    (checkout.project / "packages.yml").write_text(PACKAGES)
    checkout.commit()
    if not missing:
        (checkout.project / "packages.yml").write_text(PACKAGES.replace("1.0.0", "2.0.0"))
        checkout.commit()
        (checkout.project / "dbt_packages").mkdir()
    base = "HEAD" if missing else "HEAD~1"
    assert checkout.check("--base-ref", base, "--compile")[0] == 0
    commands = [call["command"] for call in checkout.calls()]
    assert commands == (
        ["deps", "compile", "compile"] if missing else ["compile", "deps", "compile"]
    )


def test_a_package_of_the_repository_is_taken_from_the_commit(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    from breaking_changes.base_ref import install_packages
    from breaking_changes.dbt_command import Dbt
    from breaking_changes.project import Project

    (checkout.project / "packages.yml").write_text("packages: [{local: ../local_package}]\n")
    (checkout.root / "local_package").mkdir()
    installed = checkout.project / "dbt_packages"
    installed.mkdir()
    (installed / "local_package").symlink_to(checkout.root / "local_package")
    (installed / "hub_package").mkdir()
    tree = checkout.scratch / "tree"
    (tree / "transform").mkdir(parents=True)
    (tree / "transform" / "packages.yml").write_bytes(
        (checkout.project / "packages.yml").read_bytes()
    )
    project = Project.at(checkout.project)
    assert project
    install_packages(tree / "transform", project, checkout.root, tree, Dbt("no-such-dbt"), "x")
    links = {one.name: one.readlink() for one in (tree / "transform" / "dbt_packages").iterdir()}
    assert links == {
        "local_package": tree / "local_package",
        "hub_package": installed / "hub_package",
    }


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_check_leaves_nothing_behind(
    checkout: Checkout, number: signal.Signals
) -> None:
    checkout.check("--base-ref", "main")
    (checkout.root.parent / "calls").unlink()
    checkout.commit(hangs="select 1")
    process = checkout.start("--base-ref", "HEAD")
    deadline = time.monotonic() + 30
    while not checkout.calls() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(checkout.scratch.iterdir()), "it is at work"
    process.send_signal(number)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 2
    assert stderr.endswith("Error: interrupted\n")
    checkout.expect_clean()
    [call] = checkout.calls()
    with pytest.raises(ProcessLookupError):
        os.kill(call["pid"], 0)
