"""Shows the keys that callers send in a terminal."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from bot.terminal.ending import complain
from bot.terminal.tables import moment, show_table

Json = Mapping[str, Any]


def show_new_key(console: Console, made: Json) -> None:
    """The key alone, so that it can be handed on, and beside it what to do with it."""
    console.print(made["key"])
    complain("This is the key, told this once: its holder sends it as Authorization: Bearer KEY.")


def show_keys(console: Console, listed: Json) -> None:
    """The keys, one a line."""
    if not listed["keys"]:
        console.print("There are no keys.")
        return
    rows = [
        (
            key["name"],
            " ".join(key["scopes"]),
            " ".join(key["audiences"]),
            _state(key),
            key["last_used"] or "never",
            key["made_at"][:10],
        )
        for key in listed["keys"]
    ]
    show_table(console, ("key", "scopes", "audiences", "state", "last used", "made"), rows)


def _state(key: Json) -> str:
    if key["revoked_at"]:
        return f"revoked {moment(key['revoked_at'])}"
    if not key["expires_at"]:
        return "counts"
    return f"{'counts until' if key['counts'] else 'expired'} {moment(key['expires_at'])}"
