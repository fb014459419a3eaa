"""What of the paragraphs is sent to a chat model: as much as a budget of tokens holds."""

from collections.abc import Sequence

from bot.found.reading import Read

# Of UTF-8 for a token: by this count documents of the United Nations have 1.3 (Chinese) to 2.6 times (Russian) as many
# tokens as by that of a multilingual model.
_BYTES = 3
_GAP = "… "
_LEAST = 60  # tokens; a paragraph of which fewer could be sent is left out


def tokens(text: str) -> int:
    """How many tokens a text takes in about any model: rather too many than too few, without that model's own means."""
    return -(-len(_encoded(text)) // _BYTES)


def fitted(read: Sequence[Read], budget: int) -> tuple[str, ...]:
    """The texts of the paragraphs, best first as they came, cut to fit into so many tokens; of few tokens the first."""
    read = read[: max(1, budget // _LEAST)]
    shares: dict[int, int] = {}
    left = budget
    for place in sorted(range(len(read)), key=lambda place: tokens(read[place].found.paragraph.text)):
        share = left // (len(read) - len(shares))  # what short paragraphs leave over goes to the long ones
        shares[place] = min(share, tokens(read[place].found.paragraph.text))
        left -= shares[place]
    return tuple(_cut(one, shares[place]) for place, one in enumerate(read))


def last_that_fit(texts: Sequence[str], budget: int) -> Sequence[str]:
    """The last of some texts, as many as fit into so many tokens."""
    for first in range(len(texts)):
        if sum(map(tokens, texts[first:])) <= budget:
            return texts[first:]
    return ()


def _cut(one: Read, budget: int) -> str:
    """The paragraph, or those of its sentences that answer best, in its order."""
    text = one.found.paragraph.text
    if tokens(text) <= budget:
        return text
    kept, left = set(), budget
    for sentence in sorted(one.sentences, key=lambda sentence: -sentence.score):
        cost = tokens(_GAP + sentence.text)
        if cost <= left:
            kept.add(sentence.place)
            left -= cost
    if not kept:
        return _encoded(one.best.text)[: budget * _BYTES].decode("utf-8", "ignore")
    return "".join(
        sentence.text if sentence.place == 0 or sentence.place - 1 in kept else _GAP + sentence.text
        for sentence in one.sentences
        if sentence.place in kept
    )


def _encoded(text: str) -> bytes:
    """Half of a surrogate pair, which some PDF files give, becomes a question mark."""
    return text.encode("utf-8", "replace")
