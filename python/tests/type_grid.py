"""The classification of every type against every other, per adapter, as text to scan.

``make tables`` writes the files in ``types/golden/`` anew, from the types that they list: to add a
type, add a line with its name. Review the difference before committing it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from breaking_changes.macro_host import MacroHost

GOLDEN = Path(__file__).parent / "types" / "golden"
ADAPTERS = sorted(path.stem for path in GOLDEN.glob("*.txt") if path.stem != "asymmetric")

CLASSES = {
    "same": "=",
    "widened": "+",
    "widened_lossy": "~",
    "narrowed": "-",
    "changed": "x",
    "unknown": "?",
}
KINDS = {None: "", "timezone": "z", "length": "l", "order": "o"}
HEADER = """\
# Row: the type before. Columns: the types after, in the order of the rows.
# = same  + widened  ~ widened_lossy  - narrowed  x changed  ? unknown
# z: only the time zone differs  l: only the length  o: only the order of the fields
"""

Grid = dict[tuple[str, str], str]


@cache
def host() -> MacroHost:
    return MacroHost()


def cell(before: str, after: str, adapter: str) -> str:
    """The class and kind of one change in one or two letters."""
    change = host().call("_classify_type_change", before, after, adapter)
    return CLASSES[change["class"]] + KINDS[change["kind"]]


@cache
def golden(adapter: str) -> Grid:
    """The committed grid of an adapter: (before, after) to cell."""
    lines = (GOLDEN / f"{adapter}.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if not line.startswith("#")]
    types = [row[0].strip() for row in rows]
    return {
        (before, after): cell_text
        for before, row in zip(types, rows, strict=True)
        for after, cell_text in zip(types, row[1].split(), strict=True)
    }


def types_of(adapter: str) -> list[str]:
    """The types that an adapter's golden file lists, in order."""
    lines = (GOLDEN / f"{adapter}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("|")[0].strip() for line in lines if not line.startswith("#")]


def rendered(adapter: str) -> str:
    """The text of the golden file as the macros would have it now."""
    types = types_of(adapter)
    width = max(map(len, types))
    rows = (
        f"{before:<{width}} | {' '.join(f'{cell(before, after, adapter):<2}' for after in types)}"
        for before in types
    )
    return HEADER + "".join(row.rstrip() + "\n" for row in rows)


if __name__ == "__main__":
    for name in ADAPTERS:
        (GOLDEN / f"{name}.txt").write_text(rendered(name), encoding="utf-8")
