"""The web page: shells in the reader's language; what fills them comes from the API, in the browser, as text."""

import json
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.http.languages import VARY, language_for

# The six languages in their own names, in the order of the United Nations.
LANGUAGES = {
    "ar": "العربية",
    "zh": "中文",
    "en": "English",
    "fr": "Français",
    "ru": "Русский",
    "es": "Español",
}
_SHELLS = {
    "/": "ask.html",
    "/answers/{answer_id}": "answer.html",
    "/documents": "documents.html",
    "/documents/{document_id}": "document.html",
    "/refreshes": "refreshes.html",
    "/refreshes/{run_id}": "refresh.html",
    "/statistics": "statistics.html",
}
_TEXTS = ("interface.toml", "interface_library.toml")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
# no-cache lets a browser keep a file but makes it ask whether it is still the newest.
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}
_PAGE = _SAFE | {"Content-Security-Policy": _POLICY, "Vary": VARY}


class _Static(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_SAFE)
        return response


def router() -> APIRouter:
    """The pages and their files; they hold no data, so they need no key."""
    pages = APIRouter(include_in_schema=False)
    environment = Environment(loader=PackageLoader("bot"), autoescape=True, undefined=StrictUndefined)
    for path, template in _SHELLS.items():
        pages.add_api_route(path, _shell(environment, template), methods=["GET"], response_class=HTMLResponse)
    pages.mount("/static", _Static(directory=Path(str(files("bot"))) / "static"))
    return pages


@cache
def interface() -> Mapping[str, Mapping[str, str]]:
    """Every text of the interface by its name, and each by language."""
    prose = (files("prompts").joinpath(name).read_text(encoding="utf-8") for name in _TEXTS)
    return tomllib.loads("\n".join(prose))


def texts(language: str) -> dict[str, str]:
    """The texts of the interface in one of the six languages."""
    return {name: versions[language] for name, versions in interface().items()}


def _shell(environment: Environment, template: str) -> Callable[[Request], HTMLResponse]:
    def shell(request: Request) -> HTMLResponse:
        language = language_for(request.scope)
        text = texts(language)
        page = environment.get_template(template).render(
            language=language,
            direction="rtl" if language == "ar" else "ltr",
            languages=LANGUAGES,
            text=text,
            texts=json.dumps(text, ensure_ascii=False),
        )
        return HTMLResponse(page, headers=_PAGE)

    return shell
