"""Figures, dates and commitments in which two versions of a paragraph differ."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest.rows import BETWEEN_CELLS
from ingest.statements import Sentence
from vectorstore.wording.commitments import commitment_in
from vectorstore.wording.mentions import Mention

ValueKind = Literal["figure", "date", "commitment"]
Said = Counter[tuple[str, str]]
_Spot = tuple[Sentence, Mention]

# A figure is shown with the words that follow it, up to three, or eight Chinese characters; where only words of
# grammar follow, with one more ("11 of the 18"), and where a sign does, with the two words before.
_FOLLOWING = re.compile(r"(?:\s?[\u3400-\u9fff]{1,8}|(?:[ \u00a0-][^\W\d_](?:[\w'’-]*\w)?){1,3})")
_FURTHER = re.compile(_FOLLOWING.pattern + r"[ \u00a0]\w+")
_PRECEDING = re.compile(r"(?:[^\W\d_][\w'’-]*[ \u00a0]){1,2}$|[\u3400-\u9fff]{1,4}\s?$")
# Words of grammar, which make no good end: short ones, and some longer ones of the Latin and Cyrillic languages.
_FUNCTION_WORD = re.compile(
    r"(?:[ \u00a0-](?:[^\W_]{1,3}|from|with|than|that|into|over|were|have|been|which|compared|pour|dans|avec|contre"
    r"|para|entre|desde|como|года|году|годах|было|были|среди))+$"
)
_CONTENT = 4  # letters; shorter words are mostly of grammar
_CHINESE = re.compile("[\u3400-\u9fff]")
_UNIT = re.compile(r"[^\d.-]*$")


@dataclass(frozen=True)
class ChangedValue:
    """What a paragraph said and what it says now, word for word; None where it did not or does not any more.

    A figure with the words that follow it ("25 Common Country Analyses"), a date, or the sentence that commits.
    """

    kind: ValueKind
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Finding:
    """A changed value and the sentences that it stands in."""

    value: ChangedValue
    before: Sentence | None
    after: Sentence | None


@dataclass
class Difference:
    """The sentences in which two versions of a paragraph differ: altered ones in pairs, those gone, and new ones."""

    altered: list[tuple[Sentence, Sentence]] = field(default_factory=list)
    gone: list[Sentence] = field(default_factory=list)
    new: list[Sentence] = field(default_factory=list)

    @property
    def before(self) -> list[Sentence]:
        """All its sentences of the older version."""
        return [*(old for old, _ in self.altered), *self.gone]

    @property
    def after(self) -> list[Sentence]:
        """All its sentences of the newer version."""
        return [*(new for _, new in self.altered), *self.new]


def said_in(sentences: Iterable[Sentence]) -> Said:
    """How often each figure and date stands in sentences."""
    return Counter((mention.kind, mention.value) for sentence in sentences for mention in sentence.mentions)


def findings(difference: Difference, said_before: Said, said_after: Said) -> tuple[Finding, ...]:
    """What changed, in the order of the newer version, each once; what is gone without a successor comes last.

    `said_before` and `said_after` count all figures and dates of the paragraphs compared: one that still stands as
    often as before, in another sentence, is no change.
    """
    found = [*_of_values(difference, said_before, said_after), *_of_commitments(difference)]
    ordered = sorted(found, key=lambda each: (each.after is None, (each.after or each.before or _NOWHERE).start))
    return tuple({each.value: each for each in reversed(ordered)}.values())[::-1]


def kinds_in(sentences: Iterable[Sentence]) -> frozenset[ValueKind]:
    """Whether sentences hold figures, dates and commitments."""
    kinds: set[ValueKind] = set()
    for sentence in sentences:
        kinds |= {mention.kind for mention in sentence.mentions}
        kinds |= {"commitment"} if commitment_in(sentence.text, sentence.language) else set()
    return frozenset(kinds)


_NOWHERE = Sentence(0, 0, 0, "", "en")


def _of_values(difference: Difference, said_before: Said, said_after: Said) -> Iterator[Finding]:
    then, now = (
        [(s, m) for s in difference.gone for m in s.mentions],
        [(s, m) for s in difference.new for m in s.mentions],
    )
    for old, new in difference.altered:
        if old.shape == new.shape and len(old.mentions) == len(new.mentions):
            spots = zip(old.mentions, new.mentions, strict=True)
            yield from (_finding((old, one), (new, other)) for one, other in spots if one.value != other.value)
        else:
            then += [(old, mention) for mention in old.mentions]
            now += [(new, mention) for mention in new.mentions]
    lost, won = _left(then, now, said_before, said_after), _left(now, then, said_after, said_before)
    yield from _paired(lost, won, {(old, new) for old, new in difference.altered})


def _left(spots: Sequence[_Spot], others: Sequence[_Spot], said_here: Said, said_there: Said) -> list[_Spot]:
    """The figures and dates on one side that the other does not have."""
    there = Counter((mention.kind, mention.value) for _, mention in others)
    surplus = said_here - said_there
    left = []
    for sentence, mention in spots:
        key = (mention.kind, mention.value)
        if there[key]:
            there[key] -= 1
        elif surplus[key]:
            surplus[key] -= 1
            left.append((sentence, mention))
    return left


def _paired(lost: Sequence[_Spot], won: Sequence[_Spot], altered: set[tuple[Sentence, Sentence]]) -> Iterator[Finding]:
    """Each new value with the one that it took the place of, as far as sentence, unit and words around tell."""
    free = list(lost)
    for spot in won:
        scores = [_likeness(old, spot, altered) for old in free]
        best = max(range(len(free)), key=scores.__getitem__, default=None)
        yield _finding(free.pop(best) if best is not None and scores[best] > 0 else None, spot)
    yield from (_finding(spot, None) for spot in free)


def _likeness(old: _Spot, new: _Spot, altered: set[tuple[Sentence, Sentence]]) -> int:
    if old[1].kind != new[1].kind or _form(old[1]) != _form(new[1]):
        return 0
    shared = set(_around(*old)) & set(_around(*new))
    return 2 * ((old[0], new[0]) in altered) + len(shared)


def _form(mention: Mention) -> str:
    """What two values must have in common to be compared: the unit of a figure, how exact a date is."""
    if mention.kind == "date":
        return re.sub(r"\d", "0", mention.value.split("/")[0].replace("--", "0000-"))
    return next(iter(_UNIT.findall(mention.value)), "")


def _around(sentence: Sentence, mention: Mention) -> list[str]:
    before = re.findall(r"\w+", sentence.text[: mention.start].casefold())[-2:]
    return [*before, *re.findall(r"\w+", _following(sentence, mention).casefold())]


def _finding(old: _Spot | None, new: _Spot | None) -> Finding:
    kind = (new or old or (_NOWHERE, Mention("figure", "", 0, 0)))[1].kind
    value = ChangedValue(kind, _phrase(*old) if old else None, _phrase(*new) if new else None)
    return Finding(value, old[0] if old else None, new[0] if new else None)


def _phrase(sentence: Sentence, mention: Mention) -> str:
    """A value as printed: a figure with the words after it, in a table after what heads its row."""
    printed = sentence.text[mention.start : mention.end].strip()
    if mention.kind == "figure":
        printed = _with_words(sentence, mention, printed)
    head, _, rest = sentence.text.partition(BETWEEN_CELLS)
    return f"{head.strip()} … {printed}" if rest and mention.start > len(head) else printed


def _with_words(sentence: Sentence, mention: Mention, printed: str) -> str:
    if following := _following(sentence, mention):
        return printed + following
    if not mention.value.isdecimal():
        return printed
    if further := _FURTHER.match(sentence.text, mention.end):
        return printed + further.group()
    before = _PRECEDING.search(sentence.text[: mention.start])
    return f"{before.group()}{printed}" if before else printed


def _following(sentence: Sentence, mention: Mention) -> str:
    found = _FOLLOWING.match(sentence.text, mention.end)
    return _FUNCTION_WORD.sub("", found.group()) if found else ""


def _of_commitments(difference: Difference) -> Iterator[Finding]:
    for old, new in difference.altered:
        if _commits_otherwise(old, new):
            yield _of_sentences(old, new)
    yield from (_of_sentences(None, new) for new in difference.new if commitment_in(new.text, new.language))
    yield from (_of_sentences(old, None) for old in difference.gone if commitment_in(old.text, old.language))


def _commits_otherwise(old: Sentence, new: Sentence) -> bool:
    """Whether one of two sentences commits, and the other not, or less, or to something else."""
    then, now = (commitment_in(sentence.text, sentence.language) for sentence in (old, new))
    if then != now:
        return True
    return then is not None and old.shape != new.shape and _content(old) != _content(new)


def _content(sentence: Sentence) -> frozenset[str]:
    return frozenset(word for word in sentence.words if len(word) >= _CONTENT or _CHINESE.match(word))


def _of_sentences(old: Sentence | None, new: Sentence | None) -> Finding:
    before, after = (sentence.text if sentence else None for sentence in (old, new))
    return Finding(ChangedValue("commitment", before, after), old, new)
