"""Jinja as dbt knows it: its tags, its filters and its sandbox (dbt_common/clients/jinja.py)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from types import CodeType
from typing import Any

import jinja2
import jinja2.compiler
import jinja2.ext
import jinja2.nativetypes
import jinja2.nodes
import jinja2.parser
import jinja2.sandbox

#: dbt renames macros as it parses them, so that a macro finds others through its context alone.
MACRO_PREFIX = "dbt_macro__"

#: More attributes than any macros have; a template could make up others without end.
_MANY = 10_000


class _Parser(jinja2.parser.Parser):
    """Renames macros, and reads the types that dbt lets a macro's parameters have."""

    def parse_macro(self) -> jinja2.nodes.Macro:
        node = super().parse_macro()
        node.name = MACRO_PREFIX + node.name
        return node

    def parse_signature(self, node: Any) -> None:
        node.args, node.defaults = [], []
        self.stream.expect("lparen")
        while not self.stream.current.test("rparen"):
            if node.args:
                self.stream.expect("comma")
            argument = self.parse_assign_target(name_only=True)
            argument.set_ctx("param")
            node.args.append(argument)
            if self.stream.skip_if("colon"):
                self._skip_type()
            if self.stream.skip_if("assign"):
                node.defaults.append(self.parse_expression())
            elif node.defaults:
                self.fail("non-default argument follows default argument")
        self.stream.expect("rparen")

    def _skip_type(self) -> None:
        self.stream.expect("name")
        if not self.stream.skip_if("lbracket"):
            return
        while not self.stream.skip_if("rbracket"):
            self._skip_type()
            self.stream.skip_if("comma")


class _TestTag(jinja2.ext.Extension):
    """`{% test x(model) %}` is the macro `test_x`."""

    tags = {"test"}  # noqa: RUF012

    def parse(self, parser: jinja2.parser.Parser) -> jinja2.nodes.Node:
        node = jinja2.nodes.Macro(lineno=next(parser.stream).lineno)
        name = parser.parse_assign_target(name_only=True).name
        node.name = f"{MACRO_PREFIX}test_{name}"
        parser.parse_signature(node)
        node.body = parser.parse_statements(("name:endtest",), drop_needle=True)
        return node


class Written(str):
    """What an expression of a template wrote, with the line, from 1, where it stands there."""

    line: int

    @classmethod
    def at(cls, line: int, text: str) -> Written:
        """The text as one that is written from a line."""
        made = cls(text)
        made.line = line
        return made


class _CodeGenerator(jinja2.compiler.CodeGenerator):
    """Lets every expression that a template itself writes out tell its line.

    What stands in macros, blocks that are set and the like comes out with what calls them.
    """

    def start_write(self, frame: Any, node: jinja2.nodes.Node | None = None) -> None:
        super().start_write(frame, node)
        self._begin(frame, node)

    def end_write(self, frame: Any) -> None:
        self._end(frame)
        super().end_write(frame)

    def _output_child_pre(self, node: jinja2.nodes.Expr, frame: Any, finalize: Any) -> None:
        self._begin(frame, node)
        super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: jinja2.nodes.Expr, frame: Any, finalize: Any) -> None:
        super()._output_child_post(node, frame, finalize)
        self._end(frame)

    def _begin(self, frame: Any, node: jinja2.nodes.Node | None) -> None:
        if frame.buffer is None:
            self.write(f"environment.written({node.lineno if node else 0}, ")

    def _end(self, frame: Any) -> None:
        if frame.buffer is None:
            self.write(")")


class Environment(jinja2.sandbox.SandboxedEnvironment):
    """Compiles text and macros, each once."""

    code_generator_class: type[jinja2.compiler.CodeGenerator] = _CodeGenerator
    written = staticmethod(Written.at)

    def __init__(self) -> None:
        # Folding constants takes a fifth of the time to compile and speeds nothing up here.
        super().__init__(
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", _TestTag], optimized=False
        )
        self.filters.update(self._markers())
        self._codes: dict[str, CodeType] = {}
        self._safe: dict[tuple[type, str], bool] = {}

    def _markers(self) -> dict[str, Callable[[Any], Any]]:
        same: dict[str, Callable[[Any], Any]] = {
            name: lambda value: value for name in ("as_text", "as_bool", "as_native", "as_number")
        }
        return {**same, "is_list": lambda value: isinstance(value, list)}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """As the sandbox says, which asks for the class of an object alone."""
        key = type(obj), attr
        known = self._safe.get(key)
        if known is None:
            known = super().is_safe_attribute(obj, attr, value)
            if len(self._safe) < _MANY:
                self._safe[key] = known
        return known

    def _parse(self, source: str, name: str | None, filename: str | None) -> jinja2.nodes.Template:
        return _Parser(self, source, name, filename).parse()

    def template(self, source: str) -> jinja2.Template:
        """The compiled source.

        Raises:
            jinja2.TemplateSyntaxError: It is no valid template.
        """
        code = self._codes.get(source)
        if code is None:
            code = self._codes[source] = self.compile(source)
        return jinja2.Template.from_code(self, code, {})

    def pieces(self, source: str, context: Mapping[str, Any]) -> Iterable[Any]:
        """The rendered pieces of a source, one after the other."""
        template = self.template(source)
        return template.root_render_func(self._context(template, context))

    def macro(self, source: str, name: str, context: Mapping[str, Any]) -> Callable[..., Any]:
        """One macro of a source, bound to a context that may change between its calls."""
        template = self.template(source)
        bound = self._context(template, context)
        for _ in template.root_render_func(bound):
            pass
        macro: Callable[..., Any] = bound.vars[MACRO_PREFIX + name]
        return macro

    def _context(self, template: jinja2.Template, parent: Any) -> jinja2.runtime.Context:
        return self.context_class(self, parent, template.name, template.blocks)


class _Native(str):
    """Text that stands for a value: `as_native`, `as_bool`, `as_number`."""


class _Text(str):
    """Text that stays text: `as_text`."""


class NativeEnvironment(Environment):
    """Gives values instead of text, as for the arguments of generic tests."""

    code_generator_class = jinja2.nativetypes.NativeCodeGenerator

    def _markers(self) -> dict[str, Callable[[Any], Any]]:
        native = dict.fromkeys(("as_native", "as_bool", "as_number"), _Native)
        return {**super()._markers(), **native, "as_text": _Text}

    def value(self, source: str, context: Mapping[str, Any]) -> Any:
        """The value that a source stands for: its only expression's, or text."""
        pieces = list(self.pieces(source, context))
        if not pieces:
            return ""
        if len(pieces) > 1:
            return "".join(map(str, pieces))
        (piece,) = pieces
        if isinstance(piece, _Native):
            try:
                return ast.literal_eval(piece)
            except (ValueError, SyntaxError, MemoryError):
                return str(piece)
        return str(piece) if isinstance(piece, _Text) else piece
