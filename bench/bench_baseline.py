"""How long a save and a load of a large baseline take, and how much memory they need.

    python bench/bench_baseline.py [duckdb|postgres] [--models 5000] [--columns 30] [--repeats 5]

A project of that size is made and parsed once. The times are those of the macros alone, taken inside dbt,
so that its own start and parse are not counted; so is the memory.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "python" / "tests"))

LIMITS = {"duckdb": 5.0, "postgres": 10.0}  # seconds, each
MEMORY = 500  # MB, on top of dbt with its parsed project

TYPES = ["bigint", "varchar", "decimal(18, 2)", "date", "timestamp", "boolean"]

MACROS = """
{% macro seconds() %}
    {% do return(modules.datetime.datetime.now().timestamp()) %}
{% endmacro %}

{% macro bench() %}
    {% set start = seconds() %}
    {% do dbt_breaking_changes.save_baseline() %}
    {% set saved = seconds() %}
    {% set loaded = dbt_breaking_changes._baseline_prior() %}
    {% set done = seconds() %}
    {% set report = {"save": saved - start, "load": done - saved} %}
    {% do report.update({"nodes": loaded.side.nodes | length, "rows": loaded.header.rows}) %}
    {% do print(tojson(report)) %}
{% endmacro %}

{% macro nothing() %}{% endmacro %}
"""


def write_project(root: Path, output: dict[str, Any], models: int, columns: int) -> None:
    """Writes a project whose models are all documented, with a type for each column."""
    files: dict[str, Any] = {
        "dbt_project.yml": {"name": "large", "version": "1.0.0", "profile": "large"},
        "profiles.yml": {"large": {"target": "bench", "outputs": {"bench": output}}},
        "packages.yml": {"packages": [{"local": str(REPOSITORY)}]},
    }
    documented = [
        {
            "name": f"some_column_{number}",
            "data_type": TYPES[number % len(TYPES)],
            "description": f"What is known of column {number}, in about one sentence.",
        }
        for number in range(columns)
    ]
    (root / "models").mkdir(parents=True)
    (root / "macros").mkdir()
    (root / "dbt_packages").mkdir()
    (root / "dbt_packages" / "dbt_breaking_changes").symlink_to(REPOSITORY)
    (root / "macros" / "bench.sql").write_text(MACROS, encoding="utf-8")
    for number in range(models):
        name = f"a_model_of_the_project_{number:05}"
        (root / "models" / f"{name}.sql").write_text("select 1 as some_column_0", encoding="utf-8")
        model = {
            "name": name,
            "description": "One row per thing.",
            "columns": documented,
        }
        files[f"models/{name}.yml"] = {"models": [model]}
    for path, content in files.items():
        (root / path).write_text(json.dumps(content), encoding="utf-8")


def memory() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(root: Path, repeats: int) -> dict[str, float]:
    """Medians in seconds, and MB of memory on top of dbt's."""
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    printed: list[str] = []

    def remember(event: Any) -> None:
        if event.info.name == "PrintEvent":
            printed.append(event.info.msg)

    quiet = ("--quiet", "--log-level-file", "none", "--no-send-anonymous-usage-stats")
    with contextlib.chdir(root):
        parsed = dbtRunner().invoke(["parse", *quiet])
        assert isinstance(parsed.result, Manifest), parsed.exception
        runner = dbtRunner(manifest=parsed.result, callbacks=[remember])
        assert runner.invoke(["run-operation", "nothing", *quiet]).success
        before = memory()
        for _ in range(repeats):
            outcome = runner.invoke(["run-operation", "bench", *quiet])
            assert outcome.success, outcome.exception
    runs = [json.loads(line) for line in printed if line.startswith("{")]
    assert len(runs) == repeats
    return {
        "save": statistics.median(run["save"] for run in runs),
        "load": statistics.median(run["load"] for run in runs),
        "nodes": runs[0]["nodes"],
        "memory": memory() - before,
        "process": memory(),
    }


def main() -> None:
    """Prints one line of medians beside what they may be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("warehouse", nargs="?", choices=sorted(LIMITS), default="duckdb")
    parser.add_argument("--models", type=int, default=5000)
    parser.add_argument("--columns", type=int, default=30)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        output: dict[str, Any] = {"type": "duckdb", "path": "target/bench.duckdb"}
        if arguments.warehouse == "postgres":
            from postgres_server import running

            output = stack.enter_context(running()).output("bench")
        root = Path(tempfile.mkdtemp()) / "large"
        stack.callback(shutil.rmtree, root.parent)
        write_project(root, output, arguments.models, arguments.columns)
        result = measure(root, arguments.repeats)
    limit = LIMITS[arguments.warehouse]
    print(
        f"baseline, {arguments.warehouse}: {result['nodes']} nodes x {arguments.columns} columns,"
        f" median of {arguments.repeats}: save {result['save']:.2f} s (at most {limit:.0f}),"
        f" load {result['load']:.2f} s (at most {limit:.0f}),"
        f" memory {result['memory']:.0f} MB (at most {MEMORY}; the process {result['process']:.0f})"
    )


if __name__ == "__main__":
    main()
