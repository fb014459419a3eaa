"""The lexical index: how common its words are, as passages come and go."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from vectorstore.lexical import LexicalIndex, LexicalWriter

SHELF = "en-public-current"
LEVY = ("p1", "d1", ["levy", "levy", "fund"])
FUND = ("p2", "d2", ["fund", "71/243"])
TEAM = ("p3", "d3", ["country", "team", "71/243"])


def written(path: Path, *passages: tuple[str, str, Sequence[str]], gone: Sequence[str] = ()) -> LexicalIndex:
    with closing(LexicalWriter(path)) as writer:
        writer.remove(SHELF, gone)
        writer.add(SHELF, passages)
        writer.commit()
    return LexicalIndex(path)


def test_a_word_counts_once_a_passage(tmp_path: Path) -> None:
    index = written(tmp_path / "one.sqlite", LEVY, FUND)
    assert index.statistics(SHELF, ["levy", "fund", "71/243", "absent"]).frequencies == {
        "levy": 1,
        "fund": 2,
        "71/243": 1,
    }
    assert index.statistics("fr-public-current", ["levy"]).frequencies == {}


def test_words_are_as_common_after_changes_as_in_an_index_made_anew(tmp_path: Path) -> None:
    written(tmp_path / "changed.sqlite", LEVY, FUND)
    changed = written(tmp_path / "changed.sqlite", TEAM, gone=["d1"])
    anew = written(tmp_path / "anew.sqlite", FUND, TEAM)
    words = ["levy", "fund", "71/243", "country"]
    assert changed.statistics(SHELF, words) == anew.statistics(SHELF, words)
    assert changed.best(SHELF, {"levy": 1}, limit=3) == ()
    assert changed.best(SHELF, {"71/243": 2}, limit=3) == anew.best(SHELF, {"71/243": 2}, limit=3)
