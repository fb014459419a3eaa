"""The note that readers get after a refresh: what is new, replaced, moved, removed and failed, and what changed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from ingest.comparing import Cited, ParagraphChange, Place
from ingest.digest_words import WORDS, Words
from ingest.runs import Failure

_DOCUMENTS = 12
_CHANGES = 12
_VALUES = 4  # of one paragraph
_TITLE = 100  # characters
_QUOTE = 160
_LEAD = 30  # characters before the first difference of two sentences
_SPACES = re.compile(r"\s+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_ISOLATED = "\u2068{}\u2069"


@dataclass(frozen=True)
class Named:
    """A document as a digest names it: "A/80/74 (en)", and its title."""

    label: str
    title: str


@dataclass(frozen=True)
class Superseding:
    """A newer edition in the place of an older one, and what changed between them."""

    before: Named
    after: Named
    changes: tuple[ParagraphChange, ...]

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Superseding":
        """As it was before `dataclasses.asdict` and JSON made it mappings and lists."""
        changes = tuple(ParagraphChange.from_json(change) for change in kept["changes"])
        return cls(Named(**kept["before"]), Named(**kept["after"]), changes)


@dataclass(frozen=True)
class Outcome:
    """What a refresh did: the documents by what came of them, and the editions that took the place of others."""

    new: tuple[Named, ...] = ()
    replaced: tuple[Named, ...] = ()
    moved: tuple[Named, ...] = ()
    removed: tuple[Named, ...] = ()
    failed: tuple[Failure, ...] = ()
    unchanged: int = 0
    superseding: tuple[Superseding, ...] = ()


def named(document: Cited) -> Named:
    """How a digest names a document: by its symbol, or else its title, with its language."""
    return Named(f"{document.symbol or _clipped(document.title, _TITLE)} ({document.language})", document.title)


def digest_text(outcome: Outcome, *, language: str = "en") -> str:
    """The note in one of the six UN languages, as plain text; its first line is a sentence with all the counts.

    It has at most twelve lines on documents, failures first, and twelve on changes, those of figures, dates and
    commitments before others; what is left out is counted. Quotes stay in the language of their report.
    """
    words = WORDS[language]
    lines = [_counts(outcome, words), *_shortened(list(_documents(outcome, words)), _DOCUMENTS, words)]
    return "\n".join([*lines, *_changes(outcome.superseding, words)])


def _counts(outcome: Outcome, words: Words) -> str:
    documents = (outcome.new, outcome.replaced, outcome.moved, outcome.removed, outcome.failed)
    if not any(documents):
        return words.nothing.format(outcome.unchanged)
    told = [phrase.format(len(each)) for phrase, each in zip(words.counts, documents, strict=True) if each]
    return words.counted.format(counts=words.comma.join(told), unchanged=outcome.unchanged)


def _documents(outcome: Outcome, words: Words) -> Iterator[str]:
    for failure in outcome.failed:
        yield words.failed.format(source=_isolated(failure.source), reason=failure.reason)
    for phrase, documents in (
        (words.new, outcome.new),
        (words.replaced, outcome.replaced),
        (words.moved, outcome.moved),
        (words.removed, outcome.removed),
    ):
        for document in documents:
            yield phrase.format(document=_isolated(_with_title(document)))


def _with_title(document: Named) -> str:
    title = _clipped(document.title, _TITLE)
    return document.label if document.label.startswith(title) else f"{document.label}, {title}"


def _shortened(lines: Sequence[str], most: int, words: Words) -> list[str]:
    if len(lines) <= most:
        return list(lines)
    return [*lines[:most], words.more.format(len(lines) - most)]


def _changes(pairs: Sequence[Superseding], words: Words) -> Iterator[str]:
    """What each pair of editions changed, with as many lines as there is room for, shared among the pairs."""
    chosen = _chosen(pairs)
    for place, pair in enumerate(pairs[:_DOCUMENTS]):
        told = [change for change in pair.changes if not change.rewords]
        lines = [f"- {_told(change, words)}" for i, change in enumerate(pair.changes) if (place, i) in chosen]
        phrase = words.supersedes if told else words.unaltered
        yield phrase.format(before=_isolated(pair.before.label), after=_isolated(pair.after.label))
        yield from lines
        if len(told) > len(lines):
            yield words.more.format(len(told) - len(lines))
        if len(pair.changes) > len(told):
            yield words.reworded.format(len(pair.changes) - len(told))
    if len(pairs) > _DOCUMENTS:
        yield words.more.format(len(pairs) - _DOCUMENTS)


def _chosen(pairs: Sequence[Superseding]) -> frozenset[tuple[int, int]]:
    """The changes that are told, by the places of their pair and of themselves in it; the first of each pair first."""
    ranked = sorted(
        (_rank(change), i, place)
        for place, pair in enumerate(pairs[:_DOCUMENTS])
        for i, change in enumerate(pair.changes)
        if not change.rewords
    )
    return frozenset((place, i) for _, i, place in ranked[:_CHANGES])


def _rank(change: ParagraphChange) -> int:
    """How much a change asks to be told: a value in the place of another, another value, a paragraph that has some."""
    if change.values:
        return 0 if any(value.before and value.after for value in change.values) else 1
    return 2 if change.matters else 3


def _told(change: ParagraphChange, words: Words) -> str:
    """A change in a line, with both citations."""
    if change.before is None or change.after is None:
        return _whole(change.before, change.after, words)
    before, after = change.before.label, change.after.label
    earlier = f"{before}, {words.earlier}" if before == after else before
    return f"{_isolated(after)}: {'; '.join(_said(change, words))} ({_isolated(earlier)})"


def _said(change: ParagraphChange, words: Words) -> Iterator[str]:
    """The values that others took the place of; where there are none, what the paragraph says now and said before."""
    if not any(value.before and value.after for value in change.values):
        before, after = (place.quote if place else "" for place in (change.before, change.after))
        yield _changed(before, after, words)
        return
    yield from (_changed(value.before or "", value.after or "", words) for value in change.values[:_VALUES])
    if len(change.values) > _VALUES:
        yield words.more.format(len(change.values) - _VALUES)


def _whole(before: Place | None, after: Place | None, words: Words) -> str:
    """A paragraph that is new or gone, with its first words."""
    place, phrase = (after, words.added_paragraph) if after else (before, words.removed_paragraph)
    assert place is not None
    return f"{_isolated(place.label)}: {phrase.format(_quoted(place.quote))}"


def _changed(before: str, after: str, words: Words) -> str:
    if not before:
        return words.not_before.format(_quoted(after))
    if not after:
        return words.no_more.format(_quoted(before))
    before, after = _from_difference(before, after)
    return words.was.format(before=_quoted(before), after=_quoted(after))


def _from_difference(before: str, after: str) -> tuple[str, str]:
    """Two sentences from shortly before they first differ; short ones whole."""
    if max(len(before), len(after)) <= _QUOTE:
        return before, after
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    start = max(0, shared - _LEAD)
    start = before.find(" ", start, start + _LEAD) + 1 or start
    return (before, after) if not start else (f"…{before[start:]}", f"…{after[start:]}")


def _quoted(text: str) -> str:
    return _isolated(_clipped(text, _QUOTE))


def _clipped(text: str, most: int) -> str:
    """The text on one line, cut at a word's end where it is longer."""
    line = _SPACES.sub(" ", text).strip()
    if len(line) <= most:
        return line
    space = line.rfind(" ", most // 2, most)
    return f"{line[: space if space > 0 else most - 1]}…"


def _isolated(text: str) -> str:
    """The text marked off where it runs from right to left, so that it does not turn its surroundings."""
    return _ISOLATED.format(text) if _RIGHT_TO_LEFT.search(text) else text
