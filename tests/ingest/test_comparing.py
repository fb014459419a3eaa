"""What changed between two editions: figures, dates and commitments, and nothing that only looks like a change."""

import json
import time
from dataclasses import asdict, replace

import pytest

from ingest.comparing import Edition, ParagraphChange, edition_changes
from ingest.findings import ChangedValue
from vectorstore.paragraph import Document, Paragraph

REPORT = (
    "The Harbour Programme helps river ports to work together. It was founded in 1994 and has its seat in Tondra.",
    "In 2020, the Programme helped to complete 21 port surveys in 12 countries, at a cost of $1.2 million.",
    "The secretariat should report to the Board every year. Its last report was published on 31 March 2020.",
    "The Board will hold its next session in Tondra, and members will be told of the dates in good time (see para. 2).",
    "Dredging of the lower river has been put off. The two pilot ships remain in dock, as no crew could be found.",
)
ARABIC = (
    "يساعد برنامج المرافئ الموانئ النهرية على العمل معا، ومقره في مدينة تندرة منذ إنشائه.",
    "أنجز البرنامج 21 دراسة استقصائية للموانئ في عدد من البلدان الواقعة على ضفاف النهر.",
    "ينبغي للأمانة أن تقدم تقريرا إلى المجلس في موعد أقصاه 31 آذار/مارس 2021 عن سير العمل.",
)
CHINESE = (
    "港口方案帮助内河港口开展合作，方案总部设在通德拉市。",
    "方案协助完成了21项港口调查，费用由各成员分摊。",
    "秘书处应当在2021年3月31日之前向理事会提交报告，说明工作进展。",
)


def edition(*texts: str, language: str = "en", symbol: str = "SAMPLE/2021/6", first: int = 1) -> Edition:
    numbered = tuple(Paragraph(text, str(number)) for number, text in enumerate(texts, first))
    return of(*numbered, language=language, symbol=symbol)


def of(*paragraphs: Paragraph, language: str = "en", symbol: str = "SAMPLE/2021/6") -> Edition:
    return Edition(Document(symbol, "h", "A report", language, paragraphs, symbol=symbol), paragraphs)


def revised(*texts: str, language: str = "en") -> Edition:
    return edition(*texts, language=language, symbol="SAMPLE/2021/6/Rev.1")


def altered(texts: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    assert any(old in text for text in texts)
    return tuple(text.replace(old, new) for text in texts)


def values(before: Edition, after: Edition) -> list[tuple[str, str | None, str | None]]:
    changes = edition_changes(before, after)
    return [(value.kind, value.before, value.after) for change in changes for value in change.values]


def test_a_changed_figure_is_told_with_both_citations_word_for_word() -> None:
    (change,) = edition_changes(edition(*REPORT), revised(*altered(REPORT, "21 port surveys", "25 port surveys")))
    assert change.kinds == ("figure",)
    assert change.values == (ChangedValue("figure", "21 port surveys", "25 port surveys"),)
    assert change.before
    assert change.after
    assert (change.before.label, change.after.label) == ("SAMPLE/2021/6, para. 2", "SAMPLE/2021/6/Rev.1, para. 2")
    assert (change.after.position, change.after.paragraph, change.after.anchor) == (1, "2", "para-2")
    assert change.before.quote == REPORT[1]
    assert change.after.quote == REPORT[1].replace("21", "25")


@pytest.mark.parametrize(
    ("language", "text", "before", "after", "kind"),
    [
        ("en", "It costs $1.2 million a year.", "$1.2 million a year", "$1.4 million a year", "figure"),
        ("en", "Some twenty-one ports of the river took part.", "twenty-one ports", "twenty-two ports", "figure"),
        ("en", "The share rose to 12 per cent in the north.", "12 per cent", "15 per cent", "figure"),
        ("en", "The work ends in March 2021 for good.", "March 2021", "May 2021", "date"),
        ("en", "The plan for 2017-2020 was kept.", "2017-2020", "2018-2020", "date"),
        ("fr", "Le coût est de 1,2 million de dollars.", "1,2 million de dollars", "1,5 million de dollars", "figure"),
        ("fr", "La session s’ouvre le 1er mars 2021.", "1er mars 2021", "8 avril 2021", "date"),
        ("es", "Se inspeccionaron 12.000 barcos del río.", "12.000 barcos", "13.500 barcos", "figure"),
        ("es", "El plan termina el 31 de marzo de 2021.", "31 de marzo de 2021", "30 de abril de 2021", "date"),
        ("ru", "Проверено 12 000 судов речного флота.", "12 000 судов", "15 000 судов", "figure"),
        ("ru", "Сессия откроется 31 марта 2021 года.", "31 марта 2021", "30 апреля 2021", "date"),
        ("ar", "بلغت التكلفة 1.2 مليون دولار في المجموع.", "1.2 مليون دولار", "1.5 مليون دولار", "figure"),
        ("ar", "تفتتح الدورة في 31 آذار/مارس 2021.", "31 آذار/مارس 2021", "30 نيسان/أبريل 2021", "date"),
        ("zh", "费用为1.2亿美元，由各成员分摊。", "1.2亿美元", "1.5亿美元", "figure"),
        ("zh", "会议将于2021年3月31日开幕。", "2021年3月31日", "2021年4月30日", "date"),
        ("zh", "共有二十五个国家参加了会议。", "二十五个国家参加了会议", "二十六个国家参加了会议", "figure"),
    ],
)
def test_figures_and_dates_are_compared_in_all_languages(
    language: str, text: str, before: str, after: str, kind: str
) -> None:
    newer = edition(text.replace(before, after), language=language)
    (change,) = edition_changes(edition(text, language=language), newer)
    assert change.kinds == (kind,)
    (value,) = change.values
    assert value.before is not None
    assert value.after is not None
    assert before in value.before
    assert after in value.after


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "The secretariat should report to the Board.", "The secretariat shall report to the Board."),
        ("en", "The Board will meet in Tondra.", "The Board may meet in Tondra."),
        ("en", "Members shall pay the fee.", "Members shall not pay the fee."),
        ("en", "The Office will open a branch in Norra.", "The Office will close its branch in Norra."),
        ("fr", "Le secrétariat devrait présenter un rapport.", "Le secrétariat doit présenter un rapport."),
        ("fr", "Le Conseil examinera la question.", "Le Conseil n’examinera pas la question."),
        ("es", "La secretaría debería presentar un informe.", "La secretaría deberá presentar un informe."),
        ("es", "La Junta examinará la cuestión.", "La Junta podrá examinar la cuestión."),
        ("ru", "Секретариату следует представить доклад.", "Секретариат должен представить доклад."),
        ("ru", "Члены Совета обязаны участвовать в работе.", "Члены Совета не обязаны участвовать в работе."),
        ("ar", "ينبغي للأمانة أن تقدم تقريرا إلى المجلس.", "يجب على الأمانة أن تقدم تقريرا إلى المجلس."),
        ("ar", "يجوز للأعضاء المشاركة في الدورة.", "لا يجوز للأعضاء المشاركة في الدورة."),
        ("zh", "秘书处应当向理事会提交报告。", "秘书处必须向理事会提交报告。"),
        ("zh", "各成员可以参加会议。", "各成员不可以参加会议。"),
    ],
)
def test_a_commitment_that_is_stronger_weaker_or_denied_is_told(language: str, before: str, after: str) -> None:
    found = values(edition(before, language=language), edition(after, language=language))
    assert found == [("commitment", before, after)]


def test_a_new_and_a_dropped_commitment_are_told_as_sentences() -> None:
    promise, request = "The Programme will train 40 pilots.", "The Board requests a second survey."
    before = edition(REPORT[0], f"{REPORT[1]} {promise}", *REPORT[2:])
    after = revised(REPORT[0], REPORT[1], f"{REPORT[2]} {request}", *REPORT[3:])
    found = values(before, after)
    assert ("commitment", promise, None) in found
    assert ("commitment", None, request) in found
    (gone, new) = edition_changes(before, after)
    assert gone.after
    assert gone.after.quote == ""
    assert new.before
    assert new.before.quote == ""


@pytest.mark.parametrize(("texts", "language"), [(REPORT, "en"), (ARABIC, "ar"), (CHINESE, "zh")])
def test_a_paragraph_put_in_above_changes_no_other(texts: tuple[str, ...], language: str) -> None:
    more = {"en": "The harbour of Norra was closed.", "ar": "أغلق مرفأ نورة أمام السفن.", "zh": "诺拉港已经关闭。"}
    (change,) = edition_changes(edition(*texts, language=language), revised(more[language], *texts, language=language))
    assert change.kinds[0] == "added"
    assert change.before is None
    assert change.after
    assert change.after.quote == more[language]


def test_a_change_is_found_in_a_paragraph_that_was_renumbered_and_moved() -> None:
    later = altered(REPORT, "12 countries", "14 countries")
    moved = revised("A foreword by the Chair has been put in here.", *later[2:], *later[:2])
    told = [change for change in edition_changes(edition(*REPORT), moved) if change.values]
    assert [change.values for change in told] == [(ChangedValue("figure", "12 countries", "14 countries"),)]
    assert [change.after.label for change in told if change.after] == ["SAMPLE/2021/6/Rev.1, para. 6"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The river\nports  work together.", "The river ports work together."),
        ("The inter-agency group met in Tondra.", "The interagency group met in Tondra."),
        ("The group met in Tondra.³ It agreed.", "The group met in Tondra. It agreed."),
        ("The group met in 2020.3 It agreed.", "The group met in 2020.4 It agreed."),
        ("As told in paragraph 12 (b), it is so.", "As told in paragraph 13 (c), it is so."),
        ("See tables 2 and 3, and annex 4, on it.", "See tables 3 and 4, and annex 5, on it."),
        ("It carried 12 000 tons.", "It carried 12,000 tons."),
        ("It carried 12,000 tons.", "It carried 12 thousand tons."),
        ("It cost $1,200,000.", "It cost 1.2 million dollars."),
        ("It rose by 5 per cent.", "It rose by 5%."),
        ("It met on 31 March 2021.", "It met on March 31, 2021."),
        ("Five ports were closed.", "5 ports were closed."),
        ("“The ports” – all of them – remain.", '"The ports" - all of them - remain.'),
        ("(a) To open the port;\n(b) To tell the Board.", "a) To open the port;\nb) To tell the Board."),
        ("(1) To open the port;\n(2) To tell the Board.", "(2) To open the port;\n(3) To tell the Board."),
        ("1. To open the port;\n2. To tell the Board.", "• To open the port;\n• To tell the Board."),
    ],
)
def test_the_same_printed_otherwise_is_no_change(before: str, after: str) -> None:
    assert edition_changes(edition(before), edition(after)) == ()


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("fr", "Il a coûté 12 000 dollars.", "Il a coûté 12.000 dollars."),
        ("es", "Participaron 12.000 personas.", "Participaron 12 000 personas."),
        ("ru", "Участвовали 12 000 человек.", "Участвовали 12 тыс. человек."),
        ("ru", "Участвовали пять стран.", "Участвовали 5 стран."),
        ("ar", "شارك ١٢ بلدا في الدورة.", "شارك 12 بلدا في الدورة."),
        ("zh", "有 12 000 人参加。", "有1.2万人参加。"),
        ("zh", "占百分之二十五。", "占25%。"),
        ("zh", "会议于２０２１年３月１日举行。", "会议于 2021 年 3 月 1 日举行。"),
    ],
)
def test_a_value_written_otherwise_is_no_change_in_any_language(language: str, before: str, after: str) -> None:
    assert edition_changes(edition(before, language=language), edition(after, language=language)) == ()


def test_a_paragraph_that_is_split_or_joined_is_no_change() -> None:
    one, other = REPORT[2].split(". ", 1)
    split = revised(*REPORT[:2], f"{one}.", other, *REPORT[3:])
    assert edition_changes(edition(*REPORT), split) == ()
    assert edition_changes(split, edition(*REPORT)) == ()


def test_a_figure_changed_in_the_half_of_a_paragraph_that_was_split_off_is_told() -> None:
    one, other = REPORT[4].split(". ", 1)
    split = revised(*REPORT[:4], f"{one}.", other.replace("two pilot", "three pilot"))
    (change,) = edition_changes(edition(*REPORT), split)
    assert change.values == (ChangedValue("figure", "two pilot ships remain", "three pilot ships remain"),)
    assert change.before
    assert change.after
    assert (change.before.paragraph, change.after.paragraph) == ("5", "6")


def test_figures_that_change_places_are_told() -> None:
    before, after = "It trained 12 pilots and 10 cooks.", "It trained 10 pilots and 12 cooks."
    assert values(edition(before), edition(after)) == [
        ("figure", "12 pilots", "10 pilots"),
        ("figure", "10 cooks", "12 cooks"),
    ]


def test_a_whole_annex_is_told_paragraph_by_paragraph() -> None:
    annex = (
        Paragraph("The Chair shall open each session at 10 a.m.", "Annex, 1", section=("Annex",)),
        Paragraph("Coffee is served in the lobby.", "Annex, 2", section=("Annex",)),
    )
    before = edition(*REPORT)
    changes = edition_changes(before, of(*before.paragraphs, *annex, symbol="SAMPLE/2021/6/Rev.1"))
    assert [change.kinds for change in changes] == [("added", "figure", "commitment"), ("added",)]
    assert [change.after.label for change in changes if change.after] == [
        "SAMPLE/2021/6/Rev.1, annex, para. 1",
        "SAMPLE/2021/6/Rev.1, annex, para. 2",
    ]
    assert [change.matters for change in changes] == [True, False]


def test_a_removed_paragraph_stands_after_the_one_that_it_followed() -> None:
    later = altered((*REPORT[:2], *REPORT[3:]), "two pilot", "four pilot")
    changes = edition_changes(edition(*REPORT), revised(*later))
    assert [change.kinds for change in changes] == [("removed", "date", "commitment"), ("figure",)]
    assert changes[0].before
    assert changes[0].before.quote == "The secretariat should report to the Board every year."


def test_a_changed_cell_is_told_with_what_heads_its_row() -> None:
    table = "Port | 2019 | 2020\nTondra | 14 | 15\nNorra | 7 | 9\nTotal | 21 | 24"
    before = of(Paragraph(table, kind="table", mark="Table 2", page=4))
    after = of(Paragraph(table.replace("Norra | 7 | 9", "Norra | 7 | 8"), kind="table", mark="Table 2", page=5))
    (change,) = edition_changes(before, after)
    assert change.values == (ChangedValue("figure", "Norra … 9", "Norra … 8"),)
    assert change.after
    assert change.after.label == "SAMPLE/2021/6, table 2"
    assert change.after.quote == "Norra | 7 | 8"


def test_of_the_next_report_in_a_series_only_what_answers_to_something_is_compared() -> None:
    boilerplate = "The Board may wish to take note of the present report."
    before = edition(*REPORT, boilerplate)
    after = edition(
        "A storm closed the estuary for most of the summer, and grain rotted in the silos.",
        "In 2021, the Programme helped to complete 25 port surveys in 14 countries, at a cost of $1.4 million.",
        "Ferries between the islands now carry the mail as well.",
        boilerplate,
        symbol="SAMPLE/2022/6",
    )
    changes = edition_changes(before, after)
    (compared,) = [change for change in changes if change.values]
    assert compared.values == (
        ChangedValue("date", "2020", "2021"),
        ChangedValue("figure", "21 port surveys", "25 port surveys"),
        ChangedValue("figure", "12 countries", "14 countries"),
        ChangedValue("figure", "$1.2 million", "$1.4 million"),
    )
    assert not any(change.after and change.after.paragraph == "4" for change in changes)
    assert sum(change.kinds[0] == "added" for change in changes) == 2


def test_a_sentence_in_other_words_is_only_told_as_reworded() -> None:
    later = altered(REPORT, "helps river ports to work together", "helps the ports of the river to work together")
    (change,) = edition_changes(edition(*REPORT), revised(*later))
    assert change.kinds == ("wording",)
    assert change.rewords
    assert not change.values


def test_changes_are_kept_as_json() -> None:
    changes = edition_changes(edition(*REPORT), revised("More.", *altered(REPORT, "$1.2", "$1.3")[1:]))
    kept = json.loads(json.dumps([asdict(change) for change in changes]))
    assert tuple(ParagraphChange.from_json(each) for each in kept) == changes


def test_the_same_edition_has_no_changes() -> None:
    before = edition(*REPORT, *ARABIC)
    assert edition_changes(before, replace(before)) == ()


def test_three_hundred_paragraphs_that_all_differ_take_little_time() -> None:
    towns = [f"{first}{last}" for first in ("Ton", "Nor", "Vel", "Ka", "Su") for last in ("dra", "ra", "min", "tell")]
    texts = [
        f"In {town}, team {number} of the {other} yard mended {number + 7} boats and should report to the Board."
        for number, (town, other) in enumerate((town, other) for town in towns for other in towns[:15])
    ]
    before, after = edition(*texts), revised(*(text.replace("mended ", "mended 1") for text in texts))
    began = time.process_time()
    assert len(edition_changes(before, after)) == len(texts) == 300
    assert time.process_time() - began < 5
