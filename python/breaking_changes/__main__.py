"""``python -m breaking_changes`` is the same as ``dbt-breaking-changes``."""

from breaking_changes.cli import main

main(prog_name="dbt-breaking-changes")
