"""What operations combine: the operands of comparisons, conditions, and the columns in them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from breaking_changes.binder.type_errors.operands import bare


def paired_rows(node: exp.Expr) -> list[tuple[exp.Expr, exp.Expr]]:
    """The pairs that meet where two rows are compared, as in `(a, b) IN (SELECT c, d ...)`."""
    if not isinstance(node, (exp.In, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)):
        return []
    left = bare(node.this)
    if not isinstance(left, exp.Tuple):
        return []
    query = node.args.get("query")
    others = node.expressions if isinstance(node, exp.In) else [bare(node.expression)]
    found = [
        pair
        for other in others
        if isinstance(other, exp.Tuple)
        for pair in zip(left.expressions, other.expressions, strict=False)
    ]
    return found + (
        list(zip(left.expressions, query.unnest().selects, strict=False)) if query else []
    )


def compared_with(node: exp.In | exp.Between) -> list[exp.Expr]:
    """What IN or BETWEEN compares its operand with."""
    if isinstance(node, exp.Between):
        return [node.args["low"], node.args["high"]]
    query = node.args.get("query")
    selects = query.unnest().selects if query else []
    return [*node.expressions, *selects[:1]]


def condition_of(node: exp.Expr) -> exp.Expr | None:
    """What a clause takes for true or false."""
    if isinstance(node, exp.If) and isinstance(node.parent, exp.Case) and node.parent.this:
        return None
    found: exp.Expr | None = None
    if isinstance(node, (exp.Where, exp.Having, exp.Qualify, exp.If)):
        found = node.this
    elif isinstance(node, exp.Join):
        found = node.args.get("on")
    return found


def columns_in(node: exp.Expr) -> Iterator[exp.Column]:
    """The columns that an expression names itself, those of its subqueries left out."""
    if isinstance(node, exp.Column):
        yield node
    elif not isinstance(node, exp.Query):
        for child in node.iter_expressions():
            yield from columns_in(child)
