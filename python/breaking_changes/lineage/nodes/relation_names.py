"""Makes compiled SQL independent of the database and schema that it was compiled for.

Each relation that dbt rendered becomes a token that names the node, so that the same model compiled
for production and for CI is the same text. The token keeps the relation's last part, because SQL
may qualify a column by it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from breaking_changes.artifacts import Node
from breaking_changes.artifacts.reading import mapping, mappings
from breaking_changes.lineage.nodes.source_lines import Written

#: The name that dbt gives to the CTE of an ephemeral model (BaseRelation.add_ephemeral_prefix).
EPHEMERAL_PREFIX = "__dbt__cte__"

_LAST_PART = re.compile(r"\.(\"[^\"]+\"|`[^`.]+`|\[[^\]]+\]|[\w$]+)$")

#: The last part of a name that is quoted as a whole, as BigQuery allows.
_LAST_WITHIN = re.compile(r"^`[^`]*\.([^`.]+)`$")

#: Characters that stand otherwise in a quoted name than in the name itself.
_ESCAPED = re.compile(r"[\"`\[\]\\']")


@dataclass(frozen=True, slots=True)
class NormalisedSql:
    """SQL whose relations are named by node; `names` finds the node of each name in it.

    `reads_itself` says that the node's own relation is named, as by `{{ this }}`. `before` and
    `after` are how many characters dbt itself puts around the node's SQL. `written` tells what
    expressions of the template wrote, where it was rendered here.
    """

    sql: str
    names: Mapping[tuple[str, ...], str]
    reads_itself: bool = False
    before: int = 0
    after: int = 0
    written: Written | None = field(default=None, compare=False)

    def named(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """The names that may stand in the SQL, each with its node.

        Most relations are tokens here, so that what they are called elsewhere does not count: the
        same SQL of two environments is analysed once.
        """
        text = self.sql.lower()
        for name, unique_id in self.names.items():
            if all(part in text or _ESCAPED.search(part) for part in name):
                yield name, unique_id

    def is_added(self, line: int, position: int) -> bool:
        """Whether a place, counted from 1, lies in what dbt puts around the node's SQL."""
        if line == 1 and position <= self.before:
            return True
        return bool(self.after) and line > self.sql[: -self.after].count("\n") + 1


def normalise(
    node: Node,
    sql: str,
    parents: Iterable[Node],
    dialect: str,
    direct: Mapping[tuple[str, ...], str] | None = None,
) -> NormalisedSql:
    """The node's SQL with its parents' relations, and its own, replaced by tokens.

    `direct` has the nodes that the SQL names beside its parents, by name; they keep that name.

    Line breaks stay where they are, so that a line of the result is a line of `sql`.
    """
    sql = without_ephemeral_ctes(node, sql)
    names: dict[tuple[str, ...], str] = dict(direct or {})
    rendered: list[tuple[str, str]] = []
    for related in (*parents, node):
        if related.materialized == "ephemeral":
            names[(EPHEMERAL_PREFIX + related.identifier.lower(),)] = related.unique_id
            continue
        for place in _places(related):
            for parts in _suffixes(place):
                names.setdefault(parts, related.unique_id)
        for name in _relation_names(related):
            rendered.append((name, _token(related, name, dialect, names)))
    sql = _tokenised(sql, rendered)
    return NormalisedSql(sql, names, reads_itself=schema_of(node.unique_id, dialect) in sql)


def same_but_for_names(
    was: Node, node: Node, related: Iterable[tuple[Node | None, Node | None]]
) -> bool:
    """Whether `normalise` surely makes the same of a node's compiled SQL on both sides.

    A quick answer for most nodes; when it is no, only normalising both tells.

    Args:
        was: The node of the prior side.
        node: The same node of the current side.
        related: What the SQL may name, itself included, as it is on either side.
    """
    pairs = list(related)
    old, new = was.compiled_code or "", node.compiled_code or ""
    if all(_relation_name(one) == _relation_name(other) for one, other in pairs):
        return old == new
    if any(_has_more_names(one) or _has_more_names(other) for one, other in pairs):
        return False
    names = [(_relation_name(one), _relation_name(other)) for one, other in pairs]
    if any(_last_part(one) != _last_part(other) for one, other in names):
        return False
    tokens = [f"\0{number}\0" for number in range(len(names))]
    before = [(one, token) for (one, _), token in zip(names, tokens, strict=True) if one]
    after = [(other, token) for (_, other), token in zip(names, tokens, strict=True) if other]
    return _tokenised(old, before) == _tokenised(new, after)


def same_relation(one: Node, other: Node) -> bool:
    """Whether two nodes are the same relation, as far as dbt rendered them."""
    return _relation_name(one) == _relation_name(other)


def _relation_name(node: Node | None) -> str | None:
    return node.text("relation_name") if node else None


def _last_part(name: str | None) -> str | None:
    if name and (within := _LAST_WITHIN.search(name)):
        return f"`{within[1]}`"
    found = _LAST_PART.search(name) if name else None
    return found[1] if found else name


def _has_more_names(node: Node | None) -> bool:
    """Whether SQL may name it, or name others in it, by more than its relation."""
    return bool(node and (node.raw.get("extra_ctes") or node.raw.get("defer_relation")))


def without_ephemeral_ctes(node: Node, sql: str) -> str:
    """The SQL before dbt put the CTEs of ephemeral models in front of it.

    The inverse of dbt-core 1.8 to 1.12's `inject_ctes_into_sql`; SQL that does not look like its
    work is left alone.
    """
    ctes = [cte.get("sql") for cte in mappings(node.raw.get("extra_ctes"))]
    injected = ", ".join(cte for cte in ctes if isinstance(cte, str))
    start = sql.find(injected) if injected else -1
    if start < 0:
        return sql
    before, after = sql[:start], sql[start + len(injected) :]
    lines = "\n" * injected.count("\n")
    if after.lstrip().startswith(","):
        return before + lines + after.replace(",", "", 1)
    return re.sub(r"\bwith\s*$", "", before, flags=re.IGNORECASE) + lines + after


def _tokenised(sql: str, names: Iterable[tuple[str, str]]) -> str:
    """The SQL with each name replaced by its token; the longest first, as one may hold another."""
    for name, token in sorted(names, key=lambda pair: -len(pair[0])):
        sql = _replace(sql, name, token)
    return sql


def _relation_names(node: Node) -> Iterator[str]:
    """The node's relation as dbt renders it here, and as it would when deferred to."""
    for raw in (node.raw, mapping(node.raw.get("defer_relation"))):
        name = raw.get("relation_name")
        if isinstance(name, str) and name:
            yield name


def _places(node: Node) -> Iterator[tuple[str, ...]]:
    deferred = mapping(node.raw.get("defer_relation"))
    for raw, identifier in ((node.raw, node.identifier), (deferred, deferred.get("alias"))):
        schema = raw.get("schema")
        if isinstance(identifier, str) and isinstance(schema, str) and schema:
            database = raw.get("database")
            parts = (database, schema, identifier) if database else (schema, identifier)
            yield tuple(str(part).lower() for part in parts)


def _suffixes(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The name with and without its database; never without its schema, which would be a guess."""
    yield parts
    if len(parts) == 3:
        yield parts[1:]


def _token(node: Node, name: str, dialect: str, names: dict[tuple[str, ...], str]) -> str:
    last = _last_part(name)
    if last is None or last == name:
        last = _quoted(node.identifier, dialect)
    names[(_schema(node.unique_id).lower(), last.strip('"`[]').lower())] = node.unique_id
    return f"{schema_of(node.unique_id, dialect)}.{last}"


@functools.cache
def schema_of(unique_id: str, dialect: str) -> str:
    """The schema of a node's relation in normalised SQL, as the dialect quotes it."""
    return _quoted(_schema(unique_id), dialect)


def _schema(unique_id: str) -> str:
    """No dot is in it: BigQuery divides a quoted name at its dots."""
    return unique_id.replace(".", ":")


def _quoted(name: str, dialect: str) -> str:
    return exp.to_identifier(name, quoted=True).sql(dialect=dialect)


def _replace(sql: str, name: str, token: str) -> str:
    if name not in sql:
        return sql
    if not (name[0].isalnum() or name[0] == "_"):
        return sql.replace(name, token)
    return re.sub(rf"(?<![\w$.\"`]){re.escape(name)}(?![\w$])", lambda _: token, sql)
