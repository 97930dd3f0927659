"""Reports names that stand for nothing, or for too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp

    from breaking_changes.binder.scopes import Context, Scope, Source, Value


def missing_name(ctx: Context, ident: exp.Expr, column: str, scope: Scope) -> None:
    """Report a bare name that no relation in scope has."""
    derived = any(not source.parts for source in scope.sources)
    missing(ctx, ident, column, all_stars(scope), scope, derived)


def missing(
    ctx: Context,
    ident: exp.Expr,
    column: str,
    relations: tuple[str, ...],
    scope: Scope,
    derived: bool,
) -> None:
    """Report a name; `phone_1` of a derived table may have been the second `phone` in it."""
    ctx.findings.unbound("missing", relations, column, scope.clause, ident)
    base, _, number = column.rpartition("_")
    if derived and ctx.traits.renames_duplicates and base and number.isdigit() and relations:
        ctx.findings.unbound("missing", relations, base, scope.clause, ident)


def missing_field(ctx: Context, root: Value, path: list[str], part: exp.Expr, scope: Scope) -> None:
    """Report a field that a struct does not have, as a dotted column."""
    if len(root.sources) == 1:
        relation, column = root.sources[0]
        dotted = ".".join([column, *path])
        ctx.findings.unbound("missing", (relation,), dotted, scope.clause, part)
    else:
        ctx.findings.unbound("missing", (), ".".join(path), scope.clause, part)


def unknown_prefix(ctx: Context, parts: list[exp.Expr], column: str, scope: Scope) -> None:
    """Report a dotted name that starts with no relation; `column` is its first part."""
    prefix = ".".join(part.name for part in parts[:-1])
    detail = f"no relation is named {prefix} here"
    ctx.findings.unbound("missing", all_stars(scope), column, scope.clause, parts[0], detail)


def ambiguous(
    ctx: Context, ident: exp.Expr, column: str, holders: list[Source], key: str, scope: Scope
) -> None:
    """Report a name that several relations have."""
    origins = dict.fromkeys(
        found.origin[0]
        for source in holders
        if (found := source.index[key]) is not None and found.origin is not None
    )
    names = ", ".join(f"{source.name}.{ident.name}" for source in holders)
    ctx.findings.unbound("ambiguous", origins, column, scope.clause, ident, f"could be {names}")


def all_stars(scope: Scope) -> tuple[str, ...]:
    """The relations that could have held a name that no source in scope has."""
    relations: dict[str, None] = {}
    level: Scope | None = scope
    while level is not None:
        for source in level.sources:
            relations.update(dict.fromkeys(source.table.stars))
        level = level.parent
    return tuple(relations)
