"""In which language to speak to a caller: the one chosen on the page, or else the one that its program wants most."""

import re
from collections.abc import Iterator

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from vectorstore.paragraph import LANGUAGES

_COOKIE = "language"  # which the page sets
VARY = "Accept-Language, Cookie"
_DEFAULT = "en"
_MOST_WISHES = 50  # of a header that may be endless
# https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4
_WISH = re.compile(
    r"\s*(?P<language>[A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]+)?\s*(?:;\s*[qQ]=(?P<weight>[01](?:\.\d{0,3})?)\s*)?"
)


def language_for(scope: Scope) -> str:
    """Which of the six languages whoever sent a request reads, as far as it tells; English where it does not."""
    headers = Headers(scope=scope)
    chosen = cookie_parser(headers.get("cookie", "")).get(_COOKIE)
    return chosen if chosen in LANGUAGES else _preferred(headers.get("accept-language", ""))


def _preferred(accepted: str) -> str:
    """The first of the six that an Accept-Language header wants most; English where it wants none of them."""
    wanted = sorted(_wishes(accepted), key=lambda wish: -wish[1])
    return next((language for language, weight in wanted if language in LANGUAGES and weight > 0), _DEFAULT)


def _wishes(accepted: str) -> Iterator[tuple[str, float]]:
    for part in accepted.split(",", _MOST_WISHES)[:_MOST_WISHES]:
        if wish := _WISH.fullmatch(part):
            yield wish["language"].lower(), float(wish["weight"] or 1)
