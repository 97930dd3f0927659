"""``check`` on two target directories: exit codes, formats, vars, bad input."""

from __future__ import annotations

import copy
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from cli.states import AFTER, BEFORE, MART, STG, STG_RELATION, write
from click.testing import CliRunner, Result
from lineage_manifests import manifest, node

from breaking_changes import __version__, cli, project
from breaking_changes.commands.schema import schema_file
from breaking_changes.macro_host import MacroHost

Check = Callable[..., Result]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs ``check`` in a folder that holds the states ``before`` and ``after``."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "before", BEFORE)
    write(tmp_path / "after", AFTER)

    def run(*args: str, **environment: str) -> Result:
        return CliRunner().invoke(cli.main, ["check", *args], env=environment)

    return run


SIDES = ("--base", "before", "--current", "after")


@pytest.fixture
def text(check: Check) -> str:
    """What the package's macro writes of the report that ``check`` gives as json."""
    report = json.loads(check(*SIDES, "--format", "json").stdout)
    rendered: str = MacroHost().call("_render", report, "text", "before")
    assert "column_removed: stg_users.phone was removed" in rendered
    return rendered + "\n"


def test_the_text_report(check: Check, text: str) -> None:
    result = check(*SIDES)
    assert (result.exit_code, result.stdout, result.stderr) == (1, text, "")


@pytest.mark.parametrize(
    ("args", "exit_code"),
    [
        ((), 1),
        (("--fail-on", "warn"), 1),
        (("--fail-on", "never"), 0),
        (("--level", "relation"), 1),  # mart_users does not bind, whatever the cause
        (("--vars", '{"breaking_changes_severity": {"column_removed": "warn"}}'), 0),
        (("--vars", '{"breaking_changes_severity": {"column_removed": "off"}}'), 0),
        (("--vars", "breaking_changes_fail_on: never"), 0),
        (("--vars", "breaking_changes_fail_on: never", "--fail-on", "error"), 1),
    ],
)
def test_the_exit_code(check: Check, args: tuple[str, ...], exit_code: int) -> None:
    assert check(*SIDES, *args).exit_code == exit_code


def test_the_same_state_has_no_findings(check: Check, tmp_path: Path) -> None:
    write(tmp_path / "again", BEFORE)
    result = check("--base", "before", "--current", "again", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["changes"] == []


def test_the_json_report_obeys_the_published_schema(check: Check) -> None:
    report = json.loads(check(*SIDES, "--format", "json").stdout)
    jsonschema.validate(report, json.loads(schema_file().read_text(encoding="utf-8")))
    assert [(one["rule"], one["node"], one["column"]) for one in report["changes"]] == [
        ("column_removed", STG, "phone")
    ]
    assert [
        (one["node"], one["verdict"], one["line"]) for one in report["changes"][0]["impact"]
    ] == [(MART, "breaks", 3)]


def test_schema_prints_the_published_schema() -> None:
    result = CliRunner().invoke(cli.main, ["schema"])
    assert result.stdout == schema_file().read_text(encoding="utf-8")


def test_every_output_is_written_beside_the_text_on_stdout(
    check: Check, tmp_path: Path, text: str
) -> None:
    files = [
        "out/r.txt",
        "r.json",
        "r.md",
        "r.sarif",
        "gitlab:g.json",
        "j.xml",
        "r.html",
        "r.github",
    ]
    result = check(*SIDES, *(part for file in files for part in ("--output", file)))
    assert (result.exit_code, result.stdout) == (1, text)

    def written(file: str) -> str:
        return (tmp_path / file).read_text(encoding="utf-8")

    assert written("out/r.txt") == text
    assert json.loads(written("r.json"))["result"] == "fail"
    assert "stg_users.phone was removed" in written("r.md")
    assert json.loads(written("r.sarif"))["runs"][0]["results"][0]["ruleId"] == "column_removed"
    assert json.loads(written("g.json"))[0]["location"]["path"] == "models/stg_users.sql"
    assert ElementTree.fromstring(written("j.xml")).attrib["failures"] == "1"
    assert written("r.html").startswith("<!doctype html>")
    assert written("r.github").startswith(
        "::error file=models/stg_users.sql,line=1,title=column_removed::"
    )


def test_every_option_can_come_from_the_environment(check: Check, tmp_path: Path) -> None:
    result = check(
        DBT_BREAKING_CHANGES_BASE="before",
        DBT_BREAKING_CHANGES_CURRENT="after",
        DBT_BREAKING_CHANGES_FORMAT="json",
        DBT_BREAKING_CHANGES_FAIL_ON="never",
        DBT_BREAKING_CHANGES_OUTPUT="a.md b.html",
    )
    assert (result.exit_code, json.loads(result.stdout)["result"]) == (0, "pass")
    assert (tmp_path / "a.md").exists() and (tmp_path / "b.html").exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "give one prior side: --base DIR, a dbt target directory, or --base-ref REF"),
        (("--base", "before", "--base-ref", "main"), "give one prior side"),
        (("--base", "before"), "this folder is no dbt project, so there is no current side. Give"),
        (("--base", "gone", "--current", "after"), "gone/manifest.json does not exist."),
        (("--base", "before", "--current", "before"), "before would be compared with itself."),
        (("--base", "text", "--current", "after"), "text/manifest.json is not valid JSON"),
        (
            ("--base", "other", "--current", "after"),
            "other belongs to the project 'x', not to 'shop'",
        ),
        (("--base", "old", "--current", "after"), "old/manifest.json was written by dbt 1.7.0"),
        ((*SIDES, "--level", "stict"), "Invalid value for '--level' (env var: 'DBT_BREAKING"),
        ((*SIDES, "--output", "report.pdf"), "cannot tell the format of --output report.pdf"),
        (
            (*SIDES, "--output", "before/manifest.json/r.md"),
            "cannot write --output before/manifest",
        ),
        ((*SIDES, "--vars", "[1]"), "--vars must be a mapping of names to values."),
        ((*SIDES, "--vars", "{"), "--vars is neither JSON nor YAML."),
        (
            (*SIDES, "--vars", '{"breaking_changes_levle": "strict"}'),
            "unknown var 'breaking_changes_levle' in vars; did you mean 'breaking_changes_level'?",
        ),
        (
            (*SIDES, "--vars", '{"breaking_changes_severity": {"column_remvd": "off"}}'),
            "unknown rule 'column_remvd' in breaking_changes_severity; did you mean 'column_",
        ),
        ((*SIDES, "--project-dir", "before"), "--project-dir before holds no dbt_project.yml."),
        ((*SIDES, "--compile"), "--base-ref and --compile take a dbt project"),
        (
            ("--base-ref", "main", "--current", "after"),
            "--base-ref and --compile take a dbt project",
        ),
        (("extra",), "Got unexpected extra argument (extra)"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    check: Check, tmp_path: Path, args: tuple[str, ...], message: str
) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "manifest.json").write_text("not json")
    write(tmp_path / "other", {**BEFORE, "metadata": BEFORE["metadata"] | {"project_name": "x"}})
    schema = "https://schemas.getdbt.com/dbt/manifest/v11.json"
    metadata = BEFORE["metadata"] | {"dbt_schema_version": schema, "dbt_version": "1.7.0"}
    write(tmp_path / "old", {**BEFORE, "metadata": metadata})
    result = check(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {message}")
    assert result.stderr.count("\n") == 1


PROJECT = "name: shop\nversion: '1.0'\n"


@pytest.mark.parametrize(
    ("settings", "args", "exit_code"),
    [
        ("", (), 1),
        ("vars: {breaking_changes_fail_on: never}", (), 0),
        ("vars: {shop: {breaking_changes_fail_on: never}}", (), 0),
        ("vars: {dbt_breaking_changes: {breaking_changes_fail_on: never}}", (), 0),
        ("vars: {breaking_changes_fail_on: never, shop: {breaking_changes_fail_on: error}}", (), 1),
        ("vars: {breaking_changes_fail_on: never}", ("--fail-on", "error"), 1),
        (
            "vars: {breaking_changes_fail_on: never}",
            ("--vars", "breaking_changes_fail_on: warn"),
            1,
        ),
        ("vars: {other: {breaking_changes_fail_on: never}}", (), 1),
    ],
)
def test_inside_a_project_its_target_and_vars_apply(
    check: Check, tmp_path: Path, settings: str, args: tuple[str, ...], exit_code: int
) -> None:
    (tmp_path / "dbt_project.yml").write_text(PROJECT + settings)
    write(tmp_path / "target", AFTER)
    assert check("--base", "before", *args).exit_code == exit_code


@pytest.mark.parametrize(
    ("prior", "args", "code", "error"),
    [
        ("before", (), 1, None),
        ("before/manifest.json", (), 1, None),
        ("after", ("--base", "before"), 1, None),
        ("after", (), 2, "would be compared with itself"),
        ("baseline:latest", (), 2, "a table that only dbt can read. Give --base DIR"),
        ("nowhere", (), 2, "nowhere"),
    ],
)
def test_the_prior_side_may_be_the_projects_var(
    check: Check, tmp_path: Path, prior: str, args: tuple[str, ...], code: int, error: str | None
) -> None:
    settings = f"target-path: after\nvars: {{breaking_changes_prior: '{prior}'}}\n"
    (tmp_path / "dbt_project.yml").write_text(PROJECT + settings)
    result = check(*args)
    assert result.exit_code == code, result.stderr
    assert (error or "") in result.stderr
    assert bool(result.stderr) == bool(error)


def test_the_format_may_be_the_projects_var(check: Check, tmp_path: Path) -> None:
    settings = "target-path: after\nvars: {breaking_changes_format: json}\n"
    (tmp_path / "dbt_project.yml").write_text(PROJECT + settings)
    assert json.loads(check("--base", "before").stdout)["result"] == "fail"
    assert check("--base", "before", "--format", "text").stdout.startswith("breaking changes: ")


def test_the_target_path_of_the_project_is_used(check: Check, tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text(PROJECT + "target-path: after\n")
    assert check("--base", "before").exit_code == 1
    write(tmp_path / "elsewhere", BEFORE)
    assert check("--base", "before", DBT_TARGET_PATH="elsewhere").exit_code == 0


def test_a_model_newer_than_the_manifest_is_said(check: Check, tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text(PROJECT + "target-path: after\n")
    model = tmp_path / "models" / "stg_users.sql"
    model.parent.mkdir()
    model.write_text("select 1")
    os.utime(model, (1, 1))
    assert check("--base", "before").stderr == ""
    os.utime(model)
    os.utime(tmp_path / "after" / "manifest.json", (1, 1))
    note = "Note: models/stg_users.sql changed after after/manifest.json was written;"
    assert check("--base", "before").stderr.startswith(note)


@pytest.mark.parametrize(
    ("installed", "advice"),
    [
        ("99.0.0", "Upgrade the helper: pip install dbt-breaking-changes==99.0.0."),
        (
            "0.0.1",
            f"Upgrade the package: set its version to {__version__} in packages.yml, then run",
        ),
    ],
)
def test_another_version_of_the_macros_is_refused(
    check: Check, tmp_path: Path, installed: str, advice: str
) -> None:
    (tmp_path / "dbt_project.yml").write_text(PROJECT + "target-path: after\n")
    package = tmp_path / "dbt_packages" / "dbt_breaking_changes"
    package.mkdir(parents=True)
    (package / "dbt_project.yml").write_text(f'name: x\nversion: "{__version__}"\n')
    assert check("--base", "before").exit_code == 1
    (package / "dbt_project.yml").write_text(f'name: x\nversion: "{installed}"\n')
    result = check("--base", "before")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"has version {installed}, this helper {__version__}" in result.stderr
    assert advice in result.stderr


def test_both_halves_of_this_repository_have_the_same_version() -> None:
    macros = Path(__file__).parents[3]
    found = project.Project.at(macros)
    assert found is not None
    assert found.settings["version"] == __version__


@pytest.mark.parametrize(
    ("settings", "args", "exit_code", "message"),
    [
        ("target-path: after", (), 1, ""),
        ('target-path: "after"  # here', (), 1, ""),
        ("target-path: after\nvars: {other: 1}", (), 1, ""),
        ('on-run-end: "{{ dbt_breaking_changes.save_baseline() }}"\ntarget-path: after', (), 1, ""),
        ("target-path: after\nvars: {breaking_changes_fail_on: never}", (), 0, ""),
        (
            "target-path: after\nvars:\n  breaking_changes_level: >\n    strict",
            (),
            2,
            "pip install pyyaml",
        ),
        (
            "target-path: after\nvars:\n  breaking_changes_level: >\n    strict",
            ("--vars", '{"breaking_changes_fail_on": "never"}'),
            0,
            "",
        ),
        ("target-path: after\n# breaking_changes_level: strict", (), 1, ""),
        ("target-path: after", ("--vars", "breaking_changes_fail_on: never"), 0, ""),
        ("target-path: after", ("--vars", "a: >\n  b"), 2, "is not JSON, nor plain YAML"),
    ],
)
def test_without_pyyaml(
    check: Check,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: str,
    args: tuple[str, ...],
    exit_code: int,
    message: str,
) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    (tmp_path / "dbt_project.yml").write_text(PROJECT + settings)
    result = check("--base", "before", *args)
    assert result.exit_code == exit_code
    assert message in result.stderr


def test_a_broken_project_file_is_said(check: Check, tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text("name: shop\nvars: {a: [}\n")
    result = check("--base", "before")
    assert result.exit_code == 2
    assert (
        result.stderr
        == "Error: dbt_project.yml is not valid YAML in line 2. dbt parse says more.\n"
    )


@pytest.mark.parametrize(
    ("args", "path"),
    [
        ((), "transform/models/stg_users.sql"),
        (("--path-prefix", ""), "models/stg_users.sql"),
        (("--path-prefix", "a/b/"), "a/b/models/stg_users.sql"),
    ],
)
def test_paths_start_at_the_root_of_the_repository(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], path: str
) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "transform"
    write(folder / "target", AFTER)
    (folder / "dbt_project.yml").write_text(PROJECT)
    (folder / "models").mkdir()
    (folder / "models" / "stg_users.sql").write_text("select 1 as id")
    monkeypatch.chdir(folder)
    result = check("--base", "../before", "--format", "github", "-o", "r.json", *args)
    assert result.stdout.startswith(f"::error file={path},line=1")
    report = json.loads((folder / "r.json").read_text())
    assert report["changes"][0]["path"] == "models/stg_users.sql"


def in_terminal(folder: Path, **environment: str) -> str:
    """What ``check`` prints when stdout is a terminal."""
    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "breaking_changes", "check", *SIDES]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1]), **environment},
    )
    os.close(terminal)
    output = b""
    while True:
        try:
            part = os.read(main, 65_536)
        except OSError:
            break
        if not part:
            break
        output += part
    process.wait()
    os.close(main)
    return output.decode().replace("\r\n", "\n")


def test_colours_only_on_a_terminal_that_wants_them(tmp_path: Path, text: str) -> None:
    environment = {"TERM": "xterm", "NO_COLOR": "", "COLUMNS": "110"}
    coloured = in_terminal(tmp_path, **environment)
    assert "\x1b[31m\x1b[1merror\x1b[0m   column_removed" in coloured
    assert "result: \x1b[31m\x1b[1mfail\x1b[0m" in coloured
    for quiet in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert in_terminal(tmp_path, **{**environment, **quiet}) == text


def test_lines_are_as_wide_as_the_terminal(check: Check, tmp_path: Path) -> None:
    for columns in (70, 200):
        shown = in_terminal(tmp_path, NO_COLOR="1", COLUMNS=str(columns)).splitlines()
        assert max(len(line) for line in shown) <= columns
        assert any(len(line) > 110 for line in shown) == (columns == 200)
    narrow = in_terminal(tmp_path, NO_COLOR="1", COLUMNS="20").splitlines()
    assert "        at models/stg_users.sql:1" in narrow


def test_full_quiet_and_nothing_to_say(check: Check, tmp_path: Path) -> None:
    assert check(*SIDES, "--full").stdout.count("all of it:") == 0
    result = check(*SIDES, "--quiet")
    assert result.exit_code == 1
    assert result.stdout.startswith("error   column_removed: stg_users.phone was removed\n")
    assert "coverage:" not in result.stdout and "result:" not in result.stdout
    write(tmp_path / "again", BEFORE)
    result = check("--base", "before", "--current", "again", "-q", "-o", "r.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (tmp_path / "r.txt").read_text().startswith("breaking changes: ")


def test_a_name_cannot_steer_the_terminal(check: Check, tmp_path: Path) -> None:
    evil = "phone\x1b]0;title\x07\x1b[2J"
    state = copy.deepcopy(BEFORE)
    state["nodes"][STG]["columns"] = {evil: {"name": evil, "data_type": "text"}}
    state["nodes"][STG]["config"]["contract"] = {"enforced": True}
    write(tmp_path / "before", state)
    shown = in_terminal(tmp_path, NO_COLOR="1")
    assert "stg_users.phone\ufffd]0;title" in shown
    assert "\x1b" not in shown


def test_a_consumer_that_stops_early_is_no_error(check: Check, tmp_path: Path) -> None:
    command = f"{sys.executable} -m breaking_changes check {' '.join(SIDES)}"
    done = subprocess.run(
        ["bash", "-c", f"{command} | true; echo ${{PIPESTATUS[0]}}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
        check=True,
    )
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize(
    ("args", "exit_code", "text"),
    [
        (("column_removed",), 0, "column_removed: Column removed\n\nDefault severity: error, from"),
        (("unknown_rule",), 0, "Default severity: error, at every level."),
        ((), 0, "query (default)\n"),
        (
            ("colum_removed",),
            2,
            "Error: there is no rule 'colum_removed'; did you mean 'column_removed'?",
        ),
    ],
)
def test_explain(args: tuple[str, ...], exit_code: int, text: str) -> None:
    result = CliRunner().invoke(cli.main, ["explain", *args])
    assert result.exit_code == exit_code
    assert text in result.output


def test_explain_lists_every_rule_once() -> None:
    listed: Any = [
        line.split()[0]
        for line in CliRunner().invoke(cli.main, ["explain"]).stdout.splitlines()
        if line.startswith("  ")
    ]
    schema = json.loads(schema_file().read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(schema["$defs"]["rule"]["enum"])


def test_an_acknowledgement_in_the_project_counts_and_stays_visible(
    check: Check, tmp_path: Path
) -> None:
    acknowledgement = {"rule": "column_removed", "column": "phone", "reason": "Agreed with CRM"}
    state = copy.deepcopy(AFTER)
    state["nodes"][STG]["config"]["meta"] = {"breaking_changes_ack": [acknowledgement]}
    write(tmp_path / "after", state)
    result = check(*SIDES, "--format", "json", "-o", "r.md", "-o", "r.sarif", "-o", "r.xml")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["summary"]["acknowledged"]) == (0, 1)
    assert [one["acknowledged"] for one in report["changes"]] == [
        {"reason": "Agreed with CRM", "expires": None}
    ]
    sarif = json.loads((tmp_path / "r.sarif").read_text())
    assert sarif["runs"][0]["results"][0]["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "Agreed with CRM"}
    ]
    assert "| acknowledged | stg_users.phone was removed |" in (tmp_path / "r.md").read_text()
    assert ElementTree.fromstring((tmp_path / "r.xml").read_text()).attrib["failures"] == "0"


def test_below_a_broken_model_nothing_is_undecided(check: Check, tmp_path: Path) -> None:
    total = node(
        "model.shop.total", 'select sum(amount) as total from "dev"."main"."mart_users"', (MART,)
    )
    consumer = f"select amount from {STG_RELATION} where phone is not null"
    for folder, columns in (
        ("before", "'x' as phone, 1::decimal(10, 2) as amount"),
        ("after", "1::decimal(12, 2) as amount"),
    ):
        stg = node(STG, f"select {columns}", checksum={"name": "sha256", "checksum": folder})
        write(tmp_path / folder, manifest(stg, node(MART, consumer, (STG,)), total))
    result = check(*SIDES, "--level", "typed", "--format", "json")
    found = {
        (one["rule"], one["node"]): {
            impact["node"]: (impact["verdict"], impact["detail"]) for impact in one["impact"]
        }
        for one in json.loads(result.stdout)["changes"]
    }
    assert found == {
        ("column_removed", STG): {
            MART: ("breaks", "reads stg_users.phone in WHERE"),
            "model.shop.total": ("changes", "blocked: mart_users breaks"),
        },
        # Listed where it hurts most, counted where else it is touched.
        ("column_type_widened", STG): {},
        ("column_type_widened", MART): {},
    }
    elsewhere = [one["elsewhere"] for one in json.loads(result.stdout)["changes"]]
    assert sorted(elsewhere) == [0, 1, 2]
