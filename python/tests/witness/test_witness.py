"""Every verdict against DuckDB: drop, rename and retype of every column of the shop.

`make witness` judges all mutations, a normal run a sample of them. A mutation is judged on every
node below it: DuckDB builds the node from the mutated parents or refuses it.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence

import pytest
from projects import Project
from witness_mutations import Mutation, mutations
from witness_verdicts import Verdict, Witness
from witness_warehouse import Warehouse

SAMPLE = 150
SEED = 20250601


@pytest.fixture(scope="module")
def witness(shop_built: Project, tmp_path_factory: pytest.TempPathFactory) -> Witness:
    copy = tmp_path_factory.mktemp("witness") / shop_built.database.name
    shutil.copy(shop_built.database, copy)
    manifest = json.loads((shop_built.target / "manifest.json").read_text())
    return Witness(manifest, shop_built.root, Warehouse(copy, manifest, shop_built.root))


def _all(witness: Witness) -> list[Mutation]:
    return list(mutations(witness.manifest, witness.warehouse))


def _judge(witness: Witness, chosen: Sequence[Mutation]) -> list[Verdict]:
    return [verdict for mutation in chosen for verdict in witness.judge(mutation)]


def _score(verdicts: Sequence[Verdict], *kinds: str) -> tuple[float, float]:
    """Recall and precision on `breaks`; a node behind a refused one cannot be told."""
    judged = [one for one in verdicts if one.kind in kinds and not one.built.blocked]
    refused = [one for one in judged if one.refused]
    said = [one for one in judged if one.said == "breaks"]
    right = sum(one.refused for one in said)
    return right / max(1, len(refused)), right / max(1, len(said))


def _disagreements(verdicts: Sequence[Verdict]) -> str:
    wrong = [
        one
        for one in verdicts
        if one.is_false_alarm or (one.refused and one.said not in ("breaks", None))
    ]
    missed = [one for one in verdicts if one.refused and one.said is None]
    return "\n".join(map(str, [*missed, *wrong]))


def _expect_drops_and_renames(verdicts: Sequence[Verdict]) -> None:
    assert _score(verdicts, "drop", "rename") == (1.0, 1.0), _disagreements(verdicts)


@pytest.fixture(scope="module")
def sample(witness: Witness) -> list[Verdict]:
    chosen = random.Random(SEED).sample(_all(witness), SAMPLE)
    return _judge(witness, chosen)


@pytest.fixture(scope="module")
def everything(witness: Witness) -> list[Verdict]:
    verdicts = _judge(witness, _all(witness))
    for kind in ("drop", "rename", "retype"):
        recall, precision = _score(verdicts, kind)
        refused = sum(one.refused for one in verdicts if one.kind == kind)
        print(f"{kind}: {refused} refused, recall {recall:.1%}, precision {precision:.1%}")
    return verdicts


def test_the_sample_breaks_enough_to_tell(sample: list[Verdict]) -> None:
    assert sum(one.refused for one in sample) > SAMPLE / 4


def test_drops_and_renames_of_a_sample(sample: list[Verdict]) -> None:
    _expect_drops_and_renames(sample)


@pytest.mark.witness
def test_all_drops_and_renames(everything: list[Verdict]) -> None:
    _expect_drops_and_renames(everything)


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
