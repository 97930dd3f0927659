"""The rule cases: read from ``cases/*.yml``, run through the macros, and written back compactly."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rules import sides

from breaking_changes.macro_host import MacroHost

FOLDER = Path(__file__).parent / "cases"
TODAY = "2026-06-15"

Report = dict[str, Any]
Finding = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One pair of sides and the complete report on it.

    ``expect`` are the findings with the keys that are not empty; ``not_compared`` is coverage, and
    ``needs_compile`` what of it only a compile could tell. ``ignored`` counts what settings leave
    out. ``rule`` is the rule that a case without a finding of it comes near to.
    """

    name: str
    file: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    settings: Mapping[str, Any]
    adapter_type: str
    expect: list[Finding]
    not_compared: Mapping[str, str]
    near: tuple[str, ...]
    ignored: tuple[Mapping[str, Any], ...] = ()
    needs_compile: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What pytest shows."""
        return f"{self.file}: {self.name}"


KEYS = {
    "name",
    "before",
    "after",
    "settings",
    "adapter",
    "expect",
    "not_compared",
    "ignored",
    "near",
    "needs_compile",
}


def load() -> list[Case]:
    """Every case of every file."""
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            assert entry.keys() <= KEYS, f"{path.name}: {entry.keys() - KEYS}"
            before = entry["before"]
            found.append(
                Case(
                    name=entry["name"],
                    file=path.stem,
                    before=before,
                    after=_changed(before, entry["after"]),
                    settings=entry.get("settings", {}),
                    adapter_type=entry.get("adapter", "duckdb"),
                    expect=entry.get("expect", []),
                    not_compared=entry.get("not_compared", {}),
                    near=tuple(entry.get("near", "").split()),
                    ignored=tuple(entry.get("ignored", [])),
                    needs_compile=tuple(entry.get("needs_compile", "").split()),
                )
            )
    return found


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Mapping[str, Any]:
    """The after side: nodes that are not named stay, keys that are not named stay, null removes."""
    merged: dict[str, Any] = {}
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in after:
            merged[name] = before[name]
        elif after[name] is not None:
            keys = {**(before.get(name) or {}), **after[name]}
            merged[name] = {key: value for key, value in keys.items() if value != "-"}
    return merged


@functools.cache
def host() -> MacroHost:
    """The macros without any var."""
    return MacroHost()


def settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as the macros make them, judged on a fixed day."""
    return host_settings(host(), given)


def host_settings(macros: MacroHost, given: Mapping[str, Any]) -> dict[str, Any]:
    """Settings of one host, which knows the vars."""
    made: dict[str, Any] = macros.call("_settings", {"as_of": TODAY, **given})
    return made


Shape = Callable[[sides.Side], sides.Side]


def report(
    case: Case, given: Mapping[str, Any] | None = None, shape: Shape = lambda x: x
) -> Report:
    """The report of a case, on sides that ``shape`` may rewrite first."""
    return compare(case, case.before, case.after, case.settings if given is None else given, shape)


def compare(
    case: Case,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    given: Mapping[str, Any],
    shape: Shape = lambda x: x,
) -> Report:
    """The report on any two sides in the notation of the case."""
    made: Report = host().call(
        "find_breaking_changes",
        shape(sides.side(before, case.adapter_type)),
        shape(sides.side(after, case.adapter_type)),
        sides.facts(before),
        sides.facts(after),
        settings(given),
    )
    return copy.deepcopy(made)


def compact(made: Report) -> list[Finding]:
    """The findings in the notation of ``expect``: short names, and no key that says nothing."""
    named = {change["fingerprint"]: change for change in made["changes"]}
    return [_compact(change, named) for change in made["changes"]]


def _compact(change: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> Finding:
    cause = named.get(change["caused_by"])
    found = {
        "rule": change["rule"],
        "severity": change["severity"],
        "node": sides.short(change["node"]),
        "column": change["column"],
        "before": change["before"],
        "after": change["after"],
        "audience": change["audience"],
        "evidence": change["evidence"],
        "cause": _label(cause) if cause else None,
        "agreed": (change["acknowledged"] or {}).get("reason"),
        "impact": {sides.short(entry["node"]): entry["verdict"] for entry in change["impact"]},
    }
    return {key: value for key, value in found.items() if value not in (None, {})}


def _label(change: Mapping[str, Any]) -> str:
    column = f":{change['column']}" if change["column"] else ""
    return f"{change['rule']} {sides.short(change['node'])}{column}"


def not_compared(made: Report) -> dict[str, str]:
    """What coverage could not compare, by short name, with its consumers behind an arrow."""
    said = {}
    for entry in made["coverage"]["not_compared"]:
        consumers = ", ".join(map(sides.short, entry["readers"]))
        said[sides.short(entry["node"])] = entry["reason"] + (
            f" -> {consumers}" if consumers else ""
        )
    return said
