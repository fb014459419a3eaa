"""What a document says of itself, and where: symbol, date, session, agenda item; body and edition by its symbol."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ingest.blocks import Reading
from ingest.masthead import masthead_of
from vectorstore.paragraph import FILE_NAME, Metadatum

# Any organ's: new ones are made every year. Two parts at least, so that "A/B" and "SG/2" are none.
_PREFIX = r"[A-Z]{1,8}"
_PART = r"[A-Z0-9][A-Za-z0-9.]*(?:\(\d+\))?"
_SUFFIX = (
    r"(?:\s?\((?:\d{4}|Part\s[IVX]+|Vol\.\s?[IVX]+|Sect\.\s?\d+[A-Z]?|Introduction)\)(?:/(?:Add|Corr|Rev)\.\d+)*)?"
)
_SYMBOL = re.compile(rf"\b{_PREFIX}(?:/{_PART}){{2,}}{_SUFFIX}")
_IN_MASTHEAD = re.compile(
    r"(?:United Nations(?: System)?|Nations Unies|Naciones Unidas|(?:Организация )?Объединенных Наций"
    r"|联\s?合\s?国|الأمم المتحدة)"
    r"\s*(.*)$"
)
_ALONE = re.compile(rf"^\*{{0,3}}({_SYMBOL.pattern})(?:[-–]{_SYMBOL.pattern})*\*{{0,4}}$")
_READ_BADLY = re.compile(r"(?<=\d)[IlO]+$|(?<=/)[IlO]+(?=\d+$)")
_LETTER_FOR_DIGIT = str.maketrans({"I": "1", "l": "1", "O": "0"})
_FILE_LANGUAGE = re.compile(r"[._-](?:ar|en|es|fr|ru|zh)$", re.IGNORECASE)
_EDITION = re.compile(r"/((?:Rev|Corr)\.\d+(?:/(?:Rev|Corr)\.\d+)*)(?=$|/|\s)")

_BODIES = (
    ("A/HRC/", "Human Rights Council"),
    ("A/", "General Assembly"),
    ("S/", "Security Council"),
    ("E/ICEF/", "Executive Board of UNICEF"),
    ("E/", "Economic and Social Council"),
    ("DP/", "Executive Board of UNDP, UNFPA and UNOPS"),
    ("UNW/", "Executive Board of UN-Women"),
    ("HSP/", "UN-Habitat"),
    ("UNEP/", "United Nations Environment Programme"),
    ("TD/", "UNCTAD"),
    ("CEB/", "Chief Executives Board for Coordination"),
    ("JIU/", "Joint Inspection Unit"),
    ("ST/", "Secretariat"),
)

_MONTHS = (
    "january janvier enero января يناير كانون_الثاني/يناير",
    "february février febrero февраля فبراير شباط/فبراير",
    "march mars marzo марта مارس آذار/مارس",
    "april avril abril апреля أبريل نيسان/أبريل",
    "may mai mayo мая مايو أيار/مايو",
    "june juin junio июня يونيه حزيران/يونيه يونيو حزيران/يونيو",
    "july juillet julio июля يوليه تموز/يوليه يوليو تموز/يوليو",
    "august août agosto августа أغسطس آب/أغسطس",
    "september septembre septiembre сентября سبتمبر أيلول/سبتمبر",
    "october octobre octubre октября أكتوبر تشرين_الأول/أكتوبر",
    "november novembre noviembre ноября نوفمبر تشرين_الثاني/نوفمبر",
    "december décembre diciembre декабря ديسمبر كانون_الأول/ديسمبر",
)
_MONTH = {name.replace("_", " "): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:er)?\s+(?:de\s+)?({'|'.join(sorted(map(re.escape, _MONTH), key=len, reverse=True))})\s+"
    r"(?:de\s+|del\s+)?(\d{2}\s?\d{2})\b",
    re.IGNORECASE,
)
_CHINESE_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_FIRST_LINES = 40
_DATE_LINES = 16


def metadata_of(reading: Reading, *, name: str) -> tuple[Metadatum, ...]:
    """All that the document says of itself; `name` is its file's, for a symbol and a title where none is printed."""
    dated = date_of(reading.front)
    symbols = tuple(_symbols(reading.front, reading.running_heads, name))
    return (
        *symbols,
        *_titles(reading.title, name, symbols),
        *([Metadatum("date", dated, "first page")] if dated else ()),
        *masthead_of(reading.front),
    )


def _titles(heading: str | None, file_name: str, symbols: Sequence[Metadatum]) -> Iterator[Metadatum]:
    """The title as printed; the file's name stands in where there is no symbol either."""
    if heading:
        yield Metadatum("title", heading, "heading")
    elif not symbols:
        yield Metadatum("title", file_name, FILE_NAME)


def _symbols(front: str, running_heads: Sequence[str], file_name: str) -> Iterator[Metadatum]:
    """The symbol as printed, or as the file's name gives it; and the second of a document that two organs share."""
    lines = [line.strip() for line in front.splitlines()[:_FIRST_LINES]]
    places = (
        ("masthead", _in_masthead(lines)),
        ("first page", _alone(lines)),
        ("running head", _most_common(running_heads)),
        (FILE_NAME, symbol_in_name(file_name)),
    )
    where, symbol = next(((where, symbol) for where, symbol in places if symbol), ("", None))
    if symbol:
        yield Metadatum("symbol", _repaired(symbol), where)
        yield from (Metadatum("other symbol", other, where) for other in _joined_to(symbol, lines))


def _joined_to(symbol: str, lines: Sequence[str]) -> list[str]:
    """The symbols printed after the first with a dash: S/2025/18 of A/79/716-S/2025/18."""
    after = next((line.split(symbol, 1)[1] for line in lines if symbol in line), "")
    return [found.group() for found in _SYMBOL.finditer(after)] if after[:1] in ("-", "–") else []


def _in_masthead(lines: Iterable[str]) -> str | None:
    for line in lines:
        head = _IN_MASTHEAD.match(line)
        found = _SYMBOL.match(head[1]) if head else None
        if found and _has_digit(found.group()):
            return found.group()
    return None


def _alone(lines: Iterable[str]) -> str | None:
    return next((found[1] for line in lines if (found := _ALONE.match(line)) and _has_digit(found[1])), None)


def _most_common(heads: Sequence[str]) -> str | None:
    found = Counter(symbol for head in heads if (symbol := _alone([head])))
    return found.most_common(1)[0][0] if found else None


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _repaired(symbol: str) -> str:
    """The symbol with letters that a scan shows in place of digits put right: A/39/36I is A/39/361."""
    fixed = _READ_BADLY.sub(lambda wrong: wrong.group().translate(_LETTER_FOR_DIGIT), symbol.strip())
    return " ".join(fixed.replace("(", " (").split())


def fits(metadata: Sequence[Metadatum], *, name: str) -> bool:
    """Whether a document that says this of itself would say the same if its file had this name."""
    printed = any(each.name == "symbol" and each.where != FILE_NAME for each in metadata)
    named = {each.name: each.value for each in metadata if each.where == FILE_NAME}
    return named.get("title", name) == name and (printed or named.get("symbol") == symbol_in_name(name))


def symbol_in_name(name: str) -> str | None:
    """The symbol that a file's name gives, as the United Nations name their files: "A_80_74.en.pdf" gives A/80/74."""
    stem = _FILE_LANGUAGE.sub("", name.rsplit(".", 1)[0])
    symbol = stem.replace("_", "/")
    return symbol if "_" in stem and _SYMBOL.fullmatch(symbol) and _has_digit(symbol) else None


def body_of(symbol: str | None) -> str | None:
    """The organ whose document a symbol names, or None."""
    return next((body for prefix, body in _BODIES if symbol and symbol.startswith(prefix)), None)


def edition_of(symbol: str | None) -> str | None:
    """What tells this edition from others of its work: "Rev.1", "Corr.2"."""
    found = _EDITION.search(symbol) if symbol else None
    return found[1] if found else None


def date_of(front: str) -> str | None:
    """The first full date on the first page, in any of the six languages, as YYYY-MM-DD."""
    text = unicodedata.normalize("NFKC", "\n".join(front.splitlines()[:_DATE_LINES]))
    chinese, other = _CHINESE_DATE.search(text), _DATE.search(text)
    if chinese and (not other or chinese.start() < other.start()):
        return _iso(chinese[1], chinese[2], chinese[3])
    return _iso(other[3].replace(" ", ""), str(_MONTH[other[2].lower()]), other[1]) if other else None


def is_date(text: str) -> bool:
    """Whether a text is nothing but a date."""
    return any(pattern.fullmatch(text.strip()) for pattern in (_DATE, _CHINESE_DATE))


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
