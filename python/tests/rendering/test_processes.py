"""What is rendered ahead, and by processes that both sides of a change share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from lineage_manifests import PROJECT, manifest, node

from breaking_changes.artifacts import Manifest, Node
from breaking_changes.binder import Column
from breaking_changes.rendering import Limits, NotRendered, Rendered, Renderer

LIMITS = Limits(seconds=0.5, memory=128 * 1024 * 1024)

#: More than one process renders so many.
MANY = 30

ASKING = (
    "{% for column in adapter.get_columns_in_relation(ref('n0')) %}{{ column.name }} {% endfor %}"
)

#: What ends a rendering, or the process that does it.
ENDING = {
    "{% for i in modules.itertools.count() %}{% endfor %}": "It took too long",
    "{{ 3 ** (3 ** 18) > 1 }}": "It took too long",
    "{% set box = namespace(text='x') %}{% for i in range(60) %}"
    "{% set box.text = box.text ~ box.text %}{% endfor %}": "Its SQL grew too large",
    "{{ 1 / 0 }}": "Its Jinja fails",
    "{% if %}": "Its Jinja is not valid",
}


def _name(place: int) -> str:
    return f"model.{PROJECT}.n{place}"


def _manifest(texts: Sequence[str], macros: dict[str, str] | None = None) -> Manifest:
    nodes = [node(_name(place), text, (_name(0),)) for place, text in enumerate(texts)]
    listed = {
        f"macro.{PROJECT}.{name}": {"name": name, "package_name": PROJECT, "macro_sql": sql}
        for name, sql in (macros or {}).items()
    }
    return Manifest({**manifest(*nodes), "macros": listed})


@pytest.fixture
def made() -> Iterator[Callable[..., Renderer]]:
    """Makes renderers that end with the test."""
    all_made: list[Renderer] = []

    def make(texts: Sequence[str], **options: Any) -> Renderer:
        macros = options.pop("macros", None)
        renderer = Renderer(_manifest(texts, macros), limits=LIMITS, **options)
        all_made.append(renderer)
        return renderer

    yield make
    for renderer in all_made:
        renderer.close()


def _nodes(renderer: Renderer) -> list[Node]:
    return list(renderer.manifest.nodes.values())


def _no_columns(name: str) -> None:
    return None


def _either(renderer: Renderer, one: Node) -> Rendered:
    return renderer.begun(one) or renderer.render(one, _no_columns)


def test_what_is_begun_is_rendered_alike(made: Callable[..., Renderer]) -> None:
    texts = ["{{ this.identifier }} " + "x" * 20_000 for _ in range(MANY)]
    renderer, other = made(texts), made(texts)
    nodes = _nodes(renderer)
    renderer.begin([(one, ()) for one in nodes], lambda one: _no_columns)
    for one in reversed(nodes):
        assert renderer.begun(one) == other.render(one, _no_columns)
        assert renderer.begun(one) is None


@pytest.mark.parametrize("known_ahead", [(), (_name(0),)], ids=["asked for", "sent along"])
def test_columns_are_asked_for_or_sent_along(
    made: Callable[..., Renderer], known_ahead: tuple[str, ...]
) -> None:
    renderer = made(["select 1", *[ASKING] * MANY])
    nodes = _nodes(renderer)[1:]

    def columns_of(one: Node) -> Callable[[str], list[Column] | None]:
        # Those of one node are not known.
        return lambda name: None if one is nodes[0] else [Column("id"), Column(one.name)]

    renderer.begin([(one, known_ahead) for one in nodes], columns_of)
    first, *rest = [replace(_either(renderer, one), spans=()) for one in nodes]
    assert first == Rendered("", (_name(0),), (_name(0),))
    assert rest == [Rendered(f"id {one.name} ", (_name(0),), ()) for one in nodes[1:]]


def test_other_renderings_may_come_between(made: Callable[..., Renderer]) -> None:
    renderer = made(["{{ this.identifier }}", *[ASKING] * MANY])
    parent, *nodes = _nodes(renderer)

    def columns_of(name: str) -> list[Column]:
        return [Column(renderer.render(parent, _no_columns).sql)]

    renderer.begin([(one, ()) for one in nodes], lambda one: columns_of)
    assert renderer.render_text("{{ 1 + 1 }}", parent, _no_columns).sql == "2"
    assert {found.sql for one in nodes if (found := renderer.begun(one))} == {"n0 "}


@pytest.mark.parametrize("text", ENDING)
def test_what_ends_its_process_takes_no_other_node_along(
    made: Callable[..., Renderer], text: str
) -> None:
    renderer = made([*["{{ 1 }}"] * 12, text, *["{{ 2 }}"] * 12])
    nodes = _nodes(renderer)
    renderer.begin([(one, ()) for one in nodes], lambda one: _no_columns)
    for one in nodes:
        if one.raw_code == text:
            with pytest.raises(NotRendered, match=ENDING[text]):
                _either(renderer, one)
        else:
            assert _either(renderer, one).sql in ("1", "2")


def test_both_sides_share_processes_and_nothing_else(made: Callable[..., Renderer]) -> None:
    texts = ["{{ said() }} {{ var('region') }} {{ adapter.dispatch('kind')() }}"] * MANY
    kind = "{% macro default__kind() %}plain{% endmacro %}"
    special = "{% macro duckdb__kind() %}special{% endmacro %}"
    before = made(
        texts,
        macros={"said": "{% macro said() %}was{% endmacro %}", "default__kind": kind},
        variables={"region": "north"},
    )
    after = made(
        texts,
        macros={
            "said": "{% macro said() %}is{% endmacro %}",
            "default__kind": kind,
            "duckdb__kind": special,
        },
        variables={"region": "south"},
        beside=before,
    )
    for renderer in (before, after):
        renderer.begin([(one, ()) for one in _nodes(renderer)], lambda one: _no_columns)
    assert {_either(after, one).sql for one in _nodes(after)} == {"is south special"}
    assert {_either(before, one).sql for one in _nodes(before)} == {"was north plain"}
    assert before.process_id == after.process_id is not None


def test_an_error_of_the_one_who_asks_leaves_the_renderer_usable(
    made: Callable[..., Renderer],
) -> None:
    renderer = made(["x", *[ASKING] * 3])
    parent, *nodes = _nodes(renderer)

    def fails(name: str) -> list[Column]:
        raise LookupError(name)

    renderer.begin([(one, ()) for one in nodes], lambda one: fails)
    with pytest.raises(LookupError):
        renderer.begun(nodes[0])
    assert _either(renderer, nodes[1]).asked == (_name(0),)
    assert renderer.render(parent, _no_columns).sql == "x"
