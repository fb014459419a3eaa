"""One index folder at work in this process: its library, its models, its worker, and what answers from them."""

from collections.abc import Mapping
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from bot.answering import Answering
from bot.chat_model import load_chat_model
from bot.conversation import Conversations
from bot.generative import Writer
from bot.reading import Reader
from bot.settings import BotSettings
from ingest.sandbox import Limits
from ingest.sync import Refresher
from ingest.worker import RefreshWorker
from vectorstore.catalogue import Catalogue
from vectorstore.library import Library
from vectorstore.models import load_embeddings, model_fingerprint
from vectorstore.search import Search
from vectorstore.sentence_encoder import SentenceEncoder
from vectorstore.settings import IndexSettings
from vectorstore.store import DENSE, SECOND


@dataclass(frozen=True)
class Service:
    """The parts joined, for the edges to use; to be closed by whoever built it."""

    index_settings: IndexSettings
    bot_settings: BotSettings
    catalogue: Catalogue
    library: Library
    models: Mapping[str, Embeddings]
    search: Search
    conversations: Conversations
    answering: Answering
    worker: RefreshWorker

    def parts(self) -> dict[str, bool]:
        """Which parts are ready to work."""
        return {
            "catalogue": self.catalogue.answers(),
            "index": self.library.is_open,
            "refresh": self.worker.is_alive,
        }

    def close(self) -> None:
        """Ends the work under way and lets go of the folder."""
        self.worker.stop()
        self.library.close()
        self.catalogue.close()


def build_service(index: IndexSettings, bot: BotSettings) -> Service:
    """The service of one index folder, which the caller must own; its worker runs.

    Raises ModelError, ChatModelError, CatalogueError or OtherModelError, whose sentences say what to mend.
    """
    index.path.mkdir(parents=True, exist_ok=True)
    dense, second = load_embeddings(index), SentenceEncoder()
    models: Mapping[str, Embeddings] = {DENSE: dense, SECOND: second}
    catalogue = Catalogue(index.catalogue_url)
    library = Library(index.path, catalogue, model_fingerprint(index, dense))
    search = Search(catalogue, models)
    conversations = Conversations(catalogue)
    chat_model = load_chat_model(bot)
    answering = Answering(
        library,
        search,
        Reader(models),
        conversations,
        writer=Writer(chat_model) if chat_model else None,
        model_name=bot.model,
    )
    refresher = Refresher(library, models, count_tokens=second.count_tokens, limits=Limits())
    worker = RefreshWorker(catalogue, refresher)
    worker.start()
    return Service(index, bot, catalogue, library, models, search, conversations, answering, worker)
