"""Real reports, where they lie beside the repository."""

from pathlib import Path

import pytest

from tests.ingest.files import read
from vectorstore.paragraph import Document

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
FORMATS = ("seed-unhabitat-reform-zh.txt", *(f"formats/seed.{kind}" for kind in ("pdf", "docx", "html", "md")))

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the reports are not here")


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    return {name: read(CORPUS / name) for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
def test_seed_report_has_its_fourteen_paragraphs(name: str, seeds: dict[str, Document]) -> None:
    seed = seeds[name]
    numbered = [paragraph for paragraph in seed.paragraphs if paragraph.number]
    assert [paragraph.number for paragraph in numbered] == [str(number) for number in range(1, 15)]
    sections = [paragraph.section[0].split("、")[0] for paragraph in numbered]
    assert sections == ["一"] * 3 + ["二"] * 2 + ["三"] * 3 + ["四"] * 6
    assert numbered[3].section == ("二、参与联合国国家工作队和驻地协调员制度",)
    assert (seed.language, seed.symbol) == ("zh", None)
    assert seed.title == "人居署在实施联合国发展系统改革方面取得的进展"


@pytest.mark.parametrize("name", FORMATS)
def test_seed_report_reads_the_same_in_each_format(name: str, seeds: dict[str, Document]) -> None:
    ours = {p.number: squeezed(p.text) for p in seeds[name].paragraphs if p.number}
    markdown = {p.number: squeezed(p.text) for p in seeds["formats/seed.md"].paragraphs if p.number}
    assert ours == markdown


REPORTS: list[tuple[str, str, str, str, int]] = [
    ("E_2025_61.en.pdf", "E/2025/61", "2025-04-29", "Economic and Social Council", 75),
    ("A_80_74.en.pdf", "A/80/74", "2025-04-29", "General Assembly", 173),
]


@pytest.mark.parametrize(("name", "symbol", "date", "body", "last"), REPORTS, ids=[row[0] for row in REPORTS])
def test_english_report_has_all_its_paragraphs(name: str, symbol: str, date: str, body: str, last: int) -> None:
    report = read(CORPUS / f"un2025/{name}")
    assert (report.symbol, report.date, report.body, report.language) == (symbol, date, body, "en")
    plain = [paragraph.number for paragraph in report.paragraphs if paragraph.number and paragraph.number.isdecimal()]
    assert plain == [str(number) for number in range(1, last + 1)]
    assert report.report.numbering_gaps == ()
    assert not any("\ufffe" in paragraph.text for paragraph in report.paragraphs)


def test_paragraph_after_a_page_break_is_whole_and_has_its_section() -> None:
    report = read(CORPUS / "un2025/E_2025_61.en.pdf")
    fourth = next(paragraph for paragraph in report.paragraphs if paragraph.number == "4")
    assert (fourth.page, fourth.section) == (3, ("I. Introduction",))
    assert fourth.text.endswith("at the scale and pace expected by Member States.")
    third = next(paragraph for paragraph in report.paragraphs if paragraph.number == "3")
    assert "System-wide Evaluation Office summary of 33" in third.text
    assert "complex settings highlighted that" in third.text
