"""The table of words one of which excludes the others."""

import tomllib
from importlib.resources import files

from vectorstore.paragraph import LANGUAGES
from vectorstore.wording.alternatives import alternatives_in

TABLE = tomllib.loads(files("vectorstore.wording").joinpath("alternatives.toml").read_text(encoding="utf-8"))
GROUPS = {name: words for groups in TABLE.values() for name, words in groups.items()}


def test_every_group_says_the_same_in_six_languages() -> None:
    for name, words in GROUPS.items():
        assert sorted(words) == sorted(LANGUAGES), name
        assert len({len(each) for each in words.values()}) == 1, name
        assert all(form.strip() for each in words.values() for form in each), name


def test_opposites_are_two() -> None:
    assert {len(words["en"]) for sort in ("opposites", "relations") for words in TABLE[sort].values()} == {2}


def test_no_word_is_its_own_opposite() -> None:
    for name, words in GROUPS.items():
        for language, each in words.items():
            forms = [form for member in each for form in set(member.split())]
            assert len(forms) == len(set(forms)), (name, language)


def test_words_are_found_within_longer_ones_only_where_the_table_says_so() -> None:
    assert [one.group for one in alternatives_in("وللوجستيات", "ar")] == ["sector"]
    assert {one.member for one in alternatives_in("不同意", "zh") if one.group == "agreement"} == {1}
    assert [one.group for one in alternatives_in("The secretariat", "en")] == []
