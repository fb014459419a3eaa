"""Headings to section paths: which heading stands under which."""

import re
from dataclasses import dataclass

from ingest.blocks import Block, Style
from ingest.numbering import heading_label

_ARABIC_ORDINALS = (
    "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحادي_عشر الثاني_عشر الثالث_عشر الرابع_عشر "
    "الخامس_عشر"
)
_COUNT = r"(?:№\s*)?(?:[IVXLC]+|\d{1,2}|[A-Z])"
ARABIC_ORDINAL = "|".join(sorted(_ARABIC_ORDINALS.replace("_", r"\s").split(), key=len, reverse=True))
_ANNEX = re.compile(
    r"^(?P<label>"
    r"(?:Annexe?|Appendix|Enclosure|Attachment|Appendice|Pièce jointe|Anexo|Apéndice|Adjunto|Приложение|Добавление"
    rf"|Дополнение)(?:\s+{_COUNT})?"
    rf"|(?:附件|附录|附文)\s*(?:[一二三四五六七八九十]{{1,3}}|{_COUNT})?"
    rf"|(?:المرفق|مرفق|التذييل|تذييل|الضميمة|ضميمة)(?:\s+(?:{ARABIC_ORDINAL}|{_COUNT}|[\u0660-\u0669]{{1,2}}))?"
    r")\s*[*]*(?=$|[\s:：.–—-])",
    re.IGNORECASE,
)
_ANNEX_CHARACTERS = 200
_SAME_SIZE = 0.5
_ROMAN_OR_LETTER = "IVXLC"
_HIGHEST = ("roman", "chinese", "ordinal", "chapter")


@dataclass(frozen=True)
class Heading:
    """A heading on the way down to a paragraph: its text, how it is numbered, and how it is set."""

    text: str
    kind: str
    label: str
    style: Style
    level: int | None


Path = tuple[Heading, ...]


def annex_label(block: Block) -> str | None:
    """How an annex is called where a block is its heading ("Annex II"), or None."""
    if block.kind not in ("heading", "text") or len(block.text) > _ANNEX_CHARACTERS:
        return None
    found = _ANNEX.match(block.text)
    if not found or (block.kind == "text" and found.end() < len(block.text.rstrip(" *"))):
        return None
    return found["label"].strip()


def under(path: Path, block: Block) -> Path:
    """The path after a heading: the headings that it stands under, and it."""
    kind, label = heading_label(block.text) or ("plain", "")
    if annex_label(block):
        kind, label = "annex", str(annex_label(block))
    kind = _told_apart(path, kind, label)
    heading = Heading(block.text, kind, label, block.style, block.level)
    return (*_above(path, heading), heading)


def titles(path: Path) -> tuple[str, ...]:
    """The path as it is shown."""
    return tuple(heading.text for heading in path)


def _told_apart(path: Path, kind: str, label: str) -> str:
    """Letter or Roman number: "I." after "H." and "C." after "B." are letters, "(i)" after "(h)" too."""
    before = {heading.kind: heading.label for heading in path}
    if kind == "roman" and len(label) == 1 and before.get("letter") == chr(ord(label) - 1):
        return "letter"
    if kind == "letter" and label in _ROMAN_OR_LETTER and "letter" not in before:
        return "roman"
    if kind == "bracketed" and label.isascii():
        previous = before.get("bracketed-letter", "")
        is_letter = len(label) == 1 and (label not in "ivx" or previous == chr(ord(label) - 1))
        return "bracketed-letter" if is_letter else "bracketed-roman"
    return kind


def _above(path: Path, heading: Heading) -> Path:
    if heading.kind == "annex":
        return ()
    if heading.level is not None:
        return tuple(each for each in path if each.level is not None and each.level < heading.level)
    same = [index for index, each in enumerate(path) if _same_rank(each, heading)]
    if same:
        return path[: same[0]]
    if heading.kind in _HIGHEST:
        return tuple(each for each in path if each.kind == "annex" or each.style.size > heading.style.size + _SAME_SIZE)
    if heading.kind != "plain":
        return path
    return tuple(each for each in path if each.kind == "annex" or each.style.size >= heading.style.size - _SAME_SIZE)


def _same_rank(one: Heading, other: Heading) -> bool:
    if one.kind != other.kind or one.kind == "annex":
        return False
    if one.kind != "plain":
        return True
    return abs(one.style.size - other.style.size) <= _SAME_SIZE and one.style.bold == other.style.bold
