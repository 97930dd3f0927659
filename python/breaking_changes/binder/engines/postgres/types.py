"""What PostgreSQL's operators and functions return, where sqlglot's annotations say otherwise.

Every rule is measured on PostgreSQL; `tests/binder/test_postgres.py` asks it again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp
from sqlglot.optimizer.annotate_types import TypeAnnotator

D = exp.DType
Annotator = Callable[[TypeAnnotator, Any], Any]

_INTEGERS = (D.SMALLINT, D.INT, D.BIGINT)
_FLOATS = (D.FLOAT, D.DOUBLE)
_LADDER = (*_INTEGERS, D.DECIMAL, *_FLOATS)
_MOMENTS = (D.DATE, D.TIMESTAMP, D.TIMESTAMPNTZ, D.TIMESTAMPTZ)


def _kind(node: Any) -> exp.DType:
    type_ = node.type if isinstance(node, exp.Expr) else None
    return type_.this if type_ is not None else D.UNKNOWN


def _returns(type_: exp.DType) -> Annotator:
    return lambda annotator, node: annotator._set_type(node, type_)


def _number(one: exp.DType, other: exp.DType) -> exp.DType:
    """The type in which two numbers meet; a numeric result has no precision."""
    if one not in _LADDER or other not in _LADDER:
        return D.UNKNOWN
    return max(one, other, key=_LADDER.index)


def _arithmetic(annotator: TypeAnnotator, node: Any) -> Any:
    one, other = _kind(node.left), _kind(node.right)
    return annotator._set_type(node, _moment(node, one, other) or _number(one, other))


def _moment(node: exp.Expr, one: exp.DType, other: exp.DType) -> exp.DType | None:
    """Sums and differences with dates, timestamps and intervals."""
    if isinstance(node, exp.Add) and other in _MOMENTS:
        one, other = other, one
    if one in _MOMENTS and other == D.INTERVAL:
        return D.TIMESTAMP if one == D.DATE else one
    if one == D.DATE and other in _INTEGERS:
        return D.DATE
    if isinstance(node, exp.Sub) and one in _MOMENTS and other in _MOMENTS:
        return D.INT if one == other == D.DATE else D.INTERVAL
    return D.INTERVAL if one == D.INTERVAL else None


def _literal(annotator: TypeAnnotator, node: Any) -> Any:
    if node.is_string:
        return annotator._set_type(node, D.VARCHAR)
    if not node.this.isdigit():
        return annotator._set_type(node, D.DECIMAL)
    value = int(node.this)
    type_ = D.INT if value < 2**31 else D.BIGINT if value < 2**63 else D.DECIMAL
    return annotator._set_type(node, type_)


def _sum(annotator: TypeAnnotator, node: Any) -> Any:
    kind = _kind(node.this)
    sums = {D.SMALLINT: D.BIGINT, D.INT: D.BIGINT, D.BIGINT: D.DECIMAL}
    return annotator._set_type(node, sums.get(kind, kind))


def _average(annotator: TypeAnnotator, node: Any) -> Any:
    """AVG, STDDEV and their likes."""
    kind = _kind(node.this)
    if kind in _FLOATS:
        return annotator._set_type(node, D.DOUBLE)
    return annotator._set_type(node, D.DECIMAL if kind in _LADDER else kind)


def _first(annotator: TypeAnnotator, node: Any) -> Any:
    """The first operand's type, without the precision of a numeric."""
    kind = _kind(node.this)
    kept = node.this.type if kind not in (D.DECIMAL, D.VARCHAR) else kind
    return annotator._set_type(node, kept)


def _extreme(annotator: TypeAnnotator, node: Any) -> Any:
    """MIN and MAX exist for text, not for varchar."""
    kind = _kind(node.this)
    return (
        annotator._set_type(node, D.TEXT if kind == D.VARCHAR else kind)
        if kind
        in (
            D.VARCHAR,
            D.DECIMAL,
        )
        else annotator._set_type(node, node.this.type)
    )


def _rounded(annotator: TypeAnnotator, node: Any) -> Any:
    """ROUND, CEIL and roots know numeric and double: an integer becomes a double."""
    digits = node.args.get("decimals") or node.args.get("expression")
    kind = D.DECIMAL if digits is not None or _kind(node.this) == D.DECIMAL else D.DOUBLE
    return annotator._set_type(node, kind)


def _power(annotator: TypeAnnotator, node: Any) -> Any:
    kinds = (_kind(node.this), _kind(node.args.get("expression")))
    return annotator._set_type(node, D.DECIMAL if D.DECIMAL in kinds else D.DOUBLE)


def _truncated(annotator: TypeAnnotator, node: Any) -> Any:
    kind = _kind(node.this)
    return annotator._set_type(node, D.TIMESTAMPTZ if kind == D.DATE else kind)


def _at_zone(annotator: TypeAnnotator, node: Any) -> Any:
    plain = _kind(node.this) == D.TIMESTAMPTZ
    return annotator._set_type(node, D.TIMESTAMP if plain else D.TIMESTAMPTZ)


_FUNCTIONS = {
    "age": D.INTERVAL,
    "cardinality": D.INT,
    "gen_random_uuid": D.UUID,
    "json_array_length": D.INT,
    "jsonb_array_length": D.INT,
    "jsonb_build_object": D.JSONB,
    "json_build_object": D.JSON,
    "now": D.TIMESTAMPTZ,
    "statement_timestamp": D.TIMESTAMPTZ,
    "clock_timestamp": D.TIMESTAMPTZ,
    "to_json": D.JSON,
    "to_jsonb": D.JSONB,
    "to_timestamp": D.TIMESTAMPTZ,
}


def _anonymous(annotator: TypeAnnotator, node: Any) -> Any:
    return annotator._set_type(node, _FUNCTIONS.get(str(node.this).lower()))


def _classes(annotator: Annotator, names: str) -> dict[type[exp.Expr], dict[str, Any]]:
    found = (getattr(exp, name, None) for name in names.split())
    return {kind: {"annotator": annotator} for kind in found if kind is not None}


OVERRIDES: dict[type[exp.Expr], dict[str, Any]] = {
    **_classes(_arithmetic, "Add Sub Mul Div IntDiv Mod"),
    **_classes(_literal, "Literal"),
    **_classes(_sum, "Sum"),
    **_classes(_average, "Avg Stddev StddevSamp StddevPop Variance VariancePop"),
    **_classes(_first, "Abs Neg"),
    **_classes(_extreme, "Min Max"),
    **_classes(_rounded, "Round Ceil Floor Trunc Sign Sqrt Ln Exp Cbrt"),
    **_classes(_power, "Pow"),
    **_classes(_truncated, "TimestampTrunc DateTrunc"),
    **_classes(_at_zone, "AtTimeZone"),
    **_classes(_anonymous, "Anonymous"),
    **_classes(lambda annotator, node: annotator._set_type(node, node.this.type), "JSONExtract"),
    **_classes(_returns(D.DECIMAL), "Extract"),
    **_classes(_returns(D.INT), "ArraySize"),
    **_classes(_returns(D.TIMESTAMPTZ), "CurrentTimestamp"),
    **_classes(_returns(D.JSONB), "ParseJSON"),
    **_classes(
        _returns(D.TEXT),
        "Upper Lower Concat ConcatWs Trim Substring Replace Left Right SplitPart MD5 Repeat "
        "RegexpReplace Initcap GroupConcat TimeToStr ToChar Pad Reverse Translate DPipe "
        "JSONExtractScalar Chr",
    ),
}


def settled(node: exp.Expr, type_: exp.DataType) -> exp.DataType:
    """A text that comes from constants alone is `text`; only a column or cast makes a varchar."""
    if type_.this != D.VARCHAR or type_.expressions:
        return type_
    named = node.find_all(exp.Column, exp.Cast)
    if any(_kind(part) == D.VARCHAR for part in named):
        return type_
    return exp.DType.TEXT.into_expr()


def common(types: list[exp.DataType]) -> exp.DataType | None:
    """The type of a set operation's column: the higher number, or the first text type."""
    kinds = [type_.this for type_ in types]
    if all(kind in _LADDER for kind in kinds):
        highest: exp.DType = max(kinds, key=_LADDER.index)
        return highest.into_expr()
    if all(kind in exp.DataType.TEXT_TYPES for kind in kinds):
        return types[0]
    return None
