"""BigQuery's judge: Google's own GoogleSQL analyzer, built as WebAssembly (zetasql on PyPI)."""

from __future__ import annotations

import ctypes
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlglot import exp

from breaking_changes.binder import Relation
from breaking_changes.user_cache import cache_directory
from judges.judge import Answer, built


class BigQuery:
    """The analyzer with every language feature that BigQuery could have.

    It knows more than BigQuery has: a refusal is proof, an acceptance nearly so.
    """

    def __init__(self) -> None:
        _compile_once()
        api: Any = import_module("zetasql.api")
        types: Any = import_module("zetasql.types")
        service: Any = import_module("zetasql.core.local_service")
        self.name = f"GoogleSQL analyzer (zetasql {version('zetasql')})"
        self._api = api
        self._types = types
        self._service = service.ZetaSqlLocalService.get_instance()
        self._response = service.local_service_pb2.AnalyzeResponse
        self._refusal = import_module("zetasql.core.exceptions").ServerError
        language = types.LanguageOptions.maximum_features()
        language.product_mode = 1  # PRODUCT_EXTERNAL: the types that BigQuery has
        language.reserved_keywords = ["QUALIFY"]
        self._options = types.AnalyzerOptions(language_options=language)
        self._functions = types.ZetaSQLBuiltinFunctionOptions(language_options=language)
        self._kinds = {kind.value: kind.name.removeprefix("TYPE_") for kind in types.TypeKind}
        self._relations: tuple[Relation, ...] | None = None
        self._catalog = 0

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        """The analyzer's answer."""
        if relations != self._relations:
            self._register(relations)
        request = self._types.AnalyzeRequest(
            sql_statement=sql, options=self._options, registered_catalog_id=self._catalog
        )
        try:
            # The bridge's own classes for the whole syntax tree take longer than the analysis.
            found = self._service.wasm_client.call_grpc_func(
                "ZetaSqlLocalService_Analyze", request.to_proto(), self._response
            )
        except self._refusal as error:
            return Answer(None, str(error).splitlines()[0])
        columns = found.resolved_statement.resolved_query_stmt_node.output_column_list
        return built([(one.name, self._spelled(one.column.type)) for one in columns])

    def _register(self, relations: tuple[Relation, ...]) -> None:
        """Makes the catalog once for all queries over the same relations."""
        if self._relations is not None:
            self._service.unregister_catalog(registered_id=self._catalog)
        catalog = self._api.CatalogBuilder("judge").with_builtin_functions(self._functions)
        for relation in relations:
            table = self._api.TableBuilder(relation.id)
            for column in relation.columns:
                type_ = exp.DataType.build(column.type or "", dialect="bigquery")
                table = table.add_column(column.name, self._type(type_))
            catalog = catalog.add_table(table.build())
        registered = self._service.register_catalog(simple_catalog=catalog.build())
        self._catalog = registered.registered_id
        self._relations = relations

    def _type(self, type_: exp.DataType) -> Any:
        factory, kinds = self._api.TypeFactory, self._types.TypeKind
        if type_.is_type(exp.DType.ARRAY):
            return factory.create_array_type(self._type(type_.expressions[0]))
        if type_.is_type(exp.DType.STRUCT):
            parts = [(part.name, self._type(part.args["kind"])) for part in type_.expressions]
            return factory.create_struct_type(parts)
        name = type_.sql("bigquery")
        return factory.create_simple_type(kinds[f"TYPE_{_LONG.get(name, name)}"])

    def _spelled(self, type_: Any) -> str:
        """A type of the answer in BigQuery's spelling."""
        name: str = self._kinds[type_.type_kind]
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
_LONG = {"FLOAT64": "DOUBLE"}


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
