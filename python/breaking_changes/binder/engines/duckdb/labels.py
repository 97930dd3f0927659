"""The names that DuckDB gives to outputs without an alias: the expression, printed back.

It puts every operator in parentheses and names a few functions otherwise; `tests/binder` asks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlglot import exp

from breaking_changes.binder.engines.duckdb.types import describe, quoted

_OPERATORS: dict[type[exp.Expr], str] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.IntDiv: "//",
    exp.Mod: "%",
    exp.Pow: "**",
    exp.EQ: "=",
    exp.NEQ: "!=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.And: "AND",
    exp.Or: "OR",
    exp.DPipe: "||",
    exp.BitwiseAnd: "&",
    exp.BitwiseOr: "|",
    exp.BitwiseLeftShift: "<<",
    exp.BitwiseRightShift: ">>",
    exp.Like: "~~",
    exp.ILike: "~~*",
    exp.Glob: "~~~",
    exp.NullSafeEQ: "IS NOT DISTINCT FROM",
    exp.NullSafeNEQ: "IS DISTINCT FROM",
    exp.ArrayContainsAll: "@>",
    exp.ArrayOverlaps: "&&",
}

_NEGATED: dict[type[exp.Expr], str] = {exp.Like: "!~~", exp.ILike: "!~~*"}

_CONSTANTS: dict[type[exp.Expr], str] = {
    exp.CurrentDate: "current_date",
    exp.CurrentTime: "current_time",
    exp.CurrentTimestamp: "current_timestamp",
    exp.Localtime: "localtime",
    exp.Localtimestamp: "localtimestamp",
}
"""Functions without parentheses."""

_UPPER = {"coalesce": "COALESCE", "ifnull": "COALESCE"}
"""Functions that are operators to DuckDB."""


def label(node: exp.Expr) -> str:
    """The name of an output expression; its text as it was parsed where the way is not known."""
    operator = _OPERATORS.get(type(node))
    if operator is not None:
        if node.args.get("negate"):
            operator = _NEGATED.get(type(node), operator)
        return f"({label(node.this)} {operator} {label(node.args['expression'])})"
    constant = _CONSTANTS.get(type(node))
    if constant is not None and not node.args.get("this"):
        return constant
    printed = _PRINTED.get(type(node))
    if printed is None and isinstance(node, exp.Func) and not isinstance(node, exp.Exists):
        printed = _known_call
    return printed(node) if printed is not None else node.sql("duckdb", comments=False)


def _listed(nodes: Iterable[exp.Expr]) -> str:
    return ", ".join(map(label, nodes))


def _column(node: Any) -> str:
    return ".".join(quoted(part.name) for part in node.parts)


def _negated(node: Any) -> str:
    inner = node.this
    if isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null):
        return f"({label(inner.this)} IS NOT NULL)"
    return f"(NOT {label(inner)})"


def _minus(node: Any) -> str:
    inner = label(node.this)
    return f"-{inner}" if isinstance(node.this, exp.Literal) else f"(-({inner}))"


def _cast(node: Any) -> str:
    word = "TRY_CAST" if isinstance(node, exp.TryCast) else "CAST"
    target = (describe(node.to) or node.to.sql("duckdb")).replace(",", ", ")
    return f"{word}({label(node.this)} AS {target})"


def _is(node: Any) -> str:
    if isinstance(node.expression, exp.Null):
        return f"({label(node.this)} IS NULL)"
    return f"(CAST({label(node.this)} AS BOOLEAN) IS NOT DISTINCT FROM {label(node.expression)})"


def _case(node: Any) -> str:
    subject = node.this
    parts = []
    for branch in node.args["ifs"]:
        condition = label(branch.this)
        if subject is not None:
            condition = f"({label(subject)} = {condition})"
        parts.append(f" WHEN ({condition}) THEN ({label(branch.args['true'])})")
    default = node.args.get("default")
    return f"CASE {''.join(parts)} ELSE {label(default) if default is not None else 'NULL'} END"


def _in(node: Any) -> str:
    if not node.expressions:
        return str(node.sql("duckdb", comments=False))
    return f"({label(node.this)} IN ({_listed(node.expressions)}))"


def _between(node: Any) -> str:
    low, high = label(node.args["low"]), label(node.args["high"])
    return f"({label(node.this)} BETWEEN {low} AND {high})"


def _extract(node: Any) -> str:
    unit = node.this
    name = unit.name if isinstance(unit, exp.Literal) else unit.name.upper()
    return f"date_part('{name}', {label(node.expression)})"


def _struct(node: Any) -> str:
    parts = [
        f"{quoted(part.this.name)} := {label(part.expression)}"
        if isinstance(part, exp.PropertyEQ)
        else label(part)
        for part in node.expressions
    ]
    return f"struct_pack({', '.join(parts)})"


def _map(node: Any) -> str:
    keys, values = node.args.get("keys"), node.args.get("values")
    if keys is None or values is None:
        return str(node.sql("duckdb", comments=False))
    return f'"map"({label(keys)}, {label(values)})'


def _map_literal(node: Any) -> str:
    pairs = node.this.expressions
    keys, values = (
        _listed(getattr(pair, side) for pair in pairs) for side in ("this", "expression")
    )
    return f'"map"(list_value({keys}), list_value({values}))'


def _arrow(node: Any) -> str:
    path = node.expression
    written = path.sql("duckdb") if isinstance(path, exp.Expr) else str(path)
    if isinstance(path, exp.JSONPath):
        parts = path.expressions
        plain = len(parts) == 2 and isinstance(parts[1], exp.JSONPathKey)
        written = f"'{parts[1].name}'" if plain else written
    sign = "->>" if isinstance(node, exp.JSONExtractScalar) else "->"
    return f"({label(node.this)} {sign} {written})"


def _lambda(node: Any) -> str:
    """A lambda; the arrow, which the parser does not tell from it, is no lambda to DuckDB 2."""
    names = ", ".join(part.name for part in node.expressions)
    return f"(lambda {names}: {label(node.this)})"


def _call(node: Any) -> str:
    name = node.name.lower()
    arguments = node.expressions
    if name == "count" and (not arguments or isinstance(arguments[0], exp.Star)):
        return "count_star()"
    if name in ("date", "try") and len(arguments) == 1:
        # DuckDB's parser makes a cast of the one and an operator of the other.
        value = arguments[0]
        while isinstance(value, (exp.Order, exp.Distinct)):
            value = value.this or value.expressions[0]
        return f"CAST({label(value)} AS DATE)" if name == "date" else f"TRY({label(value)})"
    return f"{_UPPER.get(name) or quoted(name)}({_listed(arguments)})"


def _known_call(node: Any) -> str:
    """A function that the parser knows and nothing more is known of: its name in small letters."""
    text = str(node.sql("duckdb", comments=False))
    name, bracket, _ = text.partition("(")
    if not bracket or not text.endswith(")") or not name.replace("_", "").isalnum():
        return text
    return f"{quoted(name.lower())}({_listed(node.iter_expressions())})"


def _ordered(node: Any) -> str:
    direction = " DESC" if node.args.get("desc") else ""
    first = node.args.get("nulls_first")
    # NULLs come last unless the query says otherwise.
    return f"{label(node.this)}{direction}{' NULLS FIRST' if first else ''}"


def _order(node: Any) -> str:
    inner = f"{label(node.this)} " if isinstance(node.this, exp.Expr) else ""
    return f"{inner}ORDER BY {_listed(node.expressions)}"


def _frame(spec: Any) -> str:
    args = spec.args
    parts = []
    for name in ("start", "end"):
        bound = args.get(name)
        text = label(bound) if isinstance(bound, exp.Expr) else str(bound or "CURRENT ROW").upper()
        side = args.get(f"{name}_side")
        parts.append(f"{text} {side.upper()}" if side else text)
    return f"{args['kind'].upper()} BETWEEN {parts[0]} AND {parts[1]}"


def _window(node: Any) -> str:
    if node.alias:
        return f"{label(node.this)} OVER {node.alias}"
    parts = []
    if node.args.get("partition_by"):
        parts.append(f"PARTITION BY {_listed(node.args['partition_by'])}")
    if node.args.get("order") is not None:
        parts.append(label(node.args["order"]))
    if node.args.get("spec") is not None:
        parts.append(_frame(node.args["spec"]))
    return f"{label(node.this)} OVER ({' '.join(parts)})"


def _within_group(node: Any) -> str:
    inner = node.this
    name = {"percentile_cont": "quantile_cont", "percentile_disc": "quantile_disc"}.get(
        inner.name.lower(), inner.name.lower()
    )
    return f"{quoted(name)}({_listed(inner.expressions)} {label(node.expression)})"


_PRINTED: dict[type[exp.Expr], Callable[[Any], str]] = {
    exp.Paren: lambda node: label(node.this),
    exp.Alias: lambda node: label(node.this),
    exp.Column: _column,
    exp.Boolean: lambda node: str(node.this).lower(),
    exp.Neg: _minus,
    exp.Not: _negated,
    exp.BitwiseNot: lambda node: f"(~({label(node.this)}))",
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Is: _is,
    exp.Case: _case,
    exp.In: _in,
    exp.Between: _between,
    exp.Extract: _extract,
    exp.Array: lambda node: f"list_value({_listed(node.expressions)})",
    exp.Struct: _struct,
    exp.Map: _map,
    exp.ToMap: _map_literal,
    exp.Tuple: lambda node: f'"row"({_listed(node.expressions)})',
    exp.JSONExtract: _arrow,
    exp.JSONExtractScalar: _arrow,
    exp.Lambda: _lambda,
    exp.Anonymous: _call,
    exp.Distinct: lambda node: f"DISTINCT {_listed(node.expressions)}",
    exp.Ordered: _ordered,
    exp.Order: _order,
    exp.Filter: lambda node: f"{label(node.this)} FILTER (WHERE {label(node.expression.this)})",
    exp.Window: _window,
    exp.WithinGroup: _within_group,
    exp.IgnoreNulls: lambda node: f"{label(node.this)} IGNORE NULLS",
    exp.SimilarTo: lambda node: f"regexp_full_match({label(node.this)}, {label(node.expression)})",
    exp.AtTimeZone: lambda node: f"timezone({label(node.args['zone'])}, {label(node.this)})",
    exp.StrPosition: lambda node: f'"position"({label(node.this)}, {label(node.args["substr"])})',
    exp.Count: lambda node: (
        "count_star()" if isinstance(node.this, exp.Star) else _known_call(node)
    ),
    exp.Coalesce: lambda node: f"COALESCE({_listed([node.this, *node.expressions])})",
}
