"""What comes of a click below an answer: over Socket Mode in, a window or a message to the clicker out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.service import Service
from tests.bot.slack.people import answer_to, click, elements, rate, send_off, serving, texts, until_called
from tests.bot.slack.stand_in import GUEST, PERSON, Failure
from tests.conftest import api_client, ingest
from tests.ingest.test_sync import REPORT, write
from vectorstore.tables import RatingRow

QUESTION = "How much did the Programme pay as its share of the cost-sharing arrangement?"
LABEL = "SAMPLE/2021/1/Rev.1, para. 11"
SHOW, FOOTNOTE, COLLEAGUE = "show_paragraph-0", "copy_footnote", "ask_colleague"
EPHEMERAL, OPEN = "chat.postEphemeral", "views.open"


pytestmark = pytest.mark.anyio


@pytest.fixture
def rated(sample_service: Service) -> Iterator[Service]:
    """The service with the sample reports, without ratings before and after."""
    forget_ratings(sample_service)
    yield sample_service
    forget_ratings(sample_service)


def forget_ratings(service: Service) -> None:
    with service.catalogue.begin() as session:
        session.execute(delete(RatingRow))
        session.commit()


def ratings(service: Service) -> list[tuple[str, str, str | None]]:
    with service.catalogue.begin() as session:
        rows = session.execute(select(RatingRow.person, RatingRow.rating, RatingRow.comment).order_by(RatingRow.person))
        return [(person, rating, comment) for person, rating, comment in rows]


async def test_an_answer_has_its_buttons_and_they_carry_ids_alone(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        post = await answer_to(slack, QUESTION)
    there = elements(post["blocks"])
    assert {SHOW, FOOTNOTE, "rate_answer"} <= there.keys()
    assert COLLEAGUE not in there
    answer_id = there[FOOTNOTE]["value"]
    kept = sample_service.conversations.answer(answer_id)
    assert kept
    assert kept["question"] == QUESTION
    assert there[SHOW]["value"] == f"{answer_id}/0"
    assert there[SHOW]["accessibility_label"] == f"Show the paragraph [1] {LABEL}"
    assert any(f"/answers/{answer_id}|Link to this answer>" in text for text in texts(post["blocks"]))


async def test_show_the_paragraph_opens_it_whole_between_its_neighbours(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        post = await answer_to(slack, QUESTION)
        await click(slack, post, SHOW)
        opened = await until_called(slack, OPEN)
    assert opened["trigger_id"].startswith("trigger-")
    window = opened["view"]
    assert (window["type"], window["title"]["text"]) == ("modal", "The paragraph")
    shown = texts(window["blocks"])
    answer = sample_service.conversations.answer(elements(post["blocks"])[FOOTNOTE]["value"])
    assert answer
    citation = answer["citations"][0]
    assert LABEL in shown[0]
    assert citation["section"][-1] in shown[1]
    whole = " ".join(" ".join(shown).replace("\n>", " ").replace(" >", " ").split())
    assert " ".join(citation["text"].split()) in whole
    assert any(text.startswith(f">{citation['quote'].splitlines()[0]}") for text in shown)
    places = [place for place, text in enumerate(shown) if text.startswith(("*Before it · ", "*After it · "))]
    assert "para. 10" in shown[places[0]]
    assert "para. 12" in shown[places[1]]
    assert places[0] < next(i for i, text in enumerate(shown) if text.startswith(">")) < places[1]
    assert shown[-1] == f"<http://127.0.0.1:8000{citation['url']}|Read it in the report>"


async def test_a_row_of_a_table_is_shown_with_the_names_of_its_columns(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        post = await answer_to(slack, "核心资源占多少百分比？")
        await click(slack, post, SHOW)
        window = (await until_called(slack, OPEN))["view"]
    row = "核心资源 — 数额（万美元）: 1 536 · 所占百分比: 24"
    assert f"“{row}” [1]" in texts(post["blocks"])[0]
    assert f">{row}" in texts(window["blocks"])
    assert not any(" | " in text for text in texts(post["blocks"]) + texts(window["blocks"]))


async def test_a_paragraph_is_shown_as_it_stood_when_its_report_is_gone(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    ingest(service, path)
    async with serving(service) as slack:
        post = await answer_to(slack, "How many ports did the harbour pilot begin with?")
        path.write_text(REPORT.replace("four ports", "forty ports"), encoding="utf-8")
        ingest(service, path)
        with api_client(service, owner=True) as client:
            for document in client.get("/v1/documents").json()["documents"]:
                client.delete(f"/v1/documents/{document['document_id']}")
        service.worker.wait()
        await click(slack, post, SHOW)
        shown = texts((await until_called(slack, OPEN))["view"]["blocks"])
    assert any("no longer in the index" in text for text in shown)
    assert any("four ports" in text for text in shown)
    assert not any("forty ports" in text for text in shown)


async def test_the_footnotes_come_to_the_clicker_alone(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        post = await answer_to(slack, QUESTION)
        await click(slack, post, FOOTNOTE, user=GUEST)
        said = await until_called(slack, EPHEMERAL)
    assert (said["channel"], said["thread_ts"], said["user"]) == ("C1", post["thread_ts"], GUEST)
    assert (said["parse"], said["link_names"]) == ("none", False)
    assert said["text"].splitlines()[:2] == ["Footnotes to copy:", f"```{LABEL}.```"]


async def test_a_thumb_up_is_kept_and_thanked_for(rated: Service) -> None:
    async with serving(rated) as slack:
        post = await answer_to(slack, QUESTION)
        await rate(slack, post, "positive")
        said = await until_called(slack, EPHEMERAL)
    assert said["text"] == "Thank you, your rating is kept."
    assert ratings(rated) == [(f"slack:T1:{PERSON}", "up", None)]


async def test_a_thumb_down_asks_for_a_comment_and_each_person_has_one_rating(rated: Service) -> None:
    async with serving(rated) as slack:
        post = await answer_to(slack, QUESTION)
        await rate(slack, post, "positive")
        await until_called(slack, EPHEMERAL)
        await rate(slack, post, "negative")
        window = (await until_called(slack, OPEN))["view"]
        assert ratings(rated) == [(f"slack:T1:{PERSON}", "down", None)]
        await slack.until_acknowledged(await send_off(slack, window, "It is <!channel> wrong."))
        await until_called(slack, EPHEMERAL, 2)
        await rate(slack, post, "positive", user=GUEST)
        await until_called(slack, EPHEMERAL, 3)
    assert window["submit"]["text"] == "Send"
    assert QUESTION not in window["private_metadata"]
    assert ratings(rated) == [
        (f"slack:T1:{PERSON}", "down", "It is <!channel> wrong."),
        (f"slack:T1:{GUEST}", "up", None),
    ]


async def test_a_window_sent_off_without_a_comment_is_thanked_for_too(rated: Service) -> None:
    async with serving(rated) as slack:
        post = await answer_to(slack, QUESTION)
        await rate(slack, post, "negative")
        await send_off(slack, (await until_called(slack, OPEN))["view"], None)
        await until_called(slack, EPHEMERAL)
    assert ratings(rated) == [(f"slack:T1:{PERSON}", "down", None)]


async def test_colleagues_are_asked_once_in_the_thread(sample_service: Service) -> None:
    question = f"{QUESTION} <!channel> & all"
    async with serving(sample_service, colleagues="U0COL, S0TEAM") as slack:
        post = await answer_to(slack, question.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        await click(slack, post, COLLEAGUE, user=GUEST)
        asked = (await slack.until_posted(2))[-1]
        assert (await until_called(slack, EPHEMERAL))["text"] == "They have been asked in the thread."
        await click(slack, post, COLLEAGUE)
        assert "already" in (await until_called(slack, EPHEMERAL, 2))["text"]
        assert len(slack.posts) == 2
    assert (asked["channel"], asked["thread_ts"]) == ("C1", post["thread_ts"])
    assert asked["text"] == (
        f"<@U0COL> <!subteam^S0TEAM> your view is wanted on this question, by <@{GUEST}>\n"
        f">{QUESTION} &lt;!channel&gt; &amp; all"
    )


async def test_colleagues_are_asked_again_where_slack_did_not_take_it(sample_service: Service) -> None:
    async with serving(sample_service, colleagues="U0COL") as slack:
        post = await answer_to(slack, QUESTION)
        slack.failures["chat.postMessage"].append(Failure(error="channel_not_found"))
        await click(slack, post, COLLEAGUE)
        assert "did not work" in (await until_called(slack, EPHEMERAL))["text"]
        await click(slack, post, COLLEAGUE)
        assert (await slack.until_posted(2))[-1]["text"].startswith("<@U0COL>")


WHY: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "an answer that is gone": (SHOW, "0123/0", {}, "This answer is no longer kept"),
    "an answer that is gone, in French": (FOOTNOTE, "0123", {"locale": "fr-FR"}, "Cette réponse n'est plus conservée"),
    "a rating of it": ("rate_answer", "0123/up", {}, "This answer is no longer kept"),
    "a citation that there is not": (SHOW, "{}/99", {}, "That did not work"),
    "a window that comes too late": (SHOW, "", {"failure": "expired_trigger_id"}, "That took longer than Slack allows"),
    "a window that Slack refuses": (SHOW, "", {"failure": "invalid_arguments"}, "That did not work"),
    "a button of earlier times": ("old_button", "x", {"locale": "de-DE"}, "This button no longer does anything"),
    "nobody to ask": (COLLEAGUE, "{}", {"locale": "zh-CN"}, "目前未指定可询问的人"),
}


@pytest.mark.parametrize(("action", "value", "given", "said"), WHY.values(), ids=WHY.keys())
async def test_a_click_of_which_nothing_comes_says_why(
    sample_service: Service, action: str, value: str, given: dict[str, Any], said: str
) -> None:
    async with serving(sample_service) as slack:
        slack.locales[PERSON] = given.get("locale", "en-GB")
        post = await answer_to(slack, QUESTION)
        if "failure" in given:
            slack.failures[OPEN].append(Failure(error=given["failure"]))
        answer_id = elements(post["blocks"])[FOOTNOTE]["value"]
        envelope = await click(slack, post, action, value=value.format(answer_id))
        told = await until_called(slack, EPHEMERAL)
        await slack.until_acknowledged(envelope)
    assert told["text"].startswith(said)
    assert (told["channel"], told["thread_ts"], told["user"]) == ("C1", post["thread_ts"], PERSON)
