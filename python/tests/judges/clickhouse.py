"""ClickHouse's judge: ClickHouse itself, within this process (chdb on PyPI)."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from breaking_changes.binder import Relation
from judges.judge import Answer


class ClickHouse:
    """A session with empty tables of the relations."""

    def __init__(self) -> None:
        self._session: Any = import_module("chdb.session").Session()
        found = str(self._session.query("select version()", "TSV")).strip()
        self.name = f"ClickHouse {found} (chdb)"
        self._tables: dict[str, Relation] = {}

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        """The engine's answer."""
        for relation in relations:
            self._provide(relation)
        try:
            found = str(self._session.query(f"describe ({sql})", "JSONCompact"))
            # The keys of a join are compared when the query is planned.
            self._session.query(f"explain {sql}")
        except RuntimeError as error:
            return Answer(None, str(error).splitlines()[0])
        return Answer(tuple((row[0], row[1]) for row in json.loads(found)["data"]))

    def _provide(self, relation: Relation) -> None:
        if self._tables.get(relation.id) == relation:
            return
        columns = ", ".join(f"`{column.name}` {column.type}" for column in relation.columns)
        self._session.query(f"drop table if exists {relation.id}")
        self._session.query(
            f"create table {relation.id} ({columns}) engine = ReplacingMergeTree order by tuple()"
        )
        self._tables[relation.id] = relation
