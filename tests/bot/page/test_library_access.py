"""That whoever sees little, hears pages read or has a phone can use the pages on the library, in every state."""

from typing import Any

import pytest

from tests.bot.page.accessible import violations
from tests.bot.page.library_scenes import SCENES, prepare
from tests.bot.page.test_every_page import PHONE
from tests.bot.web_stand_in import FarEnd, Open

LANGUAGES = ("en", "ar", "zh")
LOOKS: tuple[dict[str, Any], ...] = (
    {"viewport": {"width": 1200, "height": 800}, "color_scheme": "light"},
    {"viewport": PHONE, "color_scheme": "dark"},
)
PAGES = ("documents-open", "refreshes", "refresh-done", "statistics-30")
# Each page in every language, and each state in one of them; light on a desk, dark on a phone by turns.
SHOWN = [(name, language, LOOKS[place % 2]) for place, name in enumerate(PAGES) for language in LANGUAGES] + [
    (name, LANGUAGES[place % 3], LOOKS[place // 3 % 2]) for place, name in enumerate(SCENES) if name not in PAGES
]


@pytest.mark.parametrize(("name", "language", "look"), SHOWN)
def test_nothing_is_in_anybody_s_way(
    name: str, language: str, look: dict[str, Any], open_page: Open, far_end: FarEnd
) -> None:
    scene = SCENES[name]
    prepare(far_end, scene)
    page = open_page(scene.path, locale=language, **look)
    scene.done(page)
    page.locator(scene.seen).first.wait_for()
    assert page.evaluate("document.documentElement.lang") == language
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"]
