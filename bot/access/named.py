"""Settings that say who has what: `board=staff-a,staff-b; drafts=staff-a`."""

import re
from typing import Annotated

from pydantic import AfterValidator

from bot.http.wrong_fields import wrong
from vectorstore.paragraph import PUBLIC


def _is_audience(audience: str) -> str:
    if audience == PUBLIC or not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", audience):
        raise wrong("audience_named", everybody=PUBLIC)
    return audience


Audience = Annotated[str, AfterValidator(_is_audience)]


def split(names: str) -> tuple[str, ...]:
    """The names between commas."""
    return tuple(filter(None, map(str.strip, names.split(","))))


def by_name(value: object) -> object:
    """Who has what, by what it is; what is no text is left to its field."""
    if not isinstance(value, str):
        return value
    parts = (part.partition("=") for part in value.split(";") if part.strip())
    return {name.strip(): split(who) for name, _, who in parts}
