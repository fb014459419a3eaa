"""Brings answers into Slack: every part once and in order, also where it is not known whether Slack took one."""

import logging
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.messages.markup import escaped
from bot.slack.messages.message import Message
from bot.slack.messages.smaller import parted
from bot.slack.people import People
from bot.slack.post import Poster, refusal
from bot.slack.questions.event import Asked
from bot.slack.questions.inbox import Inbox, Kept
from bot.slack.questions.line import Line
from prompts import phrase

LOGGER = logging.getLogger(__name__)

# What a message of ours is found by: https://docs.slack.dev/messaging/message-metadata
EVENT_TYPE = "reformbot_answer"
BEGUN = 0  # the part that a message is called whose answer is not there yet; the first is 1
NO_SCOPE = "missing_scope"
# The operator can mend these: https://docs.slack.dev/reference/methods/chat.postMessage#errors
TOKEN_ERRORS = ("invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive")
# Of what is still being streamed, and of what no longer is: https://docs.slack.dev/reference/methods/chat.update#errors
_STREAMING, NOT_STREAMING = "streaming_state_conflict", "message_not_in_streaming_state"
_CANNOT_DELETE = "cant_delete_message"  # as long as it is being streamed
LIMITED = ("ratelimited", "rate_limited")
_PASSING = (
    *TOKEN_ERRORS, *LIMITED, NO_SCOPE, _STREAMING, NOT_STREAMING, "message_limit_exceeded", "org_login_required",
    "team_access_not_granted", "ekm_access_denied", "accesslimited",
)  # fmt: skip
_TOO_LONG = ("msg_too_long", "msg_blocks_too_long")
REASONS = {
    "channel_not_found": "channel_unseen",
    "not_in_channel": "not_a_member",
    "is_archived": "channel_archived",
    "restricted_action": "posting_restricted",
    "restricted_action_read_only_channel": "posting_restricted",
    "restricted_action_thread_locked": "thread_locked",
}
_QUESTION_LIMIT = 300
_PAGE = 200  # messages; Slack advises no more: https://docs.slack.dev/apis/web-api/pagination


class Delivery:
    """Posts answers, and notes in the inbox before each post that it is attempted and after it that it is done."""

    def __init__(self, inbox: Inbox, poster: Poster, client: AsyncWebClient, people: People) -> None:
        self._inbox = inbox
        self._poster = poster
        self._client = client
        self._people = people
        self._line = Line(poster, people)

    async def deliver(self, kept: Kept, *, until: float | None) -> None:
        """Posts the parts of an answer that are missing, or sets it aside where Slack takes it nowhere.

        An asker who was shown nothing and would still wait at `until`, a time of the loop, is told so before. Raises
        one of FAR_END_ERRORS or SQLAlchemyError where that is to be tried again with what the inbox holds then.
        """
        was_shown = kept.begun or kept.attempted
        async with self._line.waiting(kept.asked, until=None if was_shown else until):
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
        if kept.attempted and (found := await self._found(kept)):
            return found
        if kept.begun and kept.asked.is_private:  # only since it was begun
            return await self._without_place(kept)
        try:
            ts = await (self._put(kept) if _has_place(kept) else self._send(kept))
        except SlackApiError as error:
            said = refusal(error)
            if said in _PASSING:
                await self._saved(replace(kept, attempted=False))
            if not said or said in _PASSING:
                raise
            changed = refused(kept, said, await self._people.language_for(kept.asked))
            return await self._without_place(kept) if _has_place(kept) and changed.direct else changed
        return _sent(kept, ts)

    async def _saved(self, kept: Kept) -> Kept:
        await self._inbox.save(kept)
        return kept

    async def _send(self, kept: Kept) -> str:
        asked = kept.asked
        channel = asked.user if kept.direct else asked.channel
        async with self._poster.turn(channel):
            await self._saved(replace(kept, attempted=True))
            return await self._poster.send(
                kept.messages[kept.posted],
                channel=channel,
                thread_ts=None if kept.direct else asked.shown_in,
                only_to=asked.user if asked.is_private and not kept.direct else None,
                metadata=_metadata(kept),
            )

    async def _put(self, kept: Kept) -> str:
        """Makes what was begun the first part. However often that is done, it is there once."""
        await self._saved(kept)
        channel, ts = kept.asked.channel, str(kept.begun)
        put = partial(self._poster.update, kept.messages[kept.posted], channel=channel, ts=ts, metadata=_metadata(kept))
        async with self._poster.turn(channel):
            try:
                await put()
            except SlackApiError as error:
                if refusal(error) != _STREAMING:
                    raise
                await self._client.chat_stopStream(channel=channel, ts=ts)
                await put()
        return ts

    async def _without_place(self, kept: Kept) -> Kept:
        """The same to be posted, with what was begun taken back."""
        LOGGER.warning("What I began in %s cannot become the answer", kept.asked.conversation_id)
        channel, ts = kept.asked.channel, str(kept.begun)
        if await _refused(self._client.chat_delete(channel=channel, ts=ts)) == _CANNOT_DELETE:
            await _refused(self._client.chat_stopStream(channel=channel, ts=ts))
            await _refused(self._client.chat_delete(channel=channel, ts=ts))
        return replace(kept, begun=None)

    async def _found(self, kept: Kept) -> Kept | None:
        """How far the answer is where its next part, or what was begun for it, is in Slack, which has not told.

        What its asker alone sees can't be looked up. It is taken for missing: better to be shown twice than not at all.
        """
        if kept.asked.is_private and not kept.direct:
            return None
        await self._saved(kept)
        try:
            there = [message async for page in await self._messages_since(kept) for message in page["messages"]]
            for message in there:
                if _is_part(message, kept, kept.posted + 1):
                    return _sent(kept, str(message["ts"]))
            begun = None if kept.direct or kept.posted else await self._begun(kept, there)
        except SlackApiError as error:
            said = refusal(error)
            if not said or (said in _PASSING and said != NO_SCOPE):
                raise
            LOGGER.warning("Slack does not let me look whether it has my answer (%s), so I send it again", said)
            return None
        return replace(kept, begun=begun, attempted=False) if begun else None

    async def _begun(self, kept: Kept, there: Sequence[Mapping[str, Any]]) -> str | None:
        """The time of the message that was begun for an answer, if there is one.

        What is streamed has no metadata before it is updated: it is ours and begun for no other answer.
        """
        for message in there:
            if _is_part(message, kept, BEGUN):
                return str(message["ts"])
        streamed = [message for message in there if "streaming_state" in message and not message.get("metadata")]
        if not streamed:
            return None
        bot, others = (await self._client.auth_test())["bot_id"], await self._inbox.begun_in(kept.asked.channel)
        ours = (str(message["ts"]) for message in streamed if message.get("bot_id") == bot)
        return next((ts for ts in ours if ts not in others), None)

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


async def _refused(call: Awaitable[object]) -> str:
    """Slack's word against a call, if any; raises SlackApiError where Slack may say else another time."""
    try:
        await call
    except SlackApiError as error:
        said = refusal(error)
        if not said or said in (*TOKEN_ERRORS, *LIMITED):
            raise
        return said
    return ""


def refused(kept: Kept, said: str, language: str) -> Kept:
    """What becomes of an answer whose next part Slack refuses for good.

    What is too long goes in shorter parts; else the asker alone is told why, in a language, and gets what is missing.
    """
    done, (part, *rest) = kept.messages[: kept.posted], kept.messages[kept.posted :]
    if said in _TOO_LONG and (shorter := parted(part)):
        return replace(kept, messages=(*done, *shorter, *rest), attempted=False)
    if kept.direct:
        return replace(kept, reason=said, attempted=False)
    notice = _notice(kept.asked, said, language)
    return replace(kept, begun=None, messages=(notice, part, *rest), posted=0, direct=True, attempted=False)


def _sent(kept: Kept, ts: str) -> Kept:
    """How far an answer is whose next part is in Slack; below the first of one that is shared begins its thread."""
    begins_thread = kept.asked.way == "share" and not kept.direct and not kept.posted
    asked = replace(kept.asked, thread_ts=ts) if begins_thread else kept.asked
    return replace(kept, asked=asked, posted=kept.posted + 1, attempted=False)


def _notice(asked: Asked, said: str, language: str) -> Message:
    name = REASONS.get(said, "slack_refuses")
    reason = phrase(name, language, error=escaped(said))
    if asked.channel.startswith(("C", "G")):
        told = phrase("not_posted_in", language, place=f"<#{asked.channel}>", reason=reason)
    else:
        told = phrase("not_posted", language, reason=reason)
    if asked.question:
        told += f" {phrase('you_asked', language)}\n>{escaped(asked.question[:_QUESTION_LIMIT])}"
    return Message(told)


def begun_metadata(asked: Asked) -> dict[str, Any]:
    """What a message is found by that is begun for an answer."""
    return {"event_type": EVENT_TYPE, "event_payload": {"event": asked.event_id, "part": BEGUN}}


def _metadata(kept: Kept) -> dict[str, Any]:
    """What the next part is found by."""
    part = {"event": kept.asked.event_id, "part": kept.posted + 1, "of": len(kept.messages)}
    return {"event_type": EVENT_TYPE, "event_payload": part}


def _is_part(message: Mapping[str, Any], kept: Kept, part: int) -> bool:
    metadata = message.get("metadata") or {}
    its = {"event": kept.asked.event_id, "part": part}
    return metadata.get("event_type") == EVENT_TYPE and its.items() <= metadata["event_payload"].items()


def _has_place(kept: Kept) -> bool:
    """Whether the next part is to take the place of what was begun."""
    return kept.begun is not None and not kept.posted
