"""The macros' own code generator against jinja2's: the same value, or the same kind of refusal."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest

from breaking_changes.compiled_macros import macro_environment
from breaking_changes.macro_code import PACKAGE, function_of

#: What stands in `main`, a macro that is called with `a`, a dict, and `b`, a list; with what it
#: gives, or what it refuses.
CASES: dict[str, tuple[str, Any]] = {
    "a key": ("{%- do return(a.name) -%}", "users"),
    "a key in brackets": ("{%- do return(a['name']) -%}", "users"),
    "a key of a key": ("{%- do return(a.inner.deep['er']) -%}", 1),
    "a key that is also a method": ("{%- do return(a.items() | list | length) -%}", 4),
    "that key in brackets": ("{%- do return(a['items']) -%}", "a key"),
    "a key that misses": ("{%- do return(a.gone is defined) -%}", False),
    "a key that misses in brackets": ("{%- do return(a['gone'] is defined) -%}", False),
    "a key that misses, with a default": ("{%- do return(a.gone | default(5)) -%}", 5),
    "a key by a name": ("{%- set k = 'name' -%}{%- do return(a[k]) -%}", "users"),
    "a method's key by a name": ("{%- set k = 'items' -%}{%- do return(a[k]) -%}", "a key"),
    "a method by a name": ("{%- set k = 'values' -%}{%- do return(a[k]() | length) -%}", 4),
    "a key by a name that misses": (
        "{%- set k = 'gone' -%}{%- do return([a[k] is defined, a[k] == {}[k], a[k] == none]) -%}",
        [False, True, False],
    ),
    "a key by a name that misses, used": (
        "{%- set k = 'gone' -%}{%- do return(a[k] + 1) -%}",
        jinja2.UndefinedError,
    ),
    "a key that is no text": ("{%- do return({1: 2}[1]) -%}", 2),
    "a key that nothing can have": ("{%- do return(a[[]] is defined) -%}", False),
    "a key of a key that misses": ("{%- do return(a.gone.deep) -%}", jinja2.UndefinedError),
    "a key that is none": ("{%- do return(a.nothing is none) -%}", True),
    "a position": ("{%- do return(b[1]) -%}", 20),
    "a position that misses": ("{%- do return(b[7] is defined) -%}", False),
    "a slice": ("{%- do return(b[1:]) -%}", [20, 30]),
    "a key that is computed": ("{%- do return(a['na' ~ 'me']) -%}", "users"),
    "a method of a text": ("{%- do return('A-B'.lower().split('-')) -%}", ["a", "b"]),
    "a method of what is not defined": ("{%- do return(gone.append(1)) -%}", jinja2.UndefinedError),
    "a list that grows": ("{%- set x = [] -%}{%- do x.append(b[0]) -%}{%- do return(x) -%}", [10]),
    "a loop": (
        "{%- set x = [] -%}{%- for one in b if one > 10 -%}"
        "{%- do x.append((loop.index, loop.last, one)) -%}{%- endfor -%}{%- do return(x) -%}",
        [(1, False, 20), (2, True, 30)],
    ),
    "a return out of loops": (
        "{%- for one in b -%}{%- for two in b -%}{%- if two > one -%}{%- do return(two) -%}"
        "{%- endif -%}{%- endfor -%}{%- endfor -%}",
        20,
    ),
    "a loop that is left": (
        "{%- set x = [] -%}{%- for one in b -%}{%- if one == 20 -%}{%- continue -%}{%- endif -%}"
        "{%- do x.append(one) -%}{%- endfor -%}{%- do return(x) -%}",
        [10, 30],
    ),
    "a return in a block that is set": ("{%- set x -%}{%- do return(1) -%}{%- endset -%}2", 1),
    "no return": ("{{ a.name }}!", "users!"),
    "nothing returned": ("{%- do return() -%}", None),
    "a namespace": (
        "{%- set n = namespace(x=1, items=[]) -%}{%- set n.x = n.x + 1 -%}{%- set n.y = 3 -%}"
        "{%- do n.items.append(n.y) -%}{%- do return([n.x, n.y, n.items, n.z is defined]) -%}",
        [2, 3, [3], False],
    ),
    "a namespace of a dict": ("{%- do return(namespace({'x': 4}).x) -%}", 4),
    "a namespace, formatted": ("{%- do return(namespace(x=4)['x'] | string) -%}", "4"),
    "arguments by position": (f"{{%- do return({PACKAGE}.three(1, 2, 3)) -%}}", [1, 2, 3]),
    "arguments by name": (f"{{%- do return({PACKAGE}.three(z=3, x=1, y=2)) -%}}", [1, 2, 3]),
    "arguments by default": (f"{{%- do return({PACKAGE}.three(1)) -%}}", [1, None, 7]),
    "arguments by both": (f"{{%- do return({PACKAGE}.three(1, z=3)) -%}}", [1, None, 3]),
    "no argument": (f"{{%- do return({PACKAGE}.three()[0] is defined) -%}}", False),
    "too many arguments": (f"{{%- do return({PACKAGE}.three(1, 2, 3, 4)) -%}}", TypeError),
    "an unknown argument": (f"{{%- do return({PACKAGE}.three(1, w=4)) -%}}", TypeError),
    "an argument twice": (f"{{%- do return({PACKAGE}.three(1, x=4)) -%}}", TypeError),
    "arguments in a list": (f"{{%- do return({PACKAGE}.three(*b)) -%}}", [10, 20, 30]),
    "arguments in a dict": (f"{{%- do return({PACKAGE}.three(**{{'x': 1}})) -%}}", [1, None, 7]),
    "an argument named as Python's own": ("{%- do return(dict(a, **{'from': 1})['from']) -%}", 1),
    "that name, written": ("{%- do return(dict(from=1, name=2)['from']) -%}", 1),
    "any arguments": (f"{{%- do return({PACKAGE}.any(1, 2, k=3)) -%}}", [[1, 2], {"k": 3}]),
    "a block that is called": (
        f"{{%- call {PACKAGE}.around() -%}}{{%- do return('in') -%}}{{%- endcall -%}}",
        "in",
    ),
    "a block with text": (f"{{%- call {PACKAGE}.around() -%}}in{{%- endcall -%}}", "<in>"),
}

_BESIDE = """
{%- macro three(x, y=none, z=7) -%}{%- do return([x, y, z]) -%}{%- endmacro -%}
{%- macro any() -%}{%- do return([varargs | list, kwargs]) -%}{%- endmacro -%}
{%- macro around() -%}<{{ caller() }}>{%- endmacro -%}
"""


class _Return(BaseException):
    def __init__(self, value: Any = None) -> None:
        self.value = value


def _result(environment: jinja2.Environment, body: str, *, is_quick: bool) -> Any:
    """What `main` with this body gives, or the class of what it raises."""
    called: dict[str, Any] = {}

    def leave(value: Any = None) -> None:
        raise _Return(value)

    def returning(macro: jinja2.runtime.Macro) -> Any:
        function = function_of(macro) if is_quick else macro

        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except _Return as result:
                return result.value

        return call

    environment.globals.update({"return": leave, PACKAGE: called})
    source = f"{_BESIDE}{{%- macro main(a, b) -%}}{body}{{%- endmacro -%}}"
    module = environment.from_string(source).module
    for name in ("three", "any", "around", "main"):
        called[name] = returning(getattr(module, name))
    a = {"name": "users", "inner": {"deep": {"er": 1}}, "items": "a key", "nothing": None}
    try:
        return called["main"](a, [10, 20, 30])
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("name", CASES)
def test_a_macro_gives_what_it_gives_in_jinja(name: str) -> None:
    body, expected = CASES[name]
    plain = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    assert _result(plain, body, is_quick=False) == expected
    assert _result(macro_environment(), body, is_quick=True) == expected


def test_nothing_stands_between_a_call_and_what_is_called() -> None:
    code = macro_environment().compile(
        "{% macro x(a) %}{% do a.b.append(dbt_breaking_changes._y(a, k=1)) %}{% endmacro %}",
        raw=True,
    )
    assert "context.call(" not in code
    assert "environment.getattr(of, 'b')" in code
    assert ").append(" in code
