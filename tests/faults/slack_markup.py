"""Puts strings through everything that the bot says in Slack: `python -m tests.faults.slack_markup --strings 10000`.

Nothing in them may become a mention, a broadcast or a link that we did not make, and all must be within Slack's limits.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from random import Random
from typing import Any

from bot.answer import Answer, Citation, Definition
from bot.slack.clicked import Click, kept_in_window
from bot.slack.home.holdings import Holdings
from bot.slack.home.tab import home_tab
from bot.slack.interactions.said import asking, footnotes
from bot.slack.interactions.surroundings import Fate, Neighbour, Surroundings
from bot.slack.interactions.windows import comment_window, paragraph_window
from bot.slack.messages import unfinished
from bot.slack.messages.markup import link
from bot.slack.messages.message import Message, plain, render, sentence
from bot.slack.messages.unfinished import Unfinished
from bot.slack.refreshing.outcome import outcome
from ingest.failures import SetAside
from ingest.runs import Failure, Run
from vectorstore.paragraph import LANGUAGES, PUBLIC, IngestReport
from vectorstore.records import DocumentRecord

BASE_URL = "https://reform.example"
ASKER, COLLEAGUES = "U0ASKER", ("U0COL", "S0TEAM")
_PIECES = [
    "<!channel>", "<!here|x>", "<!everyone>", "<!subteam^S1|@team>", "<@U123>", "<@U123|you>", "<#C123|general>",
    "<https://evil.example|UN>",
    "<mailto:a@evil.example|a>", "<!date^1^{date}|x>", "&lt;!here&gt;", "&amp;lt;", "&#60;",
    "@channel", "@here", "#general", "https://evil.example", "&", "<", ">", "|", " | ", "\n", "\r\n> ",
    "\n>", "```", "`",
    "*", "_", "~", ":tada:", "[1]", "“", "”", "«", "»", "ش", "ذكر التقرير ذلك.", "报告说明。",
    "\u202e", "\u2067", "\u2069",
    "\u0000", "\u2028", "1 536", "Region", " ", ". ", "The programme reached 25 towns [1].", "&" * 40,
    "<" * 700, "x" * 3100,
]  # fmt: skip
_OURS = re.compile(r"<https://reform\.example/(?:documents|answers|v1)/[^<>|\s]*\|[^<>]*>")
_MENTIONS = re.compile(rf"<@(?:{ASKER}|U0COL)>|<!subteam\^S0TEAM>")
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")
_IDS = re.compile(r'[\w/:,{}" .-]*')
_TOP = {"message": 50, "modal": 100, "home": 100}  # blocks
_TEXT_LIMITS = {"section": 3000, "context": 3000, "header": 150, "button": 75, "title": 24, "close": 24, "submit": 24}
_MOST_ELEMENTS = {"actions": 25, "context": 10, "context_actions": 5}


def strings(count: int, *, seed: int = 1) -> Iterator[str]:
    """Strings of what Slack could act on, of any characters, short and long."""
    random = Random(seed)
    for _ in range(count):
        pieces = random.choices(_PIECES, k=random.randrange(10))
        pieces += ["".join(chr(_character(random)) for _ in range(random.randrange(20)))]
        random.shuffle(pieces)
        yield "".join(pieces)


def problems(text: str, number: int) -> Iterator[str]:
    """What is wrong with anything that is shown where all that is not ours to word is this text."""
    for name, payload in _shown(text, LANGUAGES[number % len(LANGUAGES)], Random(number)):
        mentions = _MENTIONS if name == "colleagues" else None
        for problem in [*_acted_on(payload, mentions), *_over_limits(payload)]:
            yield f"{name}: {problem}"
        if "&" not in text and any("&amp;" in shown for _, shown in _strings(payload)):
            yield f"{name}: escaped twice"


def _character(random: Random) -> int:
    code = random.choice((random.randrange(32, 127), random.randrange(0x600, 0x6FF), random.randrange(1, 0x2FFFF)))
    return 32 if 0xD800 <= code < 0xE000 else code


def _shown(text: str, language: str, random: Random) -> Iterator[tuple[str, Any]]:
    citation = _citation(text, random)
    now = Unfinished(("Searching …", f"Reading {text}"), text)
    yield "unfinished", _message(unfinished.message(now))
    yield "stream", _streamed(unfinished.chunks(Unfinished(text=text[: len(text) // 2]), now), unfinished.done(now))
    for message in render(_answer(text, citation, language, random), base_url=BASE_URL, has_colleagues=True):
        yield "answer", _message(message)
    fate: Fate = random.choice(("current", "gone", "superseded"))
    shown = Surroundings(citation, fate, Neighbour(text, text), Neighbour(text, text))
    yield "paragraph", paragraph_window(shown, language, BASE_URL)
    click = Click(user=ASKER, team="T1", channel="C1", thread_ts="1.2", trigger_id="1", value="a1/down")
    yield "comment", comment_window(language, kept_in_window(click))
    untitled = replace(citation, symbol=None, label=f"{text}, para. 4")
    yield "footnotes", _message(footnotes([citation, untitled], language))
    yield "colleagues", _message(asking(COLLEAGUES, text, language, asker=ASKER))
    yield "home", home_tab(_holdings(text), language, base_url=BASE_URL, is_operator=True)
    yield "sentence", _message(sentence(text or "x"))
    for message in plain(text or "x", after=link("the refresh", "/v1/refresh/r1", BASE_URL)):
        yield "digest", _message(message)
    run = Run("r1", "done", "2026-11-20T09:00:00Z", failed=(Failure(text, text),), digest=text)
    yield "outcome", _message(outcome(text, run, {}, {}, language, base_url=BASE_URL))
    yield "outcome", _message(outcome(text, replace(run, state="held"), {}, {}, language, base_url=BASE_URL))


def _message(message: Message) -> dict[str, Any]:
    return {"type": "message", **asdict(message)}


def _streamed(*calls: Sequence[unfinished.Chunk]) -> dict[str, Any]:
    """What a stream shows."""
    chunks = [chunk for call in calls for chunk in call]
    blocks = [block for chunk in chunks for block in chunk.get("blocks", ())]
    return {"type": "message", "blocks": blocks, "tasks": [chunk for chunk in chunks if "blocks" not in chunk]}


def _citation(text: str, random: Random) -> Citation:
    start, end = sorted(random.choices(range(len(text) + 1), k=2))
    return Citation(
        marker=random.choice((None, 1)),
        document_id="d1",
        symbol=text,
        title=text,
        paragraph="4",
        label=text,
        section=(text, text),
        page=1,
        language=text[:20],
        quote=text[start:end],
        url=f"/documents/{text}",
        date="2026-11-20",
        translation=random.choice((None, text)),
        superseded_by=text or None,
        text=text,
    )


def _answer(text: str, citation: Citation, language: str, random: Random) -> Answer:
    abstained = random.random() < 0.3
    return Answer(
        answer_id="a1",
        conversation_id="c1",
        question=text,
        language=language,
        answer=text,
        state="silent" if abstained else "answered",
        abstained=abstained,
        reason=text,
        mode="generative",
        citations=() if abstained else (citation,) * random.choice((1,) * 20 + (3, 40)),
        nearest=(citation,) if abstained else (),
        as_of=None,
        index_version="1",
        model=text,
        timings_ms={},
        definitions=(Definition("t", text, (text,), text, language, {}),),
        as_of_line=text,
    )


def _holdings(text: str) -> Holdings:
    record = DocumentRecord(
        document_id="d1", work_id="w1", source=text, content_hash="h", symbol=text or None, title=text,
        language=text[:20], date="2026-11", body=text, edition=None, audience=PUBLIC, pages=1, report=IngestReport(),
        added_at="2026", superseded_by=None, sources={}, paragraph_count=1, numbered_count=1,
    )  # fmt: skip
    failed = [SetAside(text, {}, text)] * 30
    return Holdings(
        1, 1_234_567, {text[:20]: 1}, [record, replace(record, symbol=None)], "2026-11-20T09:00:00Z", failed
    )


def _acted_on(payload: Any, mentions: re.Pattern[str] | None) -> Iterator[str]:
    """What Slack would act on and is not ours, and what would be shown with our escapes in sight."""
    for key, text in _strings(payload):
        if key in ("type", "text", "title", "accessibility_label"):
            left = _OURS.sub("", mentions.sub("", text) if mentions else text)
            if "<" in left or re.search(r"(?<!^)>", left, re.MULTILINE):
                yield f"Slack would act on {left!r}"
            if _ENTITY.search(left):
                yield f"an ampersand stands bare in {left!r}"
        elif not _IDS.fullmatch(text):
            yield f"{key} carries text: {text!r}"


def _strings(payload: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(payload, str):
        yield key, payload
    elif isinstance(payload, Mapping):
        for name, value in payload.items():
            yield from _strings(value, name)
    elif isinstance(payload, list | tuple):
        for value in payload:
            yield from _strings(value, key)


def _over_limits(payload: Mapping[str, Any]) -> Iterator[str]:
    blocks: Sequence[Mapping[str, Any]] = payload["blocks"]
    if len(blocks) > _TOP[payload["type"]]:
        yield f"{len(blocks)} blocks"
    if not 1 <= len(payload.get("text", "x")) <= 4000:
        yield "a text that is too long, or none"
    for name in ("title", "close", "submit"):
        if name in payload:
            yield from _wrong_text(name, payload[name])
    for block in blocks:
        yield from _wrong_block(block)
    for task in payload.get("tasks", ()):
        if not 1 <= len(task["title"]) <= 256:
            yield f"{len(task['title'])} characters in the title of a task"


def _wrong_block(block: Mapping[str, Any]) -> Iterator[str]:
    kind = block["type"]
    elements = block.get("elements", [])
    if len(elements) > _MOST_ELEMENTS.get(kind, 0):
        yield f"{len(elements)} elements in {kind}"
    for element in elements:
        if kind == "actions":
            yield from _wrong_text("button", element["text"])
            if len(element.get("accessibility_label", "")) > 75:
                yield "a label that is too long"
        elif kind == "context":
            yield from _wrong_text(kind, element)
    if kind in ("section", "header"):
        yield from _wrong_text(kind, block["text"])


def _wrong_text(where: str, text: Mapping[str, Any]) -> Iterator[str]:
    if not 1 <= len(text["text"]) <= _TEXT_LIMITS[where]:
        yield f"{len(text['text'])} characters in {where}"
    if text["type"] == "mrkdwn" and text.get("verbatim") is not True:
        yield f"Slack looks for links in {where}"


def main() -> int:
    """Tries so many strings; exit status 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    found = [
        problem
        for number, text in enumerate(strings(arguments.strings, seed=arguments.seed))
        for problem in problems(text, number)
    ]
    for problem, times in Counter(found).most_common(20):
        sys.stdout.write(f"{times} times: {problem[:300]}\n")
    sys.stdout.write(f"{arguments.strings} strings through everything said in Slack: {len(found)} problems\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
