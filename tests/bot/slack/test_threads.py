"""Threads in Slack that the bot takes part in: what is asked there needs no mention, until somebody says "mute"."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.slack.questions.asking import asks, muting_language
from tests.bot.slack.stand_in import BOT_ID, BOT_USER, PERSON, Failure, SlackStandIn, slack_stand_in
from tests.bot.slack.test_desk import QUESTION, ScriptedAnswers, connected, mention, running
from tests.bot.slack.test_once import changed, settled

MUTED = "I keep out of this thread now. Mention me to ask again."
FURTHER = "And in 2023?"


pytestmark = pytest.mark.anyio


def said(text: str, *, ts: str = "101.1", **fields: Any) -> dict[str, Any]:
    """What a person writes in the thread of the first question, without a mention."""
    place = {"channel": "C1", "channel_type": "channel", "thread_ts": "100.1"}
    return {"type": "message", "user": PERSON, "ts": ts, "text": text, **place, **fields}


async def answered(slack: SlackStandIn, event: dict[str, Any], folder: Path, count: int) -> None:
    """Returns once so many events are settled, this one the last."""
    await slack.deliver(event)
    await settled(folder, count)


async def left_alone(slack: SlackStandIn, event: dict[str, Any]) -> None:
    """Returns once the event is acknowledged, by when it is kept if it ever is."""
    await slack.until_acknowledged(await slack.deliver(event))


async def test_a_further_question_needs_no_mention_also_after_a_restart(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack:
        async with connected(slack, answers, tmp_path):
            await answered(slack, mention(), tmp_path, 1)
            await answered(slack, said(FURTHER, channel_type="group"), tmp_path, 2)
        async with connected(slack, answers, tmp_path):
            await answered(slack, said("And in 2024?", ts="102.1", user="U2", channel_type="mpim"), tmp_path, 3)
    assert [post["thread_ts"] for post in slack.posts] == ["100.1"] * 3
    assert [question.text for question in answers.questions] == [QUESTION, FURTHER, "And in 2024?"]
    assert {question.conversation_id for question in answers.questions} == {"slack:T1:C1:100.1"}


async def test_a_further_question_is_answered_once_however_it_comes(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    text = f"<@{BOT_USER}> {FURTHER}"
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await answered(slack, mention(), tmp_path, 1)
        for event in (said(text), mention(text, ts="101.1", thread_ts="100.1"), said(text)):
            await left_alone(slack, event)
        for retry in range(3):
            await slack.deliver(said("Why?", ts="102.1"), event_id="Ev-why", retry=retry)
        await settled(tmp_path, 3)
        await asyncio.sleep(0.2)
    assert [question.text for question in answers.questions] == [QUESTION, FURTHER, "Why?"]


NOT_FOR_IT = {
    "a statement": said("I have read that already."),
    "thanks": said("Thanks!"),
    "to somebody else": said("<@U2> could you look at this?"),
    "to a group": said("<!subteam^S1|@team> is that so?"),
    "to all": said("<!here> who knows?"),
    "a mark within an address": said("See <https://un.org/search?q=a>."),
    "a mark alone": said("???"),
    "its own": said(FURTHER, bot_id=BOT_ID, user=BOT_USER),
    "another bot": said(FURTHER, bot_id="B2"),
    "an edit": said(FURTHER, subtype="message_changed"),
    "edited": said(FURTHER, edited={"user": PERSON, "ts": "102.1"}),
    "a join": said("has joined?", subtype="channel_join"),
    "another thread": said(FURTHER, thread_ts="99.1"),
    "another channel": said(FURTHER, channel="C2"),
    "the channel itself": said(FURTHER, thread_ts=None),
    "the head of a thread": said(FURTHER, ts="100.1"),
    "mute in another thread": said("mute", thread_ts="99.1"),
}


async def test_what_is_not_meant_for_it_is_left_alone(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await answered(slack, mention(), tmp_path, 1)
        for number, event in enumerate(NOT_FOR_IT.values()):
            await left_alone(slack, event if event["ts"] == "100.1" else event | {"ts": f"20{number}.1"})
        await answered(slack, said(FURTHER, ts="300.1"), tmp_path, 2)
    assert [question.text for question in answers.questions] == [QUESTION, FURTHER]
    assert len(slack.posts) == 2


async def test_where_its_answer_could_not_be_posted_it_takes_no_part(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        slack.failures["chat.postMessage C1"].append(Failure(error="restricted_action"))
        await answered(slack, mention(), tmp_path, 1)
        await left_alone(slack, said(FURTHER))
        await asyncio.sleep(0.2)
    assert len(answers.questions) == 1


@pytest.mark.parametrize("by_name", [False, True], ids=["without a mention", "with a mention"])
async def test_mute_ends_it_durably_until_the_next_mention(by_name: bool, tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    word = mention(f"<@{BOT_USER}> Mute!", ts="101.1", thread_ts="100.1") if by_name else said("Mute!")
    async with slack_stand_in() as slack:
        async with connected(slack, answers, tmp_path):
            await answered(slack, mention(), tmp_path, 1)
            await answered(slack, word, tmp_path, 2)
            assert (slack.posts[-1]["text"], slack.posts[-1]["thread_ts"]) == (MUTED, "100.1")
            await left_alone(slack, said(FURTHER, ts="102.1"))
        async with connected(slack, answers, tmp_path):
            await left_alone(slack, said("mute", ts="103.1"))
            await left_alone(slack, said(FURTHER, ts="104.1"))
            await answered(slack, mention("Back?", ts="105.1", thread_ts="100.1"), tmp_path, 3)
            await answered(slack, said("So?", ts="106.1"), tmp_path, 4)
    assert [question.text for question in answers.questions] == [QUESTION, "Back?", "So?"]
    assert [post["text"] for post in slack.posts].count(MUTED) == 1


async def test_an_answer_that_comes_after_mute_does_not_undo_it(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await answered(slack, mention(), tmp_path, 1)
        answers.may_answer.clear()
        await slack.until_acknowledged(await slack.deliver(said(FURTHER)))
        await answered(slack, said("mute", ts="102.1"), tmp_path, 2)
        answers.may_answer.set()
        await settled(tmp_path, 3)
        await left_alone(slack, said("And in 2024?", ts="103.1"))
        await asyncio.sleep(0.2)
    assert [question.text for question in answers.questions] == [QUESTION, FURTHER]


async def test_mute_in_a_direct_message_is_a_question_like_any_other() -> None:
    answers = ScriptedAnswers()
    async with running(answers) as (slack, _):
        await slack.deliver(said("mute", channel="D1", channel_type="im"))
        await slack.until_posted()
    assert [question.text for question in answers.questions] == ["mute"]


async def test_a_thread_that_is_quiet_for_weeks_takes_a_mention_again(tmp_path: Path) -> None:
    answers = ScriptedAnswers()
    async with slack_stand_in() as slack, connected(slack, answers, tmp_path):
        await answered(slack, mention(), tmp_path, 1)
        changed(tmp_path, "UPDATE slack_threads SET answered_at = '2026-01-01T00:00:00Z'")
        await answered(slack, mention(ts="500.1", channel="C2"), tmp_path, 2)
        await left_alone(slack, said(FURTHER, ts="102.1"))
        await asyncio.sleep(0.2)
    assert len(answers.questions) == 2


ASKING = {
    "en": ["Why?", "Thanks! And in 2023?", 'Did it say "yes"?', "how many in Africa", "ok, and what about 2023"],
    "fr": [
        "Et en 2023 ?",
        "Combien de pays",
        "et pourquoi",
        "Qu'est-ce que cela change",
        "quelle est la part de l'eau",
    ],
    "es": ["¿Y en 2023", "Cuántos países", "y por qué", "Qué dice el informe", "Gracias, ¿y en África?"],
    "ru": ["А в 2023 году?", "Сколько стран", "а почему", "Изменилась ли доля", "Какова доля женщин"],
    "zh": ["2023年呢？那么非洲", "为什么", "有多少国家", "非洲也是这样吗", "那么，哪些国家"],
    "ar": ["وفي عام ٢٠٢٣؟", "كم عدد البلدان", "وما هي النسبة", "هل تغير ذلك", "لماذا"],
}
TELLING = {
    "en": ["Thanks", "What a day", "How nice", "When I was there it rained", "Who knows.", "Comment: ok"],
    "fr": ["Merci", "Comment dire, oui", "Pourquoi pas", "Quand je lis cela, je souris", "Que de chiffres"],
    "es": ["Gracias", "Qué bien", "Cómo no", "Como dice el informe, sí", "Cuando puedas"],
    "ru": ["Спасибо", "Как хорошо", "Когда я читаю это", "Что ж", "Кто угодно"],
    "zh": ["谢谢", "多少有点意外", "如何落实是关键", "我们还在等呢", "好吧。"],
    "ar": ["شكرا", "كما قلت", "متى ما شئت", "كمية كبيرة", "هللت"],
}  # fmt: skip


@pytest.mark.parametrize("text", [text for texts in ASKING.values() for text in texts])
def test_a_question_is_known_in_all_six_languages(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", [text for texts in TELLING.values() for text in texts])
def test_what_asks_nothing_is_known_in_all_six_languages(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mute", "en"), ("*Mute.*", "en"), ("be quiet!", "en"), ("Sourdine", "fr"), ("Silencio", "es"),
        ("Тихо!", "ru"), ("静音。", "zh"), ("اصمت", "ar"), ("mute the others", None), ("Silencio en la sala", None),
    ],
)  # fmt: skip
def test_mute_is_known_in_all_six_languages(text: str, language: str | None) -> None:
    assert muting_language(text) == language
