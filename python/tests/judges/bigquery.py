"""BigQuery's judge: Google's own GoogleSQL analyzer, built as WebAssembly (zetasql on PyPI)."""

from __future__ import annotations

import ctypes
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from breaking_changes.binder import Relation
from breaking_changes.proof.engines.bigquery import Analyzer
from breaking_changes.user_cache import cache_directory
from judges.judge import Answer, built


class BigQuery:
    """The analyzer, with a catalog that is kept for all queries over the same relations."""

    def __init__(self) -> None:
        _compile_once()
        self._analyzer = Analyzer()
        self.name = self._analyzer.name
        self._relations: tuple[Relation, ...] | None = None
        self._catalog = 0

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        """The analyzer's answer."""
        if relations != self._relations:
            self._register(relations)
        try:
            columns = self._analyzer.analyse(sql, self._catalog)
        except self._analyzer.refusal as error:
            return Answer(None, str(error).splitlines()[0])
        return built([(one.name, self._spelled(one.column.type)) for one in columns])

    def _register(self, relations: tuple[Relation, ...]) -> None:
        if self._relations is not None:
            self._analyzer.forget(self._catalog)
        self._catalog = self._analyzer.register(
            ((one.id,), [(column.name, column.type or "") for column in one.columns])
            for one in relations
        )
        self._relations = relations

    def _spelled(self, type_: Any) -> str:
        """A type of the answer in BigQuery's spelling."""
        name: str = self._analyzer.kinds[type_.type_kind]
        if name == "ARRAY":
            return f"ARRAY<{self._spelled(type_.array_type.element_type)}>"
        if name == "STRUCT":
            parts = [
                f"{field.field_name} {self._spelled(field.field_type)}".strip()
                for field in type_.struct_type.field
            ]
            return f"STRUCT<{', '.join(parts)}>"
        return _SHORT.get(name, name)


_SHORT = {"DOUBLE": "FLOAT64"}


def _compile_once() -> None:
    """Keeps the compiled module on disk: to compile it takes most of a minute."""
    wasm_client: Any = import_module("zetasql.core.wasm_client")
    original = wasm_client.Module

    class Kept:
        """Stands for wasmtime's Module within zetasql."""

        @staticmethod
        def from_file(engine: Any, path: str) -> Any:
            names = f"zetasql-{version('zetasql')}-wasmtime-{version('wasmtime')}.cwasm"
            folder = cache_directory() or Path(path).parent
            kept = folder / names
            if not kept.exists():
                folder.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(original.from_file(engine, path).serialize())
            return original.deserialize_file(engine, str(kept))

    client = wasm_client.WasmClient
    wasm_client.Module = Kept
    # Whole blocks of memory instead of one byte after the other.
    client.read_bytes = lambda self, at, size: ctypes.string_at(_address(self) + at, size)
    client.write_bytes = lambda self, at, data: ctypes.memmove(_address(self) + at, data, len(data))


def _address(client: Any) -> int:
    return ctypes.addressof(client.memory.data_ptr().contents)
