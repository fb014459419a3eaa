"""A file shared in a channel: into the index by the one refresh engine, and in its thread what came of it."""

import asyncio
import errno
import hashlib
import logging
import re
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.app import create_app
from bot.service import Service, build_service
from bot.settings import BotSettings
from bot.slack.settings import SlackSettings
from ingest.plan import Change
from ingest.runs import Run, recent_runs
from tests.bot.slack.stand_in import (
    APP_TOKEN,
    BOT_ID,
    BOT_TOKEN,
    GUEST,
    OTHER_BOT,
    PERSON,
    STRANGER,
    Download,
    Failure,
    SlackStandIn,
    slack_stand_in,
)
from tests.conftest import OWNER
from vectorstore.records import DocumentRecord
from vectorstore.settings import IndexSettings

REPORT = """# Report on the pilot in {place}

1. The pilot in {place} began in 2019 with four ports and a budget of 12 million dollars.

2. The steering group of {place} meets every month and is chaired by the harbour master.

3. A second phase will open in June 2026 with nine more ports near {place}.
"""
SIGN_IN_PAGE = b"<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to your workspace</body></html>"


def report(place: str) -> str:
    return REPORT.format(place=place)


def served(text: str, **fields: Any) -> Download:
    return Download(text.encode(), "text/plain", **fields)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models_path: Path) -> Iterator[Service]:
    """A service for all of these tests, each of which shares reports of its own."""
    settings = IndexSettings(path=tmp_path_factory.mktemp("shared") / "data", models_path=models_path)
    built = build_service(settings, BotSettings())
    yield built
    built.close()


def found(service: Service, source: str) -> DocumentRecord | None:
    """The document of that name in the index."""
    return next((record for record in service.library.records().values() if source in record.sources), None)


@asynccontextmanager
async def running(service: Service, slack: SlackStandIn, **more: Any) -> AsyncIterator[None]:
    """The served app, connected; it takes in what is shared in C1 and C2."""
    tokens = {"bot_token": BOT_TOKEN, "app_token": APP_TOKEN, "api_url": slack.api_url}
    settings = SlackSettings(**{**tokens, "ingest_channels": ("C1", "C2"), **more})
    app = create_app(service, settings, owner_token=OWNER)
    async with app.router.lifespan_context(app):
        yield


@asynccontextmanager
async def sharing(service: Service, **more: Any) -> AsyncIterator[SlackStandIn]:
    """A stand-in for Slack, to which the bot is connected."""
    async with slack_stand_in() as slack, running(service, slack, **more):
        yield slack


def shared(file_id: str = "F1", **fields: Any) -> dict[str, Any]:
    """The event that a file was shared; it does not say in which message."""
    said = {"type": "file_shared", "channel_id": "C1", "file_id": file_id, "user_id": PERSON, "file": {"id": file_id}}
    return {**said, "event_ts": "100.2", **fields}


def message(*file_ids: str, **fields: Any) -> dict[str, Any]:
    """The event that somebody wrote a message that shares files."""
    return {
        "type": "message", "subtype": "file_share", "channel_type": "channel", "channel": "C1", "user": PERSON,
        "ts": "100.1", "text": "", "files": [{"id": file_id} for file_id in file_ids or ("F1",)], **fields,
    }  # fmt: skip


def uploads(service: Service) -> list[Path]:
    folder = service.index_settings.path / "uploads"
    return sorted(folder.iterdir()) if folder.exists() else []


pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("posts_follow_at_once")]


async def test_a_shared_report_is_in_the_index_and_its_thread_says_so(service: Service) -> None:
    async with sharing(service) as slack:
        slack.hold("F1", served(report("Aden")), name="aden.md")
        await slack.until_acknowledged(await slack.deliver(shared()))
        reading, taken = await slack.until_posted(2)
        assert slack.tokens == [f"Bearer {BOT_TOKEN}"]
    assert [(post["channel"], post["thread_ts"]) for post in (reading, taken)] == [("C1", "100.1")] * 2
    record = found(service, "aden.md")
    assert record
    assert reading["text"] == "Reading *aden.md* …"
    assert taken["text"] == (
        "*aden.md*\n"
        f"Taken in: <http://127.0.0.1:8000/documents/{record.document_id}|Report on the pilot in Aden> "
        f"(English · paragraphs: {record.paragraph_count})."
    )
    kept = Path(record.sources["aden.md"])
    assert kept.parent == service.index_settings.path / "uploads"
    assert kept.name == f"{hashlib.sha256(report('Aden').encode()).hexdigest()}.md"
    assert kept.read_text(encoding="utf-8") == report("Aden")


async def test_what_came_of_a_file_is_said_in_the_language_of_who_shared_it(service: Service) -> None:
    async with sharing(service) as slack:
        slack.locales[PERSON] = "fr-FR"
        slack.hold("F1", served(report("Arles")), name="arles.md")
        slack.hold("F2", name="post", mode="post")
        await slack.deliver(shared())
        reading, taken = await slack.until_posted(2)
        await slack.deliver(shared("F2"))
        *_, refused = await slack.until_posted(3)
    assert reading["text"] == "Lecture de *arles.md* …"
    assert re.search(
        r"\nIntégré : <.*\|Report on the pilot in Arles> \(anglais · paragraphes : \d+\)\.$", taken["text"]
    )
    assert refused["text"].startswith("*post* est rédigé dans Slack même")


async def test_a_share_that_slack_tells_of_twice_is_taken_once(service: Service) -> None:
    async with sharing(service) as slack:
        slack.hold("F1", served(report("Brest")), name="brest.md")
        slack.hold("F2", served(report("Bergen")), name="bergen.md")
        for event in (message("F1", "F2"), shared("F2"), shared("F1")):
            for _ in range(3):
                await slack.deliver(event, event_id=f"Ev-{event['type']}-{event.get('file_id')}")
        await slack.until_posted(4)
        assert sorted(slack.calls("download")) == ["F1", "F2"]
    assert {post["thread_ts"] for post in slack.posts} == {"100.1"}
    assert found(service, "brest.md")
    assert found(service, "bergen.md")


async def test_the_same_name_replaces_and_the_same_content_changes_nothing(service: Service) -> None:
    async with sharing(service) as slack:
        newer = report("Cork").replace("four ports", "five ports")
        slack.hold("F1", served(report("Cork")), name="cork.md")
        slack.hold("F2", served(newer), name="cork.md", ts="200.1")
        slack.hold("F3", served(newer), name="cork.md", ts="300.1")
        slack.hold("F4", served(newer), name="cobh.md", ts="400.1")
        for number in range(1, 5):
            await slack.deliver(shared(f"F{number}"))
            await slack.until_posted(2 * number)
        told = [slack.texts[place].splitlines()[1] for place in (1, 3, 5, 7)]
    assert [line.partition(":")[0] for line in told] == [
        "Taken in",
        "Replaced",
        "Unchanged",
        "Known already, now by this name too",
    ]
    assert ", in place of <" in told[1]
    assert found(service, "cork.md") == found(service, "cobh.md")


async def test_a_file_that_cannot_be_read_gets_the_reason_and_what_was_there_stays(service: Service) -> None:
    async with sharing(service) as slack:
        slack.hold("F1", served(report("Doha")), name="doha.md")
        slack.hold("F2", Download(b"\x89PNG\r\n\x1a\n" + bytes(100)), name="doha.md")
        await slack.deliver(shared("F1"))
        await slack.until_posted(2)
        await slack.deliver(shared("F2"))
        *_, refused = await slack.until_posted(4)
    assert refused["text"].startswith("*doha.md* could not be read. ")
    assert "save it as PDF" in refused["text"]
    assert refused["text"].endswith("What the index held under this name stays as it was.")
    assert found(service, "doha.md")


async def test_what_a_person_should_look_at_is_said(service: Service) -> None:
    async with sharing(service) as slack:
        text = report("Elba").replace("3. A", "5. A") + "\n6. The ports report each quarter.\n"
        slack.hold("F1", served(text), name="elba.md")
        await slack.deliver(shared())
        *_, taken = await slack.until_posted(2)
    assert taken["text"].splitlines()[-1] == "Please look at it: paragraph numbers missing: 3, 4."


async def test_an_older_edition_is_taken_in_as_superseded(service: Service) -> None:
    first = report("Faro").replace("\n\n", "\n\nPORT/2021/7\n\n", 1)
    async with sharing(service) as slack:
        slack.hold("F1", served(first.replace("PORT/2021/7", "PORT/2021/7/Rev.1").replace("four", "five")), name="a.md")
        slack.hold("F2", served(first), name="b.md")
        await slack.deliver(shared("F1"))
        await slack.until_posted(2)
        await slack.deliver(shared("F2"))
        *_, taken = await slack.until_posted(4)
    assert "Taken in: <" in taken["text"]
    assert "A newer edition is there, <" in taken["text"]
    assert "|PORT/2021/7/Rev.1>" in taken["text"]


NOT_TAKEN: dict[str, dict[str, Any]] = {
    "in another channel": shared(channel_id="C9"),
    "in another channel's message": message(channel="C9"),
    "in a direct message": message(channel="D1", channel_type="im"),
    "by a bot": shared(user_id=OTHER_BOT),
    "by a bot's message": message(bot_id=BOT_ID),
    "by slackbot": shared(user_id="USLACKBOT"),
    "by somebody of another workspace": shared(user_id=STRANGER),
    "by nobody known": shared(user_id="U9"),
    "an edit": message(subtype="message_changed"),
    "without an id": message(files=[{}]),
}


@pytest.mark.parametrize("event", NOT_TAKEN.values(), ids=NOT_TAKEN.keys())
async def test_what_nobody_authorised_shared_is_left_alone(
    service: Service, event: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with sharing(service) as slack:
        slack.hold("F1", served(REPORT))
        slack.hold("F2", mode="canvas", name="Notes")
        await slack.until_acknowledged(await slack.deliver(event))
        await slack.deliver(shared("F2", user_id=GUEST))
        [post] = await slack.until_posted()
        assert slack.calls("files.info") == [{"file": "F2"}]
    assert post["text"].startswith("*Notes* ")
    assert "F1" not in caplog.text


async def test_without_authorised_channels_no_file_is_taken(service: Service) -> None:
    async with sharing(service, ingest_channels=()) as slack:
        slack.hold("F1", served(REPORT))
        await slack.until_acknowledged(await slack.deliver(shared()))
        await asyncio.sleep(0.3)
        assert slack.calls("files.info") == []


NO_FILE: dict[str, tuple[dict[str, Any], str]] = {
    "a canvas": ({"mode": "quip", "name": "Notes"}, "export it as PDF or DOCX"),
    "a post": ({"mode": "post", "name": "Notes"}, "export it as PDF or DOCX"),
    "a mail": ({"mode": "email", "name": "Fwd"}, "export it as PDF or DOCX"),
    "typed text": ({"mode": "snippet", "name": "Untitled.txt"}, "save it as a file such as report.txt"),
    "typed code": ({"mode": "snippet", "name": "numbers.py"}, "save it as a file such as report.txt"),
    "in a drive": ({"is_external": True, "mode": "external", "name": "Plan"}, "share the file itself"),
    "deleted": ({"mode": "tombstone", "name": "old.pdf"}, "was deleted"),
    "empty": ({"size": 0}, "is empty"),
    "too large": ({"size": 201 * 1024 * 1024}, "larger than 200 MiB"),
    "elsewhere": ({"url_private_download": "https://evil.example/F1"}, "I send no token"),
    "at a name that only begins alike": ({"url_private_download": "{origin}.evil.example/F1"}, "I send no token"),
    "with a user's name for a host": ({"url_private_download": "{origin}@evil.example/F1"}, "I send no token"),
    "without an address": ({"url_private_download": "", "url_private": None}, "I send no token"),
}


@pytest.mark.parametrize(("fields", "said"), NO_FILE.values(), ids=NO_FILE.keys())
async def test_what_is_no_file_to_download_gets_a_sentence(service: Service, fields: dict[str, Any], said: str) -> None:
    async with sharing(service) as slack:
        origin = slack.api_url.removesuffix("/api/")
        address = {key: value.format(origin=origin) for key, value in fields.items() if isinstance(value, str)}
        slack.hold("F1", served(REPORT), **{**fields, **address})
        await slack.deliver(shared())
        [post] = await slack.until_posted()
        assert slack.tokens == []
    assert said in post["text"]
    assert post["thread_ts"] == "100.1"


async def test_a_text_file_is_taken_though_slack_makes_a_snippet_of_it(service: Service) -> None:
    async with sharing(service) as slack:
        slack.hold("F1", served(report("Gent")), name="gent.md", mode="snippet")
        await slack.deliver(shared())
        *_, taken = await slack.until_posted(2)
    assert "Taken in" in taken["text"]


NOT_HAD: dict[str, tuple[Download, str]] = {
    "a sign-in page": (Download(SIGN_IN_PAGE, "text/html"), "a sign-in page did: give the app the scope files:read"),
    "a sign-in page that says it is a file": (Download(SIGN_IN_PAGE), "a sign-in page did"),
    "forbidden": (Download(b"", status=403), "a sign-in page did"),
    "gone": (Download(b"", status=404), "is no longer in Slack"),
    "refused": (Download(b"", status=400), "(Slack's file server says 400)"),
    "more than said": (Download(bytes(3000)), "larger than"),
}


@pytest.mark.parametrize(("download", "said"), NOT_HAD.values(), ids=NOT_HAD.keys())
async def test_a_file_that_slack_does_not_give_gets_a_sentence(service: Service, download: Download, said: str) -> None:
    before = uploads(service)
    small = replace(service, bot_settings=service.bot_settings.model_copy(update={"upload_bytes": 2000}))
    async with sharing(small) as slack:
        slack.hold("F1", download, name="harbour.pdf", size=1999)
        await slack.deliver(shared())
        *_, post = await slack.until_posted(2)
    assert post["text"].startswith("*harbour.pdf* ")
    assert said in post["text"]
    assert uploads(service) == before
    assert found(service, "harbour.pdf") is None


async def test_the_token_follows_no_redirect(service: Service) -> None:
    async with slack_stand_in() as elsewhere, sharing(service) as slack:
        elsewhere.hold("F1", served(REPORT))
        there = elsewhere.files["F1"]["url_private_download"]
        slack.hold("F1", Download(b"", status=302, location=there), size=100)
        await slack.deliver(shared())
        *_, post = await slack.until_posted(2)
    assert "a sign-in page did" in post["text"]
    assert elsewhere.tokens == []


async def test_a_web_page_that_was_shared_is_no_sign_in_page(service: Service) -> None:
    page = (
        b"<!doctype html><html><body><h1>Harbour</h1><p>1. The pilot began in 2019 with four ports.</p></body></html>"
    )
    async with sharing(service) as slack:
        slack.hold("F1", Download(page, "text/html"), name="harbours.html")
        await slack.deliver(shared())
        *_, post = await slack.until_posted(2)
    assert "Taken in" in post["text"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "There is no room for mons.md"),
        (RuntimeError("secret"), "Something went wrong on my side with mons.md"),
    ],
    ids=["a full disk", "a failure"],
)
async def test_what_fails_here_is_said_in_the_thread(
    service: Service, error: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Change) -> Run:
        raise error

    async with sharing(service) as slack:
        monkeypatch.setattr(service.worker, "submit", fail)
        slack.hold("F1", served(report("Mons")), name="mons.md")
        await slack.deliver(shared())
        *_, post = await slack.until_posted(2)
    assert post["text"].startswith(said)
    assert (service.catalogue.fact("slack_unfinished_files"), post["thread_ts"]) == ("[]", "100.1")


async def test_a_download_that_fails_for_now_is_tried_again(service: Service) -> None:
    async with sharing(service) as slack:
        slack.hold("F1", Download(b"", status=503), served(report("Hull")), name="hull.md", size=100)
        await slack.deliver(shared())
        *_, post = await slack.until_posted(2)
    assert "Taken in" in post["text"]


SCOPES = {"files.info": "files:read", "users.info": "users:read"}


@pytest.mark.parametrize(("method", "scope"), SCOPES.items(), ids=SCOPES.keys())
async def test_a_missing_scope_is_named(service: Service, method: str, scope: str) -> None:
    async with sharing(service) as slack:
        slack.hold("F1", served(REPORT))
        slack.failures[method].append(Failure(error="missing_scope", needed=scope))
        await slack.deliver(message())
        [post] = await slack.until_posted()
    assert f"give the app the scope {scope}" in post["text"]
    assert post["thread_ts"] == "100.1"


async def test_the_thread_is_found_though_slack_learns_of_it_late(service: Service) -> None:
    async with sharing(service) as slack:
        slack.hold("F1", mode="canvas", shares={})
        await slack.deliver(shared())
        await slack.until(lambda: slack.calls("files.info"), "a look at the file")
        places = [{"ts": "110.1"}, {"ts": "150.1", "thread_ts": "120.1"}]
        slack.files["F1"]["shares"] = {"private": {"C1": places, "C2": [{"ts": "500.1"}]}}
        [post] = await slack.until_posted()
    assert post["thread_ts"] == "120.1"


async def test_a_file_whose_message_is_not_known_is_answered_in_the_channel(service: Service) -> None:
    async with sharing(service) as slack:
        slack.hold("F1", mode="canvas", shares={"public": {"C2": [{"ts": "500.1"}]}})
        await slack.deliver(shared())
        [post] = await slack.until_posted()
    assert (post["channel"], post.get("thread_ts")) == ("C1", None)


async def test_names_in_all_six_languages_are_kept_and_nothing_in_them_becomes_a_mention(service: Service) -> None:
    names = ["تقرير\u200f المرفأ.md", "港口报告.md", "Доклад.md", "Rapport e\u0301.md", "<!channel> & <@U1>.md"]
    async with sharing(service) as slack:
        for number, name in enumerate(names):
            slack.hold(f"F{number}", served(report(f"Quay {number}")), name=name)
            await slack.deliver(shared(f"F{number}"))
        await slack.until(lambda: len(slack.posts) == 2 * len(names), "all posts")
    assert all(map(partial(found, service), ["تقرير المرفأ.md", "港口报告.md", "Доклад.md", "Rapport é.md", names[-1]]))
    assert "<!" not in "".join(slack.texts)
    assert "Reading *&lt;!channel&gt; &amp; &lt;@U1&gt;.md* …" in slack.texts


async def test_what_was_being_downloaded_is_gone_on_with_after_a_restart(service: Service) -> None:
    before = uploads(service)
    async with slack_stand_in() as slack:
        slack.hold("F1", served(report("Kiel"), seconds=30), served(report("Kiel")), name="kiel.md")
        async with running(service, slack):
            await slack.deliver(shared())
            await slack.until(lambda: slack.calls("download"), "a download")
        assert slack.texts == ["Reading *kiel.md* …"]
        assert uploads(service) == before
        async with running(service, slack):
            await slack.until_posted(2)
            await slack.deliver(shared())
            await asyncio.sleep(0.3)
        async with running(service, slack):
            await asyncio.sleep(0.3)
    assert len(slack.posts) == 2
    assert "Taken in" in slack.texts[1]
    assert slack.posts[1]["thread_ts"] == "100.1"


async def test_what_was_taken_in_meanwhile_is_told_after_a_restart(service: Service) -> None:
    may_go_on = threading.Event()

    def hold_up(_: Run) -> None:
        may_go_on.wait(20)

    service.worker.subscribe(hold_up)
    service.worker.submit(Change())
    runs = len(recent_runs(service.catalogue, 500))
    async with slack_stand_in() as slack:
        slack.hold("F1", served(report("Linz")), name="linz.md")
        async with running(service, slack):
            await slack.deliver(shared())
            async with asyncio.timeout(8):
                while len(recent_runs(service.catalogue, 500)) <= runs:
                    await asyncio.sleep(0.05)
            await asyncio.sleep(0.3)
        may_go_on.set()
        await asyncio.to_thread(service.worker.wait)
        async with running(service, slack):
            *_, taken = await slack.until_posted(2)
        assert slack.calls("download") == ["F1"]
    assert "Taken in" in taken["text"]
