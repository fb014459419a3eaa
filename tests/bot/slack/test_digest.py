"""The digest of each refresh in a Slack channel: once, in order, and later where Slack could not be told."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.service import Service
from bot.slack.desk import SlackBot
from bot.slack.messages.markup import SECTION_LIMIT
from bot.slack.post import Poster, build_client
from bot.slack.refreshing.digest import DigestDesk
from bot.slack.refreshing.told import Told, keep_told
from bot.slack.settings import SlackSettings
from ingest.failures import SetAside, forget, set_aside
from ingest.plan import Change
from ingest.runs import Failure as Unread
from ingest.runs import Run, begin_run, save_run
from ingest.sources import files_under
from tests.bot.slack.stand_in import APP_TOKEN, BOT_TOKEN, Failure, SlackStandIn, slack_stand_in
from vectorstore.catalogue import Catalogue

BASE_URL = "https://reform.example"
REFUSED = Failure(error="not_in_channel")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue of whose refreshes the channel has been told up to the year 2026."""
    opened = Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    keep_told(opened, Told(at="2026-01-01T00:00:00Z"))
    yield opened
    opened.close()


class Refreshed:
    """Ends runs in a catalogue as the worker does, a minute after one another unless said."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._minutes = itertools.count()

    def end(self, text: str, **fields: Any) -> Run:
        at = f"2026-02-01T{next(self._minutes) // 60:02}:{next(self._minutes) % 60:02}:00Z"
        ended = {"state": "done", "started_at": at, "finished_at": at, "digest": text, "new": 1}
        run = replace(begin_run(self._catalogue), **{**ended, **fields})
        save_run(self._catalogue, run)
        return run


@pytest.fixture
def refreshed(catalogue: Catalogue) -> Refreshed:
    return Refreshed(catalogue)


def settings(slack: SlackStandIn, **more: Any) -> SlackSettings:
    return SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=slack.api_url, **more)


@asynccontextmanager
async def telling(
    catalogue: Catalogue, slack: SlackStandIn, *, seconds_between: float = 0
) -> AsyncIterator[DigestDesk]:
    """The desk at work, as fast as it can."""
    poster = Poster(build_client(settings(slack), token=BOT_TOKEN), seconds_between=seconds_between)
    desk = DigestDesk(poster, catalogue, channel="C7", base_url=BASE_URL)
    await desk.start()
    try:
        yield desk
    finally:
        await desk.stop()


def digests(slack: SlackStandIn) -> list[str]:
    """The first section of each message, or its text where it has none."""
    return [post["blocks"][0]["text"]["text"] if "blocks" in post else post["text"] for post in slack.posts]


pytestmark = pytest.mark.anyio


async def test_a_refresh_that_changes_something_is_told_in_the_channel(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "harbour.md"
    path.write_text("# Report on R & D in harbours\n\n1. The pilot began in 2019 with four ports.\n", encoding="utf-8")
    change = Change(files=files_under([path]))
    async with slack_stand_in() as slack:
        bot = SlackBot(
            settings(slack, digest_channel="C7"),
            service.answering,
            service.catalogue,
            service.conversations,
            base_url=BASE_URL,
            service=service,
        )
        await bot.start()
        submitted = [service.worker.submit(each) for each in (replace(change, dry_run=True), change, change)]
        await asyncio.to_thread(service.worker.wait)
        await slack.until_posted()
        await asyncio.sleep(0.5)
        await bot.stop()
    run = service.worker.find(submitted[1].run_id)
    [record] = service.library.records().values()
    [post] = slack.posts
    section, links = post["blocks"]
    assert run
    assert post["channel"] == "C7"
    assert section["text"]["text"] == run.digest.replace("&", "&amp;")
    assert links["elements"][0]["text"] == (
        f"<http://127.0.0.1:8000/v1/refresh/{run.run_id}|Refresh of {str(run.finished_at)[:10]} "
        f"{str(run.finished_at)[11:16]} UTC> · "
        f"<http://127.0.0.1:8000/documents/{record.document_id}|Report on R &amp; D in harbours>"
    )


async def test_digests_come_in_the_order_in_which_the_refreshes_ended(
    catalogue: Catalogue, refreshed: Refreshed
) -> None:
    async with slack_stand_in() as slack, telling(catalogue, slack) as desk:
        for number in range(12):
            desk.note(refreshed.end(f"Digest {number}", finished_at="2026-02-01T00:00:00Z"))
            await asyncio.sleep(0.02)
        await slack.until_posted(12)
    assert digests(slack) == [f"Digest {number}" for number in range(12)]


async def test_what_slack_refuses_is_told_before_the_next(catalogue: Catalogue, refreshed: Refreshed) -> None:
    async with slack_stand_in() as slack, telling(catalogue, slack) as desk:
        slack.failures["chat.postMessage"].append(REFUSED)
        desk.note(refreshed.end("First"))
        await slack.until(lambda: slack.calls("failed chat.postMessage"), "a refusal")
        desk.note(refreshed.end("Second"))
        await slack.until_posted(2)
    assert digests(slack) == ["First", "Second"]


async def test_what_ended_while_slack_was_away_is_told_at_the_next_start_and_once(
    catalogue: Catalogue, refreshed: Refreshed
) -> None:
    async with slack_stand_in() as slack:
        for number in range(8):
            refreshed.end(f"Digest {number}")
            refreshed.end("Nothing changed.", new=0)
        async with telling(catalogue, slack):
            await slack.until_posted(6)
        async with telling(catalogue, slack):
            await asyncio.sleep(0.3)
            assert len(slack.posts) == 6
    assert digests(slack) == [
        "… and 3 refreshes before, while Slack could not be told: https://reform.example/v1/refresh lists them.",
        *(f"Digest {number}" for number in range(3, 8)),
    ]


async def test_a_channel_that_is_new_is_not_told_of_the_past(tmp_path: Path) -> None:
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    refreshed = Refreshed(catalogue)
    refreshed.end("Long ago")
    async with slack_stand_in() as slack, telling(catalogue, slack) as desk:
        desk.note(refreshed.end("New", finished_at="2099-01-01T00:00:00Z"))
        await slack.until_posted()
    assert digests(slack) == ["New"]


async def test_a_long_digest_keeps_slack_s_limits_and_all_its_words(catalogue: Catalogue, refreshed: Refreshed) -> None:
    lines = [f"{number}. Replaced: A/80/{number} & <another> report of many words." for number in range(400)]
    async with slack_stand_in() as slack, telling(catalogue, slack, seconds_between=0.2) as desk:
        began = asyncio.get_running_loop().time()
        desk.note(refreshed.end("\n".join(lines)))
        posts = await slack.until_posted(3)
        took = asyncio.get_running_loop().time() - began
    sections = [block["text"]["text"] for post in posts for block in post["blocks"] if block["type"] == "section"]
    assert max(map(len, sections)) <= SECTION_LIMIT
    assert max(len(str(post["blocks"])) for post in posts) < 12_000
    escaped = [line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in lines]
    assert "\n".join(sections).split("\n") == escaped
    assert took >= 0.2 * (len(posts) - 1)


async def test_a_digest_that_was_broken_off_goes_on_where_it_was(catalogue: Catalogue, refreshed: Refreshed) -> None:
    refreshed.end("\n".join(f"Line {number} of a digest that is long." for number in range(800)))
    async with slack_stand_in() as slack:
        slack.failures["chat.postMessage"].extend([Failure(), REFUSED])
        async with telling(catalogue, slack):
            await slack.until(lambda: slack.calls("failed chat.postMessage"), "a refusal")
        assert len(slack.posts) == 1
        async with telling(catalogue, slack):
            await slack.until_posted(3)
    shown = [block["text"]["text"] for post in slack.posts for block in post["blocks"] if block["type"] == "section"]
    assert "\n".join(shown).split("\n") == [f"Line {number} of a digest that is long." for number in range(800)]


async def test_the_same_failure_is_told_once_until_it_is_mended(catalogue: Catalogue, refreshed: Refreshed) -> None:
    def fail(reason: str) -> Run:
        set_aside(catalogue, SetAside("a.pdf", {"path": "a.pdf"}, reason), transient=True)
        return refreshed.end(reason, new=0, failed=(Unread("a.pdf", reason),))

    async with slack_stand_in() as slack, telling(catalogue, slack) as desk:
        desk.note(fail("Busy: try again in 37 seconds."))
        desk.note(fail("Busy: try again in 12 seconds."))
        desk.note(refreshed.end("A new report."))
        desk.note(fail("Busy: try again in 5 seconds."))
        await slack.until_posted(2)
        desk.note(fail("The file is broken."))
        await slack.until_posted(3)
        forget(catalogue, ["a.pdf"])
        desk.note(refreshed.end("Mended."))
        await slack.until_posted(4)
        desk.note(fail("The file is broken."))
        await slack.until_posted(5)
    assert digests(slack) == [
        "Busy: try again in 37 seconds.",
        "A new report.",
        "The file is broken.",
        "Mended.",
        "The file is broken.",
    ]


async def test_a_refresh_that_did_nothing_is_told_with_its_reason(catalogue: Catalogue, refreshed: Refreshed) -> None:
    async with slack_stand_in() as slack:
        refreshed.end("Held: 9 of 20.", state="held", removed=9, problems=("Question 4 would turn wrong.",))
        refreshed.end("Held: 9 of 21.", state="held", removed=9)
        refreshed.end("The disk is full.", state="failed")
        refreshed.end("", state="failed")
        refreshed.end("It would be: 1 new.", dry_run=True)
        async with telling(catalogue, slack):
            await slack.until_posted(3)
            await asyncio.sleep(0.2)
    assert digests(slack) == [
        "Held: 9 of 20.\nQuestion 4 would turn wrong.",
        "A refresh failed. The disk is full.",
        "A refresh failed. It was broken off; the index is as it was.",
    ]


async def test_without_slack_the_desk_stops_at_once_and_tells_later(catalogue: Catalogue, refreshed: Refreshed) -> None:
    async with slack_stand_in() as slack:
        nowhere = slack.api_url
    refreshed.end("Digest")
    client = build_client(SlackSettings(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=nowhere), token=BOT_TOKEN)
    desk = DigestDesk(Poster(client), catalogue, channel="C7", base_url=BASE_URL)
    await desk.start()
    await asyncio.sleep(0.1)
    began = asyncio.get_running_loop().time()
    await desk.stop()
    assert asyncio.get_running_loop().time() - began < 4
    async with slack_stand_in() as slack, telling(catalogue, slack):
        await slack.until_posted()
        assert digests(slack) == ["Digest"]
