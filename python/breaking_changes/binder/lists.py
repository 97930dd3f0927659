"""Reports what is taken apart like a list and is none, and lists whose members share no type."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from breaking_changes.binder.binding import bind_all, grouping_of, sources_of
from breaking_changes.binder.identity import combine
from breaking_changes.binder.operators import operator
from breaking_changes.binder.scopes import Value

if TYPE_CHECKING:
    from sqlglot import exp

    from breaking_changes.binder.scopes import Context, Scope


def array(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """A list of values, `[a, b]`."""
    if ctx.traits.name != "duckdb":
        return operator(ctx, node, scope)
    values = bind_all(ctx, node.expressions, scope)
    refuse_mixed(ctx, values, node, scope)
    text = combine(node, [value.text for value in values], ctx.traits.plus_commutes)
    return Value(ctx.typer.infer(node, values), text, sources_of(values), grouping_of(values))


def refuse_mixed(ctx: Context, values: list[Value], node: exp.Expr, scope: Scope) -> None:
    """Report members of a list that share no type; DuckDB casts none of them to text."""
    kinds: dict[str | None, Value] = {}
    for value in values:
        kinds.setdefault(value.type, value)
    for one, other in combinations(kinds.values(), 2):
        if not ctx.typer.members_unify(one.type, other.type):
            types = [ctx.typer.final(value.type) for value in (one, other)]
            detail = f"{types[0]} and {types[1]} cannot be members of one list"
            for relation, column in dict.fromkeys(one.sources + other.sources):
                ctx.findings.unbound("type", (relation,), column, scope.clause, node, detail)


def refuse_no_list(
    ctx: Context, node: exp.Expr, value: Value, scope: Scope, others: tuple[str, ...] = ()
) -> None:
    """Report what is no list where one is needed; `others` start more types that are none."""
    type_ = value.type
    if type_ is None or type_.endswith("]") or ctx.traits.name not in _LISTS:
        return
    type_ = ctx.typer.final(type_) or type_
    if ctx.traits.name == "duckdb":
        is_none = ctx.typer.is_scalar(type_) or type_.startswith(others)
    else:
        is_none = ctx.typer.is_scalar(type_) or ctx.typer.parsed(type_).is_type(*_NO_LISTS)
    if is_none:
        detail = f"a list is needed, and this is {value.type}"
        for relation, column in dict.fromkeys(value.sources):
            ctx.findings.unbound("type", (relation,), column, scope.clause, node, detail)


_LISTS = frozenset({"duckdb", "postgres", "bigquery", "spark", "databricks", "clickhouse"})
"""The engines that were asked what they take apart."""

_NO_LISTS = ("struct", "boolean", "json")
