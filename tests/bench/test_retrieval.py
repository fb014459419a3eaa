"""The measures by cases worked by hand, what is gold, and the command on a small corpus of our own."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings

from bench import retrieval
from bench.retrieval_aims import ALONE, OTHER, OWN, one_of_the_versions, the_version_alone
from bench.retrieval_data import Corpus, Entry, Question, alone, bank, corpora, evenly, sample
from bench.retrieval_engines import Clock, remembered
from bench.retrieval_measures import Judged, directions, groups, means, ndcg, ranks_of, recall, reciprocal_rank

THIRD = 1 / math.log2(4)  # what a gold paragraph at the third place is worth
TWO = 1 + 1 / math.log2(3)  # and two at the first two places


@dataclass(frozen=True)
class Case:
    """What was found and what is gold, a letter a paragraph; the ranks, recall at 1 and 5, reciprocal rank and nDCG."""

    ranked: str
    gold: str
    ranks: tuple[int, ...]
    worth: tuple[float, float, float, float]
    ignored: str = ""


CASES = {
    "first": Case("abc", "a", (1,), (1, 1, 1, 1)),
    "third": Case("bca", "a", (3,), (0, 1, 1 / 3, THIRD)),
    "not found": Case("bc", "a", (), (0, 0, 0, 0)),
    "nothing found": Case("", "a", (), (0, 0, 0, 0)),
    "sixth": Case("bcdefa", "a", (6,), (0, 0, 1 / 6, 1 / math.log2(7))),
    "tenth": Case("bcdefghija", "a", (10,), (0, 0, 1 / 10, 1 / math.log2(11))),
    "eleventh": Case("bcdefghijka", "a", (11,), (0, 0, 0, 0)),
    "first once others are taken out": Case("bca", "a", (1,), (1, 1, 1, 1), ignored="bc"),
    "one of two first": Case("abc", "az", (1,), (1, 1, 1, 1 / TWO)),
    "two of two, first and third": Case("abc", "ac", (1, 3), (1, 1, 1, (1 + THIRD) / TWO)),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_measures_are_as_worked_by_hand(case: Case) -> None:
    ranks = ranks_of(case.ranked, case.gold, case.ignored)
    assert ranks == case.ranks
    worth = (recall(ranks, 1), recall(ranks, 5), reciprocal_rank(ranks), ndcg(ranks, len(case.gold)))
    assert worth == pytest.approx(case.worth)


def test_outcomes_are_averaged_by_language_and_direction() -> None:
    outcomes = [
        Judged("en", "en", (1,), 1),
        Judged("en", "fr", (2,), 1),
        Judged("fr", "fr", (), 1),
        Judged("fr", "en", (1,), 1),
    ]
    found = {name: means(each) for name, each in groups(outcomes).items()}
    assert {name: (each.questions, each.recall[1], each.mrr) for name, each in found.items()} == {
        "all": (4, 0.5, 0.625),
        "same language": (2, 0.5, 0.5),
        "other language": (2, 0.5, 0.75),
        "en": (2, 0.5, 0.75),
        "fr": (2, 0.5, 0.5),
    }
    assert list(directions(outcomes)) == [("en", "en"), ("en", "fr"), ("fr", "en"), ("fr", "fr")]


LANGUAGES = ("en", "fr", "ru")
# Coined paragraphs and a question about each, in three languages.
TEXTS = [
    {
        "en": "The lighthouse on Gull Rock was repainted in green after the storm.",
        "fr": "Le phare du Rocher aux Goélands a été repeint en vert après la tempête.",
        "ru": "Маяк на Чаечной скале после шторма перекрасили в зелёный цвет.",
    },
    {
        "en": "Every spring the bakers of Tolm deliver bread to the school by boat.",
        "fr": "Chaque printemps, les boulangers de Tolm livrent du pain à l'école en bateau.",
        "ru": "Каждую весну пекари Тольма доставляют хлеб в школу на лодке.",
    },
    {
        "en": "The museum of clocks closes on Mondays because its only guide teaches music.",
        "fr": "Le musée des horloges ferme le lundi parce que son unique guide enseigne la musique.",
        "ru": "Музей часов закрыт по понедельникам, потому что единственный экскурсовод преподаёт музыку.",
    },
]
QUESTIONS = [
    {
        "en": "Which colour is the lighthouse?",
        "fr": "De quelle couleur est le phare ?",
        "ru": "Какого цвета маяк?",
    },
    {
        "en": "Who brings bread to the school?",
        "fr": "Qui apporte du pain à l'école ?",
        "ru": "Кто привозит хлеб в школу?",
    },
    {
        "en": "When is the museum of clocks closed?",
        "fr": "Quand le musée des horloges est-il fermé ?",
        "ru": "Когда закрыт музей часов?",
    },
]


def write(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")


def write_corpus(folder: Path, name: str, corpus: list[dict[str, Any]], queries: list[dict[str, Any]]) -> None:
    write(folder / f"{name}.corpus.jsonl", corpus)
    write(folder / f"{name}.queries.jsonl", queries)


def parallel(folder: Path) -> Corpus:
    """The coined paragraphs, each in three languages, and its question in each."""
    write_corpus(
        folder,
        "harbour",
        [
            {"id": f"{language}-{number}", "lang": language, "n": number, "text": texts[language]}
            for number, texts in enumerate(TEXTS)
            for language in LANGUAGES
        ],
        [
            {
                "id": f"q{number}",
                "lang": language,
                "n": number,
                "text": texts[language],
                "rel": [f"{language}-{number}"],
            }
            for language in LANGUAGES
            for number, texts in enumerate(QUESTIONS)
        ],
    )
    [corpus] = corpora(folder)
    assert isinstance(corpus, Corpus)
    return corpus


def test_only_the_marked_paragraphs_and_questions_are_taken(tmp_path: Path) -> None:
    write_corpus(
        tmp_path,
        "marked",
        [
            {"id": "a", "lang": "en", "text": " A quay. ", "pool": 1},
            {"id": "b", "lang": "en", "text": "A crane.", "pool": 0},
        ],
        [
            {"id": "1", "lang": "en", "text": "Which quay?", "rel": ["a"], "sub": 1},
            {"id": "2", "lang": "en", "text": "Which crane?", "rel": ["b"], "sub": 1},
            {"id": "3", "lang": "en", "text": "Which other quay?", "rel": ["a"], "sub": 0},
        ],
    )
    assert list(corpora(tmp_path)) == [
        Corpus("marked", (Entry("a", "en", "A quay."),), (Question("Which quay?", "en", frozenset("a")),))
    ]


def test_what_is_absent_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert "No data in" in str(next(corpora(tmp_path)))
    write(tmp_path / "half.queries.jsonl", [])
    assert list(corpora(tmp_path)) == [f"half is skipped: there is no half.corpus.jsonl in {tmp_path}."]


def test_questions_are_taken_evenly_and_as_many_of_each_language() -> None:
    assert evenly(range(10), 4) == [0, 2, 5, 7]
    questions = [Question(f"{language}{n}", language, frozenset("a")) for language in ("en", "fr") for n in range(6)]
    assert [question.text for question in sample(questions, 5)] == ["en0", "en3", "fr0", "fr3"]
    assert len(sample(questions, 100)) == 12


def test_the_other_versions_of_a_paragraph_are_taken_out_of_the_list(tmp_path: Path) -> None:
    corpus = parallel(tmp_path)
    question = next(each for each in corpus.questions if each.language == "fr" and each.number == 1)
    aims = {aim.language: aim for aim in one_of_the_versions(corpus.entries)(question)}
    assert {language: aim.figure for language, aim in aims.items()} == {"en": OTHER, "fr": OWN, "ru": OTHER}
    assert (set(aims["ru"].gold), set(aims["ru"].ignored)) == ({"ru-1"}, {"fr-1", "en-1"})


def test_alone_means_one_language_for_each_paragraph_and_every_language_in_turn(tmp_path: Path) -> None:
    corpus = parallel(tmp_path)
    rotations = [[entry.name for entry in alone(corpus, rotation)] for rotation in range(3)]
    assert rotations == [["en-0", "fr-1", "ru-2"], ["fr-0", "ru-1", "en-2"], ["ru-0", "en-1", "fr-2"]]
    asked = [the_version_alone(alone(corpus, rotation))(corpus.questions[0]) for rotation in range(3)]
    assert [[(aim.figure, aim.language) for aim in aims] for aims in asked] == [[], [(ALONE, "fr")], [(ALONE, "ru")]]


class Counting(Embeddings):
    """Remembers what it is asked to embed."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.asked += texts
        return [[float(len(text))] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def test_nothing_is_embedded_twice_and_embedding_is_left_out_of_the_time() -> None:
    model, others = Counting(), Counting()
    taken: list[float] = []
    with remembered(model) as memory:
        with Clock([memory]).timing(taken):
            assert model.embed_documents(["a", "bb", "a"]) == [[1.0], [2.0], [1.0]]
            assert others.embed_documents(["bb"]) == [[2.0]]
            assert [others.embed_query("who"), model.embed_query("who")] == [[3.0], [3.0]]
        memory.seconds += 60
        with Clock([memory]).timing(taken):
            pass
    assert (model.asked, others.asked) == (["a", "bb", "who"], [])
    assert all(0 <= seconds < 60 for seconds in taken)
    assert model.embed_documents(["a"]) == [[1.0]]
    assert model.asked[-1] == "a"


@pytest.fixture
def models_in_the_environment(models_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command takes the models that are prepared already."""
    monkeypatch.setenv("INDEX_MODELS_PATH", str(models_path))


@pytest.mark.usefixtures("models_in_the_environment")
def test_the_command_compares_both_sides_by_language_and_direction(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parallel(tmp_path)
    write(tmp_path / "half.corpus.jsonl", [])
    figures = tmp_path / "figures.json"
    assert retrieval.main([str(tmp_path), "--json", str(figures)]) == 0
    printed = capsys.readouterr().out
    assert "half is skipped: there is no half.queries.jsonl" in printed
    for figure in (OWN, OTHER, ALONE):
        assert f"{figure}\n" in printed
    mixed, single = json.loads(figures.read_text(encoding="utf-8"))["trials"]
    assert (mixed["paragraphs"], single["paragraphs"]) == (9, 3)
    assert {name: each["groups"]["all"]["ours"]["questions"] for name, each in mixed["figures"].items()} == {
        OWN: 9,
        OTHER: 18,
    }
    for side in ("ours", "plain"):
        own, foreign = (mixed["figures"][name]["groups"]["all"][side] for name in (OWN, OTHER))
        assert own["recall"] == {"1": 1.0, "5": 1.0, "10": 1.0}
        assert foreign["recall"]["10"] == 1.0
        assert single["figures"][ALONE]["groups"]["all"][side]["recall"]["5"] == 1.0
        assert mixed["costs"][side]["index_s"] > 0
        assert mixed["costs"][side]["search_ms"] > 0
    assert len(single["figures"][ALONE]["directions"]) == 6


@pytest.mark.usefixtures("models_in_the_environment")
def test_the_command_asks_a_bank_about_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reports, data, questions = tmp_path / "reports", tmp_path / "data", tmp_path / "bank.jsonl"
    reports.mkdir()
    texts = enumerate(TEXTS, 1)
    same = {"document": "r", "symbol": "X/2031/4", "language": "en"}
    write(reports / "report.jsonl", [{**same, "paragraph": str(n), "text": text["en"]} for n, text in texts])
    write(
        questions,
        [
            {"question": QUESTIONS[0]["fr"], "lang": "fr", "gold": [{"symbol": "X/2031/4", "paragraph": "1"}]},
            {"question": QUESTIONS[2]["en"], "lang": "en", "gold": [{"symbol": "X/2031/4", "paragraph": "9"}]},
            {"question": "Who is the mayor?", "lang": "en", "gold": []},
        ],
    )
    assert [question.gold for question in bank(questions)] == [{"X/2031/4, 1"}, {"X/2031/4, 9"}]
    command = [str(data), "--reports", str(reports), "--questions"]
    assert retrieval.main([*command, str(questions), "--json", str(tmp_path / "figures.json")]) == 0
    [trial] = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["trials"]
    found = trial["figures"]["all"]["groups"]
    assert {name: each["ours"]["recall"]["1"] for name, each in found.items()} == {"all": 0.5, "fr": 1.0, "en": 0.0}
    assert trial["notes"] == ["Gold that no paragraph of the reports is numbered as: X/2031/4, 9."]
    assert retrieval.main([*command, str(tmp_path / "none.jsonl")]) == 0
    assert "The reports are skipped" in capsys.readouterr().out
