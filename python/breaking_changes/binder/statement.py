"""Analyses one statement: parse, bind, gather."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import ErrorLevel, ParseError, SqlglotError

from breaking_changes.binder import structs
from breaking_changes.binder.annotations import GeneralTyper
from breaking_changes.binder.budget import TooLargeError
from breaking_changes.binder.dialects import Traits, traits
from breaking_changes.binder.engines.duckdb.typer import DuckDBTyper
from breaking_changes.binder.expressions import HANDLERS
from breaking_changes.binder.findings import Findings
from breaking_changes.binder.identity import digest, leaf
from breaking_changes.binder.model import Analysis, OutputColumn
from breaking_changes.binder.naming import SENSITIVE, UPPER
from breaking_changes.binder.naming import key as name_key
from breaking_changes.binder.queries import bind_query
from breaking_changes.binder.relations import unused
from breaking_changes.binder.scopes import Context, Field, Table
from breaking_changes.binder.words import tokens_of, unmark
from breaking_changes.binder.written import written

if TYPE_CHECKING:
    from sqlglot import Token

    from breaking_changes.binder.inference import Typer
    from breaking_changes.binder.model import Lookup

UNEXPECTED = (AttributeError, KeyError, TypeError, ValueError, IndexError, AssertionError)
"""What the parser and the binder may raise over a syntax tree of a form that they do not expect:
one model's SQL must not end the run."""

logging.getLogger("sqlglot").addHandler(logging.NullHandler())


def analyse(sql: str, relations: Lookup, dialect: str) -> Analysis:
    """Bind a query as the engine would, against the columns of what it reads.

    `dialect` is sqlglot's name of one, such as "duckdb". Never raises because of the SQL: what
    cannot be read is `complete=False` with a reason, and everything else is still inferred when
    one reference does not bind.

    Raises:
        ValueError: sqlglot knows no such dialect.
    """
    engine = traits(dialect)
    try:
        parsed, tokens = _parsed(engine, sql)
    except TooLargeError as error:
        return _unknown(str(error))
    except SqlglotError as error:
        return _unknown(_parse_problem(error))
    except RecursionError:
        return _unknown("The SQL is nested too deeply to be parsed.")
    except UNEXPECTED as error:
        return _unknown(f"The SQL could not be parsed ({type(error).__name__}).")
    if len(parsed) != 1:
        if not parsed:
            return _unknown("It has no SQL that says what its columns are.")
        return _unknown(f"The SQL has {len(parsed)} statements where one query is expected.")
    if isinstance(parsed[0], exp.Command):
        return _unknown("The SQL is not a query that the parser understands.")
    findings = Findings(sql, tokens)
    ctx = _context(engine, relations, findings)
    ctx.written = written(engine, parsed[0], tokens, sql)
    ctx.has_columns_calls = engine.name == "duckdb" and "columns(" in sql.lower().replace(" ", "")
    try:
        table = bind_query(ctx, parsed[0], None, None)
        _refuse_duplicates(ctx, table, parsed[0])
        return _gather(ctx, table)
    except TooLargeError as error:
        return _unknown(str(error))
    except MemoryError:
        return _unknown("The SQL needs more memory than there is.")
    except RecursionError:
        return _unknown("The SQL is nested too deeply to be bound.")
    except (SqlglotError, *UNEXPECTED) as error:
        return _unknown(f"The SQL has a form that is not understood ({type(error).__name__}).")


def statements(sql: str, dialect: str) -> list[exp.Expr] | None:
    """The syntax trees of all statements, None when they cannot be read.

    Raises:
        ValueError: sqlglot knows no such dialect.
    """
    try:
        return _parsed(traits(dialect), sql)[0]
    except (SqlglotError, TooLargeError, RecursionError, *UNEXPECTED):
        return None


def _parsed(engine: Traits, sql: str) -> tuple[list[exp.Expr], list[Token]]:
    tokens = tokens_of(engine, sql)
    parsed = engine.parser.parser(error_level=ErrorLevel.IMMEDIATE).parse(tokens, sql)
    statements = [statement for statement in parsed if statement is not None]
    for statement in statements:
        unmark(statement, tokens)
    return statements, tokens


def _context(engine: Traits, relations: Lookup, findings: Findings) -> Context:
    typer: Typer = (
        DuckDBTyper(engine.memory) if engine.name == "duckdb" else GeneralTyper(engine.name)
    )
    return Context(
        engine,
        relations,
        findings,
        typer,
        HANDLERS,
        bind_query,
        sensitive=engine.name in SENSITIVE,
        upper=engine.name in UPPER,
    )


def _unknown(reason: str) -> Analysis:
    return Analysis(complete=False, reason=reason, blind=reason)


#: How the parser says that an expression of its own is not complete, by the name of its class.
_MISSING = re.compile(r"Required keyword: '(\w+)' missing for <class '(?:\w+\.)*(\w+)'>")


def _parse_problem(error: SqlglotError) -> str:
    """A parser's error as a sentence with its place, without the parser's own notation."""
    if not isinstance(error, ParseError) or not error.errors:
        return "The SQL could not be tokenized: unclosed quote or comment."
    first = error.errors[0]
    what = str(first["description"]).split(" but got ")[0].rstrip(".")
    what = _MISSING.sub(r"\2 without its \1", what)
    return f"The SQL could not be parsed at line {first['line']}, column {first['col']}: {what}."


def _gather(ctx: Context, table: Table) -> Analysis:
    complete = not table.open
    reason = None if complete else table.reason or "Not all columns of what it reads are known."
    findings = ctx.findings
    return Analysis(
        complete=complete,
        reason=reason,
        columns=_outputs(ctx, table),
        rows=None if table.rows is None else digest(table.rows),
        reads=findings.reads(),
        stars=findings.stars(),
        unbound=findings.all_unbound(),
        untyped=findings.all_untyped(),
        blind=findings.blind,
        relations=tuple(sorted({id_ for base in ctx.bases.values() for id_ in base.bases})),
        unresolved=tuple(sorted(ctx.unresolved)),
    )


def _refuse_duplicates(ctx: Context, table: Table, node: exp.Expr) -> None:
    """Report output columns of one name, of which no engine but a few makes a relation."""
    if not ctx.traits.refuses_duplicates:
        return
    named: dict[str, list[Field]] = {}
    for found in table.fields:
        named.setdefault(name_key(found.name, ctx.traits.name), []).append(found)
    for several in named.values():
        name = several[-1].name
        if len(several) > 1 and name:
            relations = dict.fromkeys(one.origin[0] for one in several if one.origin is not None)
            if not relations:
                # Names of unnamed expressions are not always known.
                continue
            detail = f"the result has {len(several)} columns named {name}"
            ctx.findings.unbound("duplicate", relations, name, "SELECT", _place(node, name), detail)


def _place(node: exp.Expr, name: str) -> exp.Expr:
    """The projection that has a name, else the statement."""
    selects = node.selects if isinstance(node, exp.Query) else []
    return next((one for one in selects if one.alias_or_name == name), node)


def _identity(text: str | None, sources: tuple[tuple[str, str], ...]) -> str | None:
    """A digest of the meaning; for a column passed through its name, so that renames show."""
    if text is None:
        return None
    return text if len(sources) == 1 and text == leaf(*sources[0]) else digest(text)


def _outputs(ctx: Context, table: Table) -> tuple[OutputColumn, ...]:
    """The columns as the engine would store them: a second one of a name is renamed."""
    taken: dict[str, Field | None] = {}
    numbers: dict[str, int] = {}
    outputs = []
    for found in table.fields:
        name = found.name
        key = name_key(name, ctx.traits.name)
        if key in taken and ctx.traits.renames_duplicates:
            name = unused(ctx, name, taken, numbers)
            key = name_key(name, ctx.traits.name)
        taken[key] = found
        sources = tuple(dict.fromkeys(found.sources))
        type_ = structs.shown(found.type, ctx.traits.name)
        outputs.append(OutputColumn(name, type_, _identity(found.text, sources), sources))
    return tuple(outputs)
