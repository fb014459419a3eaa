"""The lexical index: our tokens in SQLite's FTS5, which ranks them with BM25."""

import json
import sqlite3
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import accumulate
from pathlib import Path
from sys import intern

from vectorstore.bm25 import Statistics
from vectorstore.recent import Recent

# https://www.sqlite.org/fts5.html#unicode61_tokenizer: what our tokens hold besides letters and digits.
_TOKENIZER = "unicode61 remove_diacritics 0 tokenchars './,-''’'"
# Passages that are ranked for a question: further tokens, all of them more common, tell little and cost much. Where the
# rarest is more common by itself, the passages that were added last are ranked.
_RANKED = 1000
_TOKENS_KEPT = 30_000  # passages, of those read lately, whose tokens are kept; some 30 MB


class LexicalIndex:
    """One generation's lexical index, read only; each call has a connection to itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()  # those that no call has now; a new one costs as much as a call
        self._tokens: Recent[str, Sequence[str]] = Recent(_TOKENS_KEPT)
        self._sizes: dict[str, tuple[int, float]] = {}  # of its shelves, which never change

    def close(self) -> None:
        """Lets go of the file."""
        while self._idle:
            self._idle.pop().close()

    def best(
        self, shelf: str, frequencies: Mapping[str, int], *, limit: int, within: Sequence[str] | None = None
    ) -> tuple[str, ...]:
        """The passages that match the rarer of some tokens best, at most `limit`, best first.

        `frequencies` tell in how many passages each token stands, as `statistics` has them.
        """
        wanted = _rarest(frequencies)
        if not wanted:
            return ()
        with self._connect() as connection:
            match = " OR ".join(map(_quoted, wanted))
            # SQLite leaves the order of a cross join: what matches is looked up among the documents, not the reverse.
            places = "" if within is None else f'CROSS JOIN places ON places.id = "{shelf}".rowid'
            kept = "" if within is None else "AND document_id IN (SELECT value FROM json_each(?))"
            ranked = (
                f'SELECT "{shelf}".rowid AS id, bm25("{shelf}") AS distance FROM "{shelf}" {places} '
                f'WHERE "{shelf}" MATCH ? {kept} ORDER BY "{shelf}".rowid DESC LIMIT {_RANKED}'
            )
            first = f"SELECT * FROM ({ranked}) ORDER BY distance LIMIT ?"
            query = f"SELECT passage_id FROM ({first}) JOIN places USING (id) ORDER BY distance"
            parameters = [match, *([] if within is None else [json.dumps(list(within))]), limit]
            return tuple(row[0] for row in connection.execute(query, parameters))

    def tokens(self, shelf: str, passage_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The tokens of passages of a shelf, in order."""
        return self._tokens.of(passage_ids, partial(self._read_tokens, shelf))

    def _read_tokens(self, shelf: str, passage_ids: list[str]) -> Mapping[str, Sequence[str]]:
        query = (
            f'SELECT passage_id, tokens FROM places JOIN "{shelf}" ON "{shelf}".rowid = places.id '
            "WHERE shelf = ? AND passage_id IN (SELECT value FROM json_each(?))"
        )
        with self._connect() as connection:
            if not _has_table(connection, shelf):
                return {}
            rows = connection.execute(query, (shelf, json.dumps(passage_ids)))
            return {passage_id: tuple(map(intern, tokens.split())) for passage_id, tokens in rows}

    def count(self, shelf: str, within: Sequence[str] | None = None) -> int:
        """How many passages stand on a shelf, or how many of some documents."""
        with self._connect() as connection:
            if within is None:
                return self._size(connection, shelf)[0]
            query = "SELECT count(*) FROM places WHERE shelf = ? AND document_id IN (SELECT value FROM json_each(?))"
            [count] = connection.execute(query, (shelf, json.dumps(list(within)))).fetchone()
            return int(count)

    def statistics(self, shelf: str, tokens: Iterable[str]) -> Statistics:
        """How common these tokens are on a shelf, and how long its passages."""
        with self._connect() as connection:
            passages, length = self._size(connection, shelf)
            return Statistics(passages, length, _frequencies(connection, shelf, tokens))

    def _size(self, connection: sqlite3.Connection, shelf: str) -> tuple[int, float]:
        if shelf not in self._sizes:
            query = "SELECT count(*), coalesce(avg(length), 0) FROM places WHERE shelf = ?"
            self._sizes[shelf] = connection.execute(query, (shelf,)).fetchone()
        return self._sizes[shelf]

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, check_same_thread=False)
        try:
            yield connection
        finally:
            self._idle.append(connection)


class LexicalWriter:
    """Writes a generation's lexical index; nothing is there before `commit`."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS places "
            "(id INTEGER PRIMARY KEY, shelf TEXT, passage_id TEXT, document_id TEXT, length INTEGER)"
        )
        self._connection.execute("CREATE INDEX IF NOT EXISTS places_by_document ON places (document_id)")
        self._connection.execute("CREATE INDEX IF NOT EXISTS places_by_passage ON places (shelf, passage_id)")
        # FTS5's own vocabulary counts a token's passages anew each time that it is asked.
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS words "
            "(shelf TEXT, token TEXT, passages INTEGER, PRIMARY KEY (shelf, token)) WITHOUT ROWID"
        )
        self._words: Counter[tuple[str, str]] = Counter()  # by shelf and token, in how many passages more or less

    def remove(self, shelf: str, document_ids: Sequence[str]) -> None:
        """Takes documents off a shelf."""
        for document_id in document_ids:
            rows = self._connection.execute(
                f'SELECT id, tokens FROM places JOIN "{shelf}" ON "{shelf}".rowid = id '
                "WHERE document_id = ? AND shelf = ?",
                (document_id, shelf),
            ).fetchall()
            self._words.subtract((shelf, token) for _, tokens in rows for token in set(tokens.split()))
            places = [(place,) for place, _ in rows]
            self._connection.executemany(f'DELETE FROM "{shelf}" WHERE rowid = ?', places)
            self._connection.executemany("DELETE FROM places WHERE id = ?", places)

    def add(self, shelf: str, passages: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        """Puts passages on a shelf, each with its id, its document's id and its tokens."""
        if not _has_table(self._connection, shelf):
            self._connection.execute(f'CREATE VIRTUAL TABLE "{shelf}" USING fts5(tokens, tokenize="{_TOKENIZER}")')
        for passage_id, document_id, tokens in passages:
            place = self._connection.execute(
                "INSERT INTO places (shelf, passage_id, document_id, length) VALUES (?, ?, ?, ?)",
                (shelf, passage_id, document_id, len(tokens)),
            )
            self._connection.execute(
                f'INSERT INTO "{shelf}" (rowid, tokens) VALUES (?, ?)',
                (place.lastrowid, " ".join(tokens)),
            )
            self._words.update((shelf, token) for token in set(tokens))

    def counts(self) -> Mapping[str, int]:
        """How many passages stand on each shelf."""
        return dict(self._connection.execute("SELECT shelf, count(*) FROM places GROUP BY shelf").fetchall())

    def commit(self) -> None:
        """Keeps what was written."""
        self._connection.executemany(
            "INSERT INTO words VALUES (?, ?, ?) "
            "ON CONFLICT (shelf, token) DO UPDATE SET passages = passages + excluded.passages",
            ((*word, passages) for word, passages in self._words.items()),
        )
        self._connection.execute("DELETE FROM words WHERE passages = 0")
        self._words.clear()
        self._connection.commit()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()


def _has_table(connection: sqlite3.Connection, shelf: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (shelf,)).fetchone() is not None


def _frequencies(connection: sqlite3.Connection, shelf: str, tokens: Iterable[str]) -> dict[str, int]:
    """In how many passages of a shelf each token stands; those that stand in none are left out."""
    query = "SELECT token, passages FROM words WHERE shelf = ? AND token IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (shelf, json.dumps(list(tokens)))).fetchall())


def _rarest(frequencies: Mapping[str, int]) -> list[str]:
    """The rarest tokens, at least one, that together stand in not too many passages."""
    ordered = sorted(frequencies, key=lambda token: (frequencies[token], token))
    sums = accumulate(frequencies[token] for token in ordered)
    return [
        token
        for place, (token, ranked) in enumerate(zip(ordered, sums, strict=True))
        if place == 0 or ranked <= _RANKED
    ]


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
