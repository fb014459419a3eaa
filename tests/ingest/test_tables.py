"""Tables of PDFs: their rows, cells, headers and notes, and what is no table."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.splitting import split
from tests.ingest.files import read
from tests.ingest.tables_files import PARAGRAPH, Sheet, grid, un_style
from vectorstore.paragraph import Document, Paragraph

DATA = Path(__file__).parent / "tables"
EDGES = (100.0, 260.0, 340.0, 420.0, 500.0)
OFFICES = (
    ("Nairobi", "1 234.5", "880", "(2.4)"),
    ("Shared service centre of the regional offices in Bangkok", "62.0", "", "–"),
    ("Geneva", "", "9 000.1", "12%"),
    ("Total", "1 296.5", "9 880.1", "9.6"),
)
OFFICE_ROWS = [
    "Nairobi | 1 234.5 | 880 | (2.4)",
    "Shared service centre of the regional offices in Bangkok | 62.0 | | –",
    "Geneva | | 9 000.1 | 12%",
    "Total | 1 296.5 | 9 880.1 | 9.6",
]
HEADER = ("Office", "2030 budget", "2031 estimate", "Change")
STEPS = (
    ("1", "Choose a building that every office can reach", "Done", "Rent is paid from the common fund since May."),
    ("2", "Move", "Under way", "Two offices moved in the first half of the year; three more follow in the second."),
    ("3", "Report to the Council on costs and savings", "Planned", ""),
)
STEP_ROWS = [
    "1 | Choose a building that every office can reach | Done | Rent is paid from the common fund since May.",
    "2 | Move | Under way | Two offices moved in the first half of the year; three more follow in the second.",
    "3 | Report to the Council on costs and savings | Planned",
]


def tables(found: Document) -> list[list[str]]:
    return [paragraph.text.splitlines() for paragraph in found.paragraphs if paragraph.kind == "table"]


def texts(found: Document) -> str:
    return "\n".join(paragraph.text for paragraph in found.paragraphs if paragraph.kind == "text")


def test_table_with_rules_above_and_below_keeps_caption_header_and_notes(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    sheet.caption("Table 2", "Costs of shared offices", "(Thousands of United States dollars)")
    un_style(sheet, EDGES, HEADER, OFFICES)
    sheet.note("Source: accounts of the offices.")
    sheet.note("Abbreviation: the dash stands for nothing to report.")
    sheet.paragraph(*PARAGRAPH)
    found = read(sheet.save(tmp_path / "a.pdf"))
    assert tables(found) == [
        [
            "Table 2",
            "Costs of shared offices",
            "(Thousands of United States dollars)",
            "Office | 2030 budget | 2031 estimate | Change",
            *OFFICE_ROWS,
            "Source: accounts of the offices.",
            "Abbreviation: the dash stands for nothing to report.",
        ]
    ]
    assert texts(found).count("The secretariat asked every office") == 2


def test_rules_in_one_piece_part_the_columns_by_their_text(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    sheet.rule(EDGES, parts=False)
    sheet.row(EDGES, HEADER, size=7, right=True)
    sheet.rule(EDGES, 1.4, parts=False)
    for row in OFFICES:
        sheet.row(EDGES, row, right=True)
    sheet.rule(EDGES, 1.4, parts=False)
    assert tables(read(sheet.save(tmp_path / "a.pdf"))) == [
        ["Office | 2030 budget | 2031 estimate | Change", *OFFICE_ROWS]
    ]


def test_grid_with_long_cells_is_one_row_for_each_of_its_rows(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    grid(sheet, (100.0, 130.0, 280.0, 350.0, 500.0), [("No.", "Step", "Status", "Remarks"), *STEPS])
    sheet.paragraph(*PARAGRAPH)
    assert tables(read(sheet.save(tmp_path / "a.pdf"))) == [["No. | Step | Status | Remarks", *STEP_ROWS]]


def test_long_cells_without_rules_between_rows_are_put_together(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    un_style(sheet, (100.0, 130.0, 280.0, 350.0, 500.0), ("No.", "Step", "Status", "Remarks"), STEPS, right=False)
    assert tables(read(sheet.save(tmp_path / "a.pdf"))) == [["No. | Step | Status | Remarks", *STEP_ROWS]]


def test_table_without_rules_is_known_by_its_caption_and_columns(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    sheet.caption("Table 3", "Costs of shared offices")
    sheet.row(EDGES, HEADER, face="Times-Bold", right=True)
    for row in OFFICES[:1] + OFFICES[2:]:
        sheet.row(EDGES, row, right=True)
    sheet.paragraph(*PARAGRAPH)
    rows = [row for row in OFFICE_ROWS if not row.startswith("Shared")]
    assert tables(read(sheet.save(tmp_path / "a.pdf"))) == [
        ["Table 3", "Costs of shared offices", "Office | 2030 budget | 2031 estimate | Change", *rows]
    ]


@pytest.mark.parametrize("in_parts", [True, False])
def test_header_above_several_columns_is_said_of_each(in_parts: bool, tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    spans = (EDGES[0], EDGES[1], EDGES[3], EDGES[4])
    sheet.rule(spans if in_parts else EDGES, parts=in_parts)
    sheet.centred(EDGES[1], EDGES[3], "Expenditure")
    sheet.skip(11)
    sheet.rule(EDGES[1:4], parts=in_parts)
    sheet.row(EDGES, ("Office", "2030", "2031", "Change"), size=7, right=True, face="Times-Italic")
    sheet.rule(EDGES, 1.4, parts=in_parts)
    for row in OFFICES:
        sheet.row(EDGES, row, right=True)
    sheet.rule(EDGES, 1.4, parts=in_parts)
    found = tables(read(sheet.save(tmp_path / "a.pdf")))
    assert found == [["Office | Expenditure 2030 | Expenditure 2031 | Change", *OFFICE_ROWS]]


@pytest.mark.parametrize("caption", ["", "Table 4 (continued)"])
def test_table_over_two_pages_is_one_with_one_header(caption: str, tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    sheet.caption("Table 4", "Costs of shared offices")
    un_style(sheet, EDGES, HEADER, OFFICES[:2], closed=False)
    sheet.next_page()
    if caption:
        sheet.caption(caption, "")
    un_style(sheet, EDGES, HEADER, OFFICES[2:])
    sheet.note("Note: figures are rounded.")
    sheet.paragraph(*PARAGRAPH)
    found = read(sheet.save(tmp_path / "a.pdf"))
    header = "Office | 2030 budget | 2031 estimate | Change"
    assert tables(found) == [["Table 4", "Costs of shared offices", header, *OFFICE_ROWS, "Note: figures are rounded."]]
    assert [paragraph.page for paragraph in found.paragraphs] == [1, 1, 2]


def test_two_tables_of_like_columns_on_one_page_stay_two(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    for number in (1, 2):
        sheet.caption(f"Table {number}", "Costs of shared offices")
        un_style(sheet, EDGES, HEADER, OFFICES)
    assert [table[0] for table in tables(read(sheet.save(tmp_path / "a.pdf")))] == ["Table 1", "Table 2"]


def test_landscape_page_keeps_its_columns(tmp_path: Path) -> None:
    edges = (60.0, 100.0, 330.0, 430.0, 720.0)
    sheet = Sheet(tmp_path / "a.pdf", size=(792.0, 612.0), left=60.0)
    un_style(sheet, edges, ("No.", "Step", "Status", "Remarks"), STEPS, right=False)
    assert tables(read(sheet.save(tmp_path / "a.pdf"))) == [["No. | Step | Status | Remarks", *STEP_ROWS]]


def test_text_that_crowds_the_next_column_stays_in_its_own(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    edges = (100.0, 246.0, 400.0)
    rows = (("Office for the Coordination of Leases", "Ana Ruiz"), ("Library", "Li Wei"), ("Archives", "Omar Said"))
    un_style(sheet, edges, ("Entity", "Name"), rows, right=False)
    assert tables(read(sheet.save(tmp_path / "a.pdf"))) == [
        [
            "Entity | Name",
            "Office for the Coordination of Leases | Ana Ruiz",
            "Library | Li Wei",
            "Archives | Omar Said",
        ]
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", ["المكتب | السنة | التكلفة", "نيروبي | 2030 | 450", "جنيف | 2031 | 1200", "بانكوك | 2032 | 75"]),
        ("zh", ["办公室 | 年份 | 费用", "内罗毕 | 2030 | 450", "日内瓦 | 2031 | 1200", "曼谷 | 2032 | 75"]),
    ],
)
def test_cells_stand_in_reading_order_in_every_script(language: str, expected: list[str]) -> None:
    assert tables(read(DATA / f"table.{language}.pdf")) == [expected]


def test_rules_above_and_below_the_whole_table_frame_it(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    sheet.rule(EDGES)
    for row in (HEADER, OFFICES[0], OFFICES[3]):
        sheet.row(EDGES, row, right=True)
    sheet.rule(EDGES)
    sheet.paragraph(*PARAGRAPH)
    assert tables(read(sheet.save(tmp_path / "a.pdf"))) == [
        ["Office | 2030 budget | 2031 estimate | Change", OFFICE_ROWS[0], OFFICE_ROWS[3]]
    ]


def test_text_between_the_rules_of_head_and_foot_is_no_table(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.rule((90.0, 310.0, 540.0))
    for _ in range(6):
        sheet.paragraph(*PARAGRAPH)
    sheet.rule((90.0, 310.0, 540.0))
    found = read(sheet.save(tmp_path / "a.pdf"))
    assert tables(found) == []


def test_box_around_running_text_is_no_table(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    sheet.skip(10)
    top = sheet.y
    sheet.rule((90.0, 540.0))
    sheet.paragraph("Recommendation 1", *PARAGRAPH)
    sheet.rule((90.0, 540.0))
    sheet.uprights((90.0, 540.0), top)
    found = read(sheet.save(tmp_path / "a.pdf"))
    assert tables(found) == []
    assert texts(found).count("The secretariat asked every office") == 2


def test_indented_list_and_signatures_are_no_tables(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    for number in range(1, 5):
        sheet.row((96.0, 130.0, 540.0), (f"({chr(96 + number)})", f"Measure {number} saves rent;"), size=10)
    sheet.row((96.0, 330.0, 540.0), ("(Signed) Ana Ruiz", "(Signed) Omar Said"), size=10)
    sheet.row((96.0, 330.0, 540.0), ("Chair", "Rapporteur"), size=10)
    found = read(sheet.save(tmp_path / "a.pdf"))
    assert tables(found) == []
    assert "(c) Measure 3 saves rent;" in texts(found)


def test_every_word_of_a_page_with_tables_is_there_once(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "a.pdf")
    sheet.paragraph(*PARAGRAPH)
    un_style(sheet, EDGES, HEADER, OFFICES)
    sheet.note("Source: accounts of the offices.")
    sheet.skip(20)
    grid(sheet, (100.0, 130.0, 280.0, 350.0, 500.0), [("No.", "Step", "Status", "Remarks"), *STEPS])
    sheet.paragraph(*PARAGRAPH)
    found = read(sheet.save(tmp_path / "a.pdf"))
    drawn = [*PARAGRAPH, *HEADER, *sum(OFFICES, ()), "Source: accounts of the offices.", "No. Step Status Remarks"]
    drawn += [*sum(STEPS, ()), *PARAGRAPH]
    held = " ".join([found.title, *(paragraph.text for paragraph in found.paragraphs)])
    assert Counter(re.findall(r"\w+", held)) == Counter(re.findall(r"\w+", " ".join(drawn)))


def count(text: str) -> int:
    """A tokenizer whose counts can be foretold: a token for each word."""
    return len(text.split())


def passages(text: str, limit: int) -> list[str]:
    document = Document("s", "h", "t", "en", (Paragraph(text, kind="table"),))
    return [passage.text for passage in split(document, count_tokens=count, limit=limit)]


def test_each_passage_of_a_long_table_begins_with_caption_and_header() -> None:
    head = "Table 1\nCosts\nOffice | Cost"
    text = "\n".join([head, "Nairobi | 1", "Geneva | 2", "Bangkok | 3", "Source: accounts."])
    assert passages(text, 12) == [
        f"{head}\nNairobi | 1\nGeneva | 2",
        f"{head}\nBangkok | 3\nSource: accounts.",
    ]


def test_row_that_is_too_long_is_cut_below_the_header() -> None:
    text = "Office | Remarks\nNairobi | one two three four five six seven"
    assert passages(text, 8) == [
        "Office | Remarks\nNairobi | one two three",
        "Office | Remarks\nfour five six seven",
    ]


def test_table_whose_header_takes_most_of_a_passage_is_cut_between_rows_alone() -> None:
    text = "Office of the region | Cost of rent in the year\nNairobi | 1\nGeneva | 2"
    assert passages(text, 12) == ["Office of the region | Cost of rent in the year", "Nairobi | 1\nGeneva | 2"]


@given(
    rows=st.lists(
        st.lists(st.sampled_from(["", "rent", "1 234", "文字", "one two three four"]), min_size=1), min_size=1
    ),
    limit=st.integers(min_value=1, max_value=30),
)
@settings(max_examples=100, deadline=None)
def test_no_passage_of_a_table_is_over_the_limit_and_no_row_is_lost(rows: list[list[str]], limit: int) -> None:
    text = "\n".join(" | ".join(row) for row in rows)
    found = passages(text, limit)
    assert all(count(passage) <= limit for passage in found)
    assert not Counter(text.split()) - Counter(" ".join(found).split())
