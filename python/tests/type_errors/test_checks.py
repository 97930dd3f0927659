"""What is refused and what is undecided in typed expressions: complete results per case."""

from __future__ import annotations

import random

import duckdb
import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from type_errors.ask import MEMBERS, TEXTS

from breaking_changes.binder.type_errors import Findings, check, check_set_operation, refusals
from breaking_changes.binder.type_errors.documented import DOCUMENTED
from breaking_changes.binder.type_errors.engines import NAMES
from breaking_changes.binder.type_errors.table import FOLDER, load

COLUMNS = {
    "i": "int",
    "b": "bigint",
    "n": "decimal(10,2)",
    "f": "double precision",
    "s": "varchar",
    "bo": "boolean",
    "d": "date",
    "ts": "timestamp",
    "iv": "interval",
    "u": "uuid",
    "g": "geometry",
}
DUCKDB = "duckdb"
POSTGRES = "postgres"
BOTH = (DUCKDB, POSTGRES)

# dialects, expression: the columns of each refusal, the columns of what is undecided
CASES: list[tuple[tuple[str, ...], str, list[str], list[str]]] = [
    # aggregates and arithmetic over text
    (BOTH, "sum(s)", ["s"], []),
    (BOTH, "avg(s) + 1", ["s"], []),
    (BOTH, "sum(i)", [], []),
    (BOTH, "sum(i) + 1", [], []),
    (BOTH, "sum(i) over (partition by s)", [], []),
    (BOTH, "sum(s) over (partition by i)", ["s"], []),
    (BOTH, "sum(s) filter (where bo)", ["s"], []),
    (BOTH, "sum(case when s = 'a' then n else 0 end)", [], []),
    (BOTH, "sum(cast(s as int))", [], []),
    (BOTH, "s + 1", ["s"], []),
    (BOTH, "s * n", ["s n"], []),
    (BOTH, "-s", ["s"], []),
    (BOTH, "n / nullif(i, 0)", [], []),
    (BOTH, "avg(bo)", ["bo"], []),
    ((DUCKDB,), "sum(bo)", [], []),
    ((POSTGRES,), "sum(bo)", ["bo"], []),
    ((DUCKDB,), "max(bo)", [], []),
    ((POSTGRES,), "max(bo)", ["bo"], []),
    # comparisons
    ((DUCKDB,), "s = i", [], []),
    ((POSTGRES,), "s = i", ["s i"], []),
    (BOTH, "s = 'x'", [], []),
    ((DUCKDB,), "s = 1", [], []),
    ((POSTGRES,), "s = 1", ["s"], []),
    (BOTH, "i = '1'", [], []),
    (BOTH, "i = 'active'", ["i"], []),
    (BOTH, "i <> 'active'", ["i"], []),
    (BOTH, "'active' = i", ["i"], []),
    (BOTH, "d >= '2024-01-01'", [], []),
    (BOTH, "d = 'open'", ["d"], []),
    (BOTH, "bo = 'true'", [], []),
    (BOTH, "bo = 'shipped'", ["bo"], []),
    (BOTH, "u = 'x'", ["u"], []),
    (BOTH, "d = i", ["d i"], []),
    (BOTH, "d < ts", [], []),
    (BOTH, "d > i", ["d i"], []),
    (BOTH, "i in ('a', 'b')", ["i"], []),
    (BOTH, "i in (1, 2, b)", [], []),
    ((DUCKDB,), "s in (1, 2)", [], []),
    ((POSTGRES,), "s in (1, 2)", ["s"], []),
    (BOTH, "i between d and d", ["i d"], []),
    (BOTH, "d between '2024-01-01' and d", [], []),
    (BOTH, "i like 'a%'", ["i"], []),
    (BOTH, "s like 'a%'", [], []),
    # conditions
    ((DUCKDB,), "i and bo", [], []),
    ((POSTGRES,), "i and bo", ["i bo"], []),
    ((POSTGRES,), "not i", ["i"], []),
    (BOTH, "case when d then 1 end", ["d"], []),
    (BOTH, "case when bo then 1 end", [], []),
    # expressions whose branches share a type
    (BOTH, "coalesce(s, i)", ["s i"], []),
    (BOTH, "coalesce(s, 'none')", [], []),
    (BOTH, "coalesce(i, 0)", [], []),
    ((POSTGRES,), "coalesce(i, 'none')", ["i"], []),
    ((DUCKDB,), "coalesce(i, 'none')", [], ["i"]),
    (BOTH, "greatest(i, 'none')", ["i"], []),
    (BOTH, "coalesce(s, 0)", ["s"], []),
    (BOTH, "coalesce(d, ts)", [], []),
    (BOTH, "coalesce(i, n, f, s)", ["i n f s"], []),
    (BOTH, "case when bo then i else s end", ["i s"], []),
    (BOTH, "case when bo then i else 0 end", [], []),
    (BOTH, "case when bo then 'x' else s end", [], []),
    ((POSTGRES,), "case when bo then 'x' else i end", ["i"], []),
    ((DUCKDB,), "case when bo then 'x' else i end", [], ["i"]),
    (BOTH, "case i when 1 then 'x' when 2 then 'y' end", [], []),
    (BOTH, "case d when 1 then 'x' end", ["d"], []),
    (BOTH, "case when bo then '1' when i > 1 then '2' else i end", [], []),
    ((POSTGRES,), "case when bo then '1' when i > 1 then 'b' else i end", ["i"], []),
    ((DUCKDB,), "case when bo then '1' when i > 1 then 'b' else i end", [], ["i"]),
    (BOTH, "coalesce(null, '1', i)", [], []),
    (BOTH, "coalesce(g, i, s)", [], ["g i"]),
    (BOTH, "greatest(d, i)", ["d i"], []),
    (BOTH, "greatest(i, n)", [], []),
    # dates and intervals
    (BOTH, "d + 1", [], []),
    (BOTH, "d + i", [], []),
    (BOTH, "d + b", ["d b"], []),
    (BOTH, "d - s", ["d s"], []),
    (BOTH, "d - d", [], []),
    (BOTH, "d - interval '1 day'", [], []),
    (BOTH, "s - interval '1 day'", ["s"], []),
    (BOTH, "i - interval '1 day'", ["i"], []),
    (BOTH, "ts - ts", [], []),
    (BOTH, "iv * 2", [], []),
    (BOTH, "ts * 2", ["ts"], []),
    (BOTH, "(max(d) - min(d)) / 7", [], []),
    (BOTH, "(ts - ts) * 2", [], []),
    (BOTH, "(d - d) * 2 + 1", [], []),
    (BOTH, "extract(day from ts - ts)", [], []),
    ((DUCKDB,), "d + (d - d)", ["d"], []),
    ((POSTGRES,), "d + (d - d)", [], []),
    (BOTH, "d + sum(i)", ["d i"], []),
    (BOTH, "upper(coalesce(i, 0))", ["i"], []),
    (BOTH, "upper(coalesce(s, 'x'))", [], []),
    # functions
    (BOTH, "date_trunc('month', d)", [], []),
    (BOTH, "date_trunc('month', s)", ["s"], []),
    (BOTH, "date_trunc('millennium', s)", ["s"], []),
    (BOTH, "extract(year from ts)", [], []),
    (BOTH, "extract(year from s)", ["s"], []),
    (BOTH, "extract(century from i)", ["i"], []),
    (BOTH, "upper(s)", [], []),
    (BOTH, "upper(i)", ["i"], []),
    (BOTH, "upper(trim(i))", ["i"], []),
    (BOTH, "length(i)", ["i"], []),
    (BOTH, "substring(i, 1, 2)", ["i"], []),
    (BOTH, "s || i", [], []),
    (BOTH, "concat(s, i)", [], []),
    (BOTH, "abs(s)", ["s"], []),
    (BOTH, "round(n, 2)", [], []),
    ((DUCKDB,), "round(f, 2)", [], []),
    ((POSTGRES,), "round(f, 2)", ["f"], []),
    ((DUCKDB,), "string_agg(i, ',')", [], []),
    ((POSTGRES,), "string_agg(i, ',')", ["i"], []),
    ((DUCKDB,), "strftime(d, '%Y')", [], []),
    ((DUCKDB,), "strftime(s, '%Y')", ["s"], []),
    ((POSTGRES,), "to_char(d, 'YYYY')", [], []),
    ((POSTGRES,), "to_char(s, 'YYYY')", ["s"], []),
    ((POSTGRES,), "left(s, b)", ["s b"], []),
    (BOTH, "lag(i) over (order by d)", [], []),
    (BOTH, "count(distinct s)", [], []),
    (BOTH, "count(*)", [], []),
    # casts
    (BOTH, "cast(s as date)", [], []),
    (BOTH, "cast(i as date)", ["i"], []),
    (BOTH, "cast(bo as date)", ["bo"], []),
    ((DUCKDB,), "try_cast(i as date)", [], []),
    # what no table answers
    (BOTH, "some_function(s)", [], ["s"]),
    (BOTH, "some_function(1)", [], []),
    (BOTH, "g = i", [], ["g i"]),
    (BOTH, "sum(g)", [], ["g"]),
    (BOTH, "s is null", [], []),
    (BOTH, "row_number() over (partition by s order by i)", [], []),
    # two refusals in one expression, and none around a refused one
    (BOTH, "sum(s) + sum(d)", ["s", "d"], []),
    (BOTH, "case when sum(s) > 1 then upper(i) end", ["s", "i"], []),
    (BOTH, "some_function(sum(s))", ["s"], []),
    # a subquery is a statement of its own
    (BOTH, "(select sum(t.s) from t)", [], []),
    # engines known from their documentation
    (("bigquery", "trino", "athena"), "sum(s)", ["s"], []),
    (("bigquery", "trino"), "sum(d)", ["d"], []),
    (("bigquery", "trino"), "s = i", ["s i"], []),
    (("bigquery", "trino"), "s = 1", ["s"], []),
    (("bigquery", "trino"), "i = '1'", ["i"], []),
    (("bigquery", "trino"), "i = i", [], []),
    (("trino",), "s = 'x'", [], ["s"]),
    (("bigquery",), "s = 'x'", [], []),
    (("bigquery",), "d = '2024-01-01'", [], []),
    (("bigquery",), "d = 'open'", ["d"], []),
    (("trino",), "d = '2024-01-01'", ["d"], []),
    (("bigquery", "trino"), "coalesce(s, i)", ["s i"], []),
    (("bigquery", "trino"), "coalesce(s, 'x', i)", ["s i"], []),
    (("bigquery", "trino"), "case when bo then s else d end", ["s d"], []),
    (("bigquery", "trino"), "i in ('a')", ["i"], []),
    (("bigquery", "trino"), "s + 1", ["s"], []),
    (("bigquery", "trino"), "upper(i)", ["i"], []),
    (("bigquery", "trino"), "extract(year from s)", ["s"], []),
    (("bigquery",), "ts = d", ["ts d"], []),
    (("trino",), "ts = d", [], ["ts d"]),
    (("bigquery", "trino"), "case when i then 1 end", ["i"], []),
    (("snowflake", "redshift"), "i = 'active'", ["i"], []),
    (("databricks",), "i = 'active'", [], ["i"]),
    (("spark",), "i = 'active'", [], []),
    (("snowflake", "databricks", "redshift"), "sum(d)", ["d"], []),
    (("snowflake", "databricks"), "sum(s)", [], ["s"]),
    (("redshift",), "sum(s)", ["s"], []),
    (("snowflake", "tsql"), "s = i", [], ["s i"]),
    (("clickhouse",), "s = i", ["s i"], []),
]


# sqlglot reads two functions of the engine as one, and they differ for these operands.
SHARED: dict[str, dict[str, str]] = {
    DUCKDB: {},
    POSTGRES: {
        "length(c_binary)": "accepted",
        "char_length(c_binary)": "refused",
        "position('a' IN c_binary)": "accepted",
        "strpos(c_binary, 'a')": "refused",
        "extract(hour FROM c_date)": "refused",
        "date_part('hour', c_date)": "accepted",
        "c_jsonb ->> 'a'": "accepted",
        "json_extract_path_text(c_jsonb, 'a')": "refused",
    },
}


def annotated(sql: str, dialect: str, columns: dict[str, str] = COLUMNS) -> exp.Query:
    schema: dict[str, object] = {"t": columns}
    query = qualify(sqlglot.parse_one(sql, read=dialect), schema=schema, dialect=dialect)
    typed = annotate_types(query, schema=schema, dialect=dialect)
    assert isinstance(typed, exp.Query)
    return typed


def columns_of(findings: Findings) -> tuple[list[str], list[str]]:
    refused, undecided = (
        [" ".join(column.name for column in finding.columns) for finding in group]
        for group in (findings.refused, findings.undecided)
    )
    return refused, undecided


@pytest.mark.parametrize(
    "dialect, sql, refused, undecided",
    [(dialect, *case[1:]) for case in CASES for dialect in case[0]],
)
def test_expression(dialect: str, sql: str, refused: list[str], undecided: list[str]) -> None:
    if dialect == "snowflake":
        refused, undecided = ([name.upper() for name in names] for names in (refused, undecided))
    projection = annotated(f"select {sql} as r from t", dialect).selects[0]
    assert columns_of(check(projection, dialect)) == (refused, undecided)


@pytest.mark.parametrize(
    "dialect, sql, reason",
    [
        (POSTGRES, "s = i", "PostgreSQL does not accept string = integer"),
        (DUCKDB, "sum(s)", "DuckDB does not accept sum(string)"),
        (DUCKDB, "i = 'active'", "the text 'active' is no integer"),
        (DUCKDB, "date_trunc('week', s)", "DuckDB does not accept date_trunc('week', string)"),
        (DUCKDB, "cast(i as date)", "DuckDB does not accept CAST(integer AS date)"),
    ],
)
def test_reason(dialect: str, sql: str, reason: str) -> None:
    projection = annotated(f"select {sql} as r from t", dialect).selects[0]
    assert [finding.reason for finding in refusals(projection, dialect)] == [reason]


def test_the_engine_is_named() -> None:
    engines = {path.stem for path in FOLDER.glob("*.txt")} | set(DOCUMENTED)
    assert set(NAMES) == engines


@pytest.mark.parametrize(
    "clause, sql, refused",
    [
        ("where", "select i from t where i", ["i"]),
        ("where", "select i from t where s = 1 and bo", ["s"]),
        ("having", "select i from t group by i having sum(i)", ["i"]),
        ("where", "select i from t where i in (select s from t)", ["i s"]),
        ("where", "select i from t where exists (select 1 from t as o where o.s = t.i)", []),
    ],
)
def test_clause(clause: str, sql: str, refused: list[str]) -> None:
    query = annotated(sql, POSTGRES)
    assert columns_of(check(query.args[clause], POSTGRES)) == (refused, [])


def test_types_from_elsewhere() -> None:
    """A function that no table holds has the type that the caller knows."""
    projection = annotated("select d + days(i) as r from t", DUCKDB).selects[0]
    types = {"i": "INTEGER", "d": "DATE", "days": "BIGINT"}

    def type_of(node: exp.Expr) -> str | None:
        return types.get(node.name)

    assert columns_of(check(projection, DUCKDB)) == ([], ["i", "d i"])
    assert columns_of(check(projection, DUCKDB, type_of)) == (["d i"], ["i"])


def test_join_condition() -> None:
    query = annotated("select a.i from t as a join t as b on a.s = b.i", POSTGRES)
    assert columns_of(check(query.args["joins"][0], POSTGRES)) == (["s i"], [])


@pytest.mark.parametrize(
    "dialect, sql, refused",
    [
        (DUCKDB, "select i from t union all select n from t", []),
        (DUCKDB, "select i from t union all select s from t", []),
        (POSTGRES, "select i from t union all select s from t", ["i s"]),
        (POSTGRES, "select i from t union all select '1' from t", []),
        (POSTGRES, "select i from t union all select 'x' from t", ["i"]),
        (POSTGRES, "select d, s from t union all select d, i from t", ["s i"]),
        (POSTGRES, "select d from t union all select null from t", []),
    ],
)
def test_set_operation(dialect: str, sql: str, refused: list[str]) -> None:
    union = annotated(sql, dialect)
    assert isinstance(union, exp.SetOperation)
    pairs = zip(union.left.selects, union.right.selects, strict=True)
    findings = check_set_operation(pairs, dialect)
    assert columns_of(findings) == (refused, [])


@pytest.mark.parametrize("dialect", BOTH)
def test_checks_agree_with_the_table(dialect: str) -> None:
    """Each question, asked in SQL over columns of each class, gets the table's answer."""
    table = load(dialect)
    columns = {f"c_{name}": members[-1] for name, members in MEMBERS[dialect].items()}
    cells: list[tuple[str, tuple[str, ...], str]] = [
        (question, (name,), answer)
        for question, answers in table.single.items()
        for name, answer in answers.items()
    ]
    pairs = [
        (question, pair, answer)
        for question, answers in table.double.items()
        for pair, answer in answers.items()
        if "UNION ALL" not in question and "text" not in pair
    ]
    random.seed(1)
    wrong = []
    for question, names, answer in cells + random.sample(pairs, 600):
        if not set(names) & set(MEMBERS[dialect]):
            continue
        sql = question
        for position, name in enumerate(names, start=1):
            if f"AS ${position})" in question:
                operand = MEMBERS[dialect].get(name, ["?"])[-1]
            else:
                operand = {"null": "NULL", "number": "1"}.get(name, f"c_{name}")
            sql = sql.replace(f"${position}", operand)
        if "?" in sql or "text" in names:
            continue
        projection = sqlglot.parse_one(f"select {sql} as r", read=dialect, into=exp.Select).selects[
            0
        ]
        found = check(projection, dialect, lambda node: columns.get(node.name))
        expected = {"x": "refused", "?": "undecided"}.get(answer, "accepted")
        got = "refused" if found.refused else "undecided" if found.undecided else "accepted"
        if got != expected:
            wrong.append((sql, expected, got))
    shared = [(sql, answer, "undecided") for sql, answer in SHARED[dialect].items()]
    assert sorted(wrong) == sorted(shared), "\n".join(map(str, wrong))


def test_text_samples_read_as_their_class() -> None:
    known = {"boolean", "date", "timestamp", "timestamptz", "uuid", "string", "interval"}
    columns = {f"c_{name}": members[-1] for name, members in MEMBERS[DUCKDB].items()}
    projections = [f"c_{name} = '{text}'" for name, text in TEXTS.items() if name in known]
    query = annotated(
        "select " + ", ".join(f"{sql} as r{i}" for i, sql in enumerate(projections)) + " from t",
        DUCKDB,
        columns,
    )
    assert [refusals(projection, DUCKDB) for projection in query.selects] == [()] * len(projections)


@pytest.mark.parametrize(
    "sql, refused",
    [
        ("i = 'a'", True),
        ("i in ('a', 'b')", True),
        ("d between 'a' and 'b'", True),
        ("nullif(i, 'a')", True),
        ("greatest(i, 'a')", True),
        ("bo = 'maybe'", True),
        ("coalesce(i, 'a')", False),
        ("case when bo then i else 'a' end", False),
    ],
)
def test_duckdb_fails_on_the_first_row_that_reaches_a_text(sql: str, refused: bool) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table t as select 1 as i, date '2024-01-01' as d, true as bo")
        try:
            connection.execute(f"select {sql} from t")
            failed = False
        except duckdb.ConversionException:
            failed = True
    projection = annotated(f"select {sql} as r from t", DUCKDB).selects[0]
    assert (failed, bool(refusals(projection, DUCKDB))) == (refused, refused)
