"""Which paragraph of one edition is which of the other, and the sentences in which they differ."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.aligning import Alignment
from ingest.findings import Difference
from ingest.statements import Sentence

# Of what a paragraph says, how much must stand in one of the other edition for the two to be the same paragraph.
_SHARE = 0.3

Ends = tuple[int | None, int | None]


@dataclass(frozen=True)
class Counterparts:
    """Which paragraph of the older edition each one was (`then`), and which of the newer it is `now`, by indexes."""

    then: Mapping[int, int]
    now: Mapping[int, int]


def counterparts(found: Alignment) -> Counterparts:
    """The paragraph of the other edition that each one shares most with, where that is enough to be the same."""
    shared: Counter[tuple[int, int]] = Counter()
    for i, j in (*found.same, *found.altered):
        one, other = found.before[i], found.after[j]
        shared[one.paragraph, other.paragraph] += min(len(one.key), len(other.key))
    then, now = dict[int, int](), dict[int, int]()
    lengths = [_lengths(sentences) for sentences in (found.before, found.after)]
    for (old, new), length in sorted(shared.items(), key=lambda each: each[1]):
        if length >= _SHARE * lengths[1][new]:
            then[new] = old
        if length >= _SHARE * lengths[0][old]:
            now[old] = new
    return Counterparts(then, now)


def _lengths(sentences: Iterable[Sentence]) -> Counter[int]:
    lengths: Counter[int] = Counter()
    for sentence in sentences:
        lengths[sentence.paragraph] += len(sentence.key)
    return lengths


def differences(found: Alignment, counter: Counterparts) -> Mapping[Ends, Difference]:
    """The sentences that differ, by the two paragraphs that they stand in: None where the other edition has none."""
    found_in: dict[Ends, Difference] = defaultdict(Difference)
    for i, j in found.altered:
        one, other = found.before[i], found.after[j]
        found_in[one.paragraph, other.paragraph].altered.append((one, other))
    for sentence in (found.before[i] for i in found.gone):
        found_in[sentence.paragraph, counter.now.get(sentence.paragraph)].gone.append(sentence)
    for sentence in (found.after[j] for j in found.new):
        found_in[counter.then.get(sentence.paragraph), sentence.paragraph].new.append(sentence)
    return found_in
