"""What the package's macros know, for the parts of the helper that need to know it too."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from breaking_changes.macro_host import MacroHost


@functools.cache
def _host() -> MacroHost:
    return MacroHost()


def checksum_of(node: Mapping[str, Any]) -> str | None:
    """What says whether facts about a node are of its present code; none when nothing does."""
    found = _host().call("_checksum_of", node)
    return found if isinstance(found, str) and found else None


@functools.cache
def promised_keys() -> tuple[str, ...]:
    """The keys of a manifest entry in which two sides may promise differently."""
    return tuple(_host().call("_promised_keys")["node"])


@functools.cache
def verdicts() -> tuple[str, ...]:
    """The verdicts on consumers, the most harmful first."""
    return tuple(_host().call("_verdicts"))


@functools.cache
def sections() -> tuple[str, ...]:
    """The sections of a manifest whose entries are compared or read as consumers."""
    return tuple(_host().call("_sections"))


def quotes_seed_columns(config: Mapping[str, Any], adapter_type: str) -> bool:
    """Whether dbt quotes the names in a seed's CSV file when it makes the table."""
    return bool(_host().call("_quotes_seed_columns", config, adapter_type))
