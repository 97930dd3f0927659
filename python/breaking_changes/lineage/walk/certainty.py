"""The facts of texts that depend on columns or rows that nobody knows, as far as they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from breaking_changes.binder import Analysis
from breaking_changes.lineage.nodes.probing import certain, whatever_rows
from breaking_changes.lineage.nodes.relation_names import NormalisedSql
from breaking_changes.lineage.running.analyses import Analyses
from breaking_changes.lineage.running.tasks import Task
from breaking_changes.lineage.walk.texts import Rows, Text


def analysed_texts(
    texts: Mapping[str, Text],
    task: Callable[[str, NormalisedSql], Task],
    analyses: Analyses,
    lacking: Callable[[Iterable[str]], str],
    count: Callable[[int], None],
) -> dict[str, Analysis]:
    """The facts of each text.

    Args:
        texts: The texts, by their nodes' unique_ids.
        task: What analyses a node's SQL.
        analyses: What was analysed so far.
        lacking: Says that the columns of relations are not known, as a sentence.
        count: Told how many are finished, as they are.
    """

    def run(statements: Mapping[str, NormalisedSql]) -> dict[str, Analysis]:
        tasks = {name: task(name, sql) for name, sql in statements.items()}
        return analyses.run(tasks, lambda number: None)

    found = analyses.run({name: task(name, text.sql) for name, text in texts.items()}, count)
    sparse = run({name: text.sparse for name, text in texts.items() if text.sparse})
    for name, other in sparse.items():
        unknown = texts[name].lacking
        found[name] = certain(found[name], other, unknown, lacking(unknown))
    asking: dict[str, Rows] = {name: text.rows for name, text in texts.items() if text.rows}
    full = run({name: rows.full[0] for name, rows in asking.items()})
    unread = {name for name, analysis in full.items() if analysis.blind}
    full |= run({name: asking[name].full[-1] for name in unread})
    without = run({name: rows.sparse for name, rows in asking.items()})
    for name, rows in asking.items():
        found[name] = whatever_rows(
            found[name] if rows.is_sample else full[name],
            full[name],
            without[name],
            rows.reason,
            is_sample=rows.is_sample,
        )
    for number in range(max((len(rows.others) for rows in asking.values()), default=0)):
        others = {n: rows.others[number] for n, rows in asking.items() if rows.others[number:]}
        for name, other in run(others).items():
            known = found[name]
            found[name] = whatever_rows(known, known, other, asking[name].reason, is_sample=False)
    return found
