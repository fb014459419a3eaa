"""What must hold for every paragraph that is cut into passages."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.splitting import split, windows
from vectorstore.paragraph import Document, Paragraph

LIMIT = 20
TEXT = st.text(alphabet=st.sampled_from("ab .。？!\n字文71/-(;é؟"), max_size=300)


def count(text: str) -> int:
    """A tokenizer whose counts can be foretold: two characters a token, and two tokens around each text."""
    return 2 + (len(text) + 1) // 2


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(text=TEXT, language=st.sampled_from(["en", "zh", "ar"]))
@settings(max_examples=150, deadline=None)
def test_no_passage_is_over_the_limit_and_nothing_is_lost(text: str, language: str) -> None:
    found = windows(text, language, count, LIMIT)
    assert all(count(window) <= LIMIT for window in found)
    rest = squeezed(text)
    covered = 0
    for window in map(squeezed, found):
        start = rest.rfind(window, 0, covered + len(window))
        assert start >= 0
        covered = max(covered, start + len(window))
    assert covered == len(rest)


def document(*texts: str) -> Document:
    return Document("s", "h", "t", "en", tuple(Paragraph(text) for text in texts))


def test_short_paragraph_is_one_passage() -> None:
    assert [
        (p.position, p.window, p.text) for p in split(document("One.", "Two."), count_tokens=count, limit=LIMIT)
    ] == [
        (0, 0, "One."),
        (1, 0, "Two."),
    ]


def test_long_paragraph_is_cut_between_sentences_and_repeats_one() -> None:
    text = "Alpha is first. Beta is next. Gamma follows. Delta ends."
    assert windows(text, "en", count, LIMIT) == (
        "Alpha is first. Beta is next.",
        "Beta is next. Gamma follows.",
        "Gamma follows. Delta ends.",
    )


def test_sentence_longer_than_the_limit_is_cut_between_words() -> None:
    assert windows("one two three four five six seven eight nine ten", "en", count, LIMIT) == (
        "one two three four five six seven",
        "eight nine ten",
    )
