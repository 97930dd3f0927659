"""`check --prove` on BigQuery and ClickHouse, from the artifacts to the report, where they are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lineage_manifests import manifest, node

from breaking_changes import cli

STG = "model.shop.stg"


@dataclass(frozen=True)
class Project:
    """A model before and after, and its consumers, each with what the engine says of it.

    `{stg}` stands for the relation as the adapter renders it; None is said of what goes on.
    """

    package: str
    relation: str
    before: str
    after: str
    consumers: dict[str, tuple[str, str | None]]


PROJECTS = {
    "bigquery": Project(
        "zetasql",
        "`acme-prod`.`main`.`{}`",
        "select 1 as id, 'x' as phone, date '2020-01-01' as born, [struct(1 as a)] as items",
        "select 1 as id, '2020-01-01' as born, [struct(1 as a)] as items",
        {
            "named": (
                "select id from {stg} where phone is not null",
                "Unrecognized name: phone",
            ),
            "excluded": (
                "with s as (select * except (phone) from {stg}) select s.id from s",
                "Column phone in SELECT * EXCEPT list does not exist",
            ),
            "unnested": (
                "select id, i.a from {stg} as s, unnest(s.items) as i where s.phone = 'x'",
                "Name phone not found inside s",
            ),
            "retyped": (
                "select date_trunc(born, month) as m from {stg}",
                "No matching signature for function DATE_TRUNC",
            ),
            "fine": ("select id from {stg}", None),
        },
    ),
    "clickhouse": Project(
        "chdb",
        "`main`.`{}`",
        "select 1 as id, 'x' as phone, cast('2020-01-01' as Date) as born, "
        "cast([1] as Array(Int64)) as items",
        "select 1 as id, cast('2020-01-01' as String) as born, cast([1] as Array(Int64)) as items",
        {
            "named": ("select id from {stg} where phone != ''", "UNKNOWN_IDENTIFIER"),
            "joined": (
                "select s.id, i from {stg} as s array join s.items as i where s.phone = 'x'",
                "UNKNOWN_IDENTIFIER",
            ),
            "limited": (
                "select id from {stg} order by id limit 1 by phone",
                "UNKNOWN_IDENTIFIER",
            ),
            "retyped": (
                "select toYear(born) as y from {stg}",
                "ILLEGAL_TYPE_OF_ARGUMENT",
            ),
            "fine": ("select id from {stg}", None),
        },
    ),
}


def _write(folder: Path, adapter: str, project: Project, stg: str) -> None:
    nodes = [node(STG, stg, checksum={"name": "sha256", "checksum": stg})]
    for name, (sql, _) in project.consumers.items():
        text = sql.replace("{stg}", project.relation.format("stg"))
        nodes.append(node(f"model.shop.{name}", text, (STG,)))
    for one in nodes:
        database = "acme-prod" if adapter == "bigquery" else None
        one.update(database=database, relation_name=project.relation.format(one["name"]))
    folder.mkdir()
    content = json.dumps(manifest(*nodes, adapter_type=adapter))
    (folder / "manifest.json").write_text(content, encoding="utf-8")


def _broken(tmp_path: Path, adapter: str, *options: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The report, and the proofs of the consumers that break by their names."""
    project = PROJECTS[adapter]
    _write(tmp_path / "before", adapter, project, project.before)
    _write(tmp_path / "after", adapter, project, project.after)
    sides = ["--base", str(tmp_path / "before"), "--current", str(tmp_path / "after")]
    result = CliRunner().invoke(cli.main, ["check", *sides, "--format", "json", *options])
    assert result.exit_code == 1, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report, {
        impact["node"].rpartition(".")[2]: impact.get("proof")
        for change in report["changes"]
        for impact in change["impact"]
        if impact["verdict"] == "breaks"
    }


@pytest.mark.parametrize("adapter", PROJECTS)
def test_what_breaks_is_found_without_the_engine(adapter: str, tmp_path: Path) -> None:
    consumers = PROJECTS[adapter].consumers
    _, proofs = _broken(tmp_path, adapter)
    assert proofs == {name: None for name, (_, answer) in consumers.items() if answer}


@pytest.mark.parametrize("adapter", PROJECTS)
def test_the_engine_confirms_what_breaks(adapter: str, tmp_path: Path) -> None:
    project = PROJECTS[adapter]
    if find_spec(project.package) is None:
        pytest.skip(f"{project.package} is in the extra `prove`")
    report, proofs = _broken(tmp_path, adapter, "--prove", "--repro", str(tmp_path / "repro"))
    expected = {name: answer for name, (_, answer) in project.consumers.items() if answer}
    assert {name: proof["outcome"] for name, proof in proofs.items()} == dict.fromkeys(
        expected, "confirmed"
    )
    lacking = {
        name: proof["answer"]
        for name, proof in proofs.items()
        if expected[name] not in proof["answer"]
    }
    assert lacking == {}
    assert report["coverage"]["proof"]["confirmed"] == len(expected)
    files = "".join(file.read_text("utf-8") for file in (tmp_path / "repro").iterdir())
    assert [name for name, proof in proofs.items() if proof["answer"] not in files] == []
