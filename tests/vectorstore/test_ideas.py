"""A question's words and names in another language."""

import pytest

from vectorstore.bm25 import tokens_of
from vectorstore.ideas import Translator
from vectorstore.lexicon import Lexicon, bundled_lexicon
from vectorstore.lexicon_learning import learn
from vectorstore.terms import Terms
from vectorstore.tokens import stems

HABITAT = {"en": ["UN-Habitat"], "zh": ["人居署"], "ru": ["ООН-Хабитат"], "fr": ["ONU-Habitat"]}
HEALTH = {"en": ["World Health Organization", "WHO"], "fr": ["Organisation mondiale de la Santé", "OMS"]}
TEAM = {"en": ["country team"], "es": ["equipo en el país"]}
HUMANITARIAN = {"en": ["humanitarian country team"], "es": ["equipo humanitario en el país"]}


def translator(*things: dict[str, list[str]]) -> Translator:
    return Translator(bundled_lexicon(), Terms(things))


@pytest.mark.parametrize(
    ("word", "source", "target", "expected"),
    [
        ("développement", "fr", "en", "development"),
        ("desarrollo sostenible", "es", "en", "sustainable"),
        ("доноры", "ru", "en", "donors"),
        ("协调", "zh", "en", "coordination"),
        ("المنسق", "ar", "en", "coordinator"),
        ("budget", "en", "zh", "预算"),
        ("partnership", "en", "ru", "партнерство"),
        ("бюджет", "ru", "ar", "الميزانية"),
        ("预算", "zh", "es", "presupuesto"),
        ("climat", "fr", "ar", "المناخ"),
    ],
)
def test_words_of_un_reports_are_known_in_the_other_languages(
    word: str, source: str, target: str, expected: str
) -> None:
    assert tokens_of(translator().ideas(word, source=source, target=target)) & set(stems(expected, target))


def test_numbers_and_symbols_are_the_same_in_every_language() -> None:
    ideas = translator().ideas("75/233号决议说了什么？2024年", source="zh", target="fr")
    assert {"75/233", "2024"} <= tokens_of(ideas)


def test_a_name_that_no_word_list_has_is_carried_by_the_glossary() -> None:
    ideas = translator(HABITAT).ideas("人居署的作用是什么？", source="zh", target="en")
    assert set(stems("UN-Habitat", "en")) <= tokens_of(ideas)


def test_acronyms_count_only_in_capitals() -> None:
    known = translator(HEALTH)
    assert set(stems("OMS", "fr")) <= tokens_of(known.ideas("What does WHO report?", source="en", target="fr"))
    assert not set(stems("OMS", "fr")) & tokens_of(known.ideas("who reports?", source="en", target="fr"))


def test_within_a_language_a_thing_is_also_sought_by_its_other_names() -> None:
    ideas = translator(HEALTH).ideas("What does WHO report?", source="en", target="en")
    assert set(stems("World Health Organization", "en")) <= tokens_of(ideas)


def test_of_names_within_names_the_longer_one_counts() -> None:
    named = Terms([TEAM, HUMANITARIAN]).named_in("Who leads the humanitarian country team?", "en")
    assert [each.names for each in named] == [HUMANITARIAN]


def test_a_word_that_nobody_knows_says_nothing() -> None:
    ideas = translator().ideas("Zqvxpl", source="ru", target="zh")
    assert tokens_of(ideas) <= {"zqvxpl"}
    assert tokens_of(translator().ideas("щъщъщъ", source="ru", target="zh")) == frozenset()


def test_a_lexicon_is_learned_from_aligned_sentences() -> None:
    pairs = [("red house", "дом красный"), ("red boat", "лодка красная"), ("green house", "дом зелёный")] * 3
    lexicon = Lexicon(learn([{"en": en, "ru": ru} for en, ru in pairs]))
    best = lexicon.translations("hous", source="en", target="ru")
    assert max(best, key=lambda token: best[token]) == stems("дом", "ru")[0]
    assert lexicon.translations("hous", source="en", target="zh") == {}
    assert lexicon.translations("unknown", source="en", target="ru") == {}
