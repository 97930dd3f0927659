"""Python code of the macros that says at once what jinja2's own asks three functions for.

The macros are the helper's own, so that neither a sandbox nor a context has to stand between a call
and what is called. Each short way taken here gives what jinja2's gives; whatever it does not fit
goes jinja2's way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from keyword import iskeyword
from typing import Any, TypeGuard

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import Namespace, missing

#: The package's own name: a mapping of all its macros.
PACKAGE = "dbt_breaking_changes"

#: What a dict, a list, a set or a text can do; such a name is never looked up as a key.
METHODS = frozenset(name for kind in (dict, list, set, str) for name in dir(kind))


class Attributes(Namespace):
    """What `namespace()` makes: attributes that Python finds by itself."""

    def __init__(self, *pairs: Any, **attributes: Any) -> None:
        self.__dict__.update(*pairs, **attributes)

    __getattribute__ = object.__getattribute__

    def __setitem__(self, name: str, value: Any) -> None:
        """What `set n.name = value` does."""
        self.__dict__[name] = value


class MacroCode(CodeGenerator):
    """Writes calls as calls, keys of dicts as keys, and `do return(x)` as `return x`."""

    #: Whether what is written belongs to a macro itself, so that Python's return ends it.
    _is_macro = False

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """A call without anything around it."""
        starred = node.dyn_args or node.dyn_kwargs
        if forward_caller or starred or any(iskeyword(one.key) for one in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self._callee(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _callee(self, node: nodes.Expr, frame: Frame) -> None:
        if not isinstance(node, nodes.Getattr):
            self.visit(node, frame)
        elif isinstance(node.node, nodes.Name) and node.node.name == PACKAGE:
            self.visit(node.node, frame)
            self.write(f"[{node.attr!r}]")
        elif node.attr in METHODS:
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")
        else:
            self.visit(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """`a.b`, which is `a["b"]` where `a` is a dict that has it."""
        if node.attr in METHODS:
            super().visit_Getattr(node, frame)
        else:
            self._key(node.node, node.attr, "getattr", frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """`a["b"]`, the same with a key that is written out."""
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(key, str):
            self._key(node.node, key, "getitem", frame)
        else:
            super().visit_Getitem(node, frame)

    def _key(self, of: nodes.Expr, key: str, otherwise: str, frame: Frame) -> None:
        self.write(f"(of[{key!r}] if (of := ")
        self.visit(of, frame)
        self.write(f").__class__ is dict and {key!r} in of")
        self.write(f" else environment.{otherwise}(of, {key!r}))")

    def macro_body(
        self, node: nodes.Macro | nodes.CallBlock, frame: Frame
    ) -> tuple[Frame, MacroRef]:
        """The function of a macro, or of the block that one is called with."""
        was, self._is_macro = self._is_macro, isinstance(node, nodes.Macro)
        try:
            return super().macro_body(node, frame)
        finally:
            self._is_macro = was

    def visit_ExprStmt(self, node: nodes.ExprStmt, frame: Frame) -> None:  # noqa: N802
        """`do`; a return leaves the macro without an exception."""
        call = node.node
        if self._is_macro and _is_return(call):
            self.newline(node)
            self.write("return ")
            self.visit(call.args[0], frame)
        else:
            super().visit_ExprStmt(node, frame)


def _is_return(node: nodes.Node) -> TypeGuard[nodes.Call]:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "return"
        and len(node.args) == 1
        and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    )


def function_of(macro: Macro) -> Callable[..., Any]:
    """What calls a macro, as `macro` itself does: by position, by name, or by defaults."""
    if macro.catch_kwargs or macro.catch_varargs or macro.caller:
        return macro
    function, names, count = macro._func, macro.arguments, len(macro.arguments)

    def call(*args: Any, **kwargs: Any) -> Any:
        if len(args) == count and not kwargs:
            return function(*args)
        if len(args) > count or not kwargs.keys() <= set(names[len(args) :]):
            return macro(*args, **kwargs)
        return function(*args, *_rest(names[len(args) :], kwargs))

    return call


def _rest(names: list[str], given: Mapping[str, Any]) -> list[Any]:
    return [given.get(name, missing) for name in names]
