"""`check --prove` says what the engine says of each consumer that breaks, `--repro` shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
from click.testing import CliRunner, Result
from lineage_manifests import manifest, node

from breaking_changes import cli
from breaking_changes.binder import Column
from breaking_changes.commands.schema import schema_file
from breaking_changes.limits import Limits
from breaking_changes.macro_host import MacroHost
from breaking_changes.proof import engines
from breaking_changes.proof.asking import Asking
from breaking_changes.proof.engines import Answer, engine_of
from breaking_changes.proof.statement import Statement, Stub

STG, MART = "model.shop.stg", "model.shop.mart"
ENGINE = f"DuckDB {duckdb.__version__}"

Run = Callable[..., Result]


def model(name: str, sql: str, *parents: str, **more: Any) -> dict[str, Any]:
    """A model whose SQL names its parents in braces."""
    ids = []
    for parent in parents:
        kind, _, short = parent.rpartition(":")
        inlined = kind == "ephemeral"
        relation = f"__dbt__cte__{short}" if inlined else f'"dev"."main"."{short}"'
        sql = sql.replace(f"{{{short}}}", relation)
        ids.append(f"source.shop.raw.{short}" if kind == "source" else f"model.shop.{short}")
    return node(f"model.shop.{name}", sql, tuple(ids), **more)


def edited(name: str, sql: str, *parents: str, **more: Any) -> dict[str, Any]:
    """The same model with another text."""
    checksum = {"name": "sha256", "checksum": "1" * 64}
    return model(name, sql, *parents, checksum=checksum, **more)


RAW = {
    **node("source.shop.raw.events", None),
    "source_name": "raw",
    "resource_type": "source",
    "name": "events",
    "identifier": "events",
    "relation_name": '"dev"."main"."events"',
}
EPHEMERAL = {"config": {"materialized": "ephemeral"}, "relation_name": None}
BEFORE = model("stg", "select 1 as id, 'x' as phone, 2.5 as amount")
AFTER = edited("stg", "select 1 as id, 2.5 as amount")
RETYPED = edited("stg", "select 1 as id, 'x' as phone, 'y' as amount")


def refused(answer: str) -> dict[str, Any]:
    """The proof of a consumer that DuckDB refuses, and did not refuse before."""
    return {"engine": ENGINE, "outcome": "confirmed", "answer": answer}


def untold(answer: str) -> dict[str, Any]:
    """The proof of a consumer of which DuckDB cannot tell."""
    return {"engine": ENGINE, "outcome": "undecided", "answer": answer}


NOT_FOUND = 'Binder Error: Referenced column "phone" not found in FROM clause!'
PRIOR = "the prior side is refused as well, over what is known of its parents: "

# what the consumers are, the changed model, the proof of each consumer that breaks
CASES: dict[str, tuple[list[dict[str, Any]], dict[str, Any], dict[str, Any]]] = {
    "a column": (
        [model("mart", "select id from {stg} where phone is not null -- all", "stg")],
        AFTER,
        {MART: refused(NOT_FOUND)},
    ),
    "a qualified column": (
        [model("mart", "with stg as (select * from {stg})\nselect stg.phone from stg", "stg")],
        AFTER,
        {MART: refused('Binder Error: Values list "stg" does not have a column named "phone"')},
    ),
    "beside a source of unknown columns": (
        [
            model(
                "mart",
                "select e.n + 1 as n, s.phone from {stg} s join {events} e on e.id = s.id",
                "stg",
                "source:events",
            ),
            RAW,
        ],
        AFTER,
        {MART: refused('Binder Error: Table "s" does not have a column named "phone"')},
    ),
    "inlined": (
        [
            model("eph", "with s as (select * from {stg}) select phone from s", "stg", **EPHEMERAL),
            model("mart", "with e as (select * from {eph}) select * from e", "ephemeral:eph"),
        ],
        AFTER,
        {
            "model.shop.eph": refused(NOT_FOUND),
            MART: refused(NOT_FOUND),
        },
    ),
    "a type that no function takes": (
        [model("mart", "select sum(amount) as total from {stg}", "stg")],
        RETYPED,
        {
            MART: refused(
                "Binder Error: No function matches the given name and argument types "
                "'sum(VARCHAR)'. You might need to add explicit type casts."
            )
        },
    ),
    "a type that fails with a row": (
        [model("mart", "select id from {stg} where phone = current_date", "stg")],
        edited("stg", "select 1 as id, [1] as phone, 2.5 as amount"),
        {MART: untold("it binds; some casts fail with the first row only")},
    ),
    "a function of the warehouse": (
        [model("mart", "select mask(phone) as phone from {stg}", "stg")],
        AFTER,
        {MART: untold(PRIOR + "Catalog Error: Scalar Function with name mask does not exist!")},
    ),
    "files": (
        [model("mart", "select s.phone from {stg} s, read_text('/etc/hostname')", "stg")],
        AFTER,
        {
            MART: untold(
                'Permission Error: Cannot access file "/etc/hostname" - file system operations '
                "are disabled by configuration"
            )
        },
    ),
    "a file as a table": (
        [model("mart", "select s.phone from {stg} s, '/etc/hostname' f", "stg")],
        AFTER,
        {MART: untold(PRIOR + "Catalog Error: Table with name /etc/hostname does not exist!")},
    ),
    "what a contract breaks": (
        [
            model(
                "mart",
                "select * from {stg}",
                "stg",
                contract={"enforced": True},
                config={"materialized": "table", "contract": {"enforced": True}},
                columns={
                    name: {"name": name, "data_type": type_}
                    for name, type_ in (
                        ("id", "integer"),
                        ("phone", "varchar"),
                        ("amount", "decimal(2,1)"),
                    )
                },
            )
        ],
        AFTER,
        {MART: None},
    ),
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Checks two states that it writes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DBT_BREAKING_CHANGES_CACHE", "off")

    def check(
        consumers: list[dict[str, Any]], changed: dict[str, Any], *args: str, **more: Any
    ) -> Result:
        for folder, stg in (("before", BEFORE), ("after", changed)):
            (tmp_path / folder).mkdir(exist_ok=True)
            text = json.dumps(manifest(stg, *consumers, **more))
            (tmp_path / folder / "manifest.json").write_text(text, encoding="utf-8")
        given = ["check", "--base", "before", "--current", "after", *args]
        return CliRunner().invoke(cli.main, given)

    return check


def proofs_in(report: dict[str, Any]) -> dict[str, Any]:
    return {
        impact["node"]: impact.get("proof")
        for change in report["changes"]
        for impact in change["impact"]
        if impact["verdict"] == "breaks"
    }


@pytest.mark.parametrize("name", CASES)
def test_what_the_engine_says(run: Run, name: str) -> None:
    consumers, changed, expected = CASES[name]
    result = run(consumers, changed, "--prove", "--format", "json")
    report = json.loads(result.stdout)
    assert (proofs_in(report), result.exit_code) == (expected, 1)
    jsonschema.validate(report, json.loads(schema_file().read_text("utf-8")))
    counted = {"confirmed": 0, "contradicted": 0, "undecided": 0, "not_asked": 0}
    for proof in expected.values():
        counted[proof["outcome"] if proof else "not_asked"] += 1
    proven = report["coverage"]["proof"]
    assert {key: proven[key] for key in counted} == counted


def test_nothing_but_the_words_changes(run: Run) -> None:
    consumers, changed, _ = CASES["a column"]
    plain = json.loads(run(consumers, changed, "--format", "json").stdout)
    proven = json.loads(run(consumers, changed, "--prove", "--format", "json").stdout)
    del proven["coverage"]["proof"]
    for change in proven["changes"]:
        for impact in change["impact"]:
            proof = impact.pop("proof", None)
            if proof:
                impact["detail"] = impact["detail"].removeprefix(f"proven by {ENGINE}: ")
    assert proven == plain


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(False, "no such column"), f"proven by {ENGINE}: reads stg.phone in WHERE"),
        (Answer(True), f"contradicted by {ENGINE}, which binds it: reads stg.phone in WHERE"),
        (Answer(None, "too much"), f"not proven by {ENGINE} (too much): reads stg.phone in WHERE"),
    ],
)
def test_no_answer_clears(
    run: Run, monkeypatch: pytest.MonkeyPatch, answer: Answer, words: str
) -> None:
    consumers, changed, _ = CASES["a column"]

    def ask(self: Asking, statement: Statement) -> Answer:
        self.name = ENGINE
        control = any(column.name == "phone" for stub in statement.stubs for column in stub.columns)
        return Answer(True) if control else answer

    monkeypatch.setattr(Asking, "ask", ask)
    result = run(consumers, changed, "--prove")
    assert result.exit_code == 1
    assert words in result.stdout
    assert f"proof by {ENGINE}: of the consumers that break 1 " in result.stdout


def test_an_unchanged_project_asks_no_engine(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Asking, "ask", None)
    assert run(CASES["a column"][0], BEFORE, "--prove").exit_code == 0


def test_an_engine_that_is_not_installed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    result = run(CASES["a column"][0], AFTER, "--prove")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: --prove asks DuckDB, which is not installed here: "
        'pip install duckdb, or pip install "dbt-breaking-changes[prove]".\n'
    )


def test_an_adapter_without_an_engine(run: Run) -> None:
    consumers, changed, _ = CASES["a column"]
    result = run(consumers, changed, "--prove", adapter_type="snowflake")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: --prove asks DuckDB, BigQuery's analyzer or ClickHouse; for the adapter snowflake "
        "there is none to ask. Leave --prove out; --repro works without it.\n"
    )


@pytest.mark.parametrize("name", [name for name in CASES if "contract" not in name])
def test_the_files_show_the_error(run: Run, tmp_path: Path, name: str) -> None:
    consumers, changed, expected = CASES[name]
    result = run(consumers, changed, "--prove", "--repro", "repro")
    files = sorted((tmp_path / "repro").iterdir())
    assert len(files) == len(expected)
    assert result.stderr == f"{len(files)} SQL file{'s'[: len(files) - 1]} in repro.\n"
    for file in files:
        text = file.read_text("utf-8")
        with duckdb.connect(config={"enable_external_access": "false"}) as connection:
            *stubs, query = connection.extract_statements(text)
            for stub in stubs:
                connection.execute(stub)
            said = re.search(rf"^-- {re.escape(ENGINE)} says: (.*)$", text, re.MULTILINE)
            if said:
                with pytest.raises(duckdb.Error, match=re.escape(said[1])):
                    connection.execute(query)
        outcomes = {proof["outcome"] for proof in expected.values()}
        assert bool(said) == (outcomes == {"confirmed"})


def test_files_of_an_engine_that_is_not_here(run: Run, tmp_path: Path) -> None:
    consumers, changed, _ = CASES["a column"]
    result = run(consumers, changed, "--repro", "repro", adapter_type="snowflake")
    (file,) = (tmp_path / "repro").iterdir()
    assert (result.exit_code, result.stderr) == (1, "1 SQL file in repro.\n")
    assert file.read_text("utf-8") == REPRO


REPRO = """\
-- stg.PHONE was removed (column_removed)
-- breaks model.shop.mart, models/mart.sql:1
-- Run it in an empty database: it makes relations that stand for what the node reads.

create schema if not exists model_shop_stg;
create table model_shop_stg."stg" ("ID" INT, "AMOUNT" DOUBLE);

-- expected to be refused: reads stg.PHONE in WHERE
select id from model_shop_stg."stg" where phone is not null -- all
;
"""


def test_names_and_types_stay_what_they_are() -> None:
    columns = (
        Column('"; drop table x; --', "INTEGER); create table hacked (i int); --"),
        Column("b", "INTEGER default (select 1)"),
        Column("c", "nonsense"),
    )
    statement = Statement("select b, c from s.t", (), (Stub(("s", "t"), columns),), "duckdb")
    assert engine_of("duckdb").ask(statement) == Answer(True)


HOSTILE = [
    "select 1; select 2",
    "copy (select 1) to 'stolen.csv'",
    "attach 'stolen.duckdb' as a",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "create table t as select 1",
    "select * from read_csv('https://example.org/x.csv')",
    "select * from glob('/*')",
    "select getenv('HOME')",
    "select * from query('select * from read_text(''/etc/passwd'')')",
    "export database 'stolen'",
    "",
]


@pytest.mark.parametrize("sql", HOSTILE)
def test_sql_that_wants_more_than_to_bind(
    sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asking = Asking("duckdb", Limits(seconds=5, memory=1 << 30), confined=True)
    try:
        answer = asking.ask(Statement(sql, (), (), "duckdb"))
        assert answer.binds is not True
        assert asking.ask(Statement("select 1", (), (), "duckdb")) == Answer(True)
    finally:
        asking.close()
    assert list(tmp_path.iterdir()) == []


#: Of each engine that `--prove` can ask beside DuckDB: its types, what it says of a missing column,
#: and SQL that it is not asked about.
OTHERS = {
    "bigquery": (("INT64", "STRING"), "[INVALID_ARGUMENT] Unrecognized name: phone", []),
    "clickhouse": (
        ("Int64", "String"),
        "UNKNOWN_IDENTIFIER",
        [
            "select 1; select 2",
            "select 1 into outfile 'stolen'",
            "select 1) into outfile 'stolen' --",
            "select file('/etc/passwd')",
            "select `file`('/etc/passwd')",
            "select `f\\x69le`('/etc/passwd')",
            "select toUInt8(file('/etc/passwd'))",
            "select * from file('/etc/passwd', 'LineAsString')",
            "select * from s3('https://example.org/a.csv')",
            "select * from url('https://example.org/a.csv')",
            "select * from remote('example.org', system.one)",
            "select * from executable('x', TSV, 'a Int8')",
            "select dictGet('d', 'a', 1)",
            "select 1 settings max_threads = 1",
            "create table t (a Int8) engine = Memory",
        ],
    ),
}


@pytest.mark.parametrize("dialect", OTHERS)
def test_the_other_engines(dialect: str) -> None:
    package = {"bigquery": "zetasql", "clickhouse": "chdb"}[dialect]
    if find_spec(package) is None:
        pytest.skip(f"{package} is in the extra `prove`")
    (number, text), answer, forbidden = OTHERS[dialect]
    columns = (Column("id", number), Column("name", text), Column("untyped"))
    stubs = (Stub(("model_shop_stg", "`stg`"), columns),)
    asking = Asking(dialect, Limits(seconds=100), confined=False)

    def ask(sql: str, *inlined: tuple[str, str]) -> Answer:
        return asking.ask(Statement(sql, inlined, stubs, dialect))

    try:
        assert ask("select id, upper(untyped) as l from model_shop_stg.`stg`") == Answer(True)
        assert ask("select phone from model_shop_stg.`stg`") == Answer(False, answer)
        inlined = (
            "__dbt__cte__eph",
            "with s as (select id from model_shop_stg.`stg`) select * from s",
        )
        assert ask("with e as (select * from __dbt__cte__eph) select id from e", inlined) == (
            Answer(True)
        )
        assert [sql for sql in forbidden if ask(sql).binds is not None] == []
    finally:
        asking.close()


def test_a_statement_that_takes_too_long_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = Asking("duckdb", Limits(seconds=0.5, memory=1 << 30), confined=True)
    deep = f"select {'(' * 400}1{')' * 400}" + "".join(
        f" union select {'+'.join(['1'] * 4000)}" for _ in range(60)
    )
    try:
        answer = asking.ask(Statement(deep, (), (), "duckdb"))
        assert answer.binds is not False
        assert asking.ask(Statement("select 1", (), (), "duckdb")) == Answer(True)
    finally:
        asking.close()


def test_the_words_are_those_of_both_hosts() -> None:
    proof = {"outcome": "contradicted", "answer": None}
    assert MacroHost().call("_proof_text", proof, "DuckDB 2.0.0") == (
        "contradicted by DuckDB 2.0.0, which binds it"
    )
