"""Draws docs/report.png: the first screen of the html report on what `make demo` changed.

Run it by `make picture`; it takes Chromium, at /usr/bin/chromium or where CHROMIUM says.
"""

from __future__ import annotations

import os
import subprocess
import sys

from playwright.sync_api import ViewportSize, sync_playwright
from projects import REPOSITORY

DEMO = REPOSITORY / "build" / "demo"
PICTURE = REPOSITORY / "docs" / "report.png"

#: Pixels of the window; the picture has half as many more, for sharp letters.
SIZE: ViewportSize = {"width": 1280, "height": 860}


def main() -> None:
    """Renders the report of the demo's project and takes a picture of its first screen."""
    page_file = DEMO / "report.html"
    command = ["dbt-breaking-changes", "check", "--base", "prior", "-q", "-o", page_file.name]
    code = subprocess.run(command, cwd=DEMO, check=False, stdout=subprocess.DEVNULL).returncode
    if code != 1:
        sys.exit(f"picture: the demo's change should have been found, the exit code was {code}")
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", device_scale_factor=1.5)
        page.goto(page_file.as_uri())
        page.wait_for_selector("body[data-ready]")
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"wrote {PICTURE.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
