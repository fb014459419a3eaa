"""Where text in two directions of writing stands on the screen: on the page, and as plain text of other edges."""

from typing import TYPE_CHECKING

import pytest

from bot.texts.direction import directed
from tests.bot.web_stand_in import FarEnd, Open, ask, citation, script

if TYPE_CHECKING:
    from playwright.sync_api import Locator

# Every character of an element from left to right; brackets that are mirrored as they look.
VISUAL = """node => {
  node.style.whiteSpace = 'nowrap';
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
  for (let text; (text = texts.nextNode()); ) {
    for (let place = 0; place < text.data.length; place++) {
      range.setStart(text, place);
      range.setEnd(text, place + 1);
      const { left, width } = range.getBoundingClientRect();
      if (width) found.push([left, text.data[place]]);
    }
  }
  return found.sort(([one], [other]) => one - other).map(([, letter]) => letter).join('');
}"""
ARABIC = "ذكر التقرير 25"
# A line, with what must stand at its left end and at its right end.
LINES = {
    "quote in an Arabic sentence": ("يقول “The levy is low” 25 مرة [1].", ".[1] ", " لوقي"),
    "two quotes in an Arabic sentence": ("تقول “One levy”، “two taxes” [1].", ".[1] “two taxes” ،“One levy” ", "لوقت"),
    "Arabic quote in an English sentence": (f"It says “{ARABIC}” [1].", "It says ", " [1]."),
    "Arabic quote that ends in Latin letters": (f"“{ARABIC} UN-Habitat” [1]", "[1] ”UN-Habitat ", "“"),
    "Chinese quote in an Arabic sentence": ("يقول “25个国家” [1].", ".[1] “25个国家” ", "لوقي"),
}


def visual(element: "Locator") -> str:
    shown: str = element.evaluate(VISUAL)
    return shown.replace("]1[", "[1]")


@pytest.mark.parametrize(("line", "left", "right"), LINES.values(), ids=LINES.keys())
def test_marks_and_markers_stand_where_they_belong(
    line: str, left: str, right: str, open_page: Open, far_end: FarEnd
) -> None:
    far_end.scripts = [script(answer=line, language="ar", citations=[citation()])]
    page = open_page()
    ask(page)
    page.locator(".foot").wait_for()
    on_page = visual(page.locator(".words p"))
    words = page.locator(".words")
    words.evaluate("(node, text) => { node.dir = 'ltr'; node.textContent = text }", directed(line))
    for shown in (on_page, visual(words)):
        assert shown.startswith(left), shown
        assert shown.endswith(right), shown


def test_the_translation_stands_below_the_quote_in_its_own_direction_and_is_marked(
    open_page: Open, far_end: FarEnd
) -> None:
    chinese = citation(language="zh", quote="协调税为1%。", translation="ضريبة التنسيق هي 1 في المائة.")
    far_end.scripts = [script(answer=f"“{chinese['quote']}” [1]", language="ar", citations=[chinese])]
    page = open_page()
    ask(page)
    page.locator(".foot").wait_for()
    assert page.locator(".words bdi").get_attribute("lang") == "zh"
    page.get_by_role("link", name="Source 1").hover()
    for place in (page.get_by_role("region", name="Sources"), page.locator(".quote-card")):
        original, translation = place.locator("blockquote").all()
        assert (original.get_attribute("lang"), original.get_attribute("dir")) == ("zh", "ltr")
        assert (translation.get_attribute("lang"), translation.get_attribute("dir")) == ("ar", "rtl")
        assert translation.inner_text() == chinese["translation"]
        assert place.get_by_text("Unofficial translation").is_visible()
