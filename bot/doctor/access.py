"""Where the bot is served, and whether those who may call can."""

import asyncio
from collections.abc import Iterator

from bot.access.issuer import Issuer, IssuerDownError
from bot.access.keys import Keys
from bot.doctor.finding import Finding
from bot.settings import BotSettings
from vectorstore.catalogue import Catalogue

_SHORT = 20  # characters; a key of fewer can be guessed, or is a word


def access(settings: BotSettings, catalogue: Catalogue | None) -> Iterator[Finding]:
    """The address, the keys and the issuer of tokens."""
    yield from _address(settings)
    if any(len(key.get_secret_value()) < _SHORT for key in settings.api_keys):
        remedy = "Make one that nobody can guess instead: reformbot keys add NAME."
        yield Finding("keys", "warning", f"A key in BOT_API_KEYS has fewer than {_SHORT} characters.", remedy)
    keys = Keys(catalogue).listed() if catalogue else ()
    if expired := [key.name for key in keys if not (key.counts or key.revoked_at)]:
        remedy = "Make new ones, with reformbot keys add NAME, for those who still need them."
        yield Finding("keys", "warning", f"Some have expired: {', '.join(expired)}.", remedy)
    good = len(settings.api_keys) + sum(key.counts for key in keys)
    if not (settings.on_loopback or settings.oidc_issuer or good):
        remedy = "Make a key, with reformbot keys add NAME, or set BOT_OIDC_ISSUER, or serve on 127.0.0.1."
        yield Finding("keys", "problem", f"BOT_HOST={settings.host} can be reached from other machines.", remedy)
    else:
        yield Finding("keys", "ok", f"{good} can be used." if good else "There is none.")
    yield from _issuer(settings)


def _address(settings: BotSettings) -> Iterator[Finding]:
    if settings.on_loopback or settings.base_url:
        yield Finding("address", "ok", f"{settings.public_url}, on {settings.host}, port {settings.port}.")
    else:
        remedy = "Set BOT_BASE_URL to the address that readers use."
        yield Finding("address", "warning", f"Links in answers lead to {settings.public_url}.", remedy)


def _issuer(settings: BotSettings) -> Iterator[Finding]:
    if settings.oidc_issuer is None:
        return
    try:
        asyncio.run(Issuer(settings.oidc_issuer).keys(None))
    except IssuerDownError:
        remedy = "See that it is reached from here, and that BOT_OIDC_ISSUER is spelt as it calls itself."
        yield Finding("tokens", "problem", f"The keys of {settings.oidc_issuer} cannot be had.", remedy)
    else:
        yield Finding("tokens", "ok", f"{settings.oidc_issuer} tells its keys.")
