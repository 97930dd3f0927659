"""Aggregate functions, as DuckDB types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.engines.duckdb.basics import first_stored
from breaking_changes.binder.engines.duckdb.facts import RETURNS
from breaking_changes.binder.engines.duckdb.types import (
    TIMESTAMPS,
    ZONED,
    decimal,
    element,
    is_integer,
    listed,
    stored,
)

if TYPE_CHECKING:
    from breaking_changes.binder.engines.duckdb.basics import Rule, Types


def sum_of(node: exp.Expr, types: Types) -> str | None:
    """SUM: whole numbers add up to HUGEINT, a DECIMAL keeps its scale."""
    type_ = stored(types[0]) if types else None
    if type_ is None:
        return None
    if type_ == "BOOLEAN" or (is_integer(type_) and type_ != "UHUGEINT"):
        return "HUGEINT"
    size = decimal(type_) if type_.startswith("DECIMAL") else None
    if size is not None:
        return f"DECIMAL(38,{size[1]})"
    return "DOUBLE" if type_ in ("FLOAT", "DOUBLE", "UHUGEINT") else None


def average(node: exp.Expr, types: Types) -> str | None:
    """AVG: a DOUBLE, of moments a moment."""
    type_ = stored(types[0]) if types else None
    if type_ is None:
        return None
    if type_ in TIMESTAMPS or type_ == "DATE":
        return "TIMESTAMP"
    return type_ if type_ in (ZONED, "TIME", "INTERVAL", "TIME WITH TIME ZONE") else "DOUBLE"


def middle(node: exp.Expr, types: Types) -> str | None:
    """Median and continuous quantiles."""
    type_ = stored(types[0]) if types else None
    if type_ is None:
        return None
    type_ = "TIMESTAMP" if type_ == "DATE" else "DOUBLE" if is_integer(type_) else type_
    many = len(types) > 1 and types[1] is not None and types[1].endswith("]")
    return listed(type_) if many else type_


def quantile(node: exp.Expr, types: Types) -> str | None:
    """A discrete quantile, or several of them as a list."""
    type_ = stored(types[0]) if types else None
    many = len(types) > 1 and types[1] is not None and types[1].endswith("]")
    return listed(type_) if many else type_


def within(node: exp.Expr, types: Types) -> str | None:
    """`f(...) within group (order by x)`: the function over x."""
    ordered = types[1] if len(types) > 1 else None
    if isinstance(node.this, (exp.PercentileCont, exp.PercentileDisc)):
        many = isinstance(node.this.this, exp.Array)
        fraction = "DOUBLE[]" if many else "DOUBLE"
        rule = middle if isinstance(node.this, exp.PercentileCont) else quantile
        return rule(node, [ordered, fraction])
    return stored(ordered) if isinstance(node.this, exp.Mode) else types[0]


def extreme(node: exp.Expr, types: Types) -> str | None:
    """MIN, MAX and their likes; with a count they return a list."""
    type_ = stored(types[0]) if types else None
    counted = node.args.get("count") is not None or (
        isinstance(node, (exp.Min, exp.Max)) and len(types) > 1
    )
    return listed(type_) if counted else type_


def aggregate_list(node: exp.Expr, types: Types) -> str | None:
    """list_aggregate(list, 'name'): the aggregate over the elements."""
    name = node.expressions[1].name.lower() if len(node.expressions) > 1 else ""
    inner = [element(types[0])] if types else []
    rule = _LIST_AGGREGATES.get(name)
    return rule(node, inner) if rule is not None else RETURNS.get(name)


_LIST_AGGREGATES: dict[str, Rule] = {
    "sum": sum_of,
    "avg": average,
    "min": first_stored,
    "max": first_stored,
    "median": middle,
    "first": first_stored,
    "last": first_stored,
    "any_value": first_stored,
    "mode": first_stored,
}
