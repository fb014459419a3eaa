"""What a claim limits otherwise than its sentences: "only", "no longer", "exactly", "wholly", "inevitably"."""

from collections.abc import Iterator

from bot.claims.alignment import Aligned
from bot.claims.evidence import Kind, Problem
from vectorstore.wording.limits import is_alone_in, limits_in, only_judges

# Of what the best sentence says of a claim, from which on another says the same matter, and may say "only" of it.
_SAME_SENTENCE = 0.75
_HALF = 0.5
# What a claim says where its sentences say the other, and what sort of problem that is.
_OPPOSITES: tuple[tuple[str, str, Kind], ...] = (
    ("not only", "only", "negation"),
    ("only", "not only", "negation"),
    ("already", "not yet", "negation"),
    ("no longer", "still", "negation"),
    ("still", "no longer", "negation"),
    ("exactly", "about", "strength"),
    ("wholly", "partly", "strength"),
    ("surely", "perhaps", "strength"),
)


def problems(claim: str, language: str, aligned: Aligned) -> Iterator[Problem]:
    """Where a claim limits what the sentences that it speaks of do not limit, or limit in the opposite way."""
    ours = limits_in(claim, language)
    if not ours:
        return
    best = [one.in_its_list for one in aligned.spoken if one.share >= _SAME_SENTENCE]
    theirs = frozenset[str]().union(*(limits_in(one.text, one.language) for one in best))
    for name, opposite, kind in _OPPOSITES:
        if name in ours - theirs and opposite in theirs - ours:
            yield Problem(kind, claim)
    if "only" in ours and not only_judges(claim, language):
        near = (one.in_its_list for one in aligned.spoken if one.share >= _HALF)
        if not any(is_alone_in(one.text, one.language) for one in near):
            yield Problem("strength", claim)
