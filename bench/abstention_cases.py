"""Questions that reports answer and questions that they do not, with what speaks for an answer to each."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.retrieval_data import Corpus, Question, evenly, sample
from bench.retrieval_engines import paragraph_name
from bot.found.evidence import Signs, signs
from bot.service import Service
from vectorstore.search import Filters, Found

ANSWERABLE, TAKEN_AWAY, NOT_SAID, ANOTHER_SUBJECT = "answerable", "taken away", "not said", "another subject"
_FOUND, _READ = 10, 5


@dataclass(frozen=True)
class Asked:
    """A question to reports in one language, and the names of the paragraphs there that answer it.

    `source` is the set of questions. Without `is_said`, `gold` are paragraphs that only come near.
    """

    source: str
    text: str
    language: str
    held_in: str
    gold: frozenset[str] = frozenset()
    is_said: bool = True


@dataclass(frozen=True)
class Case:
    """A question as it was asked of an index, what kind of case it is, and what speaks for an answer."""

    source: str
    kind: str
    asked_in: str
    found_in: str
    signs: Signs

    @property
    def pair(self) -> str:
        """The languages of question and report."""
        return f"{self.asked_in}-{self.found_in}"


def of_corpus(corpus: Corpus, most: int) -> Iterator[Asked]:
    """Its questions to its own paragraphs, those of each language apart."""
    versions = {(entry.number, entry.language): entry.name for entry in corpus.entries if corpus.is_parallel}
    for question in sample(corpus.questions, most):
        if not corpus.is_parallel:
            yield Asked(corpus.name, question.text, question.language, question.language, question.gold)
        for language in corpus.languages if corpus.is_parallel else ():
            gold = versions.get((question.number, language))
            named = frozenset({gold}) if gold else frozenset[str]()
            yield Asked(corpus.name, question.text, question.language, language, named)


def elsewhere(source: str, questions: Sequence[Question], languages: Iterable[str], most: int) -> Iterator[Asked]:
    """Questions to reports in these languages about something else."""
    for question in sample(questions, most):
        for language in languages:
            yield Asked(source, question.text, question.language, language)


def not_said(path: Path, most: int) -> Iterator[Asked]:
    """Questions of a file (lang, text, near and rel: names of paragraphs, impossible: whether none answers)."""
    with path.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file if line.strip()]
    for line in evenly(lines, most):
        gold = frozenset(line["near"] or line["rel"])
        yield Asked(path.stem, line["text"], line["lang"], line["lang"], gold, is_said=not line["impossible"])


def cases(service: Service, asked: Iterable[Asked]) -> Iterator[Case]:
    """The cases that questions make: an answerable one whose paragraph is found also makes one with it taken away."""
    for one in asked:
        found = _found(service, one)
        if not one.gold or not one.is_said:
            yield from _case(service, one, NOT_SAID if one.gold else ANOTHER_SUBJECT, found)
            continue
        if any(_is_gold(one, each) for each in found[:_READ]):
            yield from _case(service, one, ANSWERABLE, found)
        yield from _case(service, one, TAKEN_AWAY, [each for each in found if not _is_gold(one, each)])


def _found(service: Service, asked: Asked) -> Sequence[Found]:
    with service.library.reading() as generation:
        assert generation
        query = service.search.prepare(asked.text, asked.language)
        return service.search.find(generation, query, filters=Filters(languages=(asked.held_in,)), limit=_FOUND)


def _is_gold(asked: Asked, found: Found) -> bool:
    return paragraph_name(found.record, found.paragraph, found.position) in asked.gold


def _case(service: Service, asked: Asked, kind: str, found: Sequence[Found]) -> Iterator[Case]:
    if not found:
        return
    with service.library.reading() as generation:
        assert generation
        query = service.search.prepare(asked.text, asked.language)
        read = service.reader.read(generation, query, found[:_READ])
    yield Case(asked.source, kind, asked.language, asked.held_in, signs(read))
