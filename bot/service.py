"""One index folder at work in this process: its library, its models, its worker, and what answers from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from langchain_core.embeddings import Embeddings
from threadpoolctl import threadpool_limits

from bot.access.keys import Keys
from bot.answering import Answering
from bot.answers.feedback import Feedback
from bot.answers.writer import Writer
from bot.claims.terms import glossary_terms
from bot.conversation import Conversations, PassingConversations
from bot.evaluation.golden import OneGeneration, turned_wrong
from bot.found.reading import Reader
from bot.model.breaker import Breaker
from bot.model.calls import ModelCalls
from bot.model.chat_model import load_chat_model
from bot.operations.metrics import count_refresh
from bot.operations.search_processes import SearchProcesses
from bot.settings import BotSettings
from bot.verify import Verifier
from ingest.fetch import Fetcher, FetchLimits
from ingest.fetch_list import read_list
from ingest.intake import Intake
from ingest.plan import Change
from ingest.sandbox import Limits
from ingest.sync import Refresher
from ingest.watch import mirror_of
from ingest.worker import RefreshWorker
from vectorstore.asked_lately import RememberingSearch
from vectorstore.catalogue import Catalogue
from vectorstore.ideas import Translator
from vectorstore.lexicon import bundled_lexicon
from vectorstore.library import Library
from vectorstore.models import load_embeddings, model_fingerprint
from vectorstore.reranking import Finder, RerankedSearch, load_reranker
from vectorstore.search import Search
from vectorstore.sentence_encoder import sentence_encoder
from vectorstore.settings import IndexSettings
from vectorstore.store import DENSE, SECOND

OPTIONAL_PARTS = ("chat_model",)  # without which questions are answered all the same, if less well
_FETCHED = "fetched"  # the folder of what was fetched, in the index folder


@dataclass(frozen=True)
class Service:
    """The parts joined, for the edges to use; to be closed by whoever built it."""

    index_settings: IndexSettings
    bot_settings: BotSettings
    catalogue: Catalogue
    keys: Keys
    library: Library
    models: Mapping[str, Embeddings]
    search: Finder
    conversations: Conversations
    feedback: Feedback
    answering: Answering
    reader: Reader
    verifier: Verifier
    worker: RefreshWorker
    sources: Callable[[], Change]
    search_processes: SearchProcesses | None
    breaker: Breaker | None  # of the chat model, where there is one

    def parts(self, *, catalogue_answers: bool) -> dict[str, bool]:
        """Which parts are ready to work, told at once: whether the catalogue answers is for the caller to find out."""
        chat_model = {"chat_model": not self.breaker.is_shut} if self.breaker else {}
        return {
            "catalogue": catalogue_answers,
            "index": self.library.is_open,
            "models": bool(self.models),
            "refresh": self.worker.is_alive,
            **chat_model,
        }

    def close(self) -> None:
        """Ends the work under way and lets go of the folder."""
        self.library.stop_rebuild()  # a refresh may be waiting for it
        self.worker.stop()
        if self.search_processes:
            self.search_processes.close()
        self.library.close()
        self.catalogue.close()


def build_service(index: IndexSettings, bot: BotSettings, *, search_processes: int = 0) -> Service:
    """The service of one index folder, which the caller must own; its worker runs.

    It searches in so many processes beside this one, in this one where there are none.

    Raises ModelError, ChatModelError, CatalogueError or OtherModelError, whose sentences say what to mend.
    """
    index.path.mkdir(parents=True, exist_ok=True)
    # Questions are answered side by side: threads within one product of vectors cost the others more than they save.
    threadpool_limits(limits=1, user_api="blas")
    dense, second = load_embeddings(index), sentence_encoder()
    models: Mapping[str, Embeddings] = {DENSE: dense, SECOND: second}
    reranker = load_reranker(index)
    catalogue = Catalogue(index.catalogue_url)
    library = Library(index.path, catalogue, model_fingerprint(index, dense))
    translator = Translator(bundled_lexicon(), glossary_terms())
    verifier, reader = Verifier(translator), Reader(catalogue, models, translator)
    here: Finder = Search(catalogue, models, translator)
    processes = SearchProcesses(here, index, search_processes) if search_processes else None
    search, search_here = (RerankedSearch(one, reranker) if reranker else one for one in (processes or here, here))
    search = RememberingSearch(search)
    conversations = Conversations(catalogue, days=bot.conversation_days, answer_days=bot.answer_days)
    chat_model = load_chat_model(bot)
    breaker = Breaker() if chat_model else None
    writer = Writer(ModelCalls(chat_model, bot.model_limits, breaker)) if chat_model and breaker else None
    ready = partial(
        Answering,
        reader=reader,
        writer=writer,
        verifier=verifier,
        model_name=bot.model,
    )
    intake = Intake(catalogue, models, count_tokens=second.count_tokens, limits=Limits(), folder=index.path)
    fetcher = Fetcher(
        index.path / _FETCHED, allowed=index.fetch_hosts, limits=FetchLimits(), template=index.fetch_address
    )

    def in_passing(one: OneGeneration) -> Answering:
        return ready(one, search=search_here, conversations=PassingConversations())

    gate = partial(turned_wrong, in_passing)
    worker = RefreshWorker(catalogue, Refresher(library, intake, fetcher, gate))
    worker.subscribe(count_refresh)
    worker.start()
    return Service(
        index_settings=index,
        bot_settings=bot,
        catalogue=catalogue,
        keys=Keys(catalogue),
        library=library,
        models=models,
        search=search,
        conversations=conversations,
        feedback=Feedback(catalogue, conversations),
        answering=ready(library, search=search, conversations=conversations),
        reader=reader,
        verifier=verifier,
        worker=worker,
        sources=partial(_sources, index),
        search_processes=processes,
        breaker=breaker,
    )


def _sources(index: IndexSettings) -> Change:
    """What the settings say that the index mirrors. Raises ListError where the list of what to fetch is wrong."""
    if index.fetch_list is None:
        return mirror_of(index.folders)
    return mirror_of(index.folders, read_list(index.fetch_list), index.path / _FETCHED)
