"""Every verdict against DuckDB: drop, rename and retype of every column of the shop.

`make witness` judges all mutations, a normal run a sample of each kind. A mutation is judged on
every node below it: DuckDB builds the node from the mutated parents or refuses it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from projects import Project
from witness_mutations import mutations
from witness_verdicts import Verdict, Witness
from witness_warehouse import Warehouse

JUDGE_ALL = os.environ.get("WITNESS") == "all"
SAMPLE = 55
SEED = 20250601


@pytest.fixture(scope="module")
def witness(shop_built: Project, tmp_path_factory: pytest.TempPathFactory) -> Witness:
    return _witness(shop_built, tmp_path_factory.mktemp("witness"), frozenset())


@pytest.fixture(scope="module")
def without_contracts(shop_built: Project, tmp_path_factory: pytest.TempPathFactory) -> Witness:
    """A contract refuses the mutations of its own model, so that nothing below is asked."""
    return _witness(shop_built, tmp_path_factory.mktemp("free"), frozenset(OF_YAML))


def _witness(shop_built: Project, folder: Path, freed: frozenset[str]) -> Witness:
    copy = folder / shop_built.database.name
    shutil.copy(shop_built.database, copy)
    manifest = json.loads((shop_built.target / "manifest.json").read_text())
    for name in freed:
        node = manifest["nodes"][name]
        node["contract"] = node["config"]["contract"] = {"enforced": False}
    return Witness(manifest, shop_built.root, Warehouse(copy, manifest, shop_built.root))


def _judge(witness: Witness, kind: str) -> list[Verdict]:
    """The verdicts on all mutations of a kind, or on a sample of them."""
    chosen = [one for one in mutations(witness.manifest, witness.warehouse) if one.is_a(kind)]
    if not JUDGE_ALL:
        chosen = random.Random(SEED).sample(chosen, SAMPLE)
    verdicts = [verdict for mutation in chosen for verdict in witness.judge(mutation)]
    refused = sum(one.refused for one in verdicts)
    recall, precision = _score(verdicts)
    print(f"{kind}: {len(chosen)} mutations, {len(verdicts)} nodes judged, {refused} refused, ")
    print(f"recall {recall:.1%}, precision {precision:.1%}")
    assert refused >= 5, "the mutations hardly break anything"
    return verdicts


def _score(verdicts: Sequence[Verdict]) -> tuple[float, float]:
    """Recall and precision on `breaks`."""
    judged = [one for one in verdicts if not one.is_open]
    refused = [one for one in judged if one.refused]
    said = [one for one in judged if one.said == "breaks"]
    right = sum(one.refused for one in said)
    return right / max(1, len(refused)), right / max(1, len(said))


def _disagreements(verdicts: Sequence[Verdict]) -> str:
    wrong = [one for one in verdicts if one.is_false_alarm or one.is_missed]
    return "\n".join(map(str, wrong))


@pytest.mark.parametrize("kind", ["drop", "rename"])
def test_whoever_duckdb_refuses_breaks_and_nobody_else(kind: str, witness: Witness) -> None:
    verdicts = _judge(witness, kind)
    assert _score(verdicts) == (1.0, 1.0), _disagreements(verdicts)


def test_whoever_duckdb_refuses_for_a_type_breaks_or_at_least_changes(witness: Witness) -> None:
    verdicts = _judge(witness, "retype")
    recall, precision = _score(verdicts)
    assert recall >= 0.95, _disagreements(verdicts)
    assert precision >= 0.90, _disagreements(verdicts)
    silent = [one for one in verdicts if one.built.error and one.said in (None, "adapted")]
    assert not silent, "\n".join(map(str, silent))


#: Columns that expressions of the semantic layer or of functions read, and one that none does.
OF_YAML = {
    "model.shop.fct_orders": {"total_amount_eur", "order_date", "is_late", "order_id", "status"},
    "model.shop.dim_dates": {"day_of_week", "date_day", "month_start"},
}
NO_MODELS = ("semantic_model", "metric", "saved_query", "function")


def test_queries_of_the_semantic_layer_and_functions(without_contracts: Witness) -> None:
    witness = without_contracts
    verdicts = [
        verdict
        for mutation in mutations(witness.manifest, witness.warehouse)
        if mutation.column in OF_YAML.get(mutation.unique_id, ()) and not mutation.is_a("rename")
        for verdict in witness.judge(mutation)
        if verdict.node.split(".")[0] in NO_MODELS
    ]
    refused = [one for one in verdicts if one.refused]
    assert {one.node.split(".")[0] for one in refused} == set(NO_MODELS)
    assert _score(verdicts) == (1.0, 1.0), _disagreements(verdicts)


def test_types_are_those_of_duckdb(witness: Witness) -> None:
    wrong = []
    total = 0
    for unique_id, node in sorted(witness.manifest["nodes"].items()):
        if node["resource_type"] not in ("model", "snapshot", "seed"):
            continue
        if node.get("language") == "python":
            continue
        facts = witness.before.facts(unique_id)
        found = {column.name: column.type for column in facts.columns}
        schema = witness.warehouse.schema(node)
        total += len(schema)
        wrong += [
            f"{unique_id}.{name}: {found.get(name)} is {type_}"
            for name, type_ in schema
            if found.get(name) != type_
        ]
        assert tuple(found) == tuple(name for name, _ in schema), unique_id
    assert len(wrong) <= 0.03 * total, "\n".join(wrong)
