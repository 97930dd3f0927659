"""Orders nodes so that each comes after what it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence


def levels(
    wanted: Iterable[str], parents: Callable[[str], Sequence[str]], done: Callable[[str], bool]
) -> list[list[str]]:
    """The wanted nodes and their ancestors in groups; a group reads earlier groups only.

    A circle, which dbt refuses but a file may hold, is cut where it closes.

    Args:
        wanted: unique_ids.
        parents: The unique_ids that one reads.
        done: Whether a node, and so its ancestors, can be left out.
    """
    depth: dict[str, int] = {}
    visited: set[str] = set()
    waiting = [name for name in wanted if not done(name)]
    while waiting:
        name = waiting[-1]
        if name in depth:
            waiting.pop()
            continue
        needed = [parent for parent in parents(name) if not done(parent)]
        unknown = [parent for parent in needed if parent not in depth and parent not in visited]
        visited.add(name)
        if unknown:
            waiting.extend(unknown)
            continue
        depth[name] = 1 + max((depth.get(parent, -1) for parent in needed), default=-1)
        waiting.pop()
    groups: list[list[str]] = [[] for _ in range(1 + max(depth.values(), default=-1))]
    for name, place in depth.items():
        groups[place].append(name)
    return groups
