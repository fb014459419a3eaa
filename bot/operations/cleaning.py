"""Takes out of the catalogue what has expired, while the server runs and beside those whom it serves."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.conversation import Conversations

_log = logging.getLogger(__name__)
_EVERY_SECONDS = 3600


@contextmanager
def cleaning(conversations: Conversations) -> Iterator[None]:
    """Forgets expired conversations and answers at once and every hour, in a thread of its own, within the block."""
    stop = threading.Event()
    thread = threading.Thread(target=_clean, args=(conversations, stop), name="cleaning", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _clean(conversations: Conversations, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            if forgotten := conversations.forget_expired():
                _log.info("Expired conversations of %d questions are forgotten", forgotten)
            if forgotten := conversations.forget_old_answers():
                _log.info("%d expired answers are forgotten", forgotten)
        except SQLAlchemyError:
            _log.exception("What has expired cannot be forgotten now; the next try is in an hour")
        stop.wait(_EVERY_SECONDS)
