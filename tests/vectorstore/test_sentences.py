"""Where sentences end, and where they do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.paragraph import LANGUAGES
from vectorstore.sentences import sentences, sentences_key, sentences_of

ROWS: list[tuple[str, tuple[str, ...]]] = [
    ("en", ("It adopted resolution 71/243. ", "The Council (see para. 4) agreed.")),
    ("en", ("U.N. staff met Dr. Smith, e.g. in No. 5. ", "“Why?” ", "He said 3.5 million.")),
    ("en", ("Three things follow:\n", "(a) one;\n", "(b) two.")),
    ("en", ("1. First of all. ", "Then the rest.")),
    ("fr", ("M. Dupont a cité l’art. 3 (par. 4). ", "Le Conseil a voté.")),
    ("es", ("Véase el párr. 4 del Sr. Pérez. ", "¿Y ahora? ", "Sí.")),
    ("ru", ("В 2020 г. Совет заседал. ", "Затем он решил.")),
    ("ar", ("هل هذا صحيح؟ ", "نعم. ", "ثم انتهى.")),
    ("zh", ("理事会同意。", "“为什么？”", "租金下降 3.5%！", "第 71/243 号决议；见附件。")),
]


@pytest.mark.parametrize(("language", "expected"), ROWS, ids=[row[1][0] for row in ROWS])
def test_sentences_end_where_they_end(language: str, expected: tuple[str, ...]) -> None:
    assert sentences("".join(expected), language) == expected


@given(text=st.text(max_size=200), language=st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_sentences_joined_give_the_text_back(text: str, language: str) -> None:
    found = sentences(text, language)
    assert "".join(found) == text
    assert all(found)


def test_a_heading_that_opens_a_paragraph_is_one_with_the_sentence_after() -> None:
    text = "Common port analysis. The master wrote it in 2019. Nobody has read it since."
    assert sentences_of(text, "en") == (text[:51], text[51:])
    assert sentences_of("Common port analysis.", "en") == ("Common port analysis.",)


@given(text=st.text(alphabet="A1é港. 。!؟…»\n\t\u2028", max_size=40), language=st.sampled_from(LANGUAGES))
@settings(max_examples=300, deadline=None)
def test_every_sentence_of_a_paragraph_says_something_and_nothing_is_lost(text: str, language: str) -> None:
    found = sentences_of(text, language)
    assert "".join(found) == text
    assert not text.strip() or all(sentence.strip() for sentence in found)


def test_paragraphs_of_another_text_or_language_have_other_keys() -> None:
    keys = [sentences_key(text, language) for text in ("港口", "港口。") for language in ("zh", "en")]
    assert len(set(keys)) == len(keys)
