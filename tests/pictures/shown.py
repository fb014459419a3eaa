"""What the bot shows in Slack of the sample reports: real answers to real events, with a stand-in for slack.com."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.service import Service
from bot.texts.direction import directed
from tests.bot.slack.people import answer_to, click, open_app, serving, until_called
from tests.bot.slack.stand_in import BOT_USER

ASKED = "How much did the Programme pay as its share of the cost-sharing arrangement?"
UNSAID = "How many people does the Waterways Programme employ in Geneva?"
ASKED_IN_ARABIC = "كم عدد الموانئ النهرية التي ساعد البرنامج على إعادة تأهيلها؟"


@dataclass(frozen=True)
class Shown:
    """What a picture is made of: an answer below its question, or a window or a tab of the app with its title."""

    name: str
    blocks: Sequence[dict[str, Any]]
    question: str = ""
    title: str = ""
    close: str = ""


async def shown(service: Service) -> list[Shown]:
    """Everything that there are pictures of."""
    async with serving(service, colleagues="U7") as slack:
        answers = {question: await answer_to(slack, question) for question in (ASKED, UNSAID, ASKED_IN_ARABIC)}
        await click(slack, answers[ASKED], "show_paragraph-0")
        window = (await until_called(slack, "views.open"))["view"]
        await open_app(slack, "home")
        home = (await until_called(slack, "views.publish"))["view"]
    names = {ASKED: "answer", UNSAID: "abstention", ASKED_IN_ARABIC: "arabic"}
    return [
        *(Shown(names[asked], post["blocks"], question=asked) for asked, post in answers.items()),
        Shown("paragraph", window["blocks"], title=window["title"]["text"], close=window["close"]["text"]),
        Shown("home", home["blocks"], title="Reformbot"),
    ]


def mentioning(question: str) -> dict[str, Any]:
    """The block of a message that asks the bot."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": f"<@{BOT_USER}> {directed(question)}"}}
