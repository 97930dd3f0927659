"""Relations as macros see them (dbt/adapters/base/relation.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, NoReturn

from breaking_changes.rendering.styles import PARTS, Policy, Style, policy

EPHEMERAL_PREFIX = "__dbt__cte__"


@dataclass(frozen=True)
class _Path:
    """The three parts of a name, which macros read as `relation.path.schema`."""

    database: str | None
    schema: str | None
    identifier: str | None


@dataclass(frozen=True, eq=False, repr=False)
class Relation(Mapping[str, Any]):
    """A relation's name and type. Macros take it for a mapping with `metadata.type`.

    Attributes:
        path: Database, schema and identifier.
        style: How the name is written.
        type: Such as table, view, cte; none when a reference leaves it open.
        external: What is written instead of the name, such as a file that DuckDB reads.
        event_time: The condition of a microbatch run, put around the relation.
        view: The view of an information schema.
    """

    path: _Path
    style: Style
    type: str | None = None
    external: str | None = None
    event_time: str | None = None
    view: str | None = None

    Table: ClassVar[str] = "table"
    View: ClassVar[str] = "view"
    CTE: ClassVar[str] = "cte"
    External: ClassVar[str] = "external"
    MaterializedView: ClassVar[str] = "materialized_view"
    PointerTable: ClassVar[str] = "pointer_table"
    Function: ClassVar[str] = "function"

    @classmethod
    def of(
        cls,
        style: Style,
        database: str | None,
        schema: str | None,
        identifier: str | None,
        **members: Any,
    ) -> Relation:
        """A relation by the parts of its name."""
        return cls(_Path(database, schema, identifier), style, **members)

    @property
    def database(self) -> str | None:
        """The name's first part."""
        return self.path.database

    @property
    def schema(self) -> str | None:
        """The name's second part."""
        return self.path.schema

    @property
    def identifier(self) -> str | None:
        """The name's last part."""
        return self.path.identifier

    name = table = identifier

    @property
    def is_table(self) -> bool:
        """Whether its type is table."""
        return self.type == "table"

    @property
    def is_view(self) -> bool:
        """Whether its type is view."""
        return self.type == "view"

    @property
    def is_cte(self) -> bool:
        """Whether it is an ephemeral model's."""
        return self.type == "cte"

    @property
    def is_materialized_view(self) -> bool:
        """Whether its type is materialized_view."""
        return self.type == "materialized_view"

    @property
    def is_pointer(self) -> bool:
        """Whether its type is pointer_table."""
        return self.type == "pointer_table"

    @property
    def is_function(self) -> bool:
        """Whether its type is function."""
        return self.type == "function"

    @property
    def quote_character(self) -> str:
        """What stands around a quoted part."""
        return self.style.character

    @property
    def quote_policy(self) -> dict[str, bool]:
        """Which parts are quoted."""
        return dict(zip(PARTS, self.style.quote, strict=True))

    @property
    def include_policy(self) -> dict[str, bool]:
        """Which parts are written."""
        return dict(zip(PARTS, self.style.include, strict=True))

    def quoted(self, identifier: str) -> str:
        """The identifier between quotes."""
        return f"{self.style.character}{identifier}{self.style.character}"

    def include(self, **parts: bool | None) -> Relation:
        """The same relation with some parts written or left out."""
        return self._styled(include=_changed(self.style.include, parts))

    def quote(self, **parts: bool | None) -> Relation:
        """The same relation with some parts quoted or not."""
        return self._styled(quote=_changed(self.style.quote, parts))

    def _styled(self, **changes: Any) -> Relation:
        return replace(self, style=replace(self.style, **changes))

    def replace_path(self, **parts: str | None) -> Relation:
        """The same relation with other parts of its name."""
        return replace(self, path=replace(self.path, **parts))

    def incorporate(self, **changes: Any) -> Relation:
        """The same relation with another path, type or policy."""
        relation = self.replace_path(**(changes.get("path") or {}))
        relation = relation.quote(**(changes.get("quote_policy") or {}))
        relation = relation.include(**(changes.get("include_policy") or {}))
        return replace(relation, type=changes["type"]) if "type" in changes else relation

    def without_identifier(self) -> Relation:
        """The schema that holds the relation."""
        return self.include(identifier=False).replace_path(identifier=None)

    def information_schema(self, view_name: Any = None) -> Relation:
        """The information schema of the relation's database, or a view of it."""
        view = view_name if isinstance(view_name, str) else None
        named = self.include(schema=False, identifier=False, database=self.database is not None)
        named = named.replace_path(schema=None, identifier="INFORMATION_SCHEMA")
        named = named.include(identifier=True).quote(identifier=False)
        return replace(named, view=view, external=None)

    def information_schema_only(self) -> Relation:
        """The information schema of the relation's database."""
        return self.information_schema()

    def matches(
        self,
        database: str | None = None,
        schema: str | None = None,
        identifier: str | None = None,
    ) -> bool:
        """Whether the parts that are given are this relation's."""
        given = zip((database, schema, identifier), self.parts, strict=True)
        return all(wanted is None or wanted == part for wanted, part in given)

    @property
    def parts(self) -> tuple[str | None, str | None, str | None]:
        """Database, schema and identifier."""
        return (self.path.database, self.path.schema, self.path.identifier)

    @staticmethod
    def add_ephemeral_prefix(name: str) -> str:
        """The name of the CTE that stands for an ephemeral model."""
        return EPHEMERAL_PREFIX + name

    def render(self) -> str:
        """The name as SQL."""
        if self.external is not None:
            return self.external
        written = zip(self.parts, self.style.include, self.style.quote, strict=True)
        names = [
            self.quoted(part) if quoted else part
            for part, included, quoted in written
            if included and part is not None
        ]
        return ".".join([*names, self.view] if self.view else names)

    def __str__(self) -> str:
        """The name as SQL, with the condition of a microbatch run."""
        name = self.render()
        if self.event_time is None:
            return name
        alias = f" _dbt_et_filter_subq_{self.identifier}" if self.style.needs_alias else ""
        return f"(select * from {name} where {self.event_time}){alias}"

    def __repr__(self) -> str:
        """As dbt prints it."""
        return f"<{self.style.class_name} {self.render()}>"

    def __eq__(self, other: object) -> bool:
        """Whether everything about them is equal."""
        return (
            isinstance(other, Relation)
            and (self.path, self.style, self.type) == (other.path, other.style, other.type)
            and str(self) == str(other)
        )

    def __hash__(self) -> int:
        """Of the name as SQL."""
        return hash(self.render())

    def __bool__(self) -> bool:
        """A relation is true, although it is a mapping without length."""
        return True

    def get(self, key: str, default: Any = None) -> Any:
        """A member by name; `metadata` tells dbt_utils that this is a relation."""
        if key == "metadata":
            return {"type": self.style.class_name}
        return getattr(self, key, default) if _is_public(key) else default

    def __getitem__(self, key: str) -> Any:
        """A member by name."""
        if not _is_public(key) or not hasattr(self, key):
            raise KeyError(key)
        return getattr(self, key)

    def __iter__(self) -> Iterator[str]:
        """Refused, as in dbt."""
        self._refuse()

    def __len__(self) -> int:
        """Refused, as in dbt."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError(f"{self!r} is a relation, which has no keys")


def _is_public(key: object) -> bool:
    return isinstance(key, str) and not key.startswith("_")


def _changed(before: Policy, parts: Mapping[str, bool | None]) -> Policy:
    return policy(
        kept if parts.get(part) is None else bool(parts[part])
        for part, kept in zip(PARTS, before, strict=True)
    )
