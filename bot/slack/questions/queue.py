"""Questions as Slack's people ask them: each kept, answered once, and in its turn."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.answer import Answer, Event, Question, QuestionError
from bot.questions.understanding import LONGEST_QUESTION
from bot.slack.channels.rulings import Ruling, Rulings
from bot.slack.messages.message import Message, render, sentence
from bot.slack.people import People
from bot.slack.post import FAR_END_ERRORS, refusal
from bot.slack.questions.delivery import NO_SCOPE, TOKEN_ERRORS, Delivery
from bot.slack.questions.event import Asked
from bot.slack.questions.inbox import Inbox, Kept
from bot.slack.questions.progress import Showing
from bot.slack.questions.requested import read_request
from prompts import phrase
from vectorstore.rebuild import IndexUnavailableError

LOGGER = logging.getLogger(__name__)

_HELP = {"command": "command_help", "shortcut": "nothing_to_ask"}
_GRACE_SECONDS = 3.0
_AT_ONCE = 8  # answers in the making
_LONGEST_WAIT_SECONDS = 300.0
Tell = Callable[[Event], None]


class Answers(Protocol):
    """Whatever answers questions."""

    def events(self, question: Question) -> Iterator[Event]:
        """What happens until the answer is there, and last the answer.

        Raises QuestionError or IndexUnavailableError, before any event.
        """


class QuestionDesk:
    """Keeps each question until its asker has one answer, or one reason why there is none."""

    def __init__(
        self,
        inbox: Inbox,
        delivery: Delivery,
        people: People,
        answers: Answers,
        *,
        progress: Showing,
        rulings: Rulings,
        given: Callable[[str], Answer | None],
        base_url: str,
        answer_seconds: float,
        has_colleagues: bool,
    ) -> None:
        self._inbox = inbox
        self._delivery = delivery
        self._progress = progress
        self._answers = answers
        self._rulings = rulings
        self._base_url = base_url
        self._has_colleagues = has_colleagues
        self._given = given
        self._people = people
        self._answer_seconds = answer_seconds
        self._answering = asyncio.Semaphore(_AT_ONCE)
        # Of their own: where answers take long, what is asked must be kept all the same.
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="slack-answer")
        self._begun: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._complaint = ""

    async def start(self) -> None:
        """Goes on with what an earlier process left, in the order in which it was asked."""
        for event_id in await self._inbox.waiting():
            self._begin(event_id, until=None)

    async def receive(self, body: dict[str, Any]) -> None:
        """Keeps what was asked, if anything was, and begins the work on it.

        Raises SQLAlchemyError where it cannot be kept: then Slack must be asked to deliver it again.
        """
        asked = read_request(body)
        if asked is None:
            return
        until = asyncio.get_running_loop().time() + self._answer_seconds
        if await self._inbox.keep(asked):
            self._begin(asked.event_id, until=until)

    async def finish(self, grace_seconds: float = _GRACE_SECONDS) -> None:
        """Waits for the answers on their way, within seconds; the next start goes on with the others."""
        self._stopping = True
        if self._begun:
            _, late = await asyncio.wait(set(self._begun), timeout=grace_seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=grace_seconds)
        # Not awaited here: the loop waits for its own threads, and so for this one, before the parts are closed.
        asyncio.get_running_loop().run_in_executor(None, partial(self._threads.shutdown, cancel_futures=True))

    def _begin(self, event_id: str, *, until: float | None) -> None:
        if self._stopping:
            return
        task = asyncio.create_task(self._see_to(event_id, until))
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def _see_to(self, event_id: str, until: float | None) -> None:
        """Goes on until the event is settled, with growing waits where Slack or the catalogue fails."""
        for seconds in _growing():
            try:
                await self._settle(event_id, until)
                self._complaint = ""
                return
            except (*FAR_END_ERRORS, SQLAlchemyError) as error:
                self._complain(event_id, error)
            except Exception:
                LOGGER.exception("What was asked by %s is left to the next start", event_id)
                return
            # Also so that Slack is not looked at before it has done what it was asked.
            await asyncio.sleep(seconds)
            until = None

    async def _settle(self, event_id: str, until: float | None) -> None:
        kept = await self._inbox.find(event_id)
        if kept is None:
            return
        if not kept.messages:
            kept = await self._answered(kept, until)
        await self._delivery.deliver(kept, until=until)

    async def _answered(self, kept: Kept, until: float | None) -> Kept:
        ruling = await self._rulings.ruling(kept.asked)
        kept = replace(kept, asked=ruling.asked)
        if kept.asked.way == "share":
            return await self._shared(kept, ruling)
        if ruling.reason:
            return replace(kept, messages=await self._said(ruling.reason, kept.asked))
        if at_once := _said_at_once(kept.asked):
            return replace(kept, messages=await self._said(at_once, kept.asked))
        async with self._progress.of(kept) as progress:
            messages = await self._messages(ruling, until, progress.tell)
        return replace(progress.kept, messages=messages)

    async def _shared(self, kept: Kept, ruling: Ruling) -> Kept:
        """An answer shared, or for whoever shares it alone the reason why not."""
        answer = await asyncio.to_thread(self._given, kept.asked.answer_id)
        reason = "answer_gone" if answer is None else ruling.reason_not_to_share(answer)
        if answer is None or reason:
            return replace(kept, messages=await self._said(reason, kept.asked), direct=True)
        return replace(kept, messages=tuple(self._rendered(answer, shared_by=kept.asked.user)))

    def _rendered(self, answer: Answer, *, share_in: str | None = None, shared_by: str | None = None) -> list[Message]:
        return render(
            answer,
            base_url=self._base_url,
            has_colleagues=self._has_colleagues and share_in is None,
            share_in=share_in,
            shared_by=shared_by,
        )

    def _complain(self, event_id: str, error: Exception) -> None:
        """Tells the operator, once, what only the operator can mend."""
        said = refusal(error)
        if said not in (*TOKEN_ERRORS, NO_SCOPE):
            LOGGER.warning("The answer to %s is kept and tried again: %s", event_id, said or repr(error))
        elif said != self._complaint:
            self._complaint = said
            LOGGER.error(
                "Slack does not let the bot post (%s): install the app of slack-manifest.yaml again and set "
                "SLACK_BOT_TOKEN to the token that Slack then shows. Until then answers are kept.",
                said,
            )

    async def _messages(self, ruling: Ruling, until: float | None, tell: Tell) -> tuple[Message, ...]:
        asked = ruling.asked
        try:
            answer = await self._answer(ruling.question, until, tell)
            return tuple(self._rendered(answer, share_in=asked.channel if asked.is_private else None))
        except QuestionError as error:
            return (sentence(error.sentence.said(await self._people.language_for(asked))),)
        except IndexUnavailableError:
            return await self._said("index_unavailable", asked)
        except TimeoutError:
            LOGGER.warning("The answer in %s took too long", asked.conversation_id, exc_info=True)
            return await self._said("too_long", asked)
        except Exception:
            LOGGER.exception("No answer in %s", asked.conversation_id)
            return await self._said("failed", asked)

    async def _said(self, name: str, asked: Asked) -> tuple[Message, ...]:
        language = await self._people.language_for(asked)
        return (sentence(phrase(name, language, most=LONGEST_QUESTION)),)

    async def _answer(self, question: Question, until: float | None, tell: Tell) -> Answer:
        """The answer, in its turn; what came long ago may take as long as what comes now, from its turn on."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout_at(until) as limit, self._answering:
            if until is None:
                limit.reschedule(loop.time() + self._answer_seconds)
            return await loop.run_in_executor(self._threads, self._made, question, tell)

    def _made(self, question: Question, tell: Tell) -> Answer:
        for event in self._answers.events(question):
            tell(event)
        assert isinstance(event, Answer)
        return event


def _said_at_once(asked: Asked) -> str | None:
    """The phrase that is said where nothing is asked that the reports could answer."""
    if not asked.question:
        return _HELP.get(asked.way, "how_to_ask")
    if len(asked.question) > LONGEST_QUESTION:
        return "question_too_long"
    return "muted" if asked.muted_in else None


def _growing() -> Iterator[float]:
    seconds = 1.0
    while True:
        yield seconds
        seconds = min(2 * seconds, _LONGEST_WAIT_SECONDS)
