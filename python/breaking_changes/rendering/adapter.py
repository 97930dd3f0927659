"""`adapter` as macros see it: what the manifest and known columns answer; all else is a query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from breaking_changes.artifacts import Node
from breaking_changes.rendering.call import Call
from breaking_changes.rendering.catalogue import Catalogue
from breaking_changes.rendering.column import Column, listed
from breaking_changes.rendering.macros import MacroCall, Macros
from breaking_changes.rendering.outcome import NotRendered
from breaking_changes.rendering.relation import Relation
from breaking_changes.rendering.rows import Table

#: Methods that change the warehouse or dbt's cache and say nothing.
_SILENT = frozenset(
    [
        "cache_added",
        "cache_dropped",
        "cache_renamed",
        "commit",
        "expand_target_column_types",
        "assert_valid_snapshot_target_given_strategy",
        "valid_snapshot_target",
        "warn_once",
    ]
)


def needs_query(what: str) -> NoReturn:
    """Ends the rendering: only the warehouse could go on."""
    raise NotRendered("query", f"{what} asks the warehouse.")


class Adapter:
    """What `adapter` answers.

    Args:
        adapter_type: dbt's name of the adapter.
        catalogue: The manifest's relations.
        column: The adapter's Column class.
        macros: Where dispatch looks.
        order: The packages of a namespace, in the order in which dispatch looks in them.
        call: What is being rendered now.
    """

    def __init__(
        self,
        adapter_type: str,
        catalogue: Catalogue,
        column: type[Column],
        macros: Macros,
        order: Callable[[str], tuple[str | None, ...]],
        call: Callable[[], Call],
    ) -> None:
        self._type = adapter_type
        self._catalogue = catalogue
        self._column = column
        self._macros = macros
        self._order = order
        self._call = call

    def __getattr__(self, name: str) -> Any:
        """Any other method: it says nothing, or it asks the warehouse."""
        if name.startswith("_"):
            raise AttributeError(name)
        if name in _SILENT:
            return lambda *args, **kwargs: None

        def ask(*args: Any, **kwargs: Any) -> Any:
            needs_query(f"adapter.{name}")

        return ask

    def type(self) -> str:
        """dbt's name of the adapter."""
        return self._type

    def dispatch(
        self, macro_name: str, macro_namespace: str | None = None, packages: Any = None
    ) -> MacroCall:
        """The macro for this adapter, as dbt searches it."""
        order = (None,) if macro_namespace is None else self._order(macro_namespace)
        return self._macros.dispatch(macro_name, order)

    def quote(self, identifier: Any) -> str:
        """An identifier between quotes."""
        character = self._column.types.quote
        return f"{character}{identifier}{character}"

    def quote_as_configured(self, identifier: str, quote_key: str) -> str:
        """An identifier between quotes, when the project quotes that part of a name."""
        policy = Relation.of(self._catalogue.style, None, None, None).quote_policy
        return self.quote(identifier) if policy.get(quote_key) else identifier

    def quote_seed_column(self, column: str, quote_config: bool | None) -> str:
        """A seed's column between quotes, unless it is configured otherwise."""
        return column if quote_config is False else self.quote(column)

    def get_columns_in_relation(self, relation: Any) -> list[Column]:
        """The columns that are known of a relation of the project."""
        call = self._call()
        if not isinstance(relation, Relation):
            raise NotRendered("jinja", "adapter.get_columns_in_relation is given no relation.")
        node = self._catalogue.at(relation.parts, call.node)
        if node is None:
            needs_query(f"adapter.get_columns_in_relation({relation.render()})")
        if _is_not_built(node, call):
            return []
        return [listed(self._column, name, kind) for name, kind in call.columns(node.unique_id)]

    def execute(self, sql: str, *args: Any, **kwargs: Any) -> tuple[str, Table]:
        """What a query finds: the rows that are made up for this rendering, if any are."""
        rows = self._call().made_up.rows
        if rows is None:
            needs_query("adapter.execute")
        return "", Table(rows)

    def get_missing_columns(self, from_relation: Any, to_relation: Any) -> list[Column]:
        """The columns of one relation that another lacks."""
        there = {column.name for column in self.get_columns_in_relation(to_relation)}
        columns = self.get_columns_in_relation(from_relation)
        return [column for column in columns if column.name not in there]

    def get_relation(
        self, database: str | None = None, schema: str | None = None, identifier: str | None = None
    ) -> Relation | None:
        """A relation of the project as the warehouse would list it.

        The node's own relation is there in the world of later runs alone; what the project builds
        or declares as a source is there; of others nothing is known.
        """
        call = self._call()
        node = self._catalogue.at((database, schema, identifier), call.node)
        if node is None:
            needs_query(f"adapter.get_relation({database}, {schema}, {identifier})")
        if _is_not_built(node, call):
            return None
        return self._catalogue.stored(node)

    def load_relation(self, relation: Relation) -> Relation | None:
        """The relation as the warehouse would list it."""
        return self.get_relation(*relation.parts)

    def is_motherduck(self) -> bool:
        """DuckDB's: whether the database is in MotherDuck, which no manifest says."""
        return False

    def is_ducklake(self, relation: Any) -> bool:
        """DuckDB's: whether the relation is in a DuckLake, which no manifest says."""
        return False


def _is_not_built(node: Node, call: Call) -> bool:
    """Whether it is the node itself in a run that makes its relation, or nothing is built."""
    if call.is_empty:
        return True
    return node.unique_id == call.node.unique_id and not call.incremental


class RelationFactory:
    """`api.Relation`: makes relations that are written as the project's are."""

    Table, View, CTE = Relation.Table, Relation.View, Relation.CTE
    External, Function = Relation.External, Relation.Function
    MaterializedView, PointerTable = Relation.MaterializedView, Relation.PointerTable

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def create(
        self,
        database: str | None = None,
        schema: str | None = None,
        identifier: str | None = None,
        type: str | None = None,
        **policies: Any,
    ) -> Relation:
        """A relation by the parts of its name."""
        for part in (database, schema, identifier):
            if part is not None and not isinstance(part, str):
                raise NotRendered("jinja", f"api.Relation.create is given {part!r} for a name.")
        relation = Relation.of(self._catalogue.style, database, schema, identifier, type=type)
        return relation.incorporate(**policies)

    @staticmethod
    def add_ephemeral_prefix(name: str) -> str:
        """The name of the CTE that stands for an ephemeral model."""
        return Relation.add_ephemeral_prefix(name)
