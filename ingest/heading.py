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
_NUMERAL = r"(?:\s+(?:[IVXLC]+|\d{1,3})\b)?"
_DRAFT = re.compile(
    rf"^(?:Draft (?:resolution|decision){_NUMERAL}"
    rf"|Projet de (?:résolution|décision){_NUMERAL}|Proyecto de (?:resolución|decisión){_NUMERAL}"
    rf"|Проект (?:резолюции|решения){_NUMERAL}"
    r"|(?:决议|决定)草案(?:\s*(?:[一二三四五六七八九十]{1,3}|\d{1,3}|[IVXLC]+))?"
    rf"|مشروع (?:ال)?(?:قرار|مقرر)(?:\s+(?:{ARABIC_ORDINAL})\b)?{_NUMERAL}"
    r"|(?:Resolution|Decision|Résolution|Décision|Resolución|Decisión|Резолюция|Решение|القرار|المقرر)"
    r"\s+\d{1,4}(?:/\d{1,3})?\b"
    r"|第?\s?\d{1,4}(?:/\d{1,3})?\s?(?:[(（]\d{4}[)）])?\s?号?(?:决议|决定)(?=$|\s|[.。:：]))",
    re.IGNORECASE,
)
_ANNEX_CHARACTERS = 200
_SAME_SIZE = 0.5
_ROMAN_OR_LETTER = "IVXLC"
_HIGHEST = ("roman", "chinese", "ordinal", "chapter")
_TITLED = ("annex", "draft", "title")
# Which headings another one right below is the title of, by the kind of that other.
_TITLES = {"plain": _TITLED, "draft": ("annex",)}


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


def draft_label(block: Block) -> str | None:
    """How a resolution or decision is called where a block is its heading ("Draft resolution I"), or None."""
    found = _DRAFT.match(block.text) if block.kind == "heading" else None
    return found[0] if found else None


def under(path: Path, block: Block, *, next_to: bool) -> Path:
    """The path after a heading: the headings that it stands under, and it.

    A plain heading `next_to` that of an annex or a draft, without text between them, is the title of it, and so is a
    resolution's next to that of the annex which it stands in; one next to another plain one stands under it.
    """
    kind, label = _named(block) or heading_label(block.text) or ("plain", "")
    kind = _told_apart(path, kind, label)
    if next_to and path and path[-1].kind in _TITLES.get(kind, ()):
        kind = "title"
    heading = Heading(block.text, kind, label, block.style, block.level)
    below = next_to and path and kind == path[-1].kind == "plain"
    return (*(path if below else _above(path, heading)), heading)


def _named(block: Block) -> tuple[str, str] | None:
    for kind, label in (("annex", annex_label(block)), ("draft", draft_label(block))):
        if label:
            return kind, label
    return None


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
        return _above_annex(path)
    if heading.level is not None:
        return tuple(each for each in path if each.level is not None and each.level < heading.level)
    same = [index for index, each in enumerate(path) if _same_rank(each, heading)]
    if same and heading.kind != "title":
        return path[: same[0]]
    size = heading.style.size
    if heading.kind in _HIGHEST:
        return tuple(each for each in path if each.kind in _TITLED or each.style.size > size + _SAME_SIZE)
    if heading.kind != "plain":
        return path
    return tuple(each for each in path if each.kind in _TITLED or each.style.size >= size - _SAME_SIZE)


def _above_annex(path: Path) -> Path:
    """What an annex stands under: nothing, or the draft resolution that it is annexed to."""
    kinds = [each.kind for each in path]
    if "draft" not in kinds:
        return ()
    draft = kinds.index("draft")
    return path[: kinds.index("annex", draft)] if "annex" in kinds[draft:] else path


def _same_rank(one: Heading, other: Heading) -> bool:
    if one.kind != other.kind or one.kind == "annex":
        return False
    if one.kind != "plain":
        return True
    return abs(one.style.size - other.style.size) <= _SAME_SIZE and one.style.bold == other.style.bold
