"""Where sentences end, and where they do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.paragraph import LANGUAGES
from vectorstore.sentences import sentences

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
