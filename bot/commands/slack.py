"""The commands about Slack."""

import asyncio
from typing import TYPE_CHECKING

import typer

from bot.terminal.ending import FAILED, MISUSE, sentences

if TYPE_CHECKING:
    from bot.slack.check import Finding

_MARKS = {True: "✓", False: "✗", None: "•"}

slack_commands = typer.Typer(no_args_is_help=True, help="See to the app in Slack.")


@slack_commands.callback()
def _group() -> None:
    """Else the only command of the group would be the group itself."""


@slack_commands.command(epilog="Example: reformbot slack check")
def check() -> None:
    """Check the tokens, scopes, events and channels of the app in Slack, and say what to do.

    Ends with 1 where something is wrong, with 2 where Slack is not set up.
    """
    with sentences():
        found = _checked()
        for finding in found:
            typer.echo(f"{_MARKS[finding.fine]} {finding.text}")
    if any(finding.fine is False for finding in found):
        raise typer.Exit(FAILED)


def _checked() -> "list[Finding]":
    from bot.operations.folder import CommandError
    from bot.settings import BotSettings
    from bot.slack.check import check as check_slack
    from bot.slack.post import FAR_END_ERRORS
    from bot.slack.settings import SlackSettings

    settings = SlackSettings()
    if not settings.enabled:
        told = "Slack is not set up: set SLACK_BOT_TOKEN, and SLACK_APP_TOKEN or SLACK_SIGNING_SECRET."
        raise CommandError(told, exit_code=MISUSE)
    try:
        return asyncio.run(check_slack(settings, public_url=BotSettings().public_url))
    except FAR_END_ERRORS as error:
        raise CommandError(f"Slack cannot be reached at {settings.api_url}: try again in a while.") from error
