"""Searches in processes of their own: however many threads one has, its Python computes on one core at a time."""

import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait

from threadpoolctl import threadpool_limits

from bot.claims.terms import glossary_terms
from bot.operations.memory import share_arenas
from vectorstore.candidates import Query
from vectorstore.catalogue import Catalogue
from vectorstore.ideas import Translator
from vectorstore.lexicon import bundled_lexicon
from vectorstore.library import GENERATIONS
from vectorstore.reranking import Finder
from vectorstore.search import Filters, Found, Search
from vectorstore.settings import IndexSettings
from vectorstore.stages import Note, noted, retold
from vectorstore.store import Generation

_log = logging.getLogger(__name__)


class SearchProcesses:
    """Finds what another search finds, in as many processes; to be closed.

    Until they are ready, and where one has died, that search does it in this process. They open generations that are
    current or have been: one in the making is not for them.
    """

    def __init__(self, search: Finder, settings: IndexSettings, count: int) -> None:
        self._search = search
        self._settings = settings
        self._count = count
        self._lock = threading.Lock()
        self._executor, self._ready = self._start()

    @property
    def is_ready(self) -> bool:
        """Whether they search; where they cannot be started they never will."""
        return self._ready.done() and not self._ready.cancelled() and not self._ready.exception()

    def prepare(self, text: str, language: str) -> Query:
        """A question, written in `language`, made ready."""
        return self._search.prepare(text, language)

    def find(self, generation: Generation, query: Query, *, filters: Filters, limit: int) -> tuple[Found, ...]:
        """The best paragraphs, best first, each once."""
        executor = self._executor
        if not self.is_ready:
            return self._search.find(generation, query, filters=filters, limit=limit)
        try:
            found, notes = executor.submit(_find, generation.generation_id, query, filters, limit).result()
        except BrokenProcessPool:
            self._replace(executor)
            return self._search.find(generation, query, filters=filters, limit=limit)
        retold(notes)
        return found

    def close(self) -> None:
        """Ends the processes."""
        self._executor.shutdown(cancel_futures=True)

    def _start(self) -> tuple[ProcessPoolExecutor, Future[None]]:
        """Starts processes, and tells when the first is ready: at about the same time as the others."""
        executor = ProcessPoolExecutor(self._count, multiprocessing.get_context("spawn"), _begin, (self._settings,))
        ready = [executor.submit(_is_ready) for _ in range(self._count)][-1]
        ready.add_done_callback(_told_if_failed)
        return executor, ready

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Starts others, once."""
        with self._lock:
            if self._executor is broken:
                _log.warning("A search process has died, for want of memory perhaps: others are started.")
                self._executor, self._ready = self._start()
                broken.shutdown(wait=False)


def _told_if_failed(ready: Future[None]) -> None:
    if not ready.cancelled() and (error := ready.exception()):
        _log.error("The search processes cannot be started, so the server searches by itself: %s", error)


class _Searcher:
    """The search of one process, with the generation that was asked for last, open."""

    def __init__(self, settings: IndexSettings) -> None:
        self._folder = settings.path / GENERATIONS
        self._catalogue = Catalogue(settings.catalogue_url)
        self._search = Search(self._catalogue, {}, Translator(bundled_lexicon(), glossary_terms()))
        self._generation: Generation | None = None

    def find(self, generation_id: str, query: Query, filters: Filters, limit: int) -> tuple[Found, ...]:
        """The best paragraphs of a generation."""
        return self._search.find(self._opened(generation_id), query, filters=filters, limit=limit)

    def _opened(self, generation_id: str) -> Generation:
        if self._generation and self._generation.generation_id == generation_id:
            return self._generation
        if self._generation:
            self._generation.close()
            self._generation = None
        records = {record.document_id: record for record in self._catalogue.documents(generation_id)}
        kept = self._catalogue.generation(generation_id)
        self._generation = Generation(self._folder / generation_id, kept, records)
        return self._generation


_at_work: list[_Searcher] = []  # one, in a search process


def _begin(settings: IndexSettings) -> None:
    """Makes a process ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt from the terminal comes to all; the server ends these
    share_arenas()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threadpool_limits(limits=1, user_api="blas")
    _at_work.append(_Searcher(settings))


def _end_with_parent() -> None:
    """Ends this process when the server has ended in whatever way: nobody else would."""
    parent = multiprocessing.parent_process()
    assert parent
    wait([parent.sentinel])
    os._exit(0)


def _is_ready() -> None:
    """Is there to be asked for."""


def _find(generation_id: str, query: Query, filters: Filters, limit: int) -> tuple[tuple[Found, ...], list[Note]]:
    with noted() as notes:
        found = _at_work[0].find(generation_id, query, filters, limit)
    return found, notes
