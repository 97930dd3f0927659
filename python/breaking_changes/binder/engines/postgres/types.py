"""What PostgreSQL's operators and functions return, where sqlglot's annotations say otherwise.

Every rule is measured on PostgreSQL; `tests/binder/test_postgres.py` asks it again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp
from sqlglot.optimizer.annotate_types import TypeAnnotator

from breaking_changes.binder.sqlglot_internals import set_type

D = exp.DType
Annotator = Callable[[TypeAnnotator, Any], Any]

_INTEGERS = (D.SMALLINT, D.INT, D.BIGINT)
_FLOATS = (D.FLOAT, D.DOUBLE)
_LADDER = (*_INTEGERS, D.DECIMAL, *_FLOATS)
_RANKED = (D.DATE, D.TIMESTAMP, D.TIMESTAMPTZ)
_MOMENTS = (D.DATE, D.TIMESTAMP, D.TIMESTAMPNTZ, D.TIMESTAMPTZ)


def _kind(node: Any) -> exp.DType:
    type_ = node.type if isinstance(node, exp.Expr) else None
    return type_.this if type_ is not None else D.UNKNOWN


def _returns(type_: exp.DType | exp.DataType) -> Annotator:
    return lambda annotator, node: set_type(annotator, node, type_)


def _number(one: exp.DType, other: exp.DType) -> exp.DType:
    """The type in which two numbers meet; a numeric result has no precision."""
    if one not in _LADDER or other not in _LADDER:
        return D.UNKNOWN
    return max(one, other, key=_LADDER.index)


def _arithmetic(annotator: TypeAnnotator, node: Any) -> Any:
    one, other = _kind(node.left), _kind(node.right)
    return set_type(annotator, node, _moment(node, one, other) or _number(one, other))


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
        return set_type(annotator, node, D.VARCHAR)
    if not node.this.isdigit():
        return set_type(annotator, node, D.DECIMAL)
    value = int(node.this)
    type_ = D.INT if value < 2**31 else D.BIGINT if value < 2**63 else D.DECIMAL
    return set_type(annotator, node, type_)


def _sum(annotator: TypeAnnotator, node: Any) -> Any:
    kind = _kind(node.this)
    sums = {D.SMALLINT: D.BIGINT, D.INT: D.BIGINT, D.BIGINT: D.DECIMAL}
    return set_type(annotator, node, sums.get(kind, kind))


def _average(annotator: TypeAnnotator, node: Any) -> Any:
    """AVG, STDDEV and their likes."""
    kind = _kind(node.this)
    if kind in _FLOATS:
        return set_type(annotator, node, D.DOUBLE)
    return set_type(annotator, node, D.DECIMAL if kind in _LADDER else kind)


def _first(annotator: TypeAnnotator, node: Any) -> Any:
    """The first operand's type, without the precision of a numeric."""
    kind = _kind(node.this)
    kept = node.this.type if kind not in (D.DECIMAL, D.VARCHAR) else kind
    return set_type(annotator, node, kept)


def _extreme(annotator: TypeAnnotator, node: Any) -> Any:
    """MIN and MAX exist for text, not for varchar."""
    kind = _kind(node.this)
    return (
        set_type(annotator, node, D.TEXT if kind == D.VARCHAR else kind)
        if kind
        in (
            D.VARCHAR,
            D.DECIMAL,
        )
        else set_type(annotator, node, node.this.type)
    )


def _rounded(annotator: TypeAnnotator, node: Any) -> Any:
    """ROUND, CEIL and roots know numeric and double: an integer becomes a double."""
    digits = node.args.get("decimals") or node.args.get("expression")
    kind = D.DECIMAL if digits is not None or _kind(node.this) == D.DECIMAL else D.DOUBLE
    return set_type(annotator, node, kind)


def _power(annotator: TypeAnnotator, node: Any) -> Any:
    kinds = (_kind(node.this), _kind(node.args.get("expression")))
    return set_type(annotator, node, D.DECIMAL if D.DECIMAL in kinds else D.DOUBLE)


def _concatenated(annotator: TypeAnnotator, node: Any) -> Any:
    """`||` over text, arrays (with an element on either side) and jsonb."""
    kinds = (_kind(node.left), _kind(node.right))
    for side, kind in zip((node.left, node.right), kinds, strict=True):
        if kind == D.ARRAY:
            return set_type(annotator, node, side.type)
    if D.JSONB in kinds:
        return set_type(annotator, node, D.JSONB)
    if D.UNKNOWN in kinds and not any(kind in exp.DataType.TEXT_TYPES for kind in kinds):
        return set_type(annotator, node, D.UNKNOWN)
    return set_type(annotator, node, D.TEXT)


def _subtracted(annotator: TypeAnnotator, node: Any) -> Any:
    if _kind(node.left) == D.JSONB:
        return set_type(annotator, node, D.JSONB)
    return _arithmetic(annotator, node)


def _branches(node: exp.Expr) -> list[exp.Expr]:
    """The operands that become one value."""
    if isinstance(node, exp.Case):
        # PostgreSQL looks at ELSE first, which is NULL where it is not written.
        return [
            node.args.get("default") or exp.Null(),
            *(one.args["true"] for one in node.args["ifs"]),
        ]
    return [node.this, *node.expressions]


def _unified(annotator: TypeAnnotator, node: Any) -> Any:
    """CASE, COALESCE, GREATEST and LEAST: the precision stays where all branches have it."""
    parts = [part for part in _branches(node) if not isinstance(part, exp.Null)]
    typed = [part for part in parts if not _is_text_literal(part)]
    types = [part.type for part in typed if part.type is not None]
    if not typed:
        return set_type(annotator, node, D.TEXT)
    if len(types) < len(typed) or any(type_.this == D.UNKNOWN for type_ in types):
        return set_type(annotator, node, D.UNKNOWN)
    first = types[0]
    if all(type_ == first for type_ in types) and len(typed) == len(_branches(node)):
        return set_type(annotator, node, first)
    return set_type(annotator, node, common([*types, types[0].this.into_expr()]) or D.UNKNOWN)


def _is_text_literal(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and node.is_string


def _plain(annotator: TypeAnnotator, node: Any) -> Any:
    """Functions of any type, such as lag, that keep no precision."""
    type_ = node.this.type if isinstance(node.this, exp.Expr) else None
    if type_ is not None and type_.this in (D.DECIMAL, D.VARCHAR):
        return set_type(annotator, node, type_.this)
    return set_type(annotator, node, type_ or D.UNKNOWN)


def _nullif(annotator: TypeAnnotator, node: Any) -> Any:
    """NULLIF keeps its first operand's type; there is no comparison of varchar but as text."""
    type_ = node.this.type
    text = type_ is not None and type_.this == D.VARCHAR
    return set_type(annotator, node, D.TEXT if text else type_ or D.UNKNOWN)


def _array_of(annotator: TypeAnnotator, node: Any) -> Any:
    """ARRAY[...] and array_agg: elements without a precision of their own."""
    parts = node.expressions or [node.this]
    inner = parts[0].this if isinstance(parts[0], (exp.Order, exp.Distinct)) else parts[0]
    if isinstance(inner, exp.Query) or len(parts) > 1 or inner is None:
        known = [part for part in parts if not isinstance(part, exp.Null)]
        types = [part.type for part in known if part.type is not None]
        element = common(types) if types and len(types) == len(known) else None
    else:
        element = inner.type
    if element is None or element.this == D.UNKNOWN:
        return set_type(annotator, node, D.UNKNOWN)
    if element.this == D.ARRAY:
        return set_type(annotator, node, element)
    if _is_text_literal(inner):
        element = D.TEXT.into_expr()
    elif isinstance(node, exp.ArrayAgg) and element.this in (D.DECIMAL, D.VARCHAR):
        element = element.this.into_expr()
    array = exp.DataType(this=D.ARRAY, expressions=[element.copy()], nested=True)
    return set_type(annotator, node, array)


def _within_group(annotator: TypeAnnotator, node: Any) -> Any:
    """Ordered-set aggregates: percentile_cont is a double, others take what is ordered by."""
    ordered = node.expression.expressions[0].this
    if isinstance(node.this, exp.PercentileCont):
        several = _kind(node.this.this) == D.ARRAY or isinstance(node.this.this, exp.Array)
        double = exp.DataType.build("DOUBLE PRECISION[]", dialect="postgres")
        if ordered.type is None or ordered.is_type("unknown", "interval"):
            # Of intervals it is an interval.
            return set_type(annotator, node, D.UNKNOWN)
        return set_type(annotator, node, double if several else D.DOUBLE)
    type_ = ordered.type
    bare = type_ is not None and type_.this in (D.DECIMAL, D.VARCHAR)
    return set_type(annotator, node, type_.this if bare else type_ or D.UNKNOWN)


def _extracted(annotator: TypeAnnotator, node: Any) -> Any:
    """EXTRACT is a numeric, date_part a double."""
    return set_type(annotator, node, D.DOUBLE if node.meta.get("date_part") else D.DECIMAL)


def _logarithm(annotator: TypeAnnotator, node: Any) -> Any:
    kinds = {_kind(part) for part in node.iter_expressions()}
    return set_type(annotator, node, D.DECIMAL if D.DECIMAL in kinds else D.DOUBLE)


def _of_first(annotator: TypeAnnotator, node: Any) -> Any:
    """array_append and its kin: the array's own type."""
    arrays = [part for part in node.iter_expressions() if _kind(part) == D.ARRAY]
    return set_type(annotator, node, arrays[0].type if arrays else D.UNKNOWN)


def _truncated(annotator: TypeAnnotator, node: Any) -> Any:
    kind = _kind(node.this)
    return set_type(annotator, node, D.TIMESTAMPTZ if kind == D.DATE else kind)


def _at_zone(annotator: TypeAnnotator, node: Any) -> Any:
    plain = _kind(node.this) == D.TIMESTAMPTZ
    return set_type(annotator, node, D.TIMESTAMP if plain else D.TIMESTAMPTZ)


_FUNCTIONS = {
    "bit_length": D.INT,
    "current_database": D.NAME,
    "format": D.TEXT,
    "hashtext": D.INT,
    "json_build_array": D.JSON,
    "jsonb_build_array": D.JSONB,
    "jsonb_extract_path_text": D.TEXT,
    "jsonb_set": D.JSONB,
    "jsonb_typeof": D.TEXT,
    "json_typeof": D.TEXT,
    "make_date": D.DATE,
    "num_nonnulls": D.INT,
    "num_nulls": D.INT,
    "octet_length": D.INT,
    "quote_ident": D.TEXT,
    "quote_literal": D.TEXT,
    "age": D.INTERVAL,
    "cardinality": D.INT,
    "every": D.BOOLEAN,
    "json_agg": D.JSON,
    "json_object_agg": D.JSON,
    "jsonb_agg": D.JSONB,
    "jsonb_object_agg": D.JSONB,
    "row_to_json": D.JSON,
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
    return set_type(annotator, node, _FUNCTIONS.get(str(node.this).lower()))


def _classes(annotator: Annotator, names: str) -> dict[type[exp.Expr], dict[str, Any]]:
    found = (getattr(exp, name, None) for name in names.split())
    return {kind: {"annotator": annotator} for kind in found if kind is not None}


OVERRIDES: dict[type[exp.Expr], dict[str, Any]] = {
    **_classes(_arithmetic, "Add Mul Div IntDiv Mod"),
    **_classes(_subtracted, "Sub"),
    **_classes(_concatenated, "DPipe"),
    **_classes(_unified, "Case Coalesce Greatest Least"),
    **_classes(_plain, "Lag Lead FirstValue LastValue NthValue"),
    **_classes(_of_first, "ArrayAppend ArrayPrepend ArrayConcat ArrayRemove"),
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
    **_classes(lambda annotator, node: set_type(annotator, node, node.this.type), "JSONExtract"),
    **_classes(_nullif, "Nullif"),
    **_classes(_array_of, "Array ArrayAgg"),
    **_classes(_within_group, "WithinGroup"),
    **_classes(_extracted, "Extract"),
    **_classes(_logarithm, "Log"),
    **_classes(_returns(D.TIMESTAMPTZ), "StrToTime UnixToTime"),
    **_classes(_returns(D.BIGINT), "RegrCount"),
    **_classes(_returns(D.UUID), "Uuid"),
    **_classes(_returns(D.DATE), "DateFromParts"),
    **_classes(_returns(D.NAME), "CurrentUser SessionUser"),
    **_classes(_returns(D.INT), "ArraySize ArrayPosition Grouping"),
    **_classes(_returns(exp.DataType.build("TEXT[]", dialect="postgres")), "StringToArray"),
    **_classes(
        _returns(D.DOUBLE),
        "Corr CovarPop CovarSamp RegrSlope RegrIntercept RegrR2 RegrAvgx RegrAvgy RegrSxx RegrSyy "
        "RegrSxy",
    ),
    **_classes(_returns(D.TIMESTAMPTZ), "CurrentTimestamp"),
    **_classes(_returns(D.JSONB), "ParseJSON"),
    **_classes(
        _returns(D.TEXT),
        "Upper Lower Concat ConcatWs Trim Substring Replace Left Right SplitPart MD5 Repeat "
        "RegexpReplace Initcap GroupConcat TimeToStr ToChar Pad Reverse Translate "
        "JSONExtractScalar JSONBExtractScalar Chr",
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
    """The type that several become one as: the higher number or moment, or the first text type."""
    kinds = [type_.this for type_ in types]
    if all(kind in _LADDER for kind in kinds):
        highest: exp.DType = max(kinds, key=_LADDER.index)
        return highest.into_expr()
    if all(kind in exp.DataType.TEXT_TYPES for kind in kinds):
        return types[0] if all(type_ == types[0] for type_ in types) else kinds[0].into_expr()
    if all(kind in _RANKED for kind in kinds):
        latest: exp.DType = max(kinds, key=_RANKED.index)
        return latest.into_expr()
    return types[0] if all(type_ == types[0] for type_ in types) else None
