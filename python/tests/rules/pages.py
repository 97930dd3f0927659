"""Writes all that follows from the catalogue of rules: `PYTHONPATH=.:tests python -m rules.pages`.

That is docs/rules/, README's table, the rules that the report's schema names and the golden matrix.
Everything but the examples (docs/rules/examples.yml) comes from the macros.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from rules import cases, matrix

REPOSITORY = Path(__file__).parents[3]
PAGES = REPOSITORY / "docs" / "rules"
README = REPOSITORY / "README.md"
KEYS = REPOSITORY / "docs" / "manifest.yml"
MANIFEST = REPOSITORY / "docs" / "manifest.md"
CONTRACTS = REPOSITORY / "docs" / "contracts.yml"
CONTRACT_PAGE = REPOSITORY / "docs" / "contracts.md"
SCHEMA = REPOSITORY / "docs" / "report.schema.json"
MARKERS = ("<!-- rules -->\n", "<!-- /rules -->")
LEVELS = ("relation", "query", "typed", "strict", "always")

Rule = Mapping[str, Any]


def write() -> None:
    """Writes every page, the table, the schema and the golden matrix."""
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
    matrix.write()


def files() -> dict[Path, str]:
    """Every generated file with the text it must have."""
    catalogue = cases.host().call("_catalogue")
    examples = yaml.safe_load((PAGES / "examples.yml").read_text(encoding="utf-8"))
    made = {
        PAGES / f"{id_}.md": _page(rule, examples[id_])
        for id_, rule in catalogue.items()
        if id_ in examples
    }
    made[PAGES / "README.md"] = _index(catalogue)
    head, rest = README.read_text(encoding="utf-8").split(MARKERS[0])
    _, tail = rest.split(MARKERS[1])
    made[MANIFEST] = _manifest(manifest_keys())
    made[CONTRACT_PAGE] = _contracts(
        yaml.safe_load(CONTRACTS.read_text(encoding="utf-8")), catalogue
    )
    made[SCHEMA] = _schema(SCHEMA.read_text(encoding="utf-8"), catalogue)
    made[README] = head + MARKERS[0] + _table(catalogue, "docs/rules/") + MARKERS[1] + tail
    return made


def _table(catalogue: Mapping[str, Rule], folder: str) -> str:
    lines = ["| rule | what it finds | level | severity |", "|---|---|---|---|"]
    for level in LEVELS:
        lines += [
            f"| [{id_}]({folder}{id_}.md) | {rule['title']} | {level} | {rule['severity']} |"
            for id_, rule in catalogue.items()
            if rule["level"] == level
        ]
    return "\n".join(lines) + "\n"


def manifest_keys() -> dict[str, dict[str, dict[str, str]]]:
    """What is made of each key of an entry and of its config.

    docs/manifest.yml says so, but for the keys of promises that have a rule of their own.
    """
    keys: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(KEYS.read_text(encoding="utf-8"))
    for promise in cases.host().call("_promises").values():
        for path in promise["from"] if "rule" in promise else ():
            *folder, key = path.split(".")
            part = keys["config" if folder else "entries"]
            if key not in part["compared"]:
                for listed in part.values():
                    listed.pop(key, None)
                part["compared"][key] = promise["rule"]
    return keys


def _manifest(keys: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    sections = cases.host().call("_manifest_sections")
    parts = [
        "# What is made of a manifest",
        "Everything that `manifest.json` of dbt 1.8 to 2 holds, and what is made of it. What is\n"
        "not listed, as a section of a later dbt, is named in coverage as not compared.",
        "## Sections\n\n" + _rows(("section", "what is made of it"), sections.items()),
    ]
    titles = {"entries": "Keys of an entry", "config": "Keys of its config"}
    for part, title in titles.items():
        rows = [
            (key, f"{how}: {what}")
            for how, listed in keys[part].items()
            for key, what in listed.items()
        ]
        parts.append(f"## {title}\n\n" + _rows(("key", "what is made of it"), rows))
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _contracts(table: Mapping[str, Any], catalogue: Mapping[str, Rule]) -> str:
    lines = [
        "# Contracts: what dbt says, and what is said here",
        "",
        "dbt compares enforced contracts itself, for `--select state:modified`: a breaking change",
        "of a versioned model is an error there, of any other model a warning. It compares types",
        "as texts, so that a synonym is a change to it; from 1.11 on a length is none.",
        "",
        "| change | dbt 1.10 | dbt 1.11 | dbt 1.12 | rules here, and their level |",
        "|---|---|---|---|---|",
    ]
    for change, row in table.items():
        said = " | ".join(", versioned: ".join(answers) for answers in row["dbt"].values())
        rules = ", ".join(
            f"[{id_}](rules/{id_}.md) ({catalogue[id_]['level']})" for id_ in row["rules"]
        )
        lines.append(f"| {change} | {said} | {rules or 'none'} |")
    return "\n".join(lines) + "\n"


def _rows(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"| {head[0]} | {head[1]} |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{key}` | {text} |" for key, text in rows)])


def _schema(text: str, catalogue: Mapping[str, Rule]) -> str:
    """The schema's text with the rules of the catalogue in the enumeration of rules."""
    names = ",\n".join(f'        "{id_}"' for id_ in catalogue)
    return re.sub(
        r'("rule": {\n      "enum": \[\n)[^\]]*?(\n      \])', rf"\1{names}\2", text, count=1
    )


def _index(catalogue: Mapping[str, Rule]) -> str:
    return (
        "# Rules\n\n"
        "Levels are nested: `relation`, `query` (the default), `typed`, `strict`. Each has the\n"
        "rules of those before it. Rules of `always` hold at every level.\n\n"
        + _table(catalogue, "")
        + "\n## What decides a severity\n\n"
        + _audiences("error")
        + "\nA severity in `breaking_changes_severity` replaces the rule's own, and also the\n"
        "error for a consumer that breaks; it is still lowered for private and ephemeral models,\n"
        "and for what nobody reads. A consumer that takes columns by position, or reads another\n"
        "column under a name that it knew, counts as broken. A removal past the date that\n"
        "was announced for it is info, unless a consumer breaks.\n"
    )


def _audiences(severity: str) -> str:
    lines = ["| because | when | severity |", "|---|---|---|"]
    for name, audience in cases.host().call("_audiences").items():
        scaled = cases.host().call("_scaled", severity, name)
        lines.append(f"| {name} | {audience['who']} | {scaled} |")
    return (
        "The first row that holds counts; a promise is judged on the state before the change.\n\n"
        + "\n".join(lines)
        + "\n"
    )


def _page(rule: Rule, example: Mapping[str, Any]) -> str:
    finding = {"kind": "models", "node": "users", "column": None, **example["finding"]}
    message = cases.host().call("_message", finding, rule["message"], finding["node"])
    ((language, (before, after)),) = ((key, example[key]) for key in example if key != "finding")
    applies = "at every level" if rule["level"] == "always" else f"from level `{rule['level']}` on"
    parts = [
        f"# {rule['title']}",
        f"`{rule['id']}` is {_article(rule['severity'])} by default, {applies}.",
        f"## Before\n\n{_block(language, before)}",
        f"## After\n\n{_block(language, after)}",
        f"## What is reported\n\n```text\n{rule['id']}: {message}\n```",
        f"## Why it matters\n\n{rule['why']}",
        f"## How to fix it\n\n{rule['fix']}",
        f"## How to acknowledge it\n\n{_acknowledge(rule, finding)}",
        f"## Severity\n\n{_severity(rule)}",
    ]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _article(severity: str) -> str:
    return {"error": "an error", "warn": "a warning", "info": "for information"}[severity]


def _block(language: str, text: str | None) -> str:
    return f"```{language}\n{text.rstrip()}\n```" if text else "Nothing: it is not there."


def _acknowledge(rule: Rule, finding: Mapping[str, Any]) -> str:
    if rule["level"] == "always":
        return "Not at all: correct or remove the acknowledgement that it is about."
    reason = 'reason: "who agreed, and why"'
    if rule["effect"] == "relation_gone" or rule["id"] == "exposure_removed":
        entry = f"{{node: {finding['node']}, rule: {rule['id']}, {reason}}}"
        text = f"vars:\n  breaking_changes_removed:\n    - {entry}"
        lead = "What is gone has no YAML of its own, so in `dbt_project.yml`:"
        return f"{lead}\n\n{_block('yaml', text)}"
    column = f"column: {finding['column']}, " if finding["column"] else ""
    name, _, version = finding["node"].partition(".v")
    lines = [f"{finding['kind']}:", f"  - name: {name}"]
    indent = "    "
    if version:
        lines += ["    versions:", f"      - v: {version}"]
        indent = "        "
    lines += [f"{indent}config:", f"{indent}  meta:", f"{indent}    breaking_changes_ack:"]
    lines.append(f"{indent}      - {{rule: {rule['id']}, {column}{reason}}}")
    text = "\n".join(lines)
    return f"In the YAML of the node; `expires: 2026-12-31` may be added:\n\n{_block('yaml', text)}"


def _severity(rule: Rule) -> str:
    change = f"vars:\n  breaking_changes_severity: {{{rule['id']}: warn}}"
    other = (
        f"Another one (error, warn, info, off), in `dbt_project.yml`:\n\n{_block('yaml', change)}"
    )
    return other if rule["level"] == "always" else f"{_audiences(rule['severity'])}\n{other}"


if __name__ == "__main__":
    write()
