"""Questions and the paragraphs that answer them, from files."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

CORPUS, QUERIES = ".corpus.jsonl", ".queries.jsonl"
Item = TypeVar("Item")


@dataclass(frozen=True)
class Entry:
    """A paragraph to be found, by a name of its own.

    `number` is shared by the language versions of a paragraph; None where there are none.
    """

    name: str
    language: str
    text: str
    number: int | None = None


@dataclass(frozen=True)
class Question:
    """A question and the names of the paragraphs that answer it, each by itself; `number` is that of their versions."""

    text: str
    language: str
    gold: frozenset[str]
    number: int | None = None


@dataclass(frozen=True)
class Corpus:
    """Paragraphs and the questions about them."""

    name: str
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]

    @property
    def languages(self) -> list[str]:
        """The paragraphs' languages by the alphabet."""
        return sorted({entry.language for entry in self.entries})

    @property
    def is_parallel(self) -> bool:
        """Whether its paragraphs stand in several languages."""
        return all(entry.number is not None for entry in self.entries)


def corpora(folder: Path) -> Iterator[Corpus | str]:
    """The corpora of a folder, and in place of one that is not whole a sentence that says what it lacks.

    A corpus is NAME.corpus.jsonl (id, lang, text, and n where paragraphs have language versions) with
    NAME.queries.jsonl (id, lang, text, rel: the ids of the paragraphs that answer). Of paragraphs with `pool` and
    questions with `sub` those with 1 are taken; where no line has it all are.
    """
    names = sorted({path.name.removesuffix(end) for end in (CORPUS, QUERIES) for path in folder.glob(f"*{end}")})
    if not names:
        yield f"No data in {folder}: it needs files NAME{CORPUS} and NAME{QUERIES}."
    for name in names:
        missing = [end for end in (CORPUS, QUERIES) if not (folder / f"{name}{end}").is_file()]
        yield f"{name} is skipped: there is no {name}{missing[0]} in {folder}." if missing else _corpus(folder, name)


def _corpus(folder: Path, name: str) -> Corpus:
    lines = _marked(_read(folder / f"{name}{CORPUS}"), "pool")
    entries = tuple(Entry(line["id"], line["lang"], line["text"].strip(), line.get("n")) for line in lines)
    known = {entry.name for entry in entries}
    questions = (
        Question(line["text"].strip(), line["lang"], frozenset(line["rel"]) & known, line.get("n"))
        for line in _marked(_read(folder / f"{name}{QUERIES}"), "sub")
    )
    return Corpus(name, entries, tuple(question for question in questions if question.gold))


def bank(path: Path) -> tuple[Question, ...]:
    """The questions of a bank about reports that have gold, which names paragraphs by symbol and number."""
    return tuple(
        Question(
            line["question"],
            line["lang"],
            frozenset(printed_name(one["symbol"], str(one["paragraph"])) for one in line["gold"]),
        )
        for line in _read(path)
        if line.get("gold")
    )


def printed_name(symbol: str, number: str) -> str:
    """The name of a report's numbered paragraph."""
    return f"{symbol}, {number}"


def alone(corpus: Corpus, rotation: int) -> tuple[Entry, ...]:
    """Of each paragraph the version in one language only: that of its number and the rotation, counted round."""
    languages = corpus.languages
    return tuple(
        entry for entry in corpus.entries if entry.language == languages[_number(entry, rotation) % len(languages)]
    )


def _number(entry: Entry, rotation: int) -> int:
    return (entry.number or 0) + rotation


def sample(questions: Sequence[Question], most: int) -> tuple[Question, ...]:
    """At most so many questions, as many of each language where there are enough, evenly taken along the file."""
    languages = sorted({question.language for question in questions})
    share = max(1, most // len(languages)) if languages else 0
    return tuple(
        question
        for language in languages
        for question in evenly([each for each in questions if each.language == language], share)
    )


def evenly(items: Sequence[Item], most: int) -> Sequence[Item]:
    """At most so many of the items, at even steps."""
    return items if len(items) <= most else [items[place * len(items) // most] for place in range(most)]


def _read(path: Path) -> list[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _marked(lines: list[Mapping[str, Any]], mark: str) -> list[Mapping[str, Any]]:
    """The lines that bear the mark, or all where none has it."""
    return [line for line in lines if line[mark]] if any(mark in line for line in lines) else lines
