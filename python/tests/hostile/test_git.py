"""git runs no program of anyone's for a comparison, and cleans up after runs that were killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from cli.checkout import Checkout, make

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return make(tmp_path, "shop")


def _program(checkout: Checkout, name: str = "program") -> tuple[Path, Path]:
    """A program, and the file that it leaves when it runs."""
    trace = checkout.root.parent / "it_ran"
    program = checkout.root.parent / name
    program.write_text(f"#!/bin/sh\ntouch {trace}\ncat\n")
    program.chmod(0o755)
    return program, trace


HOOKS = (
    *("post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"),
    *("pre-auto-gc", "post-merge"),
)


def _hooks(checkout: Checkout, program: Path) -> None:
    hooks = checkout.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        (hooks / name).symlink_to(program)


def _hooks_path(checkout: Checkout, program: Path) -> None:
    folder = checkout.root / "committed_hooks"
    folder.mkdir()
    for name in HOOKS:
        (folder / name).symlink_to(program)
    checkout.git("config", "core.hooksPath", "committed_hooks")


def _filter(key: str, checkout: Checkout, program: Path) -> None:
    (checkout.root / ".gitattributes").write_text("* filter=evil.one\n")
    checkout.commit()
    checkout.git("checkout", "--quiet", "main")
    (checkout.root / ".gitattributes").write_text("* filter=evil.one\n")
    checkout.commit()
    checkout.git("checkout", "--quiet", "-B", "change")
    checkout.git("config", f"filter.evil.one.{key}", str(program))
    checkout.git("config", "filter.evil.one.required", "true")


def _monitor(checkout: Checkout, program: Path) -> None:
    checkout.git("config", "core.fsmonitor", str(program))


@pytest.mark.parametrize("how", ["hooks", "hooksPath", "smudge", "process", "fsmonitor", "system"])
def test_no_program_runs(how: str, checkout: Checkout) -> None:
    program, trace = _program(checkout)
    environment = {}
    if how == "hooks":
        _hooks(checkout, program)
    elif how == "hooksPath":
        _hooks_path(checkout, program)
    elif how == "fsmonitor":
        _monitor(checkout, program)
    elif how == "system":
        system = checkout.root.parent / "gitconfig"
        system.write_text(f"[core]\n\tfsmonitor = {program}\n")
        environment["GIT_CONFIG_SYSTEM"] = str(system)
    else:
        _filter(how, checkout, program)
    trace.unlink(missing_ok=True)
    code, stdout, stderr = checkout.check("--base-ref", "main", "--compile", **environment)
    assert (code, trace.exists()) == (0, False), stdout + stderr


@pytest.mark.parametrize("ref", ["", " ", "\t", "\n"])
def test_an_empty_ref_is_said(ref: str, checkout: Checkout) -> None:
    code, stdout, stderr = checkout.check("--base-ref", ref)
    message = "--base-ref is empty. Give a commit, such as --base-ref origin/main."
    assert (code, stdout, stderr) == (2, "", f"Error: {message}\n")


@pytest.mark.parametrize(
    "ref", ["--upload-pack=x", "-h", "--", "main --output=x", "$(touch x)", "main\nx", "../x", "@{"]
)
def test_a_ref_is_never_an_option(ref: str, checkout: Checkout) -> None:
    code, stdout, stderr = checkout.check(f"--base-ref={ref}")
    assert (code, stdout) == (2, "")
    assert stderr.startswith("Error: there is no commit ") and stderr.count("\n") == 1


def _start_and_wait(checkout: Checkout) -> subprocess.Popen[str]:
    """A check whose dbt never ends in the worktree; the current side has been parsed before."""
    checkout.check("--base-ref", "main")
    (checkout.root.parent / "calls").unlink()
    checkout.commit(hangs="select 1")
    process = checkout.start("--base-ref", "HEAD")
    deadline = time.monotonic() + 60
    while not checkout.calls() and time.monotonic() < deadline:
        time.sleep(0.05)
    checkout.commit(hangs=None)
    return process


def test_the_next_run_removes_what_a_killed_one_left(checkout: Checkout) -> None:
    process = _start_and_wait(checkout)
    process.kill()
    os.kill(checkout.calls()[0]["pid"], signal.SIGKILL)
    process.communicate(timeout=60)
    assert len(list(checkout.scratch.iterdir())) == 1
    assert len(checkout.git("worktree", "list").splitlines()) == 2
    code, _, stderr = checkout.check("--base-ref", "main", "--compile")
    assert code == 0, stderr


def test_a_run_that_lives_keeps_its_worktree(checkout: Checkout) -> None:
    living = _start_and_wait(checkout)
    second = checkout.start("--base-ref", "main", "--compile")
    second.communicate(timeout=60)
    trees = checkout.git("worktree", "list").splitlines()
    living.send_signal(signal.SIGTERM)
    living.communicate(timeout=60)
    assert (second.returncode, len(trees)) == (0, 2)
    checkout.expect_clean()
