"""What a manifest names is read inside the project, as a regular file, up to a size."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli.states import write
from click.testing import CliRunner
from lineage_manifests import manifest, node

from breaking_changes import cli
from breaking_changes.artifacts import Node, files
from breaking_changes.artifacts.files import read_regular, repository_around, write_lines
from breaking_changes.artifacts.seed_file import MAX_SEED, read_seed
from breaking_changes.render import FORMATS

SECRET = "TOKEN_hunter2"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pipes, devices and links")


@pytest.fixture(autouse=True)
def within_seconds() -> Iterator[None]:
    """A file that never ends must not stop the tests either."""
    signal.alarm(20)
    yield
    signal.alarm(0)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a repository, with a secret beside it and one in the repository."""
    root = tmp_path / "repository" / "shop"
    (root / "seeds").mkdir(parents=True)
    (root / "dbt_project.yml").write_text("name: shop")
    for place in (tmp_path / "secret.csv", tmp_path / "netrc", root.parent / "beside.csv"):
        place.write_text(f"{SECRET}\n1\n")
    (root.parent / ".git").mkdir()
    (root.parent / ".git" / "config").write_text(f"{SECRET}\n1\n")
    (root / ".env").write_text(f"{SECRET}\n1\n")
    return root


def _link(to: str) -> Callable[[Path], str]:
    def make(project: Path) -> str:
        (project / "seeds" / "x.csv").symlink_to(to)
        return "seeds/x.csv"

    return make


def _named(path: str) -> Callable[[Path], str]:
    return lambda project: path.replace("ROOT", str(project.parents[1]))


def _pipe(project: Path) -> str:
    os.mkfifo(project / "seeds" / "x.csv")
    return "seeds/x.csv"


def _folder(project: Path) -> str:
    (project / "seeds" / "x.csv").mkdir()
    return "seeds/x.csv"


def _large(project: Path) -> str:
    with (project / "seeds" / "x.csv").open("wb") as file:
        file.write(f"{SECRET}\n".encode())
        file.truncate(MAX_SEED + 1)
    return "seeds/x.csv"


def _linked_folder(project: Path) -> str:
    (project / "seeds" / "more").symlink_to("../../..")
    return "seeds/more/secret.csv"


def _linked_package(project: Path) -> str:
    (project / "dbt_packages").mkdir()
    (project / "dbt_packages" / "shop").symlink_to(project.parents[1])
    return "secret.csv"


HOSTILE: dict[str, Callable[[Path], str]] = {
    "above": _named("../../secret.csv"),
    "above, another ending": _named("../../netrc"),
    "beside the project": _named("../beside.csv"),
    "absolute": _named("ROOT/secret.csv"),
    "Windows' separators": _named("..\\..\\secret.csv"),
    "a null byte": _named("seeds/\0.csv"),
    "a path of a megabyte": _named("a/" * 500_000),
    "no CSV file of the project": _named(".env"),
    "the environment of the process": _named("/proc/self/environ"),
    "an endless device": _named("/dev/zero"),
    "the terminal": _named("/dev/tty"),
    "a link to an endless device": _link("/dev/zero"),
    "a link to the environment": _link("/proc/self/environ"),
    "a link out of the project": _link("../../../secret.csv"),
    "a link within the repository": _link("../../.git/config"),
    "a link to another kind of file": _link("../.env"),
    "a link to itself": _link("x.csv"),
    "a link to nothing": _link("missing.csv"),
    "a linked folder": _linked_folder,
    "a linked package": _linked_package,
    "a pipe": _pipe,
    "a folder": _folder,
    "a large file": _large,
}


def _seed(path: str, project: Path) -> Node:
    raw = node(
        "seed.shop.x",
        original_file_path=path,
        # Of a large file dbt takes no checksum: nothing but the place decides.
        checksum={"name": "path", "checksum": path},
        root_path=str(project.parents[1]),
    )
    return Node("seed.shop.x", raw)


@pytest.mark.parametrize("case", HOSTILE)
def test_a_seed_is_not_read_elsewhere(case: str, project: Path) -> None:
    path = HOSTILE[case](project)
    assert read_seed(_seed(path, project), project, project) is None


@pytest.mark.parametrize("package", ["..", "../..", ".", "", "/", "\0"])
def test_a_package_is_a_folder_of_dbt_packages(package: str, project: Path) -> None:
    (project / "dbt_packages").mkdir()
    seed = Node("seed.shop.x", {**_seed("beside.csv", project).raw, "package_name": package})
    assert read_seed(seed, project) is None


def test_the_seed_of_a_package_linked_by_dbt_deps_is_read(project: Path) -> None:
    package = project.parent / "shared"
    package.mkdir()
    (package / "dbt_project.yml").write_text("name: shared")
    (package / "x.csv").write_text("id\n1\n")
    (project / "dbt_packages").mkdir()
    (project / "dbt_packages" / "shop").symlink_to("../../shared")
    found = read_seed(_seed("x.csv", project), project)
    assert found is not None and found.columns == (("id", ("1",)),)


def test_elsewhere_only_a_file_with_the_checksum_counts(project: Path) -> None:
    (project / "seeds" / "x.csv").write_text("id\n1\n")
    without = _seed("seeds/x.csv", project)
    assert read_seed(without, None, project) is None
    digest = hashlib.sha256(b"id\n1").hexdigest()
    checked = {**without.raw, "checksum": {"name": "sha256", "checksum": digest}}
    found = read_seed(Node("seed.shop.x", checked), None, project)
    assert found is not None and found.columns == (("id", ("1",)),)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a\n" + "x" * 200_000, ","), ("a\0b\n1", ","), ("a\n1", "\n"), ("a\n1", '"'), ("", ",")],
)
def test_a_file_that_is_no_csv_does_no_harm(text: str, delimiter: str, project: Path) -> None:
    (project / "seeds" / "x.csv").write_text(text)
    seed = _seed("seeds/x.csv", project)
    read_seed(Node("seed.shop.x", {**seed.raw, "config": {"delimiter": delimiter}}), project)


@pytest.mark.parametrize("case", HOSTILE)
def test_no_output_shows_the_secret(
    case: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setenv("SECRET_OF_THE_JOB", SECRET)
    consumer = node("model.shop.m", 'select * from "dev"."main"."x"', ("seed.shop.x",))
    ours = dict(_seed(HOSTILE[case](project), project).raw)
    theirs = {**ours, "original_file_path": "seeds/gone.csv", "columns": {"id": {"name": "id"}}}
    write(project / "target", manifest(ours, consumer))
    base = write(tmp_path / "base", manifest(theirs, consumer))
    reports = [f"{format_}:{tmp_path / format_}" for format_ in FORMATS]
    outputs = [argument for report in reports for argument in ("-o", report)]
    result = CliRunner().invoke(
        cli.main, ["check", "--base", str(base), "--level", "strict", *outputs]
    )
    written = CliRunner().invoke(cli.main, ["lineage"])
    assert result.exit_code in (0, 1) and written.exit_code == 0, result.output + written.output
    texts = [result.output, (project / "target" / "column_lineage.json").read_text()]
    texts += [(tmp_path / format_).read_text() for format_ in FORMATS]
    assert [text for text in texts if SECRET in text] == []


ARTIFACTS: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a folder": Path.mkdir,
    "a large file": lambda path: _grow(path),
}


def _grow(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(files.MAX_ARTIFACT + 1)


@pytest.mark.parametrize("name", ["manifest.json", "catalog.json"])
@pytest.mark.parametrize("case", ARTIFACTS)
def test_an_artifact_that_is_no_file_is_refused_in_one_line(
    case: str, name: str, tmp_path: Path
) -> None:
    write(tmp_path / "target", manifest())
    place = tmp_path / "target" / name
    place.unlink(missing_ok=True)
    ARTIFACTS[case](place)
    result = CliRunner().invoke(cli.main, ["lineage", "--target-dir", str(tmp_path / "target")])
    assert result.exit_code == 2
    assert result.output.startswith(f"Error: {place} cannot be read: it is ")
    assert result.output.count("\n") == 1


@pytest.mark.parametrize(
    "paths", [["/"], ["../.."], "models", 7, [None, 1], ["models", "\0"], {"a": 1}]
)
def test_model_paths_lead_nowhere_else(paths: object, project: Path) -> None:
    from breaking_changes.project import Project

    (project / "models").mkdir()
    (project / "models" / "dangling.sql").symlink_to("nowhere")
    written = write(project / "target", manifest()) / "manifest.json"
    os.utime(written, (2**33, 2**33))
    assert Project(project, {"model-paths": paths}).changed_after(written) is None


def test_a_link_in_the_place_of_a_report_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("kept")
    (tmp_path / "report.md").symlink_to("profile")
    write_lines(tmp_path / "report.md", ["new"])
    assert (tmp_path / "profile").read_text() == "kept"
    assert (tmp_path / "report.md").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["profile", "report.md"]


def test_half_a_character_is_written_as_json_writes_it(tmp_path: Path) -> None:
    write_lines(tmp_path / "x", ['"a\ud800"'])
    assert (tmp_path / "x").read_text() == '"a\\ud800"'


def test_a_file_that_grows_is_counted_as_it_is_read() -> None:
    with pytest.raises(OSError, match="larger than 10 bytes"):
        read_regular(Path("/proc/self/status"), 10)


def test_a_repository_is_found_above(project: Path, tmp_path: Path) -> None:
    assert repository_around(project / "seeds") == project.parent.resolve()
