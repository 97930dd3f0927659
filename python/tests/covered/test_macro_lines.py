"""What `make coverage` notes of a macro: each statement that runs, under jinja2 and under dbt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from covered import macro_lines
from dbt_common.clients.jinja import NativeSandboxEnvironment

from breaking_changes.compiled_macros import macro_environment

MACRO = """\
{%- macro sign(numbers) -%}
    {%- set found = [] -%}
    {%- for number in numbers -%}
        {%- if number > 0 -%}
            {%- do found.append("+") -%}
        {%- elif number < 0 -%}
            {%- do found.append(
                "-"
            ) -%}
        {%- else -%} {%- do found.append("0") -%}
        {%- endif -%}
    {%- else -%} {{ "none" }}
    {%- endfor -%}
    {{ found | join }}
{%- endmacro -%}
"""
ALL = {1, 2, 3, 4, 5, 6, 9, 11, 13}


def _environments() -> dict[str, Any]:
    made = {"jinja2": macro_environment(), "dbt": NativeSandboxEnvironment()}
    made["dbt"].add_extension("jinja2.ext.do")
    return made


@pytest.mark.parametrize("host", ["jinja2", "dbt"])
@pytest.mark.parametrize(
    ("numbers", "given", "not_run"),
    [
        ([1], "+", {5, 6, 9, 11}),
        ([-1], "-", {4, 9, 11}),
        ([0], "0", {4, 6, 11}),
        ([1, 0, -1], "+0-", {11}),
        ([], "none", {3, 4, 5, 6, 9}),
    ],
)
def test_every_statement_that_runs_is_noted(
    host: str,
    numbers: list[int],
    given: str,
    not_run: set[int],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(macro_lines.NOTED_IN, str(tmp_path))
    monkeypatch.setattr(macro_lines, "_noted", set())
    known = {"sign": (Path("sign.sql"), 1, frozenset(ALL))}
    monkeypatch.setattr(macro_lines, "known", lambda: known)
    environment = _environments()[host]
    code = compile(
        environment._generate(macro_lines.watch(environment._parse(MACRO, None, None)), "", ""),
        "sign.sql",
        "exec",
    )
    template = environment.template_class.from_code(environment, code, {})
    context = template.new_context({})
    list(template.root_render_func(context))
    name = "sign" if host == "jinja2" else "dbt_macro__sign"
    assert str(context.vars[name](numbers)).strip() == given
    count, missing = macro_lines.missing(tmp_path)
    assert (count, missing) == (
        len(ALL),
        {Path("sign.sql"): [1 + line for line in sorted(not_run)]},
    )


def test_every_macro_has_statements_that_are_known() -> None:
    files = {path for path, _, lines in macro_lines.known().values() if lines}
    assert files == set(macro_lines.MACROS.rglob("*.sql"))
