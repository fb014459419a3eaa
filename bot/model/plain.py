"""A model's text as words and markers, and nothing that does more than to be read."""

import re
import unicodedata

_SEEN_CONTROLS = "\n\t"
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_URL_END = r"[^\s<>]*[^\s<>.,;:!?)\]}\"'”»。，、]"
_REPLACED = tuple(
    (re.compile(pattern), kept)
    for pattern, kept in (
        (r"!\[[^\]]*\]\([^)]*\)", ""),  # ![picture](address)
        (r"(\[\d+(?:\s*[,;]\s*\d+)*\])\([^)]*\)", r"\1"),  # [1](address): the marker stays
        (r"\[([^\]]*)\]\([^)]*\)", r"\1"),  # [words](address)
        (r"(?m)^[ \t]*\[[^\]]+\]:[ \t]*\S.*$", ""),  # [1]: address
        (r"<(?=[^\s\d=])[^<>]*>?", ""),  # tags, comments, <https://…> and Slack's <address|words>
        (rf"(?i)\b[a-z][a-z0-9+.-]*://{_URL_END}", ""),
        (rf"//[^\s/]+\.{_URL_END}", ""),
        (rf"(?i)\b(?:mailto|javascript|vbscript|data|tel|file):(?=\S){_URL_END}", ""),
        (rf"(?i)\bwww\.{_URL_END}", ""),
        # A host by its name alone, which chat programs make a link of; "p.ej." and the like are none.
        (rf"(?a:(?:\b[\w.+-]+@)?\b[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{{2,}}/{_URL_END})", ""),
        (r"(?a:(?:\b[\w.+-]+@)?(?:\b[\w-]+\.)*\b[\w-]{3,}\.[a-z]{2,}\b)", ""),
        (r"(?a:(?:\b[\w.+-]+@)?\b[\w-]+\.(?:com|org|net|int|io|co|info|biz)\b)", ""),
    )
)


def visible(text: str) -> str:
    """The text without characters that show nothing or turn what is around them.

    These are controls, marks of direction and of joining, and halves of characters.
    """
    return "".join(letter for letter in text if letter in _SEEN_CONTROLS or unicodedata.category(letter) not in _UNSEEN)


def without_links(text: str) -> str:
    """The text without addresses, pictures and tags; of a link the words stay."""
    while (shorter := _once(text)) != text:
        text = shorter  # what is left over of one link may make another
    return text


def _once(text: str) -> str:
    for pattern, kept in _REPLACED:
        text = pattern.sub(kept, text)
    return text
