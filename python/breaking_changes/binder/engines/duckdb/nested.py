"""Lists, structs and maps, as DuckDB types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import structs
from breaking_changes.binder.engines.duckdb.types import (
    TEXT,
    common,
    element,
    listed,
    map_parts,
    stored,
    struct,
)

if TYPE_CHECKING:
    from breaking_changes.binder.engines.duckdb.basics import Types


def array_of(node: exp.Expr, types: Types) -> str | None:
    """A list of its operands' common type."""
    return listed(common(types))


def sized_array(node: exp.Expr, types: Types) -> str | None:
    """array_value: an array of a fixed size."""
    inner = stored(common(types))
    return None if inner is None else f"{inner}[{len(types)}]"


def listed_of(node: exp.Expr, types: Types) -> str | None:
    """A list of the first operand's type."""
    return listed(types[0]) if types else None


def mapped(node: exp.Expr, types: Types) -> str | None:
    """list_transform: a list of what the lambda returns."""
    return listed(types[-1]) if types else None


def map_keys(node: exp.Expr, types: Types) -> str | None:
    """The keys of a MAP as a list."""
    return listed(map_parts(types[0] or "")[0])


def struct_of(node: exp.Expr, types: Types) -> str | None:
    """A struct of named values."""
    names = [
        part.this.name if isinstance(part, exp.PropertyEQ) else part.alias_or_name
        for part in node.expressions
    ]
    return struct(list(zip(names, types, strict=False))) if all(names) else None


def map_of_struct(node: exp.Expr, types: Types) -> str | None:
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


def map_of(node: exp.Expr, types: Types) -> str | None:
    """MAP(keys, values)."""
    if len(types) != 2:
        return None
    key, value = element(types[0]), element(types[1])
    return f"MAP({key}, {value})" if key is not None and value is not None else None


def bracket(node: exp.Expr, types: Types) -> str | None:
    """An element, a slice, a map's entry or a struct's field in brackets."""
    type_ = types[0] if types else None
    index = node.expressions[0] if node.expressions else None
    if type_ is None or index is None:
        return None
    if type_ == TEXT:
        return "VARCHAR"
    if type_ in ("VARCHAR", "JSON"):
        return type_
    if isinstance(index, exp.Slice):
        return listed(element(type_)) if type_.endswith("]") else None
    fields = structs.fields(type_, "duckdb")
    if fields is not None:
        return _field(fields, index)
    return element(type_)


def _field(fields: tuple[tuple[str, str | None], ...], index: exp.Expr) -> str | None:
    by_name = {name.lower(): type_ for name, type_ in fields}
    return by_name.get(index.name.lower())


def dot_of(node: exp.Expr, types: Types) -> str | None:
    """A field after an expression, as in `(x).a`."""
    type_ = types[0] if types else None
    fields = structs.fields(type_, "duckdb")
    if fields is not None:
        return _field(fields, node.expression)
    return "JSON" if type_ == "JSON" else None


def struct_extract(node: exp.Expr, types: Types) -> str | None:
    """struct_extract(s, 'a')."""
    fields = structs.fields(types[0] if types else None, "duckdb")
    part = node.args.get("expression")
    return _field(fields, part) if fields is not None and isinstance(part, exp.Expr) else None


def tuple_of(node: exp.Expr, types: Types) -> str | None:
    """row(a, b)."""
    inner = [stored(type_) for type_ in types]
    return None if None in inner else f"TUPLE({', '.join(str(type_) for type_ in inner)})"


def exploded(node: exp.Expr, types: Types) -> str | None:
    """unnest: the element, but for one that is told how deep to go."""
    type_ = types[0] if types else None
    options = {part.this.name.lower() for part in node.args.get("expressions") or ()}
    if not options:
        return element(type_)
    while type_ is not None and type_.endswith("]"):
        type_ = element(type_)
    return type_ if options == {"recursive"} else None


def element_of_first(node: exp.Expr, types: Types) -> str | None:
    """The element type of the list that comes first."""
    return element(types[0]) if types else None
