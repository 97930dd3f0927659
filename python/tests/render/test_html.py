"""The html report in a real browser: filters, graph, keyboard, phone, dark, hostile names, size."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from render import samples
from render.test_formats import MATERIAL

from breaking_changes.render import Material, render
from breaking_changes.render.html import MAX_DATA

SOURCES = {
    "models/mart_users.sql": "with users as (\n    select * from {{ ref('int_users') }}\n)\n"
    "select id, phone_kind from users where users.phone is not null and Phone <> ''\n",
    "models/int_users.sql": "select * from {{ ref('stg_users') }}\n",
    "models/stg_users.sql": "select id from {{ source('crm', 'users') }}\n",
}
FULL = dataclasses.replace(MATERIAL, sources=SOURCES, base="origin/main")

STG_PHONE = "stg_users.phone was removed"
INT_PHONE = "int_users.phone was removed"
AMOUNT = "stg_orders.amount is wider: DECIMAL(10,2) to DECIMAL(12,2)"
REMOVED = "old_users was removed"

Open = Callable[..., Page]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Renders a report, opens it and waits for its list; a script error or a request fails."""
    problems: list[str] = []
    contexts = []

    def open_(
        report: dict[str, Any], material: Material = FULL, unfolded: bool = True, **options: Any
    ) -> Page:
        file = tmp_path / "report.html"
        file.write_text(render("html", report, material), encoding="utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.on("console", lambda line: problems.append(f"{line.type}: {line.text}"))
        page.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith(file.as_uri()) else problems.append(request.url)
            ),
        )
        page.goto(file.as_uri())
        page.wait_for_selector("body[data-ready]")
        if unfolded:
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert problems == []


def listed(page: Page) -> list[str]:
    return page.locator("#findings .message").all_text_contents()


def finding(page: Page, message: str) -> Any:
    return page.locator("#findings h3").get_by_role("button", name=message)


def test_lists_every_finding(show: Open) -> None:
    page = show(samples.SMALL)
    assert page.title() == "shop: 2 errors, 1 warning, 1 acknowledged"
    assert page.get_by_role("heading", level=1).inner_text() == (
        "2 errors, 1 warning, 1 acknowledged"
    )
    assert page.locator(".coverage").inner_text() == (
        "fails 3 of 24 nodes changed, 3 compared (1 contract, 2 inferred), 1 not compared. "
        "3 changes ignored by breaking_changes_ignore, 1 with a proven break."
    )
    assert listed(page) == [STG_PHONE, INT_PHONE, AMOUNT, REMOVED]
    assert page.locator("#not-compared li").all_inner_texts() == [
        "ml_score it is a Python model; downstream nodes not checked: rpt_score"
    ]


@pytest.mark.parametrize(
    ("control", "value", "expected"),
    [
        ("Search", "stg_", [STG_PHONE, AMOUNT]),
        ("Search", "MART_USERS", [STG_PHONE, INT_PHONE]),
        ("Search", "no such thing", []),
        ("Rule", "column_type_widened", [AMOUNT]),
        ("Consumers", "breaks", [STG_PHONE, INT_PHONE]),
        ("Consumers", "adapted", [STG_PHONE]),
        ("Consumers", "none", [AMOUNT, REMOVED]),
        ("Owner", "Marts <marts@example.com>", [STG_PHONE, INT_PHONE]),
        ("errors", None, [AMOUNT, REMOVED]),
        ("warnings", None, [STG_PHONE, INT_PHONE, REMOVED]),
        ("acknowledged", None, [STG_PHONE, INT_PHONE, AMOUNT]),
    ],
)
def test_a_filter(show: Open, control: str, value: str | None, expected: list[str]) -> None:
    page = show(samples.SMALL)
    search = page.get_by_role("search")
    if value is None:
        search.get_by_role("checkbox", name=control).uncheck()
    elif control == "Search":
        search.get_by_role("searchbox", name=control).fill(value)
    else:
        search.get_by_role("combobox", name=control).select_option(value)
    assert listed(page) == expected
    expect(page.get_by_role("status")).to_have_text(f"{len(expected)} of 4 findings")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert listed(page) == expected, "the address keeps the filter"
    page.get_by_role("button", name="Show all").click()
    assert len(listed(page)) == 4


def test_filters_add_up(show: Open) -> None:
    page = show(samples.SMALL)
    page.get_by_role("searchbox").fill("users")
    page.get_by_role("checkbox", name="acknowledged").uncheck()
    page.get_by_role("combobox", name="Consumers").select_option("changes")
    assert listed(page) == [STG_PHONE]


def test_a_graph_node_opens_its_sql_with_the_reference_marked(show: Open) -> None:
    page = show(samples.SMALL)
    finding(page, STG_PHONE).click()
    boxes = page.locator("#findings .graph .box")
    assert [text.split("\n")[:3] for text in boxes.all_inner_texts()] == [
        ["stg_users", "column_removed", "phone"],
        ["int_users", "changes", "phone"],
        ["mart_calls", "adapted", "Show its SQL"],
        ["mart_users", "breaks", "WHERE"],
        ["exposure crm_sync", "unknown", "Show its SQL"],
    ]
    expect(page.locator("#findings .graph path")).to_have_count(4)
    expect(page.locator("#findings .graph path.breaks")).to_have_count(1)

    boxes.nth(0).click()
    assert page.locator("#findings .sql figcaption").inner_text() == "models/stg_users.sql:1"
    expect(page.locator("#findings .sql mark")).to_have_count(0)

    boxes.nth(1).click()
    assert page.locator("#findings .sql figcaption").inner_text().startswith("models/int_users.sql")
    expect(page.locator("#findings .sql mark")).to_have_count(0)

    boxes.nth(3).click()
    assert page.locator("#findings .sql figcaption").inner_text() == (
        "models/mart_users.sql:4 reads stg_users.phone in WHERE"
    )
    assert page.locator("#findings .sql figcaption").evaluate(
        "one => one === document.activeElement"
    )
    assert page.locator("#findings .sql li.marked").inner_text().startswith("select id, phone_kind")
    assert page.locator("#findings .sql mark").all_inner_texts() == ["phone", "Phone"]

    boxes.nth(4).click()
    expect(page.locator("#findings .sql")).to_contain_text("Its SQL is not in this report.")


@pytest.mark.parametrize(
    ("verdict", "line", "marked"),
    [
        ("breaks", "select Phone, phones from a", ["Phone"]),
        ("breaks", "select * from a", ["select * from a"]),
        ("changes", "select Phone from a", ["Phone"]),
        ("changes", "select * from a", []),
    ],
)
def test_what_is_marked_on_a_consumers_line(
    show: Open, verdict: str, line: str, marked: list[str]
) -> None:
    consumer = samples.impact(samples.MART, verdict, "reads it", line=1)
    report = samples.report(
        [samples.change("column_removed", samples.STG, "phone", impact=[consumer])]
    )
    page = show(report, dataclasses.replace(FULL, sources={"models/mart_users.sql": line}))
    finding(page, "stg_users.phone").click()
    page.locator("#findings .graph .box").last.click()
    assert page.locator("#findings .sql li.marked").inner_text() == line
    assert page.locator("#findings .sql mark").all_inner_texts() == marked


def test_the_exact_reference_is_marked_where_it_is_known(show: Open) -> None:
    unbound = {samples.MART: {"unbound": [{"line": 4, "column_number": 67}]}}
    page = show(samples.SMALL, dataclasses.replace(FULL, current_lineage=unbound))
    finding(page, STG_PHONE).click()
    assert page.locator("#findings .sql mark").all_inner_texts() == ["Phone"]


def test_a_finding_leads_to_its_cause_even_when_filtered_out(show: Open) -> None:
    page = show(samples.SMALL)
    page.get_by_role("searchbox").fill("int_users.phone was")
    finding(page, INT_PHONE).click()
    page.locator("#findings .panel").get_by_role("button", name=STG_PHONE).click()
    expect(page.locator(".finding h3 button").first).to_be_focused()
    assert page.locator(".finding h3 button").first.get_attribute("aria-expanded") == "true"
    assert len(listed(page)) == 4


def test_works_by_keyboard_alone(show: Open) -> None:
    page = show(samples.SMALL, unfolded=False)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the findings")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(finding(page, STG_PHONE)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#findings .following button")).to_be_focused()
    page.keyboard.press("Tab")
    graphs = page.get_by_role("group", name="How stg_users reaches its consumers")
    expect(graphs.last).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.innerText").startswith("models/int_users.sql")


def test_the_first_screen_is_a_picture_with_the_worst_finding_beside_it(show: Open) -> None:
    page = show(samples.SMALL, unfolded=False)
    causes = page.locator("#picture .cause .name")
    assert causes.all_inner_texts() == [STG_PHONE, AMOUNT, REMOVED]
    assert page.locator("#picture .outcomes h3").all_inner_texts() == [
        "Breaks (1)",
        "Undecided (1)",
        "Changes or blocked (1)",
        "Already adapted (1)",
    ]
    (broken,) = page.locator("#picture button.breaks").all_inner_texts()
    assert broken.split("\n") == ["mart_users", "Marts <marts@example.com>"]
    expect(page.locator("#picture path")).to_have_count(4)
    expect(page.locator("#picture path.breaks")).to_have_count(1)
    selected = page.locator("#selected")
    assert selected.locator("h2").inner_text() == STG_PHONE
    assert selected.locator(".following li").all_inner_texts() == [INT_PHONE]
    assert selected.locator(".sql figcaption").inner_text().startswith("models/mart_users.sql:4")
    expect(page.locator("#findings")).to_be_hidden()
    top = page.locator("#selected").bounding_box()
    assert top is not None and top["y"] < 300, "beside the picture, not below it"

    page.locator("#picture .cause").nth(1).click()
    assert selected.locator("h2").inner_text() == AMOUNT
    pressed = [one.get_attribute("aria-pressed") for one in page.locator("#picture .cause").all()]
    assert pressed == ["false", "true", "false"]
    page.locator("#picture button.unknown").click()
    assert selected.locator("h2").inner_text() == STG_PHONE
    assert selected.locator(".sql figcaption").inner_text().startswith("exposure crm_sync")


def test_the_picture_of_a_large_change_fits_too(show: Open) -> None:
    page = show(samples.big(300, consumers=30), unfolded=False)
    expect(page.locator("#picture .cause")).to_have_count(8)
    expect(page.locator("#picture .outcomes button")).to_have_count(14)
    assert "and 292 more causes below" in page.locator("#picture").inner_text()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 1280


def test_the_graphs_fit_the_paper(show: Open, tmp_path: Path) -> None:
    page = show(samples.SMALL, unfolded=False)
    page.evaluate(
        """() => {
          window.widths = [];
          matchMedia("print").addEventListener("change", ({ matches }) => {
            if (!matches) return;
            for (const canvas of document.querySelectorAll(".canvas")) {
              widths.push([canvas.clientWidth, Number(canvas.firstChild.getAttribute("width"))]);
            }
            widths.push(document.documentElement.clientWidth, document.body.scrollWidth);
          });
        }"""
    )
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    *graphs, paper, used = page.evaluate("widths")
    # The picture, the graph of the chosen finding, and that of each finding in the list with one.
    assert len(graphs) == 4
    assert all(abs(drawn - wide) <= 1 for wide, drawn in graphs), graphs
    assert used <= paper + 1, "a pixel for rounding"


def test_what_follows_stands_under_its_cause(show: Open) -> None:
    page = show(samples.SMALL)
    following = page.locator("#findings .finding.follows .message")
    assert following.all_text_contents() == [INT_PHONE]
    assert listed(page).index(INT_PHONE) == listed(page).index(STG_PHONE) + 1


def test_paper_shows_what_is_folded(show: Open) -> None:
    page = show(samples.SMALL, unfolded=False)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("details[open]")).to_have_count(2)
    expect(page.locator("#findings .panel:visible")).to_have_count(4)
    assert "it is a Python model" in page.locator("#not-compared").inner_text()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details[open]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1100])
def test_is_accessible_and_fits(show: Open, scheme: str, width: int) -> None:
    page = show(samples.SMALL, color_scheme=scheme, viewport={"width": width, "height": 800})
    for number in range(4):
        page.locator(".finding h3 button").nth(number).click()
    page.wait_for_timeout(200)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    for role in ("banner", "main", "search", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)


def test_light_and_dark_differ(show: Open) -> None:
    shades = [
        show(samples.SMALL, color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert shades == ["rgb(250, 250, 248)", "rgb(21, 23, 26)"]


def test_hostile_names_stay_text(show: Open) -> None:
    evil = samples.EVIL
    path = f"models/r{evil}.sql"
    material = Material(
        samples.HOST.call,
        project=evil,
        base=evil,
        owners={f"model.shop.consumer {evil}": evil},
        sources={path: f"a\nb\nc\nselect {evil} -- {{{{ data }}}} {{{{ script }}}}\n"},
        catalogue={"column_removed": {"title": evil, "why": evil, "fix": evil}},
    )
    page = show(samples.HOSTILE, material)
    finding(page, "was removed").click()
    page.locator("#findings .graph .box").last.click()
    page.get_by_role("combobox", name="Owner").select_option(evil)
    assert page.locator("#findings .message").inner_text().startswith(evil)
    assert (
        page.locator("#findings .sql li.marked").inner_text()
        == f"select {evil} -- {{{{ data }}}} {{{{ script }}}}"
    )
    assert page.locator("#not-compared li code").inner_text() == evil
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.scripts.length") == 2
    assert page.evaluate("document.images.length") == 0


def test_the_page_loads_nothing_and_runs_one_script() -> None:
    page = render("html", samples.SMALL, FULL)
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", page)
    assert not re.findall(r"url\(|@import", page)
    assert page.count("<script") == page.count("</script>") == 2
    assert "default-src 'none'; script-src 'sha256-" in page
    assert render("html", samples.SMALL, FULL) == page, "the same report is the same file"


def test_two_thousand_findings_stay_usable(show: Open) -> None:
    report = samples.big(2000)
    paths = {impact["path"] for change in report["changes"] for impact in change["impact"]}
    line = "select column_1, {0} as column_2 from {{{{ ref('{0}') }}}} where column_3 is not null\n"
    sources = {path: line.format(path) * 60 for path in sorted(paths)}
    page = show(report, dataclasses.replace(FULL, sources=sources))
    assert len(page.content()) < 3_000_000
    ready = page.evaluate("performance.now()")
    assert ready < 5000, "milliseconds; `make bench` prints how far below it is"
    expect(page.locator(".finding")).to_have_count(2000)
    took = page.evaluate(
        """() => {
          const search = document.getElementById("filter-text");
          const start = performance.now();
          search.value = "stg_0123.column_4";
          search.dispatchEvent(new Event("input", { bubbles: true }));
          document.body.getBoundingClientRect();
          return performance.now() - start;
        }"""
    )
    assert took < 1000
    assert listed(page) == ["stg_0123.column_4 was changed"]
    page.locator(".finding h3 button").click()
    expect(page.locator("#findings .graph .box")).not_to_have_count(0)
    expect(page.locator("#findings .sql")).to_have_count(1)


def test_sql_is_left_out_before_the_page_grows_too_large() -> None:

    noise = random.Random(7)
    report = samples.big(200)
    paths = {impact["path"] for change in report["changes"] for impact in change["impact"]}
    sources = {
        path: "".join(chr(noise.randrange(33, 120)) for _ in range(20_000)) for path in paths
    }
    page = render("html", report, dataclasses.replace(FULL, sources=sources))
    assert len(page) < MAX_DATA + 100_000 < 3_000_000


def test_nothing_found(show: Open) -> None:
    page = show(samples.EMPTY)
    assert page.get_by_role("heading", level=1).inner_text() == "nothing breaks"
    expect(page.locator("#filters")).to_be_hidden()
    assert listed(page) == []
