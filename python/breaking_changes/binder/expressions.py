"""Binds expressions: which function binds each of the parser's classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import lambdas, lists, operators, parts, stars, subqueries, windows
from breaking_changes.binder.identity import CONNECTIVES

if TYPE_CHECKING:
    from breaking_changes.binder.binding import Handlers

HANDLERS: Handlers = {
    exp.Query: subqueries.subquery,
    exp.Expr: operators.operator,
    exp.Column: operators.column,
    exp.Dot: parts.dot,
    exp.Bracket: parts.bracket,
    exp.StructExtract: parts.struct_extract,
    exp.Identifier: operators.identifier,
    exp.Literal: operators.literal,
    exp.PositionalColumn: operators.positional,
    exp.Paren: operators.wrapper,
    exp.Alias: operators.wrapper,
    exp.Exists: subqueries.exists,
    exp.Star: operators.star,
    exp.DataType: operators.data_type,
    exp.Var: operators.word,
    exp.Anonymous: parts.anonymous,
    exp.Lambda: lambdas.lambda_,
    exp.Comprehension: lambdas.comprehension,
    exp.Transform: lambdas.list_function,
    exp.ArrayFilter: lambdas.list_function,
    exp.Window: windows.window,
    exp.Collate: operators.collate,
    exp.Ordered: operators.ordered,
    exp.Interval: operators.interval,
    exp.PropertyEQ: operators.named_argument,
    exp.Kwarg: operators.named_argument,
    exp.In: subqueries.in_,
    exp.Columns: stars.columns_value,
    exp.ToMap: parts.to_map,
    exp.Array: lists.array,
    **dict.fromkeys((exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE), subqueries.compared),
    **dict.fromkeys(CONNECTIVES, operators.connective),
}
