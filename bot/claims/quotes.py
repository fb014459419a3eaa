"""What a text sets between quotation marks, as somebody's very words."""

import re
from collections.abc import Iterator, Sequence

from bot.claims.evidence import Evidence

_QUOTE = re.compile(
    r"“([^“”]+)”|«\s*([^«»]+?)\s*»|\"([^\"]+)\"|„([^„“]+)“|「([^「」]+)」|《([^《》]+)》"
    r"|‘((?:[^‘’]|’(?=\w))+)’(?!\w)|(?<!\w)'((?:[^']|'(?=\w))+)'(?!\w)"
)
# Of a quote of several sentences each has but one mark, or none.
_BEGUN = re.compile(r"(?:[“«「《]|^[^\"]*\")\s*([^“”«»「」《》\"]+)$")
_ENDED = re.compile(r"^([^“”„«»「」《》\"]+?)\s*(?:[”»」》]|\"[^\"]*$)")
_SHORTEST = 4  # words: fewer name a thing ("One UN")
_SHORTEST_CHINESE = 8  # characters
_SPACE = re.compile(r"\s+")


def false_quotes(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[str]:
    """The quotes of a claim that stand in none of its paragraphs word for word, white space aside.

    A quote from a paragraph in another language is a translation, and is not told here.
    """
    same = [one for one in evidence if one.language == language]
    yield from invented_quotes(claim, language, same) if same else ()


def invented_quotes(claim: str, language: str, evidence: Sequence[Evidence]) -> Iterator[str]:
    """The quotes of a claim that stand in none of its paragraphs word for word, whatever their language."""
    texts = [_SPACE.sub("", one.text) for one in evidence]
    for quote in quotes_in(claim, language):
        bare = _SPACE.sub("", quote).strip(".,;。，；")
        if not any(bare in text for text in texts):
            yield quote


def quotes_in(text: str, language: str) -> Iterator[str]:
    """What a text quotes, without the marks; not what it only names."""
    whole = list(_QUOTE.finditer(text))
    begun = [] if whole else [found for found in (_BEGUN.search(text), _ENDED.search(text)) if found]
    for found in (*whole, *begun):
        quote = next(filter(None, found.groups()))
        if len(quote) >= _SHORTEST_CHINESE if language == "zh" else len(quote.split()) >= _SHORTEST:
            yield quote


def unquoted(text: str, quote: str) -> str:
    """The text without the marks around a quote."""
    return re.sub(rf"(?:[“«\"„「《‘']\s*)?({re.escape(quote)})(?:\s*[”»\"“」》’'])?", r"\1", text)
