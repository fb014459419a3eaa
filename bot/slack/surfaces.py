"""What people see and click beside the answers themselves."""

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.service import Service
from bot.slack.channels.managing import Managing
from bot.slack.channels.rulings import Rulings
from bot.slack.home.openings import Openings
from bot.slack.interactions.clicks import Clicks
from bot.slack.people import People
from bot.slack.settings import SlackSettings


def register(
    app: AsyncApp,
    *,
    settings: SlackSettings,
    client: AsyncWebClient,
    people: People,
    service: Service,
    rulings: Rulings,
) -> None:
    """Has the app hand over clicks, openings and settings to those who see to them."""
    Managing(settings, client, people, rulings).register(app)
    Clicks(settings, client, people, service, rulings.entitlement).register(app)
    Openings(settings, client, people, service).register(app)
