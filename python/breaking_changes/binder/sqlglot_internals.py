"""What of sqlglot has no public name; nothing else here touches it.

`tests/binder/test_sqlglot_internals.py` fails first when sqlglot changes one of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.annotate_types import TypeAnnotator


def set_type(annotator: TypeAnnotator, node: Any, type_: Any) -> Any:
    """Give an expression a type, and tell the annotator that it has one."""
    return annotator._set_type(node, type_)


def place_of(node: exp.Expr) -> int | None:
    """Where an expression starts in the SQL, from 0; None where the parser did not note it.

    `node.meta` would make a dict for every expression that is asked.
    """
    meta = node._meta
    return int(meta["start"]) if meta and "start" in meta else None
