"""Lists that the package's macros hold, for the parts of the helper that need to know them too."""

from __future__ import annotations

import functools

from breaking_changes.macro_host import MacroHost


@functools.cache
def promised_keys() -> tuple[str, ...]:
    """The keys of a manifest entry in which two sides may promise differently."""
    return tuple(MacroHost().call("_promised_keys")["node"])


@functools.cache
def verdicts() -> tuple[str, ...]:
    """The verdicts on consumers, the most harmful first."""
    return tuple(MacroHost().call("_verdicts"))


@functools.cache
def sections() -> tuple[str, ...]:
    """The sections of a manifest whose entries are compared or read as consumers."""
    return tuple(MacroHost().call("_sections"))
