"""The macros of one manifest: what each calls, and whether what a node calls is as it was."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.artifacts.reading import mapping, strings

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_NAME = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
_DISPATCH = re.compile(r"\bdispatch\s*\(\s*['\"](\w+)")

#: The packages that come with dbt: their macros change with its version, not with a project.
_OF_DBT = re.compile(r"macro\.dbt(?:_(?:postgres|spark|duckdb|snowflake|bigquery|redshift)\w*)?\.")


#: What dbt's context holds and a project's macro may stand in for. dbt lists no call of these that
#: a macro makes (`statically_extract_macro_calls` in dbt-core's `jinja_static.py`).
_CONTEXT = frozenset(
    {"ref", "source", "config", "var", "env_var", "function", "metric", "return", "log", "print"}
)


class MacroCalls:
    """Answers what macros say and call.

    Args:
        manifest: Holds the macros of the project, its packages and dbt itself.
    """

    def __init__(self, manifest: Manifest) -> None:
        self.macros: Mapping[str, Mapping[str, Any]] = manifest.macros
        self._of_dbt = f"macro.dbt_{manifest.adapter_type}."
        self._reached: dict[str, list[str]] = {}
        self._digests: dict[str, str] = {}

    def sql(self, macro: str) -> str:
        """The macro's text without comments; empty for one that the manifest does not hold."""
        sql = self.macros.get(macro, {}).get("macro_sql")
        return _COMMENT.sub("", sql) if isinstance(sql, str) else ""

    def reachable(self, macro: str) -> list[str]:
        """The macro and all that it calls, directly or not."""
        if macro not in self._reached:
            seen: dict[str, None] = {}
            waiting = [macro]
            while waiting:
                unique_id = waiting.pop()
                if unique_id not in seen:
                    seen[unique_id] = None
                    waiting.extend(self.called_by(unique_id))
            self._reached[macro] = list(seen)
        return self._reached[macro]

    def called_by(self, macro: str) -> Iterable[str]:
        """What the macro calls itself, as dbt lists it."""
        listed = strings(mapping(self.macros.get(macro, {}).get("depends_on")).get("macros"))
        if listed:
            return (*listed, *self._standing_in(macro))
        # dbt v2 does not list what a macro calls: its text names them.
        called = set(_NAME.findall(self.sql(macro)))
        called |= {f"default__{name}" for name in _DISPATCH.findall(self.sql(macro))}
        return [one for name in called for one in self._by_name.get(name, ()) if one != macro]

    def _standing_in(self, macro: str) -> list[str]:
        """The macros that the macro calls in place of what dbt's context holds."""
        if not self._stand_ins:
            return []
        called = set(_NAME.findall(self.sql(macro)))
        found = (self._stand_ins[name] for name in self._stand_ins.keys() & called)
        return sorted(one for macros in found for one in macros if one != macro)

    @cached_property
    def _stand_ins(self) -> dict[str, list[str]]:
        named = {name: self._by_name[name] for name in _CONTEXT & self._by_name.keys()}
        return {
            name: own
            for name, macros in named.items()
            if (own := [macro for macro in macros if not self._is_of_dbt(macro)])
        }

    def texts(self, node: Node) -> list[str]:
        """The texts of the macros that a node leads to, dbt's own left out."""
        reached = {one: None for macro in node.macros for one in self.reachable(macro)}
        return [self.sql(macro) for macro in reached if not self._is_of_dbt(macro)]

    def digest(self, node: Node) -> str | None:
        """A digest of the macros that a node leads to, dbt's own left out; none without any."""
        found = {macro: None for macro in node.macros if not self._is_of_dbt(macro)}
        if not found:
            return None
        parts = "".join(sorted(map(self._digest, found)))
        return hashlib.sha256(parts.encode()).hexdigest()[:12]

    def changed(self, other: MacroCalls) -> frozenset[str]:
        """The macros here that are not as on another side, themselves or in what they call."""
        if self.macros == other.macros:
            return frozenset()
        edited = {macro for macro in self.macros if self._says(macro) != other._says(macro)}
        gone = other.macros.keys() - self.macros.keys()
        # What is dispatched to is found by its name: one more or less may stand in for another.
        came = {macro for macro in edited if macro not in other.macros}
        dispatched = {
            name.partition("__")[2] for macro in came | gone if "__" in (name := _bare(macro))
        }
        if dispatched:
            edited |= {
                macro
                for macro in self.macros
                if not dispatched.isdisjoint(_DISPATCH.findall(self.sql(macro)))
            }
        return frozenset(self._leading_to(edited))

    def _leading_to(self, macros: set[str]) -> set[str]:
        callers: dict[str, list[str]] = {}
        for macro in self.macros:
            for called in self.called_by(macro):
                callers.setdefault(called, []).append(macro)
        found: set[str] = set()
        added = set(macros)
        while added:
            found |= added
            added = {caller for macro in added for caller in callers.get(macro, ())} - found
        return found

    def _says(self, macro: str) -> tuple[object, object] | None:
        entry = self.macros.get(macro)
        return (entry.get("macro_sql"), entry.get("depends_on")) if entry else None

    def _digest(self, macro: str) -> str:
        if macro not in self._digests:
            digest = hashlib.sha256()
            for one in sorted(self.reachable(macro)):
                if not self._is_of_dbt(one):
                    digest.update(f"{one}\0{self.macros.get(one, {}).get('macro_sql')}\1".encode())
            self._digests[macro] = digest.hexdigest()
        return self._digests[macro]

    def _is_of_dbt(self, macro: str) -> bool:
        return macro.startswith(self._of_dbt) or _OF_DBT.match(macro) is not None

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        named: dict[str, list[str]] = {}
        for unique_id in self.macros:
            named.setdefault(_bare(unique_id), []).append(unique_id)
        return named


def _bare(macro: str) -> str:
    return macro.rsplit(".", 1)[-1]
