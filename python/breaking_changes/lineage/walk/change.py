"""The two lineage files of a change, for the nodes that the change can reach and no others.

Facts are compared here only to know where to stop; what differs is judged by the macros.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from breaking_changes.artifacts import Node, Target
from breaking_changes.lineage.nodes import unit_tests
from breaking_changes.lineage.nodes.kinds import ROOTS, SEMANTIC
from breaking_changes.lineage.nodes.relation_names import same_but_for_names, same_relation
from breaking_changes.lineage.nodes.version_pointers import pointer_name
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.cache import Cache
from breaking_changes.lineage.running.workers import Workers
from breaking_changes.lineage.walk.document import document
from breaking_changes.lineage.walk.facts import Facts
from breaking_changes.lineage.walk.ordering import levels
from breaking_changes.lineage.walk.side import Progress, Side
from breaking_changes.macro_lists import promised_keys

#: What an entry says of the run of dbt that wrote it, and not of the node.
_OF_A_RUN = dict.fromkeys(("created_at", "build_path", "compiled_path"))

#: What a node declares that its consumers rely on, whatever its SQL says.
_DECLARED = ("columns", "arguments", "returns")


def lineage_for_change(
    prior: Target,
    current: Target,
    cache: Cache,
    workers: Workers,
    variables: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The lineage files of the prior and the current side, cut down to what the change reaches.

    The arguments are those of `sides_of_change`.

    Raises:
        UserError: The SQL of one side's adapter is not known.
    """
    return change_documents(*sides_of_change(prior, current, cache, workers, variables, progress))


def sides_of_change(
    prior: Target,
    current: Target,
    cache: Cache,
    workers: Workers,
    variables: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> tuple[Side, Side]:
    """The prior and the current side of a change, of which nothing is found yet.

    Args:
        prior: The artifacts of one side.
        current: Those of the other.
        cache: Keeps analyses.
        workers: Run them.
        variables: What `--vars` sets on the command line.
        progress: Told (done, all) nodes as they are finished.

    Raises:
        UserError: The SQL of one side's adapter is not known.
    """
    analyses = Analyses(cache, workers)
    folder = prior.project_dir or current.project_dir
    before = Side(prior, analyses, variables, settings_from=folder)
    folder = current.project_dir or prior.project_dir
    after = Side(current, analyses, variables, before, progress, settings_from=folder)
    return before, after


def change_documents(before: Side, after: Side) -> tuple[dict[str, Any], dict[str, Any]]:
    """The lineage files of two sides, `after` being made with `before`."""
    reached = Reach(before, after).nodes()
    return (
        document(before, reached & before.nodes.keys()),
        document(after, reached & after.nodes.keys()),
    )


class Reach:
    """Follows a change from the nodes that differ to the consumers that can notice.

    Only nodes whose manifest entry differs, and those that read one, are looked at: in a large
    project that a small change leaves alone, the others cost one comparison each.
    """

    def __init__(self, before: Side, after: Side) -> None:
        self._before = before
        self._after = after
        #: Nodes whose consumers may notice, with the columns whose value or type differs.
        self._touched: dict[str, frozenset[str]] = {}
        #: Nodes that differ or read a touched one.
        self._noticed: set[str] = set()
        self._reachable: set[str] = set()
        for side in (before, after):
            side.knowledge.is_untouched = self._is_untouched

    def nodes(self) -> set[str]:
        """Every node that differs or reads something that does, on either side."""
        before, after = self._before.nodes, self._after.nodes
        rewritten = self._rewritten()
        guarded = self._lost_guarantees(rewritten)
        differing = {name for name in self._suspects(rewritten) if self._is_another(name)}
        reached = set(before.keys() - after.keys())
        self._reachable = reachable = self._after.reading.with_consumers(differing | guarded)
        # Sorted, so that a circle is cut at the same place in every run.
        ordered = sorted(reachable)
        for group in levels(
            ordered, self._after.reading.parent_ids, lambda name: name not in reachable
        ):
            noticing = {name for name in group if name in differing or self._reads_touched(name)}
            reached |= noticing
            self._noticed |= noticing
            kept = sorted(noticing & before.keys())
            self._share(kept)
            # While one side's nodes are analysed, the other's are rendered.
            self._before.find(kept, meanwhile=partial(self._after.begin, kept))
            self._after.find(kept)
            for name in kept:
                self._touch(name)
            for name in guarded.intersection(group):
                self._touched.setdefault(name, frozenset())
        # What reads itself through a name in SQL has no order: a consumer may have come too early.
        early = {name for name in reachable - reached if self._reads_touched(name)}
        return reached | self._after.reading.with_consumers(early) | self._unclear_consumers()

    def _is_untouched(self, unique_id: str) -> bool:
        """Whether a node is the same on both sides, and so is all that flows into it.

        What names relations without ref may read itself, and is not told by its parents.
        """
        if unique_id in self._noticed or unique_id not in self._before.nodes:
            return False
        nodes = self._after.nodes
        return not (
            unique_id in self._reachable and self._after.reading.direct(nodes[unique_id]).nodes
        )

    def _share(self, unique_ids: list[str]) -> None:
        """Gives both sides the same facts of what the nodes read and the change does not touch.

        One side may know more of it, by its catalog.json or by SQL that only its dbt compiled.
        """

        def is_done(name: str) -> bool:
            return not self._is_untouched(name) or self._after.knows(name)

        parents = (name for one in unique_ids for name in self._after.reading.parent_ids(one))
        for group in levels(parents, self._after.reading.parent_ids, is_done):
            self._before.find(group)
            for name in group:
                self._after.adopt(self._before.facts(name))
            unknown = [name for name in group if not _is_known(self._before.facts(name))]
            for name, facts in self._after.find_anew(unknown).items():
                if facts.complete:
                    self._before.adopt(facts)
                else:
                    self._after.adopt(self._before.facts(name))

    def _rewritten(self) -> set[str]:
        """The nodes whose entry in the manifest is not the same on both sides, or on one only."""
        before, after = self._before.nodes, self._after.nodes
        shared = before.keys() & after.keys()
        return (before.keys() ^ after.keys()) | {
            name for name in shared if not _same_entry(before[name].raw, after[name].raw)
        }

    def _suspects(self, rewritten: set[str]) -> set[str]:
        """The current nodes that may be others than before, whatever flows into them.

        Columns of seeds and sources come from other files than the manifest, and SQL that stayed
        may name a relation that is now another node's.
        """
        after = self._after.nodes
        roots = {name for name, node in after.items() if node.resource_type in ROOTS}
        called = self._after.texts.rendered_otherwise()
        return (
            (rewritten & after.keys()) | roots | called | self._after.reading.consumers(rewritten)
        )

    def _lost_guarantees(self, rewritten: set[str]) -> set[str]:
        """The nodes that a test guarded before and guards no longer, or otherwise."""
        before, after = self._before.nodes, self._after.nodes
        return {
            parent
            for name in rewritten & before.keys()
            if before[name].resource_type == "test"
            and (name not in after or before[name].config != after[name].config)
            for parent in before[name].parents
        }

    def _names_another(self, node: Node) -> bool:
        """Whether a relation that SQL names without ref is gone, called otherwise or another one.

        The name without a version is that of another model once there is a new latest version.
        """
        before, after = self._before.nodes, self._after.nodes
        named = self._after.reading.direct(node).nodes
        if any(
            name not in after or (name in before and not self._same_names(name)) for name in named
        ):
            return True
        new = [name for name in named if name not in before]
        was = before.get(node.unique_id)
        return was is not None and not set(new) <= set(self._before.reading.direct(was).nodes)

    def _same_names(self, name: str) -> bool:
        """Whether SQL finds the node by the same names on both sides."""
        was, now = (
            (side.nodes[name], pointer_name(side.nodes[name].raw, by_default=side.points_to_latest))
            for side in (self._before, self._after)
        )
        return same_relation(was[0], now[0]) and was[1] == now[1]

    def _unclear_consumers(self) -> set[str]:
        """The nodes that name what may be the relation of a node that is gone or touched.

        They are no consumers as far as the order goes: the name may mean something else.
        """
        noticed = self._touched.keys() | (self._before.nodes.keys() - self._after.nodes.keys())
        if not noticed:
            return set()
        return {
            unique_id
            for unique_id in self._after.reading.mentioning(noticed)
            if not noticed.isdisjoint(
                self._after.reading.direct(self._after.nodes[unique_id]).unclear
            )
        }

    def _reads_touched(self, name: str) -> bool:
        return any(parent in self._touched for parent in self._after.reading.parent_ids(name))

    def _touch(self, unique_id: str) -> None:
        """Notes whether the node's consumers may notice, and by which columns."""
        before, after = self._before.facts(unique_id), self._after.facts(unique_id)
        changed = _changed(before, after)
        declared_otherwise = any(
            before.node.raw.get(key) != after.node.raw.get(key) for key in _DECLARED
        )
        otherwise = declared_otherwise or before.promise != after.promise
        if self._after.is_broken(unique_id) and after.node.resource_type not in SEMANTIC:
            # It is not built, and its consumers bind against what it was: nothing flows on.
            if changed or otherwise:
                self._touched[unique_id] = frozenset()
            return
        touched = changed | self._flowing(before) | self._flowing(after)
        if touched or otherwise:
            self._touched[unique_id] = touched

    def _flowing(self, facts: Facts) -> frozenset[str]:
        """Columns computed from a touched column of a parent."""
        return frozenset(
            column.name.lower()
            for column in facts.columns
            for parent, source in column.sources
            if source.lower() in self._touched.get(parent, ())
        )

    def _is_another(self, name: str) -> bool:
        """Whether the node itself is new or another one, whatever its parents are."""
        was, node = self._before.nodes.get(name), self._after.nodes[name]
        if was is None or _says(was) != _says(node):
            return True
        if node.resource_type in SEMANTIC:
            return not _same_entry(was.raw, node.raw)
        if node.resource_type in ROOTS:
            return self._before.facts(name).promise != self._after.facts(name).promise
        if node.resource_type == "unit_test":
            old, new = self._before.nodes, self._after.nodes
            return unit_tests.named(was, old) != unit_tests.named(node, new)
        return (
            set(was.parents) != set(node.parents)
            or not self._same_sql(was, node)
            or self._names_another(node)
        )

    def _same_sql(self, was: Node, node: Node) -> bool:
        """Whether both sides have the same SQL, but for what flows into it."""
        texts = self._after.texts
        compiled = was.compiled_code is not None and node.compiled_code is not None
        if not compiled or not texts.is_fixed(node):
            return texts.same_code(node)
        if was.parents == node.parents:
            pairs = [
                (self._before.nodes.get(name), self._after.nodes.get(name))
                for name in (*node.parents, node.unique_id)
            ]
            if same_but_for_names(was, node, pairs):
                return True
        old = self._before.texts.normalised(was, was.compiled_code or "")
        new = texts.normalised(node, node.compiled_code or "")
        return old.sql == new.sql


def _is_known(facts: Facts) -> bool:
    return facts.complete and facts.blind is None


def _same_entry(was: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    return was == entry or {**was, **_OF_A_RUN} == {**entry, **_OF_A_RUN}


def _changed(before: Facts, after: Facts) -> frozenset[str]:
    """Columns that one side lacks, or whose type or meaning is another."""
    old = {column.name: (column.type, column.identity) for column in before.columns}
    new = {column.name: (column.type, column.identity) for column in after.columns}
    return frozenset(
        name.lower() for name in old.keys() | new.keys() if old.get(name) != new.get(name)
    )


def _says(node: Node) -> list[Any]:
    return [node.raw.get(key) for key in promised_keys()]
