"""What holds for every term of the glossary: its forms, its scripts, and that each name means one thing."""

import re
import tomllib
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

from prompts.glossary import Term, Wording, glossary
from vectorstore.paragraph import LANGUAGES
from vectorstore.tokens import stems

SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
}
FULL_STOP = {"zh": "。"}
WORDS = (6, 40)  # of a meaning
CHARACTERS = (12, 80)  # of one in Chinese
SHORT_ACRONYMS = {"G7", "GA", "HC", "RC"}
# What an issue asks for by name must be there, and be found by its acronym.
ASKED_FOR = {
    "QCPR": "qcpr", "UNSDCF": "unsdcf", "CCA": "cca", "RC": "resident-coordinator", "DSG": "deputy-secretary-general",
    "SMG": "smg", "CEB": "ceb", "HLCP": "hlcp", "HLCM": "hlcm", "UNSDG": "unsdg", "IASC": "iasc", "RCP": "rcp",
    "DCO": "dco", "NUA": "new-urban-agenda", "UNCT": "unct", "MAF": "maf", "WHO": "who", "SDG": "sdgs",
}  # fmt: skip


def wordings() -> list[tuple[Term, str, Wording]]:
    return [(term, language, wording) for term in glossary() for language, wording in term.wordings.items()]


def test_there_are_at_least_250_terms_each_in_all_six_languages() -> None:
    assert len(glossary()) >= 250
    assert all(set(term.wordings) == set(LANGUAGES) for term in glossary())


def test_every_term_has_an_id_of_its_own_and_a_known_kind() -> None:
    ids = [term.id for term in glossary()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", term_id) for term_id in ids)
    kinds = {"body", "title", "process", "document", "fund", "agreement", "concept", "system"}
    assert {term.kind for term in glossary()} == kinds


def test_the_file_holds_nothing_but_terms_and_their_wordings() -> None:
    text = files("prompts").joinpath("glossary.toml").read_text(encoding="utf-8")
    written = tomllib.loads(text)
    assert set(written) == {"term"}
    for term in written["term"]:
        assert set(term) == {"id", "kind", *LANGUAGES}
        for language in LANGUAGES:
            assert {"name", "meaning"} <= set(term[language]) <= {"name", "short", "also", "meaning"}, term["id"]
    assert not re.search(r"\w'\w", text), "Apostrophes are written ’."


def test_names_are_trimmed_long_enough_and_each_given_once() -> None:
    for term, language, wording in wordings():
        for form in wording.forms:
            assert form == " ".join(form.split()), (term.id, language, form)
            assert len(form) > 2 or form in SHORT_ACRONYMS or (language == "zh" and len(form) == 2), (term.id, form)
        folded = [form.casefold() for form in wording.forms]
        assert len(set(folded)) == len(folded), (term.id, language)


def test_names_and_meanings_are_in_the_script_of_their_language() -> None:
    for term, language, wording in wordings():
        if script := SCRIPTS.get(language):
            assert script.search(wording.name), (term.id, language)
            assert script.search(wording.meaning), (term.id, language)
        else:
            assert not any(script.search(wording.meaning) for script in SCRIPTS.values()), (term.id, language)


def test_a_meaning_is_one_sentence_of_a_readable_length() -> None:
    for term, language, wording in wordings():
        length = len(wording.meaning) if language == "zh" else len(wording.meaning.split())
        least, most = CHARACTERS if language == "zh" else WORDS
        assert least <= length <= most, (term.id, language, length)
        assert wording.meaning.endswith(FULL_STOP.get(language, ".")), (term.id, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_terms_share_a_name_however_it_is_inflected(language: str) -> None:
    terms_of: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for term in glossary():
        for form in term.wordings[language].forms:
            is_acronym = form.isupper() and " " not in form
            terms_of[(form,) if is_acronym else tuple(stems(form, language))].add(term.id)
    assert {form: ids for form, ids in terms_of.items() if len(ids) > 1} == {}


def test_acronyms_of_an_issue_are_there() -> None:
    found = {form: term.id for term in glossary() for form in term.wordings["en"].short if form in ASKED_FOR}
    assert found == ASKED_FOR


def test_meanings_are_not_used_twice() -> None:
    counts = Counter((language, wording.meaning) for _, language, wording in wordings())
    assert max(counts.values()) == 1
