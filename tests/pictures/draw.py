"""Draws the pictures of docs/pictures: `python -m tests.pictures.draw --node NODE --packages FOLDER`.

The bot answers about the sample reports; what it tells Slack to show is rendered by a package that others wrote and
photographed by Chromium. `make pictures` installs what that needs but Chromium.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from PIL import Image
from playwright.sync_api import sync_playwright

from bot.service import build_service
from bot.settings import BotSettings
from tests.bot.page.conftest import CHROMIUM, FLAGS
from tests.conftest import ingest
from tests.pictures.shown import Shown, mentioning, shown
from vectorstore.settings import IndexSettings

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent
PICTURES = _ROOT / "docs" / "pictures"
_LARGEST = 150_000  # bytes
_COLOURS = 128
_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="36" height="36"><rect width="36" height="36" fill="{fill}"/>'
    '<text x="18" y="25" fill="white" font-family="Lato, sans-serif" font-size="20" font-weight="bold" '
    'text-anchor="middle">{letter}</text></svg>'
)


def seen(models: Path | None) -> list[Shown]:
    """What the bot shows, of a service of its own with the sample reports."""
    with tempfile.TemporaryDirectory(prefix="reformbot-pictures-") as folder:
        path = Path(folder)
        index = IndexSettings(path=path, models_path=models or path / "models")
        service = build_service(index, BotSettings(base_url="https://reform.example.org"))
        try:
            ingest(service, _ROOT / "samples" / "reports")
            return asyncio.run(shown(service))
        finally:
            service.close()


def rendered(all_shown: Sequence[Shown], node: Path, packages: Path) -> list[str]:
    """A page of each."""
    told = json.dumps([_parts(one) for one in all_shown])
    command = [node, _HERE / "render.mjs", packages.resolve()]
    made = subprocess.run(command, input=told, stdout=subprocess.PIPE, text=True, check=True)
    style = (packages / "node_modules/slack-blocks-to-jsx/dist/style.css").read_text(encoding="utf-8")
    frame = Environment(loader=FileSystemLoader(_HERE), autoescape=True).get_template("frame.html.j2")
    return [
        frame.render(shown=one, parts=parts, style=style)
        for one, parts in zip(all_shown, json.loads(made.stdout), strict=True)
    ]


def _parts(one: Shown) -> list[dict[str, Any]]:
    """The messages that a picture shows, or the blocks alone."""
    if not one.question:
        return [{"blocks": one.blocks}]
    return [
        {"name": "Ana", "logo": _logo("A", "#8d5a97"), "blocks": [mentioning(one.question)]},
        {"name": "Reformbot", "logo": _logo("R", "#1f4e79"), "blocks": one.blocks},
    ]


def _logo(letter: str, fill: str) -> str:
    return f"data:image/svg+xml,{quote(_LOGO.format(letter=letter, fill=fill))}"


def photographed(pages: Sequence[str], paths: Sequence[Path]) -> None:
    """Writes a picture of each page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(device_scale_factor=2, viewport={"width": 700, "height": 900})
        for html, path in zip(pages, paths, strict=True):
            page.set_content(html)
            page.locator("#picture").screenshot(path=path)
        browser.close()
    for path in paths:
        with Image.open(path) as picture:
            picture.convert("RGB").quantize(_COLOURS).save(path, optimize=True)


def main() -> int:
    """Draws; exit status 1 where a picture is too large."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--node", type=Path, required=True, help="Node 20 or later")
    parser.add_argument("--packages", type=Path, required=True, help="folder of node_modules")
    parser.add_argument("--models", type=Path, help="folder of prepared models; else they are prepared first")
    arguments = parser.parse_args()
    if CHROMIUM is None:
        sys.exit("Chromium is not installed (Debian: apt-get install chromium fonts-lato fonts-noto)")
    all_shown = seen(arguments.models)
    PICTURES.mkdir(parents=True, exist_ok=True)
    paths = [PICTURES / f"{one.name}.png" for one in all_shown]
    photographed(rendered(all_shown, arguments.node, arguments.packages), paths)
    for path in paths:
        sys.stdout.write(f"{path.relative_to(_ROOT)}: {path.stat().st_size:,} bytes\n")
    return int(any(path.stat().st_size > _LARGEST for path in paths))


if __name__ == "__main__":
    sys.exit(main())
