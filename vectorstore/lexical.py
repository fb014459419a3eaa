"""The lexical index: our tokens in SQLite's FTS5, which ranks them with BM25."""

import json
import math
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

# https://www.sqlite.org/fts5.html#unicode61_tokenizer: what our tokens hold besides letters and digits.
_TOKENIZER = "unicode61 remove_diacritics 0 tokenchars './,-''’'"
_WIDEST = 64  # tokens asked for at most; those of a long question beyond the rarest add little


class LexicalIndex:
    """One generation's lexical index, read only; each call has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def best(
        self, shelf: str, tokens: Iterable[str], *, limit: int, within: Sequence[str] | None = None
    ) -> Mapping[str, float]:
        """The passages that share tokens with a question and their BM25 scores, best first."""
        return self._rank(shelf, tokens, limit=limit, column="document_id", values=within)

    def scores(self, shelf: str, tokens: Iterable[str], passage_ids: Sequence[str]) -> Mapping[str, float]:
        """The BM25 scores of these very passages; one that shares no token is left out."""
        return self._rank(shelf, tokens, limit=len(passage_ids), column="passage_id", values=passage_ids)

    def rarity(self, shelf: str, tokens: Iterable[str]) -> Mapping[str, float]:
        """How rare each token is on a shelf: its inverse document frequency, from 0 for one that is everywhere."""
        wanted = set(tokens)
        if not wanted:
            return {}
        with self._connect() as connection:
            if not _has_table(connection, shelf):
                return {}
            total = connection.execute("SELECT count(*) FROM places WHERE shelf = ?", (shelf,)).fetchone()[0]
            return {token: math.log1p(total / (1 + _frequency(connection, shelf, token))) for token in wanted}

    def _rank(
        self, shelf: str, tokens: Iterable[str], *, limit: int, column: str, values: Sequence[str] | None
    ) -> Mapping[str, float]:
        rarest = sorted(self.rarity(shelf, tokens).items(), key=lambda item: (-item[1], item[0]))[:_WIDEST]
        if not rarest:
            return {}
        match = " OR ".join('"' + token.replace('"', '""') + '"' for token, _ in rarest)
        with self._connect() as connection:
            kept = "" if values is None else f" AND {column} IN (SELECT value FROM json_each(?))"
            query = (
                f'SELECT passage_id, -bm25("{shelf}") FROM "{shelf}" JOIN places ON places.id = "{shelf}".rowid '
                f'WHERE "{shelf}" MATCH ?{kept} ORDER BY bm25("{shelf}") LIMIT ?'
            )
            parameters = [match, *([] if values is None else [json.dumps(list(values))]), limit]
            return dict(connection.execute(query, parameters).fetchall())

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)) as connection:
            yield connection


class LexicalWriter:
    """Writes a generation's lexical index; nothing is there before `commit`."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS places (id INTEGER PRIMARY KEY, shelf TEXT, passage_id TEXT, document_id TEXT)"
        )
        self._connection.execute("CREATE INDEX IF NOT EXISTS places_by_document ON places (document_id)")
        self._connection.execute("CREATE INDEX IF NOT EXISTS places_by_shelf ON places (shelf)")

    def remove(self, shelf: str, document_ids: Sequence[str]) -> None:
        """Takes documents off a shelf."""
        for document_id in document_ids:
            rows = self._connection.execute(
                "SELECT id FROM places WHERE document_id = ? AND shelf = ?", (document_id, shelf)
            ).fetchall()
            self._connection.executemany(f'DELETE FROM "{shelf}" WHERE rowid = ?', rows)
            self._connection.executemany("DELETE FROM places WHERE id = ?", rows)

    def add(self, shelf: str, passages: Iterable[tuple[str, str, Sequence[str]]]) -> None:
        """Puts passages on a shelf, each with its id, its document's id and its tokens."""
        if not _has_table(self._connection, shelf):
            self._connection.execute(f'CREATE VIRTUAL TABLE "{shelf}" USING fts5(tokens, tokenize="{_TOKENIZER}")')
            self._connection.execute(f"CREATE VIRTUAL TABLE \"{shelf}-words\" USING fts5vocab('{shelf}', 'row')")
        for passage_id, document_id, tokens in passages:
            place = self._connection.execute(
                "INSERT INTO places (shelf, passage_id, document_id) VALUES (?, ?, ?)", (shelf, passage_id, document_id)
            )
            self._connection.execute(
                f'INSERT INTO "{shelf}" (rowid, tokens) VALUES (?, ?)',
                (place.lastrowid, " ".join(tokens)),
            )

    def counts(self) -> Mapping[str, int]:
        """How many passages stand on each shelf."""
        return dict(self._connection.execute("SELECT shelf, count(*) FROM places GROUP BY shelf").fetchall())

    def commit(self) -> None:
        """Keeps what was written."""
        self._connection.commit()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()


def _has_table(connection: sqlite3.Connection, shelf: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (shelf,)).fetchone() is not None


def _frequency(connection: sqlite3.Connection, shelf: str, token: str) -> int:
    row = connection.execute(f'SELECT doc FROM "{shelf}-words" WHERE term = ?', (token,)).fetchone()
    return row[0] if row else 0
