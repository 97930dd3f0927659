"""Which statements of the macros run, in the helper's host and in dbt's: both compile with jinja2.

Every statement of a macro of this package first notes itself; a statement is the macro's name and
how many lines it stands below the macro's own tag, since dbt compiles each macro by itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes

MACROS = Path(__file__).parents[3] / "macros"
NOTED_IN = "MACRO_LINES"
"""The environment's variable that names the folder of what ran, one file a process."""

_noted: set[tuple[int, str, int]] = set()


def ran(macro: str, line: int) -> None:
    """Notes a statement at once: a process may be killed, or end without cleaning up."""
    one = (os.getpid(), macro, line)
    if one not in _noted:
        _noted.add(one)
        with Path(os.environ[NOTED_IN], str(os.getpid())).open("a", encoding="utf-8") as file:
            file.write(f"{macro} {line}\n")


def decided(value: Any, macro: str, line: int) -> Any:
    """Notes that the condition of an `elif` was asked, and gives its value."""
    ran(macro, line)
    return value


def statements(macro: nodes.Node) -> Iterator[tuple[list[Any], int, nodes.Node]]:
    """Each statement of a macro with the list and place that it stands in; an `elif` has none."""
    for node in (macro, *macro.find_all(nodes.Stmt)):
        for field in ("body", "else_"):
            listed = getattr(node, field, None)
            if not isinstance(listed, list):
                continue
            for place, one in enumerate(listed):
                if not _is_text(one):
                    yield listed, place, one
        for one in getattr(node, "elif_", None) or ():
            yield [], 0, one


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(
        isinstance(one, nodes.TemplateData) for one in node.nodes
    )


def _called(name: str, macro: str, line: int, *values: nodes.Node) -> nodes.Expr:
    function = nodes.ImportedName(f"covered.macro_lines.{name}")
    given = [*values, nodes.Const(macro), nodes.Const(line)]
    return nodes.Call(function, given, [], None, None)


def watch(tree: nodes.Template) -> nodes.Template:
    """The same template, whose macros of this package note what runs."""
    for macro in tree.find_all(nodes.Macro):
        name = macro.name.removeprefix("dbt_macro__")
        if name not in known():
            continue
        found = list(statements(macro))
        for listed, place, one in reversed(found):
            line = one.lineno - macro.lineno
            if not listed:
                assert isinstance(one, nodes.If)
                one.test = _called("decided", name, line, one.test)
                one.test.set_lineno(one.lineno)
            else:
                note = nodes.ExprStmt(_called("ran", name, line))
                listed.insert(place, note.set_lineno(one.lineno))
    return tree


def install() -> None:
    """Lets every environment of jinja2 in this process compile what notes its statements."""
    generate = jinja2.Environment._generate

    def watched(self: Any, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return generate(self, watch(source), *args, **kwargs)

    jinja2.Environment._generate = watched  # type: ignore[method-assign]


@cache
def known() -> dict[str, tuple[Path, int, frozenset[int]]]:
    """Of each macro its file, the line of its tag, and the lines below it that have statements."""
    environment = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    found = {}
    for path in sorted(MACROS.rglob("*.sql")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for macro in tree.find_all(nodes.Macro):
            lines = frozenset(one.lineno - macro.lineno for _, _, one in statements(macro))
            found[macro.name] = (path, macro.lineno, lines)
    return found


def missing(folder: Path) -> tuple[int, dict[Path, list[int]]]:
    """How many lines have statements, and by file those of them that no process ran."""
    run: set[tuple[str, int]] = set()
    for file in folder.iterdir():
        # A process that was killed may leave half a line.
        for words in (line.split() for line in file.read_text(encoding="utf-8").splitlines()):
            if len(words) == 2 and words[1].isdigit():
                run.add((words[0], int(words[1])))
    found: dict[Path, list[int]] = {}
    for name, (path, first, lines) in known().items():
        found.setdefault(path, []).extend(
            first + line for line in sorted(lines) if (name, line) not in run
        )
    return sum(len(lines) for _, _, lines in known().values()), found
