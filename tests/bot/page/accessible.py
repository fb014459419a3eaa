"""What axe finds wrong with a page for people who cannot see it, or not well, or use no mouse."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Targets of 24 by 24 pixels are asked for by WCAG 2.2 AA, but not by axe unless told to.
_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def violations(page: "Page") -> list[str]:
    """Each rule that the page breaks as it is shown now, with where."""
    base = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")
    if not page.evaluate("'axe' in window"):
        page.evaluate(Path(base.AXE_FILE_PATH).read_text(encoding="utf-8"))
    # At the end nothing lies half under the box to ask in, which stays in sight.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    found = page.evaluate("options => axe.run(options)", _OPTIONS)["violations"]
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]
