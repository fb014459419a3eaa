"""Kills Reformbot at random moments of refreshes and sees that nothing is lost: `python -m tests.faults.kills`.

Each round changes a folder in a way whose right outcome is known, starts a refresh, kills the whole process group with
SIGKILL, starts again and looks: the index is what it was before the refresh or what it is after, and nothing between;
what was acknowledged is still there. Then the refresh is done again, to its end, and all of its outcome is checked.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median

from tests.faults.folder import Changes, Folder, others_in
from tests.faults.killing import START_UP, TOLD
from tests.faults.rounds import Loop, Round
from tests.faults.server import ServerError, Setup


def run_kills(
    setup: Setup,
    *,
    enough: Callable[[Sequence[Round]], bool],
    tell: Callable[[str], None],
    others: Sequence[Path] = (),
    seed: int = 1,
    look_every: int = 1,
) -> list[Round]:
    """Rounds until it is enough; a problem in one of them is a fault of the program.

    Each is told in a line. What lies in the folder of the index is looked at every so many rounds.
    """
    random = Random(seed)
    folder = Folder(setup.scratch / "in", setup.scratch / "shelf")
    loop = Loop(setup, folder, Changes(random, others), random, look_every=look_every)
    rounds: list[Round] = []
    try:
        rounds.append(loop.begin())
        tell(_line(rounds[-1]))
        while not enough(rounds):
            rounds.append(loop.round())
            tell(_line(rounds[-1]))
        rounds.append(loop.end())
        tell(_line(rounds[-1]))
    except ServerError as error:
        rounds.append(Round(len(rounds), "broken", (), "", 0, 0, (str(error),)))
    finally:
        loop.close()
    return rounds


def under_way(rounds: Sequence[Round]) -> int:
    """How many of the kills fell into a refresh, neither before nor after it."""
    return sum(phase not in (START_UP, TOLD) for each in rounds for phase in each.phases)


def summary(rounds: Sequence[Round]) -> str:
    """The kills by the phase that they fell into, how long it took to be ready again, and what was wrong."""
    phases = Counter(phase for each in rounds for phase in each.phases)
    ready = sorted(each.ready_seconds for each in rounds if each.phases)
    outcomes = Counter(each.outcome for each in rounds if each.phases)
    problems = [f"round {each.number}: {problem}" for each in rounds for problem in each.problems]
    return "\n".join(
        [
            f"{phases.total()} kills, {under_way(rounds)} of them in a refresh: {_told(phases)}",
            f"the index afterwards: {_told(outcomes)}",
            f"ready again after {median(ready):.1f} s, at most {ready[-1]:.1f} s" if ready else "no kills",
            f"{len(problems)} problems",
            *problems,
        ]
    )


def _line(each: Round) -> str:
    phases = ", ".join(each.phases) or "no kill"
    state = f"{each.documents} documents, {each.outcome}, ready in {each.ready_seconds:.1f} s"
    return f"{each.number:4} {each.kind:9} {phases:22} {state}{''.join(f' !! {p}' for p in each.problems)}"


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.most_common())


def main() -> int:
    """Kills as often as asked; exit status 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20, help="how many are to fall into a refresh")
    parser.add_argument("--reports", type=Path, help="folder of reports that come and go beside our own")
    parser.add_argument("--models", type=Path, help="folder of prepared models; else they are prepared first")
    parser.add_argument("--work", type=Path, help="empty folder to work in, which is kept; else one that is deleted")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reformbot-kills-") as temporary:
        work = (arguments.work or Path(temporary)).resolve()
        setup = Setup(work / "index", (arguments.models or work / "models").resolve(), work)
        others = others_in(arguments.reports.resolve()) if arguments.reports else ()
        rounds = run_kills(
            setup,
            enough=lambda rounds: under_way(rounds) >= arguments.kills,
            tell=_say,
            others=others,
            seed=arguments.seed,
        )
    _say(summary(rounds))
    return 1 if any(each.problems for each in rounds) else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
