"""``backtest``: the last commits of a branch, each parsed with the one before it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cli.checkout import STG, STG_WITHOUT_PHONE, Checkout, make

from breaking_changes.commands.backtest import line, summary
from breaking_changes.git import Step

HARMLESS = "select 1 as id, 'x' as phone, 2 as more\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return make(tmp_path, "transform")


def backtest(checkout: Checkout, *args: str) -> tuple[int, list[str], str]:
    """Exit code, the lines of stdout, stderr; and that nothing was left behind."""
    done = subprocess.run(
        [sys.executable, "-m", "breaking_changes", "backtest", *args],
        cwd=checkout.project,
        env=checkout.environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    checkout.expect_clean()
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_one_line_for_each_change_and_none_of_it_compiled(checkout: Checkout) -> None:
    checkout.commit(stg_users=HARMLESS)
    checkout.commit(stg_users=STG_WITHOUT_PHONE)
    checkout.commit(stg_users=STG)
    code, lines, _ = backtest(checkout)
    assert code == 0
    hashes = checkout.git("log", "--format=%h", "--abbrev=7", "-3").split()
    assert [one.split()[0] for one in lines[:3]] == hashes
    assert [one.split()[2] for one in lines[:3]] == ["pass", "fail", "pass"]
    assert " error" in lines[1]
    assert lines[3:] == ["", "3 changes: 1 would have failed, 2 would have passed."]
    calls = checkout.calls()
    assert {call["command"] for call in calls} == {"parse"}
    # The first and the last commit have the same files; each state is parsed once.
    assert len(calls) <= 4


def test_a_merge_is_one_change_with_all_that_it_brought(checkout: Checkout) -> None:
    checkout.git("checkout", "--quiet", "main")
    checkout.git("checkout", "--quiet", "-b", "feature")
    checkout.commit(stg_users=HARMLESS)
    checkout.commit(stg_users=STG_WITHOUT_PHONE)
    checkout.git("checkout", "--quiet", "main")
    checkout.git("merge", "--quiet", "--no-ff", "-m", "Merge feature", "feature")
    code, lines, _ = backtest(checkout, "--last", "5", "--ref", "main")
    assert code == 0
    assert lines[0].endswith("(Merge feature)")
    assert lines[-1] == "1 change: 1 would have failed."


def test_last_and_other_files(checkout: Checkout) -> None:
    for sql in (HARMLESS, STG, HARMLESS):
        checkout.commit(stg_users=sql)
    (checkout.root / "notes.md").write_text("not of the project")
    checkout.git("add", "--all")
    checkout.git("commit", "--quiet", "--message", "notes")
    _, lines, _ = backtest(checkout, "--last", "2")
    assert len(lines) == 4
    assert "(notes)" not in lines[0]


def test_fail_on_counts_as_in_check(checkout: Checkout) -> None:
    checkout.commit(stg_users=STG_WITHOUT_PHONE)
    _, lines, _ = backtest(checkout, "--fail-on", "never")
    assert lines[-1] == "1 change: 1 would have passed."


def test_what_cannot_be_parsed_is_said_and_the_others_go_on(checkout: Checkout) -> None:
    checkout.commit(fails="select nothing")
    checkout.commit(fails=None)
    checkout.commit(stg_users=STG_WITHOUT_PHONE)
    code, lines, stderr = backtest(checkout)
    assert code == 0
    assert [one.split()[2] for one in lines[:3]] == ["fail", "unread", "unread"]
    assert "`dbt parse` of" in lines[1]
    assert "'nothing' is undefined" in stderr
    assert lines[-1] == "3 changes: 1 would have failed, 2 could not be compared."


def test_nothing_to_compare_is_an_error(checkout: Checkout) -> None:
    checkout.commit(fails="select nothing")
    code, _, stderr = backtest(checkout)
    assert code == 2
    assert stderr.splitlines()[-1].startswith("Error: none of these commits could be compared")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--ref", "gone"), "Error: there is no commit 'gone' in this repository."),
        (("--last", "0"), "Error: Invalid value for '--last'"),
        (("--project-dir", "models"), "Error: run this in the folder of a dbt project"),
    ],
)
def test_bad_usage(checkout: Checkout, args: tuple[str, ...], message: str) -> None:
    code, lines, stderr = backtest(checkout, *args)
    assert (code, lines) == (2, [])
    assert stderr.startswith(message)


def test_a_line_fits_and_a_summary_names_what_there_is() -> None:
    step = Step("a" * 40, "b" * 40, "2026-05-01", "Merge\tit " + "x" * 300)
    assert len(line(step, "pass", "nothing breaks", 80)) == 80
    assert line(step, "fail", "2 errors", 80).startswith(
        "aaaaaaa  2026-05-01  fail    2 errors  (M"
    )
    assert summary({"pass": 1}) == "1 change: 1 would have passed."
