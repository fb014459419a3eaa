"""What a term means, beside the cited answer: over HTTP, in Slack and in the terminal, in the six languages."""

import io
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from rich.console import Console

from bot.answer import Definition
from bot.questions.glossary import asked_language, definitions, mentions
from bot.service import Service, build_service
from bot.settings import BotSettings
from bot.slack.messages.message import render
from bot.terminal.answer import show_answer
from prompts.glossary import glossary
from tests.bot.slack.test_desk import ANSWER, BASE_URL, CITATION
from tests.bot.web_stand_in import answer as answer_in_json
from tests.conftest import api_client
from vectorstore.paragraph import LANGUAGES
from vectorstore.settings import IndexSettings

ASKING = [
    ("en", "What is QCPR?", "qcpr"),
    ("en", "what is qcpr", "qcpr"),
    ("en", "QCPR", "qcpr"),
    ("en", "unsdcf?", "unsdcf"),
    ("en", "What does UNSDCF stand for?", "unsdcf"),
    ("en", "What are RCs?", "resident-coordinator"),
    ("en", "Could you explain the UN resident coordinator system, please", "rc-system"),
    ("en", "What is meant by “leaving no one behind”?", "lnob"),
    ("en", "What is the quadrennial comprehensive policy review (QCPR)?", "qcpr"),
    ("en", "Define PNUD", "undp"),
    ("fr", "Qu'est-ce que le QCPR ?", "qcpr"),
    ("fr", "Qu’est-ce qu’un coordonnateur résident ?", "resident-coordinator"),
    ("fr", "Que signifie le sigle PNUD ?", "undp"),
    ("fr", "C'est quoi le GNUDD ?", "unsdg"),
    ("fr", "Quelle est la définition de l'appropriation nationale ?", "national-ownership"),
    ("es", "¿Qué es la JJE?", "ceb"),
    ("es", "¿Qué significa PNUMA?", "unep"),
    ("es", "¿Qué son los coordinadores residentes?", "resident-coordinator"),
    ("es", "¿Qué se entiende por Marco de Cooperación?", "unsdcf"),
    ("ru", "Что такое ЦУР?", "sdgs"),
    ("ru", "ЭКОСОС — что это?", "ecosoc"),
    ("ru", "Как расшифровывается ПРООН?", "undp"),
    ("ru", "Кто такой координатор-резидент?", "resident-coordinator"),
    ("ru", "Дайте определение координатора-резидента", "resident-coordinator"),
    ("zh", "什么是联合国可持续发展合作框架？", "unsdcf"),
    ("zh", "驻地协调员是什么？", "resident-coordinator"),
    ("zh", "QCPR是什么意思？", "qcpr"),
    ("zh", "人居署", "un-habitat"),
    ("ar", "ما هو المنسق المقيم؟", "resident-coordinator"),
    ("ar", "ما المقصود بالمنسق المقيم؟", "resident-coordinator"),
    ("ar", "ما معنى QCPR؟", "qcpr"),
    ("ar", "ماذا يعني اتفاق التمويل؟", "funding-compact"),
]
NOT_ASKING = [
    "How many resident coordinators are there?",
    "What is the budget of UNDP?",
    "Who?",
    "What is it?",
    "who decides?",
    "Combien de coordonnateurs résidents y a-t-il ?",
    "¿Cuántos coordinadores residentes hay?",
    "Сколько координаторов-резидентов?",
    "驻地协调员有多少名？",
    "كم عدد المنسقين المقيمين؟",
    "?",
]


@pytest.fixture
def empty(index_settings: IndexSettings) -> TestClient:
    """The HTTP API over an index without reports."""
    return api_client(build_service(index_settings, BotSettings()))


@pytest.mark.parametrize(("language", "question", "term_id"), ASKING, ids=[asked for _, asked, _ in ASKING])
def test_a_question_for_a_meaning_gets_the_definition_in_its_language(
    language: str, question: str, term_id: str
) -> None:
    assert asked_language(question) == language
    [found] = definitions(question, language)
    [term] = [term for term in glossary() if term.id == term_id]
    assert found == Definition(
        id=term_id,
        name=term.wordings[language].name,
        short=term.wordings[language].short,
        meaning=term.wordings[language].meaning,
        language=language,
        names={each: term.wordings[each].name for each in term.wordings},
    )


@pytest.mark.parametrize("question", NOT_ASKING)
def test_other_questions_get_no_definition(question: str) -> None:
    assert definitions(question, "en") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_every_term_alone_finds_its_term(language: str) -> None:
    for term in glossary():
        for form in term.wordings[language].forms:
            found = definitions(form, language)
            assert term.id in [one.id for one in found] or not found or asked_language(form) != language, form
        assert [one.id for one in definitions(term.wordings[language].name, language)] == [term.id]


def test_a_bare_acronym_is_asked_in_a_language_that_has_it() -> None:
    assert [asked_language(acronym) for acronym in ("QCPR", "RCO", "DCO?", "JJE", "GNUDD", "ПРООН")] == [
        "en", "en", "en", "es", "fr", "ru",
    ]  # fmt: skip


def test_the_answer_from_the_reports_comes_with_the_definition(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "What is a resident coordinator?"}).json()
    [definition] = answer["definitions"]
    assert (definition["id"], definition["name"]) == ("resident-coordinator", "resident coordinator")
    assert definition["names"]["zh"] == "驻地协调员"
    assert definition["meaning"] not in answer["answer"]
    assert client.get(f"/v1/answers/{answer['answer_id']}").json()["definitions"] == answer["definitions"]


def test_the_definition_is_in_the_language_of_the_answer(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "What is QCPR?", "language": "ru"}).json()
    assert [one["name"] for one in answer["definitions"]] == ["четырехгодичный всеобъемлющий обзор политики"]


def test_other_answers_hold_no_definition(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "How much is the coordination levy?"}).json()
    assert answer["definitions"] == []


def test_where_the_reports_are_silent_the_definition_stands_and_the_reason_says_so(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "What is UNIFIL?"}).json()
    assert answer["abstained"]
    assert "The reports do not say" in answer["reason"]
    assert [one["id"] for one in answer["definitions"]] == ["unifil"]


def test_without_any_report_the_definition_is_still_there(empty: TestClient) -> None:
    answer = empty.post("/v1/ask", json={"question": "Что такое ЦУР?"}).json()
    assert (answer["abstained"], answer["language"]) == (True, "ru")
    assert [one["name"] for one in answer["definitions"]] == ["цели в области устойчивого развития"]


def test_answers_tell_which_terms_they_and_their_quotes_mention(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": "How much is the coordination levy?"}).json()
    texts = [answer["answer"], *(citation["quote"] for citation in answer["citations"])]
    assert "coordination-levy" in [mention["id"] for mention in answer["mentions"]]
    assert all(any(mention["form"] in text for text in texts) for mention in answer["mentions"])


QUOTES = [
    ("en", "The QCPR asks the country teams and WHO, who agreed, to help.", {"QCPR", "country teams", "WHO"}),
    ("fr", "L’Assemblée générale a salué le PNUD.", {"Assemblée générale", "PNUD"}),
    ("es", "La Junta de los Jefes Ejecutivos escuchó a los coordinadores residentes.", {"coordinadores residentes"}),
    ("ru", "О работе координаторов-резидентов сообщено ЭКОСОС.", {"координаторов-резидентов", "ЭКОСОС"}),
    ("zh", "大会请驻地协调员与人居署合作，QCPR亦然。", {"大会", "驻地协调员", "人居署", "QCPR"}),
    ("zh", "缔约方大会欢迎这一进展。", set()),
    ("ar", "أشاد التقرير بالمنسق المقيم وبالفريق القطري.", {"بالمنسق المقيم", "وبالفريق القطري"}),
    ("ar", "عمل مشترك بين البلدان.", set()),
    ("en", "Youth and consultants bought food; who is it?", set()),
]


@pytest.mark.parametrize(("language", "quote", "forms"), QUOTES, ids=[quote for _, quote, _ in QUOTES])
def test_terms_are_found_as_they_stand_inflected_but_not_in_everyday_words(
    language: str, quote: str, forms: set[str]
) -> None:
    found = mentions("", [replace(CITATION, quote=quote, language=language)], "en")
    assert forms <= {mention.form for mention in found}
    assert bool(found) == bool(forms)


def test_mentions_are_explained_in_the_reader_s_language() -> None:
    [found] = mentions("", [replace(CITATION, quote="The QCPR was adopted.")], "fr")
    assert (found.form, found.id, found.name) == ("QCPR", "qcpr", "examen quadriennal complet")


def test_the_glossary_is_listed_in_a_language_a_page_at_a_time(client: TestClient) -> None:
    ids: list[str] = []
    after = ""
    while after is not None:
        page = client.get("/v1/glossary", params={"language": "ar", "limit": 200, "after": after}).json()
        ids += [term["id"] for term in page["terms"]]
        assert all(term["language"] == "ar" for term in page["terms"])
        after = page["next"]
    assert ids == sorted(term.id for term in glossary())


@pytest.mark.parametrize("words", ["qcpr", "Quadriennal", "四年度", " examen quadriennal complet "])
def test_a_term_is_found_by_words_of_its_names(client: TestClient, words: str) -> None:
    found = client.get("/v1/glossary", params={"language": "fr", "q": words}).json()
    [term] = [term for term in found["terms"] if term["id"] == "qcpr"]
    assert (term["name"], term["kind"]) == ("examen quadriennal complet", "process")
    assert term["names"]["en"] == "quadrennial comprehensive policy review"
    assert len(found["terms"]) < 20


def test_what_no_term_is_called_finds_none(client: TestClient) -> None:
    assert client.get("/v1/glossary", params={"q": "xyzzy"}).json() == {"terms": [], "next": None}


def test_one_term_is_shown_in_all_six_languages(client: TestClient) -> None:
    term = client.get("/v1/glossary/qcpr").json()
    assert set(term) == {"id", "kind", "wordings"}
    assert set(term["wordings"]) == set(LANGUAGES)
    assert term["wordings"]["en"]["short"] == ["QCPR"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/v1/glossary/none", 404), ("/v1/glossary?language=de", 422), ("/v1/glossary?limit=0", 422)],
)
def test_what_the_glossary_cannot_tell_is_a_problem(client: TestClient, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


def test_the_glossary_needs_a_key_where_answers_do(sample_service: Service) -> None:
    keyed = replace(sample_service, bot_settings=BotSettings(api_keys=(SecretStr("secret"),)))
    assert api_client(keyed).get("/v1/glossary").status_code == 401


def test_slack_shows_the_definition_apart_from_the_answer() -> None:
    [found] = definitions("What is QCPR?", "en")
    [message] = render(replace(ANSWER, definitions=(replace(found, short=("<!here>",)),)), base_url=BASE_URL)
    first = message.blocks[0]
    assert first["type"] == "context"
    assert first["elements"][0]["text"] == (
        f"*quadrennial comprehensive policy review · &lt;!here&gt;*\n{found.meaning}\n"
        "_From the glossary, not from a report_"
    )
    assert message.blocks[1:] == render(ANSWER, base_url=BASE_URL)[0].blocks


def test_the_terminal_shows_the_definition_in_a_line() -> None:
    [found] = definitions("Qu'est-ce que le QCPR ?", "fr")
    console = Console(file=io.StringIO(), width=1_000)
    shown = {"id": found.id, "name": found.name, "short": [], "meaning": found.meaning, "language": "fr"}
    show_answer(console, answer_in_json(definitions=[shown]))
    written = console.file.getvalue()  # type: ignore[attr-defined]
    assert written.splitlines()[0] == f"{found.name}: {found.meaning} (D'après le glossaire, et non un rapport)"
