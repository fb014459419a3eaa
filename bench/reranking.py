"""What a reranker gains and costs: `python -m bench.reranking DATA RERANKER [--corpus xquad] [--language en]`.

DATA holds NAME.corpus.jsonl and NAME.queries.jsonl as bench.retrieval takes them. RERANKER is what INDEX_RERANKER
takes; bench.cross_encoder makes one where no hub is in reach. Each question is asked twice in turn, of one index of the
paragraphs in one language: of the first search alone, then with the reranker. With `--asked es` the questions are those
in another language, which shows what an English reranker makes of them.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from bench.retrieval_data import Corpus, Entry, Question, corpora, evenly
from bench.retrieval_engines import carry_out
from bench.retrieval_measures import Judged, means, ranks_of
from bot.service import Service, build_service
from bot.settings import BotSettings
from ingest.plan import Change
from ingest.sources import files_under
from vectorstore.reranking import RERANKED, Finder, RerankedSearch, load_reranker
from vectorstore.search import Filters
from vectorstore.settings import IndexSettings

ROUNDS = 10  # questions between two lines of progress


@dataclass(frozen=True)
class Asked:
    """What one question brought on one side, and the seconds it took."""

    judged: Judged
    wall_s: float
    cpu_s: float


def compare(data: Path, settings: IndexSettings, *, corpus: str, language: str, asked: str, count: int) -> None:
    """Prints both sides' measures and times."""
    entries, questions = chosen(data, corpus=corpus, language=language, asked=asked, count=count)
    with serving(entries, settings) as service:
        model = load_reranker(settings)
        if model is None:
            sys.exit("Name a reranker.")
        sides: dict[str, Finder] = {"first search": service.search, "reranked": RerankedSearch(service.search, model)}
        outcomes: dict[str, list[Asked]] = {name: [] for name in sides}
        for number, question in enumerate(questions, 1):
            for name, search in sides.items():
                outcomes[name].append(ask(service, search, question))
            if number % ROUNDS == 0:
                print(f"{number} of {len(questions)}", file=sys.stderr)
    print(f"{corpus}: {len(questions)} questions in {asked} on {len(entries)} paragraphs in {language}")
    print(f"{RERANKED} results read again by {settings.reranker}")
    print("\n".join(f"{name:14}{line(each)}" for name, each in outcomes.items()))


def chosen(
    data: Path, *, corpus: str, language: str, asked: str, count: int
) -> tuple[Sequence[Entry], Sequence[Question]]:
    """The paragraphs in one language, and questions about them spread evenly over the bank."""
    found = next((each for each in corpora(data) if isinstance(each, Corpus) and each.name == corpus), None)
    if found is None:
        sys.exit(f"There is no {corpus}.corpus.jsonl with its queries in {data}.")
    entries = [entry for entry in found.entries if entry.language == language]
    questions = [question for question in found.questions if question.language == asked]
    return entries, [_about(entries, question) for question in evenly(questions, count)]


def _about(entries: Sequence[Entry], question: Question) -> Question:
    """The question with the version of its paragraph that is there as gold."""
    versions = {each.name for each in entries if each.number is not None and each.number == question.number}
    return replace(question, gold=question.gold | versions)


@contextmanager
def serving(entries: Sequence[Entry], settings: IndexSettings) -> Iterator[Service]:
    """A service without the reranker on these paragraphs, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entries.jsonl"
        rows = ({"document": e.name, "language": e.language, "paragraph": "1", "text": e.text} for e in entries)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        own = settings.model_copy(update={"path": Path(folder) / "data", "reranker": None})
        with closing(build_service(own, BotSettings())) as service:
            carry_out(service, Change(files=files_under([path])))
            yield service


def ask(service: Service, search: Finder, question: Question) -> Asked:
    """Searches once."""
    wall, cpu = time.perf_counter(), time.process_time()
    with service.library.reading() as generation:
        if generation is None:
            sys.exit("Nothing was taken in.")
        query = search.prepare(question.text, question.language)
        found = search.find(generation, query, filters=Filters(), limit=10)
    wall_s, cpu_s = time.perf_counter() - wall, time.process_time() - cpu
    ranks = ranks_of([one.record.source for one in found], question.gold)
    return Asked(Judged(question.language, "", ranks, 1), wall_s, cpu_s)


def line(outcomes: Sequence[Asked]) -> str:
    """One side's figures."""
    figures = means([each.judged for each in outcomes])
    wall, cpu = (1000 * median(getattr(each, kind) for each in outcomes) for kind in ("wall_s", "cpu_s"))
    return (
        f"Recall@1 {figures.recall[1]:.3f}  Recall@5 {figures.recall[5]:.3f}  MRR@10 {figures.mrr:.3f}  "
        f"{wall:7.0f} ms a question  {cpu:7.0f} ms of CPU"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("reranker")
    parser.add_argument("--corpus", default="xquad")
    parser.add_argument("--language", default="en", help="of the paragraphs")
    parser.add_argument("--asked", help="language of the questions; that of the paragraphs unless given")
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    compare(
        given.data,
        IndexSettings(reranker=given.reranker),
        corpus=given.corpus,
        language=given.language,
        asked=given.asked or given.language,
        count=given.questions,
    )
