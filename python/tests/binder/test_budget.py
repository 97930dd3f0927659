"""SQL that is made to be expensive is analysed, or refused with a reason, in bounded time."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.queues import SimpleQueue

import pytest

from breaking_changes.binder import Column, Relation, analyse
from breaking_changes.binder.patterns import like, matcher

SECONDS = 20
BYTES = 3 * 2**30
INTEGERS = tuple(Column(f"c{number}", "INTEGER") for number in range(5))
DEEP = "The SQL is nested too deeply to be parsed."
UNBOUND = "The SQL is nested too deeply to be bound."


def _chain(levels: int, select: str, first: str = "select * from t") -> str:
    """CTEs that each read the one before twice."""
    ctes = [f"x0 as ({first})"]
    ctes += [
        f"x{number} as ({select.format(before=f'x{number - 1}')})"
        for number in range(1, levels + 1)
    ]
    return f"with {', '.join(ctes)} select * from x{levels}"


def _columns(count: int, type_: str = "INTEGER") -> tuple[Column, ...]:
    return tuple(Column(f"c{number}", type_) for number in range(count))


STAR = "select a.* from {before} a join {before} b on a.c0 = b.c0"
SUMS = "select p.a + q.a as a, p.b || q.b as b from {before} p join {before} q on p.a = q.a"
BOTH = "select * from {before} a, {before} b"
LATERAL = ", ".join(f"a{number} + a{number} as a{number + 1}" for number in range(1500))
MANY = ", ".join(f"c{number}" for number in range(20_000))
FIELDS = ", ".join(f"f{number} INTEGER" for number in range(5000))
CASES: dict[str, tuple[str, tuple[Column, ...], str | None]] = {
    "a star through 40 CTEs that join themselves": (_chain(40, STAR), INTEGERS, None),
    "sums through 40 CTEs that join themselves": (
        _chain(40, SUMS, "select c0 as a, c1 as b from t"),
        INTEGERS,
        None,
    ),
    "columns that double 40 times": (
        _chain(40, BOTH),
        INTEGERS,
        "The queries in the SQL have more than 500000 columns.",
    ),
    "aliases that double 1,500 times": (f"select c0 as a0, {LATERAL} from t", INTEGERS, None),
    "a pattern that tries every split": (
        "select columns('(a|a)*b') from t",
        (Column("a" * 60, "INTEGER"),),
        "The pattern of COLUMNS(...) is not evaluated.",
    ),
    "a pattern with many repetitions": (
        "select columns('a*a*a*a*a*a*c') from t",
        (Column("a" * 100, "INTEGER"),),
        "The pattern of a star is not evaluated.",
    ),
    "an interval of 100,000 digits": (
        f"select interval '{'9' * 100_000}' day as x",
        (),
        "The SQL has an interval of 100000 characters.",
    ),
    "a number of 100,000 digits": (
        f"select {'9' * 100_000} as x",
        (),
        "The SQL has a number of 100000 digits.",
    ),
    "10,000 indexes": (f"select c0{'[1]' * 10_000} as x from t", INTEGERS, DEEP),
    "8,000 subqueries": ("select * from (" * 8000 + "select 1" + ")" * 8000, (), DEEP),
    "8,000 brackets": ("select " + "(" * 8000 + "1" + ")" * 8000, (), DEEP),
    "8,000 minus signs": ("select " + "- " * 8000 + "1 as x", (), DEEP),
    "20,000 operands": ("select " + "+".join(["c0"] * 20_000) + " as x from t", INTEGERS, UNBOUND),
    "20,000 columns": (f"select {MANY} from t", _columns(20_000), None),
    "5,000 columns of one name": (f"select {', '.join(['c0'] * 5000)} from t", INTEGERS, None),
    "5,000 columns without all but one": (
        f"select * exclude ({', '.join(f'c{number}' for number in range(5000))}) from t",
        _columns(5001),
        None,
    ),
    "1,500 relations": (
        "select * from " + ", ".join(f"t t{number}" for number in range(1500)),
        INTEGERS,
        None,
    ),
    "a type with 100,000 blanks": (
        "select c0.a as a, c1 + 1 as b from t",
        (
            Column("c0", f"STRUCT(a {' ' * 90_000} INTEGER)"),
            Column("c1", f"DECIMAL({' ' * 100_000}10, 2)"),
        ),
        None,
    ),
    "a type with 5,000 fields": (
        "select c0.f1 as a, c0 from t",
        (Column("c0", f"STRUCT({FIELDS})"),),
        None,
    ),
    "a type within 3,000 types": (
        "select c0 as a, coalesce(c0, c0) as b from t",
        (Column("c0", "STRUCT(a " * 3000 + "INTEGER" + ")" * 3000),),
        None,
    ),
    "a list of 20,000 lists": (
        "select c0[1] as a, coalesce(c0, c0) as b from t",
        (Column("c0", "INTEGER" + "[]" * 20_000),),
        None,
    ),
}


def _analyse(
    sql: str, columns: tuple[Column, ...], dialect: str, answer: SimpleQueue[str | None]
) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    relations: dict[tuple[str, ...], Relation] = {("t",): Relation("t", columns)}
    answer.put(analyse(sql, relations.get, dialect).reason)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
@pytest.mark.parametrize("name", CASES)
def test_expensive_sql_ends(name: str, dialect: str) -> None:
    sql, columns, reason = CASES[name]
    if "columns(" in sql or "exclude (" in sql:
        dialect = "duckdb"
    context = multiprocessing.get_context("fork")
    answer: SimpleQueue[str | None] = context.SimpleQueue()
    process = context.Process(target=_analyse, args=(sql, columns, dialect, answer))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        pytest.fail(f"not done after {SECONDS} seconds")
    assert process.exitcode == 0
    assert answer.get() == reason


def _names(matches: Callable[[str], object]) -> list[str]:
    return [name for name in ("phone_a", "phone_b", "name", "PHONE") if matches(name)]


@pytest.mark.parametrize(
    "pattern, found",
    [
        ("phone", ["phone_a", "phone_b"]),
        ("^phone_(a|b)$", ["phone_a", "phone_b"]),
        ("(?i)^PHONE$", ["PHONE"]),
        ("(_a|name)$", ["phone_a", "name"]),
        ("[a-z]{4}", ["phone_a", "phone_b", "name"]),
        ("p.*e_[ab]?", ["phone_a", "phone_b"]),
        ("na+m+e", ["name"]),
        ("(phone_)?a", ["phone_a", "name"]),
        ("x", []),
    ],
)
def test_patterns(pattern: str, found: list[str]) -> None:
    search = matcher(pattern)
    assert search is not None
    assert _names(search) == found


@pytest.mark.parametrize(
    "pattern", ["(a|a)*b", "(a+)+", "(a{1,5}){20,}", r"(a)\1", "(?=a)b", "(", "a" * 2000]
)
def test_patterns_that_are_not_evaluated(pattern: str) -> None:
    assert matcher(pattern) is None


@pytest.mark.parametrize(
    "pattern, found",
    [
        ("ph%", ["phone_a", "phone_b"]),
        ("%e", ["name"]),
        ("n_me", ["name"]),
        ("%", ["phone_a", "phone_b", "name", "PHONE"]),
        ("%o%e%_", ["phone_a", "phone_b"]),
        ("", []),
        ("%" * 50 + "z", []),
    ],
)
def test_like(pattern: str, found: list[str]) -> None:
    assert _names(lambda name: like(name, pattern)) == found
