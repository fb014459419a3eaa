"""Which sub-item of a paragraph a quote stands in."""

import pytest

from bot.found.items import item_of

NESTED = (
    "The Secretary-General will:\n(a) Review the offices;\n(b) Report on:\n(i) Rent;\n(ii) Power and\nwater;\n"
    "(c) Close the rest."
)
LETTERS = "Steps:\n(g) One;\n(h) Two;\n(i) Three;\n(j) Four."


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        (NESTED, "Review the offices", "(a)"),
        (NESTED, "Rent;", "(b) (i)"),
        (NESTED, "(i) Rent;\n(ii) Power and", "(b)"),
        (NESTED, "Close  the rest.", "(c)"),
        (NESTED, "The Secretary-General will", None),
        (NESTED, "Report on:\n(i) Rent;\n(ii) Power and\nwater;\n(c) Close", None),
        (NESTED, "not there", None),
        (NESTED, "", None),
        (LETTERS, "Three", "(i)"),
        ("应当：\n(一) 报告；\n(二) 审查。", "审查", "(二)"),
        ("يقوم بما يلي:\n(أ) الاستعراض؛\n(ب) الإبلاغ.", "الإبلاغ", "(ب)"),
        ("Следует:\nа) доложить;\nб) изучить.", "изучить", "(б)"),
        ("Plain words.", "Plain", None),
    ],
)
def test_a_quote_s_sub_item_is_told_where_it_stands_in_one(text: str, quote: str, expected: str | None) -> None:
    assert item_of(text, quote) == expected
