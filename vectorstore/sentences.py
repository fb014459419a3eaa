"""Text to sentences, in the six UN languages, without losing a character."""

import re
from collections.abc import Iterator

from vectorstore.paragraph import digest

_CLOSING = r"[”’»\"')\]）」』》]*"
# Chinese stops end a sentence wherever they stand; the others only before a space. A line's end always does.
_END = re.compile(rf"[。！？]+{_CLOSING}\s*|[.!?؟…]+{_CLOSING}\s+|\s*\n\s*")
_LAST_WORD = re.compile(r"([\w.°º]+)\.$")
_INITIAL = re.compile(r"(?:^|[\s.(])[^\W\d_]$")
_ABBREVIATIONS = {
    "en": "para paras no nos mr mrs ms dr st add rev corr vol art arts sect chap chaps fig figs ibid e.g i.e vs cf "
    "p pp approx inc ltd jr sr gen lt col prof amb dept ed eds suppl res dec",
    "fr": "par m mm mme mlle dr st n° no art al chap fig vol p pp cf p.ex add rév corr éd suppl",
    "es": "párr párrs sr sra sres sras srta dr dra núm núms art arts cap fig vol pág págs p pp cf p.ej "
    "add rev corr ee uu ud uds",
    "ru": "г гг т тт стр п пп ст др пр см им тыс млн млрд долл руб напр т.е т.д т.п т.к н.э ред док доп рис",
    "ar": "د",
    "zh": "no mr mrs ms dr vol",
}
_SPLITTING = "1"  # raised when a paragraph is split otherwise, so that no vectors of other sentences are taken for its
_RUN_IN_HEADING = 40  # characters
_ABBREVIATED = {language: frozenset(words.split()) for language, words in _ABBREVIATIONS.items()}


def sentences(text: str, language: str) -> tuple[str, ...]:
    """The sentences of a text, each with the white space after it, so that joined they give the text back.

    A stop after an abbreviation ("para. 4"), inside a name ("U.N."), before a small letter, or after the number that
    opens a list item ends none.
    """
    abbreviated = _ABBREVIATED.get(language, _ABBREVIATED["en"])
    return tuple(_pieces(text, abbreviated))


def sentences_of(paragraph: str, language: str) -> tuple[str, ...]:
    """The sentences of a paragraph as they are embedded and quoted; joined they give its text back.

    A heading that opens it ("Common country analysis. …") is one with what follows: by itself it says nothing.
    """
    found = sentences(paragraph, language)
    if len(found) > 1 and len(found[0].strip()) < _RUN_IN_HEADING:
        return (found[0] + found[1], *found[2:])
    return found


def sentences_key(paragraph: str, language: str) -> str:
    """What the catalogue keeps the vectors of a paragraph's sentences under; no passage has such a key."""
    return f"sentences-{digest(_SPLITTING, language, paragraph)}"


def _pieces(text: str, abbreviated: frozenset[str]) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        if end.end() < len(text) and _ends(text[start : end.start() + 1], end.group(), text[end.end()], abbreviated):
            yield text[start : end.end()]
            start = end.end()
    if start < len(text):
        yield text[start:]


def _ends(piece: str, stop: str, following: str, abbreviated: frozenset[str]) -> bool:
    if "\n" in stop:
        return bool(piece.strip())
    if stop[0] != ".":
        return not following.islower()
    if following.islower() or piece.strip(" .0123456789٠١٢٣٤٥٦٧٨٩()") == "":
        return False
    if _INITIAL.search(piece[:-1]):
        return False
    word = _LAST_WORD.search(piece)
    return not word or word[1].lower() not in abbreviated
