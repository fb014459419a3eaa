"""First questions to suggest: about the subjects that the newest reports speak of most."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.questions.glossary import terms_in
from bot.service import Service
from bot.slack.home.holdings import newest
from prompts import phrase
from prompts.glossary import Term
from vectorstore.records import DocumentRecord

# https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
MOST = 4
_DOCUMENTS_READ = 10
_PARAGRAPHS_READ = 150  # of each: reading takes some milliseconds a paragraph
_SUBJECTS = ("process", "document", "fund", "agreement", "concept", "system")  # and no bodies or titles of office


class Suggestions:
    """Suggests questions; what the reports speak of is read once for each version of the index."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._read: tuple[str, Sequence[Term]] = ("", ())

    def questions(self, language: str) -> list[str]:
        """A few questions in a language; none where nothing is in the index."""
        return [
            phrase("suggested_question", language, subject=term.wordings[language].name) for term in self._subjects()
        ]

    def _subjects(self) -> Sequence[Term]:
        current = self._service.library.current()
        version = current.generation_id if current else ""
        with self._lock:
            if self._read[0] != version:
                self._read = (version, self._spoken_of_most())
            return self._read[1]

    def _spoken_of_most(self) -> Sequence[Term]:
        """The subjects that most of the newest documents speak of, and of these the ones most spoken of."""
        documents: Counter[str] = Counter()
        times: Counter[str] = Counter()
        terms: dict[str, Term] = {}
        for record in newest(self._service.library.records().values())[:_DOCUMENTS_READ]:
            named = list(self._named(record))
            terms |= {term.id: term for term in named}
            documents.update({term.id for term in named})
            times.update(term.id for term in named)
        return [terms[each] for each in sorted(terms, key=lambda each: (-documents[each], -times[each]))[:MOST]]

    def _named(self, record: DocumentRecord) -> Iterator[Term]:
        for paragraph in self._service.catalogue.paragraphs(record.document_id)[:_PARAGRAPHS_READ]:
            yield from (term for term in terms_in(paragraph.text, record.language) if term.kind in _SUBJECTS)
