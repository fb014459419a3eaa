"""The commands about keys, by which callers from elsewhere are let in."""

from typing import Annotated, Any
from urllib.parse import quote

import typer

from bot.commands.shared import AsJson, connected, show

key_commands = typer.Typer(no_args_is_help=True, help="Give out the keys that callers send, and take them back.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is, or what it is for.")]


@key_commands.command(epilog="Example: reformbot keys add intranet --scope ask --scope upload --expires-days 90")
def add(
    name: Name,
    *,
    scope: Annotated[
        list[str] | None, typer.Option(help="ask (the default), upload or operate; as often as it takes.")
    ] = None,
    audience: Annotated[
        list[str] | None, typer.Option(help="An audience that it may read besides the public; as often as it takes.")
    ] = None,
    expires_days: Annotated[int | None, typer.Option(min=1, help="Days after which it counts no more.")] = None,
    per_minute: Annotated[int | None, typer.Option(min=1, help="The most questions in a minute.")] = None,
    at_once: Annotated[int | None, typer.Option(min=1, help="The most questions at a time.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it, this once: it is kept as a hash alone."""
    body: dict[str, Any] = {"name": name, "audiences": audience or [], "expires_days": expires_days}
    body |= {"scopes": scope or ["ask"], "per_minute": per_minute, "at_once": at_once}
    with connected() as (client, _):
        from bot.commands.client import call
        from bot.terminal.keys import show_new_key

        show(call(client, "POST", "/v1/keys", body), as_json, show_new_key)


@key_commands.command("list", epilog="Example: reformbot keys list")
def list_keys(as_json: AsJson = False) -> None:
    """List the keys, never themselves: what each is good for, how long, and when it was last used."""
    with connected() as (client, _):
        from bot.commands.client import call
        from bot.terminal.keys import show_keys

        show(call(client, "GET", "/v1/keys"), as_json, show_keys)


@key_commands.command(epilog="Example: reformbot keys revoke intranet")
def revoke(
    name: Name,
    forget: Annotated[
        bool, typer.Option("--forget", help="Take it off the list, too. With no key left a server on loopback is open.")
    ] = False,
) -> None:
    """Have a key count for nothing from now on, also in a running server."""
    with connected() as (client, _):
        from bot.commands.client import call

        call(client, "DELETE", f"/v1/keys/{quote(name, safe='')}?forget={str(forget).lower()}")
    typer.echo(f"The key {name} counts no more.")
