"""What the project promises of the macros' speed inside dbt, on generated manifests.

    python bench/bench_macros.py

Models of 30 documented columns, 20 of them changed; dbt's own start and parse are left out: the
manifest is handed over, and an operation that does nothing is timed beside the gate. Prints the
median of three runs for each size, and exits 1 when a bound is not kept.
"""

from __future__ import annotations

import copy
import gc
import io
import json
import statistics
import sys
import tempfile
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any

from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from measures import RUNS, say, seconds

SIZES = (2_500, 5_000, 10_000)
COLUMNS = 30
CHANGED = 20
BOUND = 3.0
MEGABYTES = 60
REPOSITORY = Path(__file__).parents[1]
FILES = {
    "dbt_project.yml": "name: large\nprofile: large\nflags: {send_anonymous_usage_stats: false}\n",
    "profiles.yml": "large: {target: dev, outputs: {dev: {type: duckdb, path: large.duckdb}}}\n",
    "packages.yml": json.dumps({"packages": [{"local": str(REPOSITORY)}]}),
    "models/model.sql": "select 1 as c0\n",
    "models/model.yml": json.dumps(
        {
            "models": [
                {
                    "name": "model",
                    "description": "One of many.",
                    "columns": [
                        {"name": f"c{number}", "data_type": "integer", "description": "A number."}
                        for number in range(COLUMNS)
                    ],
                }
            ]
        }
    ),
    "macros/nothing.sql": "{% macro nothing() %}{% endmacro %}\n",
    "macros/load.sql": """\
{% macro load(path) %}{% do dbt_breaking_changes._read_manifest(path) %}{% endmacro %}
""",
}


def measure() -> bool:
    """Prints one line a measure; whether every bound is kept."""
    with tempfile.TemporaryDirectory() as name, chdir(name):
        for path, text in FILES.items():
            Path(path).parent.mkdir(exist_ok=True)
            Path(path).write_text(text, encoding="utf-8")
        _dbt(None, "deps")
        _dbt(None, "parse")
        seed = json.loads(Path("target/manifest.json").read_text(encoding="utf-8"))
        kept = [_gate(seed, size) for size in SIZES]
        return _loading(seed) and kept[-1]


def _gate(seed: dict[str, Any], size: int) -> bool:
    """The gate beside an operation that does nothing, for one number of models."""
    before = _project(seed, size)
    Path("prior.json").write_text(json.dumps(before), encoding="utf-8")
    current = _manifest(_change(before))
    # What dbt does not hold would make its garbage collector slower than it is.
    del before
    arguments = json.dumps({"prior": "prior.json", "fail_on": "never", "format": "json"})
    gate = ("run-operation", "detect_breaking_changes", "--args", arguments)
    found = len(json.loads(_dbt(current, *gate))["changes"])
    if found != CHANGED:
        sys.exit(f"the gate found {found} changes, not {CHANGED}")
    more, nothing = _on_top(current, *gate)
    return say(
        f"gate, {size:,} models x {COLUMNS} columns, {CHANGED} changed: seconds on top of dbt",
        more,
        BOUND,
        ("dbt doing nothing", nothing),
    )


def _loading(seed: dict[str, Any]) -> bool:
    """Reading one large manifest, and nothing else."""
    one = len(json.dumps(_project(seed, 100))) - len(json.dumps(_project(seed, 99)))
    large = Path("large.json")
    large.write_text(json.dumps(_project(seed, MEGABYTES * 1_000_000 // one)), encoding="utf-8")
    project = _manifest(json.loads(large.read_bytes()))
    arguments = json.dumps({"path": str(large)})
    load, _ = _on_top(project, "run-operation", "load", "--args", arguments)
    megabytes = large.stat().st_size / 1e6
    beside = ("json", seconds(lambda: json.loads(large.read_bytes())))
    return say(f"loading a prior manifest of {megabytes:.0f} MB: seconds", load, BOUND, beside)


def _project(seed: dict[str, Any], size: int) -> dict[str, Any]:
    """The seed with so many models; each reads the one before it."""
    model = seed["nodes"]["model.large.model"]
    nodes = {}
    for number in range(size):
        unique_id = f"model.large.model_{number}"
        parents = [f"model.large.model_{number - 1}"] if number % 10 else []
        nodes[unique_id] = {
            **model,
            "name": f"model_{number}",
            "alias": f"model_{number}",
            "unique_id": unique_id,
            "fqn": ["large", f"model_{number}"],
            "depends_on": {"macros": [], "nodes": parents},
        }
    return {**seed, "nodes": nodes, "parent_map": {}, "child_map": {}}


def _change(manifest: dict[str, Any]) -> dict[str, Any]:
    """Drops a column of some models, evenly spread, and with it their checksum."""
    nodes = dict(manifest["nodes"])
    for unique_id in list(nodes)[:: len(nodes) // CHANGED][:CHANGED]:
        node = copy.deepcopy(nodes[unique_id])
        del node["columns"]["c7"]
        node["checksum"] = {"name": "sha256", "checksum": "changed"}
        nodes[unique_id] = node
    return {**manifest, "nodes": nodes}


def _manifest(document: dict[str, Any]) -> Manifest:
    manifest = Manifest.from_writable_manifest(WritableManifest.from_dict(document))
    # dbt does this after parsing; without it `graph` is empty.
    manifest.build_flat_graph()  # type: ignore[no-untyped-call]
    return manifest


def _on_top(manifest: Manifest, *arguments: str) -> tuple[float, float]:
    """What an operation takes more than one that does nothing, and that; medians of pairs."""
    nothing, more = [], []
    for _ in range(RUNS):
        nothing.append(_seconds(manifest, "run-operation", "nothing"))
        more.append(_seconds(manifest, *arguments) - nothing[-1])
    return statistics.median(more), statistics.median(nothing)


def _seconds(manifest: Manifest, *arguments: str) -> float:
    # What runs before left behind would be collected in whichever run comes next.
    gc.collect()
    return seconds(lambda: _dbt(manifest, *arguments), runs=1)


def _dbt(manifest: Manifest | None, *arguments: str) -> str:
    """What dbt printed."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        done = dbtRunner(manifest).invoke([*arguments, "--quiet", "--log-level-file", "none"])
    if not done.success:
        sys.exit(f"dbt {' '.join(arguments)} failed: {done.exception}")
    return printed.getvalue()


if __name__ == "__main__":
    sys.exit(0 if measure() else 1)
