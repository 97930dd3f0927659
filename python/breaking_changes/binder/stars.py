"""Expands `*`, `t.*` and COLUMNS(...) with their modifiers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import structs
from breaking_changes.binder.binding import sources_of
from breaking_changes.binder.columns import bind_column, ident_key, parts_of, stored
from breaking_changes.binder.identity import call
from breaking_changes.binder.naming import key as name_key
from breaking_changes.binder.patterns import TooSlowError, like, matcher
from breaking_changes.binder.refusals import bind_clause
from breaking_changes.binder.scopes import Field, Scope, Value

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context, Source


@dataclass(slots=True)
class Item:
    """A column that a star stands for, and the source that it comes from."""

    source: Source | None
    field: Field


@dataclass(slots=True)
class Expansion:
    """What a star stands for; `open` and `stars` as in Table."""

    items: list[Item]
    open: tuple[str, ...] = ()
    stars: tuple[str, ...] = ()
    reason: str | None = None


def expand(ctx: Context, node: exp.Expr, scope: Scope) -> Expansion | None:
    """The columns of a star projection, None when the projection is no star."""
    if isinstance(node, exp.Star):
        return _modified(ctx, node, _all(ctx, scope), scope)
    if isinstance(node, exp.Column) and isinstance(node.this, exp.Star):
        return _modified(ctx, node.this, _qualified(ctx, node, scope), scope)
    like_node = node.this if isinstance(node, exp.Not) else node
    if isinstance(like_node, _LIKES) and _is_star(like_node.this):
        everything = expand(ctx, like_node.this, scope)
        return None if everything is None else _like(ctx, node, like_node, everything, scope)
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Star):
        return _fields_of(ctx, node, scope)
    inner = node.this if isinstance(node, exp.Apply) else node
    if ctx.traits.name == "clickhouse" and isinstance(inner, (exp.Columns, exp.Star)):
        everything = _all(ctx, scope)
        return Expansion([], ("",), everything.stars, "ClickHouse computes these columns.")
    return None


_LIKES = (exp.Like, exp.ILike, exp.SimilarTo, exp.Glob)


def _is_star(node: exp.Expr) -> bool:
    return isinstance(node, exp.Star) or (
        isinstance(node, exp.Column) and isinstance(node.this, exp.Star)
    )


def _fields_of(ctx: Context, node: exp.Expr, scope: Scope) -> Expansion:
    """The fields of a struct that an expression gives, as in `array_agg(t)[offset(0)].*`."""
    value = bind_clause(ctx, node.this, scope)
    known = structs.fields(ctx.typer.finish(node.this, value.type), ctx.traits.name)
    if known is None:
        return Expansion([], ("",), (), "The fields of an expression are not known.")
    return Expansion([Item(None, Field(name, type_, None, value.sources)) for name, type_ in known])


def columns_call(node: exp.Expr) -> exp.Expr | None:
    """The COLUMNS(...) inside a projection, None when there is none."""
    return node.find(exp.Columns)


def expand_columns(ctx: Context, node: exp.Expr, scope: Scope) -> Expansion:
    """The columns that a COLUMNS(...) stands for."""
    this = node.this
    everything = _all(ctx, scope)
    if isinstance(this, exp.Star):
        return _modified(ctx, this, everything, scope)
    if isinstance(this, exp.Column) and isinstance(this.this, exp.Star):
        return _modified(ctx, this.this, _qualified(ctx, this, scope), scope)
    if isinstance(this, exp.Literal) and this.is_string:
        return _matching(ctx, node, everything, this.name, scope)
    if isinstance(this, exp.Array) and all(
        isinstance(part, (exp.Literal, exp.Column)) for part in this.expressions
    ):
        return _listed(ctx, this, everything, scope)
    if isinstance(this, exp.Lambda) and isinstance(this.this, (exp.Like, exp.ILike)):
        pattern = this.this.expression
        if isinstance(pattern, exp.Literal):
            any_case = isinstance(this.this, exp.ILike)
            kept = _filtered(everything, lambda name: like(name, pattern.name, any_case))
            return _some(ctx, kept, node, pattern.name, scope)
    reason = "COLUMNS(...) picks its columns by a condition that is not evaluated."
    return Expansion([], everything.open or ("",), everything.stars, reason)


def columns_value(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """COLUMNS(...) outside a projection: the condition holds for each of the columns."""
    found = expand_columns(ctx, node, scope)
    for relation in found.stars:
        ctx.findings.star(relation)
    if found.open:
        ctx.findings.cannot_know(found.reason or "COLUMNS(...) is not evaluated.")
    values = [as_value(item) for item in found.items]
    types = {value.type for value in values}
    text = call("columns", [value.text for value in values])
    return Value(types.pop() if len(types) == 1 else None, text, sources_of(values))


def _all(ctx: Context, scope: Scope) -> Expansion:
    result = Expansion([])
    first = _merged_first(ctx, scope)
    result.items.extend(first)
    skip = {name_key(item.field.name, ctx.traits.name) for item in first}
    for source in scope.sources:
        _append(ctx, source, scope, result, skip)
    return result


def _merged_first(ctx: Context, scope: Scope) -> list[Item]:
    """The columns of USING, where the engine lists them before the others."""
    if not ctx.traits.using_first or not scope.merged:
        return []
    items = []
    for key, value in scope.merged.items():
        name = next(
            (found.name for source in scope.sources if (found := source.index.get(key))), key
        )
        items.append(Item(None, Field(name, value.type, value.text, value.sources)))
    return items


def _append(ctx: Context, source: Source, scope: Scope, result: Expansion, skip: set[str]) -> None:
    table = source.table
    for found in table.fields:
        key = name_key(found.name, ctx.traits.name)
        if key in source.hidden or key in skip:
            continue
        merged = scope.merged.get(key)
        if merged is not None:
            found = Field(found.name, merged.type, merged.text, merged.sources, found.origin)
        elif source.tag:
            found = found.tagged(source.tag)
        result.items.append(Item(source, found))
    result.open += table.open
    result.stars += table.stars
    result.reason = result.reason or table.reason


def _qualified(ctx: Context, node: exp.Expr, scope: Scope) -> Expansion:
    """`t.*`, or `s.*` of a struct column."""
    parts = parts_of(node)[:-1]
    key = ident_key(ctx, parts[-1])
    result = Expansion([])
    level: Scope | None = scope
    while level is not None:
        for source in level.sources:
            if source.key == key:
                plain = Scope(None, None)
                gone = _taken_away(level, source) if ctx.traits.using_takes_away else set()
                _append_whole(ctx, source, plain, result, gone)
                return result
        level = level.parent
    return _struct_star(ctx, node, parts, scope)


def _taken_away(level: Scope, source: Source) -> set[str]:
    """The columns of a source that USING merged with those of another one."""
    others = [other for other in level.sources if other is not source]
    return {
        key
        for key in level.merged
        if key in source.hidden or any(key in other.hidden for other in others)
    } & source.index.keys()


def _append_whole(
    ctx: Context, source: Source, plain: Scope, result: Expansion, skip: set[str]
) -> None:
    """All columns of one source but some, the ones that USING merged away among them."""
    hidden, source.hidden = source.hidden, set()
    _append(ctx, source, plain, result, skip)
    source.hidden = hidden


def _struct_star(ctx: Context, node: exp.Expr, parts: list[exp.Expr], scope: Scope) -> Expansion:
    column: exp.Expr = exp.Column(
        **dict(zip(("this", "table", "db"), reversed(parts), strict=False))
    )
    value = bind_column(ctx, column, scope)
    known = structs.fields(value.type, ctx.traits.name)
    if known is None and ctx.typer.is_scalar(value.type):
        detail = f"{value.type} has no fields"
        for relation, name in dict.fromkeys(value.sources):
            ctx.findings.unbound("type", (relation,), name, scope.clause, parts[-1], detail)
    if known is None:
        reason = f"The fields of {parts[-1].name} are not known."
        return Expansion([], ("",), (), reason)
    texts = [None if value.text is None else f"{value.text}/{name.lower()}" for name, _ in known]
    return Expansion(
        [
            Item(None, Field(name, type_, text, value.sources))
            for (name, type_), text in zip(known, texts, strict=False)
        ]
    )


def _modified(ctx: Context, star: exp.Expr, found: Expansion, scope: Scope) -> Expansion:
    args = star.args
    if args.get("except_"):
        _exclude(ctx, args["except_"], found, scope)
    if args.get("replace"):
        _replace(ctx, args["replace"], found, scope)
    if args.get("rename"):
        _rename(ctx, args["rename"], found, scope)
    pattern = args.get("ilike")
    if isinstance(pattern, exp.Literal):
        kept = _filtered(found, lambda name: like(name, pattern.name, ignore_case=True))
        return _some(ctx, kept, star, pattern.name, scope)
    return found


def _bare_key(ctx: Context, node: exp.Expr) -> str | None:
    """What a name without a relation before it is compared by."""
    ident = node.this if isinstance(node, exp.Column) and not node.table else node
    return ident_key(ctx, ident) if isinstance(ident, exp.Identifier) else None


def _exclude(ctx: Context, names: list[exp.Expr], found: Expansion, scope: Scope) -> None:
    keys = {name_key(item.field.name, ctx.traits.name) for item in found.items}
    bare = {_bare_key(ctx, node) for node in names} & keys
    found.items = [
        item for item in found.items if name_key(item.field.name, ctx.traits.name) not in bare
    ]
    for node in names:
        if _bare_key(ctx, node) in bare:
            continue
        parts = parts_of(node) if isinstance(node, exp.Column) else [node]
        owner = ident_key(ctx, parts[-2]) if len(parts) > 1 else None
        key = ident_key(ctx, parts[-1])
        kept = found.items
        if owner is not None or key in keys:
            kept = [item for item in found.items if not _is(ctx, item, key, owner)]
        if ctx.traits.nested_excludes and len(parts) > 1 and _cut(ctx, parts, found):
            continue
        if len(kept) == len(found.items) and not _merged_away(scope, key, owner):
            _missing(ctx, "exclude", parts[-1], found, scope)
        found.items = kept


def _cut(ctx: Context, parts: list[exp.Expr], found: Expansion) -> bool:
    """Leaves a field of a struct out of a star; false when no struct has it."""
    column, field = (ident_key(ctx, part) for part in parts[-2:])
    for item in found.items:
        known = structs.fields(item.field.type, ctx.traits.name)
        if known is not None and _is(ctx, item, column, None):
            left = [(name, type_) for name, type_ in known if name.lower() != field]
            if len(left) < len(known):
                old = item.field
                if old.origin is not None:
                    ctx.findings.read(*old.origin, "SELECT", parts[-1])
                text = None if old.text is None else f"{old.text}-{field}"
                type_ = structs.of(left, ctx.traits.name)
                item.field = Field(old.name, type_, text, old.sources)
                return True
    return False


def _merged_away(scope: Scope, key: str, owner: str | None) -> bool:
    """Whether a qualified name is a column that USING merged with another one."""
    return key in scope.merged and any(
        source.key == owner and key in source.index for source in scope.sources
    )


def _replace(ctx: Context, changes: list[exp.Expr], found: Expansion, scope: Scope) -> None:
    for node in changes:
        ident = node.args.get("alias")
        if not isinstance(ident, exp.Identifier):
            continue
        key = ident_key(ctx, ident)
        hits = [item for item in found.items if _is(ctx, item, key, None)]
        if not hits and "replace" in ctx.traits.ignores_missing:
            continue
        value = bind_clause(ctx, node.this, scope)
        type_ = ctx.typer.finish(node, value.type)
        if not hits:
            _missing(ctx, "replace", ident, found, scope)
        for item in hits:
            item.field = Field(item.field.name, type_, value.text, value.sources)


def _rename(ctx: Context, changes: list[exp.Expr], found: Expansion, scope: Scope) -> None:
    for node in changes:
        parts = parts_of(node.this) if isinstance(node.this, exp.Column) else [node.this]
        key = ident_key(ctx, parts[-1])
        hits = [item for item in found.items if _is(ctx, item, key, None)]
        if not hits:
            _missing(ctx, "rename", parts[-1], found, scope)
        for item in hits:
            if item.field.origin is not None:
                ctx.findings.read(*item.field.origin, scope.clause, parts[-1])
            item.field = item.field.renamed(stored(ctx, node.args["alias"]))
            item.field.origin = None


def _is(ctx: Context, item: Item, key: str, owner: str | None) -> bool:
    if owner is not None and (item.source is None or item.source.key != owner):
        return False
    return name_key(item.field.name, ctx.traits.name) == key


def _missing(ctx: Context, modifier: str, ident: exp.Expr, found: Expansion, scope: Scope) -> None:
    """A modifier names a column that the star does not have."""
    if found.open or modifier in ctx.traits.ignores_missing:
        return
    kind = "exclude" if modifier == "exclude" else "missing"
    ctx.findings.unbound(kind, dict.fromkeys(found.stars), stored(ctx, ident), scope.clause, ident)


def _like(
    ctx: Context, whole: exp.Expr, node: exp.Expr, everything: Expansion, scope: Scope
) -> Expansion:
    """`* LIKE 'pattern'` and its kin; `whole` is the NOT around it, if there is one."""
    pattern = node.args["expression"]
    matches: Matches | None = None
    if isinstance(pattern, exp.Literal):
        matches = _matches(node, pattern.name)
    if matches is None:
        reason = "The pattern of a star is not evaluated."
        return Expansion([], everything.open or ("",), everything.stars, reason)
    wanted = not (whole is not node or node.args.get("negate"))
    kept = _filtered(everything, lambda name: matches(name) is wanted)
    return _some(ctx, kept, node, pattern.name, scope)


Matches = Callable[[str], bool]


def _matches(node: exp.Expr, text: str) -> Matches | None:
    """What a pattern matches; None when it is not evaluated."""
    if isinstance(node, exp.SimilarTo):
        search = matcher(text)
        return None if search is None else lambda name: search(name) is not None
    if isinstance(node, exp.Glob):
        plain = "[" not in text and "\\" not in text
        return (lambda name: like(name, text, any_="*", one="?")) if plain else None
    any_case = isinstance(node, exp.ILike)
    return lambda name: like(name, text, any_case)


def _matching(
    ctx: Context, node: exp.Expr, found: Expansion, pattern: str, scope: Scope
) -> Expansion:
    search = matcher(pattern)
    reason = "The pattern of COLUMNS(...) is not evaluated."
    if search is None:
        return Expansion([], ("",), found.stars, reason)
    kept = _filtered(found, lambda name: search(name) is not None)
    return _some(ctx, kept, node, pattern, scope)


def _some(ctx: Context, kept: Expansion, node: exp.Expr, pattern: str, scope: Scope) -> Expansion:
    """The columns that match a pattern; that there is none is reported."""
    if not kept.items and not kept.open:
        detail = f"no column matches {pattern}"
        stars = dict.fromkeys(kept.stars)
        ctx.findings.unbound("missing", stars, None, scope.clause, node, detail)
    return kept


def _listed(ctx: Context, names: exp.Expr, found: Expansion, scope: Scope) -> Expansion:
    items: list[Item] = []
    for node in names.expressions:
        key = name_key(node.name, ctx.traits.name)
        hits = [item for item in found.items if _is(ctx, item, key, None)]
        if not hits and not found.open:
            ctx.findings.unbound(
                "missing", dict.fromkeys(found.stars), node.name, scope.clause, names
            )
        for item in hits:
            if item.field.origin is not None:
                ctx.findings.read(*item.field.origin, scope.clause, names)
        items.extend(hits)
    return Expansion(items, (), found.stars, found.reason)


def _filtered(found: Expansion, keep: Callable[[str], bool]) -> Expansion:
    try:
        items = [item for item in found.items if keep(item.field.name)]
    except TooSlowError:
        return Expansion([], ("",), found.stars, "The pattern of a star is not evaluated.")
    return Expansion(items, found.open, found.stars, found.reason)


def as_value(item: Item) -> Value:
    """A star's column as a value."""
    return Value(item.field.type, item.field.text, item.field.sources)
