"""Installs the wheel that is built from here, as a CI job has it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "python"


def install(venv: Path) -> Path:
    """The helper's command in a new virtual environment with nothing but the wheel."""
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    subprocess.run([*pip, "install", str(PACKAGE)], check=True)
    return venv / "bin" / "dbt-breaking-changes"
