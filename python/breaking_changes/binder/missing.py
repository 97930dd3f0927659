"""Reports names that stand for nothing, or for too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from breaking_changes.binder.naming import key as name_key

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
    if len(root.sources) == 1 or (root.sources and ctx.typer.is_scalar(root.type)):
        for relation, column in dict.fromkeys(root.sources):
            dotted = ".".join([column, *path])
            ctx.findings.unbound("missing", (relation,), dotted, scope.clause, part)
    else:
        # A whole row: its field is a column of one of the relations that it is made of.
        relations = dict.fromkeys(
            relation for relation, _ in root.sources if ctx.findings.is_starred(relation)
        )
        ctx.findings.unbound("missing", relations, ".".join(path), scope.clause, part)


def unknown_prefix(ctx: Context, parts: list[exp.Expr], column: str, scope: Scope) -> None:
    """Report a dotted name that starts with no relation; `column` is its first part."""
    prefix = ".".join(part.name for part in parts[:-1])
    detail = f"no relation is named {prefix} here"
    ctx.findings.unbound("missing", all_stars(scope), column, scope.clause, parts[0], detail)


def ambiguous(
    ctx: Context, ident: exp.Expr, column: str, holders: list[Source], key: str, scope: Scope
) -> None:
    """Report a name that several relations have, or one relation twice."""
    origins = dict.fromkeys(
        found.origin[0]
        for source in holders
        for found in source.table.fields
        if name_key(found.name, ctx.traits.name) == key and found.origin is not None
    )
    names = ", ".join(f"{source.name}.{ident.name}" for source in holders)
    detail = f"could be {names}" if len(holders) > 1 else f"{names} is there twice"
    ctx.findings.unbound("ambiguous", origins, column, scope.clause, ident, detail)


def all_stars(scope: Scope) -> tuple[str, ...]:
    """The relations that could have held a name that no source in scope has."""
    relations: dict[str, None] = {}
    level: Scope | None = scope
    while level is not None:
        for source in level.sources:
            relations.update(dict.fromkeys(source.table.stars))
        level = level.parent
    return tuple(relations)
