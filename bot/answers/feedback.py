"""What people think of answers: one rating of each person, with a comment where they gave one."""

from typing import Literal

from bot.conversation import Conversations
from bot.operations.metrics import FEEDBACK
from vectorstore.catalogue import Catalogue
from vectorstore.database import insertion
from vectorstore.tables import RatingRow, now

Rating = Literal["up", "down"]
# What Slack takes: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
LONGEST_COMMENT = 3000


class Feedback:
    """The ratings of answers, kept in the catalogue as long as the answers are."""

    def __init__(self, catalogue: Catalogue, conversations: Conversations) -> None:
        self._catalogue = catalogue
        self._conversations = conversations

    def give(self, answer_id: str, rating: Rating, *, person: str, comment: str | None = None) -> bool:
        """Keeps what a person thinks of an answer, in place of what that person thought; False where there is none."""
        if self._conversations.answer(answer_id) is None:
            return False
        said = {"rating": rating, "comment": comment, "rated_at": now()}
        row = insertion(self._catalogue.engine, RatingRow).values(answer_id=answer_id, person=person, **said)
        with self._catalogue.begin() as session:
            session.execute(row.on_conflict_do_update(index_elements=["answer_id", "person"], set_=said))
            session.commit()
        FEEDBACK.labels(rating).inc()
        return True
