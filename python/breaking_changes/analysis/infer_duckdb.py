"""What DuckDB's operators and functions return, over `types_duckdb`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlglot import exp

from breaking_changes.analysis import structs
from breaking_changes.analysis.doubts_duckdb import harmless, in_full
from breaking_changes.analysis.duckdb_facts import AGGREGATES, CLASSES, RETURNS
from breaking_changes.analysis.types_duckdb import (
    NULL,
    SIGNED,
    TEXT,
    TIMESTAMPS,
    UNSIGNED,
    ZONED,
    common,
    decimal,
    describe,
    element,
    forced,
    is_integer,
    listed,
    map_parts,
    parse,
    stored,
    struct,
)
from breaking_changes.analysis.typing_host import DOUBTLESS, MOST_DOUBTLESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from breaking_changes.analysis.scopes import Value
    from breaking_changes.analysis.typing_host import Doubt

    Types = list["str | None"]
    Rule = Callable[[exp.Expr, Types], "str | None"]

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


class DuckDBTyper:
    """Infers types as DuckDB's binder does, in the same pass as binding."""

    judges = True

    def __init__(self) -> None:
        """Start without doubts."""
        self._doubts: set[Doubt] = set()

    def open_clause(self) -> object:
        """See `Typer.open_clause`."""
        around, self._doubts = self._doubts, set()
        return around

    def close_clause(self, around: object) -> set[Doubt]:
        """See `Typer.close_clause`."""
        doubts, self._doubts = self._doubts, cast("set[Doubt]", around)
        return doubts

    def infer(self, node: exp.Expr, operands: list[Value]) -> str | None:
        """See `Typer.infer`."""
        kind = type(node)
        rule = _RULES.get(kind)
        if rule is None:
            rule = _RULES[kind] = _general(node)
        types = [value.type for value in operands]
        type_ = rule(node, types)
        if operands:
            doubt = (kind, type_, *types)
            if doubt not in DOUBTLESS:
                self._weigh(node, doubt, types, type_)
        return type_

    def _weigh(self, node: exp.Expr, doubt: Doubt, types: Types, type_: str | None) -> None:
        """Note a doubt about an operation that is not surely accepted."""
        if not harmless(node, types, type_):
            self._doubts.add(in_full(node, doubt))
        elif None not in types and len(DOUBTLESS) < MOST_DOUBTLESS:
            DOUBTLESS.add(doubt)

    def parsed(self, type_: str | None) -> exp.DataType:
        """See `Typer.parsed`."""
        return parse(stored(type_))

    def final(self, type_: str | None) -> str | None:
        """See `Typer.final`."""
        return stored(type_)

    def annotate(self, node: exp.Expr) -> None:
        """Binding has set the types already."""

    def bound(self, node: exp.Expr, type_: str | None) -> None:
        """Types travel with the values here."""

    def finish(self, node: exp.Expr, type_: str | None) -> str | None:
        """See `Typer.finish`."""
        return stored(type_)

    def unify(self, types: Iterable[str | None]) -> str | None:
        """See `Typer.unify`."""
        return stored(forced(types))

    def members_unify(self, one: str | None, other: str | None) -> bool:
        """See `Typer.members_unify`."""
        return one is None or other is None or common([one, other]) is not None

    def niladic(self, name: str) -> str | None:
        """See `Typer.niladic`."""
        return _NILADIC.get(name) or MACROS.get(name) or RETURNS.get(name)

    def element_by_name(self, type_: str | None) -> str | None:
        """See `Typer.element_by_name`."""
        if type_ is not None and type_.startswith("MAP("):
            return map_parts(type_)[1]
        return "JSON" if type_ == "JSON" else None

    def is_scalar(self, type_: str | None) -> bool:
        """See `Typer.is_scalar`."""
        return type_ is not None and (
            is_integer(type_)
            or type_ in _SCALARS
            or type_.endswith("]")
            or type_.startswith("DECIMAL")
        )

    def element(self, type_: str | None) -> str | None:
        """See `Typer.element`."""
        return element(type_)

    def aggregates(self, name: str) -> bool:
        """See `Typer.aggregates`."""
        return name in AGGREGATES


_SCALARS = frozenset(
    {"VARCHAR", "DATE", "TIME", "BOOLEAN", "DOUBLE", "FLOAT", "UUID", "INTERVAL", "BLOB"}
    | {*TIMESTAMPS, ZONED, TEXT}
)

_NILADIC = {
    "current_date": "DATE",
    "today": "DATE",
    "current_timestamp": ZONED,
    "localtimestamp": "TIMESTAMP",
    "localtime": "TIME",
    "current_time": "TIME WITH TIME ZONE",
    "current_catalog": "VARCHAR",
    "rowid": "BIGINT",
    "filename": "VARCHAR",
    "offset": "BIGINT",
}


def _general(node: exp.Expr) -> Rule:
    """The rule of a class without one of its own."""
    name = CLASSES.get(type(node).__name__)
    if name is not None:
        return _always(RETURNS[name])
    if isinstance(node, (exp.Predicate, exp.Connector, exp.Not)):
        return _always("BOOLEAN")
    return _always(None)


def _always(type_: str | None) -> Rule:
    return lambda node, types: type_


def _first(node: exp.Expr, types: Types) -> str | None:
    return types[0] if types else None


def _first_stored(node: exp.Expr, types: Types) -> str | None:
    return stored(types[0]) if types else None


def _common(node: exp.Expr, types: Types) -> str | None:
    return common(types)


def _literal(node: exp.Expr, types: Types) -> str | None:
    if node.args["is_string"]:
        return TEXT
    text = node.this.replace("_", "")
    if text.isdigit():
        return f"#{text}"
    if "e" in text.lower():
        return "DOUBLE"
    whole, _, fraction = text.partition(".")
    width = len(whole) + len(fraction)
    return f"DECIMAL({width},{len(fraction)})" if 0 < width <= 38 else "DOUBLE"


def _negative(node: exp.Expr, types: Types) -> str | None:
    type_ = types[0] if types else None
    if type_ is not None and type_[0] == "#" and type_ not in (TEXT, NULL):
        return f"#-{type_[1:]}"
    return stored(type_) if type_ == TEXT else type_


def _plus(node: exp.Expr, types: Types) -> str | None:
    if None in types or len(types) != 2:
        return None
    one, other = types
    moment = _moment_sum(one or "", other or "", isinstance(node, exp.Sub))
    if moment is not None:
        return moment
    if one == NULL or other == NULL:
        partner = (other if one == NULL else one) or ""
        if partner in TIMESTAMPS:
            return "TIMESTAMP"
        return NULL if partner.startswith("DECIMAL") else partner
    type_ = _arithmetic(one or "", other or "")
    if type_ is not None and type_.startswith("DECIMAL"):
        width, scale = decimal(type_) or (38, 0)
        return f"DECIMAL({min(width + 1, 38)},{scale})"
    if type_ is None and isinstance(node, exp.Add):
        return common(types) if (one or "").endswith("]") else None
    return type_


def _moment_sum(one: str, other: str, minus: bool) -> str | None:
    """Sums and differences with dates, times and intervals."""
    if not minus and (one == "INTERVAL" or is_integer(one) or one[0] == "#"):
        if other not in _MOMENTS and other not in ("TIME", "DATE"):
            return "INTERVAL" if one == other == "INTERVAL" else None
        one, other = other, one
    if not minus and {one, other} == {"DATE", "TIME"}:
        return "TIMESTAMP"
    if one == "DATE":
        if minus and other == "DATE":
            return "BIGINT"
        if is_integer(other) or (other[0] == "#" and other not in (TEXT, NULL)):
            return "DATE"
        if other in ("INTERVAL", "TIME"):
            return "TIMESTAMP"
    if one in _MOMENTS and other == "INTERVAL":
        return ZONED if one == ZONED else "TIMESTAMP"
    if minus and one in _MOMENTS and other in _MOMENTS:
        return "INTERVAL"
    if one == "TIME" and other == "INTERVAL":
        return "TIME"
    return "INTERVAL" if one == other == "INTERVAL" else None


_MOMENTS = frozenset((*TIMESTAMPS, ZONED, "DATE"))


def _times(node: exp.Expr, types: Types) -> str | None:
    if None in types or len(types) != 2:
        return None
    one, other = (stored(type_) or "" for type_ in types)
    if "INTERVAL" in (one, other):
        return "INTERVAL"
    if NULL in types:
        partner = other if types[0] == NULL else one
        return NULL if partner.startswith("DECIMAL") else partner
    if not (one.startswith("DECIMAL") or other.startswith("DECIMAL")):
        return _arithmetic(types[0] or "", types[1] or "")
    if one in ("FLOAT", "DOUBLE") or other in ("FLOAT", "DOUBLE"):
        return one if one in ("FLOAT", "DOUBLE") else other
    first, second = decimal(one), decimal(other)
    if first is None or second is None:
        return None
    width, scale = first[0] + second[0], first[1] + second[1]
    if width > 18 and max(first[0], second[0]) <= 18 and scale <= 18:
        width = 18
    return f"DECIMAL({min(width, 38)},{scale})" if scale <= 38 else None


def _arithmetic(one: str, other: str) -> str | None:
    """The type in which two numbers are added; mixed signs meet in BIGINT or above."""
    type_ = common([one, other])
    if type_ is None or type_ in (TEXT, "JSON", "VARCHAR", "BOOLEAN"):
        return None
    first, second = stored(one) or "", stored(other) or ""
    mixed = (first in SIGNED and second in UNSIGNED) or (first in UNSIGNED and second in SIGNED)
    if mixed and one[0] != "#" and other[0] != "#":
        if "UHUGEINT" in (first, second):
            return "DOUBLE"
        if type_ not in (first, second) and SIGNED[type_] < SIGNED["BIGINT"]:
            return "BIGINT"
    if type_[0] == "#":
        return stored(type_)
    number = is_integer(type_) or type_ in ("FLOAT", "DOUBLE") or type_.startswith("DECIMAL")
    return type_ if number else None


def _divide(node: exp.Expr, types: Types) -> str | None:
    if None in types:
        return None
    if "INTERVAL" in types:
        return "INTERVAL"
    single = "FLOAT" in types and "DOUBLE" not in types
    return "FLOAT" if single else "DOUBLE"


def _whole_divide(node: exp.Expr, types: Types) -> str | None:
    type_ = _modulo(node, types)
    return "DOUBLE" if type_ is not None and type_.startswith("DECIMAL") else type_


def _modulo(node: exp.Expr, types: Types) -> str | None:
    if None in types or len(types) != 2:
        return None
    type_ = _arithmetic(types[0] or "", types[1] or "")
    wide = "HUGEINT" in types and type_ is not None and type_.startswith("DECIMAL")
    return "DOUBLE" if wide else type_


def _sum(node: exp.Expr, types: Types) -> str | None:
    type_ = stored(types[0]) if types else None
    if type_ is None:
        return None
    if type_ == "BOOLEAN" or (is_integer(type_) and type_ != "UHUGEINT"):
        return "HUGEINT"
    size = decimal(type_) if type_.startswith("DECIMAL") else None
    if size is not None:
        return f"DECIMAL(38,{size[1]})"
    return "DOUBLE" if type_ in ("FLOAT", "DOUBLE", "UHUGEINT") else None


def _average(node: exp.Expr, types: Types) -> str | None:
    type_ = stored(types[0]) if types else None
    if type_ is None:
        return None
    if type_ in TIMESTAMPS or type_ == "DATE":
        return "TIMESTAMP"
    return type_ if type_ in (ZONED, "TIME", "INTERVAL", "TIME WITH TIME ZONE") else "DOUBLE"


def _middle(node: exp.Expr, types: Types) -> str | None:
    """Median and continuous quantiles."""
    type_ = stored(types[0]) if types else None
    if type_ is None:
        return None
    type_ = "TIMESTAMP" if type_ == "DATE" else "DOUBLE" if is_integer(type_) else type_
    many = len(types) > 1 and types[1] is not None and types[1].endswith("]")
    return listed(type_) if many else type_


def _within(node: exp.Expr, types: Types) -> str | None:
    """`f(...) within group (order by x)`: the function over x."""
    ordered = types[1] if len(types) > 1 else None
    if isinstance(node.this, exp.PercentileCont):
        return _middle(node, [ordered])
    return stored(ordered) if isinstance(node.this, (exp.PercentileDisc, exp.Mode)) else types[0]


def _round_up(node: exp.Expr, types: Types) -> str | None:
    """CEIL and FLOOR."""
    type_ = stored(types[0]) if types else None
    size = decimal(type_) if type_ is not None else None
    if type_ is None or size is None:
        return type_
    return "DOUBLE" if is_integer(type_) else f"DECIMAL({size[0]},0)"


def _round(node: exp.Expr, types: Types) -> str | None:
    type_ = stored(types[0]) if types else None
    if type_ is None:
        return None
    if type_ in UNSIGNED:
        return {"UBIGINT": "HUGEINT", "UHUGEINT": "DOUBLE"}.get(type_, "BIGINT")
    return _scaled(node, types)


def _scaled(node: exp.Expr, types: Types) -> str | None:
    """ROUND and TRUNC keep a number's type, and of a DECIMAL the digits that are asked for."""
    type_ = stored(types[0]) if types else None
    if type_ is None or not type_.startswith("DECIMAL"):
        return type_
    width, scale = decimal(type_) or (18, 3)
    if len(types) == 1:
        return f"DECIMAL({width},0)"
    digits = types[1] or ""
    if digits[:1] == "#" and digits not in (TEXT, NULL):
        wanted = int(digits[1:])
        return f"DECIMAL({width},{max(min(wanted, scale), 0)})"
    return None


def _concat(node: exp.Expr, types: Types) -> str | None:
    known = [type_ for type_ in types if type_ is not None and type_ != NULL]
    if known and all(type_.endswith("]") for type_ in known):
        return common(types)
    blobs = isinstance(node, exp.DPipe) and known and all(type_ == "BLOB" for type_ in known)
    return "BLOB" if blobs else "VARCHAR"


def _cast(node: exp.Expr, types: Types) -> str | None:
    to = node.args["to"]
    return describe(to) if isinstance(to, exp.DataType) else None


def _truncated(node: exp.Expr, types: Types) -> str | None:
    """date_trunc."""
    type_ = next((item for item in types if item in _MOMENTS or item in ("INTERVAL", TEXT)), None)
    if type_ is None:
        return None
    return type_ if type_ in (ZONED, "INTERVAL") else "TIMESTAMP"


def _part(node: exp.Expr, types: Types) -> str | None:
    return "DOUBLE" if node.name.lower() in ("epoch", "julian") else "BIGINT"


def _at_zone(node: exp.Expr, types: Types) -> str | None:
    type_ = types[0] if types else None
    if type_ is None:
        return None
    return "TIMESTAMP" if type_ == ZONED else ZONED


def _date_add(node: exp.Expr, types: Types) -> str | None:
    type_ = types[0] if types else None
    if len(types) > 1 and types[1] is not None and (types[1][0] == "#" or is_integer(types[1])):
        return "DATE" if type_ == "DATE" and not node.args.get("unit") else _moved(type_)
    return _moved(type_)


def _moved(type_: str | None) -> str | None:
    """A moment and an interval."""
    if type_ == "DATE" or type_ in TIMESTAMPS or type_ == TEXT:
        return "TIMESTAMP"
    return type_ if type_ in (ZONED, "TIME") else None


def _parsed_time(node: exp.Expr, types: Types) -> str | None:
    pattern = node.args.get("format")
    zoned = isinstance(pattern, exp.Literal) and "%z" in pattern.name.lower()
    return ZONED if zoned else "TIMESTAMP"


def _unix_time(node: exp.Expr, types: Types) -> str | None:
    return ZONED if not node.args.get("scale") else None


def _case(node: exp.Expr, types: Types) -> str | None:
    """CASE: its operands are the branches' results, after the compared value if there is one."""
    return common(types[1:] if node.args.get("this") is not None else types)


def _if(node: exp.Expr, types: Types) -> str | None:
    """IF, and a branch of CASE: the condition does not count."""
    return common(types[1:])


def _array(node: exp.Expr, types: Types) -> str | None:
    return listed(common(types))


def _listed(node: exp.Expr, types: Types) -> str | None:
    return listed(types[0]) if types else None


def _mapped(node: exp.Expr, types: Types) -> str | None:
    """list_transform: a list of what the lambda returns."""
    return listed(types[-1]) if types else None


def _map_keys(node: exp.Expr, types: Types) -> str | None:
    return listed(map_parts(types[0] or "")[0])


def _struct(node: exp.Expr, types: Types) -> str | None:
    names = [
        part.this.name if isinstance(part, exp.PropertyEQ) else part.alias_or_name
        for part in node.expressions
    ]
    return struct(list(zip(names, types, strict=False))) if all(names) else None


def _map_of_struct(node: exp.Expr, types: Types) -> str | None:
    """`map {'a': 1}`: the parser sees a struct in it."""
    inner = node.this
    if isinstance(inner, exp.Bracket):
        return types[0] if types else None
    parts = inner.expressions if isinstance(inner, exp.Struct) else []
    if not parts or not types or types[0] is None:
        return None
    pairs = structs.fields(types[0], "duckdb")
    keys = {
        "VARCHAR" if part.this.is_string or isinstance(part.this, exp.Identifier) else "INTEGER"
        for part in parts
    }
    value = common([type_ for _, type_ in pairs or ()])
    return f"MAP({keys.pop()}, {stored(value)})" if len(keys) == 1 and value else None


def _map(node: exp.Expr, types: Types) -> str | None:
    if len(types) != 2:
        return None
    key, value = element(types[0]), element(types[1])
    return f"MAP({key}, {value})" if key is not None and value is not None else None


def _bracket(node: exp.Expr, types: Types) -> str | None:
    type_ = types[0] if types else None
    index = node.expressions[0] if node.expressions else None
    if type_ is None or index is None:
        return None
    if isinstance(index, exp.Slice) or type_ in ("VARCHAR", "JSON"):
        return type_
    if type_ == TEXT:
        return "VARCHAR"
    fields = structs.fields(type_, "duckdb")
    if fields is not None:
        return _field(fields, index)
    return element(type_)


def _field(fields: tuple[tuple[str, str | None], ...], index: exp.Expr) -> str | None:
    by_name = {name.lower(): type_ for name, type_ in fields}
    return by_name.get(index.name.lower())


def _dot(node: exp.Expr, types: Types) -> str | None:
    type_ = types[0] if types else None
    fields = structs.fields(type_, "duckdb")
    if fields is not None:
        return _field(fields, node.expression)
    return "JSON" if type_ == "JSON" else None


def _struct_extract(node: exp.Expr, types: Types) -> str | None:
    fields = structs.fields(types[0] if types else None, "duckdb")
    part = node.args.get("expression")
    return _field(fields, part) if fields is not None and isinstance(part, exp.Expr) else None


def _unnested(node: exp.Expr, types: Types) -> str | None:
    return element(types[0]) if types else None


def _series(node: exp.Expr, types: Types) -> str | None:
    if ZONED in types:
        return f"{ZONED}[]"
    moment = any(type_ in _MOMENTS for type_ in types)
    return "TIMESTAMP[]" if moment else "BIGINT[]"


def _extreme(node: exp.Expr, types: Types) -> str | None:
    """MIN, MAX and their likes; with a count they return a list."""
    type_ = stored(types[0]) if types else None
    counted = node.args.get("count") is not None or (
        isinstance(node, (exp.Min, exp.Max)) and len(types) > 1
    )
    return listed(type_) if counted else type_


def _offset(node: exp.Expr, types: Types) -> str | None:
    """LAG and LEAD."""
    return stored(types[0]) if types else None


def _json_part(type_: str) -> Rule:
    def rule(node: exp.Expr, types: Types) -> str | None:
        path = node.args.get("expression")
        return f"{type_}[]" if isinstance(path, exp.Array) else type_

    return rule


def _aggregate_list(node: exp.Expr, types: Types) -> str | None:
    """list_aggregate(list, 'name'): the aggregate over the elements."""
    name = node.expressions[1].name.lower() if len(node.expressions) > 1 else ""
    inner = [element(types[0])] if types else []
    rule = _LIST_AGGREGATES.get(name)
    return rule(node, inner) if rule is not None else RETURNS.get(name)


_LIST_AGGREGATES: dict[str, Rule] = {
    "sum": _sum,
    "avg": _average,
    "min": _first_stored,
    "max": _first_stored,
    "median": _middle,
    "first": _first_stored,
    "last": _first_stored,
    "any_value": _first_stored,
    "mode": _first_stored,
}


def _tuple(node: exp.Expr, types: Types) -> str | None:
    inner = [stored(type_) for type_ in types]
    return None if None in inner else f"TUPLE({', '.join(str(type_) for type_ in inner)})"


def _date_part(node: exp.Expr, types: Types) -> str | None:
    part = node.expressions[0] if node.expressions else None
    if not isinstance(part, exp.Literal):
        return None
    return "DOUBLE" if part.name.lower() in ("epoch", "julian") else "BIGINT"


def _elements_of_first(node: exp.Expr, types: Types) -> str | None:
    return element(types[0]) if types else None


_BY_NAME: dict[str, Rule] = {
    "date_part": _date_part,
    "datepart": _date_part,
    "row": _tuple,
    "list_aggregate": _aggregate_list,
    "list_aggr": _aggregate_list,
    "array_aggregate": _aggregate_list,
    "list_sum": lambda node, types: _sum(node, [element(types[0])]),
    "list_median": lambda node, types: _middle(node, [element(types[0])]),
    "list_first": _elements_of_first,
    "list_last": _elements_of_first,
    "list_extract": _elements_of_first,
    "list_element": _elements_of_first,
    "list_any_value": _elements_of_first,
    "list_reverse": _first,
    "list_slice": _first,
    "list_unique": _always("UBIGINT"),
    "list_zip": _always(None),
    "map_values": lambda node, types: listed(map_parts(types[0] or "")[1]),
    "map_extract": lambda node, types: listed(map_parts(types[0] or "")[1]),
    "ifnull": _common,
    "arbitrary": _first_stored,
    "mean": _average,
    "max_by": _first_stored,
    "min_by": _first_stored,
    "histogram": lambda node, types: f"MAP({stored(types[0])}, UBIGINT)" if types[0] else None,
    "quantile_disc": _first_stored,
    "time_bucket": _always(None),
    "sum_no_overflow": _sum,
    "array_value": _array,
    "list_pack": _array,
    "list_intersect": _first,
    "round_even": _scaled,
}


def _anonymous(node: exp.Expr, types: Types) -> str | None:
    name = str(node.this).lower()
    rule = _BY_NAME.get(name)
    if rule is not None:
        return rule(node, types)
    return RETURNS.get(name) or MACROS.get(name)


def _classes(rule: Rule, names: str) -> dict[type[exp.Expr], Rule]:
    """A rule for several of the parser's classes; a name that this version lacks is left out."""
    found = (getattr(exp, name, None) for name in names.split())
    return {kind: rule for kind in found if kind is not None}


_RULES: dict[type[exp.Expr], Rule] = {
    exp.Literal: _literal,
    exp.Null: _always(NULL),
    exp.Boolean: _always("BOOLEAN"),
    exp.Neg: _negative,
    exp.Add: _plus,
    exp.Sub: _plus,
    exp.Mul: _times,
    exp.Div: _divide,
    exp.IntDiv: _whole_divide,
    exp.Mod: _modulo,
    exp.Sum: _sum,
    exp.Avg: _average,
    exp.WithinGroup: _within,
    exp.Round: _round,
    exp.Trunc: _scaled,
    exp.Extract: _part,
    exp.AtTimeZone: _at_zone,
    exp.DateAdd: _date_add,
    exp.StrToTime: _parsed_time,
    exp.UnixToTime: _unix_time,
    exp.Case: _case,
    exp.If: _if,
    exp.Array: _array,
    exp.Struct: _struct,
    exp.ToMap: _map_of_struct,
    exp.Map: _map,
    exp.MapKeys: _map_keys,
    exp.Bracket: _bracket,
    exp.Dot: _dot,
    exp.StructExtract: _struct_extract,
    exp.JSONExtract: _json_part("JSON"),
    exp.JSONExtractScalar: _json_part("VARCHAR"),
    exp.Anonymous: _anonymous,
    exp.Repeat: _first_stored,
    **_classes(_middle, "Median PercentileCont"),
    **_classes(_round_up, "Ceil Floor"),
    **_classes(_concat, "DPipe Concat"),
    **_classes(_cast, "Cast TryCast"),
    **_classes(_truncated, "TimestampTrunc DateTrunc"),
    exp.Transform: _mapped,
    **_classes(_listed, "ArrayAgg"),
    **_classes(_unnested, "Explode Unnest ArrayFirst ArrayLast ArrayMax ArrayMin Flatten"),
    **_classes(_series, "GenerateSeries ExplodingGenerateSeries"),
    **_classes(_extreme, "Min Max ArgMax ArgMin"),
    **_classes(_offset, "Lag Lead FirstValue LastValue NthValue"),
    **_classes(
        _common,
        "Coalesce Greatest Least ArrayConcat BitwiseAnd BitwiseOr BitwiseXor BitwiseLeftShift "
        "BitwiseRightShift ArrayAppend",
    ),
    **_classes(
        _first_stored,
        "Abs AnyValue First Last Mode Nullif PercentileDisc Quantile ApproxQuantile Collate "
        "BitwiseAndAgg BitwiseOrAgg BitwiseXorAgg BitwiseNot",
    ),
    **_classes(
        _first,
        "IgnoreNulls RespectNulls Filter Distinct Order Ordered Limit HavingMax Window Where "
        "ArraySort SortArray ArrayDistinct ArrayReverse ArrayFilter ArraySlice ArrayIntersect "
        "Lambda Any All",
    ),
    **_classes(_always("BIGINT"), "RowNumber Rank DenseRank Ntile"),
    **_classes(_always("DOUBLE"), "PercentRank CumeDist Pow Exponent"),
    **_classes(_always("VARCHAR"), "CurrentCatalog CurrentDatabase CurrentSchema CurrentRole"),
    **_classes(_always("VARCHAR"), "SplitPart ArrayToString CurrentUser SessionUser Trim Reverse"),
    **_classes(_always("INTERVAL"), "Interval"),
    **_classes(_always("DATE"), "CurrentDate Date TsOrDsToDate"),
    **_classes(_always(ZONED), "CurrentTimestamp"),
    **_classes(_always("TIMESTAMP"), "Localtimestamp"),
    **_classes(_always("TIME"), "Localtime"),
    **_classes(_always("TIME WITH TIME ZONE"), "CurrentTime"),
    **_classes(_always("BLOB"), "HexString ByteString"),
    **_classes(_always("BOOLEAN"), "Exists In Between Is LogicalAnd LogicalOr And Or Not"),
    **_classes(_always("JSON"), "ParseJSON"),
    **_classes(_always("VARCHAR"), "JSONType"),
    **_classes(_always("VARCHAR[]"), "JSONKeys"),
}
