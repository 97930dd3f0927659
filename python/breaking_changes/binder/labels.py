"""The names that engines give to output columns without an alias."""

from __future__ import annotations

import re

from sqlglot import exp

from breaking_changes.binder.engines.duckdb.types import describe, quoted
from breaking_changes.binder.naming import UPPER, fold


def label(node: exp.Expr, dialect: str, position: int) -> str:
    """The name of an unnamed output expression at a position that counts from 0.

    Engines build such names from the expression, each in its own way. Where the way is not
    modelled the expression's own text serves: it is the same on both sides of a comparison.
    """
    if dialect == "duckdb":
        return _duckdb(node)
    if dialect in ("postgres", "redshift"):
        return _postgres(node)
    if dialect == "bigquery":
        return f"f{position}_"
    if dialect in ("trino", "athena"):
        return f"_col{position}"
    text = node.sql(dialect, comments=False)
    return text.upper() if dialect in UPPER else fold(text, dialect)


def _postgres(node: exp.Expr) -> str:
    """Postgres takes a function's or cast column's name, else ?column?."""
    while isinstance(node, (exp.Paren, exp.Cast, exp.Window, exp.Filter, exp.WithinGroup)):
        node = node.this
    if isinstance(node, exp.Column):
        return node.name
    if isinstance(node, exp.Bracket):
        return _postgres(node.this)
    if isinstance(node, exp.Dot):
        return str(node.expression.name)
    if isinstance(node, exp.Case):
        otherwise = node.args.get("default")
        named = _postgres(otherwise) if otherwise is not None else "?column?"
        return "case" if named == "?column?" else named
    if isinstance(node, exp.AtTimeZone):
        return "timezone"
    if isinstance(node, exp.Extract) and node.meta.get("date_part"):
        return "date_part"
    if isinstance(node, exp.Subquery):
        inner = node.unnest()
        selects = inner.selects if isinstance(inner, exp.Query) else []
        return (selects[0].alias_or_name or _postgres(selects[0])) if selects else "?column?"
    if isinstance(node, exp.Exists):
        return "exists"
    if isinstance(node, exp.Anonymous):
        return node.name.lower()
    if isinstance(node, exp.Func) and not isinstance(node, (exp.Binary, exp.Connector)):
        return node.sql("postgres").split("(")[0].lower()
    return "?column?"


_OPERATORS: dict[type[exp.Expr], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.IntDiv: "//",
    exp.Mod: "%",
    exp.EQ: "=",
    exp.NEQ: "!=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.And: "AND",
    exp.Or: "OR",
    exp.DPipe: "||",
    exp.Like: "~~",
}


def _duckdb(node: exp.Expr) -> str:
    """DuckDB prints the expression back with every operator in parentheses."""
    if isinstance(node, exp.Paren):
        return _duckdb(node.this)
    if isinstance(node, exp.Column):
        return ".".join(quoted(part.name) for part in node.parts)
    if type(node) in _OPERATORS:
        return f"({_duckdb(node.this)} {_OPERATORS[type(node)]} {_duckdb(node.expression)})"
    if isinstance(node, exp.Neg):
        inner = _duckdb(node.this)
        return f"-{inner}" if isinstance(node.this, exp.Literal) else f"(-({inner}))"
    if isinstance(node, exp.Not):
        return f"(NOT {_duckdb(node.this)})"
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Star):
        return "count_star()"
    if isinstance(node, exp.Cast):
        target = (describe(node.to) or node.to.sql("duckdb")).replace(",", ", ")
        return f"CAST({_duckdb(node.this)} AS {target})"
    if isinstance(node, exp.Coalesce):
        return f"COALESCE({', '.join(_duckdb(arg) for arg in [node.this, *node.expressions])})"
    if isinstance(node, exp.Literal):
        return node.sql("duckdb")
    if isinstance(node, (exp.Boolean, exp.Null)):
        return node.sql("duckdb") if isinstance(node, exp.Null) else str(node.this).lower()
    if isinstance(node, (exp.AggFunc, exp.Upper, exp.Lower)) and set(node.args) <= {
        "this",
        "big_int",
    }:
        inner = node.this
        if isinstance(inner, exp.Distinct):
            args = "DISTINCT " + ", ".join(_duckdb(arg) for arg in inner.expressions)
        else:
            args = _duckdb(inner)
        return f"{quoted(node.sql('duckdb').split('(')[0].lower())}({args})"
    if isinstance(node, exp.Anonymous):
        return f"{quoted(node.name.lower())}({', '.join(_duckdb(arg) for arg in node.expressions)})"
    text = node.sql("duckdb", comments=False)
    call = _CALL.match(text)
    if call and isinstance(node, exp.Func) and not isinstance(node, (exp.Case, exp.Exists)):
        arguments = ", ".join(_duckdb(argument) for argument in node.iter_expressions())
        return f"{quoted(call[1].lower())}({arguments})"
    return text


_CALL = re.compile(r"^([A-Z][A-Z0-9_]*)\((?!.*\bORDER BY\b).*\)$", re.DOTALL)
"""A function's text without clauses inside it."""
