"""Which operations DuckDB surely accepts, so that no table has to be asked about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.engines.duckdb.types import NULL, TEXT, is_integer

if TYPE_CHECKING:
    from breaking_changes.binder.inference import Doubt


def _kinds(names: str) -> frozenset[type[exp.Expr]]:
    """The parser's classes by name; one that this version lacks is left out."""
    found = (getattr(exp, name, None) for name in names.split())
    return frozenset(kind for kind in found if kind is not None)


_UNIFYING = _kinds(
    "EQ NEQ GT GTE LT LTE Coalesce In Between Nullif Greatest Least NullSafeEQ NullSafeNEQ Array"
)
"""Operations that any operands of one type may take part in."""

_ALWAYS = _kinds(
    "Is Count Window Order Ordered Alias Paren Column Dot Struct PropertyEQ Distinct ArrayAgg "
    "Exists Star Lambda Tuple Interval WindowSpec RowNumber Rank DenseRank IgnoreNulls Cast TryCast"
)
"""Operations that judge no type of their own; casts are judged by what they name alone."""

_ARITHMETIC = _kinds("Add Sub Mul Div IntDiv Mod Neg Sum Avg Min Max Abs Round Ceil Floor")
_MEETING = _UNIFYING | _kinds("Case Add Sub Mul Div IntDiv Mod DPipe Like ILike Pow ArrayConcat")
_LOGIC = _kinds("And Or Not")
_TEXTUAL = _kinds(
    "Upper Lower Trim Length Substring Replace Concat DPipe Like ILike Left Right StartsWith "
    "Contains SplitPart RegexpReplace RegexpLike RegexpExtract Max Min AnyValue StrToTime"
)
_TEXT_TYPES = frozenset({"VARCHAR", TEXT, NULL})


def harmless(node: exp.Expr, types: list[str | None], result: str | None) -> bool:
    """Whether DuckDB surely accepts an operation over these types, or none of them is known."""
    kind = type(node)
    if kind in (exp.Cast, exp.TryCast):
        return types[0] in _TEXT_TYPES or types[0] is None or types[0] == result
    if kind in _ALWAYS:
        return True
    if kind is exp.Bracket and types[0] is not None:
        return result is not None
    if None in types:
        if kind in _MEETING and any(type_ and type_[0] != "#" for type_ in types):
            # What is known may be refused beside what is not.
            return False
        words = sum(isinstance(child, exp.Var) for child in node.iter_expressions())
        if types.count(None) > words:
            return True
        types = [type_ for type_ in types if type_ is not None]
    if kind in _LOGIC:
        return all(type_ in ("BOOLEAN", NULL) for type_ in types)
    if kind in _TEXTUAL and all(type_ in _TEXT_TYPES or _literal(type_) for type_ in types):
        return types[0] in _TEXT_TYPES
    if kind in _UNIFYING:
        return _alike(types)
    return kind in _ARITHMETIC and result is not None and all(map(_number, types))


def in_full(node: exp.Expr, doubt: Doubt) -> Doubt:
    """A doubt with what else decides: a function's name, a cast's target, the text of literals."""
    if isinstance(node, exp.Anonymous):
        doubt = (*doubt, str(node.this).lower())
    texts = [child.name for child in node.iter_expressions() if isinstance(child, exp.Literal)]
    if isinstance(node, (exp.Cast, exp.TryCast)):
        texts.append(node.to.sql("duckdb"))
    return (*doubt, *texts)


def _alike(types: list[str | None]) -> bool:
    known = {type_ for type_ in types if type_ != NULL}
    if len(known) <= 1:
        return True
    if known <= _TEXT_TYPES:
        return True
    return all(map(_number, known))


def _number(type_: str | None) -> bool:
    return type_ is not None and (
        is_integer(type_)
        or type_ in ("DOUBLE", "FLOAT")
        or type_[:7] == "DECIMAL"
        or _literal(type_)
    )


def _literal(type_: str | None) -> bool:
    """Whether a type is an integer literal's."""
    return type_ is not None and type_[0] == "#" and type_ not in (TEXT, NULL)
