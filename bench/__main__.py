"""``python bench`` runs every measure and exits 1 when a bound is not kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Runs each script beside this one in a process of its own, so that none warms another up."""
    scripts = sorted(Path(__file__).parent.glob("bench_*.py"))
    codes = [subprocess.run([sys.executable, str(script)], check=False) for script in scripts]
    return max(done.returncode for done in codes)


if __name__ == "__main__":
    sys.exit(main())
