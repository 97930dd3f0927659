"""Which SQL of a node counts: the one that dbt compiled, or one that is rendered here.

dbt's compiled SQL is one sample: of what the warehouse held, of one value of `is_incremental()`.
It counts where neither matters and both sides of a change have it; every other node is rendered.
What cannot be rendered, because a macro needs rows, falls back on what dbt compiled, else on what
it says whatever rows there are.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from breaking_changes.artifacts import Node
from breaking_changes.binder import Column, Relation
from breaking_changes.lineage.nodes.function_calls import with_functions
from breaking_changes.lineage.nodes.functions import function_select
from breaking_changes.lineage.nodes.introspection import Introspection
from breaking_changes.lineage.nodes.macro_calls import MacroCalls
from breaking_changes.lineage.nodes.probing import (
    MADE_UP_VALUES,
    made_up,
    possible_rows,
    possible_targets,
    probe_columns,
)
from breaking_changes.lineage.nodes.relation_names import NormalisedSql, normalise, same_relation
from breaking_changes.lineage.nodes.snapshots import snapshot_select
from breaking_changes.lineage.nodes.source_lines import Written
from breaking_changes.lineage.walk.consumers import Reading
from breaking_changes.rendering import MadeUp, NotRendered, Rendered, Renderer
from breaking_changes.rendering.settings import Settings

RelationOf = Callable[[str], "Relation | None"]
Answers = Mapping[str, "tuple[Column, ...] | None"]

#: What SQL says by which an incremental model may differ between its first run and later ones.
_BRANCHES = re.compile(r"\b(?:is_incremental|full_refresh|load_relation|get_relation|this)\b", re.I)

#: What differs from run to run of dbt.
_OF_A_RUN = re.compile(r"\b(?:run_started_at|invocation_id|dbt_version)\b")

_VAR = re.compile(r"\bvar\b")


@dataclass(frozen=True, slots=True)
class Rows:
    """The SQL where the queries of macros find all that can be looked for, and nothing of it.

    The second of `full`, if any, is for Jinja that writes what it finds as SQL: its rows are names
    alone, for no others can be read there. `reason` says what asks for rows. `is_sample`: the SQL
    that counts is what dbt compiled. `others` is what the SQL may be besides, where more than rows
    is made up.
    """

    full: tuple[NormalisedSql, ...]
    sparse: NormalisedSql
    reason: str
    is_sample: bool
    others: tuple[NormalisedSql, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """The SQL of a node in one kind of run.

    `lacking` are the relations whose columns the Jinja asks for and nobody knows: `sql` then takes
    every name for one of their columns that could be one, and `sparse` takes none. `asks` are all
    relations whose columns the Jinja asks for. `sampled_by` is what read columns from the warehouse
    when dbt compiled the SQL, where that is all there is. `rows` is there where a macro queries.
    """

    sql: NormalisedSql
    sparse: NormalisedSql | None = None
    lacking: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    sampled_by: str | None = None
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class NoText:
    """Why there is no SQL of a node, as a sentence."""

    reason: str


class Texts:
    """The SQL of the nodes of one side.

    Args:
        nodes: The nodes of the side.
        calls: The macros of the side.
        reading: Who reads whom on it.
        renderer: Renders Jinja with its manifest.
        settings: The vars that it renders with.
        dialect: sqlglot's name of the dialect.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        calls: MacroCalls,
        reading: Reading,
        renderer: Renderer,
        settings: Settings,
        dialect: str,
    ) -> None:
        self._nodes = nodes
        self.calls = calls
        self._reading = reading
        self._renderer = renderer
        self._dialect = dialect
        self._settings = settings
        self._fixed: dict[str, bool] = {}
        self._introspection = Introspection(calls)
        self._former: Texts | None = None
        self._next: Texts | None = None
        self._edited_macros: frozenset[str] | None = None
        self._found: dict[str, NormalisedSql] = {}
        self._rendered: dict[tuple[str, bool], tuple[Answers, Text]] = {}
        self._written: dict[str, Written | None] = {}

    def follow(self, former: Texts) -> None:
        """Makes this side the one that follows another."""
        self._former, former._next = former, self
        self._edited_macros = None

    def begin(self, nodes: Iterable[Node], relation_of: Callable[[Node], RelationOf]) -> None:
        """Lets nodes be rendered that `first` will soon be asked for."""
        wanted = [
            (node, node.parents if self._introspection.of_columns(node) else ())
            for node in nodes
            if node.raw_code
            and not self._is_given(node)
            and not self._as_before(node, relation_of(node), incremental=False)
        ]
        self._renderer.begin(wanted, lambda node: partial(_known, relation_of(node)))

    def first(self, node: Node, relation_of: RelationOf) -> Text | NoText:
        """The node's SQL in a run that builds it anew."""
        text = self._first(node, relation_of)
        if isinstance(text, Text):
            self._found[node.unique_id] = text.sql
        return text

    def later(self, node: Node, relation_of: RelationOf) -> Text | NoText | None:
        """An incremental model's SQL once its table is there; none where it is the same."""
        if not self._branches(node):
            return None
        try:
            return self._render(node, relation_of, incremental=True)
        except NotRendered as error:
            rows = self._rows(node, relation_of, error, incremental=True)
            if rows:
                return Text(rows.full[0], rows=rows)
            if whatever := self._whatever_target(node, relation_of, error, incremental=True):
                return whatever
            return NoText(f"What its incremental runs execute is not known: {error}")

    def found(self, node: Node) -> NormalisedSql | None:
        """The SQL that `first` gave for the node."""
        return self._found.get(node.unique_id)

    def is_fixed(self, node: Node) -> bool:
        """Whether dbt compiles the same SQL in every run, whatever the warehouse holds."""
        if node.unique_id not in self._fixed:
            self._fixed[node.unique_id] = (
                not self._branches(node)
                and self._introspection.of(node) is None
                and not self._mentions(node, _OF_A_RUN)
            )
        return self._fixed[node.unique_id]

    def rendered_otherwise(self) -> set[str]:
        """The nodes whose own entry says nothing of why they may render otherwise than before.

        A macro that they lead to was edited, or a var that they may ask for.
        """
        edited, variables = self.edited_macros, self._edited_variables()
        return {
            name
            for name, node in self._nodes.items()
            if (edited and not edited.isdisjoint(node.macros))
            or (node.package in variables and self._mentions(node, _VAR))
        }

    def asks(self, node: Node) -> str | None:
        """What the node calls that asks the warehouse."""
        return self._introspection.of(node)

    def normalised(self, node: Node, sql: str) -> NormalisedSql:
        """A node's SQL with relations replaced by tokens."""
        parents = [self._nodes[name] for name in node.parents if name in self._nodes]
        found = normalise(node, sql, parents, self._dialect, self._reading.direct(node).found)
        called = [parent for parent in parents if parent.resource_type == "function"]
        found = with_functions(found, called, self._dialect) if called else found
        if node.resource_type == "function":
            return function_select(node, found, self._dialect)
        is_snapshot = node.resource_type == "snapshot"
        return snapshot_select(node, found, self._dialect) if is_snapshot else found

    def _of(self, node: Node, rendered: Rendered) -> NormalisedSql:
        written = Written(rendered.sql, rendered.spans)
        return replace(self.normalised(node, rendered.sql), written=written)

    def written(self, node: Node, sql: NormalisedSql, relation_of: RelationOf) -> Written | None:
        """What the expressions of a node's template wrote of SQL that dbt compiled.

        Known where the same SQL comes of the template here.
        """
        if node.unique_id not in self._written:
            self._written[node.unique_id] = None
            with contextlib.suppress(NotRendered):
                found = self._of(node, self._asked(node, relation_of, incremental=False))
                self._written[node.unique_id] = found.written if found.sql == sql.sql else None
        return self._written[node.unique_id]

    def same_code(self, node: Node) -> bool:
        """Whether the node's Jinja and all that it calls is as on the side before."""
        was = self._former._nodes.get(node.unique_id) if self._former else None
        if was is None or was.raw_code != node.raw_code or was.config != node.config:
            return False
        return (
            was.parents == node.parents
            and self.edited_macros.isdisjoint(node.macros)
            and self._same_variables(node.package)
        )

    @property
    def edited_macros(self) -> frozenset[str]:
        """The macros that are not as on the side before, in their text or in what they call."""
        if self._edited_macros is None:
            former = self._former
            self._edited_macros = self.calls.changed(former.calls) if former else frozenset()
        return self._edited_macros

    def _first(self, node: Node, relation_of: RelationOf) -> Text | NoText:
        if self._is_given(node):
            return Text(self.normalised(node, node.compiled_code or ""))
        try:
            return self._render(node, relation_of, incremental=False)
        except NotRendered as error:
            rows = self._rows(node, relation_of, error, incremental=False)
            for texts, one in self._compiled(node):
                sql = texts.normalised(one, one.compiled_code or "")
                sample = replace(rows, is_sample=True) if rows else None
                return Text(sql, sampled_by=self._introspection.of_columns(node), rows=sample)
            if rows:
                return Text(rows.full[0], rows=rows)
            whatever = self._whatever_target(node, relation_of, error, incremental=False)
            return whatever or NoText(
                f"It has no compiled SQL and cannot be rendered without dbt: {error}"
            )

    def _whatever_target(
        self, node: Node, relation_of: RelationOf, error: NotRendered, *, incremental: bool
    ) -> Text | None:
        """The node rendered with every target that its Jinja can tell from another."""
        if error.kind != "target":
            return None
        found: dict[str, NormalisedSql] = {}
        for one in possible_targets(self._read_by(node)):
            sql = self._with(MadeUp(target=one), node, relation_of, incremental)
            if sql is None:
                return None
            found[sql.sql] = sql
        if not found:
            return None
        *others, last = found.values()
        if not others:
            return Text(last)
        return Text(last, rows=Rows((last,), others[0], str(error), False, tuple(others[1:])))

    def _read_by(self, node: Node) -> list[str]:
        """The texts that say what a rendering of the node may look for: its Jinja and its vars.

        What a var holds may be Jinja itself, or be compared as it stands.
        """
        texts = [node.raw_code, *self.calls.texts(node)]
        if any(map(_VAR.search, texts)):
            held = _texts_in(self._settings.variables(node.package))
            texts += [form for text in held for form in (text, f"'{text}'")]
        return texts

    def _with(
        self, made_up: MadeUp, node: Node, relation_of: RelationOf, incremental: bool
    ) -> NormalisedSql | None:
        known = partial(_known, relation_of)
        try:
            rendered = self._renderer.render(node, known, incremental=incremental, made_up=made_up)
        except NotRendered:
            return None
        return None if rendered.unknown else self._of(node, rendered)

    def _rows(
        self,
        node: Node,
        relation_of: RelationOf,
        error: NotRendered,
        *,
        incremental: bool,
    ) -> Rows | None:
        """The node rendered with made-up rows where a query ended its rendering."""
        if error.kind != "query":
            return None
        possible = possible_rows(self._read_by(node))

        def sql(*rows: float | str) -> NormalisedSql | None:
            return self._with(MadeUp(rows), node, relation_of, incremental)

        for one, other in MADE_UP_VALUES:
            wanted = sql(one, *possible), sql(one, *filter(str.isidentifier, possible))
            full, sparse = tuple(text for text in wanted if text), sql(other)
            if full and sparse:
                asking = f"a query of {error.macro}" if error.macro else "a query"
                reason = f"It depends on the rows that {asking} finds when dbt compiles it."
                return Rows(full, sparse, reason, is_sample=False)
        return None

    def _is_given(self, node: Node) -> bool:
        """Whether dbt's compiled SQL counts."""
        return bool(
            node.compiled_code and self.is_fixed(node) and self._is_compiled_elsewhere(node)
        )

    def _is_compiled_elsewhere(self, node: Node) -> bool:
        """Whether the other side, if it has the node, has its compiled SQL as well."""
        other = self._former or self._next
        twin = other._nodes.get(node.unique_id) if other else None
        return twin is None or twin.compiled_code is not None

    def _compiled(self, node: Node) -> Iterator[tuple[Texts, Node]]:
        """The node as dbt compiled it; of the same code both sides take the same one."""
        before, after = (self._former, self) if self._former else (self, self._next)
        if before and after:
            was, now = before._nodes.get(node.unique_id), after._nodes.get(node.unique_id)
            if was and now and after.same_code(now):
                yield from ((t, n) for t, n in ((before, was), (after, now)) if n.compiled_code)
        if node.compiled_code:
            yield self, node

    def _branches(self, node: Node) -> bool:
        """Whether an incremental model may say something else once its table is there."""
        if node.materialized != "incremental":
            return False
        if node.config.get("incremental_strategy") == "microbatch":
            return True
        return self._mentions(node, _BRANCHES)

    def _mentions(self, node: Node, pattern: re.Pattern[str]) -> bool:
        """Whether the node's Jinja or a macro that it leads to holds a pattern."""
        return any(pattern.search(text) for text in (node.raw_code, *self.calls.texts(node)))

    def _edited_variables(self) -> set[str]:
        """The packages whose nodes see other vars than before."""
        if self._former is None:
            return set()
        packages = {node.package for node in self._nodes.values()}
        return {package for package in packages if not self._same_variables(package)}

    def _same_variables(self, package: str) -> bool:
        former = self._former
        if former is None:
            return True
        return former._settings.variables(package) == self._settings.variables(package)

    def _render(self, node: Node, relation_of: RelationOf, incremental: bool) -> Text:
        found = self._as_before(node, relation_of, incremental)
        if found is None:
            found = self._render_anew(node, relation_of, incremental)
        self._rendered[node.unique_id, incremental] = found
        return found[1]

    def _as_before(
        self, node: Node, relation_of: RelationOf, incremental: bool
    ) -> tuple[Answers, Text] | None:
        """What the side before rendered, where the same comes of it here."""
        former = self._former._rendered.get((node.unique_id, incremental)) if self._former else None
        if former and self.same_code(node) and self._same_parents(node):
            answers = former[0]
            if all(_known(relation_of, name) == known for name, known in answers.items()):
                return former
        return None

    def _same_parents(self, node: Node) -> bool:
        """Whether what the node names is called alike on the side before.

        A name that SQL holds without ref may be another node's by now.
        """
        was = self._former._nodes.get(node.unique_id) if self._former else None
        if self._former is None or was is None:
            return False
        if self._former._reading.direct(was) != self._reading.direct(node):
            return False
        pairs = [(self._former._nodes.get(name), self._nodes.get(name)) for name in node.parents]
        return all(
            was and now and was.materialized == now.materialized and same_relation(was, now)
            for was, now in pairs
        )

    def _render_anew(
        self, node: Node, relation_of: RelationOf, incremental: bool
    ) -> tuple[Answers, Text]:
        rendered = self._asked(node, relation_of, incremental)
        answers = {name: _known(relation_of, name) for name in rendered.asked}
        if not rendered.unknown:
            return answers, Text(self._of(node, rendered), asks=rendered.asked)
        words = [node.raw_code, *self.calls.texts(node)]
        lacking: dict[str, None] = {}

        def all_possible(name: str) -> tuple[Column, ...]:
            known = _known(relation_of, name)
            if known is None:
                lacking[name] = None
                return probe_columns(relation_of(name), words, self._dialect)
            return known

        def none_possible(name: str) -> tuple[Column, ...]:
            known = _known(relation_of, name)
            return made_up(self._dialect) if known is None else known

        rich, sparse = (
            self._of(node, self._renderer.render(node, answer, incremental=incremental))
            for answer in (all_possible, none_possible)
        )
        return answers, Text(rich, sparse, tuple(lacking), rendered.asked)

    def _asked(self, node: Node, relation_of: RelationOf, incremental: bool) -> Rendered:
        """The node, rendered with what is known; without SQL where that is too little."""
        try:
            begun = None if incremental else self._renderer.begun(node)
            known = partial(_known, relation_of)
            return begun or self._renderer.render(node, known, incremental=incremental)
        except NotRendered as refused:
            # As dbt_utils.union_relations does of relations that have no columns.
            if refused.kind != "jinja" or not refused.unknown:
                raise
            return Rendered("", refused.asked, refused.unknown)


def _known(relation_of: RelationOf, name: str) -> tuple[Column, ...] | None:
    relation = relation_of(name)
    return relation.columns if relation and relation.complete else None


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts_in([*value, *value.values()])
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)
