"""What hooks read: pre- and post-hooks of a node, and the project's on-run-start and on-run-end.

A hook is SQL of any kind. What a query in it, an index, a DELETE or an UPDATE names is bound like
the SQL of a model. Of every other statement the text is kept, which shows whether the name of a
changed column is in it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from breaking_changes import binder
from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping
from breaking_changes.binder import Analysis, Column, Read, Unbound
from breaking_changes.lineage.nodes.sql_text import plain
from breaking_changes.rendering import NotRendered, Renderer

CLAUSE = "HOOK"

ColumnsOf = Callable[[str], "Sequence[Column] | None"]

_LONGEST = 160
_CONFIGS = ("pre-hook", "pre_hook", "post-hook", "post_hook")
_COMMENT = re.compile(r"\s*comment\b", re.IGNORECASE)
_REFERRED = re.compile(r"\b(?:ref|source)\s*\(([^()]*)\)")
_TEXT = re.compile(r"""['"]([^'"]+)['"]""")

#: First words of statements that read no rows, so that a relation's columns can all change below
#: them but those that they name.
_READS_NO_ROWS = re.compile(
    r"[\s(]*(?:alter|analyze|attach|begin|call|cluster|comment|commit|create|deny|detach|drop"
    r"|grant|install|load|optimize|pragma|refresh|reset|revoke|rollback|set|start|truncate|use"
    r"|vacuum)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hook:
    """One hook: where it is configured and its Jinja; `sql` once dbt itself has rendered it."""

    kind: str
    raw: str
    sql: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A statement that was not analysed: what it says, and the relations that it names.

    `parents` is empty for a statement that reads no rows of what it names. `rendered` is false for
    a hook that calls a macro, which may read anything.
    """

    sql: str
    parents: tuple[str, ...]
    rendered: bool = True


@dataclass(frozen=True, slots=True)
class HookFacts:
    """What all hooks of a node read and miss, and those of their statements that were not read."""

    reads: tuple[Read, ...] = ()
    unbound: tuple[Unbound, ...] = ()
    stars: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()


NO_HOOKS = HookFacts()


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a hook with the queries that say what it reads; none when nothing does.

    `inserts` says that it fills a table that exists, by the number of its columns.
    """

    hook: Hook
    sql: str
    queries: tuple[str, ...]
    inserts: bool = False


def hooks_of(node: Node) -> list[Hook]:
    """The hooks of a node in the order of its config; of an operation its own SQL."""
    if node.resource_type == "operation":
        return [Hook("hook", node.raw_code, node.compiled_code)]
    found = []
    for key, given in [(key, node.config[key]) for key in _CONFIGS if node.config.get(key)]:
        for hook in given if isinstance(given, list) else [given]:
            text = hook if isinstance(hook, str) else mapping(hook).get("sql")
            if isinstance(text, str) and text.strip():
                found.append(Hook(key.replace("_", "-"), text))
    return found


def rendered(
    node: Node, hook: Hook, renderer: Renderer, columns_of: ColumnsOf
) -> tuple[str, ...] | None:
    """The hook's SQL in each kind of run where it is another, none when that takes dbt itself.

    Args:
        node: The node that has the hook.
        hook: The hook.
        renderer: Renders the node's Jinja.
        columns_of: The columns of a relation, by unique_id.
    """
    if hook.sql is not None:
        return (hook.sql,)
    worlds = (False, True) if node.materialized == "incremental" else (False,)
    try:
        texts = [renderer.render_text(hook.raw, node, columns_of, one).sql for one in worlds]
    except NotRendered:
        return None
    return tuple(dict.fromkeys(text for text in texts if text.strip()))


def statements(hook: Hook, sql: str, dialect: str) -> Iterator[Statement]:
    """The statements of a hook's SQL."""
    parsed = binder.statements(sql, dialect)
    if parsed is None:
        yield Statement(hook, sql, ())
        return
    for statement in parsed:
        if not isinstance(statement, exp.Semicolon):
            text = statement.sql(dialect) if len(parsed) > 1 else sql
            inserts = isinstance(statement, exp.Insert)
            yield Statement(hook, text, tuple(_queries(statement, dialect)), inserts)


def _queries(statement: exp.Expr, dialect: str) -> Iterator[str]:
    """Queries that name what the statement names."""
    for query in _as_queries(statement):
        yield query.sql(dialect)


def _as_queries(statement: exp.Expr) -> Iterator[exp.Expr]:
    target, where = statement.this, statement.args.get("where")
    if isinstance(statement, exp.Query):
        yield statement
    elif isinstance(statement, exp.Insert) and isinstance(statement.expression, exp.Values):
        yield exp.select(exp.Literal.number(1))
    elif isinstance(statement, (exp.Insert, exp.Create)) and isinstance(
        statement.expression, exp.Query
    ):
        query = statement.expression.copy()
        if statement.args.get("with_"):
            query.set("with_", statement.args["with_"].copy())
        yield query
        if isinstance(statement, exp.Insert) and isinstance(target, exp.Schema):
            yield _select(target.this, [_column(one) for one in target.expressions])
    elif isinstance(statement, exp.Create) and isinstance(target, exp.Index):
        parameters = target.args.get("params")
        if isinstance(target.args.get("table"), exp.Table) and parameters is not None:
            keys = [_column(one) for one in parameters.args.get("columns") or ()]
            included = [_column(one) for one in parameters.args.get("include") or ()]
            yield _select(target.args["table"], keys + included, parameters.args.get("where"))
    elif isinstance(statement, exp.Delete) and not statement.args.get("using"):
        yield _select(target, [], where)
    elif isinstance(statement, exp.Update) and not statement.args.get("from_"):
        parts = [side for one in statement.expressions for side in (one.this, one.expression)]
        yield _select(target, parts, where)
    elif isinstance(statement, exp.Copy) and isinstance(target, exp.Subquery):
        yield target.unnest().copy()


def _column(part: exp.Expr) -> exp.Expr:
    """A column or expression in a list of them, without its order or type."""
    inner = part.this if isinstance(part, (exp.Ordered, exp.ColumnDef)) else part
    return exp.Column(this=inner.copy()) if isinstance(inner, exp.Identifier) else inner


def _select(table: exp.Expr, parts: list[exp.Expr], where: exp.Expr | None = None) -> exp.Expr:
    query = exp.select(*(part.copy() for part in parts or [exp.Literal.number(1)]))
    query = query.from_(table.copy())
    return query.where(where.this.copy()) if where is not None else query


def unread(statement: Statement, parents: tuple[str, ...]) -> Unread:
    """A statement that cannot be bound, and the relations that its text names."""
    quiet = _READS_NO_ROWS.match(plain(statement.sql, keep_texts=True))
    return Unread(_described(statement.hook), () if quiet else parents)


def unrendered(hook: Hook, node: Node, nodes: Mapping[str, Node], only_here: list[str]) -> Unread:
    """A hook whose SQL is not known: it reads what it refers to, and what only a hook can read."""
    if _READS_NO_ROWS.match(hook.raw):
        return Unread(_described(hook), ())
    named = {texts[-1] for call in _REFERRED.findall(hook.raw) if (texts := _TEXT.findall(call))}
    referred = [name for name in node.parents if name in nodes and nodes[name].name in named]
    return Unread(_described(hook), tuple(dict.fromkeys((*referred, *only_here))), rendered=False)


def collected(
    node: Node, found: list[tuple[Statement, tuple[str, ...], Analysis]], skipped: list[Unread]
) -> HookFacts:
    """The facts of all hooks of a node, from each query's statement, relations and analysis.

    A pre-hook meets the node's table as the last run left it, so that nothing is proven of it.
    """
    reads: dict[tuple[str, str], Read] = {}
    unbound: dict[tuple[str, str | None, str | None], Unbound] = {}
    stars: dict[str, None] = {}
    left = list(skipped)
    for statement, parents, analysis in found:
        text = _described(statement.hook)
        line, short = _line(node, statement.hook), textwrap.shorten(text, _LONGEST)
        for read in analysis.reads:
            entry = Read(read.relation, read.column, CLAUSE, line, 1, short)
            reads.setdefault((read.relation, read.column), entry)
        stars.update(dict.fromkeys(star.relation for star in analysis.stars))
        for miss in analysis.unbound:
            name = (miss.kind, miss.relation, miss.column)
            if statement.hook.kind == "pre-hook" and miss.relation == node.unique_id:
                left.append(Unread(text, ()))
            else:
                unbound.setdefault(name, Unbound(*name, CLAUSE, line, 1, short, short))
        if analysis.blind:
            left.append(Unread(text, parents))
        if statement.inserts and analysis.stars:
            left.append(Unread(text, tuple(star.relation for star in analysis.stars)))
    return HookFacts(
        tuple(reads.values()), tuple(unbound.values()), tuple(stars), tuple(dict.fromkeys(left))
    )


def _described(hook: Hook) -> str:
    """The hook for the user, without the text of a comment: that names no column."""
    sql = plain(hook.raw, keep_texts=False) if _COMMENT.match(hook.raw) else hook.raw
    return f"{hook.kind} {' '.join(sql.split())}"


def _line(node: Node, hook: Hook) -> int:
    """Where the hook stands in the node's own file, else the first line of that."""
    return node.raw_code[: max(0, node.raw_code.find(hook.raw))].count("\n") + 1
