"""Reads the tables of templates in `fixtures/*.sql`, whose expectations dbt itself confirms.

A file holds one block per case:

    -- a title that says what the case shows
    -- package: helpers            the package whose node it is, else the root project's
    -- world: incremental          its table exists already, with the columns id and name
    -- dbt: fails                  dbt cannot compile it either
    {{ ref('users') }}
    --> "fixtures"."main"."users"

Lines after the template are the complete outcome: `-->` each line of the SQL, `--= dbt` when it is
whatever dbt gives, `--!` the kind and the reason why it is not rendered, and `--?` the nodes whose
columns were asked for. The project around them is in `project/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
FIXTURES = FOLDER / "fixtures"
PROJECT = FOLDER / "project"
ROOT_PACKAGE = "fixtures"


@dataclass(frozen=True)
class Case:
    """One template and its outcome."""

    file: str
    place: int
    title: str
    options: dict[str, str]
    template: str
    sql: str | None
    refused: str | None
    asked: tuple[str, ...]
    as_dbt: bool

    @property
    def id(self) -> str:
        return f"{self.file}: {self.title}"

    @property
    def name(self) -> str:
        return f"{self.file}__{self.place}"

    @property
    def package(self) -> str:
        return self.options.get("package", ROOT_PACKAGE)

    @property
    def unique_id(self) -> str:
        return f"model.{self.package}.{self.name}"

    @property
    def incremental(self) -> bool:
        return self.options.get("world") == "incremental"

    @property
    def dbt_fails(self) -> bool:
        return self.options.get("dbt") == "fails"

    @property
    def path(self) -> Path:
        """Where the case's model goes in the project."""
        root = Path("models") if self.package == ROOT_PACKAGE else Path("dbt_packages", "helpers")
        folder = root if self.package == ROOT_PACKAGE else root / "models"
        return folder / "cases" / f"{self.name}.sql"


def cases() -> list[Case]:
    """Every case of every file."""
    return [
        _case(file.stem, place, block)
        for file in sorted(FIXTURES.glob("*.sql"))
        for place, block in enumerate(file.read_text(encoding="utf-8").strip().split("\n\n"))
    ]


def _case(file: str, place: int, block: str) -> Case:
    title, *lines = block.splitlines()
    options: dict[str, str] = {}
    template: list[str] = []
    outcome: list[tuple[str, str]] = []
    for line in lines:
        key, colon, value = line.removeprefix("-- ").partition(": ")
        if line[:3] in ("-->", "--=", "--!", "--?"):
            outcome.append((line[:3], line[3:].removeprefix(" ")))
        elif line.startswith("-- ") and colon and not template:
            options[key] = value
        else:
            template.append(line)

    def said(mark: str) -> list[str]:
        return [text for found, text in outcome if found == mark]

    assert outcome, f"{file}: {title} has no outcome"
    return Case(
        file=file,
        place=place,
        title=title.removeprefix("-- "),
        options=options,
        template="\n".join(template),
        sql="\n".join(said("-->")) if said("-->") else None,
        refused=said("--!")[0] if said("--!") else None,
        asked=tuple(name for line in said("--?") for name in line.split()),
        as_dbt=bool(said("--=")),
    )


def without_blank_lines(sql: str) -> str:
    """The text without what a consumer of a table need not see."""
    return "\n".join(line.strip() for line in sql.splitlines() if line.strip())
