"""Which words of vectorstore/wording/alternatives.toml translations contradict: `python -m bench.alternatives FILE`.

FILE holds aligned sentences as vectorstore/lexicon_learning.py takes them. For each word, as printed, it is counted how
often it stands in a sentence, and how often another language says there only an opposite, or another thing of the
kind. What is contradicted often is ambiguous, or lacks a word in some language.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path

from vectorstore.paragraph import LANGUAGES
from vectorstore.wording.alternatives import alternatives_in, sort_of

Word = tuple[str, str, str]  # group, language, as printed
_SHOWN = 60
_FEWEST = 4  # contradictions


def contradictions(aligned: Mapping[str, str]) -> Iterator[tuple[Word, bool]]:
    """Each word of a sentence, and whether its translation into one other language contradicts it."""
    found = {language: _members(text, language) for language, text in aligned.items() if language in LANGUAGES}
    for source, target in permutations(found, 2):
        for group, words in found[source].items():
            theirs = found[target].get(group, {})
            others = theirs.keys() - words.keys() if sort_of(group) == "kinds" or len(theirs) == 1 else ()
            for member, printed in words.items():
                yield (group, source, printed), bool(others) and member not in theirs


def _members(text: str, language: str) -> Mapping[str, Mapping[int, str]]:
    members: dict[str, dict[int, str]] = defaultdict(dict)
    for one in alternatives_in(text, language):
        members[one.group].setdefault(one.member, text[one.start : one.end].casefold())
    return members


def main() -> None:
    """Reads the command line and prints the words that are contradicted most, with how often they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("aligned", type=Path)
    said, contradicted = Counter[Word](), Counter[Word]()
    for line in parser.parse_args().aligned.read_text(encoding="utf-8").splitlines():
        for word, is_contradicted in contradictions(json.loads(line)):
            said[word] += 1
            contradicted[word] += is_contradicted
    print(f"{contradicted.total() / said.total():.2%} of {said.total()} words are contradicted")
    often = [word for word, count in contradicted.items() if count >= _FEWEST]
    for word in sorted(often, key=lambda word: -contradicted[word] / said[word])[:_SHOWN]:
        print(f"{contradicted[word]:5} of {said[word]:6}  {'  '.join(word)}")


if __name__ == "__main__":
    main()
