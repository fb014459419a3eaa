"""The Home tab: how to ask, what is in the index, and for operators what could not be read."""

from collections.abc import Iterator

from babel.numbers import format_decimal

from bot.answers.as_of import in_words
from bot.slack.home.holdings import Holdings
from bot.slack.messages.cited import own
from bot.slack.messages.languages import language_name
from bot.slack.messages.markup import Block, clipped, context, escaped, header, link, section
from bot.texts.direction import directed, in_direction_of
from prompts import phrase
from vectorstore.records import DocumentRecord

_NAME_LIMIT = 150
_FAILURE_LIMIT = 500
_FAILURES_TOLD = 20
_DAY = len("2026-11-20")
_MINUTE = slice(len("2026-11-20T"), len("2026-11-20T09:30"))


def home_tab(held: Holdings, language: str, *, base_url: str, is_operator: bool) -> Block:
    """The Home tab as Slack takes it, in a language."""
    blocks = [header(phrase("home_asking", language)), *_asking(language)]
    blocks += [header(phrase("home_index", language)), *_index(held, language, base_url)]
    if is_operator:
        blocks += [header(phrase("home_failures", language)), *_failures(held, language)]
    return {"type": "home", "blocks": blocks}


def _asking(language: str) -> Iterator[Block]:
    yield section(directed(phrase("home_how", language)))
    ways = (phrase(name, language) for name in ("home_thread", "home_command", "home_shortcut"))
    yield section("\n".join(directed(f"• {way}") for way in ways))


def _index(held: Holdings, language: str, base_url: str) -> Iterator[Block]:
    if not held.documents:
        yield section(directed(phrase("nothing_ingested", language)))
        return
    documents, paragraphs = (_number(count, language) for count in (held.documents, held.paragraphs))
    counts = directed(phrase("home_counts", language, documents=documents, paragraphs=paragraphs))
    languages = [own(escaped(f"{language_name(code, language)} {n}"), language) for code, n in held.languages.items()]
    yield section("\n".join([counts, in_direction_of(language, " · ".join(languages))]))
    if held.refreshed_at:
        at = in_words(held.refreshed_at[:_DAY], language)
        yield context(directed(phrase("home_refreshed", language, date=at, time=held.refreshed_at[_MINUTE])))
    if held.newest:
        reports = (_report(record, language, base_url) for record in held.newest)
        yield section("\n".join([f"*{directed(phrase('home_newest', language))}*", *reports]))


def _report(record: DocumentRecord, language: str, base_url: str) -> str:
    """A report on a line: its symbol, its title, its date and its language."""
    title = own(_shortened(record.title), language)
    name = own(_shortened(record.symbol), language) if record.symbol else title
    parts = [link(name, f"/documents/{record.document_id}", base_url), *([title] if record.symbol else [])]
    parts += [own(in_words(record.date, language), language)] if record.date else []
    parts.append(own(escaped(language_name(record.language, language)), language))
    return in_direction_of(language, f"• {' · '.join(parts)}")


def _failures(held: Holdings, language: str) -> Iterator[Block]:
    if not held.failed:
        yield section(directed(phrase("home_no_failures", language)))
    for failed in held.failed[:_FAILURES_TOLD]:
        source, reason = (directed(clipped(escaped(said), _FAILURE_LIMIT)) for said in (failed.source, failed.reason))
        yield section(f"*{source}*\n{reason}")
    if (more := len(held.failed) - _FAILURES_TOLD) > 0:
        yield context(directed(phrase("home_more", language, count=_number(more, language))))


def _number(count: int, language: str) -> str:
    return format_decimal(count, locale=language, numbering_system="latn")


def _shortened(name: str) -> str:
    return clipped(escaped(" ".join(name.split())), _NAME_LIMIT)
