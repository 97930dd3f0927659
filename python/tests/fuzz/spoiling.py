"""Documents with random faults."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

from hostile.names import NAMES

VALUES: list[Any] = [
    *(None, 0, -1, 1e308, True, "", "x", [], {}, [1], [None], {"a": 1}, [["x"]], {"": None}),
    *("9" * 5000, "a" * 100_000, [[[[[[[]]]]]]], {"x": {"x": {"x": {}}}}),
]

SQL = [
    "select",
    ")" * 500,
    "(" * 3000 + "select 1" + ")" * 3000,
    "select " + "1+" * 5000 + "1",
    "select " + ", ".join(f"{n} as c{n}" for n in range(5000)),
    "select columns('(a|a)*b') from dev.main.other",
    "select cast(x as " + "struct(a " * 300 + "int" + ")" * 300 + ") from dev.main.other",
    f"select interval '{'9' * 100_000}' day",
    "select x" + "[1]" * 3000 + " from dev.main.other",
    "with a as (select 1 as x)"
    + "".join(
        f", {chr(97 + n)} as (select l.x from {chr(96 + n)} l join {chr(96 + n)} r on l.x = r.x)"
        for n in range(1, 20)
    )
    + " select * from t",
    "select '\0'",
    "\ufeffselect * from dev.main.stg_users",
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield (*path, key)
        if isinstance(item, dict | list):
            yield from places(item, (*path, key))


def spoiled(document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The document with one to three faults that leave the nodes of the known break alone."""
    made: dict[str, Any] = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        known = [path for path in places(made) if not any("users" in str(key) for key in path)]
        path = chance.choice(known)
        holder = made
        for key in path[:-1]:
            holder = holder[key]
        if chance.random() < 0.3 and isinstance(holder, dict):
            holder[chance.choice(NAMES)] = holder.pop(path[-1])
        elif path[-1] in ("compiled_code", "raw_code") and chance.random() < 0.8:
            holder[path[-1]] = chance.choice(SQL)
        else:
            holder[path[-1]] = chance.choice([*VALUES, chance.choice(NAMES)])
    return made
