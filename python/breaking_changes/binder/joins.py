"""Joins: conditions, USING, NATURAL, and sides that do not stay visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder.binding import bind
from breaking_changes.binder.columns import ident_key, stored, use
from breaking_changes.binder.identity import call, equality, joined
from breaking_changes.binder.lists import refuse_no_list
from breaking_changes.binder.missing import ambiguous
from breaking_changes.binder.refusals import bind_clause, refuse_equality, refuse_mixture
from breaking_changes.binder.scopes import Field, Scope, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from breaking_changes.binder.scopes import Context, Source

    AddItem = Callable[[Context, exp.Expr, Scope], "str | None"]


def join(
    ctx: Context,
    node: exp.Join,
    scope: Scope,
    rows: str | None,
    add_item: AddItem,
    start: int = 0,
) -> str | None:
    """Add a joined item to a scope, bind its condition and return the text of the joined rows.

    `start` is the position of the first source that the join's left side holds.
    """
    if isinstance(node.this, exp.Alias) or node.kind == "ARRAY":
        return _array_join(ctx, node, scope, rows)
    first = len(scope.sources)
    right = add_item(ctx, node.this, scope)
    added = scope.sources[first:]
    for part in node.this.args.get("joins") or ():
        if not isinstance(node.this, exp.Subquery):
            right = join(ctx, part, scope, right, add_item)
    inner = _within_chain(scope, start)
    condition = _condition(ctx, node, inner, scope.sources[start:first], added)
    if node.kind in ("SEMI", "ANTI") or node.side in ("SEMI", "ANTI"):
        del scope.sources[first:]
    kind = " ".join(part for part in (node.method, node.side, node.kind) if part)
    return call(f"join[{_kind(kind)}]", [rows, right, condition])


def _within_chain(scope: Scope, start: int) -> Scope:
    """What an ON sees: its own chain of joins, and as from outside what stands before the comma."""
    if not start:
        return scope
    outer = Scope(scope.parent, scope.ctes)
    outer.sources = scope.sources[:start]
    inner = Scope(outer, scope.ctes)
    inner.sources = scope.sources[start:]
    inner.clause, inner.merged = scope.clause, scope.merged
    return inner


def is_comma(node: exp.Join) -> bool:
    """Whether a join is a comma in FROM, after which a chain of joins begins anew."""
    return not any(value for key, value in node.args.items() if key != "this")


def _kind(kind: str) -> str:
    return kind.replace("INNER", "").replace("OUTER", "").replace("NATURAL", "").strip()


def _condition(
    ctx: Context, node: exp.Join, scope: Scope, left: list[Source], right: list[Source]
) -> str | None:
    args = node.args
    matched = _match_condition(ctx, node, scope)
    if args.get("on") is not None:
        clause, scope.clause = scope.clause, "JOIN"
        bound = bind_clause(ctx, args["on"], scope, node)
        scope.clause = clause
        return call("on", [bound.text, matched]) if matched != "" else bound.text
    if args.get("using"):
        clause, scope.clause = scope.clause, "USING"
        texts = [_merge(ctx, ident, node, scope, left, right) for ident in args["using"]]
        scope.clause = clause
        return joined([*texts, matched] if matched != "" else texts)
    if node.method == "NATURAL":
        return _natural(ctx, node, scope, left, right)
    return matched


def _match_condition(ctx: Context, node: exp.Join, scope: Scope) -> str | None:
    """Snowflake's MATCH_CONDITION of an ASOF JOIN; "" where there is none."""
    condition = node.args.get("match_condition")
    if not isinstance(condition, exp.Expr):
        return ""
    clause, scope.clause = scope.clause, "JOIN"
    text = bind_clause(ctx, condition, scope).text
    scope.clause = clause
    return text


def _merge(
    ctx: Context,
    node: exp.Expr,
    join_node: exp.Join,
    scope: Scope,
    left: list[Source],
    right: list[Source],
) -> str | None:
    """Bind one name of USING on both sides and make it one column."""
    ident = node.this if isinstance(node, exp.Column) else node
    key = ident_key(ctx, ident)
    merged = scope.merged.get(key)
    one = merged or _side(ctx, ident, key, scope, left)
    other = _side(ctx, ident, key, scope, right)
    for source in right:
        if key in source.index:
            source.hidden.add(key)
    if one is None or other is None:
        return None
    refuse_equality(ctx, one, other, ident, scope.clause)
    scope.merged[key] = _merged_value(ctx, join_node, one, other)
    if one.text is None or other.text is None:
        return None
    return equality(one.text, other.text)


def _merged_value(ctx: Context, node: exp.Join, one: Value, other: Value) -> Value:
    side = node.side
    if side == "FULL":
        refuse_mixture(ctx, (one, other), node, "USING", ctx.typer.members_unify)
        text = call("coalesce", [one.text, other.text])
        return Value(ctx.typer.unify([one.type, other.type]), text, one.sources + other.sources)
    return other if side == "RIGHT" else one


def _side(
    ctx: Context, ident: exp.Expr, key: str, scope: Scope, sources: list[Source]
) -> Value | None:
    """One side's column of a USING, None when it has none (which is reported)."""
    holders = [
        source
        for source in sources
        if source.index.get(key) is not None and key not in source.hidden
    ]
    if len(holders) > 1 and not ctx.traits.using_takes_first:
        ambiguous(ctx, ident, stored(ctx, ident), holders, key, scope)
        return None
    if holders:
        found = holders[0].index[key]
        return use(ctx, holders[0], found, ident, scope) if found is not None else None
    opens = [source for source in sources if source.table.open]
    candidates = [base for source in opens for base in source.table.open]
    if candidates:
        if len(candidates) > 1 and any(candidates):
            ctx.findings.cannot_know(
                f"{ident.name} in USING may be a column of more than one relation."
            )
        elif candidates[0]:
            base = (candidates[0], stored(ctx, ident))
            ctx.findings.read(*base, scope.clause, ident)
            return Value(None, ".".join(base), (base,))
        return None
    stars = dict.fromkeys(base for source in sources for base in source.table.stars)
    ctx.findings.unbound("missing", stars, stored(ctx, ident), scope.clause, ident)
    return None


def _natural(
    ctx: Context, node: exp.Join, scope: Scope, left: list[Source], right: list[Source]
) -> str | None:
    """NATURAL JOIN: USING over the names that both sides have."""
    if any(source.table.open for source in (*left, *right)):
        ctx.findings.cannot_know("A NATURAL JOIN with a relation whose columns are not known.")
        return None
    shared = [
        (key, found)
        for source in left
        for key, found in source.index.items()
        if found is not None
        and key not in source.hidden
        and any(key in other.index for other in right)
    ]
    if not shared and ctx.traits.natural_needs_columns:
        stars = dict.fromkeys(base for source in (*left, *right) for base in source.table.stars)
        detail = "the sides of a NATURAL JOIN have no column in common"
        ctx.findings.unbound("missing", stars, None, "USING", node, detail)
    texts: list[str | None] = []
    for key, found in shared:
        texts.append(_merge_shared(ctx, key, found, node, scope, left, right))
    return joined(texts)


def _merge_shared(
    ctx: Context,
    key: str,
    found: Field,
    node: exp.Join,
    scope: Scope,
    left: list[Source],
    right: list[Source],
) -> str | None:
    owner = next(source for source in left if source.index.get(key) is found)
    partner = next(source for source in right if key in source.index)
    other = partner.index[key]
    partner.hidden.add(key)
    one = scope.merged.get(key) or owner.value(found)
    if other is None:
        return None
    value = partner.value(other)
    refuse_equality(ctx, one, value, exp.to_identifier(found.name), "USING")
    for side in (found, other):
        if side.origin is not None:
            clause = "USING"
            ctx.findings.read(*side.origin, clause, node)
    scope.merged[key] = _merged_value(ctx, node, one, value)
    if one.text is None or value.text is None:
        return None
    return equality(one.text, value.text)


def _array_join(ctx: Context, node: exp.Expr, scope: Scope, rows: str | None) -> str | None:
    """ClickHouse's ARRAY JOIN: each element of an array column beside the other columns."""
    clause, scope.clause = scope.clause, "LATERAL"
    arrays = [node.this, *(node.args.get("expressions") or [])]
    texts = []
    for item in arrays:
        value = bind(ctx, item, scope)
        refuse_no_list(ctx, item.unalias(), value, scope, ("MAP",))
        texts.append(value.text)
        alias = item.args.get("alias")
        ident = alias if isinstance(alias, exp.Identifier) else None
        if ident is not None:
            text = call("element", [value.text])
            scope.merged[ident_key(ctx, ident)] = Value(
                ctx.typer.element(value.type), text, value.sources
            )
    scope.clause = clause
    return call("arrayjoin", [rows, *texts])
