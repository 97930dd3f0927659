"""Small changes of meaning in Python modules and in macros: what a mutation run tries."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[2]
MACROS = SOURCE.parent / "macros"

PYTHON = ("binder", "lineage", "render")
"""Folders of the helper."""

JINJA = ("rules", "types", "impact", "policy")
"""Folders of the macros."""


@dataclass(frozen=True)
class Mutant:
    """One file with one change; `unit` is the module, or the macro, that the change is in."""

    file: str
    unit: str
    line: int
    what: str
    start: int
    end: int
    new: str

    @property
    def source(self) -> str:
        """The whole file with the change."""
        text = (SOURCE.parent / self.file).read_text(encoding="utf-8")
        return text[: self.start] + self.new + text[self.end :]

    @property
    def name(self) -> str:
        """Where it is and what it does, without its number of line, which moves."""
        return f"{self.file}: {self.what}"


_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def of_python(path: Path) -> Iterator[Mutant]:
    """Every change of a module, one at a time."""
    text = path.read_text(encoding="utf-8")
    unit = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    file = str(path.relative_to(SOURCE.parent))
    lengths = [0]
    for line in text.splitlines(keepends=True):
        lengths.append(lengths[-1] + len(line))
    for node in _executed(ast.parse(text)):
        for new in _variants(node):
            assert isinstance(node, ast.expr | ast.stmt)
            old = ast.get_source_segment(text, node) or ""
            start, end = _span(lengths, node)
            put = f"({new})" if isinstance(node, ast.expr) else new
            what = f"{' '.join(old.split())[:90]} -> {' '.join(new.split())[:90]}"
            yield Mutant(file, unit, node.lineno, what, start, end, put)


def _executed(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that a run executes: no annotation, no docstring, no import for types alone.

    Nor what a dataclass says of itself, such as `frozen`, which asks of its callers alone.
    """
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.arg) or (
            isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        ):
            continue
        yield child
        if isinstance(child, ast.ClassDef):
            for statement in child.body:
                yield statement
                yield from _executed(statement)
        elif isinstance(child, ast.AnnAssign):
            if child.value is not None:
                yield child.value
                yield from _executed(child.value)
        elif isinstance(child, ast.FunctionDef):
            for statement in child.body:
                yield statement
                yield from _executed(statement)
        elif not isinstance(child, ast.JoinedStr):
            yield from _executed(child)


def _variants(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        other = ast.Compare(node.left, [_COMPARE[type(node.ops[0])]()], node.comparators)
        yield ast.unparse(other)
    elif isinstance(node, ast.BoolOp):
        swapped: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield ast.unparse(ast.BoolOp(swapped, node.values))
        yield ast.unparse(node.values[0])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield ast.unparse(node.operand)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield repr(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        # A bound of thousands is one either way: what counts is about how much it is.
        yield repr(node.value + 1 if node.value < 1000 else node.value // 2)
    elif isinstance(node, ast.IfExp):
        yield ast.unparse(node.body)
        yield ast.unparse(node.orelse)
    elif isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield "return None"
    elif isinstance(node, ast.Continue):
        yield "break"
    elif isinstance(node, ast.AugAssign) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        yield "pass"


def _span(starts: list[int], node: ast.expr | ast.stmt) -> tuple[int, int]:
    """Where a node is in its text; columns are bytes, and the helper is written in ASCII."""
    assert node.end_lineno is not None and node.end_col_offset is not None
    return (
        starts[node.lineno - 1] + node.col_offset,
        starts[node.end_lineno - 1] + node.end_col_offset,
    )


_TAG = re.compile(r"\{[%{]-?(.*?)-?[%}]\}", re.DOTALL)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)")
_SWAPS = (
    (re.compile(r"=="), "!="),
    (re.compile(r"!="), "=="),
    (re.compile(r"<="), "<"),
    (re.compile(r">="), ">"),
    (re.compile(r"<(?!=)"), "<="),
    (re.compile(r"(?<![-%])>(?!=)"), ">="),
    (re.compile(r"\band\b"), "or"),
    (re.compile(r"\bor\b"), "and"),
    (re.compile(r"\bis not\b"), "is"),
    (re.compile(r"\bis (?!not\b)"), "is not "),
    (re.compile(r"\bnot in\b"), "in"),
    (re.compile(r"(?<!is )\bnot (?!in\b)"), ""),
    # A dict of keys that are not written out is a set, whose values nobody reads.
    (re.compile(r"(?<![\w)\]]: )\btrue\b"), "false"),
    (re.compile(r"\bfalse\b"), "true"),
    (re.compile(r"(?<![\w.])\d+(?![\w.])"), "7"),
)


def of_macro(path: Path) -> Iterator[Mutant]:
    """Every change of a file of macros, one at a time."""
    text = path.read_text(encoding="utf-8")
    file = str(path.relative_to(SOURCE.parent))
    hidden = [match.span() for match in _COMMENT.finditer(text)]
    starts = [(match.start(), match[1]) for match in _MACRO.finditer(text)]
    for tag in _TAG.finditer(text):
        if any(start <= tag.start() < end for start, end in hidden):
            continue
        unit = next((name for start, name in reversed(starts) if start < tag.start()), None)
        if unit is None or tag[1].split()[0] in ("macro", "endmacro"):
            continue
        line = text.count("\n", 0, tag.start()) + 1
        plain = _STRING.sub(lambda match: " " * len(match[0]), tag[1])
        for pattern, new in _SWAPS:
            for found in pattern.finditer(plain):
                start = tag.start(1) + found.start()
                end = tag.start(1) + found.end()
                around = text[max(start - 45, tag.start()) : min(end + 45, tag.end())]
                shown = (
                    f"{' '.join(around.split())}: {found[0].strip()} -> {new.strip() or 'nothing'}"
                )
                yield Mutant(file, unit, line, shown, start, end, new)
        if tag[1].split()[0] == "do" and "return" not in tag[1]:
            shown = f"{' '.join(tag[1].split())[:90]} -> nothing"
            yield Mutant(file, unit, line, shown, tag.start(), tag.end(), "")


def all_mutants() -> list[Mutant]:
    """Every mutant of every target, in the order of files."""
    found: list[Mutant] = []
    for folder in PYTHON:
        for path in sorted((SOURCE / "breaking_changes" / folder).rglob("*.py")):
            found += of_python(path)
    for folder in JINJA:
        for path in sorted((MACROS / folder).rglob("*.sql")):
            found += of_macro(path)
    return found
