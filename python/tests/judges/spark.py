"""Spark's judge: Spark's own analyzer (pyspark, which needs a Java runtime)."""

from __future__ import annotations

import logging
import os
import tempfile
from importlib import import_module
from importlib.metadata import version
from typing import Any

from breaking_changes.binder import Relation
from judges.judge import Answer, built


class Spark:
    """A local session with views of the relations.

    Databricks' SQL is Spark's for the most part: Delta and some functions are not in Spark.
    """

    def __init__(self) -> None:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
        self.name = f"Spark {version('pyspark')}"
        # Some calls that it refuses end in an internal error of its own.
        self._refusal: Any = (
            import_module("pyspark.errors").PySparkException,
            import_module("py4j.protocol").Py4JJavaError,
        )
        self._session: Any = (
            import_module("pyspark.sql")
            .SparkSession.builder.master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "OFF")
            .config("spark.sql.warehouse.dir", tempfile.mkdtemp(prefix="spark"))
            .getOrCreate()
        )
        self._session.sparkContext.setLogLevel("OFF")
        self._views: dict[str, Relation] = {}

    def ask(self, sql: str, relations: tuple[Relation, ...]) -> Answer:
        """The analyzer's answer."""
        for relation in relations:
            self._provide(relation)
        try:
            found = self._session.sql(sql).schema
        except self._refusal as error:
            return Answer(None, str(error).splitlines()[0])
        columns = [(field.name, field.dataType.simpleString()) for field in found.fields]
        return built(columns)

    def _provide(self, relation: Relation) -> None:
        if self._views.get(relation.id) == relation:
            return
        columns = ", ".join(
            f"cast(null as {column.type}) as `{column.name}`" for column in relation.columns
        )
        self._session.sql(f"create or replace temp view {relation.id} as select {columns}")
        self._views[relation.id] = relation
