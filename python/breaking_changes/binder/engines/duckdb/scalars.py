"""Functions on numbers, text and dates, casts and branches, as DuckDB types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.engines.duckdb.arithmetic import MOMENTS
from breaking_changes.binder.engines.duckdb.types import (
    NULL,
    TEXT,
    TIMESTAMPS,
    UNSIGNED,
    ZONED,
    common,
    decimal,
    describe,
    is_integer,
    stored,
    struct,
)

if TYPE_CHECKING:
    from breaking_changes.binder.engines.duckdb.basics import Rule, Types


def round_up(node: exp.Expr, types: Types) -> str | None:
    """CEIL and FLOOR."""
    type_ = stored(types[0]) if types else None
    size = decimal(type_) if type_ is not None else None
    if type_ is None or size is None:
        return type_
    return "DOUBLE" if is_integer(type_) else f"DECIMAL({size[0]},0)"


def rounded(node: exp.Expr, types: Types) -> str | None:
    """ROUND; unsigned numbers become signed."""
    type_ = stored(types[0]) if types else None
    if type_ is None:
        return None
    if type_ in UNSIGNED:
        return {"UBIGINT": "HUGEINT", "UHUGEINT": "DOUBLE"}.get(type_, "BIGINT")
    return scaled(node, types)


def scaled(node: exp.Expr, types: Types) -> str | None:
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


def concat(node: exp.Expr, types: Types) -> str | None:
    """`||` and CONCAT: lists, binary data, else text."""
    known = [type_ for type_ in types if type_ is not None and type_ != NULL]
    if not known and None in types:
        return None
    if known and all(type_.endswith("]") for type_ in known):
        return common(types)
    blobs = isinstance(node, exp.DPipe) and known and all(type_ == "BLOB" for type_ in known)
    return "BLOB" if blobs else "VARCHAR"


def cast_to(node: exp.Expr, types: Types) -> str | None:
    """A cast's target."""
    to = node.args["to"]
    return describe(to) if isinstance(to, exp.DataType) else None


def truncated(node: exp.Expr, types: Types) -> str | None:
    """date_trunc."""
    type_ = next((item for item in types if item in MOMENTS or item in ("INTERVAL", TEXT)), None)
    if type_ is None:
        return None
    return type_ if type_ in (ZONED, "INTERVAL") else "TIMESTAMP"


def extracted(node: exp.Expr, types: Types) -> str | None:
    """EXTRACT: whole but for epoch and julian."""
    return "DOUBLE" if node.name.lower() in ("epoch", "julian") else "BIGINT"


def at_zone(node: exp.Expr, types: Types) -> str | None:
    """AT TIME ZONE turns zoned into plain and the other way round."""
    type_ = types[0] if types else None
    if type_ is None:
        return None
    return "TIMESTAMP" if type_ == ZONED else ZONED


def date_add(node: exp.Expr, types: Types) -> str | None:
    """date_add: a moment and an interval."""
    type_ = types[0] if types else None
    if len(types) > 1 and types[1] is not None and (types[1][0] == "#" or is_integer(types[1])):
        return "DATE" if type_ == "DATE" and not node.args.get("unit") else _moved(type_)
    return _moved(type_)


def _moved(type_: str | None) -> str | None:
    """A moment and an interval."""
    if type_ == "DATE" or type_ in TIMESTAMPS or type_ == TEXT:
        return "TIMESTAMP"
    return type_ if type_ in (ZONED, "TIME") else None


def parsed_time(node: exp.Expr, types: Types) -> str | None:
    """strptime; its pattern says whether a zone or nanoseconds are read."""
    pattern = node.args.get("format")
    if pattern is None and len(node.expressions) > 1:
        pattern = node.expressions[1]
    if not isinstance(pattern, exp.Literal):
        return None
    zoned, fine = "%z" in pattern.name.lower(), "%n" in pattern.name
    if zoned:
        return None if fine else ZONED
    return "TIMESTAMP_NS" if fine else "TIMESTAMP"


def groups_of(several: bool) -> Rule:
    """regexp_extract and regexp_extract_all: with a list of names, a struct of the groups."""

    def rule(node: exp.Expr, types: Types) -> str | None:
        names = node.args.get("group")
        if isinstance(names, exp.Array):
            fields: list[tuple[str, str | None]] = [
                (name.name, "VARCHAR") for name in names.expressions
            ]
            one = struct(fields)
        else:
            one = "VARCHAR"
        return f"{one}[]" if several else one

    return rule


def unix_time(node: exp.Expr, types: Types) -> str | None:
    """to_timestamp and its likes."""
    return ZONED if not node.args.get("scale") else None


def case_branches(node: exp.Expr, types: Types) -> str | None:
    """CASE: its operands are the branches' results, after the compared value if there is one."""
    branches = types[1:] if node.args.get("this") is not None else types
    # The fields of structs are in the order of ELSE.
    return common([*branches[-1:], *branches[:-1]] if node.args.get("default") else branches)


def if_branches(node: exp.Expr, types: Types) -> str | None:
    """IF, and a branch of CASE: the condition does not count."""
    return common(types[1:])


def series(node: exp.Expr, types: Types) -> str | None:
    """generate_series and range in a projection."""
    if ZONED in types:
        return f"{ZONED}[]"
    moment = any(type_ in MOMENTS for type_ in types)
    return "TIMESTAMP[]" if moment else "BIGINT[]"


def json_part(type_: str) -> Rule:
    """A part of a JSON value; a list of paths gives a list."""

    def rule(node: exp.Expr, types: Types) -> str | None:
        path = node.args.get("expression")
        return f"{type_}[]" if isinstance(path, exp.Array) else type_

    return rule


def date_part(node: exp.Expr, types: Types) -> str | None:
    """date_part('part', x)."""
    part = node.expressions[0] if node.expressions else None
    if not isinstance(part, exp.Literal):
        return None
    return "DOUBLE" if part.name.lower() in ("epoch", "julian") else "BIGINT"
