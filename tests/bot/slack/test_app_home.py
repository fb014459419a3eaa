"""What is shown when somebody opens the app: an event over Socket Mode in, the Home tab or first questions out."""

import re

import pytest

from bot.answer import Question
from bot.service import Service
from bot.slack.messages.markup import SECTION_LIMIT
from bot.slack.needs import SHORTCUTS
from bot.slack.questions.asking import muting_language
from bot.slack.questions.requested import ABOUT_THIS, COMMAND
from ingest.failures import SetAside, forget, set_aside
from tests.bot.slack.people import open_app, serving, texts, until_called
from tests.bot.slack.stand_in import GUEST, PERSON, Failure

PUBLISH, SUGGEST = "views.publish", "assistant.threads.setSuggestedPrompts"
LOCALES = {"ar": "ar-AE", "en": "en-GB", "es": "es-LA", "fr": "fr-CA", "ru": "ru-RU", "zh": "zh-TW"}
SUBJECTS = {
    "ar": "التحليل القطري المشترك",
    "en": "common country analysis",
    "es": "análisis común sobre el país",
    "fr": "analyse commune de pays",
    "ru": "общий страновой анализ",
    "zh": "共同国家分析",
}


pytestmark = pytest.mark.anyio


async def test_the_home_tab_tells_how_to_ask_and_what_is_in_the_index(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        await slack.until_acknowledged(await open_app(slack, "home"))
        published = await until_called(slack, PUBLISH)
    assert published["user_id"] == PERSON
    assert published["view"]["type"] == "home"
    shown = "\n".join(texts(published["view"]["blocks"]))
    records = sample_service.library.records().values()
    paragraphs = sum(record.paragraph_count for record in records)
    assert f"Documents: {len(records)} · Paragraphs: {paragraphs}" in shown
    assert "English 4" in shown
    assert "Last refresh: " in shown
    [newest] = [record for record in records if record.symbol == "SAMPLE/2025/2"]
    assert f"• <http://127.0.0.1:8000/documents/{newest.document_id}|SAMPLE/2025/2> · {newest.title}" in shown
    assert "Every answer cites the numbered paragraph" in shown
    assert "could not be read" not in shown


@pytest.mark.parametrize("language", LOCALES)
async def test_it_is_in_the_user_s_language(sample_service: Service, language: str) -> None:
    heading = {"ar": "كيف تسأل", "en": "How to ask", "es": "Cómo preguntar", "fr": "Comment poser une question",
               "ru": "Как спросить", "zh": "如何提问"}[language]  # fmt: skip
    async with serving(sample_service) as slack:
        slack.locales[PERSON] = LOCALES[language]
        await open_app(slack, "home")
        view = (await until_called(slack, PUBLISH))["view"]
    assert texts(view["blocks"])[0] == heading
    reports = texts(view["blocks"])[-1].split("\n")[1:]
    assert {report[: report.index("•")] for report in reports} == {"\u2067" if language == "ar" else ""}


@pytest.mark.parametrize("language", LOCALES)
async def test_it_tells_of_every_way_to_ask(sample_service: Service, language: str) -> None:
    async with serving(sample_service) as slack:
        slack.locales[PERSON] = LOCALES[language]
        await open_app(slack, "home")
        view = (await until_called(slack, PUBLISH))["view"]
    ways = texts(view["blocks"])[2].split("\n")
    thread, command, shortcut = (re.findall("[“«]\\W*(.+?)\\s*[”»]", way)[0] for way in ways)
    assert muting_language(thread) == language
    assert command == COMMAND.removeprefix("/")
    assert shortcut == SHORTCUTS[ABOUT_THIS]
    assert max(map(len, texts(view["blocks"]))) <= SECTION_LIMIT


async def test_only_operators_see_what_could_not_be_read(sample_service: Service) -> None:
    failed = SetAside("<!here>.pdf", {"path": "x"}, "It is encrypted & cannot be read.")
    set_aside(sample_service.catalogue, failed, transient=False)
    try:
        async with serving(sample_service, operators=GUEST) as slack:
            await open_app(slack, "home", user=PERSON)
            others = texts((await until_called(slack, PUBLISH))["view"]["blocks"])
            await open_app(slack, "home", user=GUEST)
            operators = texts((await until_called(slack, PUBLISH, 2))["view"]["blocks"])
    finally:
        forget(sample_service.catalogue, [failed.source])
    assert not any("encrypted" in text for text in others)
    assert operators[-1] == "*&lt;!here&gt;.pdf*\nIt is encrypted &amp; cannot be read."


async def test_an_operator_is_told_that_all_was_read(sample_service: Service) -> None:
    async with serving(sample_service, operators=PERSON) as slack:
        await open_app(slack, "home")
        view = (await until_called(slack, PUBLISH))["view"]
    assert texts(view["blocks"])[-1] == "Nothing: all that came was read."


@pytest.mark.parametrize("language", LOCALES)
async def test_first_questions_are_suggested_which_the_reports_answer(sample_service: Service, language: str) -> None:
    async with serving(sample_service) as slack:
        slack.locales[PERSON] = LOCALES[language]
        await open_app(slack, "messages")
        suggested = await until_called(slack, SUGGEST)
    assert suggested["channel_id"] == "D1"
    assert "thread_ts" not in suggested
    questions = [prompt["message"] for prompt in suggested["prompts"]]
    assert len(questions) == 4
    assert SUBJECTS[language] in questions[0]
    for question in questions:
        answer = sample_service.answering.answer(Question(question))
        assert (answer.state, answer.language) == ("answered", language)


async def test_an_empty_index_suggests_nothing_and_says_so(service: Service) -> None:
    async with serving(service) as slack:
        await open_app(slack, "messages")
        await open_app(slack, "home")
        view = (await until_called(slack, PUBLISH))["view"]
        assert slack.calls(SUGGEST) == []
    assert any("No reports have been ingested yet" in text for text in texts(view["blocks"]))


async def test_slack_s_refusal_is_survived(sample_service: Service) -> None:
    async with serving(sample_service) as slack:
        slack.failures["users.info"].append(Failure(error="missing_scope"))
        slack.failures[PUBLISH].append(Failure(error="not_enabled"))
        await open_app(slack, "home")
        await slack.until(lambda: slack.calls(f"failed {PUBLISH}"), "a refusal")
        await open_app(slack, "home")
        await until_called(slack, PUBLISH)
