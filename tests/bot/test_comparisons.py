"""Questions that compare are answered for each side; questions that ask for several things get all of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.answer import Question
from bot.found.quotes import asks_for_several
from bot.questions.comparison import sides
from bot.service import Service, build_service
from bot.settings import BotSettings
from tests.bot.test_generative import answering
from tests.conftest import api_client, ingest
from vectorstore.search import Filters
from vectorstore.settings import IndexSettings

# Each report in a language of its own: paragraphs on 2020 and 2022, on two bodies, and a list.
TEXTS = {
    "en": [
        "In 2020, the Waterways Programme ran 11 river offices.",
        "In 2022, the Waterways Programme ran 13 river offices.",
        "UNDP meets the river commissions twice a year.",
        "UNICEF meets the river commissions every month.",
        "The Programme has three tasks on rivers, which are the following:\n"
        "(a) To dredge canals;\n"
        "(b) To train pilots;\n"
        "(c) To build fish ladders.",
        "Barges are repaired at the dry dock, and ropes are bought in bulk by the quay master.",
    ],
    "fr": [
        "En 2020, le Programme des voies navigables gérait 11 bureaux fluviaux.",
        "En 2022, le Programme des voies navigables gérait 13 bureaux fluviaux.",
        "Le PNUD rencontre les commissions fluviales deux fois par an.",
        "L'UNICEF rencontre les commissions fluviales tous les mois.",
        "Le Programme a trois tâches sur les fleuves, qui sont les suivantes :\n"
        "a) Draguer les canaux ;\n"
        "b) Former les pilotes ;\n"
        "c) Construire des passes à poissons.",
        "Les péniches sont réparées en cale sèche, et les cordages sont achetés en gros par le maître de quai.",
    ],
    "es": [
        "En 2020, el Programa de Vías Navegables gestionaba 11 oficinas fluviales.",
        "En 2022, el Programa de Vías Navegables gestionaba 13 oficinas fluviales.",
        "El PNUD se reúne con las comisiones fluviales dos veces al año.",
        "El UNICEF se reúne con las comisiones fluviales todos los meses.",
        "El Programa tiene tres tareas en los ríos, que son las siguientes:\n"
        "a) Dragar los canales;\n"
        "b) Formar a los prácticos;\n"
        "c) Construir escalas para peces.",
        "Las barcazas se reparan en el dique seco, y las cuerdas las compra al por mayor el jefe del muelle.",
    ],
    "ru": [
        "В 2020 году Программа водных путей содержала 11 речных отделений.",
        "В 2022 году Программа водных путей содержала 13 речных отделений.",
        "ПРООН встречается с речными комиссиями два раза в год.",
        "ЮНИСЕФ встречается с речными комиссиями каждый месяц.",
        "У Программы на реках три задачи, а именно следующие:\n"
        "a) чистить каналы;\n"
        "b) готовить лоцманов;\n"
        "c) строить рыбоходы.",
        "Баржи ремонтируются в сухом доке, а канаты закупает оптом начальник причала.",
    ],
    "ar": [
        "في عام 2020، أدار برنامج الممرات المائية 11 مكتبا نهريا.",
        "في عام 2022، أدار برنامج الممرات المائية 13 مكتبا نهريا.",
        "يجتمع برنامج الأمم المتحدة الإنمائي مع اللجان النهرية مرتين في السنة.",
        "تجتمع اليونيسف مع اللجان النهرية كل شهر.",
        "للبرنامج ثلاث مهام في الأنهار، وهي المهام التالية:\n"
        "(أ) تعميق القنوات؛\n"
        "(ب) تدريب المرشدين؛\n"
        "(ج) بناء سلالم للأسماك.",
        "تُصلح الصنادل في الحوض الجاف، ويشتري رئيس الرصيف الحبال بالجملة.",
    ],
    "zh": [
        "2020年，水道署设有11个河流办事处。",
        "2022年，水道署设有13个河流办事处。",
        "开发署每年与河流委员会开会两次。",
        "儿基会每月与河流委员会开会。",
        "水道署在河流方面有三项任务，具体任务如下：\n(a) 疏浚运河；\n(b) 培训引航员；\n(c) 建造鱼梯。",
        "驳船在干船坞修理，缆绳由码头主管批量采购。",
    ],
}
YEARS = {
    "en": "How many river offices did the Waterways Programme run in 2020 and in 2022?",
    "fr": "Combien de bureaux fluviaux le Programme des voies navigables gérait-il en 2020 et en 2022 ?",
    "es": "¿Cuántas oficinas fluviales gestionaba el Programa de Vías Navegables en 2020 y en 2022?",
    "ru": "Сколько речных отделений содержала Программа водных путей в 2020 году и в 2022 году?",
    "ar": "كم مكتبا نهريا أدار برنامج الممرات المائية في عام 2020 وفي عام 2022؟",
    "zh": "2020年和2022年，水道署设有多少个河流办事处？",
}
BODIES = {
    "en": "Compare how often UNDP and UNICEF meet the river commissions.",
    "fr": "Comparez la fréquence à laquelle le PNUD et l'UNICEF rencontrent les commissions fluviales.",
    "es": "Compare con qué frecuencia el PNUD y el UNICEF se reúnen con las comisiones fluviales.",
    "ru": "Сравните, как часто ПРООН и ЮНИСЕФ встречаются с речными комиссиями.",
    "ar": "قارن بين برنامج الأمم المتحدة الإنمائي واليونيسف من حيث الاجتماع مع اللجان النهرية.",
    "zh": "比较开发署和儿基会与河流委员会开会的频率。",
}
TASKS = {
    "en": "What are the tasks of the Programme on rivers?",
    "fr": "Quelles sont les tâches du Programme sur les fleuves ?",
    "es": "¿Cuáles son las tareas del Programa en los ríos?",
    "ru": "Какие задачи у Программы на реках?",
    "ar": "ما هي مهام البرنامج في الأنهار؟",
    "zh": "水道署在河流方面有哪些任务？",
}
SILENT = {
    "en": "A/99/7: the reports do not say.",
    "fr": "A/99/7 : les rapports ne le disent pas.",
    "es": "A/99/7: los informes no lo dicen.",
    "ru": "A/99/7: в докладах об этом не говорится.",
    "ar": "A/99/7: لا تذكر التقارير ذلك.",
    "zh": "A/99/7：报告没有说明。",
}
REPORTS = {
    "en": "Compare the number of river offices in {} and A/99/7.",
    "fr": "Comparez le nombre de bureaux fluviaux dans {} et A/99/7.",
    "es": "Compare el número de oficinas fluviales en {} y en A/99/7.",
    "ru": "Сравните число речных отделений в {} и A/99/7.",
    "ar": "قارن عدد المكاتب النهرية التي أدارها برنامج الممرات المائية في {} و A/99/7.",
    "zh": "比较{}和A/99/7中的河流办事处数目。",
}


def lines() -> Iterator[str]:
    for language, texts in TEXTS.items():
        for number, text in enumerate(texts, start=1):
            kept = {"document": language, "symbol": f"R/{language}/1", "title": f"Rivers ({language})"}
            kept |= {"language": language, "date": "2023-01-31", "paragraph": str(number), "text": text}
            yield json.dumps(kept, ensure_ascii=False)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, models_path: Path) -> Iterator[Service]:
    """An index with a report in each language."""
    folder = tmp_path_factory.mktemp("comparisons")
    (folder / "reports.jsonl").write_text("\n".join(lines()), encoding="utf-8")
    built = build_service(IndexSettings(path=folder / "data", models_path=models_path), BotSettings())
    run = ingest(built, folder / "reports.jsonl")
    assert (run.state, run.new) == ("done", 6)
    yield built
    built.close()


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[TestClient]:
    with api_client(service) as opened:
        yield opened


def ask(client: TestClient, question: str, language: str) -> dict[str, Any]:
    body = {"question": question, "filters": {"languages": [language]}}
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 200, response.text
    return dict(response.json())


def places(answer: dict[str, Any]) -> list[str]:
    return [citation["paragraph"] for citation in answer["citations"]]


@pytest.mark.parametrize("language", TEXTS)
def test_each_year_that_a_question_names_is_answered_with_a_citation_of_its_own(
    client: TestClient, language: str
) -> None:
    answer = ask(client, YEARS[language], language)
    assert places(answer) == ["1", "2"]
    first, second = answer["answer"].splitlines()[1:]
    assert (first[:4], "11" in first, first[-3:]) == ("2020", True, "[1]")
    assert (second[:4], "13" in second, second[-3:]) == ("2022", True, "[2]")
    assert answer["differences"] == []


@pytest.mark.parametrize("language", TEXTS)
def test_each_body_that_a_question_compares_is_answered(client: TestClient, language: str) -> None:
    answer = ask(client, BODIES[language], language)
    assert places(answer) == ["3", "4"]


@pytest.mark.parametrize("language", TEXTS)
def test_report_that_is_not_held_is_told_as_the_silent_side(client: TestClient, language: str) -> None:
    answer = ask(client, REPORTS[language].format(f"R/{language}/1"), language)
    assert {citation["symbol"] for citation in answer["citations"]} == {f"R/{language}/1"}
    assert "13" in answer["answer"] or "11" in answer["answer"]
    assert answer["answer"].splitlines()[-1] == SILENT[language]


@pytest.mark.parametrize("language", TEXTS)
def test_list_is_quoted_whole_in_one_citation(client: TestClient, language: str) -> None:
    answer = ask(client, TASKS[language], language)
    assert [citation["quote"] for citation in answer["citations"] if citation["paragraph"] == "5"] == [
        TEXTS[language][4]
    ]
    assert places(answer)[0] == "5"


def test_side_that_the_chat_model_left_out_is_added_with_its_quote(service: Service) -> None:
    asked, _ = answering(service, "In 2020, the Waterways Programme ran 11 river offices [1].")
    answer = asked.answer(Question(YEARS["en"], filters=Filters(languages=("en",))))
    claim, added = answer.answer.splitlines()
    assert claim == "In 2020, the Waterways Programme ran 11 river offices [1]."
    marker = answer.citations[-1].marker
    assert added == f"2022: “In 2022, the Waterways Programme ran 13 river offices.” [{marker}]"


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How many posts were there in 2019, 2020 and 2021?", ["2019", "2020", "2021"]),
        ("How did the number of posts change between 2020 and 2022?", ["2020", "2022"]),
        ("How many more are planned for 2021 than for 2020?", ["2021", "2020"]),
        ("What do resolutions 71/243 and 72/279 ask for?", ["71/243", "72/279"]),
        ("Compare the budgets of the Harbour Authority and the Pilot School.", ["Harbour Authority", "Pilot School"]),
        ("What was spent between 2020 and 2022?", []),
        ("What is the strategic plan 2020-2023?", []),
        ("From 1 January to 31 December 2021, how many were there?", []),
        ("How did support for the 2030 Agenda change in 2022?", []),
        ("Which guidance do UNDP and UNICEF lead?", []),
        ("What does A/75/10 say on resolution 72/279?", []),
    ],
)
def test_sides_are_what_a_question_sets_beside_each_other(question: str, named: list[str]) -> None:
    assert [side.name for side in sides(question, "en", {})] == named


@pytest.mark.parametrize(
    ("language", "question", "several"),
    [
        ("en", "Which entities have moved to the common back office?", True),
        ("en", "What problems did the Programme face?", True),
        ("en", "Which committee drafts system-wide strategies?", False),
        ("en", "What percentage of strategies are paid for jointly?", False),
        ("en", "What is the status of the levy?", False),
        ("fr", "Quels postes ont été créés en 2024 ?", True),
        ("fr", "Quel est le montant de la taxe ?", False),
        ("es", "¿Cuáles son los miembros?", True),
        ("es", "¿Qué es el levy?", False),
        ("ru", "Какие должности были созданы?", True),
        ("ru", "Каким был уровень бедности?", False),
        ("ar", "ما هي الأهداف؟", True),
        ("ar", "كم عدد المنظمات التي تستخدمه؟", False),
        ("zh", "哪些机构参加？", True),
        ("zh", "哪个机构主持？", False),
    ],
)
def test_questions_that_ask_for_several_things_are_told(language: str, question: str, several: bool) -> None:
    assert asks_for_several(question, language) == several
