"""What a person does in Slack, step by step, and what must then be seen in the emulator and in the bot's catalogue."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.slack.questions.delivery import EVENT_TYPE
from tests.bot.slack.people import elements, texts
from tests.emulator.emulator import Emulator, Json, MissedError
from tests.emulator.person import Message, Person
from tests.emulator.wire import ABSENT, TAKEN, Wire
from tests.faults.server import Setup

QUESTION = "How many common country analyses did the Waterways Programme contribute to in 2020?"
LABEL, FIGURE = "SAMPLE/2021/1/Rev.1, para. 5", "19"
FOLLOW_UP, ITS_FIGURE = "And in 2019?", "against 7 analyses in 2019"  # by itself it finds another paragraph
OTHER_QUESTION, OTHER_LABEL = "Who chairs the regional collaborative platforms?", "SAMPLE/2022/3, para. 4"
COMMENT = "It names no year."
USED_TRIGGER = "exchanged_trigger_id"
SHOW, FOOTNOTE, RATE = "show_paragraph-0", "copy_footnote", "rate_answer"
_SECONDS = 40.0
_SETTLING_SECONDS = 3.0
_POLL_SECONDS = 0.1
Found = TypeVar("Found")


@dataclass
class Walk:
    """The steps, in order; each tells what it saw, or raises MissedError."""

    slack: Emulator
    wire: Wire
    person: Person
    setup: Setup
    asked: list[Message] = field(default_factory=list)
    answers: list[Json] = field(default_factory=list)
    heard: int = 0  # of what the person alone was told

    async def asks(self) -> str:
        """A mention is answered in its thread, with the paragraph's label and what the message is found by."""
        began = time.monotonic()
        answer = await self._ask(await self.person.mention(QUESTION))
        seconds = time.monotonic() - began
        _expect(LABEL in _shown(answer) and FIGURE in _shown(answer), f"the answer is another: {_shown(answer)}")
        _expect(answer["metadata"]["event_type"] == EVENT_TYPE, f"it is not marked: {answer['metadata']}")
        return f"after {seconds:.1f} s, in the thread: {texts(answer['blocks'])[0]}"

    async def is_told_again(self) -> str:
        """The same event, four times more and at once, changes nothing."""
        asked = self.asked[0]
        await self.person.tell_again(asked, 4)
        await asyncio.sleep(_SETTLING_SECONDS)
        count = len(await self.slack.replies(asked.channel, asked.thread_ts))
        _expect(count == 1, f"{count} answers to an event that came five times")
        return "one answer to an event that came five times"

    async def asks_on(self) -> str:
        """A question that leans on the first is answered in the same thread."""
        answer = await self._ask(await self.person.mention(FOLLOW_UP, thread_ts=self.asked[0].thread_ts), count=2)
        leans = LABEL in _shown(answer) and ITS_FIGURE in _shown(answer)
        _expect(leans, f"it does not lean on the first: {_shown(answer)}")
        return f"in the same thread: {texts(answer['blocks'])[0]}"

    async def asks_alone(self) -> str:
        """A direct message is answered in its own thread."""
        answer = await self._ask(await self.person.direct(OTHER_QUESTION))
        _expect(OTHER_LABEL in _shown(answer), f"the answer is another: {_shown(answer)}")
        return f"in the direct message: {texts(answer['blocks'])[0]}"

    async def opens_the_paragraph(self) -> str:
        """A click opens a window with the paragraph, which the emulator keeps."""
        trigger, answer = await self.person.trigger(), self.answers[0]
        await self.person.click(answer, SHOW, trigger=trigger)
        view = await self._view("views.open")
        _expect(view["id"] in await self.slack.page("views"), "the emulator does not keep the window")
        _expect(LABEL in json.dumps(view["blocks"]), f"the window shows something else: {view}")
        await self.person.click(answer, SHOW, trigger=trigger)
        said = await self._told_alone()
        return f"window {view['id']} with {len(view['blocks'])} blocks; by the same trigger once more: {said}"

    async def copies_the_footnotes(self) -> str:
        """A click tells the clicker alone what to copy."""
        await self.person.click(self.answers[0], FOOTNOTE, trigger=await self.person.trigger())
        said = await self._told_alone()
        _expect("SAMPLE/2021/1/Rev.1" in said, f"the footnotes are others: {said}")
        return said

    async def rates_it_up(self) -> str:
        """A thumb up is kept, and the clicker thanked."""
        await self._rate("positive")
        said, rating = await self._told_alone(), self._rating()
        _expect(rating == ("up", None), f"the catalogue holds {rating}")
        return f"the catalogue holds {rating[0]}; {said}"

    async def rates_it_down(self) -> str:
        """A thumb down asks why, and the comment is kept with it."""
        await self._rate("negative")
        view = await self._view("views.open", count=2)
        await self.person.send_off(view, COMMENT)
        said, rating = await self._told_alone(), self._rating()
        _expect(rating == ("down", COMMENT), f"the catalogue holds {rating}")
        return f"the catalogue holds {rating[0]}, “{rating[1]}”; {said}"

    async def opens_home(self) -> str:
        """The Home tab is shown, and at the second opening brought up to date."""
        await self.person.open_app("home")
        first = await self._view("views.publish")
        await self.person.open_app("home")
        second = await self._view("views.publish", count=2)
        _expect(first["id"] == second["id"] and first["hash"] != second["hash"], "the tab was not updated")
        _expect(second["hash"] in await self.slack.page("views"), "the emulator does not keep the update")
        return f"view {first['id']} published, then updated: {texts(second['blocks'])[0]}"

    async def opens_messages(self) -> str:
        """First questions are suggested in the Messages tab; the emulator lacks them, and the bot goes on."""
        await self.person.open_app("messages")
        [call] = await _until(lambda: _soon(self.wire.of("assistant.threads.setSuggestedPrompts")), "suggestions")
        return f"suggested: {', '.join(prompt['title'] for prompt in call.payload['prompts'])} ({call.said})"

    async def loses_a_reply(self) -> str:
        """Where the bot is not told that its message was taken, it looks, and posts it no second time."""
        self.wire.losing.append("chat.postMessage")
        asked = await self.person.mention(OTHER_QUESTION)
        await self._ask(asked)
        await _until(lambda: _soon(self.wire.of("conversations.replies")), "look-up of the lost answer")
        await asyncio.sleep(_SETTLING_SECONDS)
        count = len(await self.slack.replies(asked.channel, asked.thread_ts))
        _expect(count == 1, f"{count} answers where one was taken and its reply lost")
        return "taken, its reply lost, looked up, and not posted again"

    async def copes(self) -> str:
        """Nothing is refused but what the emulator lacks and a used trigger, and none of it is an error in the log."""
        refused = {call.said for call in self.wire.calls} - {TAKEN, ABSENT, USED_TRIGGER}
        _expect(not refused, f"the emulator refuses: {refused}")
        log = self.setup.log.read_text(encoding="utf-8", errors="replace")
        wrong = [line for line in log.splitlines() if " ERROR " in line or "Traceback" in line]
        _expect(not wrong, "the bot's log: " + "\n".join(wrong))
        warned = [line.partition(" WARNING ")[2] for line in log.splitlines() if " WARNING bot." in line]
        return "\n".join(["no error in the bot's log; its warnings:", *(f"  {line}" for line in warned)])

    async def _ask(self, asked: Message, *, count: int = 1) -> Json:
        async def answer() -> Json | None:
            found = await self.slack.replies(asked.channel, asked.thread_ts)
            return found[-1] if len(found) >= count else None

        self.asked.append(asked)
        self.answers.append(await _until(answer, f"answer {count} in {asked.channel}"))
        return self.answers[-1]

    async def _rate(self, thumb: str) -> None:
        value = elements(self.answers[0]["blocks"])[RATE][f"{thumb}_button"]["value"]
        await self.person.click(self.answers[0], RATE, trigger=await self.person.trigger(), value=value)

    async def _view(self, method: str, *, count: int = 1) -> Json:
        """The view that the emulator made of a method's call, once so many were taken."""

        def views() -> list[Any]:
            return [call.answer["view"] for call in self.wire.of(method) if call.said == TAKEN]

        found = await _until(lambda: _soon(views() if len(views()) >= count else None), f"{method} {count}")
        return dict(found[-1])

    async def _told_alone(self) -> str:
        """What the clicker alone was told since this was last asked; the emulator must keep it."""
        called = await _until(lambda: _soon(self.wire.of("chat.postEphemeral")[self.heard :]), "word to the clicker")
        self.heard += len(called)
        [call] = called
        _expect(call.said == TAKEN, f"the emulator refuses what is said to the clicker: {call.said}")
        return str(call.payload["text"])

    def _rating(self) -> tuple[str, str | None]:
        answer_id = elements(self.answers[0]["blocks"])[FOOTNOTE]["value"]
        person = f"slack:{self.slack.team}:{self.slack.person}"
        with closing(sqlite3.connect(self.setup.index / "catalogue.sqlite", timeout=60)) as connection:
            query = "SELECT rating, comment FROM ratings WHERE answer_id = ? AND person = ?"
            rating, comment = connection.execute(query, (answer_id, person)).fetchone() or ("nothing", None)
        return rating, comment

    def steps(self) -> tuple[Callable[[], Awaitable[str]], ...]:
        """In the order in which they are to be taken."""
        return (
            self.asks, self.is_told_again, self.asks_on, self.asks_alone, self.opens_the_paragraph,
            self.copies_the_footnotes, self.rates_it_up, self.rates_it_down, self.opens_home, self.opens_messages,
            self.loses_a_reply, self.copes,
        )  # fmt: skip


def _expect(holds: bool, problem: str) -> None:
    if not holds:
        raise MissedError(problem)


def _shown(message: Json) -> str:
    return json.dumps(message["blocks"], ensure_ascii=False)


async def _soon(found: Found) -> Found:
    return found


async def _until(look: Callable[[], Awaitable[Found | None]], what: str) -> Found:
    """What there is, once there is any."""
    deadline = time.monotonic() + _SECONDS
    while not (found := await look()):
        if time.monotonic() > deadline:
            raise MissedError(f"no {what} within {_SECONDS:.0f} s")
        await asyncio.sleep(_POLL_SECONDS)
    return found
