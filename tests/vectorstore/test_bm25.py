"""What a passage says of a question, and how much that counts."""

from hypothesis import given
from hypothesis import strategies as st

from vectorstore.bm25 import Idea, Match, Matcher, Phrase, Statistics

SHELF = Statistics(passages=100, length=6.0, frequencies={"fund": 50, "levy": 2, "coordin": 10, "resid": 10, "rc": 8})
TOKENS = st.lists(st.sampled_from(sorted(SHELF.frequencies)), max_size=12)


def match(ideas: list[Idea], passage: list[str]) -> Match:
    return Matcher(ideas, SHELF).match(passage)


def word(token: str) -> Idea:
    return (Phrase((token,)),)


def test_rare_words_count_more_than_common_ones() -> None:
    question = [word("levy"), word("fund")]
    assert match(question, ["levy", "a"]).score > match(question, ["fund", "a"]).score


def test_the_best_way_to_say_something_counts_once() -> None:
    coordinator: Idea = (Phrase(("resid", "coordin")), Phrase(("rc",)))
    both = match([coordinator], ["rc", "resid", "coordin"])
    name = match([coordinator], ["x", "resid", "coordin"])
    assert both == name


def test_a_name_is_said_only_when_all_its_words_are_there() -> None:
    coordinator: Idea = (Phrase(("resid", "coordin")),)
    assert match([coordinator], ["coordin", "fund"]).score == 0


def test_coverage_is_the_share_of_the_question_by_rarity() -> None:
    question = [word("levy"), word("fund")]
    assert match(question, ["levy", "fund"]).coverage == 1
    assert 0.5 < match(question, ["levy"]).coverage < 1
    assert match(question, []).coverage == 0
    assert match([], ["levy"]).coverage == 0


@given(TOKENS, TOKENS)
def test_a_passage_that_says_more_never_matches_less_well_in_coverage(one: list[str], more: list[str]) -> None:
    question = [word(token) for token in SHELF.frequencies]
    assert match(question, one).coverage <= match(question, [*one, *more]).coverage <= 1.0000001
