"""Macros come from the pull request: whatever they do, the check goes on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from lineage_manifests import PROJECT, manifest, node

from breaking_changes.artifacts import Manifest
from breaking_changes.binder import Column
from breaking_changes.rendering import Limits, NotRendered, Renderer

LIMITS = Limits(seconds=0.5, memory=128 * 1024 * 1024, output=100_000)

MACROS = {
    "deeper": "{% macro deeper(n) %}{{ deeper(n + 1) }}{% endmacro %}",
    "forever": (
        "{% macro forever() %}{% for i in modules.itertools.count() %}{% endfor %}{% endmacro %}"
    ),
    "looping": (
        "{% macro looping() %}{% set box = namespace(n=0) %}"
        "{% for i in range(99999) %}{% for j in range(99999) %}{% set box.n = box.n + 1 %}"
        "{% endfor %}{% endfor %}{% endmacro %}"
    ),
    "doubling": (
        "{% macro doubling() %}{% set box = namespace(text='x') %}"
        "{% for i in range(60) %}{% set box.text = box.text ~ box.text %}{% endfor %}"
        "{{ box.text | length }}{% endmacro %}"
    ),
}

#: What the template does, and how the reason begins.
ENDED = {
    "{{ forever() }}": "It took too long",
    "{{ looping() }}": "It took too long",
    "{{ modules.re.match('(a+)+$', 'a' * 60 ~ 'b') }}": "It took too long",
    "{{ 3 ** (3 ** 18) > 1 }}": "It took too long",
    "{{ doubling() }}": "Its SQL grew too large",
    "{{ 'x' * 10 ** 12 }}": "Its SQL grew too large",
    "{% for i in range(99999) %}0123456789{% endfor %}": "Its SQL grew too large",
    "{% for i in range(10 ** 9) %}{% endfor %}": "Its SQL grew too large",
    "{{ deeper(0) }}": "Its macros call each other without end",
}

#: Ways out of the sandbox, or to what the machine holds.
REFUSED = {
    "{{ ''.__class__.__mro__ }}": "jinja",
    "{{ ref.__globals__ }}": "jinja",
    "{{ modules.re.sys.modules }}": "jinja",
    "{{ adapter.dispatch.__func__.__globals__ }}": "jinja",
    "{{ config.get.__self__._config }}": "jinja",
    "{{ api.Relation._catalogue.nodes }}": "jinja",
    "{{ modules.datetime.datetime.now.__func__.__globals__ }}": "jinja",
    "{{ '{0.__class__}'.format(this) }}": "jinja",
    "{{ env_var('HOME') }}": "missing",
}


def _manifest(*texts: str) -> Manifest:
    nodes = [node(f"model.{PROJECT}.n{place}", text) for place, text in enumerate(texts)]
    macros = {
        f"macro.{PROJECT}.{name}": {"name": name, "package_name": PROJECT, "macro_sql": sql}
        for name, sql in MACROS.items()
    }
    return Manifest({**manifest(*nodes), "macros": macros})


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    made = Renderer(_manifest("select 1 as one"), limits=LIMITS)
    yield made
    made.close()


def _render(renderer: Renderer, text: str) -> str:
    one = renderer.manifest.nodes[f"model.{PROJECT}.n0"]
    return renderer.render_text(text, one, lambda name: None).sql


@pytest.mark.parametrize("text", ENDED)
def test_what_goes_over_a_limit_is_ended_and_the_next_node_is_rendered(
    renderer: Renderer, text: str
) -> None:
    with pytest.raises(NotRendered, match=ENDED[text]) as refused:
        _render(renderer, text)
    assert refused.value.kind == "limit"
    assert _render(renderer, "select {{ 1 + 1 }} as two") == "select 2 as two"


@pytest.mark.parametrize("text", REFUSED)
def test_a_macro_gets_out_of_the_sandbox_nowhere(renderer: Renderer, text: str) -> None:
    try:
        assert _render(renderer, text).strip() == ""
    except NotRendered as refused:
        assert refused.kind == REFUSED[text]


def test_the_process_has_no_environment_variables(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_BREAKING_CHANGES_SECRET", "s3cret")
    assert _render(renderer, "{{ 1 }}") == "1"
    pid = renderer.process_id
    assert pid is not None and pid != os.getpid()
    with pytest.raises(NotRendered):
        _render(renderer, "{{ env_var('DBT_BREAKING_CHANGES_SECRET') }}")


def test_a_process_that_died_is_replaced(renderer: Renderer) -> None:
    assert _render(renderer, "{{ 1 }}") == "1"
    first = renderer.process_id
    assert first is not None
    os.kill(first, 9)
    time.sleep(0.1)
    assert _render(renderer, "{{ 2 }}") == "2"
    assert renderer.process_id != first


def test_closing_ends_the_process(renderer: Renderer) -> None:
    _render(renderer, "{{ 1 }}")
    pid = renderer.process_id
    assert pid is not None
    renderer.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_parent_may_be_rendered_while_its_columns_are_asked_for() -> None:
    asking = (
        "{%- for column in adapter.get_columns_in_relation(ref('n0')) %}"
        "{{ column.name }} {% endfor %}{{ this.identifier }}"
    )
    raw = manifest(
        node(f"model.{PROJECT}.n0", "{{ this.identifier }}"),
        node(f"model.{PROJECT}.n1", asking, (f"model.{PROJECT}.n0",)),
        node(f"model.{PROJECT}.n2", asking.replace("n0", "n1"), (f"model.{PROJECT}.n1",)),
    )
    renderer = Renderer(Manifest(raw))

    def columns_of(name: str) -> list[Column]:
        parent = renderer.manifest.nodes[name]
        return [Column(word) for word in renderer.render(parent, columns_of).sql.split()]

    rendered = renderer.render(renderer.manifest.nodes[f"model.{PROJECT}.n2"], columns_of)
    renderer.close()
    assert rendered.sql == "n0 n1 n2"
    assert rendered.asked == (f"model.{PROJECT}.n1",)


def test_an_error_while_columns_are_looked_up_leaves_the_renderer_usable() -> None:
    asking = "{{ adapter.get_columns_in_relation(ref('n0')) }}"
    raw = manifest(
        node(f"model.{PROJECT}.n0", "x"),
        node(f"model.{PROJECT}.n1", asking, (f"model.{PROJECT}.n0",)),
    )
    renderer = Renderer(Manifest(raw))

    def fails(name: str) -> list[Column]:
        raise LookupError(name)

    with pytest.raises(LookupError):
        renderer.render(renderer.manifest.nodes[f"model.{PROJECT}.n1"], fails)
    assert renderer.render(renderer.manifest.nodes[f"model.{PROJECT}.n0"], fails).sql == "x"
    renderer.close()
