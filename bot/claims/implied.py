"""Whether paragraphs mean a body without its whole name: in part, as "the Group" or "I", or within a longer name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise, product

from bot.claims.evidence import Evidence
from bot.claims.named import names_of
from prompts.glossary import glossary
from vectorstore.tokens import stems
from vectorstore.wording.organs import organs_in

# The share of a common name's words ("regional collaborative platform") that a sentence must say to mean it.
_MOST = 0.5
_OF_THE_UN = {
    "en": r"^(?:the )?United Nations (?:System )?",
    "fr": r" (?:de l[’']Organisation )?des Nations Unies",
    "es": r" de las Naciones Unidas",
    "ru": r" Организации Объединенных Наций| ООН",
    "ar": r" (?:التابعة? )?للأمم المتحدة| الأمم المتحدة",
    "zh": r"^联合国(?:系统)?",
}
_SHORTEST = 2  # words that still name something without "United Nations"
_SHORTEST_WORD = {"ar": 3, "en": 4, "es": 4, "fr": 4, "ru": 4, "zh": 2}  # of a word that tells something
_USUAL = "secretary-general"  # who says "I" where a report does not tell who does
# Who reports speaks of himself, and his report calls him so.
_I = {
    "en": r"(?<!\w)(?:I(?!\w|[.)])|[Mm]y|me)(?!\w)",
    "fr": r"(?<!\w)(?:[Jj]e|[Jj]['’]\w+|[Mm]on|[Mm]es|[Mm]a)(?!\w)",
    "es": r"(?<!\w)(?:[Mm]is?|[Mm]e|[Yy]o)(?!\w)",
    "ru": r"(?<!\w)(?:[Яя]|[Мм]не|[Мм]ой|[Мм]оего|[Мм]оему|[Мм]оим|[Мм]ое[йм]|[Мм]оих|[Мм]оя)(?!\w)",
    "ar": r"(?<!\w)(?:[وف]?أنا|إنني|[وف]?إني)(?!\w)",
    "zh": r"我(?!国|们)",
}


@dataclass(frozen=True)
class Cited:
    """What a claim cites: the sentences that it speaks of, with those before them, and the whole paragraphs."""

    context: Sequence[Evidence]
    paragraphs: Sequence[Evidence]


def is_implied(thing: int, cited: Cited) -> bool:
    """Whether paragraphs mean a thing of the glossary that the sentences of which a claim speaks do not name."""
    if any(_within_another(thing, one) for one in cited.context):
        return True
    if _is_title(thing):
        return any(_speaks(thing, one) or _in_parts(thing, one) for one in cited.context)
    return _by_most_words(thing, cited.context) or _again(thing, cited) or _by_its_sort(thing, cited)


def _within_another(thing: int, one: Evidence) -> bool:
    """Whether it is named within a longer name that is no title: "resident coordinator" in "… system"."""
    if _is_title(thing) and any(map(_is_title, names_of(one.text, one.language).things)):
        return False
    text = _spaced(one.text, one.language)
    return any(form in text for form in forms_of(thing, one.language))


def _by_most_words(thing: int, context: Sequence[Evidence]) -> bool:
    """Whether most words of a name that is a common noun are there: "all five platforms"."""
    if glossary()[thing].wordings["en"].name[0].isupper():
        return False
    said = {language: _said(context, language) for language in {one.language for one in context}}
    return any(
        len(held & words) >= _MOST * len(words) and (language == "ar" or _head(form, language) in held)
        for language, held in said.items()
        for form in forms_of(thing, language)
        if len(words := frozenset(word for word in form.split() if len(word) >= _SHORTEST_WORD[language])) > 1
    )


def _said(context: Sequence[Evidence], language: str) -> frozenset[str]:
    return frozenset(stem for one in context if one.language == language for stem in stems(one.text, language))


def _head(form: str, language: str) -> str:
    """The word of a name that says what sort of thing it is: "Group", "Bureau"."""
    words = form.split()
    return (
        next((one for one, following in pairwise(words) if language == "en" and following in ("of", "for")), "")
        or (words[-1 if language in ("en", "zh") else 0])
    )


def _speaks(thing: int, one: Evidence) -> bool:
    """Whether it is who reports, and speaks of himself."""
    if not re.search(_I[one.language], one.text):
        return False
    if glossary()[thing].id == _USUAL and not any(_is_title(each) for each in names_of(one.about, one.language).things):
        return True
    return any(form in _spaced(one.about, one.language) for form in forms_of(thing, one.language))


def _in_parts(thing: int, one: Evidence) -> bool:
    """Whether a title is named in two parts: "the Executive Director … his deputy"."""
    said, language = stems(one.text, one.language), one.language
    spaced = _spaced(one.text, language)
    for title in filter(_is_title, names_of(one.text, language).things):
        for form, shorter in product(forms_of(thing, language), forms_of(title, language)):
            rest = [word for word in form.split() if word not in shorter.split()]
            if shorter in form and shorter in spaced and len(rest) == 1 and rest[0] in said:
                return True
    return False


def _is_title(thing: int) -> bool:
    return glossary()[thing].kind == "title"


def _again(thing: int, cited: Cited) -> bool:
    """Whether the paragraphs name it elsewhere, and the sentences by one word of that name: "the Group"."""
    if not any(thing in names_of(one.text, one.language).things for one in cited.paragraphs):
        return False
    return any(
        _head(form, one.language) in _said((one,), one.language)
        for one in cited.context
        for form in forms_of(thing, one.language)
    )


def _by_its_sort(thing: int, cited: Cited) -> bool:
    """Whether a sentence names an organ by its sort, "the Committee", and the paragraphs no other of that sort."""
    named = frozenset(chain.from_iterable(names_of(one.text, one.language).naming for one in cited.paragraphs))
    for one in cited.context:
        rivals = chain.from_iterable(_sorts_of(other, one.language) for other in named - {thing})
        sorts = _sorts_of(thing, one.language).difference(rivals)
        alone = (organ for organ in organs_in(one.text, one.language) if _stands_alone(organ.printed, one.text))
        if any(not sorts.isdisjoint(organ.sorts) for organ in alone):
            return True
    return False


def _stands_alone(organ: str, text: str) -> bool:
    """Whether a word for an organ is there not within a longer name: "the Committee", "委员会"."""
    article = r"(?:(?<=the )|(?<=The )|(?<=[LlEe][aeln] ))" if organ.isascii() else ""
    return bool(re.search(rf"{article}{re.escape(organ)}(?! (?:of|on|for|des?|du|del|d['’]|по|за|при|[A-ZА-Я]))", text))


@cache
def _sorts_of(thing: int, language: str) -> frozenset[str]:
    """The sorts of organ that a thing is, by its names: council, committee."""
    organs = chain.from_iterable(organs_in(form, language) for form in glossary()[thing].wordings[language].forms)
    return frozenset(chain.from_iterable(organ.sorts for organ in organs))


@cache
def forms_of(thing: int, language: str) -> tuple[str, ...]:
    """The stems of what a thing is called, with and without "United Nations"."""
    return tuple(dict.fromkeys(_spaced(form, language) for form in _called(thing, language)))


def _called(thing: int, language: str) -> Iterator[str]:
    for form in glossary()[thing].wordings[language].forms:
        yield form
        short = re.sub(_OF_THE_UN[language], "", form)
        if len(stems(short, language)) >= _SHORTEST and not short.isupper():
            yield short


@lru_cache(maxsize=4000)
def _spaced(text: str, language: str) -> str:
    return f" {' '.join(stems(text, language))} "
