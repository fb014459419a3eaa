"""The page without a browser: its headers, its languages, and that its parts hold nothing that could run."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot import web
from vectorstore.paragraph import LANGUAGES

BOT = Path(web.__file__).parent
TEMPLATES = sorted((BOT / "templates").glob("*.html"))
SCRIPTS = sorted((BOT / "static").glob("*.js"))
PAGES = ["/", "/answers/a1", "/documents", "/documents/d1", "/refreshes", "/refreshes/r1", "/statistics"]


@pytest.fixture(scope="module")
def pages() -> TestClient:
    """The pages alone, without an API."""
    app = FastAPI()
    app.include_router(web.router())
    return TestClient(app)


@pytest.mark.parametrize("path", PAGES)
def test_pages_allow_no_script_style_or_connection_but_their_own(pages: TestClient, path: str) -> None:
    response = pages.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(part.strip().partition(" ")[::2] for part in response.headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
    }
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"


def test_every_file_that_a_page_names_is_served(pages: TestClient) -> None:
    named = {name for path in PAGES for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', pages.get(path).text)}
    named |= {f"/static/{name}" for script in SCRIPTS for name in re.findall(r'from "\./([^"]+)"', script.read_text())}
    assert {"/static/style.css", "/static/ask.js", "/static/dom.js"} <= named
    for name in named:
        response = pages.get(name)
        assert response.status_code == 200, name
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/static/nothing.js", "/static/../web.py", "/static/%2e%2e/web.py"])
def test_nothing_else_is_served(pages: TestClient, path: str) -> None:
    assert pages.get(path).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("de,zh-Hant;q=0.5,ru;q=0.7", "ru"),
        ("de-DE", "en"),
        ("ar;q=0,es", "es"),
        ("*, ;q=x, ZH-cn", "zh"),
    ],
)
def test_shell_comes_in_the_language_that_the_browser_wants(pages: TestClient, accepted: str, language: str) -> None:
    page = pages.get("/", headers={"Accept-Language": accepted}).text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}" ' in page
    assert web.texts(language)["heading"] in page


@pytest.mark.parametrize(("chosen", "language"), [("zh", "zh"), ("xx", "fr"), ('"><script>', "fr")])
def test_shell_comes_in_the_language_that_its_reader_chose(pages: TestClient, chosen: str, language: str) -> None:
    page = pages.get("/", headers={"Accept-Language": "fr", "Cookie": f"language={chosen}"})
    assert f'<html lang="{language}"' in page.text
    assert page.headers["vary"] == "Accept-Language, Cookie"


def test_every_text_stands_in_all_six_languages_with_the_same_names_to_fill_in() -> None:
    assert set(web.LANGUAGES) == set(LANGUAGES)
    for name, versions in web.interface().items():
        assert set(versions) == set(LANGUAGES), name
        assert all(text.strip() for text in versions.values()), name
        assert len({frozenset(re.findall(r"\{\w+\}", text)) for text in versions.values()}) == 1, name


def test_texts_are_those_that_templates_and_scripts_name() -> None:
    shells = "".join(path.read_text() for path in TEMPLATES)
    scripts = "".join(path.read_text() for path in SCRIPTS)
    for call in re.findall(r"\btext\(([^)]*)", scripts):
        assert set(re.findall(r'"(\w+)"', call.split("{")[0])) <= set(web.interface()), call
    by_mode_and_status = {"mode_extractive", "mode_generative", "status_current", "status_superseded"}
    for name in set(web.interface()) - by_mode_and_status:
        assert re.search(rf'\btext\.{name}\b|"{name}"', shells + scripts), name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_mark_nothing_safe_and_hold_no_script_or_style_of_their_own(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\|\s*(safe|tojson)|autoescape|Markup", source)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", source)
    assert re.findall(r"<script[^>]*>(.*?)</script>", source, re.DOTALL) in ([], [""])


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_never_make_markup_or_code_of_text(path: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|srcdoc|https?://(?!html\.spec|www\.w3\.org/2000/svg)"
    assert not re.search(forbidden, path.read_text())
