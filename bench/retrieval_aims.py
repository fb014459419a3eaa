"""What is gold for a question, in which language, and what is taken out of the list before its rank is read."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.retrieval_data import Entry, Question

OWN, OTHER, ALONE = "own language", "other language", "another language alone"


@dataclass(frozen=True)
class Aim:
    """One way to judge a ranked list: what is gold, in which language, and what is taken out first."""

    figure: str
    language: str
    gold: frozenset[str]
    ignored: frozenset[str] = frozenset()


Aims = Callable[[Question], Sequence[Aim]]


def gold_only(entries: Iterable[Entry]) -> Aims:
    """A question's gold paragraphs, in the language of the first of them that is there."""
    languages = {entry.name: entry.language for entry in entries}

    def aims(question: Question) -> Sequence[Aim]:
        known = [languages[name] for name in sorted(question.gold) if name in languages]
        return [Aim("", known[0] if known else "none", question.gold)]

    return aims


def one_of_the_versions(entries: Iterable[Entry]) -> Aims:
    """The version in each language by itself, the others taken out."""
    versions: dict[int | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        versions[entry.number].append(entry)

    def aims(question: Question) -> Sequence[Aim]:
        names = frozenset(entry.name for entry in versions[question.number])
        golds = {entry.language: frozenset({entry.name}) for entry in versions[question.number]}
        return [
            Aim(OWN if language == question.language else OTHER, language, gold, names - gold)
            for language, gold in golds.items()
        ]

    return aims


def the_version_alone(entries: Iterable[Entry]) -> Aims:
    """The only version that is there, where it is in another language than the question."""
    versions = {entry.number: entry for entry in entries}

    def aims(question: Question) -> Sequence[Aim]:
        entry = versions.get(question.number)
        foreign = entry and entry.language != question.language
        return [Aim(ALONE, entry.language, frozenset({entry.name}))] if entry and foreign else []

    return aims
