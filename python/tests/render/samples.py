"""Reports to render: a small real one, a hostile one, and one of any size."""

from __future__ import annotations

import hashlib
from typing import Any

from breaking_changes.macro_host import MacroHost


def fingerprint(*parts: str) -> str:
    return hashlib.md5("|".join(parts).encode()).hexdigest()[:12]


def impact(node: str, verdict: str, detail: str, **fields: Any) -> dict[str, Any]:
    name = node.split(".")[2]
    path = None if node.startswith("exposure.") else f"models/{name}.sql"
    default: dict[str, Any] = {
        "path": path,
        "line": 4 if verdict == "breaks" else None,
        "via": [],
        "distance": 1 + len(fields.get("via", [])),
        "also": [],
    }
    return {"node": node, "verdict": verdict, "detail": detail} | default | fields


def change(rule: str, node: str, column: str | None, **fields: Any) -> dict[str, Any]:
    name = node.split(".")[2]
    what = f"{name}.{column}" if column else name
    default: dict[str, Any] = {
        "severity": "error",
        "severity_reason": "mart_users breaks",
        "resource_type": node.split(".")[0],
        "before": None,
        "after": None,
        "evidence": "inferred",
        "audience": "protected",
        "path": f"models/{name}.sql",
        "line": 1,
        "message": f"{rule} on {what}",
        "fix": "Bring it back, or acknowledge the change.",
        "fingerprint": fingerprint(rule, node, column or ""),
        "caused_by": None,
        "acknowledged": None,
        "impact": [],
        "elsewhere": 0,
        "unaffected": 0,
    }
    return {"rule": rule, "node": node, "column": column} | default | fields


def _headline(open_: list[str], changes: list[dict[str, Any]]) -> str:
    """As the macros would write it, without who breaks."""
    counts = [
        f"{open_.count(severity)} {word}" + ("" if open_.count(severity) == 1 else "s")
        for severity, word in (("error", "error"), ("warn", "warning"), ("info", "info"))
        if severity in open_
    ]
    if len(changes) > len(open_):
        counts.append(f"{len(changes) - len(open_)} acknowledged")
    return ", ".join(counts) or "nothing breaks"


def report(changes: list[dict[str, Any]], **coverage: Any) -> dict[str, Any]:
    open_ = [change["severity"] for change in changes if not change["acknowledged"]]
    default: dict[str, Any] = {
        "nodes": 24,
        "changed": 3,
        "compared": 3,
        "by_evidence": {"contract": 1, "inferred": 2},
        "not_compared": [],
        "needs_compile": [],
        "ignored": [],
    }
    return {
        "format_version": 1,
        "result": "fail" if "error" in open_ else "pass",
        "headline": _headline(open_, changes),
        "summary": {
            "errors": open_.count("error"),
            "warnings": open_.count("warn"),
            "infos": open_.count("info"),
            "acknowledged": len(changes) - len(open_),
            "undecided": {"changed": 0, "consumers": 0},
        },
        "coverage": default | coverage,
        "changes": changes,
    }


#: Runs the package's macros, as `check` does.
HOST = MacroHost()

STG, INT, MART = "model.shop.stg_users", "model.shop.int_users", "model.shop.mart_users"

SMALL = report(
    [
        change(
            "column_removed",
            STG,
            "phone",
            before="VARCHAR",
            message="stg_users.phone was removed",
            impact=[
                impact(MART, "breaks", "reads stg_users.phone in WHERE", line=4, via=[INT]),
                impact(INT, "changes", "select * carries the column"),
                impact(
                    "exposure.shop.crm_sync", "unknown", "depends on mart_users", via=[INT, MART]
                ),
                impact("model.shop.mart_calls", "adapted", "read phone in SELECT before"),
            ],
            unaffected=8,
        ),
        change(
            "column_removed",
            INT,
            "phone",
            before="VARCHAR",
            message="int_users.phone was removed",
            caused_by=fingerprint("column_removed", STG, "phone"),
            impact=[impact(MART, "breaks", "reads int_users.phone in WHERE", line=4)],
        ),
        change(
            "column_type_widened",
            "model.shop.stg_orders",
            "amount",
            severity="warn",
            before="DECIMAL(10,2)",
            after="DECIMAL(12,2)",
            message="stg_orders.amount is wider: DECIMAL(10,2) to DECIMAL(12,2)",
        ),
        change(
            "model_removed",
            "model.shop.old_users",
            None,
            message="old_users was removed",
            path=None,
            line=None,
            evidence=None,
            acknowledged={
                "reason": "Replaced by mart_users, agreed with CRM",
                "expires": "2027-01-31",
            },
        ),
    ],
    not_compared=[
        {
            "node": "model.shop.ml_score",
            "reason": "it is a Python model",
            "readers": ["model.shop.rpt_score"],
        }
    ],
    ignored=[
        {"entry": {"path": "models/sandbox"}, "changes": 2, "breaks": 0},
        {"entry": {"tag": "draft", "rule": "column_removed"}, "changes": 1, "breaks": 1},
    ],
)

EMPTY = report([], changed=0, compared=0, by_evidence={})

EVIL = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>`|\"'&@team #1"

HOSTILE = report(
    [
        change(
            "column_removed",
            f"model.shop.{EVIL}",
            EVIL,
            before=EVIL,
            path=f"models/{EVIL}.sql",
            message=f"{EVIL} was removed\n::error::forged\x00\x1b[31m",
            fix=EVIL,
            impact=[
                impact(f"model.shop.consumer {EVIL}", "breaks", EVIL, path=f"models/r{EVIL}.sql")
            ],
        ),
    ],
    not_compared=[{"node": EVIL, "reason": EVIL, "readers": [EVIL]}],
    ignored=[{"entry": {"node": EVIL}, "changes": 1, "breaks": 1}],
)


def big(findings: int, consumers: int = 5) -> dict[str, Any]:
    """A report with that many findings, each with consumers of every verdict."""
    verdicts = ["breaks", "changes", "unknown", "adapted"]
    rules = ["column_removed", "column_type_changed", "column_renamed", "column_added"]
    severities = ["error", "error", "warn", "info"]
    changes = []
    for number in range(findings):
        name = f"stg_{number // 10:04}"
        column = f"column_{number % 10}"
        changes.append(
            change(
                rules[number % 4],
                f"model.shop.{name}",
                column,
                severity=severities[number % 4],
                before="VARCHAR",
                message=f"{name}.{column} was changed",
                impact=[
                    impact(
                        f"model.shop.mart_{(number * 7 + consumer) % 400:04}",
                        verdicts[consumer % 4],
                        f"reads {name}.{column} in SELECT",
                        via=[f"model.shop.int_{(number + consumer) % 300:04}"],
                    )
                    for consumer in range(consumers)
                ],
                unaffected=11,
            )
        )
    return report(changes, nodes=1500, changed=200, compared=200)
