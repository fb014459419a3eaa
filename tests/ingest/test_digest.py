"""The note after a refresh: its counts, its documents, and the changes with both citations."""

import json
from dataclasses import asdict, replace

import pytest

from ingest.comparing import Edition, edition_changes
from ingest.digest import Named, Outcome, Superseding, digest_text, named
from ingest.runs import Failure
from vectorstore.paragraph import LANGUAGES, Document, Paragraph


def document(*texts: str, symbol: str = "SAMPLE/2021/6", language: str = "en") -> Document:
    numbered = tuple(Paragraph(text, str(number)) for number, text in enumerate(texts, 1))
    return Document(symbol, "h", "Work of the river ports", language, numbered, symbol=symbol)


def superseding(before: Document, after: Document) -> Superseding:
    editions = (Edition(before, before.paragraphs), Edition(after, after.paragraphs))
    return Superseding(named(before), named(after), edition_changes(*editions))


OLD = document("It made 21 port surveys in 2020.", "The secretariat should report to the Board every year.")
NEW = document(
    "It made 25 port surveys in 2020.",
    "The secretariat shall report to the Board every year.",
    "A new harbour master was named.",
    symbol="SAMPLE/2021/6/Rev.1",
)


def test_a_digest_tells_counts_documents_failures_and_changes() -> None:
    outcome = Outcome(
        new=(named(NEW),),
        removed=(Named("SAMPLE/2019/1 (fr)", "Rapport"),),
        failed=(Failure("/reports/broken.pdf", "The file is empty: export or download it again."),),
        unchanged=77,
        superseding=(superseding(OLD, NEW),),
    )
    assert digest_text(outcome).splitlines() == [
        "1 new, 1 removed, 1 failed; 77 unchanged.",
        "Failed: /reports/broken.pdf: The file is empty: export or download it again.",
        "New: SAMPLE/2021/6/Rev.1 (en), Work of the river ports",
        "Removed: SAMPLE/2019/1 (fr), Rapport",
        "SAMPLE/2021/6/Rev.1 (en) supersedes SAMPLE/2021/6 (en):",
        '- SAMPLE/2021/6/Rev.1, para. 1: "25 port surveys" was "21 port surveys" (SAMPLE/2021/6, para. 1)',
        '- SAMPLE/2021/6/Rev.1, para. 2: "The secretariat shall report to the Board every year." was '
        '"The secretariat should report to the Board every year." (SAMPLE/2021/6, para. 2)',
        '- SAMPLE/2021/6/Rev.1, para. 3: new paragraph: "A new harbour master was named."',
    ]


def test_a_refresh_that_did_nothing_says_so_in_one_line() -> None:
    assert digest_text(Outcome(unchanged=80)) == "Nothing changed: 80 documents as before."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_is_told_in_each_language(language: str) -> None:
    documents = (Named("SAMPLE/1 (en)", "Title"),) * 7
    outcome = Outcome(
        new=documents,
        replaced=documents,
        moved=documents,
        removed=documents,
        failed=(Failure("broken.pdf", "It is empty."),),
        unchanged=3,
        superseding=(superseding(OLD, NEW), superseding(NEW, OLD), superseding(OLD, OLD)),
    )
    told = digest_text(outcome, language=language)
    assert "{" not in told
    assert "7" in told.splitlines()[0]
    assert "SAMPLE/2021/6/Rev.1, para. 1" in told
    if language != "en":
        assert "new" not in told.splitlines()[0]


def test_a_long_digest_is_shortened_and_counts_the_rest() -> None:
    documents = tuple(Named(f"SAMPLE/{number} (en)", "Title") for number in range(30))
    old = [f"Yard {number} repaired {number} boats of the river fleet." for number in range(40)]
    new = [*(f"Yard {number} repaired {number + 50} boats of the river fleet." for number in range(40)), "It rained."]
    pair = superseding(document(*old), document(*new, symbol="SAMPLE/2021/6/Rev.1"))
    failed = Failure("broken.pdf", "It is empty.")
    lines = digest_text(Outcome(new=documents, failed=(failed,), superseding=(pair,))).splitlines()
    assert lines[1] == "Failed: broken.pdf: It is empty."
    assert lines[13] == "… and 19 more"
    assert lines[-1] == "… and 29 more"
    assert len(lines) == 1 + 12 + 1 + 1 + 12 + 1


def test_figures_dates_and_commitments_are_told_before_other_paragraphs() -> None:
    colours = ("red", "blue", "green", "white", "black", "grey", "pink", "brown", "teal")
    chatter = [f"The {colour} boat was painted." for colour in colours]
    more = [f"The {colour} quay was swept and closed." for colour in colours[1:]]
    old = document("It made 21 port surveys.")
    new = document(*chatter, *more, "It made 25 port surveys.", "The Board shall meet again.", symbol="SAMPLE/2021/7")
    told = digest_text(Outcome(superseding=(superseding(old, new),)))
    assert '"25 port surveys" was "21 port surveys"' in told
    assert "The Board shall meet again." in told
    assert "… and 7 more" in told


def test_several_pairs_of_editions_share_the_lines() -> None:
    old = [f"Yard {number} repaired {number} boats of the river fleet." for number in range(20)]
    new = [f"Yard {number} repaired {number + 50} boats of the river fleet." for number in range(20)]
    pairs = tuple(
        superseding(document(*old, symbol=f"SAMPLE/{name}"), document(*new, symbol=f"SAMPLE/{name}/Rev.1"))
        for name in ("A", "B", "C")
    )
    told = digest_text(Outcome(superseding=pairs))
    assert all(f"SAMPLE/{name}/Rev.1, para. 1:" in told for name in ("A", "B", "C"))
    assert told.count("\n- ") == 12


def test_a_file_changed_in_place_is_cited_as_its_earlier_version() -> None:
    told = digest_text(Outcome(superseding=(superseding(OLD, replace(NEW, symbol=OLD.symbol)),)))
    assert '"25 port surveys" was "21 port surveys" (SAMPLE/2021/6, para. 1, earlier version)' in told


def test_an_edition_that_only_reads_otherwise_is_told_as_such() -> None:
    new = document("It made 21 surveys of the port in 2020.", OLD.paragraphs[1].text, symbol="SAMPLE/2021/6/Rev.1")
    lines = digest_text(Outcome(superseding=(superseding(OLD, new),))).splitlines()
    assert lines[1:] == [
        "SAMPLE/2021/6/Rev.1 (en) supersedes SAMPLE/2021/6 (en); no figure, date or commitment changed.",
        "Paragraphs where only the wording changed: 1",
    ]


def test_a_long_sentence_is_told_from_where_it_differs() -> None:
    long = "Bearing in mind all that was said by the members at their sessions in the harbour town, and their wishes, "
    old, new = (document(f"{long * 2}the Board {verb} close the yard.") for verb in ("may", "shall"))
    told = digest_text(Outcome(superseding=(superseding(old, new),)))
    assert "the Board shall close the yard." in told
    assert "the Board may close the yard." in told
    assert long not in told


def test_arabic_words_do_not_turn_their_surroundings() -> None:
    old, new = (document(f"أنجز البرنامج {count} دراسة.", language="ar") for count in (21, 25))
    told = digest_text(Outcome(superseding=(superseding(old, new),)))
    assert '"\u206825 دراسة\u2069" was "\u206821 دراسة\u2069"' in told


def test_a_document_without_a_symbol_is_named_by_its_title() -> None:
    outcome = Outcome(new=(named(replace(OLD, symbol=None)),))
    assert digest_text(outcome).splitlines()[1] == "New: Work of the river ports (en)"


def test_what_changed_is_kept_as_json() -> None:
    pair = superseding(OLD, NEW)
    assert Superseding.from_json(json.loads(json.dumps(asdict(pair)))) == pair
