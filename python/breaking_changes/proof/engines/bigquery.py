"""Google's own GoogleSQL analyzer, built as WebAssembly (zetasql on PyPI): it analyses, no more."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from typing import Any

from sqlglot import exp

from breaking_changes.binder import Column
from breaking_changes.proof.ddl import text_type, type_of
from breaking_changes.proof.engines import Answer
from breaking_changes.proof.statement import Statement, Stub

_LONG = {"FLOAT64": "DOUBLE"}


class Analyzer:
    """The analyzer with every language feature that BigQuery could have.

    It knows more than BigQuery has: a refusal is proof, an acceptance nearly so.
    """

    def __init__(self) -> None:
        self.name = f"GoogleSQL analyzer (zetasql {version('zetasql')})"
        self._api: Any = import_module("zetasql.api")
        self._types: Any = import_module("zetasql.types")
        service: Any = import_module("zetasql.core.local_service")
        self._service = service.ZetaSqlLocalService.get_instance()
        self._response = service.local_service_pb2.AnalyzeResponse
        self.refusal: type[Exception] = import_module("zetasql.core.exceptions").ServerError
        language = self._types.LanguageOptions.maximum_features()
        language.product_mode = 1  # PRODUCT_EXTERNAL: the types that BigQuery has
        language.reserved_keywords = ["QUALIFY"]
        self._options = self._types.AnalyzerOptions(language_options=language)
        self._functions = self._types.ZetaSQLBuiltinFunctionOptions(language_options=language)
        self.kinds = {kind.value: kind.name.removeprefix("TYPE_") for kind in self._types.TypeKind}

    def register(self, tables: Iterable[tuple[tuple[str, ...], Iterable[tuple[str, str]]]]) -> int:
        """Makes a catalog of tables, each a path with (name, type) of its columns; its number."""
        root = self._catalog("judge", self._functions)
        for path, columns in tables:
            catalog = root
            for part in path[:-1]:
                catalog = self._within(catalog, part)
            table = self._api.TableBuilder(path[-1])
            for name, type_ in columns:
                parsed = exp.DataType.build(type_, dialect="bigquery")
                table = table.add_column(name, self._type(parsed))
            catalog.table = [*(catalog.table or ()), table.build()]
        found: int = self._service.register_catalog(simple_catalog=root).registered_id
        return found

    def forget(self, catalog: int) -> None:
        """Drops a catalog."""
        self._service.unregister_catalog(registered_id=catalog)

    def analyse(self, sql: str, catalog: int) -> Any:
        """The analyzer's list of output columns.

        Raises:
            Exception: `refusal`, when the analyzer does not take the statement.
        """
        request = self._types.AnalyzeRequest(
            sql_statement=sql, options=self._options, registered_catalog_id=catalog
        )
        # The bridge's own classes for the whole syntax tree take longer than the analysis.
        found = self._service.wasm_client.call_grpc_func(
            "ZetaSqlLocalService_Analyze", request.to_proto(), self._response
        )
        return found.resolved_statement.resolved_query_stmt_node.output_column_list

    def _catalog(self, name: str, functions: Any = None) -> Any:
        builder = self._api.CatalogBuilder(name)
        return (builder.with_builtin_functions(functions) if functions else builder).build()

    def _within(self, catalog: Any, name: str) -> Any:
        """The catalog of that name in another, made if it is missing."""
        for one in catalog.catalog or ():
            if one.name.lower() == name.lower():
                return one
        made = self._catalog(name)
        catalog.catalog = [*(catalog.catalog or ()), made]
        return made

    def _type(self, type_: exp.DataType) -> Any:
        factory, kinds = self._api.TypeFactory, self._types.TypeKind
        if type_.is_type(exp.DType.ARRAY):
            return factory.create_array_type(self._type(type_.expressions[0]))
        if type_.is_type(exp.DType.STRUCT):
            parts = [(part.name, self._type(part.args["kind"])) for part in type_.expressions]
            return factory.create_struct_type(parts)
        name = type_.sql("bigquery").partition("(")[0]
        return factory.create_simple_type(kinds[f"TYPE_{_LONG.get(name, name)}"])


class Engine:
    """Asks the analyzer, with a catalog for each statement."""

    def __init__(self) -> None:
        self._analyzer = Analyzer()
        self.name = self._analyzer.name

    def ask(self, statement: Statement) -> Answer:
        """The analyzer's answer."""
        try:
            catalog = self._analyzer.register(map(_table, statement.stubs))
        except (KeyError, AttributeError) as error:
            return Answer(None, f"its parents cannot be stubbed: no type {error}")
        try:
            columns = self._analyzer.analyse(statement.query, catalog)
        except self._analyzer.refusal as error:
            return Answer(False, str(error))
        finally:
            self._analyzer.forget(catalog)
        names = [column.name.lower() for column in columns]
        for name in names:
            if names.count(name) > 1 and not name.startswith("$"):
                return Answer(False, f"a relation cannot have two columns {name}")
        return Answer(True)


def _table(stub: Stub) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    columns = stub.columns or (Column("not_known"),)
    text = text_type("bigquery")
    return stub.bare_name, [
        (column.name, type_of(column, "bigquery") or text) for column in columns
    ]
