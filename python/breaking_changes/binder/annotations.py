"""Types of other dialects: sqlglot's own annotations over the columns that binding resolved."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import TypeAnnotator
from sqlglot.schema import MappingSchema

from breaking_changes.binder.engines.postgres import types as types_postgres
from breaking_changes.binder.sqlglot_internals import set_type
from breaking_changes.binder.type_errors.engines import NAMES
from breaking_changes.binder.type_errors.operands import MOMENTS, NUMBERS, class_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from breaking_changes.binder.inference import Doubt
    from breaking_changes.binder.scopes import Value

_SCALARS = exp.DataType.TEXT_TYPES | exp.DataType.NUMERIC_TYPES | exp.DataType.TEMPORAL_TYPES

_UNPIVOTS_ALIKE = frozenset({"bigquery", "spark", "databricks"})
"""Engines that make no text of the columns of UNPIVOT: BigQuery's and Spark's analyzers say so."""

_UNKNOWN = exp.DType.UNKNOWN.into_expr()


class GeneralTyper:
    """Types are set on the syntax tree's columns; each output expression is then annotated."""

    def __init__(self, dialect: str) -> None:
        """Take sqlglot's name of the dialect."""
        self._dialect = dialect
        self.judges = dialect in NAMES
        self._trail: list[object] = []
        schema = MappingSchema(dialect=dialect)
        metadata = _metadata(dialect)
        self._annotator = TypeAnnotator(schema, metadata, overwrite_types=False)

    def infer(self, node: exp.Expr, operands: list[Value]) -> str | None:
        """Whole expressions are annotated by `finish`; a part's type is not needed before."""
        if self.judges:
            text = node.this if isinstance(node, (exp.Literal, exp.Anonymous)) else None
            if isinstance(node, exp.Cast):
                text = node.to.sql(self._dialect)
            self._trail.append((type(node), text))
        return None

    def open_clause(self) -> object:
        """See `Typer.open_clause`."""
        around, self._trail = self._trail, []
        return around

    def close_clause(self, around: object) -> set[Doubt]:
        """The whole clause is one doubt: its operators and the types of its columns in order."""
        trail, self._trail = self._trail, cast("list[object]", around)
        return {(self._dialect, *trail)} if self.judges and len(trail) > 1 else set()

    def is_settled(self, doubt: Doubt) -> bool:
        """See `Typer.is_settled`: a doubt is a whole clause, with what it is made of."""
        return True

    def parsed(self, type_: str | None) -> exp.DataType:
        """See `Typer.parsed`."""
        return _UNKNOWN if type_ is None else _parsed(type_, self._dialect)

    def final(self, type_: str | None) -> str | None:
        """See `Typer.final`."""
        return type_

    def annotate(self, node: exp.Expr) -> None:
        """See `Typer.annotate`."""
        self.finish(node, None)

    def bound(self, node: exp.Expr, type_: str | None) -> None:
        """See `Typer.bound`."""
        if not isinstance(node, (exp.Paren, exp.Alias, exp.PropertyEQ)):
            self._trail.append(type_)
            node.type = _parsed(type_, self._dialect) if type_ is not None else _UNKNOWN

    def finish(self, node: exp.Expr, type_: str | None) -> str | None:
        """See `Typer.finish`."""
        if type_ is not None:
            return type_
        try:
            self._annotator.clear()
            self._annotator.annotate_expression(node)
        except (SqlglotError, AttributeError, KeyError, TypeError, ValueError, IndexError):
            return None
        if self._dialect == "postgres" and node.type is not None:
            return spelled(types_postgres.settled(node, node.type), self._dialect)
        found = spelled(node.type, self._dialect)
        # sqlglot takes whatever ClickHouse computes for nullable, which it seldom is.
        return None if self._dialect == "clickhouse" and "Nullable" in (found or "") else found

    def unify(self, types: Iterable[str | None]) -> str | None:
        """The one type that all branches have; engines differ in how they widen."""
        known = set(types)
        if len(known) == 1:
            return known.pop()
        if self._dialect != "postgres" or None in known:
            return None
        parsed = [_parsed(type_ or "", self._dialect) for type_ in dict.fromkeys(types)]
        return spelled(types_postgres.common(parsed), self._dialect)

    def members_unify(self, one: str | None, other: str | None) -> bool:
        """See `Typer.members_unify`."""
        return True

    def unpivots(self, one: str | None, other: str | None) -> bool:
        """See `Typer.unpivots`."""
        if self._dialect not in _UNPIVOTS_ALIKE or one is None or other is None:
            return True
        kinds = [class_of(type_, self._dialect) for type_ in (one, other)]
        return kinds[0] == kinds[1] or any(
            not kind or kinds[0] | kinds[1] <= group
            for kind in kinds
            for group in (NUMBERS, MOMENTS)
        )

    def members_of(self, type_: str | None) -> tuple[str, ...] | None:
        """See `Typer.members_of`."""
        return None

    def niladic(self, name: str) -> str | None:
        """See `Typer.niladic`."""
        if name == "offset":
            return "INT64" if self._dialect == "bigquery" else "BIGINT"
        return {"current_date": "DATE"}.get(name)

    def element_by_name(self, type_: str | None) -> str | None:
        """See `Typer.element_by_name`."""
        parsed = _parsed(type_, self._dialect) if type_ is not None else None
        return type_ if parsed is not None and parsed.is_type("json", "variant", "super") else None

    def is_scalar(self, type_: str | None) -> bool:
        """See `Typer.is_scalar`."""
        parsed = _parsed(type_, self._dialect) if type_ is not None else None
        return parsed is not None and parsed.is_type(*_SCALARS)

    def element(self, type_: str | None) -> str | None:
        """See `Typer.element`."""
        parsed = _parsed(type_, self._dialect) if type_ is not None else None
        if parsed is None or not parsed.is_type("array") or not parsed.expressions:
            return None
        return spelled(parsed.expressions[0], self._dialect)

    def aggregates(self, name: str) -> bool:
        """See `Typer.aggregates`."""
        return False


@cache
def _metadata(dialect: str) -> dict[Any, Any]:
    """The dialect's annotators, corrected where they are known to say more than they know."""
    metadata: dict[Any, Any] = dict(Dialect.get_or_raise(dialect).EXPRESSION_METADATA)
    if dialect == "postgres":
        metadata |= types_postgres.OVERRIDES
    else:
        for kind in _COMPUTING:
            metadata[kind] = {"annotator": _without_precision(metadata.get(kind))}
    for depending in (*_BY_OPERANDS, *_BY_OPERANDS_OF.get(dialect, ())):
        metadata[depending] = {"annotator": _by_operands(metadata.get(depending))}
    if dialect in ("trino", "athena", "presto"):
        metadata |= _OF_TRINO
    return metadata


_OF_TRINO: dict[Any, Any] = {
    # sqlglot reads `0x1F`, a number, as it reads `x'1F'`, which is binary.
    exp.HexString: {"returns": exp.DType.UNKNOWN},
    exp.UnixToTime: {"returns": exp.DType.UNKNOWN},
    exp.Extract: {"returns": exp.DType.BIGINT},
    exp.DateDiff: {"returns": exp.DType.BIGINT},
    exp.ApproxQuantile: {"returns": exp.DType.UNKNOWN},
}
"""What sqlglot types otherwise than https://trino.io/docs/current/functions.html has it."""

_COMPUTING = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.Sum, exp.Avg, exp.Round)
"""Operations whose result has another precision than their operands."""


_JOINING = (exp.DPipe, exp.Concat)
"""Operations that join texts, binary data or arrays: one operand that is known tells which."""

_BY_OPERANDS = (
    *_JOINING,
    *(exp.Substring, exp.Left, exp.Right, exp.Pad, exp.Reverse),
    *(exp.Avg, exp.Round, exp.Ceil, exp.Floor, exp.Trunc),
)
"""Operations whose result is of another type for other operands: text or binary, exact or not.

For engines that were asked, the tables of type errors tell, and a test compares.
"""

_OF_POSTGRES = (exp.Sign, exp.Sqrt, exp.Ln, exp.Exp, exp.Cbrt, exp.Pow, exp.GroupConcat)
_OF_SPARK = (exp.PercentileCont, exp.Quantile, exp.SafeDivide)

_BY_OPERANDS_OF: dict[str, tuple[type[exp.Expr], ...]] = {
    "postgres": (*_OF_POSTGRES, exp.WithinGroup),
    "redshift": (*_OF_POSTGRES, exp.PercentileCont),
    "bigquery": (
        *(exp.Pow, exp.BitwiseAndAgg, exp.BitwiseOrAgg, exp.BitwiseXorAgg),
        *(exp.TimestampAdd, exp.TimestampSub, exp.DatetimeAdd, exp.DatetimeSub, exp.DateTrunc),
    ),
    "spark": _OF_SPARK,
    "databricks": _OF_SPARK,
    "snowflake": (exp.Median, exp.Variance, exp.VariancePop),
    "tsql": (exp.Sign, exp.Pow),
    "fabric": (exp.Sign, exp.Pow),
}
"""The same, for one engine each."""


def _annotate(spec: dict[str, Any] | None, annotator: TypeAnnotator, node: Any) -> None:
    if spec and spec.get("annotator"):
        spec["annotator"](annotator, node)
    else:
        set_type(annotator, node, spec.get("returns") if spec else None)


def _by_operands(spec: dict[str, Any] | None) -> Any:
    """An annotator that knows a result only where it knows the operand that it depends on."""

    def annotate(annotator: TypeAnnotator, node: Any) -> Any:
        _annotate(spec, annotator, node)
        joined = node.iter_expressions() if isinstance(node, _JOINING) else (node.this,)
        operands = [part for part in joined if isinstance(part, exp.Expr)]
        if operands and all(part.type is None or part.is_type("unknown") for part in operands):
            set_type(annotator, node, exp.DType.UNKNOWN)
        return node

    return annotate


def _without_precision(spec: dict[str, Any] | None) -> Any:
    """An annotator that does not hand an operand's precision and scale on as the result's."""

    def annotate(annotator: TypeAnnotator, node: Any) -> Any:
        _annotate(spec, annotator, node)
        if node.is_type(exp.DType.DECIMAL) and node.type.expressions:
            set_type(annotator, node, exp.DType.UNKNOWN)
        return node

    return annotate


@lru_cache(maxsize=4096)
def _parsed(type_: str, dialect: str) -> exp.DataType:
    try:
        return exp.DataType.build(type_, dialect=dialect)
    except SqlglotError:
        return _UNKNOWN


def spelled(type_: exp.Expr | None, dialect: str) -> str | None:
    """An annotated type in the dialect's spelling, None when it is not known."""
    if not isinstance(type_, exp.DataType) or type_.is_type("unknown", "null"):
        return None
    if dialect == "clickhouse":
        # Its generator alone reads `nullable`, which the equality of types leaves out.
        return type_.sql(dialect)
    return _sql(type_, dialect)


@lru_cache(maxsize=4096)
def _sql(type_: exp.DataType, dialect: str) -> str:
    return type_.sql(dialect)
