"""Patterns made of tables of words."""

import re
from collections.abc import Mapping


def named(words: Mapping[str, str]) -> str:
    """Alternatives, each a group by the name that it has in the table."""
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in words.items())


def whole_words(words: Mapping[str, str], language: str) -> re.Pattern[str]:
    """Named alternatives as whole words, in any case; Chinese does not part words."""
    begins, ends = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    return re.compile(f"{begins}(?:{named(words)}){ends}", re.IGNORECASE)


def whole(words: str, language: str) -> re.Pattern[str]:
    """A pattern as whole words, in any case, or up to an apostrophe ("n’"); Chinese does not part words.

    In Arabic "and" may stand together with them.
    """
    if language == "zh":
        return re.compile(words)
    begins = r"(?<![\w-])[وف]?" if language == "ar" else r"(?<![\w-])"
    return re.compile(rf"{begins}(?:{words})(?:(?<=['’])|(?!\w))", re.IGNORECASE)
