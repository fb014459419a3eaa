"""Lists of what to fetch: a UN document symbol or an address a line."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ingest.fetch_answers import FetchError
from ingest.fetch_hosts import address
from vectorstore.paragraph import LANGUAGES

_LONGEST = 100
_BRACKETED = r"(?: ?[(\[][A-Za-z0-9][A-Za-z0-9 .,-]*[)\]])*"
# Looser than what is looked for on a page: an operator who lists S/26795, IDB.48/2 or A/RES/72/236 A means a symbol.
_SYMBOL = re.compile(
    rf"[A-Z]{{1,10}}(?:\.\d+)?(?:/[A-Za-z0-9][A-Za-z0-9.-]*{_BRACKETED})+(?: ?[A-Z](?:-[A-Z])?)?", re.ASCII
)
_SPACE_BEFORE_BRACKET = re.compile(r" (?=[(\[])")
_REMARK = re.compile(r"\s+#.*$")


class ListError(Exception):
    """A list, or an entry of one, is not as it must be; the message names the line, and what to write there."""


@dataclass(frozen=True)
class Listed:
    """A document to fetch: a symbol as it is written, or an https address; and the language in which it is wanted."""

    name: str
    language: str = "en"

    @property
    def is_symbol(self) -> bool:
        """Whether it is named by its symbol, not by an address."""
        return "://" not in self.name

    @property
    def source(self) -> str:
        """What its document goes by, the same whichever host it is fetched from and however the symbol is spaced.

        Its last part has the form of a file's name that gives the symbol, and so gives it where none is printed:
        "symbol:/S_RES_2771(2025).en". Nothing on disk and no upload can have such a name.
        """
        if not self.is_symbol:
            return self.name
        name = _SPACE_BEFORE_BRACKET.sub("", self.name).replace("/", "_")
        return f"symbol:/{name}.{self.language}"

    def __str__(self) -> str:
        return f"{self.name} ({self.language})" if self.is_symbol else self.name


def read_list(path: Path) -> tuple[Listed, ...]:
    """The documents that a UTF-8 text file lists, in its order, each once.

    An entry is a symbol or an https address, then, after white space, the code of one of the six languages where it
    is not English. Empty lines, lines that begin with # and, after white space, what follows a # are skipped. Raises
    ListError naming the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        broken = error.object[: error.start].count(b"\n") + 1
        raise ListError(f"Line {broken} of {path.name} is not UTF-8: save the list as UTF-8 text.") from error
    except OSError as error:
        raise ListError(f"The list {path} cannot be opened ({error.strerror}): check its path.") from error
    found: dict[str, Listed] = {}
    for number, line in enumerate(lines, 1):
        entry = _REMARK.sub("", line).strip()
        if entry and not entry.startswith("#"):
            listed = _listed(entry, number, path.name)
            found.setdefault(listed.source, listed)
    return tuple(found.values())


def _listed(entry: str, number: int, name: str) -> Listed:
    try:
        return listed_from(entry)
    except ListError as error:
        raise ListError(f"Line {number} of {name}: {error}") from error


def listed_from(entry: str) -> Listed:
    """The document that one entry of a list names; raises ListError for one that names none."""
    words = "".join(character for character in entry if unicodedata.category(character) != "Cf").split()
    language = words.pop().lower() if len(words) > 1 and words[-1].lower() in LANGUAGES else "en"
    text = " ".join(words)
    if "://" in text:
        return Listed(_checked(text), language)
    symbol = unicodedata.normalize("NFKC", text)
    if len(symbol) > _LONGEST or not _SYMBOL.fullmatch(symbol) or not any(map(str.isdigit, symbol)):
        raise ListError(
            f'"{text[:_LONGEST]}" is neither a symbol such as A/80/74 nor an https address, with one of '
            f"{', '.join(LANGUAGES)} after it where it is not wanted in English."
        )
    return Listed(symbol, language)


def _checked(text: str) -> str:
    """An address as it is written, without its fragment, so that it stays the same whatever reads it."""
    if " " in text:
        raise ListError(f"There is a space in an address: write %20, or only one of {', '.join(LANGUAGES)} after it.")
    try:
        address(text)
    except FetchError as error:
        raise ListError(str(error)) from error
    return text.partition("#")[0]
