"""Reports in the six languages: from what Chromium, LibreOffice and Word make of them, and from plain text."""

import re
from pathlib import Path

import pytest

from ingest import reading
from ingest.structure import document_from
from tests.ingest.files import read
from tests.ingest.language_files import LANGUAGES, word_file
from tests.ingest.language_reports import report
from vectorstore.paragraph import Document

PRINTED = Path(__file__).parent / "languages"
_NUMBER = re.compile(r"^(\d+)(?:\.| -) ")


def read_here(path: Path) -> Document:
    """As the child process reads it, for the many small texts."""
    return document_from(reading.read(path), name=path.name)


def save(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


def bare(text: str, language: str) -> str:
    """The text without what may differ: spaces beside digits in Chinese, and no-break spaces."""
    return re.sub(r"\s", "", text) if language == "zh" else text.replace("\u00a0", " ")


def expected(language: str) -> list[tuple[str, str]]:
    """The numbers and texts of the paragraphs of the report."""
    rows: list[tuple[str, str]] = []
    annex, preambles = "", 0
    for piece in report(language):
        found = _NUMBER.match(piece.text)
        if piece.kind == "annex":
            annex = f"{piece.text}, "
        elif piece.kind == "numbered" and found:
            rows.append((annex + found[1], piece.text[found.end() :]))
        elif piece.kind == "operative" and found:
            rows.append((f"OP {found[1]}", piece.text[found.end() :]))
        elif piece.kind == "preamble":
            preambles += 1
            rows.append((f"PP {preambles}", piece.text))
        elif piece.kind == "item":
            number, text = rows.pop()
            rows.append((number, f"{text}\n{piece.text}"))
    return [(number, bare(text, language)) for number, text in rows]


def numbered(document: Document, language: str) -> list[tuple[str, str]]:
    return [(p.number, bare(p.text, language)) for p in document.paragraphs if p.number]


def sections(language: str) -> list[str]:
    return [bare(piece.text, language) for piece in report(language) if piece.kind in ("h1", "h2", "annex")]


@pytest.mark.parametrize("name", sorted(path.name for path in PRINTED.glob("*.*.pdf")))
def test_printed_report_has_every_paragraph_word_for_word(name: str) -> None:
    language = name.split(".")[1]
    document = read(PRINTED / name)
    assert numbered(document, language) == expected(language)
    assert document.language == language
    found = {bare(title, language) for paragraph in document.paragraphs for title in paragraph.section}
    assert found.issuperset(sections(language))
    assert (document.report.numbering_gaps, document.report.numbering_repeats) == ((), ())


# Set by reportlab in DejaVu Sans, each line shaped by arabic-reshaper and turned to the order of sight by python-bidi.
DRAWN = (
    "طلبت الجمعية العامة، في قرارها 71/243 المؤرخ 21 كانون الأول/ديسمبر 2016 (الوثيقة A/80/74)، إلى الأمين العام "
    "إجراء الإصلاحات اللازمة للآثار والأعمال.",
    "وانخفضت التكاليف بنسبة ١٢٫٥ في المائة (انظر الفقرات ٣-٥) في الفترة 2020-2025؛ إلا أن البرنامج UN-Habitat "
    "(موئل الأمم المتحدة) والمبلغ 3.5 مليون دولار [حاشية]. "
    "(أ) لأن لإن الإسلام الآن ولا فلا بالأمم والآليات 100 و5. "
    "انظر A/RES/75/233 وE/2025/61/Add.1، الفقرة 12 (ب) من القرار 2030/4 بتاريخ (2024).",
)


def test_arabic_drawn_in_presentation_forms_is_read_in_plain_letters() -> None:
    found = numbered(read(PRINTED / "presentation.pdf"), "ar")
    assert [(number, " ".join(text.split())) for number, text in found] == list(zip("12", DRAWN, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_file_has_every_paragraph_word_for_word(language: str, tmp_path: Path) -> None:
    word_file(report(language), language, tmp_path / "report.docx")
    assert numbered(read_here(tmp_path / "report.docx"), language) == expected(language)


BROKEN = [
    ("ru", "резо-\nлюцию", "резолюцию"),
    ("ru", "социально-\nэкономический", "социально-экономический"),
    ("fr", "c’est-à-\ndire", "c’est-à-dire"),
    ("fr", "le vice-\nprésident", "le vice-président"),
    ("fr", "la recomman-\ndation", "la recommandation"),
    ("es", "la recomen-\ndación", "la recomendación"),
    ("en", "the imple-\nmentation", "the implementation"),
    ("en", "the well-\nbeing", "the well-being"),
    ("en", "in Guinea-\nBissau", "in Guinea-Bissau"),
]
# Words broken in it stand whole elsewhere: the text is one that breaks words.
HYPHENATED = "1. The govern-\nment and the govern-\nment agreed. The government came.\n\n2. It is {}.\n"
WHOLE = "1. The government came, with all of its staff.\n\n2. It is {}.\n"


@pytest.mark.parametrize(("language", "broken", "whole"), BROKEN, ids=[row[2] for row in BROKEN])
def test_word_broken_at_a_line_end_is_whole_in_a_text_that_breaks_words(
    language: str, broken: str, whole: str, tmp_path: Path
) -> None:
    document = read_here(save(tmp_path / "a.txt", HYPHENATED.format(broken)))
    assert document.paragraphs[1].text == f"It is {whole}.", language


@pytest.mark.parametrize("broken", ["a multi-\nstakeholder group", "the resident-\ncoordinator system"])
def test_hyphen_at_a_line_end_stays_in_a_text_that_keeps_words_whole(broken: str, tmp_path: Path) -> None:
    document = read_here(save(tmp_path / "a.txt", WHOLE.format(broken)))
    assert document.paragraphs[1].text == f"It is {broken.replace(chr(10), '')}."


def test_soft_hyphens_are_no_part_of_a_word(tmp_path: Path) -> None:
    html = "<html><body><p>1. The imple\u00admenta\u00adtion began.</p><p>2. It ended.</p></body></html>"
    assert read_here(save(tmp_path / "a.html", html)).paragraphs[0].text == "The implementation began."


def test_signs_of_direction_hide_no_number(tmp_path: Path) -> None:
    text = "\u200f1 - طلب المجلس تقريرا عن المكاتب.\n\n\u200f2 - انخفض\u200e الإيجار.\n"
    assert numbered(read_here(save(tmp_path / "a.txt", text)), "ar") == [
        ("1", "طلب المجلس تقريرا عن المكاتب."),
        ("2", "انخفض الإيجار."),
    ]


OLDER = [
    ("ru", "cp1251"),
    ("ru", "koi8-r"),
    ("ru", "iso8859-5"),
    ("ar", "cp1256"),
    ("ar", "iso8859-6"),
    ("zh", "gb18030"),
    ("fr", "cp1252"),
    ("es", "cp1252"),
]


@pytest.mark.parametrize(("language", "encoding"), OLDER)
def test_text_in_an_older_encoding_is_decoded(language: str, encoding: str, tmp_path: Path) -> None:
    texts = [piece.text.replace("–", "-") for piece in report(language) if piece.kind == "numbered"][:6]
    data = "\n\n".join(texts).encode(encoding, errors="ignore")
    (tmp_path / "a.txt").write_bytes(data)
    document = read_here(tmp_path / "a.txt")
    assert [(number, bare(text, language)) for number, text in numbered(document, language)] == [
        (found[1], bare(text[found.end() :], language))
        for text in data.decode(encoding).split("\n\n")
        if (found := _NUMBER.match(text))
    ]


def test_traditional_chinese_in_big5_is_decoded(tmp_path: Path) -> None:
    text = "1. 秘書處向各個辦公室詢問了租金、電力和工作人員的情況。\n\n2. 租金下降了，工作人員感到滿意。\n"
    document = read_here(save(tmp_path / "a.txt", text, "big5"))
    assert document.paragraphs[0].text == "秘書處向各個辦公室詢問了租金、電力和工作人員的情況。"


CHINESE = "1. 共用办公室的费用较低，租金下降了。\n\n2. 见《Shared Offices of the Development System》(UN-Habitat)。\n"
ENGLISH = "The offices of the development system were asked about their rent.\n\n" * 30
FRENCH = "Les bureaux ont répondu à la question du loyer, et leur personnel aussi.\n\n" * 90


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1. El personal está contento.\n\n2. Véase A/95/61/Add.1.\n", "es"),
        ("1. Le personnel est content.\n\n2. Voir UN-Habitat, UNDP, UN-Women et A/95/61.\n", "fr"),
        (CHINESE, "zh"),
        (ENGLISH + FRENCH, "fr"),
    ],
    ids=["short Spanish", "French with English names", "Chinese with an English title", "French after English"],
)
def test_language_is_that_of_most_of_the_text(text: str, language: str, tmp_path: Path) -> None:
    assert read(save(tmp_path / "a.txt", text)).language == language


NUMBERINGS = [
    ("full-width digits", "１．租金下降了。\n\n２．电力费用下降了。\n\n３、工作人员满意。\n", ["1", "2", "3"]),
    ("no space", "1.租金下降了3.5%。\n\n2、电力费用下降了。\n", ["1", "2"]),
    ("Arabic digits", "١- انخفض الإيجار.\n\n٢ – وانخفضت الكهرباء.\n\n٣ـ (أ) والموظفون راضون.\n", ["1", "2"]),
    ("Arabic quotation", '1 - "المكتب" مشترك.\n\n2 - (انظر القرار) والمكتب مشترك.\n', ["1", "2"]),
]


@pytest.mark.parametrize(("text", "numbers"), [row[1:] for row in NUMBERINGS], ids=[row[0] for row in NUMBERINGS])
def test_paragraph_numbers_of_other_scripts_are_read(text: str, numbers: list[str], tmp_path: Path) -> None:
    found = [p.number for p in read_here(save(tmp_path / "a.txt", text)).paragraphs if p.number]
    assert found[: len(numbers)] == numbers


HEADINGS = [
    ("zh", "一、导言", "（一）费用", "二、结果"),
    ("zh", "一. 导言", "A. 费用", "二. 结果"),
    ("zh", "第一章 导言", "第一节 费用", "第二章 结果"),
    ("ar", "أولاً - مقدمة", "ألف - التكاليف", "ثانياً - النتائج"),
    ("ar", "أولًا: مقدمة", "باء - التكاليف", "حادي عشر - النتائج"),
    ("ru", "I. Введение", "B. Расходы", "II. Выводы"),
]


@pytest.mark.parametrize("row", HEADINGS, ids=[" ".join(row[1:3]) for row in HEADINGS])
def test_numbered_headings_make_sections(row: tuple[str, str, str, str], tmp_path: Path) -> None:
    language, first, below, second = row
    texts = [text for number, text in expected(language)[:3] if number.isdecimal()]
    dash = " -" if language == "ar" else "."
    one, two, three = (f"{n}{dash} {text}" for n, text in enumerate(texts, 1))
    document = read_here(save(tmp_path / "a.txt", "\n\n".join([first, one, below, two, second, three])))
    tidied = [tuple(bare(title, language) for title in p.section) for p in document.paragraphs if p.number]
    assert tidied == [
        (bare(first, language),),
        (bare(first, language), bare(below, language)),
        (bare(second, language),),
    ]


RESOLUTIONS = [
    ("L’Assemblée générale,", "Rappelant tout,", "1. Prend note;", "2. Décide;"),
    ("Le Conseil de sécurité,", "Rappelant tout,", "1. Prend note;", "2. Décide."),
    ("El Consejo de Derechos Humanos,", "Recordando todo,", "1. Toma nota;", "2. Decide."),
    ("La Junta Ejecutiva,", "Recordando todo,", "1. Toma nota;", "2. Decide."),
    ("Совет по правам человека,", "ссылаясь на все,", "1. отмечает;", "2. постановляет."),
    ("Экономический и Социальный Совет,", "ссылаясь на все,", "1. отмечает;", "2. постановляет."),
    ("经济及社会理事会，", "回顾各项决议，", "1. 注意到；", "2. 决定。"),
    ("人权理事会，", "回顾各项决议，", "1. 注意到；", "2. 决定。"),
    ("إن مجلس الأمن،", "إذ يشير إلى قراراته،", "1 - يحيط علما؛", "2 - يقرر."),
    ("إن المجلس الاقتصادي والاجتماعي،", "إذ يشير إلى قراراته،", "١ - يحيط علما؛", "٢ - يقرر."),
]


@pytest.mark.parametrize("lines", RESOLUTIONS, ids=[row[0] for row in RESOLUTIONS])
def test_resolution_is_known_by_its_organ(lines: tuple[str, ...], tmp_path: Path) -> None:
    document = read_here(save(tmp_path / "a.md", "# Title\n\n" + "\n\n".join(lines)))
    assert [p.number for p in document.paragraphs if p.number] == ["PP 1", "OP 1", "OP 2"]


ANNEXES = [
    ("Annexe I", "Annexe II"),
    ("Anexo I", "Anexo II"),
    ("Приложение I", "Приложение II"),
    ("附件一", "附件二"),
    ("附件 1", "附件 2"),
    ("المرفق الأول", "المرفق الثاني"),
]


@pytest.mark.parametrize("annexes", ANNEXES, ids=[row[0] for row in ANNEXES])
def test_annexes_number_their_paragraphs_anew(annexes: tuple[str, str], tmp_path: Path) -> None:
    text = "1. One.\n\n2. Two.\n\n" + "".join(f"## {annex}\n\n1. One.\n\n2. Two.\n\n" for annex in annexes)
    document = read_here(save(tmp_path / "a.md", text))
    assert [p.number for p in document.paragraphs if p.number] == [
        "1",
        "2",
        *(f"{annex}, {number}" for annex in annexes for number in (1, 2)),
    ]


DRAFTS = [
    ("Projet de résolution I", "Projet de résolution II", "L’Assemblée générale,"),
    ("Proyecto de resolución I", "Proyecto de resolución II", "La Asamblea General,"),
    ("Проект резолюции I", "Проект резолюции II", "Генеральная Ассамблея,"),
    ("决议草案一", "决议草案二", "大会，"),
    ("مشروع القرار الأول", "مشروع القرار الثاني", "إن الجمعية العامة،"),
]


@pytest.mark.parametrize("row", DRAFTS, ids=[row[0] for row in DRAFTS])
def test_draft_resolutions_keep_their_numbers_apart(row: tuple[str, str, str], tmp_path: Path) -> None:
    *drafts, organ = row
    text = "# A/95/61\n\n" + "".join(f"## {draft}\n\n{organ}\n\n1. {draft};\n\n2. {draft}.\n\n" for draft in drafts)
    if organ.startswith("إن"):
        text = re.sub(r"(\d)\. ", r"\1 - ", text)
    document = read_here(save(tmp_path / "a.md", text))
    assert [p.number for p in document.paragraphs if p.number] == [
        f"{draft}, OP {number}" for draft in drafts for number in (1, 2)
    ]
