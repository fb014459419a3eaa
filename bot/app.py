"""Joins the parts: the service of an index folder, and the edges that serve it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from anyio import to_thread
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import web
from bot.access.gate import Gate, KnownBeforeTheBody
from bot.api import asking_router
from bot.endpoints.conversation import conversation_router
from bot.endpoints.facets import facets_router
from bot.endpoints.feedback import feedback_router
from bot.endpoints.glossary import glossary_router
from bot.endpoints.keys import keys_router
from bot.endpoints.library import library_router
from bot.endpoints.metrics import metrics_router
from bot.endpoints.reference import complete
from bot.endpoints.reference_page import reference_page_router
from bot.endpoints.refresh import refresh_router
from bot.endpoints.statistics import statistics_router
from bot.endpoints.verify import verify_router
from bot.endpoints.works import works_router
from bot.http.admission import RefusedWhileFull
from bot.http.bodies import BodiesInTime
from bot.http.problems import PlainErrorsAsProblems, add_problem_handlers
from bot.http.request_ids import WithRequestIds
from bot.http.schemas import ReadyOut
from bot.openai.api import openai_router
from bot.openai.errors import OpenAIErrors
from bot.operations.tracing import request_tracing
from bot.service import OPTIONAL_PARTS, Service
from bot.slack.http import PATH as SLACK_PATH
from bot.slack.http import slack_router
from bot.slack.settings import SlackSettings

_PATIENCE_SECONDS = 2  # with a catalogue that is to say whether it answers
_LARGEST_BODY = 1024 * 1024  # bytes; uploads have a limit of their own
_DESCRIPTION = "Answers questions about United Nations reform reports, cited to the numbered paragraph."


class _App(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            complete(super().openapi())
        return super().openapi()

    def build_middleware_stack(self) -> ASGIApp:
        # FastAPI's own body limit stands outside of all that add_middleware adds.
        gate: Gate = self.state.gate
        limited = PlainErrorsAsProblems(super().build_middleware_stack())
        return WithRequestIds(OpenAIErrors(RefusedWhileFull(KnownBeforeTheBody(limited, gate), gate.admission)))


class _KnownHosts(TrustedHostMiddleware):
    """Refuses names that are not this machine's while nobody needs a credential.

    A page elsewhere must not reach the server under a name that it points to loopback. Slack calls by a public name,
    and signs.
    """

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        super().__init__(app, allowed_hosts=["127.0.0.1", "localhost", "[::1]", "::1"])
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if not self._gate.is_open or (scope["type"] == "http" and scope["path"] == SLACK_PATH):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(service: Service, slack: SlackSettings, *, owner_token: str) -> FastAPI:
    """The HTTP API, the page, and Slack where its tokens are set; `owner_token` is the index owner's credential."""
    app = _App(
        title="Reformbot",
        description=_DESCRIPTION,
        lifespan=_lifespan(service, slack),
        max_body_size=_LARGEST_BODY,
        telemetry=request_tracing(),
        docs_url=None,  # ours asks nothing of other servers
        redoc_url=None,
    )
    gate = Gate(service.bot_settings, service.keys, owner_token=owner_token)
    app.state.gate = gate
    add_problem_handlers(app)
    app.include_router(asking_router(service, gate))
    app.include_router(openai_router(service, gate))
    app.include_router(conversation_router(service, gate))
    app.include_router(facets_router(service, gate))
    app.include_router(feedback_router(service, gate))
    app.include_router(library_router(service, gate))
    app.include_router(works_router(service, gate))
    app.include_router(refresh_router(service, gate))
    app.include_router(glossary_router(gate))
    app.include_router(keys_router(service, gate))
    app.include_router(verify_router(service, gate))
    app.include_router(statistics_router(service, gate))
    app.include_router(metrics_router(service, gate))
    app.include_router(slack_router(slack))
    app.include_router(web.router())
    app.include_router(reference_page_router())
    _add_health(app, service)
    app.add_middleware(BodiesInTime)
    app.add_middleware(_KnownHosts, gate=gate)
    return app


def _lifespan(
    service: Service, slack: SlackSettings
) -> Callable[[FastAPI], AbstractAsyncContextManager[dict[str, Any]]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, Any]]:
        # Each question at work takes a thread: so many more, that they never take those of all else.
        to_thread.current_default_thread_limiter().total_tokens += service.bot_settings.questions_at_once
        if not slack.enabled:
            yield {}
            return
        from bot.slack.desk import SlackBot  # a second to import

        bot = SlackBot(
            slack,
            service.answering,
            service.catalogue,
            service.conversations,
            base_url=service.bot_settings.public_url,
            service=service,
        )
        await bot.start()
        try:
            yield {"slack": bot.app}
        finally:
            await bot.stop()

    return lifespan


def _add_health(app: FastAPI, service: Service) -> None:
    @app.get("/healthz", tags=["health"])
    async def alive() -> dict[str, str]:
        """The process serves."""
        return {"status": "alive"}

    @app.get("/readyz", tags=["health"], response_model=ReadyOut, responses={503: {"model": ReadyOut}})
    async def ready() -> JSONResponse:
        """The catalogue answers, index and models are open, the refresh worker works; else 503, and which part is not.

        A `chat_model` that fails, and is left alone for a while, is named too; answers are in quotes meanwhile. While a
        damaged index is rebuilt, `rebuild` says how far that is, and `detail` what to do.
        """
        try:
            answers = await asyncio.wait_for(asyncio.to_thread(service.catalogue.answers), _PATIENCE_SECONDS)
        except TimeoutError:
            answers = False
        parts = service.parts(catalogue_answers=answers)
        ready = all(is_ready for part, is_ready in parts.items() if part not in OPTIONAL_PARTS)
        body = {"ready": ready, "parts": parts, **_rebuild(service)}
        return JSONResponse(body, status_code=200 if ready else 503)


def _rebuild(service: Service) -> dict[str, Any]:
    rebuild = service.library.rebuild
    if rebuild is None:
        return {}
    told = {"passages": rebuild.passages, "passages_done": rebuild.passages_done, "failed": rebuild.has_failed}
    return {"detail": rebuild.sentence, "rebuild": told}
