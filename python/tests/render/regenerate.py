"""Writes the golden files anew: `PYTHONPATH=.:tests python -m render.regenerate` in python/."""

from __future__ import annotations

from render import samples, test_formats

from breaking_changes.render import render

for format_, file in test_formats.GOLDEN_FILES.items():
    text = render(format_, samples.SMALL, test_formats.MATERIAL)
    (test_formats.GOLDEN / file).write_text(text, encoding="utf-8")

for file in test_formats.LARGE_FILES:
    (test_formats.GOLDEN / file).write_text(test_formats.large(file), encoding="utf-8")
