"""Quotes word for word, numbers in every script."""

import pytest

from bot.verify import numbers, stands_in, supports


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("the levy is 1 per cent", "In 2019,\nthe levy  is 1 per cent.", True),
        ("在34个国家", "在 34 个国\n家", True),
        ("the levy is 2 per cent", "the levy is 1 per cent", False),
        ("", "anything", False),
    ],
)
def test_a_quote_stands_word_for_word_white_space_aside(quote: str, text: str, *, expected: bool) -> None:
    assert stands_in(quote, text) is expected


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        ("25 analyses in 34 countries", "完成了涵盖 34个国家的25 项共同国家分析", True),
        ("Adopted as resolution 71/243 in 2016", "2016 年 12 月 21 日 第 71/243 号决议", True),
        ("It costs $1,500,000", "Il coûte 1\u202f500\u202f000 dollars", True),
        ("في 34 بلدا", "in ٣٤ countries", True),
        ("26 analyses", "25 analyses", False),
        ("resolution 72/243", "resolution 71/243", False),
        ("2.5 per cent", "25 per cent", False),
        ("No figures here", "None here either", True),
    ],
)
def test_every_number_of_a_claim_must_be_in_the_paragraph(claim: str, text: str, *, expected: bool) -> None:
    assert supports(claim, text) is expected


def test_numbers_have_one_form() -> None:
    assert numbers("1,234 and 1 and １２ and 2017-2020") == {"1234", "1", "12", "2017-2020", "2017", "2020"}
