"""Reports what is taken apart like a list and is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp

    from breaking_changes.binder.scopes import Context, Scope, Value


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
