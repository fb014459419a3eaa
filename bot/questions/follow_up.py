"""What a follow-up asks for in full: its query, its language, and the documents that it speaks of."""

import re
from collections.abc import Sequence

from bot.conversation import Turn
from bot.questions.glossary import asked_language
from bot.questions.leaning import (
    Span,
    acronyms_of,
    bodies_in,
    dates_in,
    function_words,
    languages_in_latin_script,
    leans_by_its_opening,
    leans_on_the_last,
    own_words,
    symbols_in,
    unknown_acronyms_in,
)
from ingest.language import language_of
from prompts import pattern
from vectorstore.tokens import ascii_digits, tokenise

_FEW_LETTERS = 40  # below this the language of a text in Latin script is often mistaken
_WORDS_OF_A_TOPIC = 3
_WORDS_BESIDE_A_DOCUMENT = 2  # own words from which a question about "this report" needs no topic but the report
_LONGEST_ADDITION = 300  # characters that a chat model may add to a follow-up
_NEAR = 8  # characters between two dates of one range: "2019 and 2021", "с 2019 по 2021"
_NUMBER = re.compile(r"\d+")
_SCRIPTS = {"ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]", "zh": "[\u3400-\u9fff]"}


def language_in_conversation(question: str, turns: Sequence[Turn]) -> str:
    """The language of a question; where its words are too few to tell, the one spoken before."""
    return likely_language(question, turns[-1].answer.get("language") if turns else None)


def likely_language(question: str, before: str | None) -> str:
    """The language of a question; where its words are too few to tell, one that its asker is known to use, if any."""
    found = asked_language(question)
    if before is None or found in _scripts_of(question) or len(question) >= _FEW_LETTERS:
        return found
    words = {language: function_words(question, language) for language in (before, found, *languages_in_latin_script())}
    return max(words, key=lambda language: words[language])


def standalone(question: str, language: str, turns: Sequence[Turn]) -> str:
    """The question with the topic of the conversation where it leans on that, for search without a chat model.

    The topic is the last question that stood alone, with the dates and names that follow-ups put in the place of its
    own. A follow-up that says nothing else is answered by the topic so changed; one in another language stands
    beside it.
    """
    if not turns or not leans_on_the_last(question, language) or _is_about_a_document(question, language, turns):
        return question
    topic = _topic(turns)
    asked = _with_its_values(topic, question, language)
    return f"{asked} {question}" if _adds_to(topic, question, language) else asked


def documents_meant(query: str, languages: Sequence[str], turns: Sequence[Turn]) -> frozenset[str]:
    """The ids of the documents that the last cited answer cites, where a query says "this report" or the like."""
    if not any(re.search(pattern("this_document", language), query, re.IGNORECASE) for language in languages):
        return frozenset()
    cited = (turn.answer.get("citations") for turn in reversed(turns))
    return frozenset(citation["document_id"] for citation in next(filter(None, cited), ()))


def is_sound(rewritten: str, question: str, turns: Sequence[Turn]) -> bool:
    """Whether a chat model's wording of a follow-up can be searched for in its place.

    It is one line and not much longer, in a language of the conversation, keeps the numbers, symbols and acronyms of
    the question, brings in no number, and speaks of what the conversation does.
    """
    if "\n" in rewritten or not rewritten.strip() or rewritten.rstrip().endswith((":", "：")):
        return False
    told = " ".join([question, *(f"{turn.question} {turn.answer.get('answer', '')}" for turn in turns)])
    return (
        len(rewritten) <= len(question) + _LONGEST_ADDITION
        and _names(question) <= _names(rewritten)
        and _numbers(question) <= _numbers(rewritten) <= _numbers(told)
        and _is_in_a_language_of(rewritten, question, turns)
        and _shares_a_word(rewritten, told)
    )


def _topic(turns: Sequence[Turn]) -> str:
    """The last question that stood alone, with what later ones put in the place of its dates and names.

    When it was asked too long ago to be among the turns, the query of the first of these has its words.
    """
    opened = max((number for number, turn in enumerate(turns) if _opens_a_topic(turn)), default=None)
    topic = turns[0].query if opened is None else turns[opened].question
    for turn in turns[(opened or 0) + 1 :]:
        topic = _with_its_values(topic, turn.question, _language(turn))
    return topic


def _opens_a_topic(turn: Turn) -> bool:
    if turn.query == turn.question:
        return True
    language = _language(turn)
    words = len(own_words(turn.question, language)) + len(bodies_in(turn.question))
    return words >= _WORDS_OF_A_TOPIC and leans_by_its_opening(turn.question, language)


def _language(turn: Turn) -> str:
    return str(turn.answer.get("language") or language_of(turn.question))


def _is_about_a_document(question: str, language: str, turns: Sequence[Turn]) -> bool:
    """Whether a question has words enough of its own to be asked of the documents that it means."""
    found = re.search(pattern("this_document", language), question, re.IGNORECASE)
    if found is None or not documents_meant(question, [language], turns):
        return False
    return len(own_words(question.replace(found.group(), " "), language)) >= _WORDS_BESIDE_A_DOCUMENT


def _with_its_values(topic: str, question: str, language: str) -> str:
    """The topic with the dates of a follow-up in the place of its own, and so with symbols and bodies.

    Symbols and bodies change places only where the follow-up says nothing else: otherwise it may speak of both.
    """
    if re.search(pattern("comparison", language), question, re.IGNORECASE):
        return topic
    spoken = language_of(topic)
    asked = _in_place(topic, dates_in(topic, spoken), _texts(question, dates_in(question, language)))
    if _adds_to(topic, question, language):
        return asked
    asked = _in_place(asked, symbols_in(asked, spoken), _texts(question, symbols_in(question, language)))
    old, new = _bodies(asked, question)
    return asked.replace(old[0], " ".join(new)) if old and new else asked


def _bodies(topic: str, question: str) -> tuple[list[str], list[str]]:
    """The bodies of the topic and those that a follow-up names; an unknown acronym makes way for another only."""
    known, unknown = bodies_in(question), unknown_acronyms_in(question)
    old = _texts(topic, bodies_in(topic)) or ([] if known else _texts(topic, unknown_acronyms_in(topic)))
    return old, _texts(question, sorted([*known, *unknown]))


def _adds_to(topic: str, question: str, language: str) -> bool:
    """Whether a follow-up has words that the topic lacks, or names that cannot take the place of the topic's."""
    if re.search(pattern("comparison", language), question, re.IGNORECASE):
        return True
    spoken = language_of(topic)
    if any(find(question, language) and not find(topic, spoken) for find in (dates_in, symbols_in)):
        return True
    old, new = _bodies(topic, question)
    if new and len(set(old)) != 1:
        return True
    if any(name not in topic and name not in new for name in acronyms_of(question)):
        return True
    known = {*tokenise(topic, language)}
    return any(token not in known for word in own_words(question, language) for token in tokenise(word, language))


def _in_place(text: str, spans: Sequence[Span], texts: Sequence[str]) -> str:
    """The text with these instead of what stands in the spans, or between two near ones; unchanged without either."""
    if not spans or not texts:
        return text
    apart: list[Span] = []
    for start, end in spans:
        near = apart and start - apart[-1][1] <= _NEAR
        apart = [*apart[:-1], (apart[-1][0], end)] if near else [*apart, (start, end)]
    for number, (start, end) in reversed(list(enumerate(apart))):
        text = f"{text[:start]}{' '.join(texts) if number == 0 else ''}{text[end:]}"
    return " ".join(text.split())


def _texts(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


def _scripts_of(text: str) -> list[str]:
    return [language for language, letter in _SCRIPTS.items() if re.search(letter, text)]


def _is_in_a_language_of(rewritten: str, question: str, turns: Sequence[Turn]) -> bool:
    scripts = _scripts_of(rewritten)
    if scripts:
        return any(script in _scripts_of(" ".join([question, turns[-1].question])) for script in scripts)
    spoken = {language_of(question), *(_language(turn) for turn in turns[-1:])}
    latin = spoken & set(languages_in_latin_script())
    return bool(latin) and (len(rewritten) < _FEW_LETTERS or language_of(rewritten) in latin)


def _shares_a_word(rewritten: str, told: str) -> bool:
    language = language_of(rewritten)
    words = {token for word in own_words(rewritten, language) for token in tokenise(word, language)}
    return not words or not words.isdisjoint(tokenise(told, language))


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(ascii_digits(text)))


def _names(text: str) -> set[str]:
    return {name.casefold() for name in acronyms_of(text)}
