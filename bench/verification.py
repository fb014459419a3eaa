"""What verification catches, keeps and costs: `python -m bench.verification [CLAIMS.jsonl --index FOLDER]`.

Without arguments the claims are those of tests/bot/claims.jsonl, about the sample reports. Others are one a line with
`claim`, `language`, `symbol`, `paragraph` and `wrong`, what was changed in it, null for a right one; FOLDER is the
index that holds their reports. Beside the time of an answer of three claims stands that of the plainest check, which
only looks for the digits of each claim.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from bench.retrieval_engines import carry_out
from bot.claims.evidence import Evidence, evidence_of
from bot.service import Service, build_service
from bot.settings import BotSettings
from bot.verify import Verifier
from ingest.plan import Change
from ingest.sources import files_under
from vectorstore.settings import IndexSettings

ROOT = Path(__file__).parent.parent
CLAIMS = ROOT / "tests" / "bot" / "claims.jsonl"
SAMPLES = ROOT / "samples" / "reports"
OF_AN_ANSWER = 3  # claims
GOAL_MS = 5
_DIGITS = re.compile(r"\d+")
Row = Mapping[str, Any]
Paragraphs = Mapping[tuple[str, str], Evidence]


def paragraphs_of(service: Service) -> Paragraphs:
    """Every numbered paragraph, by the name of its file or by its symbol, and by its number."""
    with service.library.reading() as generation:
        records = generation.records.values() if generation else ()
        return {
            (name, paragraph.number): evidence_of(record, paragraph)
            for record in records
            for paragraph in service.catalogue.paragraphs(record.document_id)
            for name in (Path(record.source).stem, record.symbol)
            if name and paragraph.number
        }


def judge(verifier: Verifier, rows: Sequence[Row], paragraphs: Paragraphs) -> None:
    """Prints what was caught of the wrong claims by what was changed, and how many of the right ones were dropped."""
    claims, missed = Counter[str](), Counter[str]()
    for row in rows:
        found = verifier.problems(row["claim"], row["language"], [paragraphs[place(row)]])
        kind = row["wrong"] or "right"
        claims[kind] += 1
        missed[kind] += bool(found) is (kind == "right")
    wrong = sum(count for kind, count in claims.items() if kind != "right")
    caught = wrong - sum(count for kind, count in missed.items() if kind != "right")
    print(f"{len(rows)} claims: {caught / wrong:.1%} of {wrong} wrong ones caught, ", end="")
    print(f"{missed['right'] / claims['right']:.1%} of {claims['right']} right ones dropped")
    for kind in sorted(claims):
        print(f"  {kind:10}{claims[kind]:5} claims{missed[kind]:4} misjudged")


def cost(verifier: Verifier, rows: Sequence[Row], paragraphs: Paragraphs) -> None:
    """Prints the median milliseconds of processor time of an answer's claims, and of looking for their digits alone."""
    answers = [rows[start : start + OF_AN_ANSWER] for start in range(0, len(rows), OF_AN_ANSWER)]
    sides: Mapping[str, Callable[[Row, Evidence], object]] = {
        "verified": lambda row, one: verifier.problems(row["claim"], row["language"], [one]),
        "digits alone": lambda row, one: {*_DIGITS.findall(row["claim"])} <= {*_DIGITS.findall(one.text)},
    }
    for name, check in sides.items():
        times = []
        for answer in answers:
            started = time.process_time()
            for row in answer:
                check(row, paragraphs[place(row)])
            times.append((time.process_time() - started) * 1000)
        print(f"{name:14}{median(times):7.2f} ms an answer of {OF_AN_ANSWER} claims (asked: under {GOAL_MS})")


def place(row: Row) -> tuple[str, str]:
    """The report and the number of the paragraph that a claim cites."""
    return row.get("source") or row["symbol"], row["paragraph"]


def main() -> None:
    """Reads the command line and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", nargs="?", type=Path, default=CLAIMS)
    parser.add_argument("--index", type=Path)
    chosen = parser.parse_args()
    rows = [json.loads(line) for line in chosen.claims.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        settings = IndexSettings(path=chosen.index or Path(folder))
        with closing(build_service(settings, BotSettings())) as service:
            if not chosen.index:
                carry_out(service, Change(files=files_under([SAMPLES])))
            paragraphs = paragraphs_of(service)
            rows = [row for row in rows if place(row) in paragraphs]
            if not rows:
                sys.exit("The index holds none of the paragraphs.")
            judge(service.verifier, rows, paragraphs)
            cost(service.verifier, rows, paragraphs)


if __name__ == "__main__":
    main()
