"""Resolves column references against the sources in scope, as an engine does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from breaking_changes.binder import structs
from breaking_changes.binder.binding import bind
from breaking_changes.binder.dialects import NILADIC
from breaking_changes.binder.identity import leaf
from breaking_changes.binder.missing import (
    all_stars,
    ambiguous,
    missing,
    missing_field,
    missing_name,
    unknown_prefix,
)
from breaking_changes.binder.naming import fold
from breaking_changes.binder.scopes import Value

if TYPE_CHECKING:
    from breaking_changes.binder.scopes import Context, Field, Scope, Source

UNKNOWN = Value(None, None)


def ident_key(ctx: Context, ident: exp.Expr) -> str:
    """What an identifier in the SQL is compared by."""
    name: str = ident.this
    if not ctx.sensitive:
        return name.lower()
    return fold(name, ctx.traits.name, bool(ident.args.get("quoted")))


def stored(ctx: Context, ident: exp.Expr) -> str:
    """An identifier's name as the engine would store it."""
    return fold(ident.name, ctx.traits.name, bool(ident.args.get("quoted")))


def bind_column(ctx: Context, node: exp.Expr, scope: Scope) -> Value:
    """The value of a column reference with any struct fields after it, such as `t.c` or `c.x.y`."""
    args = node.args
    table = args.get("table")
    if table is not None and args.get("db") is None and type(node) is exp.Column:
        key, name = ident_key(ctx, table), ident_key(ctx, args["this"])
        holders = [one for one in scope.sources if one.key == key and name in one.index]
        found = holders[0].index[name] if holders else None
        if len(holders) > 1:
            ambiguous(ctx, args["this"], stored(ctx, args["this"]), holders, name, scope)
            return UNKNOWN
        if found is not None:
            return use(ctx, holders[0], found, args["this"], scope)
    parts = parts_of(node)
    if len(parts) == 1:
        return _unqualified(ctx, parts[0], scope)
    return _dotted(ctx, parts, scope)


def _dotted(ctx: Context, parts: list[exp.Expr], scope: Scope) -> Value:
    source, used = _find_source(ctx, parts, scope)
    if source is None:
        return _struct_or_missing(ctx, parts, scope)
    ident = parts[used]
    key = ident_key(ctx, ident)
    found = source.index.get(key)
    if found is None and key not in source.index and _names_element(ctx, source):
        element = use(ctx, source, source.table.fields[0], ident, scope)
        return fields_of(ctx, element, parts[used:], scope)
    if found is None and key not in source.index and not source.table.open:
        struct = _visible(ctx, parts[0], scope)
        if struct is not None and _has_parts(ctx, struct):
            return fields_of(ctx, _unqualified(ctx, parts[0], scope), parts[1:], scope)
        if used > 1:
            # What reads like a schema may have been a column with parts.
            unknown_prefix(ctx, parts, stored(ctx, parts[0]), scope)
    return fields_of(ctx, column_of(ctx, source, ident, key, scope), parts[used + 1 :], scope)


def _has_parts(ctx: Context, value: Value) -> bool:
    """Whether a value is known to have named parts."""
    fields = structs.fields(value.type, ctx.traits.name)
    return fields is not None or ctx.typer.element_by_name(value.type) is not None


def _names_element(ctx: Context, source: Source) -> bool:
    """Whether a source is an unnested value under its alias, so that `alias.x` is a field of it."""
    fields = source.table.fields
    if not ctx.traits.alias_names_value or len(fields) != 1 or source.table.stars:
        return False
    return fields[0].name.lower() == source.key.lower()


def parts_of(node: exp.Expr) -> list[exp.Expr]:
    """The identifiers of a dotted name, outermost first."""
    fields: list[exp.Expr] = []
    while isinstance(node, exp.Dot):
        fields.append(node.expression)
        node = node.this
    args = node.args
    parts = [args[key] for key in ("catalog", "db", "table", "this") if args.get(key)]
    return [*parts, *reversed(fields)]


def column_of(ctx: Context, source: Source, ident: exp.Expr, key: str, scope: Scope) -> Value:
    """A named column of one source; reports it when it is not there."""
    found = source.index.get(key)
    if found is not None:
        return use(ctx, source, found, ident, scope)
    if key in source.index:
        ambiguous(ctx, ident, stored(ctx, ident), [source], key, scope)
        return UNKNOWN
    if source.pseudo and key.lower() in ctx.traits.pseudo:
        return Value(ctx.typer.niladic(key.lower()), f"pseudo.{key.lower()}")
    if source.table.open:
        return attributed(ctx, [source], ident, scope, qualified=True)
    column = stored(ctx, ident)
    relations = source.table.stars
    if source.table.holder is not None:
        relation, array = source.table.holder
        relations, column = (relation,), f"{array}.{column}"
    missing(ctx, ident, column, relations, scope, derived=not source.parts)
    return UNKNOWN


def use(ctx: Context, source: Source, found: Field, ident: exp.Expr, scope: Scope) -> Value:
    """The value of a field that is named here, noted as a read of its base column."""
    if found.origin is not None:
        ctx.findings.read(found.origin[0], found.origin[1], scope.clause, ident)
    return source.value(found)


def attributed(
    ctx: Context,
    sources: list[Source],
    ident: exp.Expr,
    scope: Scope,
    qualified: bool = False,
) -> Value:
    """A name that only relations of unknown columns could hold; `qualified` names the relation."""
    candidates = [base for source in sources for base in source.table.open]
    name = stored(ctx, ident)
    if len(candidates) > 1 and any(candidates):
        ctx.findings.cannot_know(
            f"{name} is not in a list of known columns, and more than one relation could hold it."
        )
        return UNKNOWN
    if not candidates[0]:
        if not qualified and all_stars(scope):
            ctx.findings.cannot_know(
                f"{name} may belong to a relation whose columns are not known."
            )
        return Value(None, None)
    ctx.findings.read(candidates[0], name, scope.clause, ident)
    return Value(None, leaf(candidates[0], name) + sources[0].tag, ((candidates[0], name),))


def _find_source(ctx: Context, parts: list[exp.Expr], scope: Scope) -> tuple[Source | None, int]:
    """The source that a dotted name starts with, and how many parts name it."""
    keys = [ident_key(ctx, part) for part in parts[:-1]]
    level: Scope | None = scope
    while level is not None:
        for source in level.sources:
            if source.key == keys[0]:
                return source, 1
        if ctx.traits.columns_hide_relations and any(
            source.index.get(keys[0]) is not None for source in level.sources
        ):
            return None, 0
        if len(keys) > 1:
            for used in (2, 3):
                written = tuple(key.lower() for key in keys[:used])
                for source in level.sources:
                    if len(written) == used and _names(source, written):
                        return source, used
        level = level.parent
    return None, 0


def _names(source: Source, written: tuple[str, ...]) -> bool:
    """Whether a relation is the one that is written, which may say more or less than FROM did."""
    shared = min(len(source.parts), len(written))
    return shared > 0 and source.parts[-shared:] == written[-shared:]


def _visible(ctx: Context, ident: exp.Expr, scope: Scope) -> Value | None:
    """What a bare name is in the sources in scope, without noting a read."""
    key = ident_key(ctx, ident)
    level: Scope | None = scope
    while level is not None:
        if key in level.parameters:
            return level.parameters[key]
        if key in level.merged:
            return level.merged[key]
        for source in level.sources:
            found = source.index.get(key)
            if found is not None:
                return source.value(found)
        level = level.parent
    return None


def is_visible(ctx: Context, parts: list[exp.Expr], scope: Scope) -> bool:
    """Whether a dotted name starts with a relation or a column in scope."""
    return (
        _find_source(ctx, [*parts, parts[-1]], scope)[0] is not None
        or _visible(ctx, parts[0], scope) is not None
    )


def _unqualified(ctx: Context, ident: exp.Expr, scope: Scope) -> Value:
    key = ident_key(ctx, ident)
    level: Scope | None = scope
    opens: list[Source] = []
    while level is not None:
        if opens and sum(key in source.index for source in level.sources) > 1:
            # What is ambiguous out here is more likely a column of what is not known within.
            break
        value = _at_level(ctx, ident, key, level, scope)
        if value is not None:
            if opens and any(base for source in opens for base in source.table.open):
                ctx.findings.cannot_know(
                    f"{ident.name} may be a column of a relation whose columns are not known."
                )
            return value if level is scope else _outer(value)
        opens.extend(source for source in level.sources if source.table.open)
        level = level.parent
    if opens:
        return attributed(ctx, opens, ident, scope)
    if key.startswith("0x") and ctx.traits.name in ("trino", "athena"):
        # Empty binary data as engines built on Trino write it, which the parser takes for a name.
        return Value(None, key)
    if key.lower() in NILADIC and not ident.args.get("quoted"):
        return Value(ctx.typer.niladic(key.lower()), f"{key.lower()}()")
    missing_name(ctx, ident, stored(ctx, ident), scope)
    return UNKNOWN


def _at_level(ctx: Context, ident: exp.Expr, key: str, level: Scope, scope: Scope) -> Value | None:
    """A bare name in one query block, or None when the block does not hold it."""
    if key in level.parameters:
        return level.parameters[key]
    if level is scope and key in level.aliases and _alias_first(ctx, level, key):
        return level.aliases[key]
    if ctx.traits.aliases_hide and (alias := _alias(ctx, key, level, scope)) is not None:
        return alias
    if key in level.merged:
        return level.merged[key]
    holders = [
        source for source in level.sources if key in source.index and key not in source.hidden
    ]
    if len(holders) > 1 and ctx.traits.elements_first:
        elements = [source for source in holders if _is_element(source, key)]
        holders = elements if len(elements) == 1 else holders
    if len(holders) > 1 and not (ctx.traits.takes_first and level.joins < 2):
        if key in level.outputs:
            return level.outputs[key]
        everyone = [source for source in level.sources if key in source.index]
        ambiguous(ctx, ident, stored(ctx, ident), everyone, key, scope)
        return UNKNOWN
    if holders:
        return _held(ctx, ident, key, level, scope, holders[0])
    whole = level is not scope or level.bare or scope.clause not in ctx.traits.bare_aliases
    if whole and key in level.aliases and scope.clause in ctx.traits.aliases:
        return level.aliases[key]
    if key in level.aliases and scope.clause == "WINDOW" and _sees_aliases(ctx, scope.around):
        return level.aliases[key]
    if ctx.traits.rows_as_values:
        for source in level.sources:
            if source.key == key:
                return row_value(ctx, source)
    if key.lower() in ctx.traits.pseudo and any(source.pseudo for source in level.sources):
        return Value(ctx.typer.niladic(key.lower()), f"pseudo.{key.lower()}")
    return None


def _sees_aliases(ctx: Context, clause: str | None) -> bool:
    """Whether a window in a clause may name an alias where no column has its name."""
    return clause in ("QUALIFY", "ORDER BY") and clause in (
        ctx.traits.aliases - ctx.traits.bare_aliases
    )


def _is_element(source: Source, key: str) -> bool:
    """Whether a name is an unnested array's element or its offset, and no field of the element."""
    found = source.index.get(key)
    if found is None or source.table.bases:
        return False
    return source.key == key or (found.text or "").startswith("offset(")


def _alias_first(ctx: Context, level: Scope, key: str) -> bool:
    """Whether an alias goes before a column of its name in the clause at hand."""
    clause = level.clause
    if clause == "ORDER BY":
        return level.bare or clause not in ctx.traits.columns_first
    if clause not in ctx.traits.aliases_first:
        return False
    return not any(
        (found := source.index.get(key)) is not None and source.value(found).text in level.keys
        for source in level.sources
    )


def _held(
    ctx: Context, ident: exp.Expr, key: str, level: Scope, scope: Scope, source: Source
) -> Value:
    """A bare name that one source has."""
    found = source.index[key]
    if found is None:
        ambiguous(ctx, ident, stored(ctx, ident), [source], key, scope)
        return UNKNOWN
    value = use(ctx, source, found, ident, scope)
    alias = level.aliases.get(key) if level is scope else None
    if alias is not None and scope.clause in ctx.traits.aliases and alias.text != value.text:
        base = found.origin or (found.sources[0] if len(found.sources) == 1 else None)
        level.captured.setdefault(key, (ident, base, scope.clause))
    return value


def _alias(ctx: Context, key: str, level: Scope, scope: Scope) -> Value | None:
    """What an alias stands for that hides the columns of its name, but within its own expression.

    An alias of WITH is bound where it is used.
    """
    if key in level.aliases and scope.clause in ctx.traits.aliases:
        return level.aliases[key]
    node = level.lazy.pop(key, None)
    if node is None:
        return None
    value = bind(ctx, node, scope)
    if level is scope:
        level.aliases[key] = value
    else:
        level.lazy[key] = node
    return value


def row_value(ctx: Context, source: Source) -> Value:
    """A whole row as a struct: all columns of the source flow into it."""
    fields = source.table.fields
    for relation in source.table.stars:
        ctx.findings.star(relation)
    if len(fields) == 1 and ctx.traits.alias_names_value and not source.table.stars:
        return source.value(fields[0])
    texts = [source.value(field).text for field in fields]
    known = None not in texts and not source.table.open
    return Value(
        structs.of([(field.name, field.type) for field in fields], ctx.traits.name)
        if known
        else None,
        f"row({','.join(texts)})" if known else None,  # type: ignore[arg-type]
        tuple(base for field in fields for base in field.sources),
    )


def _outer(value: Value) -> Value:
    """A value of the query around: the same column, but of another row."""
    text = None if value.text is None else "^" + value.text
    return Value(value.type, text, value.sources)


def fields_of(
    ctx: Context,
    value: Value,
    parts: list[exp.Expr],
    scope: Scope,
    holder: exp.Expr | None = None,
) -> Value:
    """Struct fields of a value, one after the other; `holder` has a place where a part has none."""
    path: list[str] = []
    root = value
    for part in parts:
        known = structs.fields(value.type, ctx.traits.name)
        path.append(part.name)
        if known is None:
            if ctx.typer.is_scalar(value.type):
                missing_field(ctx, root, path, holder or part, scope)
                return UNKNOWN
            type_ = ctx.typer.element_by_name(value.type)
        else:
            match = {name.lower(): item for name, item in known}
            if part.name.lower() not in match:
                missing_field(ctx, root, path, holder or part, scope)
                return UNKNOWN
            type_ = match[part.name.lower()]
        text = None if value.text is None else f"{value.text}/{part.name.lower()}"
        value = Value(type_, text, value.sources, value.grouped)
    return value


def _under_another_schema(
    ctx: Context, parts: list[exp.Expr], scope: Scope
) -> tuple[Source | None, int]:
    """The relation that `main.t.id` names, where FROM has another schema before `t`.

    dbt renders the schema of its target in FROM; what is written by hand may be the same one.
    """
    keys = [ident_key(ctx, part) for part in parts]
    level: Scope | None = scope
    while level is not None:
        for used in (3, 2):
            if len(parts) > used:
                name = keys[used - 1]
                found = [one for one in level.sources if one.parts and one.key == name]
                if len(found) == 1 and found[0].parts[-1] == name.lower():
                    return found[0], used
        level = level.parent
    return None, 0


def before_parameter(ctx: Context, ident: exp.Expr, scope: Scope) -> Value | None:
    """DuckDB's `x.name` in a lambda looks for a column x before the lambda's parameter."""
    key = ident_key(ctx, ident)
    if key not in scope.parameters or not ctx.traits.columns_before_parameters:
        return None
    for source in scope.sources:
        found = source.index.get(key)
        if found is not None:
            return use(ctx, source, found, ident, scope)
    return None


def _struct_or_missing(ctx: Context, parts: list[exp.Expr], scope: Scope) -> Value:
    """A dotted name that starts with no source: a struct's field, or an unknown relation."""
    held = before_parameter(ctx, parts[0], scope)
    if held is not None:
        return fields_of(ctx, held, parts[1:], scope)
    if _visible(ctx, parts[0], scope) is not None:
        return fields_of(ctx, _unqualified(ctx, parts[0], scope), parts[1:], scope)
    alias = scope.aliases.get(ident_key(ctx, parts[0]))
    if alias is not None and scope.clause in ctx.traits.aliases:
        return fields_of(ctx, alias, parts[1:], scope)
    if ctx.traits.name == "duckdb" and parts[0].name.lower() == "alias":
        alias = scope.aliases.get(ident_key(ctx, parts[1]))
        if alias is not None:
            return fields_of(ctx, alias, parts[2:], scope)
    elsewhere, used = _under_another_schema(ctx, parts, scope)
    if elsewhere is not None:
        key = ident_key(ctx, parts[used])
        value = column_of(ctx, elsewhere, parts[used], key, scope)
        return fields_of(ctx, value, parts[used + 1 :], scope)
    level: Scope | None = scope
    while level is not None:
        opens = [source for source in level.sources if source.table.open]
        if opens:
            return fields_of(ctx, attributed(ctx, opens, parts[0], scope), parts[1:], scope)
        level = level.parent
    unknown_prefix(ctx, parts, stored(ctx, parts[0]), scope)
    return UNKNOWN
