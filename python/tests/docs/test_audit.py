"""What `make audit` makes of pip-audit's answers."""

from __future__ import annotations

import json

import pytest
from audit import runtime, verdict

FINE = {"name": "click", "version": "8.5.1", "vulns": []}
FAULT = {"id": "CVE-2025-27516", "fix_versions": ["3.1.6"], "aliases": [], "description": ""}
BAD = {"name": "jinja2", "version": "3.1.5", "vulns": [FAULT]}
UNKNOWN = {"name": "sqlglot", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("packages", "code", "text"),
    [
        ([FINE], 0, "audit: 1 packages without known vulnerabilities"),
        (
            [FINE, UNKNOWN],
            0,
            "audit: 1 packages without known vulnerabilities; the index knows nothing of 1 others",
        ),
        (
            [UNKNOWN],
            0,
            "audit: nothing was audited: the index has no data of vulnerabilities",
        ),
        ([FINE, BAD], 1, "audit: jinja2 3.1.5 has CVE-2025-27516, fixed in 3.1.6"),
        (
            [{**BAD, "vulns": [{**FAULT, "fix_versions": []}]}],
            1,
            "audit: jinja2 3.1.5 has CVE-2025-27516, fixed in no version",
        ),
    ],
)
def test_answers(packages: list[dict[str, object]], code: int, text: str) -> None:
    assert verdict(json.dumps({"dependencies": packages}), "") == (code, text)


def test_an_index_that_does_not_answer() -> None:
    code, text = verdict("", "Traceback\nConnectionError: no route")
    assert (code, text) == (0, "audit: not possible here: ConnectionError: no route")


def test_what_the_helper_runs_on() -> None:
    assert set(runtime()) == {"sqlglot", "sqlglotc", "jinja2", "markupsafe", "click"}
