"""What a search takes as the index grows, ours and plain LangChain's: `python -m bench.search`.

Both index the same made-up paragraphs, first a thousand of them and then a hundred thousand, and are asked the same
questions in turn. A paragraph is three sentences of a sample report, put together anew, and a number; fifty make a
report, and the reports are in six languages. Its vector is that of one of the sentences, moved by chance: how near it
is to a question has no meaning here, only how long it takes to tell, and no hours are spent on embedding. The
questions, those of the samples, are embedded by the real models, and the time that this takes counts.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from random import Random
from statistics import median
from unittest.mock import patch
from zlib import crc32

import numpy as np
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from bench.retrieval_engines import carry_out
from bot.service import Service, build_service
from bot.settings import BotSettings
from ingest.language import language_of
from ingest.plan import Change
from ingest.sources import files_under
from vectorstore.models import load_embeddings
from vectorstore.search import Filters
from vectorstore.sentence_encoder import SentenceEncoder
from vectorstore.sentences import sentences_of
from vectorstore.settings import IndexSettings
from vectorstore.store import open_chroma

SAMPLES = Path(__file__).parent.parent / "samples"
SIZES = (1_000, 100_000)
GOAL = 1.5  # times as long with the larger index
PARAGRAPHS = 50  # of a report
SENTENCES = 3  # of a paragraph
CHANCE = 0.5  # beside a vector of length one
RESULTS = 10
ROUNDS = 3
AT_ONCE = 5_000  # chunks that the peer is given
FIRST_YEAR, YEARS = 2001, 25
FILTERS: Mapping[str, Filters] = {
    "no filter": Filters(),
    "one report": Filters(symbols=("MADE/R.9",)),
    "one year": Filters(from_date="2010", to_date="2010"),
    "half of the years": Filters(from_date="2010", to_date="2021"),
    "as of 2015": Filters(as_of="2015"),
}
Ask = Callable[[str, Filters], object]


class Composed:
    """A model that gives passages made-up vectors, near to those of its sentences."""

    def __init__(self, model: Embeddings, sentences: Sequence[str]) -> None:
        self._vectors = np.asarray(model.embed_documents(list(sentences)), dtype=np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector of length one for each text, always the same."""
        return [self._vector(np.random.default_rng(crc32(text.encode()))) for text in texts]

    def _vector(self, chance: np.random.Generator) -> list[float]:
        moved = chance.standard_normal(self._vectors.shape[1])
        vector = chance.choice(self._vectors) + CHANCE * moved / np.linalg.norm(moved)
        made: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return made


@contextmanager
def composing(sentences: Sequence[str], *models: Embeddings) -> Iterator[None]:
    """Within the block models of these classes make the vectors of passages up."""
    with ExitStack() as stack:
        for model in models:
            made = Composed(model, sentences)
            stack.enter_context(patch.object(type(model), "embed_documents", made.embed_documents))
        yield


def sample_sentences() -> Mapping[str, Sequence[str]]:
    """The sentences of the sample reports by language."""
    found: dict[str, list[str]] = {}
    for path in sorted((SAMPLES / "sources").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        language = language_of(text)
        lines = (line for line in text.splitlines() if line[:1].isalnum())
        found.setdefault(language, []).extend(s.strip() for line in lines for s in sentences_of(line, language))
    return found


def made_up(count: int, sentences: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """So many paragraphs as lines of a bulk file."""
    random, languages = Random(1), sorted(sentences)
    for number in range(count):
        report = number // PARAGRAPHS
        language, year = languages[report % len(languages)], FIRST_YEAR + report % YEARS
        text = " ".join([*random.choices(sentences[language], k=SENTENCES), f"{random.randrange(10**6):,}."])
        symbol = f"MADE/R.{report}"
        yield {
            "document": symbol,
            "symbol": symbol,
            "title": symbol,
            "language": language,
            "date": f"{year}-06-30",
            "paragraph": str(number % PARAGRAPHS + 1),
            "text": text,
        }


def our_side(folder: Path, settings: IndexSettings, lines: Sequence[dict[str, str]], stack: ExitStack) -> Ask:
    """Our search of an index of these paragraphs."""
    bulk = folder / "made-up.jsonl"
    bulk.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    path = folder / "ours"
    service = stack.enter_context(closing(build_service(settings.model_copy(update={"path": path}), BotSettings())))
    carry_out(service, Change(files=files_under([bulk])))
    return lambda question, filters: search(service, question, filters)


def search(service: Service, question: str, filters: Filters) -> None:
    """One search, the question embedded."""
    with service.library.reading() as generation:
        assert generation
        query = service.search.prepare(question, language_of(question))
        assert service.search.find(generation, query, filters=filters, limit=RESULTS)


def plain_side(folder: Path, model: Embeddings, lines: Sequence[dict[str, str]], stack: ExitStack) -> Ask:
    """The plain pipeline's search of one collection of these paragraphs."""
    client = stack.enter_context(closing(open_chroma(folder)))
    store = Chroma(
        "plain", embedding_function=model, client=client, collection_configuration={"hnsw": {"space": "cosine"}}
    )
    for at in range(0, len(lines), AT_ONCE):
        store.add_texts([line["text"] for line in lines[at : at + AT_ONCE]])
    return lambda question, _: store.similarity_search(question, k=RESULTS)


def timed(ask: Ask, questions: Sequence[str], filters: Filters) -> float:
    """The median of the milliseconds that a search takes."""
    taken = []
    for question in list(questions) * ROUNDS:
        started = time.perf_counter()
        ask(question, filters)
        taken.append(time.perf_counter() - started)
    return median(taken) * 1000


def compare(sizes: Sequence[int], work: Path, settings: IndexSettings, *, most: int | None) -> float:
    """Prints the milliseconds of both sides at both sizes; how much longer ours takes with the larger index."""
    model, second = load_embeddings(settings), SentenceEncoder()
    rows = [json.loads(line) for line in (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    questions, sentences = [row["question"] for row in rows][:most], sample_sentences()
    everything = [sentence for each in sentences.values() for sentence in each]
    ours: dict[str, list[float]] = {name: [] for name in FILTERS}
    plain: list[float] = []
    for size in sizes:
        folder = work / str(size)
        folder.mkdir()
        lines = list(made_up(size, sentences))
        with ExitStack() as stack:
            with composing(everything, model, second):
                sides = our_side(folder, settings, lines, stack), plain_side(folder, model, lines, stack)
            for ask in sides:
                timed(ask, questions, Filters())  # once before it counts
            for name, filters in FILTERS.items():
                ours[name].append(timed(sides[0], questions, filters))
            plain.append(timed(sides[1], questions, Filters()))
    print(f"milliseconds a search, median of {len(questions) * ROUNDS}{''.join(f'{size:>12,}' for size in sizes)}")
    for name, taken in {**{f"ours, {name}": taken for name, taken in ours.items()}, "plain": plain}.items():
        print(f"{name:40}{''.join(f'{each:12.1f}' for each in taken)}{taken[-1] / taken[0]:8.2f} times")
    return ours["no filter"][-1] / ours["no filter"][0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Compares; 1 where ours takes more than half as long again with the larger index."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs=2, default=SIZES, help="paragraphs of the two indexes")
    parser.add_argument("--most", type=int, help="questions, from the first (default all)")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        return int(compare(given.sizes, Path(work), IndexSettings(), most=given.most) > GOAL)


if __name__ == "__main__":
    sys.exit(main())
