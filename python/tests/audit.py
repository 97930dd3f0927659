"""Known vulnerabilities of what the helper runs on: `python -m audit`, or `python -m audit all`.

pip-audit asks the package index for them. An index without such data, as a mirror, is said: then
nothing was audited, and that is no failure.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from importlib.metadata import distributions, requires, version
from pathlib import Path

SECONDS = 300


def runtime() -> dict[str, str]:
    """The installed versions of the helper's own dependencies, and of theirs."""
    found: dict[str, str] = {}
    waiting = ["dbt-breaking-changes"]
    while waiting:
        for line in requires(waiting.pop()) or ():
            name, _, marker = line.partition(";")
            name = re.split(r"[\s\[<>=!~(]", name.strip())[0].lower()
            wanted = not marker or ("extra" in marker and name == "sqlglotc")
            if wanted and name not in found:
                found[name] = version(name)
                waiting.append(name)
    return found


def installed() -> dict[str, str]:
    """Everything that is installed but for the helper."""
    found = {one.metadata["Name"]: one.version for one in distributions()}
    return {name: number for name, number in found.items() if name != "dbt-breaking-changes"}


def verdict(answer: str, complaint: str) -> tuple[int, str]:
    """An exit code and one or more lines, from what pip-audit printed."""
    try:
        packages = json.loads(answer)["dependencies"]
    except ValueError:
        last = complaint.strip().splitlines()[-1:] or ["pip-audit said nothing"]
        return 0, f"audit: not possible here: {last[0][:300]}"
    asked = [one for one in packages if "skip_reason" not in one]
    lines = [
        f"audit: {one['name']} {one['version']} has {fault['id']},"
        f" fixed in {', '.join(fault['fix_versions']) or 'no version'}"
        for one in asked
        for fault in one["vulns"]
    ]
    if lines:
        return 1, "\n".join(lines)
    if not asked:
        return 0, "audit: nothing was audited: the index has no data of vulnerabilities"
    left = len(packages) - len(asked)
    reason = f"; the index knows nothing of {left} others" if left else ""
    return 0, f"audit: {len(asked)} packages without known vulnerabilities{reason}"


def main() -> int:
    """Audits the runtime dependencies, or with `all` the whole environment."""
    packages = installed() if sys.argv[1:] == ["all"] else runtime()
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("".join(f"{one}=={number}\n" for one, number in packages.items()))
        command = ["pip_audit", "--requirement", str(listed), "--no-deps", "--disable-pip"]
        done = subprocess.run(
            [sys.executable, "-m", *command, "--format", "json"],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    code, text = verdict(done.stdout, done.stderr)
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
