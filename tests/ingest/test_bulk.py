"""Ready paragraphs in a .jsonl file."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.blocks import ReadingError
from ingest.bulk import read_bulk
from vectorstore.paragraph import Document, Paragraph


def bulk(folder: Path, *lines: dict[str, Any] | str) -> list[Document]:
    path = folder / "bulk.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text, encoding="utf-8")
    return list(read_bulk(path))


def test_lines_of_one_document_are_put_together_in_order(tmp_path: Path) -> None:
    first, second = bulk(
        tmp_path,
        {"document": "b", "text": "理事会请秘书处报告。", "paragraph": "1", "title": "报告", "audience": "staff"},
        {"document": "a", "text": "The Council met.", "symbol": "E/2031/7", "language": "en", "date": "2031-03-04"},
        "",
        {
            "document": "b",
            "text": "租金下降。",
            "paragraph": "2",
            "section": ["一、背景"],
            "page": 3,
            "more": "ignored",
        },
    )
    assert (first.source, first.title, first.language, first.audience) == ("b", "报告", "zh", "staff")
    assert first.paragraphs == (
        Paragraph("理事会请秘书处报告。", number="1"),
        Paragraph("租金下降。", number="2", section=("一、背景",), page=3),
    )
    assert (second.title, second.symbol, second.language, second.date) == ("E/2031/7", "E/2031/7", "en", "2031-03-04")


def test_hash_changes_with_the_lines_of_its_document_only(tmp_path: Path) -> None:
    before = bulk(tmp_path, {"document": "a", "text": "One."}, {"document": "b", "text": "Two."})
    after = bulk(tmp_path, {"document": "a", "text": "One."}, {"document": "b", "text": "Three."})
    assert before[0].content_hash == after[0].content_hash
    assert before[1].content_hash != after[1].content_hash


WRONG: list[tuple[str, dict[str, Any] | str, str]] = [
    ("no JSON", "{broken", "Line 2 is no JSON object"),
    ("a strange audience", {"document": "a", "text": "b", "audience": "The Board!"}, 'Line 2: "audience"'),
    ("a list", "[1]", "Line 2 is no JSON object"),
    ("no text", {"document": "a"}, 'Line 2: "text" is required'),
    ("empty text", {"document": "a", "text": " "}, 'Line 2: "text" is required'),
    ("no document", {"text": "x"}, 'Line 2: "document" is required'),
    ("number as text", {"document": "a", "text": "x", "paragraph": 4}, 'Line 2: "paragraph" must be text'),
    ("page as text", {"document": "a", "text": "x", "page": "4"}, 'Line 2: "page" must be a whole number'),
    ("section as text", {"document": "a", "text": "x", "section": "I"}, 'Line 2: "section" must be a list'),
    ("seventh language", {"document": "a", "text": "x", "language": "de"}, 'Line 2: "language" must be one of'),
]


@pytest.mark.parametrize(("line", "reason"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_wrong_line_is_named(line: dict[str, Any] | str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=reason):
        bulk(tmp_path, {"document": "a", "text": "good"}, line)


def test_empty_bulk_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="empty"):
        bulk(tmp_path, "\n")
