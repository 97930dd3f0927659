"""What rendering gives: SQL, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass

#: "query": it needs rows of the warehouse. "target": it asks for a member of `target` that the
#: manifest does not tell. "limit": it took too long or grew too large. "missing": the manifest and
#: the project's files lack what it asks for. "jinja": the template or a macro failed by itself.
KINDS = frozenset({"query", "target", "limit", "missing", "jinja"})


class NotRendered(Exception):  # noqa: N818
    """There is no SQL; the message is one sentence for the user, `kind` is one of `KINDS`.

    `macro` is the macro that the node itself called and that led there, such as `dbt_utils.pivot`.
    `asked` and `unknown` are those of `Rendered` until then: with more columns it may go further.
    """

    def __init__(self, kind: str, message: str, macro: str | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.macro = macro
        self.asked: tuple[str, ...] = ()
        self.unknown: tuple[str, ...] = ()


#: Where an expression of the template wrote: the offsets in the SQL, and its line in the template.
Span = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Rendered:
    """The SQL of one node.

    Attributes:
        sql: As dbt compiles it, before it puts the CTEs of ephemeral parents in front.
        asked: unique_ids of the relations whose columns were asked for, each once, in order.
        unknown: Those of them whose columns are not known; they counted as having none.
        spans: What the expressions of the template itself wrote, in order.
    """

    sql: str
    asked: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
