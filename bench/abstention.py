"""How well it is told that reports do not answer: `python -m bench.abstention DATA --reports FOLDER --questions BANK`.

DATA holds corpora as bench.retrieval takes them, and abst_*.jsonl: questions about their subjects, some of which no
paragraph answers. Each question is asked of paragraphs in one language at a time. Beside the answerable ones stand the
same with the paragraph taken away that answers, those of which only the subject is there, and questions about
another subject: of the bank to the corpora, and of the corpora to the reports.

The curve says, for each share of answerable questions that are refused, which share of the others is. `--write` keeps
the calibration that was fitted in bot/found/calibration.toml; without it the curve is that of the one which is kept
there.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from bench.abstention_cases import ANSWERABLE, Asked, Case, cases, elsewhere, not_said, of_corpus
from bench.abstention_fit import fitted, quantile, strengths
from bench.retrieval import Bench, opened_bench
from bench.retrieval_data import Corpus, Question, bank, corpora
from bot.found.evidence import Calibration, calibrations

KEPT = Path(__file__).parent.parent / "bot" / "found" / "calibration.toml"
BANK = "bank"  # the set of questions about reports
RATES = (0.01, 0.02, 0.05, 0.10, 0.20)
MOST = 250


def gathered(bench: Bench, given: argparse.Namespace) -> Iterator[Case]:
    """Every case that the data makes."""
    questions = bank(given.questions)
    known = [corpus for corpus in corpora(given.data) if isinstance(corpus, Corpus)]
    for corpus in known:
        asked = [*of_corpus(corpus, given.most), *elsewhere(BANK, questions, corpus.languages, given.most)]
        asked += [one for path in sorted(given.data.glob("abst_*.jsonl")) for one in not_said(path, given.most)]
        names = {entry.name for entry in corpus.entries}
        with bench.pair_of(corpus.entries) as pair:
            yield from cases(pair.ours.service, (one for one in asked if one.gold <= names))
    with bench.pair(given.reports.resolve()) as pair:
        yield from cases(pair.ours.service, _of_reports(pair.ours.languages, questions, known, given.most))


def _of_reports(
    languages: Sequence[str], questions: Sequence[Question], known: Sequence[Corpus], most: int
) -> Iterator[Asked]:
    for language in languages:
        yield from (Asked(BANK, one.text, one.language, language, one.gold) for one in questions)
    for corpus in known:
        yield from elsewhere(corpus.name, corpus.questions, languages, most)


def halves(all_cases: Sequence[Case]) -> Mapping[str, Sequence[Case]]:
    """The cases of questions in the language of the reports, and of those in another."""
    within = [case for case in all_cases if case.asked_in == case.found_in]
    return {"within": within, "across": [case for case in all_cases if case.asked_in != case.found_in]}


def curve(name: str, all_cases: Sequence[Case], calibration: Calibration) -> Iterator[str]:
    """The lines of a table: a row for each set of questions that are rightly refused, a column for each rate."""
    strength = strengths(calibration, all_cases)
    is_answerable = np.array([case.kind == ANSWERABLE for case in all_cases])
    sources = np.array([case.source for case in all_cases])
    answerable = strength[is_answerable & (sources == BANK)]
    limits = [quantile(answerable, np.ones(len(answerable)), rate) for rate in RATES]
    yield f"{name} a language: refused of {len(answerable)} answerable questions about reports, and of others"
    yield f"  {'':34}" + "".join(f"{rate:>8.0%}" for rate in RATES) + "    as set"
    for kind, source in sorted({(case.kind, case.source) for case in all_cases}):
        own = strength[[(case.kind, case.source) == (kind, source) for case in all_cases]]
        shares = [*(float((own < limit).mean()) for limit in limits), float((own < calibration.enough).mean())]
        yield f"  {kind + ', ' + source:26}{len(own):>8}" + "".join(f"{share:>8.1%}" for share in shares)


def write(calibrations: Mapping[str, Calibration], path: Path) -> None:
    """Keeps calibrations as the bot reads them."""
    lines = ["# Written by bench/abstention.py; what the figures mean stands in bot/found/evidence.py.\n"]
    for name, calibration in calibrations.items():
        table = asdict(calibration)
        offsets = table.pop("offsets")
        lines += [f"\n[{name}]\n", *(f"{key} = {value}\n" for key, value in table.items())]
        lines += [f"\n[{name}.offsets]\n", *(f"{pair} = {offset}\n" for pair, offset in offsets.items())]
    path.write_text("".join(lines), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the curve of a folder's data and of reports with a bank of questions about them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of NAME.corpus.jsonl, NAME.queries.jsonl and abst_NAME.jsonl")
    parser.add_argument("--reports", type=Path, required=True, help="folder of reports")
    parser.add_argument("--questions", type=Path, required=True, help="bank of questions about them, in JSON lines")
    parser.add_argument("--most", type=int, default=MOST, help=f"questions a set, evenly taken (default {MOST})")
    parser.add_argument("--write", action="store_true", help=f"fit anew and keep it in {KEPT.name}")
    given = parser.parse_args(arguments)
    with opened_bench() as bench:
        parts = halves(list(gathered(bench, given)))
    found = {name: fitted(part) for name, part in parts.items()} if given.write else calibrations()
    for name, part in parts.items():
        print(*curve(name, part, found[name]), "", sep="\n", flush=True)
    if given.write:
        write(found, KEPT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
