"""Brings answers into Slack: every part once and in order, also where it is not known whether Slack took one."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.messages.markup import escaped
from bot.slack.messages.message import Message
from bot.slack.messages.smaller import parted
from bot.slack.post import Poster, refusal
from bot.slack.questions.event import Asked
from bot.slack.questions.inbox import Inbox, Kept

LOGGER = logging.getLogger(__name__)

# What a message of ours is found by: https://docs.slack.dev/messaging/message-metadata
EVENT_TYPE = "reformbot_answer"
NO_SCOPE = "missing_scope"
# The operator can mend these: https://docs.slack.dev/reference/methods/chat.postMessage#errors
TOKEN_ERRORS = ("invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive")
_PASSING = (
    *TOKEN_ERRORS, NO_SCOPE, "ratelimited", "rate_limited", "message_limit_exceeded", "org_login_required",
    "team_access_not_granted", "ekm_access_denied", "accesslimited",
)  # fmt: skip
_TOO_LONG = ("msg_too_long", "msg_blocks_too_long")
_REASONS = {
    "channel_not_found": "I cannot see that channel any more",
    "not_in_channel": "I am not a member of that channel, so please invite me there",
    "is_archived": "the channel is archived",
    "restricted_action": "only some people may post there",
    "restricted_action_read_only_channel": "only some people may post there",
    "restricted_action_thread_locked": "the thread is locked",
}
_QUESTION_LIMIT = 300
_PAGE = 200  # messages; Slack advises no more: https://docs.slack.dev/apis/web-api/pagination


class Delivery:
    """Posts answers, and notes in the inbox before each post that it is attempted and after it that it is done."""

    def __init__(self, inbox: Inbox, poster: Poster, client: AsyncWebClient) -> None:
        self._inbox = inbox
        self._poster = poster
        self._client = client

    async def deliver(self, kept: Kept) -> None:
        """Posts the parts of an answer that are missing, or sets it aside where Slack takes it nowhere.

        Raises one of FAR_END_ERRORS or SQLAlchemyError where that is to be tried again with what the inbox holds then.
        """
        while not kept.is_settled:
            kept = await self._saved(await self._next(kept))
        if kept.reason:
            LOGGER.error(
                "Slack takes the answer in %s neither there nor for its asker alone (%s), so it is set aside",
                kept.asked.conversation_id,
                kept.reason,
            )

    async def _next(self, kept: Kept) -> Kept:
        """How far the answer is once its next part was looked for or sent."""
        done = replace(kept, posted=kept.posted + 1, attempted=False)
        if kept.attempted and await self._is_there(kept):
            return done
        try:
            await self._send(kept)
        except SlackApiError as error:
            said = refusal(error)
            if said in _PASSING:
                await self._saved(replace(kept, attempted=False))
            if not said or said in _PASSING:
                raise
            return refused(kept, said)
        return done

    async def _saved(self, kept: Kept) -> Kept:
        await self._inbox.save(kept)
        return kept

    async def _send(self, kept: Kept) -> None:
        asked = kept.asked
        channel = asked.user if kept.direct else asked.channel
        async with self._poster.turn(channel):
            await self._saved(replace(kept, attempted=True))
            await self._poster.send(
                kept.messages[kept.posted],
                channel=channel,
                thread_ts=None if kept.direct else asked.shown_in,
                only_to=asked.user if asked.is_private and not kept.direct else None,
                metadata={"event_type": EVENT_TYPE, "event_payload": {**_key(kept), "of": len(kept.messages)}},
            )

    async def _is_there(self, kept: Kept) -> bool:
        """Whether the next part is in Slack, which may have taken it without telling.

        What its asker alone sees can't be looked up. It is taken for missing: better to be shown twice than not at all.
        """
        if kept.asked.is_private and not kept.direct:
            return False
        try:
            async for page in await self._messages_since(kept):
                if any(_is_next(message, kept) for message in page["messages"]):
                    return True
        except SlackApiError as error:
            said = refusal(error)
            if not said or (said in _PASSING and said != NO_SCOPE):
                raise
            LOGGER.warning("Slack does not let me look whether it has my answer (%s), so I send it again", said)
        return False

    async def _messages_since(self, kept: Kept) -> AsyncSlackResponse:
        """The messages, since the question, of the thread, the channel or the conversation with its asker alone."""
        asked = kept.asked
        wanted: dict[str, Any] = {"oldest": asked.ts, "include_all_metadata": True, "limit": _PAGE}
        if not kept.direct and asked.thread:
            return await self._client.conversations_replies(channel=asked.channel, ts=asked.thread, **wanted)
        if not kept.direct:
            return await self._client.conversations_history(channel=asked.channel, **wanted)
        opened = await self._client.conversations_open(users=asked.user)
        return await self._client.conversations_history(channel=opened["channel"]["id"], **wanted)


def refused(kept: Kept, said: str) -> Kept:
    """What becomes of an answer whose next part Slack refuses for good.

    What is too long goes in shorter parts; else the asker alone is told why, and gets what is missing.
    """
    done, (part, *rest) = kept.messages[: kept.posted], kept.messages[kept.posted :]
    if said in _TOO_LONG and (shorter := parted(part)):
        return replace(kept, messages=(*done, *shorter, *rest), attempted=False)
    if kept.direct:
        return replace(kept, reason=said, attempted=False)
    return replace(kept, messages=(_notice(kept.asked, said), part, *rest), posted=0, direct=True, attempted=False)


def _notice(asked: Asked, said: str) -> Message:
    where = f"in <#{asked.channel}>" if asked.channel.startswith(("C", "G")) else "where you asked"
    reason = _REASONS.get(said, f"Slack refuses it ({escaped(said)})")
    question = f" You asked:\n>{escaped(asked.question[:_QUESTION_LIMIT])}" if asked.question else ""
    return Message(f"I could not post the answer to your question {where}: {reason}.{question}")


def _key(kept: Kept) -> dict[str, Any]:
    """What tells the next part from all other messages."""
    return {"event": kept.asked.event_id, "part": kept.posted + 1}


def _is_next(message: Mapping[str, Any], kept: Kept) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == EVENT_TYPE and _key(kept).items() <= metadata["event_payload"].items()
