"""How adapters write the names of relations (the Relation class of each adapter)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

PARTS = ("database", "schema", "identifier")

Policy = tuple[bool, bool, bool]


@dataclass(frozen=True)
class Style:
    """How an adapter writes a relation's name: which parts, which of them quoted, and how."""

    quote: Policy = (True, True, True)
    include: Policy = (True, True, True)
    character: str = '"'
    class_name: str = "Relation"
    needs_alias: bool = True


#: From the Relation class of each adapter; an adapter that is not here has dbt's defaults.
STYLES = {
    "bigquery": Style(character="`", class_name="BigQueryRelation", needs_alias=False),
    "clickhouse": Style(include=(False, True, True), character="`"),
    "databricks": Style(character="`", class_name="DatabricksRelation"),
    "duckdb": Style(class_name="DuckDBRelation", needs_alias=False),
    "postgres": Style(class_name="PostgresRelation"),
    "redshift": Style(class_name="RedshiftRelation", needs_alias=False),
    "snowflake": Style((False, False, False), class_name="SnowflakeRelation", needs_alias=False),
    "spark": Style((False, False, False), (False, True, True), "`", "SparkRelation"),
}


def style_of_name(name: str, parts: tuple[str | None, ...], style: Style) -> Style | None:
    """The style in which a manifest wrote a relation's name; none when it is something else.

    Args:
        name: `relation_name` of a node.
        parts: Its database, schema and identifier.
        style: The adapter's own, for what the name does not show.
    """
    rest, include, quote = name, list(style.include), list(style.quote)
    for index, part in enumerate(parts):
        quoted = f"{style.character}{part}{style.character}"
        rest = rest.removeprefix(".")
        if part is not None and rest.startswith(quoted):
            rest, include[index], quote[index] = rest[len(quoted) :], True, True
        elif part is not None and (rest == part or rest.startswith(part + ".")):
            rest, include[index], quote[index] = rest[len(part) :], True, False
        elif part is not None:
            include[index] = False
    if rest:
        return None
    return replace(style, include=policy(include), quote=policy(quote))


def policy(flags: Iterable[bool]) -> Policy:
    """Three flags, for the three parts of a name."""
    database, schema, identifier = flags
    return (database, schema, identifier)
