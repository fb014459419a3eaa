"""Which questions lean on the one before."""

import pytest

from bot.conversation import Turn
from bot.questions.follow_up import standalone
from bot.questions.leaning import leans_on_the_last


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("And how many more are planned for 2021?", "en", True),
        ("Who chairs it?", "en", True),
        ("它的秘书处是哪个机构？", "zh", True),
        ("Et en 2021 ?", "fr", True),
        ("¿Y en 2021?", "es", True),
        ("А в 2021 году?", "ru", True),
        ("وماذا عن عام 2021؟", "ar", True),
        ("How many Common Country Analyses were completed?", "en", False),
        ("联合国可持续发展集团每年召开几次会议？", "zh", False),
        ("Combien de pays ont un plan-cadre ?", "fr", False),
        ("¿Cuántos países tienen un Marco de Cooperación?", "es", False),
        ("Кто созывает Межучрежденческий постоянный комитет?", "ru", False),
        ("من يرأس المنصة التعاونية الإقليمية؟", "ar", False),
    ],
)
def test_a_question_that_leans_on_the_last_is_recognised(question: str, language: str, *, expected: bool) -> None:
    assert leans_on_the_last(question, language) is expected


def test_a_follow_up_is_searched_with_the_words_before_it() -> None:
    turns = (Turn("Who chairs the platform?", "Who chairs the platform?", {}),)
    assert (
        standalone("And who is its secretariat?", "en", turns) == "Who chairs the platform? And who is its secretariat?"
    )
    assert standalone("What is the levy?", "en", turns) == "What is the levy?"
    assert standalone("And who is its secretariat?", "en", ()) == "And who is its secretariat?"
