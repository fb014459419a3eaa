"""Whether the right paragraph is found, ours beside plain LangChain's: `python -m bench.retrieval DATA`.

`--reports FOLDER --questions BANK.jsonl` adds reports as published with a bank of questions about them. Both sides are
asked the same questions in the same run, with the same embedding model and one memory of its vectors. Ours ingests the
files and searches as the product does. The plain side is what the tutorials say: the recursive splitter with chunks of
1,000 characters, one Chroma collection, the nearest chunks; a hit of a chunk is a hit of its paragraph. It is given our
paragraphs of the reports, which is more than it would have by itself.

Where paragraphs have versions in several languages there are three figures. "Own language" and "other language" are of
one index of all languages: gold is the version in the question's language, or in one other, and the remaining versions
are taken out of the list before the rank is read. They cannot be taken out of the index itself, where they still crowd
other paragraphs out and take part in what scores are compared with. "Another language alone" is the truer form: five
indexes where paragraph n stands in one language only, number (n + rotation) mod 5 of them, so that what is asked for is
there in no other language. An index for each question would be out of reach; the first two need one index, not five.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

from langchain_core.embeddings import Embeddings

from bench.retrieval_aims import ALONE, Aims, gold_only, one_of_the_versions, the_version_alone
from bench.retrieval_data import Corpus, Entry, Question, alone, bank, corpora, sample
from bench.retrieval_engines import Clock, Engine, Ours, Timing, our_engine, plain_engine, remembered
from bench.retrieval_measures import Judged, ranks_of
from bench.retrieval_tables import SIDES, Cost, Trial, as_json, lines
from vectorstore.models import load_embeddings
from vectorstore.sentence_encoder import SentenceEncoder
from vectorstore.settings import IndexSettings

MOST = 500


Outcomes = dict[str, dict[str, list[Judged]]]
Timings = Mapping[str, Timing]


@dataclass(frozen=True)
class Pair:
    """Both sides with an index of the same paragraphs."""

    ours: Ours
    plain: Engine
    entries: tuple[Entry, ...]

    @property
    def engines(self) -> Mapping[str, Engine]:
        """The sides by their names."""
        return dict(zip(SIDES, (self.ours, self.plain), strict=True))

    @property
    def timings(self) -> Timings:
        """What each side has taken so far."""
        return {side: engine.timing for side, engine in self.engines.items()}


class Bench:
    """Makes indexes of both sides in a folder of its own, with models that embed nothing twice."""

    def __init__(self, work: Path, settings: IndexSettings, model: Embeddings, clock: Clock) -> None:
        self._work = work
        self._settings = settings
        self._model = model
        self._clock = clock

    @contextmanager
    def pair(self, sources: Path) -> Iterator[Pair]:
        """Both sides with an index of what a file or folder holds, until the block ends."""
        with tempfile.TemporaryDirectory(dir=self._work) as folder, ExitStack() as stack:
            settings = self._settings.model_copy(update={"path": Path(folder) / "ours"})
            ours = stack.enter_context(our_engine(settings, self._clock, sources))
            entries = ours.entries()
            plain = stack.enter_context(plain_engine(Path(folder) / "plain", self._model, self._clock, entries))
            yield Pair(ours, plain, tuple(entries))

    @contextmanager
    def pair_of(self, entries: Iterable[Entry]) -> Iterator[Pair]:
        """Both sides with an index of these paragraphs, taken in as bulk paragraphs."""
        with tempfile.NamedTemporaryFile("w", dir=self._work, suffix=".jsonl", encoding="utf-8") as file:
            for entry in entries:
                line = {"document": entry.name, "language": entry.language, "text": entry.text}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            with self.pair(Path(file.name)) as pair:
                yield pair


@contextmanager
def opened_bench() -> Iterator[Bench]:
    """The bench with the models that the settings name."""
    with tempfile.TemporaryDirectory(prefix="reformbot-bench-") as name, ExitStack() as stack:
        work = Path(name).resolve()
        given = IndexSettings(path=work)
        settings = given.model_copy(update={"models_path": given.models_folder, "database_url": None})
        model = load_embeddings(settings)
        memories = [stack.enter_context(remembered(each)) for each in (model, SentenceEncoder())]
        yield Bench(work, settings, model, Clock(memories))


def ask(pair: Pair, questions: Iterable[Question], aims: Aims) -> Outcomes:
    """The outcomes by figure and side; a question without aims is not asked."""
    outcomes: Outcomes = defaultdict(lambda: {side: [] for side in SIDES})
    for question in questions:
        wanted = aims(question)
        for side, engine in pair.engines.items() if wanted else ():
            ranked = engine.rank(question.text, question.language)
            for aim in wanted:
                ranks = ranks_of(ranked, aim.gold, aim.ignored)
                judged = Judged(question.language, aim.language, ranks, len(aim.gold))
                outcomes[aim.figure][side].append(judged)
    return dict(outcomes)


def costs(indexes: Sequence[Timings]) -> Mapping[str, Cost]:
    """What each side took over all of the indexes."""
    return {
        side: Cost(
            index_s=sum(second for index in indexes for second in index[side].index_s),
            search_ms=1000 * median([second for index in indexes for second in index[side].search_s] or [0.0]),
        )
        for side in SIDES
    }


def corpus_trials(bench: Bench, corpus: Corpus, most: int) -> Iterator[Trial]:
    """The trials of a corpus: a second one, in indexes of their own, where it has language versions."""
    questions = sample(corpus.questions, most)
    aims = one_of_the_versions(corpus.entries) if corpus.is_parallel else gold_only(corpus.entries)
    with bench.pair_of(corpus.entries) as pair:
        yield Trial(corpus.name, len(pair.entries), ask(pair, questions, aims), costs([pair.timings]))
    if corpus.is_parallel:
        yield alone_trial(bench, corpus, questions)


def alone_trial(bench: Bench, corpus: Corpus, questions: Sequence[Question]) -> Trial:
    """An index for each rotation, each question asked in all where its paragraph is in another language."""
    outcomes: dict[str, list[Judged]] = {side: [] for side in SIDES}
    timings: list[Timings] = []
    for rotation in range(len(corpus.languages)):
        entries = alone(corpus, rotation)
        with bench.pair_of(entries) as pair:
            for side, judged in ask(pair, questions, the_version_alone(entries)).get(ALONE, {}).items():
                outcomes[side] += judged
            timings.append(pair.timings)
    each = len(corpus.entries) // len(timings)
    return Trial(corpus.name, each, {ALONE: outcomes}, costs(timings), (f"{len(timings)} indexes, taken together.",))


def report_trial(bench: Bench, reports: Path, questions: Sequence[Question], most: int) -> Trial:
    """The trial of a bank of questions about reports."""
    with bench.pair(reports) as pair:
        asked = sample(questions, most)
        trial = Trial("reports", len(pair.entries), ask(pair, asked, gold_only(pair.entries)), costs([pair.timings]))
        missing = sorted(frozenset[str]().union(*(q.gold for q in asked)) - {entry.name for entry in pair.entries})
    note = f"Gold that no paragraph of the reports is numbered as: {'; '.join(missing)}."
    return replace(trial, notes=(note,)) if missing else trial


def trials(bench: Bench, given: argparse.Namespace) -> Iterator[Trial | str]:
    """Every trial that there is data for, and a sentence for what is skipped."""
    for corpus in corpora(given.data):
        if isinstance(corpus, str):
            yield corpus
        else:
            yield from corpus_trials(bench, corpus, given.most)
    if given.reports is None and given.questions is None:
        return
    absent = [path for path in (given.reports, given.questions) if path is None or not path.exists()]
    if absent:
        yield f"The reports are skipped: {absent[0] or 'one of --reports and --questions'} is not there."
    else:
        yield report_trial(bench, given.reports.resolve(), bank(given.questions), given.most)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compares on a folder's data, and on reports where they are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of NAME.corpus.jsonl and NAME.queries.jsonl")
    parser.add_argument("--reports", type=Path, help="folder of reports")
    parser.add_argument("--questions", type=Path, help="bank of questions about them, in JSON lines")
    parser.add_argument("--most", type=int, default=MOST, help=f"questions a set, evenly taken (default {MOST})")
    parser.add_argument("--json", type=Path, help="file for all figures")
    given = parser.parse_args(arguments)
    if given.json and not given.json.absolute().parent.is_dir():
        parser.error(f"There is no folder for {given.json}: make it first.")
    started = time.perf_counter()
    print(f"At most {given.most} questions a set, as many of each language, evenly taken.\n", flush=True)
    found: list[Trial] = []
    with opened_bench() as bench:
        for trial in trials(bench, given):
            print(trial if isinstance(trial, str) else "\n".join(lines(trial)), flush=True)
            found += [] if isinstance(trial, str) else [trial]
    used = Used(time.perf_counter() - started, _cpu_seconds())
    print(f"The whole run took {used.wall_s:.0f} s, {used.cpu_s:.0f} s of CPU time.")
    if given.json:
        figures = {"most": given.most, **asdict(used), "trials": [as_json(trial) for trial in found]}
        given.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


@dataclass(frozen=True)
class Used:
    """Wall-clock and CPU seconds of the run, those of child processes among them."""

    wall_s: float
    cpu_s: float


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    sys.exit(main())
