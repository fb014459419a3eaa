"""Whether two sentences of two reports speak of one matter and say different things of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from bot.answer import DifferenceKind
from bot.answers.counted import Count, counts_in, differing
from bot.claims.alignment import align
from bot.claims.evidence import Evidence
from bot.claims.figures import values_of
from bot.claims.named import names_of
from prompts import pattern
from prompts.glossary import glossary
from vectorstore.ideas import Translator
from vectorstore.records import DocumentRecord, Vector
from vectorstore.tokens import stems
from vectorstore.wording.mentions import mentions_in, without

Name = tuple[str, int | str]

# Cosine of the second model, and the shares of their words that the two must say of one another: the one that says less
# of the other, and the one that says more. Either is less across languages, where paraphrases are seldom nearer and
# fewer words can be translated; and sentences need not be near that are the same but for the value.
_NEAR, _NEAR_ACROSS, _NEAR_ALIKE = 0.7, 0.6, 0.4
_SAID, _SAID_ACROSS, _ALIKE = (0.45, 0.5), (0.1, 0.4), (0.8, 0.8)
# A name: words with capitals, after other words or, at least two of them, at the beginning.
_CAPITALISED = re.compile(
    r"(?<=[\w,;)] )[A-ZÀ-ÞА-ЯЁ][\w’'-]{2,}(?: [A-ZÀ-ÞА-ЯЁ][\w’'-]+)*|^(?:[A-ZÀ-ÞА-ЯЁ][\w’'-]+ ){2,}"
)


_LONGEST_ARTICLE = 3


@dataclass(frozen=True)
class Said:
    """A sentence of a report as it stands there, with the second model's vector of it."""

    text: str
    record: DocumentRecord
    meaning: Vector

    @property
    def language(self) -> str:
        """That of the report."""
        return self.record.language

    @property
    def about(self) -> str:
        """What the report is called and who issued it."""
        return " ".join(filter(None, (self.record.title, self.record.body)))


@dataclass(frozen=True)
class Contrast:
    """A value that two sentences say differently: its kind, and how each of them prints it."""

    kind: DifferenceKind
    said: str
    other: str


def contrast(one: Said, other: Said, translator: Translator) -> Contrast | None:
    """Where two sentences differ on one matter; None where they agree or may both be right.

    Both may be right where they speak of other times, places or bodies, where one says "at least" or rounds. It rather
    finds nothing than calls different what is not.
    """
    nearness = float(one.meaning @ other.meaning)
    if nearness < _NEAR_ALIKE or not (_is_of_one_body(one, other) and _name_same_symbols(one, other)):
        return None
    found = _found(one, other)
    if not found:
        return None
    shares = _shares((one, found.said), (other, found.other), translator)
    return found if _is_same_matter(nearness, shares, is_same_language=one.language == other.language) else None


def _found(one: Said, other: Said) -> Contrast | None:
    """The one value in which two sentences differ, where they name the same dates and names otherwise."""
    same = one.language == other.language
    figures = differing(_counts(one), _counts(other), is_same_language=same)
    dates, names = _unshared(_dates(one), _dates(other)), _other_names(one, other)
    if figures is None or (figures and (any(dates) or any(names) or _is_relative(one, other))):
        return None
    if figures:
        return Contrast("figure", figures[0][0].printed, figures[0][1].printed)
    if any(dates):
        is_one_event = not any(names) and _is_one_event(one, other, dates)
        return Contrast("date", *(each[0] for each in dates)) if is_one_event else None
    if all(len(each) == 1 for each in names) and all(_says("office", each) for each in (one, other)):
        return Contrast("name", *(each[0] for each in names))
    return None


def _is_same_matter(nearness: float, shares: Sequence[float], *, is_same_language: bool) -> bool:
    near, enough = (_NEAR, _SAID) if is_same_language else (_NEAR_ACROSS, _SAID_ACROSS)
    if is_same_language and all(share >= least for share, least in zip(shares, _ALIKE, strict=True)):
        return True
    return nearness >= near and all(share >= least for share, least in zip(shares, enough, strict=True))


def _shares(one: tuple[Said, str], other: tuple[Said, str], translator: Translator) -> Sequence[float]:
    """The shares of two sentences' words that each says of the other's, the smaller first; without the value."""
    bare = [Evidence(each.text.replace(value, " "), each.language) for each, value in (one, other)]
    pairs = (bare, bare[::-1])
    return sorted(align(a.text, a.language, [b], translator).coverage for a, b in pairs)


def _is_of_one_body(one: Said, other: Said) -> bool:
    """Whether the reports are not on different bodies or places, or both sentences name the same one."""
    if _bodies(one.text, one.language) & _bodies(other.text, other.language):
        return True
    about, of_other = _bodies(one.about, one.language), _bodies(other.about, other.language)
    return not (about and of_other) or bool(about & of_other)


def _bodies(text: str, language: str) -> frozenset[Name]:
    names = names_of(text, language)
    bodies = [("thing", thing) for thing in names.things if glossary()[thing].kind == "body"]
    return frozenset([*bodies, *(("place", place) for place in names.places)])


def _name_same_symbols(one: Said, other: Said) -> bool:
    """Whether two sentences name the same resolutions and ordinals ("the sixth session"), where both name any."""
    said, others = (values_of(each.text, each.language) for each in (one, other))
    symbols = [{token for tokens in each.symbols.values() for token in tokens} for each in (said, others)]
    ordinals = [set(each.ordinals) for each in (said, others)]
    return all(not (a and b) or bool(a & b) for a, b in (symbols, ordinals))


def _counts(said: Said) -> tuple[Count, ...]:
    return counts_in(said.text, said.language)


def _dates(said: Said) -> Mapping[str, str]:
    """The dates of a sentence, each with how it is printed."""
    found = (each for each in mentions_in(said.text, said.language) if each.kind == "date")
    return {each.value: said.text[each.start : each.end] for each in found}


def _unshared(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Sequence[Sequence[str]]:
    """How the dates are printed that the other sentence does not name, nor a part of them: 2021 is in 5 May 2021."""
    pairs = ((ours, theirs), (theirs, ours))
    return [[printed for value, printed in a.items() if not any(map(partial(_within, value), b))] for a, b in pairs]


def _within(date: str, other: str) -> bool:
    """Whether one date may be the other said more exactly."""
    return any(a.startswith(b) or a.endswith(b.removeprefix("-")) for a, b in ((date, other), (other, date)))


def _is_one_event(one: Said, other: Said, dates: Sequence[Sequence[str]]) -> bool:
    """Whether two sentences say of something that happens once when that is."""
    if not all(len(each) == 1 for each in dates) or not all(_says("once", each) for each in (one, other)):
        return False
    return not any(_says("again", each) for each in (one, other))


def _other_names(one: Said, other: Said) -> Sequence[Sequence[str]]:
    """The names in each sentence that the other one, and what its report is called, do not hold."""
    return [list(_unnamed(a, b)) for a, b in ((one, other), (other, one))]


def _unnamed(one: Said, other: Said) -> Iterator[str]:
    said, held = names_of(one.text, one.language), names_of(f"{other.text} {other.about}", other.language)
    missing = [name for thing, name in said.things.items() if thing in said.naming - held.things.keys()]
    missing += [name for place, name in said.places.items() if place not in held.places]
    yield from missing
    if one.language == other.language:
        yield from said.unknown - held.unknown
        known = frozenset(stems(" ".join([other.text, other.about, *missing]), other.language))
        runs = (found[0].strip() for found in _CAPITALISED.finditer(_undated(one)))
        yield from (run for run in runs if not known.issuperset(_long(stems(run, one.language))))


def _undated(said: Said) -> str:
    """A sentence without its dates and figures, which may have capitals."""
    mentions = mentions_in(said.text, said.language)
    return without(said.text, ((each.start, each.end) for each in mentions))


def _long(words: Iterable[str]) -> Iterator[str]:
    """The words that are no articles."""
    return (word for word in words if len(word) > _LONGEST_ARTICLE)


def _is_relative(one: Said, other: Said) -> bool:
    return any(_says("relative_time", each) for each in (one, other))


def _says(name: str, said: Said) -> bool:
    return _pattern(name, said.language).search(said.text) is not None


@cache
def _pattern(name: str, language: str) -> re.Pattern[str]:
    return re.compile(pattern(name, language), re.IGNORECASE)
