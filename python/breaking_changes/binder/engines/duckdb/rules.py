"""Which rule of inference each of the parser's classes has under DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.engines.duckdb.aggregates import (
    aggregate_list,
    average,
    extreme,
    middle,
    quantile,
    sum_of,
    within,
)
from breaking_changes.binder.engines.duckdb.arithmetic import (
    divide,
    literal,
    modulo,
    negative,
    plus,
    times,
    whole_divide,
)
from breaking_changes.binder.engines.duckdb.basics import always, common_of, first, first_stored
from breaking_changes.binder.engines.duckdb.facts import CLASSES, RETURNS
from breaking_changes.binder.engines.duckdb.nested import (
    array_of,
    bracket,
    dot_of,
    element_of_first,
    exploded,
    listed_of,
    map_keys,
    map_of,
    map_of_struct,
    mapped,
    sized_array,
    struct_extract,
    struct_of,
    tuple_of,
)
from breaking_changes.binder.engines.duckdb.scalars import (
    at_zone,
    case_branches,
    cast_to,
    concat,
    date_add,
    date_part,
    extracted,
    groups_of,
    if_branches,
    json_part,
    parsed_time,
    round_up,
    rounded,
    scaled,
    series,
    truncated,
    unix_time,
)
from breaking_changes.binder.engines.duckdb.types import (
    NULL,
    ZONED,
    element,
    listed,
    map_parts,
    stored,
)

if TYPE_CHECKING:
    from breaking_changes.binder.engines.duckdb.basics import Rule, Types


MACROS: dict[str, str] = {
    "split_part": "VARCHAR",
    "array_to_string": "VARCHAR",
    "current_user": "VARCHAR",
    "session_user": "VARCHAR",
    "current_role": "VARCHAR",
    "user": "VARCHAR",
    "current_catalog": "VARCHAR",
    "current_database": "VARCHAR",
    "current_schema": "VARCHAR",
    "md5_number_lower": "UBIGINT",
    "md5_number_upper": "UBIGINT",
    "list_avg": "DOUBLE",
    "list_count": "BIGINT",
    "list_bool_and": "BOOLEAN",
    "list_bool_or": "BOOLEAN",
    "list_string_agg": "VARCHAR",
    "geomean": "DOUBLE",
    "wavg": "DOUBLE",
    "weighted_avg": "DOUBLE",
    "fdiv": "DOUBLE",
    "days_in_month": "BIGINT",
    "json_array_length": "UBIGINT",
    "json_exists": "BOOLEAN",
    "json_keys": "VARCHAR[]",
    "json_type": "VARCHAR",
    "json_value": "VARCHAR",
    "json_group_array": "JSON",
    "json_group_object": "JSON",
}
"""Functions that DuckDB defines as macros, of which it lists no return type, and those over JSON
that return a list only for a list of paths."""


def general(node: exp.Expr) -> Rule:
    """The rule of a class without one of its own."""
    name = CLASSES.get(type(node).__name__)
    if name is not None:
        return always(RETURNS[name])
    if isinstance(node, (exp.Predicate, exp.Connector, exp.Not)):
        return always("BOOLEAN")
    return always(None)


def bucketed(node: exp.Expr, types: Types) -> str | None:
    """time_bucket: the moment's own type."""
    type_ = types[1] if len(types) > 1 else None
    return type_ if type_ in ("DATE", "TIMESTAMP", ZONED) else None


_BY_NAME: dict[str, Rule] = {
    "date_part": date_part,
    "datepart": date_part,
    "row": tuple_of,
    "list_aggregate": aggregate_list,
    "list_aggr": aggregate_list,
    "array_aggregate": aggregate_list,
    "list_sum": lambda node, types: sum_of(node, [element(types[0])]),
    "list_median": lambda node, types: middle(node, [element(types[0])]),
    "list_first": element_of_first,
    "list_last": element_of_first,
    "list_extract": element_of_first,
    "list_element": element_of_first,
    "list_any_value": element_of_first,
    "list_reverse": first,
    "list_slice": first,
    "list_unique": always("UBIGINT"),
    "list_zip": always(None),
    "map_values": lambda node, types: listed(map_parts(types[0] or "")[1]),
    "map_extract": lambda node, types: listed(map_parts(types[0] or "")[1]),
    "ifnull": common_of,
    "arbitrary": first_stored,
    "mean": average,
    "max_by": first_stored,
    "min_by": first_stored,
    "histogram": lambda node, types: f"MAP({stored(types[0])}, UBIGINT)" if types[0] else None,
    "quantile_disc": quantile,
    "try_strptime": parsed_time,
    "strptime": parsed_time,
    "time_bucket": bucketed,
    "sum_no_overflow": sum_of,
    "array_value": sized_array,
    "list_pack": array_of,
    "list_intersect": first,
    "round_even": scaled,
}


def _anonymous(node: exp.Expr, types: Types) -> str | None:
    name = str(node.this).lower()
    rule = _BY_NAME.get(name) if types else None
    if rule is not None:
        return rule(node, types)
    return RETURNS.get(name) or MACROS.get(name)


def _classes(rule: Rule, names: str) -> dict[type[exp.Expr], Rule]:
    """A rule for several of the parser's classes; a name that this version lacks is left out."""
    found = (getattr(exp, name, None) for name in names.split())
    return {kind: rule for kind in found if kind is not None}


RULES: dict[type[exp.Expr], Rule] = {
    exp.Literal: literal,
    exp.Null: always(NULL),
    exp.Boolean: always("BOOLEAN"),
    exp.Neg: negative,
    exp.Add: plus,
    exp.Sub: plus,
    exp.Mul: times,
    exp.Div: divide,
    exp.IntDiv: whole_divide,
    exp.Mod: modulo,
    exp.Sum: sum_of,
    exp.Avg: average,
    exp.WithinGroup: within,
    exp.Round: rounded,
    exp.Trunc: scaled,
    exp.Extract: extracted,
    exp.AtTimeZone: at_zone,
    exp.DateAdd: date_add,
    exp.StrToTime: parsed_time,
    exp.UnixToTime: unix_time,
    exp.Case: case_branches,
    exp.If: if_branches,
    exp.Array: array_of,
    exp.Struct: struct_of,
    exp.ToMap: map_of_struct,
    exp.Map: map_of,
    exp.MapKeys: map_keys,
    exp.Bracket: bracket,
    exp.Dot: dot_of,
    exp.StructExtract: struct_extract,
    exp.JSONExtract: json_part("JSON"),
    exp.JSONExtractScalar: json_part("VARCHAR"),
    exp.Anonymous: _anonymous,
    exp.Try: first_stored,
    exp.DateBin: bucketed,
    exp.Repeat: first_stored,
    **_classes(middle, "Median PercentileCont"),
    **_classes(quantile, "PercentileDisc Quantile ApproxQuantile"),
    exp.RegexpExtract: groups_of(several=False),
    exp.RegexpExtractAll: groups_of(several=True),
    **_classes(round_up, "Ceil Floor"),
    **_classes(concat, "DPipe Concat"),
    **_classes(cast_to, "Cast TryCast"),
    **_classes(truncated, "TimestampTrunc DateTrunc"),
    exp.Transform: mapped,
    **_classes(listed_of, "ArrayAgg"),
    **_classes(exploded, "Explode Unnest"),
    **_classes(element_of_first, "ArrayFirst ArrayLast ArrayMax ArrayMin Flatten"),
    **_classes(series, "GenerateSeries ExplodingGenerateSeries"),
    **_classes(extreme, "Min Max ArgMax ArgMin"),
    **_classes(first_stored, "Lag Lead FirstValue LastValue NthValue"),
    **_classes(
        common_of,
        "Coalesce Greatest Least ArrayConcat BitwiseAnd BitwiseOr BitwiseXor BitwiseLeftShift "
        "BitwiseRightShift ArrayAppend",
    ),
    **_classes(
        first_stored,
        "Abs AnyValue First Last Mode Nullif Collate "
        "BitwiseAndAgg BitwiseOrAgg BitwiseXorAgg BitwiseNot",
    ),
    **_classes(
        first,
        "IgnoreNulls RespectNulls Filter Distinct Order Ordered Limit HavingMax Window Where "
        "ArraySort SortArray ArrayDistinct ArrayReverse ArrayFilter ArraySlice ArrayIntersect "
        "Lambda Any All",
    ),
    **_classes(always("BIGINT"), "RowNumber Rank DenseRank Ntile Grouping GroupingId"),
    **_classes(always("DOUBLE"), "PercentRank CumeDist Pow Exponent"),
    **_classes(always("VARCHAR"), "CurrentCatalog CurrentDatabase CurrentSchema CurrentRole"),
    **_classes(always("VARCHAR"), "SplitPart ArrayToString CurrentUser SessionUser Trim Reverse"),
    **_classes(always("INTERVAL"), "Interval"),
    **_classes(always("DATE"), "CurrentDate Date TsOrDsToDate"),
    **_classes(always(ZONED), "CurrentTimestamp"),
    **_classes(always("TIMESTAMP"), "Localtimestamp"),
    **_classes(always("TIME"), "Localtime"),
    **_classes(always("TIME WITH TIME ZONE"), "CurrentTime"),
    **_classes(always("BLOB"), "HexString ByteString"),
    **_classes(always("BOOLEAN"), "Exists In Between Is LogicalAnd LogicalOr And Or Not"),
    **_classes(always("JSON"), "ParseJSON"),
    **_classes(always("VARCHAR"), "JSONType"),
    **_classes(always("VARCHAR[]"), "JSONKeys"),
}
