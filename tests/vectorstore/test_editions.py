"""Which edition of a work is the newest: revisions, corrigenda, further files, the next report of a series."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.editions import current_at, superseded_ids, work_id
from vectorstore.paragraph import IngestReport, Metadatum
from vectorstore.records import DocumentRecord

READ = IngestReport(metadata=(Metadatum("symbol", "as printed", "masthead"),))
READY = IngestReport()  # of ready paragraphs nothing is read
TITLE = "Reform of the waterways in the river basins"


def document(name: str, symbol: str | None = "X/2021/6", **fields: object) -> DocumentRecord:
    """A report of twenty numbered paragraphs; `name` is its id and its source."""
    made = DocumentRecord(
        document_id=name,
        work_id="",
        source=name,
        content_hash=name,
        symbol=symbol,
        title=TITLE,
        language="en",
        date=None,
        body=None,
        edition=None,
        audience="public",
        pages=None,
        report=READ,
        added_at="2026-11-22T10:00:00Z",
        superseded_by=None,
        sources={name: name},
        paragraph_count=30,
        numbered_count=20,
    )
    whole = replace(made, **fields)  # type: ignore[arg-type]
    return replace(whole, work_id=work_id(whole))


SHEET = {"paragraph_count": 3, "numbered_count": 2}


def test_revision_supersedes_the_lower_ones_in_its_language_or_else_in_any() -> None:
    documents = [
        document("en"),
        document("fr", language="fr"),
        document("en1", "X/2021/6/Rev.1"),
        document("en2", "X/2021/6/Rev.2"),
        document("fr1", "X/2021/6/Rev.1", language="fr"),
        document("add", "X/2021/6/Add.1"),
    ]
    assert superseded_ids(documents) == {"en": "en2", "fr": "en2", "en1": "en2", "fr1": "en2"}
    assert superseded_ids(documents[:3] + documents[4:]) == {"en": "en1", "fr": "fr1"}
    assert len({one.work_id for one in documents}) == 2


def test_edition_that_only_bulk_paragraphs_name_counts() -> None:
    assert superseded_ids([document("a"), document("b", edition="Rev.1")]) == {"a": "b"}


def test_corrigendum_with_the_whole_text_supersedes_and_a_sheet_of_corrections_does_not() -> None:
    original, french = document("en"), document("fr", language="fr")
    whole, sheet = document("whole", "X/2021/6/Corr.1"), document("sheet", "X/2021/6/Corr.1", **SHEET)
    assert superseded_ids([original, french, whole]) == {"en": "whole"}
    assert superseded_ids([original, french, sheet]) == {}
    assert {one.work_id for one in (original, whole, sheet)} == {original.work_id}


def test_later_whole_corrigendum_takes_in_the_earlier_sheet_but_no_sheet_another() -> None:
    original, sheet = document("en"), document("sheet", "X/2021/6/Corr.1", **SHEET)
    second = document("second", "X/2021/6/Corr.2", paragraph_count=4, numbered_count=3)
    assert superseded_ids([original, sheet, second]) == {}
    assert superseded_ids([original, sheet, document("c2", "X/2021/6/Corr.2")]) == {"en": "c2", "sheet": "c2"}


def test_corrigendum_without_its_original_supersedes_nothing() -> None:
    assert superseded_ids([document("a", "X/2021/6/Corr.1"), document("b", "X/2021/6/Corr.2")]) == {}


def test_revision_supersedes_what_corrected_the_text_before_and_its_own_sheet_stays() -> None:
    documents = [
        document("en"),
        document("corr", "X/2021/6/Corr.1"),
        document("rev", "X/2021/6/Rev.1"),
        document("sheet", "X/2021/6/Rev.1/Corr.1", **SHEET),
    ]
    assert superseded_ids(documents) == {"en": "rev", "corr": "rev"}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"date": "2021-03-01"}, {"date": "2021-04-01", "added_at": "2026-01-01T00:00:00Z"}),
        ({}, {"added_at": "2026-11-23T00:00:00Z"}),
        ({"date": "2021-03-01"}, {"added_at": "2026-11-23T00:00:00Z", "numbered_count": 19}),
        ({"title": TITLE.upper()}, {"added_at": "2026-11-23T00:00:00Z", "numbered_count": 33}),
    ],
    ids=["later date", "added later", "one undated", "fuller"],
)
def test_later_file_of_the_same_edition_supersedes(earlier: dict[str, object], later: dict[str, object]) -> None:
    assert superseded_ids([document("b", **earlier), document("a", **later)]) == {"b": "a"}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        {"language": "fr"},
        {"title": "Hulls and moorings of barges"},
        {"title": f"{TITLE}: annex on ports", **SHEET},
        {"report": READY},
        {"symbol": "X/2021/7"},
        {"symbol": "X/2021/6/Add.1"},
        {"symbol": None},
    ],
    ids=["language", "title", "fragment", "ready paragraphs", "number", "addendum", "no symbol"],
)
def test_files_that_may_be_different_documents_are_left_alone(other: dict[str, object]) -> None:
    later = document("b", **{"added_at": "2026-11-23T00:00:00Z", **other})  # type: ignore[arg-type]
    assert superseded_ids([document("a"), later]) == {}


def test_documents_without_symbol_are_works_of_their_own() -> None:
    assert superseded_ids([document("a", None), document("b", None), document("c", None, report=READY)]) == {}


SERIES = [
    (
        "en",
        "HSP/EB.2021/6",
        "HSP/EB.2022/3",
        "Reform of the waterways in 2020",
        "Reform of the waterways: report of the Director",
    ),
    (
        "en",
        "A/79/72",
        "A/80/74",
        "Follow-up to resolution 75/1 on river basins",
        "Follow-up to resolution 79/2 on river basins",
    ),
    (
        "en",
        "E/2024/61",
        "E/2025/61",
        "Annual report of the Ethics Office, 2023",
        "Annual report of the Ethics Office for 2024",
    ),
    ("en", "X/2021/6", "X/2022/1", "Twenty-first report on river basins", "Twenty-second report on river basins"),
    ("en", "X/2021/6/Add.1", "X/2022/1/Add.1", "River basins: funding", "River basins: funding"),
    (
        "en",
        "A/80/6 (Sect. 9)",
        "A/81/6 (Sect. 9)",
        "Plan for the river basins for 2026",
        "Plan for the river basins for 2027",
    ),
    ("ar", "X/2021/6", "X/2022/1", "إصلاح أحواض الأنهار في عام 2020", "إصلاح أحواض الأنهار في عام ٢٠٢١: تقرير المدير"),
    ("ar", "X/2021/6", "X/2022/1", "التقرير السنوي الثالث عن الأنهار", "التقرير السنوي الرابع عن الأنهار"),
    (
        "es",
        "X/2021/6",
        "X/2022/1",
        "Vigesimocuarto informe sobre los ríos navegables",
        "Vigésimo quinto informe sobre los ríos navegables",
    ),
    (
        "es",
        "X/2021/6",
        "X/2022/1",
        "Reforma de las cuencas fluviales en 2020",
        "Reforma de las cuencas fluviales en 2021",
    ),
    (
        "fr",
        "X/2021/6",
        "X/2022/1",
        "Vingt et unième rapport sur les bassins fluviaux",
        "Vingt-deuxième rapport sur les bassins fluviaux",
    ),
    (
        "fr",
        "X/2021/6",
        "X/2022/1",
        "Réforme des bassins de l’année 2020",
        "Réforme des bassins de l'année 2021 : rapport de la Directrice",
    ),
    (
        "ru",
        "X/2021/6",
        "X/2022/1",
        "Двадцать первый доклад о речных бассейнах",
        "Двадцать второй доклад о речных бассейнах",
    ),
    ("ru", "X/2021/6", "X/2022/1", "Реформа речных бассейнов в 2020 году", "Реформа речных бассейнов в 2021 году"),
    ("zh", "X/2021/6", "X/2022/1", "河流流域改革进展：2020年度报告", "河流流域改革进展：2021年度报告"),
    ("zh", "X/2021/6", "X/2022/1", "第二十一次河流流域改革报告", "第二十二次河流流域改革报告"),
]


@pytest.mark.parametrize(("language", "before", "after", "title", "next_title"), SERIES)
def test_next_report_of_a_series_supersedes(
    language: str, before: str, after: str, title: str, next_title: str
) -> None:
    older = document("older", before, title=title, language=language)
    newer = document("newer", after, title=next_title, language=language)
    assert superseded_ids([newer, older]) == {"older": "newer"}


NO_SERIES = [
    ("en", "A/79/72", "A/80/74", "Report of the Secretary-General", None),
    ("en", "A/79/72", "A/80/74", "Note by the Secretariat", None),
    ("en", "A/79/72", "A/80/74", "River basins: Report of the Second Committee", None),
    ("en", "A/79/72", "A/80/74", "Letter dated 9 January 2021 from the Permanent Representative of Ruritania", None),
    ("en", "A/79/72", "A/80/74", "Proposed budget for the river basins for 2021", None),
    ("en", "X/2021/6", "X/2022/1", "Report of the Group on River Basins on its fifth session", None),
    ("en", "X/2021/6", "X/2022/1", "River basins of Ruritania", "River basins of Sylvania"),
    (
        "en",
        "X/2021/6",
        "X/2022/1",
        "Implementation of resolution 1559 (2004) on basins and ports",
        "Implementation of resolution 1701 (2006) on basins and ports",
    ),
    ("en", "X/2021/6", "X/2022/1", "River basins under Goal 5", "River basins under Goal 6"),
    ("en", "X/2021/6", "X/2022/1", "River basins, part I", "River basins, part II"),
    ("en", "X/2021/6", "X/2022/1/Add.1", TITLE, None),
    ("en", "X/2021/6", "Y/2022/1", TITLE, None),
    ("en", "A/RES/79/72", "A/RES/80/74", TITLE, None),
    ("en", "X/2021/L.6", "X/2022/L.1", TITLE, None),
    ("en", "X/2021/INF/6", "X/2022/INF/1", TITLE, None),
    ("en", "S/PV.9876", "S/PV.9877", TITLE, None),
    ("ar", "X/2021/6", "X/2022/1", "تقرير الأمين العام", None),
    ("ar", "X/2021/6", "X/2022/1", "رسالة مؤرخة 9 كانون الثاني/يناير 2021 من الممثل الدائم عن أحواض الأنهار", None),
    ("es", "X/2021/6", "X/2022/1", "Informe del Secretario General", None),
    ("es", "X/2021/6", "X/2022/1", "Carta de fecha 9 de enero de 2021 sobre las cuencas fluviales", None),
    ("fr", "X/2021/6", "X/2022/1", "Rapport annuel de la Directrice exécutive", None),
    ("fr", "X/2021/6", "X/2022/1", "Lettre datée du 9 janvier 2021 sur les bassins fluviaux", None),
    ("ru", "X/2021/6", "X/2022/1", "Доклад Генерального секретаря", None),
    ("ru", "X/2021/6", "X/2022/1", "Письмо от 9 января 2021 года о речных бассейнах", None),
    ("zh", "X/2021/6", "X/2022/1", "秘书长的报告", None),
    ("zh", "X/2021/6", "X/2022/1", "2021年1月9日关于河流流域改革的信", None),
]


@pytest.mark.parametrize(("language", "before", "after", "title", "next_title"), NO_SERIES)
def test_reports_that_only_look_alike_are_left_alone(
    language: str, before: str, after: str, title: str, next_title: str | None
) -> None:
    older = document("older", before, title=title, language=language)
    newer = document("newer", after, title=next_title or title, language=language)
    assert superseded_ids([newer, older]) == {}


def test_chain_of_years_ends_with_the_newest_edition() -> None:
    documents = [
        document("2021", "X/2021/6"),
        document("2022", "X/2022/3"),
        document("2023", "X/2023/1"),
        document("2023r", "X/2023/1/Rev.1"),
    ]
    assert superseded_ids(documents) == {"2021": "2023r", "2022": "2023r", "2023": "2023r"}


def test_older_report_goes_in_all_its_languages_when_one_of_them_is_followed() -> None:
    documents = [
        document("21en", "X/2021/6"),
        document("21fr", "X/2021/6", language="fr", title="Réforme des voies navigables"),
        document("21zh", "X/2021/6", language="zh", title="河流改革"),
        document("22en", "X/2022/3"),
        document("22fr", "X/2022/3", language="fr", title="La réforme fluviale"),
    ]
    assert superseded_ids(documents) == {"21en": "22en", "21fr": "22fr", "21zh": "22en"}


def test_several_reports_of_a_year_are_no_editions_of_each_other_nor_of_another_year() -> None:
    quarters = [document("a", "X/2021/6"), document("b", "X/2021/9"), document("c", "X/2022/2")]
    assert superseded_ids(quarters) == {}


def test_dates_that_contradict_the_symbols_leave_both_current() -> None:
    documents = [document("a", "X/2021/6", date="2022-05-01"), document("b", "X/2022/3", date="2021-05-01")]
    assert superseded_ids(documents) == {}


def test_what_fewer_may_read_never_hides_a_report_from_the_others() -> None:
    board = document("board", "X/2022/3", audience="board")
    public = document("public", "X/2021/6")
    assert superseded_ids([board, public]) == {}
    own = document("own", "X/2021/6/Add.1", audience="board")
    assert superseded_ids([board, public, own, document("rev", "X/2021/6/Add.1/Rev.1")]) == {"own": "rev"}


def test_earlier_time_has_its_own_current_editions() -> None:
    documents = [
        document("2020", "X/2020/6", date="2020-04-01"),
        document("2021", "X/2021/6"),
        document("rev", "X/2021/6/Rev.1", date="2021-09-30"),
        document("2022", "X/2022/3", date="2022-03-14"),
        document("undated", None),
    ]
    assert current_at(documents, "2019") == set()
    assert current_at(documents, "2020") == {"2020"}
    assert current_at(documents, "2021-06-30") == {"2021"}
    assert current_at(documents, "2021") == {"rev"}
    assert current_at(documents, "2022-03-14") == {"2022"}


def test_what_supersedes_a_report_for_few_is_followed_to_the_newest_that_all_may_read() -> None:
    documents = [
        document("old", audience="board"),
        document("rev", "X/2021/6/Rev.1", language="fr", date="2021"),
        document("next", "X/2022/3", audience="board", date="2021"),
        document("public", "X/2022/3", language="fr"),
    ]
    assert superseded_ids(documents) == {"old": "public", "rev": "public"}


ANY = st.builds(
    lambda place, symbol, language, audience, size, date, ready: document(
        f"d{place}",
        symbol,
        language=language,
        audience=audience,
        numbered_count=size,
        paragraph_count=size + 5,
        date=date,
        report=READY if ready else READ,
    ),
    st.uuids(),
    st.sampled_from(
        [None, "X/2021/6", "X/2021/6/Rev.1", "X/2021/6/Corr.1", "X/2021/6/Corr.2", "X/2022/3", "X/2022/3/Rev.1/Corr.1"]
    ),
    st.sampled_from(["en", "fr"]),
    st.sampled_from(["public", "board"]),
    st.sampled_from([2, 20]),
    st.sampled_from([None, "2021", "2021-05-01", "2022-05-01"]),
    st.booleans(),
)


@given(st.lists(ANY, max_size=8), st.randoms(use_true_random=False))
def test_newer_edition_is_always_a_current_one_whatever_the_order(
    documents: list[DocumentRecord], chance: Random
) -> None:
    newer = superseded_ids(documents)
    by_id = {one.document_id: one for one in documents}
    assert not newer.keys() & {by_id[new].document_id for new in newer.values() if by_id[new].audience == "public"}
    for old, new in newer.items():
        assert by_id[new].audience in ("public", by_id[old].audience)
        assert by_id[old].symbol
        assert by_id[new].symbol
    shuffled = documents[:]
    chance.shuffle(shuffled)
    assert superseded_ids(shuffled) == newer
    assert not documents or len(newer) < len(documents)
