"""What the project promises of a save and a load of a large baseline.

    PYTHONPATH=python/tests python bench/bench_baseline.py [duckdb|postgres]

prints one line a measure and exits 1 when a bound is not kept. A project of that size is made and
parsed once. The times are those of the macros alone, taken inside dbt, so that its own start and
parse are not counted; nor is its memory.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from measures import say, seconds

REPOSITORY = Path(__file__).resolve().parents[1]
SECONDS = {"duckdb": 5.0, "postgres": 10.0}  # for a save and for a load
MEGABYTES = 500.0  # on top of dbt with its parsed project

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
    manifest = parsed.result.writable_manifest().to_dict()
    return {
        "json": seconds(lambda: json.dumps(manifest["nodes"])),
        "save": statistics.median(run["save"] for run in runs),
        "load": statistics.median(run["load"] for run in runs),
        "nodes": runs[0]["nodes"],
        "memory": memory() - before,
    }


def measure_all(warehouse: str, models: int, columns: int, repeats: int) -> bool:
    """Prints one line a measure; whether every bound is kept."""
    with contextlib.ExitStack() as stack:
        output: dict[str, Any] = {"type": "duckdb", "path": "target/bench.duckdb"}
        if warehouse == "postgres":
            from postgres_server import running

            output = stack.enter_context(running()).output("bench")
        root = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "large"
        write_project(root, output, models, columns)
        result = measure(root, repeats)
    beside = ("writing the manifest as json", result["json"])
    what = f"baseline on {warehouse}, {result['nodes']:,} nodes x {columns} columns"
    return all(
        [
            say(f"{what}: save, seconds", result["save"], SECONDS[warehouse], beside),
            say(f"{what}: load, seconds", result["load"], SECONDS[warehouse], beside),
            say(f"{what}: memory on top of dbt's, MB", result["memory"], MEGABYTES),
        ]
    )


def main() -> int:
    """Measures one warehouse here, or all of them, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("warehouse", nargs="?", choices=sorted(SECONDS))
    parser.add_argument("--models", type=int, default=5000)
    parser.add_argument("--columns", type=int, default=30)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    if given.warehouse:
        kept = measure_all(given.warehouse, given.models, given.columns, given.repeats)
        return 0 if kept else 1
    commands = [[sys.executable, __file__, warehouse, *sys.argv[1:]] for warehouse in SECONDS]
    return max(subprocess.run(command, check=False).returncode for command in commands)


if __name__ == "__main__":
    sys.exit(main())
