"""Slack from its side: an event over Socket Mode in, an acknowledgement and one message in the thread out."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from pydantic import ValidationError

from bot.answer import Answer, Citation, Event, Question, QuestionError
from bot.conversation import Conversations
from bot.slack.desk import SlackBot
from bot.slack.questions.event import SeenEvents, plain_text
from bot.slack.settings import SlackSettings
from bot.slack.socket import SocketMode
from prompts import phrase
from tests.bot.slack.stand_in import (
    APP_TOKEN,
    BOT_ID,
    BOT_TOKEN,
    BOT_USER,
    PERSON,
    Failure,
    SlackStandIn,
    slack_stand_in,
)
from vectorstore.catalogue import Catalogue
from vectorstore.rebuild import IndexUnavailableError

BASE_URL = "https://reform.example"
QUESTION = "How many towns were reached?"
CITATION = Citation(
    marker=1,
    document_id="d1",
    symbol="A/99/1",
    title="A report",
    paragraph="4",
    label="A/99/1, para. 4",
    section=("II. Results",),
    page=2,
    language="en",
    quote="In 2025 the programme reached 25 towns.",
    url="/documents/d1#para-4",
    verified=True,
)
ANSWER = Answer(
    answer_id="a1",
    conversation_id="c1",
    question=QUESTION,
    language="en",
    answer="The programme reached 25 towns [1].",
    state="answered",
    abstained=False,
    reason=None,
    mode="generative",
    citations=(CITATION,),
    nearest=(),
    as_of="2026-11-20T09:00:00Z",
    index_version="7",
    model="scripted",
    timings_ms={},
    as_of_line="As of 20 November 2026; newest report on this: A/99/1 of 12 May 2025",
)


class ScriptedAnswers:
    """Answers as told, after what is told or waited for before, and after waiting for `may_answer`.

    Remembers the questions and the threads they came on.
    """

    def __init__(self, outcome: Answer | Exception = ANSWER, *before: Event | threading.Event) -> None:
        self.outcome = outcome
        self.before = before
        self.questions: list[Question] = []
        self.threads: list[int] = []
        self.may_answer = threading.Event()
        self.may_answer.set()

    def events(self, question: Question) -> Iterator[Event]:
        self.questions.append(question)
        self.threads.append(threading.get_ident())
        for one in self.before:
            if isinstance(one, threading.Event):
                one.wait(20)
            else:
                yield one
        self.may_answer.wait(20)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        yield self.outcome


@asynccontextmanager
async def running(
    answers: ScriptedAnswers, *, answer_seconds: float = 28
) -> AsyncIterator[tuple[SlackStandIn, SlackBot]]:
    """A stand-in for Slack with the bot connected to it."""
    with TemporaryDirectory() as folder:
        there = Path(folder)
        async with slack_stand_in() as slack, connected(slack, answers, there, answer_seconds=answer_seconds) as bot:
            yield slack, bot


@asynccontextmanager
async def connected(
    slack: SlackStandIn, answers: ScriptedAnswers, folder: Path, *, answer_seconds: float = 28
) -> AsyncIterator[SlackBot]:
    """The bot, with its catalogue in a folder."""
    settings = SlackSettings(
        bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=slack.api_url, answer_seconds=answer_seconds
    )
    catalogue = Catalogue(f"sqlite:///{folder / 'catalogue.sqlite'}")
    bot = SlackBot(settings, answers, catalogue, Conversations(catalogue, days=30), base_url=BASE_URL)
    await bot.start()
    try:
        yield bot
    finally:
        answers.may_answer.set()
        await bot.stop()
        catalogue.close()


def mention(text: str = f"<@{BOT_USER}> {QUESTION}", **fields: Any) -> dict[str, Any]:
    return {"type": "app_mention", "user": PERSON, "channel": "C1", "ts": "100.1", "text": text, **fields}


def direct(text: str = QUESTION, **fields: Any) -> dict[str, Any]:
    return {
        "type": "message", "channel_type": "im", "user": PERSON, "channel": "D1", "ts": "200.1", "text": text, **fields,
    }  # fmt: skip


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    yield opened
    opened.close()


pytestmark = pytest.mark.anyio


async def test_mention_is_acknowledged_before_the_answer_and_answered_in_its_thread() -> None:
    answers = ScriptedAnswers()
    answers.may_answer.clear()
    async with running(answers) as (slack, _):
        envelope = await slack.deliver(mention())
        await slack.until_acknowledged(envelope)
        assert slack.posts == []
        answers.may_answer.set()
        (post,) = await slack.until_posted()
    assert (post["channel"], post["thread_ts"]) == ("C1", "100.1")
    assert (post["unfurl_links"], post["unfurl_media"], post["link_names"]) == (False, False, False)
    assert post["text"] == "The programme reached 25 towns [1].\n[1] A/99/1, para. 4 · English"
    assert [block["type"] for block in post["blocks"]] == [
        "section", "context", "context", "actions", "context_actions",
    ]  # fmt: skip
    assert post["blocks"][0]["text"]["text"] == "The programme reached 25 towns [1]."
    assert post["blocks"][1]["elements"][0]["text"] == (
        "[1] <https://reform.example/documents/d1#para-4|A/99/1, para. 4> · English\n"
        ">In 2025 the programme reached 25 towns."
    )
    assert post["blocks"][2]["elements"][0]["text"] == ANSWER.as_of_line
    assert answers.questions == [Question(QUESTION, conversation_id="slack:T1:C1:100.1", edge="slack")]
    assert answers.threads[0] != threading.get_ident()


async def test_direct_message_within_a_thread_is_answered_there() -> None:
    answers = ScriptedAnswers()
    async with running(answers) as (slack, _):
        await slack.deliver(direct(thread_ts="150.5"))
        (post,) = await slack.until_posted()
    assert (post["channel"], post["thread_ts"]) == ("D1", "150.5")
    assert answers.questions[0].conversation_id == "slack:T1:D1:150.5"


async def test_a_status_shows_that_it_works() -> None:
    async with running(ScriptedAnswers()) as (slack, _):
        await slack.deliver(mention())
        await slack.until_posted()
        (status,) = slack.calls("assistant.threads.setStatus")
    assert status == {"channel_id": "C1", "thread_ts": "100.1", "status": "is searching the reports…"}
    names = [name for name, _ in slack.log]
    assert names.index("assistant.threads.setStatus") < names.index("chat.postMessage")


@pytest.mark.parametrize("failure", [Failure(error="missing_scope"), Failure(seconds=5)], ids=["refused", "slow"])
async def test_the_answer_comes_without_a_status_too(failure: Failure) -> None:
    async with running(ScriptedAnswers()) as (slack, _):
        slack.failures["assistant.threads.setStatus"].append(failure)
        await slack.deliver(mention())
        await slack.until(lambda: slack.posts, "post", seconds=3)


async def test_redelivered_event_is_answered_once() -> None:
    answers = ScriptedAnswers()
    async with running(answers) as (slack, _):
        envelopes = [await slack.deliver(mention(), event_id="Ev1", retry=retry) for retry in (0, 1, 0, 2)]
        for envelope in envelopes:
            await slack.until_acknowledged(envelope)
        await slack.deliver(direct())
        await slack.until_posted(2)
    assert len(answers.questions) == 2
    assert sorted(post["channel"] for post in slack.posts) == ["C1", "D1"]


async def test_mention_within_a_direct_message_is_answered_once() -> None:
    answers = ScriptedAnswers()
    async with running(answers) as (slack, _):
        text = f"<@{BOT_USER}> {QUESTION}"
        await slack.deliver(mention(text, channel="D1", ts="200.1"))
        await slack.deliver(direct(text))
        await slack.deliver(direct("Another?", ts="201.1"))
        await slack.until_posted(2)
    assert sorted(question.text for question in answers.questions) == ["Another?", QUESTION]


NOT_FOR_US = {
    "its own": direct(bot_id=BOT_ID, user=BOT_USER),
    "another bot": direct(bot_id="B2"),
    "a bot without a user": direct(subtype="bot_message", user=None),
    "slackbot": direct(user="USLACKBOT"),
    "an edit": direct(subtype="message_changed", message={"text": QUESTION}),
    "a deletion": direct(subtype="message_deleted"),
    "an edited mention": mention(edited={"user": PERSON, "ts": "100.2"}),
    "a join": direct(subtype="channel_join"),
    "no text": direct(""),
    "a channel without a mention": direct(channel="C1", channel_type="channel"),
    "another event": {"type": "reaction_added", "user": PERSON, "item": {"channel": "C1", "ts": "100.1"}},
    "a message without a place": {"type": "message", "channel_type": "im", "user": PERSON, "text": QUESTION},
}


@pytest.mark.parametrize("event", NOT_FOR_US.values(), ids=NOT_FOR_US.keys())
async def test_what_nobody_asked_is_acknowledged_and_left_alone(
    event: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    answers = ScriptedAnswers()
    async with running(answers) as (slack, _):
        await slack.until_acknowledged(await slack.deliver(event))
        await slack.deliver(direct("Asked?", ts="300.1"))
        (post,) = await slack.until_posted()
    assert post["thread_ts"] == "300.1"
    assert [question.text for question in answers.questions] == ["Asked?"]
    assert QUESTION not in caplog.text


async def test_a_mention_without_a_question_is_told_how_to_ask() -> None:
    answers = ScriptedAnswers()
    async with running(answers) as (slack, _):
        slack.locales[PERSON] = "ru-RU"
        await slack.deliver(mention(f"  <@{BOT_USER}> "))
        (post,) = await slack.until_posted()
    assert post["text"] == phrase("how_to_ask", "ru")
    assert answers.questions == []


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (QuestionError("question_long", length=4001, most=4000), None),
        (RuntimeError("database gone: secret"), phrase("failed", "en")),
        (
            IndexUnavailableError("12 of 700 are done.", done=12, passages=700, failure=None),
            phrase("index_unavailable", "en"),
        ),
    ],
    ids=["a question that can't be asked", "a failure", "a damaged index"],
)
async def test_an_asker_without_an_answer_gets_a_reason(
    outcome: Exception, said: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with running(ScriptedAnswers(outcome)) as (slack, _):
        await slack.deliver(mention())
        (post,) = await slack.until_posted()
    assert post["text"] == (said or "The question has 4,001 characters; at most 4,000 are taken. Ask for one thing.")
    assert post["thread_ts"] == "100.1"
    failures = [record for record in caplog.records if record.exc_info]
    assert len(failures) == isinstance(outcome, RuntimeError)
    assert QUESTION not in caplog.text


async def test_an_answer_that_takes_too_long_is_said_to() -> None:
    answers = ScriptedAnswers()
    answers.may_answer.clear()
    async with running(answers, answer_seconds=0.2) as (slack, _):
        await slack.deliver(mention())
        (post,) = await slack.until_posted()
    assert post["text"] == phrase("too_long", "en")


ASKED = {
    "ar": "كم عدد المدن التي شملها البرنامج؟",
    "en": "How many towns were reached by the programme?",
    "es": "¿Cuántas ciudades abarcó el programa?",
    "fr": "Combien de villes le programme a-t-il touchées ?",
    "ru": "Сколько городов охватила программа?",
    "zh": "该方案惠及了多少个城镇？",
}


@pytest.mark.parametrize("language", ASKED)
async def test_the_status_and_the_reason_are_in_the_language_of_the_question(language: str) -> None:
    async with running(ScriptedAnswers(RuntimeError("gone"))) as (slack, _):
        slack.locales[PERSON] = "es-ES"
        slack.failures["chat.postMessage C1"].append(Failure(error="is_archived"))
        await slack.deliver(mention(f"<@{BOT_USER}> {ASKED[language]}"))
        notice, reason = await slack.until_posted(2)
        [status] = slack.calls("assistant.threads.setStatus")
    assert status["status"] == phrase("working", language)
    assert reason["text"] == phrase("failed", language)
    archived = phrase("not_posted_in", language, place="<#C1>", reason=phrase("channel_archived", language))
    assert notice["text"] == f"{archived} {phrase('you_asked', language)}\n>{ASKED[language]}"


async def test_a_question_of_thousands_of_letters_is_declined_in_its_language() -> None:
    answers = ScriptedAnswers()
    async with running(answers) as (slack, _):
        await slack.deliver(mention(f"<@{BOT_USER}> {'Combien de villes ? ' * 110}"))
        (post,) = await slack.until_posted()
    assert post["text"] == "La question est trop longue (2000 caractères au plus). Demandez une seule chose."
    assert answers.questions == []


RETRIED = {
    "rate limited": Failure(status=429, error="ratelimited", headers={"Retry-After": "1"}),
    "server error": Failure(status=500),
    "unavailable": Failure(status=503),
}


@pytest.mark.parametrize("failure", RETRIED.values(), ids=RETRIED.keys())
async def test_a_post_that_slack_refuses_for_now_is_sent_again(failure: Failure) -> None:
    async with running(ScriptedAnswers()) as (slack, _):
        slack.failures["chat.postMessage"].append(failure)
        await slack.deliver(mention())
        await slack.until_posted()
        assert len(slack.calls("failed chat.postMessage")) == 1
    assert len(slack.posts) == 1


async def test_blocks_that_slack_refuses_are_posted_as_text() -> None:
    async with running(ScriptedAnswers()) as (slack, _):
        slack.failures["chat.postMessage"].append(Failure(error="invalid_blocks"))
        await slack.deliver(mention())
        (post,) = await slack.until_posted()
    assert "blocks" not in post
    assert post["text"].startswith("The programme reached 25 towns [1].")


async def test_it_connects_again_when_slack_hangs_up() -> None:
    async with running(ScriptedAnswers()) as (slack, _):
        await slack.deliver(mention())
        await slack.until_posted()
        await slack.hang_up()
        await slack.deliver(direct())
        await slack.until_posted(2)
        assert slack.addresses_given == 2


async def test_an_address_that_expired_is_replaced(catalogue: Catalogue) -> None:
    async with slack_stand_in() as slack:
        settings = SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=slack.api_url)
        app = SlackBot(settings, ScriptedAnswers(), catalogue, Conversations(catalogue, days=30), base_url=BASE_URL).app
        socket = SocketMode(app, APP_TOKEN, ping_seconds=0.1, address_seconds=0.3)
        slack.refuse_connections = True
        socket.start()
        try:
            await slack.until(lambda: slack.addresses_given == 1, "address")
            await asyncio.sleep(0.1)
            slack.refuse_connections = False
            await slack.until(lambda: slack.connected, "connection", seconds=3)
        finally:
            await socket.stop()
        assert slack.addresses_given > 1


async def test_fifty_questions_at_once_are_each_answered_once() -> None:
    answers = ScriptedAnswers()
    async with running(answers) as (slack, _):
        for number in range(50):
            for _ in range(2):
                event = direct(f"Question {number}?", ts=f"{number}.1", channel=f"D{number}")
                await slack.deliver(event, event_id=f"Ev-{number}")
        await slack.until_posted(50)
    assert sorted(post["thread_ts"] for post in slack.posts) == sorted(f"{number}.1" for number in range(50))


async def test_stopping_finishes_what_was_begun() -> None:
    answers = ScriptedAnswers()
    answers.may_answer.clear()
    async with running(answers) as (slack, bot):
        await slack.deliver(mention())
        await slack.until(lambda: slack.calls("assistant.threads.setStatus"), "status")
        asyncio.get_running_loop().call_later(0.3, answers.may_answer.set)
        await bot.stop()
        (post,) = slack.posts
    assert post["text"].startswith("The programme reached 25 towns")


async def test_it_starts_and_stops_without_slack(catalogue: Catalogue) -> None:
    async with slack_stand_in() as slack:
        nowhere = slack.api_url
    settings = SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=nowhere)
    bot = SlackBot(settings, ScriptedAnswers(), catalogue, Conversations(catalogue, days=30), base_url=BASE_URL)
    began = time.monotonic()
    await bot.start()
    await asyncio.sleep(0.1)
    await bot.stop()
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<@U1> what is &lt;UN80&gt; &amp; why?", "what is <UN80> & why?"),
        ("<@U1|bot>  see <https://un.org/a?b=1|the site>\nin <#C9|general>", "see the site in #general"),
        ("<https://un.org> <!here> <!subteam^S1|@team>", "https://un.org @team"),
        ("&amp;lt; stays", "&lt; stays"),
    ],
)
def test_a_message_is_read_as_its_author_sees_it(written: str, read: str) -> None:
    assert plain_text(written) == read


def test_seen_events_are_forgotten_in_time() -> None:
    now = 0.0
    seen = SeenEvents(keep_s=600, clock=lambda: now)
    assert seen.claim_names("Ev1")
    now = 599.0
    assert not seen.claim_names("Ev1")
    now = 601.0
    assert seen.claim_names("Ev1")


def test_seen_events_stay_within_bounds() -> None:
    seen = SeenEvents(at_most=10)
    for number in range(100):
        assert seen.claim_names(f"Ev{number}")
    assert not seen.claim_names("Ev99")
    assert seen.claim_names("Ev0")


def test_settings_without_tokens_are_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    assert not SlackSettings(_env_file=None).enabled  # type: ignore[call-arg]


WAYS = {
    "Socket Mode": SlackSettings(bot_token="xoxb-1", app_token="xapp-1"),
    "HTTP": SlackSettings(bot_token="xoxb-1", signing_secret="secret"),
    "both": SlackSettings(bot_token="xoxb-1", app_token="xapp-1", signing_secret="secret"),
}


@pytest.mark.parametrize("settings", WAYS.values(), ids=WAYS.keys())
def test_either_way_for_events_to_come_in_is_enough(settings: SlackSettings) -> None:
    assert settings.enabled


UNFIT: dict[str, tuple[dict[str, str], str]] = {
    "bot token alone": ({"SLACK_BOT_TOKEN": "xoxb-secret"}, "set SLACK_APP_TOKEN too .* or SLACK_SIGNING_SECRET"),
    "app token alone": ({"SLACK_APP_TOKEN": "xapp-secret"}, "SLACK_BOT_TOKEN is not"),
    "signing secret alone": ({"SLACK_SIGNING_SECRET": "secret"}, "SLACK_BOT_TOKEN is not"),
    "swapped": ({"SLACK_APP_TOKEN": "xoxb-secret", "SLACK_BOT_TOKEN": "xapp-secret"}, "wrong way round"),
    "a channel by its name": ({"SLACK_DIGEST_CHANNEL": "#reports"}, "name a channel by its id"),
    "one of the channels": ({"SLACK_INGEST_CHANNELS": "C01AB, xoxb-secret"}, "name a channel by its id"),
    "a colleague by name": ({"SLACK_COLLEAGUES": "U01AB, @ada"}, "name a person by the member id"),
    "a group as an operator": ({"SLACK_OPERATORS": "S01AB"}, "name a person by the member id"),
    "address": ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL must start"),
}


@pytest.mark.parametrize(("environment", "said"), UNFIT.values(), ids=UNFIT.keys())
def test_settings_that_cannot_work_say_so_without_the_tokens(
    environment: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=said) as raised:
        SlackSettings(_env_file=None)  # type: ignore[call-arg]
    assert "secret" not in str(raised.value)
