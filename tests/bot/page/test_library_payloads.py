"""Script and markup in titles, file names, reasons and digests stay text on the pages on the library."""

from typing import Any

from tests.bot.library_stand_in import failure
from tests.bot.page.library_scenes import DONE, SCENES, WORKS, WRONG, choose, prepare
from tests.bot.page.payloads import PAYLOADS
from tests.bot.web_stand_in import FarEnd, Open, problem

# What only our own code chooses, and identifiers and dates that are never shown.
_OURS = {"state", "status", "change", "kinds", "language", "started_at", "finished_at", "date", "again_at", "failed_at"}
_HARMLESS = "main :is(script, img, iframe, style, base, link, meta, object, embed, video), main form:not([id])"


def tainted(payload: str, like: Any) -> Any:
    """The same JSON with a payload for every text but what only our own code chooses."""
    match like:
        case dict():
            return {key: value if key in _OURS else tainted(payload, value) for key, value in like.items()}
        case list():
            return [tainted(payload, value) for value in like]
        case str():
            return payload
    return like


def test_payloads_in_reports_and_refreshes_stay_text(open_page: Open, far_end: FarEnd) -> None:
    behind = far_end.library
    behind.works = [tainted(payload, WORKS[0]) for payload in PAYLOADS]
    evil = [tainted(payload, DONE) for payload in PAYLOADS]
    whole = DONE | {
        "digest": "\n".join(PAYLOADS),
        **{name: [each for run in evil for each in run[name]] for name in ("failed", "steps", "editions")},
    }
    behind.failures = [tainted(payload, failure()) for payload in PAYLOADS]
    behind.runs = {f"r{n}": [run | {"run_id": f"r{n}"}] for n, run in enumerate(evil)}
    behind.runs |= {"whole": [whole], "wrong": [WRONG | {"problems": list(PAYLOADS)}]}
    for path in ("/documents", "/refreshes", "/refreshes/whole", "/refreshes/wrong"):
        page = open_page(path)
        page.evaluate("() => { window.pwned = () => { document.documentElement.dataset.pwned = 'yes' } }")
        page.locator("#state").wait_for(state="hidden")
        told = page.locator("main").evaluate("main => main.textContent")
        assert [payload for payload in PAYLOADS if payload not in told] == []
        page.locator("main details").evaluate_all("all => all.forEach(each => { each.open = true })")
        addresses = page.locator("main a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert all(address.startswith(("/", "#")) for address in addresses), addresses
        assert page.locator(_HARMLESS).count() == 0
        assert page.locator("html").get_attribute("data-pwned") is None


def test_payloads_in_file_names_and_refusals_stay_text(open_page: Open, far_end: FarEnd) -> None:
    prepare(far_end, SCENES["documents"])
    far_end.library.refused["POST /v1/documents"] = problem(403, "".join(PAYLOADS))
    page = open_page("/documents")
    page.evaluate("() => { window.pwned = () => { document.documentElement.dataset.pwned = 'yes' } }")
    choose(page, *(payload.replace("/", "∕") for payload in PAYLOADS))
    page.locator("#chosen .primary").click()
    page.locator("#chosen .problem:not(:empty)").wait_for()
    assert page.locator("#chosen li").count() == len(PAYLOADS)
    assert page.locator(_HARMLESS).count() == 0
    assert page.locator("html").get_attribute("data-pwned") is None
