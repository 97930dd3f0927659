"""Whatever names say, a log shows them, and nothing that reads the log obeys them."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from cli.states import write
from click.testing import CliRunner
from hostile.names import NAMES
from hostile.safe import forbidden
from hostile.states import hostile_states

from breaking_changes import cli, lines
from breaking_changes.artifacts.reading import read_json
from breaking_changes.commands.schema import schema_file
from breaking_changes.macro_host import MacroHost
from breaking_changes.render import FORMATS

HOST = MacroHost()


def test_there_are_two_hundred() -> None:
    assert len(NAMES) >= 200


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What ``check`` writes in each format, and all that it says on stderr."""
    folder = tmp_path_factory.mktemp("states")
    before, after = hostile_states()
    sides = ["--base", str(write(folder / "before", before))]
    sides += ["--current", str(write(folder / "after", after))]
    written = [f"{format_}:{folder / format_}" for format_ in FORMATS]
    arguments = [argument for output in written for argument in ("-o", output)]
    result = CliRunner().invoke(cli.main, ["check", *sides, "--level", "strict", *arguments])
    assert result.exit_code == 1, result.output
    found = {format_: (folder / format_).read_text(encoding="utf-8") for format_ in FORMATS}
    # What stdout gets of the others, too (commands/check.py, _IN_LOGS).
    for format_ in ("markdown", "junit"):
        found[format_] = lines.without_commands(found[format_])
    return {**found, "text": result.stdout, "stderr": result.stderr}


@pytest.mark.parametrize("format_", [*FORMATS, "stderr"])
def test_no_format_shows_what_a_log_obeys(format_: str, outputs: dict[str, str]) -> None:
    shown = outputs[format_]
    if format_ == "html":
        # The page holds its data compressed; the rest is the package's own.
        shown = re.sub(r"(?m)^\s*::", "", shown)
    found = forbidden(shown)
    if format_ == "github":
        own = re.compile("::(error|warning|notice) (file=|title=)")
        found = [one for one in found if not own.match(one)]
    assert found == []


def test_every_format_stays_valid(outputs: dict[str, str]) -> None:
    schema = json.loads(schema_file().read_text())
    jsonschema.validate(json.loads(outputs["json"]), schema)
    for format_ in ("sarif", "gitlab"):
        assert json.loads(outputs[format_])
    ElementTree.fromstring(outputs["junit"])


def test_every_finding_has_its_lines(outputs: dict[str, str]) -> None:
    report = json.loads(outputs["json"])
    # No UTF-8 can hold half of a surrogate pair.
    whole = {re.sub("[\ud800-\udfff]", "\ufffd", name) for name in NAMES}
    assert {change["column"] for change in report["changes"]} >= whole
    commands = [line for line in outputs["github"].splitlines() if line.startswith("::")]
    assert len(commands) == len([line for line in commands if re.match(r"::\w+ [^:]*::", line)])


def test_one_line_of_every_character() -> None:
    unsafe = "".join(map(chr, range(sys.maxunicode + 1)))
    safe = lines.line_safe(unsafe)
    assert len(safe) == len(unsafe)
    assert forbidden(safe) == []
    assert "\n" not in safe
    kept = "".join(one for one in unsafe if one.isprintable())
    assert lines.line_safe(kept) == kept


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_in_a_document_and_alone(name: str) -> None:
    safe = lines.line_safe(name)
    assert forbidden(f"x {safe}") == [] and "\n" not in safe
    assert lines.lines_safe({name: [name, {"a": name}, 1, None, True]}) == {
        safe: [safe, {"a": safe}, 1, None, True]
    }
    assert lines.line_safe(safe) == safe
    dumped = HOST.call("_json_safe", json.dumps(name))
    assert json.loads(dumped) == name and forbidden(dumped) == []


@pytest.mark.parametrize("name", NAMES[::5], ids=range(len(NAMES[::5])))
def test_errors_are_one_line(name: str, tmp_path: Path) -> None:
    document: dict[str, Any] = hostile_states(["x"])[0]
    document["metadata"]["project_name"] = name
    other = hostile_states(["x"])[1]
    result = CliRunner().invoke(
        cli.main,
        [
            *("check", "--base", str(write(tmp_path / "before", document))),
            *("--current", str(write(tmp_path / "after", other))),
        ],
    )
    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.fullmatch("Error: .*\n", result.stderr), ascii(result.stderr)
    assert forbidden(result.stderr) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\ud800", "\ufffd"),
        (r"\udc00", "\ufffd"),
        (r"\ud83d\udc69", "\U0001f469"),
        (r"\udc69\ud83d", "\ufffd\ufffd"),
        (r"\ud83d\ud83d\udc69", "\ufffd\U0001f469"),
        (r"\ud83d\udc69\udc69", "\U0001f469\ufffd"),
        (r"\\ud800", r"\ud800"),
        (r"\\\ud800", "\\\ufffd"),
        (r"\uD83Dx\uDC69", "\ufffdx\ufffd"),
        (r"\u00e9", "\u00e9"),
    ],
)
def test_half_a_character_in_json(written: str, read: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(f'{{"x": "{written}"}}')
    assert read_json(tmp_path / "x.json", "") == {"x": read}
    assert json.loads(HOST.call("_without_halves", f'"{written}"')) == read
