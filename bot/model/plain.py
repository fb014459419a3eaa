"""A model's text as words and markers, and nothing that does more than to be read."""

import re
import unicodedata

_MOST_NESTED = 8
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
# With these a terminal is told what to do; the others are white space.
_COMMANDS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Repeats are bounded: a model may be made to write what takes unbounded ones for ever.
_WORDS = r"[^\[\]]{0,300}"
_TARGET = r"\([^()]{0,2000}\)?"
_REST = r"[^\s<>]{0,2000}[^\s<>.,;:!?)\]}\"'”»。，、]"
_LABELS = r"(?a:(?:\b[\w.+-]{1,64}@)?\b(?:[\w-]{1,63}\.){0,8}"
_REPLACED = tuple(
    (re.compile(pattern), kept)
    for pattern, kept in (
        (rf"!\[{_WORDS}\]{_TARGET}", ""),  # ![picture](address)
        (rf"(\[\d{{1,4}}(?:\s?[,;]\s?\d{{1,4}}){{0,9}}\]){_TARGET}", r"\1"),  # [1](address): the marker stays
        (rf"\[({_WORDS})\]{_TARGET}", r"\1"),  # [words](address)
        (r"(?m)^[ \t]{0,9}\[[^\[\]\n]{1,300}\]:[ \t]*\S.*$", ""),  # [1]: address
        (r"<(?=[^\s\d=])[^<>]{0,2000}>?", ""),  # tags, comments, <https://…> and Slack's <address|words>
        (rf"(?i)\b[a-z][a-z0-9+.-]{{0,30}}://{_REST}", ""),
        (rf"//[^\s/]{{1,250}}\.{_REST}", ""),
        (rf"(?i)\b(?:mailto|javascript|vbscript|data|tel|file):(?=\S){_REST}", ""),
        (rf"(?i)\bwww\.{_REST}", ""),
        # A host by its name alone, of which chat programs make a link; "p.ej." and the like are none.
        (rf"{_LABELS}[\w-]{{1,63}}\.[A-Za-z]{{2,63}}/){_REST}", ""),
        (rf"{_LABELS}[\w-]{{3,63}}\.[a-z]{{2,63}}\b)", ""),
        (rf"{_LABELS}[\w-]{{1,63}}\.(?:com|org|net|int|io|co|info|biz)\b)", ""),
    )
)


def visible(text: str) -> str:
    """The text without characters that show nothing or turn what is around them.

    These are controls, marks of direction and of joining, and halves of characters.
    """
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in _UNSEEN)


def commands(text: str) -> bool:
    """Whether a text holds characters that are commands to a terminal, which no reply has for a good reason."""
    return bool(_COMMANDS.search(text))


def without_links(text: str) -> str:
    """The text without addresses, pictures and tags; of a link the words stay. Nothing of one that hides them deep."""
    for _ in range(_MOST_NESTED):
        if (shorter := _once(text)) == text:
            return text
        text = shorter  # what is left over of one link may make another
    return ""


def _once(text: str) -> str:
    for pattern, kept in _REPLACED:
        text = pattern.sub(kept, text)
    return text
