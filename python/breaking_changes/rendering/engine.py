"""Renders nodes in this process, without limits of time and memory: the worker sets those."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.limits import Limits
from breaking_changes.rendering.call import Call, ColumnsOf, MadeUp
from breaking_changes.rendering.context import moment_of
from breaking_changes.rendering.environment import Environment, Written
from breaking_changes.rendering.macros import MacroReturn
from breaking_changes.rendering.outcome import NotRendered, Rendered, Span
from breaking_changes.rendering.scope import Scopes
from breaking_changes.rendering.settings import Settings

TOO_LONG = "It took too long to render."
TOO_LARGE = "Its SQL grew too large while it was rendered."
TOO_DEEP = "Its macros call each other without end."


class Engine:
    """Renders the nodes of one manifest."""

    def __init__(
        self,
        manifest: Manifest,
        variables: Mapping[str, Any],
        project_dir: Path | None,
        limits: Limits,
        environment: Environment | None = None,
    ) -> None:
        settings = Settings(manifest.project, variables, project_dir)
        environment = environment or Environment()
        self._scopes = Scopes(manifest, settings, moment_of(manifest), environment)
        self._limits = limits

    def render(
        self,
        text: str,
        node: Node,
        columns_of: ColumnsOf,
        incremental: bool,
        is_empty: bool = False,
        made_up: MadeUp | None = None,
    ) -> Rendered:
        """The text, rendered for a node.

        Raises:
            NotRendered: It needs what is not here, or fails by itself.
        """
        call = Call(node, columns_of, incremental, is_empty, made_up)
        try:
            sql, spans = self._join(call, text)
        except NotRendered as refused:
            refused.asked, refused.unknown = tuple(call.asked), call.unknown
            raise
        except MacroReturn:
            raise NotRendered("jinja", "It calls return() outside of a macro.") from None
        except RecursionError:
            raise NotRendered("limit", TOO_DEEP) from None
        except MemoryError:
            raise
        except OverflowError as error:
            raise NotRendered("limit", f"{TOO_LARGE} ({error})") from None
        except jinja2.TemplateSyntaxError as error:
            raise NotRendered("jinja", f"Its Jinja is not valid: {error.message}") from None
        except Exception as error:
            raise NotRendered("jinja", f"Its Jinja fails: {_said(error)}") from None
        return Rendered(sql, tuple(call.asked), call.unknown, tuple(spans))

    def _join(self, call: Call, text: str) -> tuple[str, list[Span]]:
        pieces: list[str] = []
        spans: list[Span] = []
        length = 0
        # What is left of a rendering must be put away before the next one begins.
        with contextlib.closing(self._scopes.of(call.node).render(call, text)) as rendered:
            for piece in rendered:
                start, length = length, length + len(piece)
                if length > self._limits.output:
                    raise NotRendered("limit", TOO_LARGE)
                if isinstance(piece, Written) and piece:
                    spans.append((start, length, piece.line))
                pieces.append(piece)
        return "".join(pieces), spans


def _said(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
