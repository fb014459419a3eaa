"""Joins the parts: the service of an index folder, and the edges that serve it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse

from bot import web
from bot.access import Gate
from bot.api import asking_router
from bot.library_api import library_router
from bot.problems import add_problem_handlers
from bot.service import Service
from bot.slack_settings import SlackSettings

_LARGEST_BODY = 1024 * 1024  # bytes; uploads have a limit of their own
_DESCRIPTION = "Answers questions about United Nations reform reports, cited to the numbered paragraph."


def create_app(service: Service, slack: SlackSettings, *, owner_token: str) -> FastAPI:
    """The HTTP API, the page, and Slack where its tokens are set; `owner_token` is the index owner's credential."""
    app = FastAPI(
        title="Reformbot",
        description=_DESCRIPTION,
        lifespan=_lifespan(service, slack),
        max_body_size=_LARGEST_BODY,
    )
    gate = Gate(service.bot_settings, owner_token=owner_token)
    add_problem_handlers(app)
    app.include_router(asking_router(service, gate))
    app.include_router(library_router(service, gate))
    app.include_router(web.router())
    _add_health(app, service)
    if not service.bot_settings.api_keys:
        # Without keys a page elsewhere must not reach this server under a name that it points to loopback.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", "::1"])
    return app


def _lifespan(service: Service, slack: SlackSettings):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        bot = None
        if slack.enabled:
            from bot.slack import SlackBot  # a second to import

            bot = SlackBot(slack, service.answering, base_url=service.bot_settings.public_url)
            await bot.start()
        yield
        if bot:
            await bot.stop()

    return lifespan


def _add_health(app: FastAPI, service: Service) -> None:
    @app.get("/healthz", tags=["health"])
    async def alive() -> dict[str, str]:
        """The process serves."""
        return {"status": "alive"}

    @app.get("/readyz", tags=["health"])
    async def ready() -> JSONResponse:
        """The index is open, the models are loaded and the refresh worker works."""
        parts = {"index": True, "models": True, "refresh": service.worker.is_alive}
        return JSONResponse(
            {"ready": all(parts.values()), "parts": parts}, status_code=200 if all(parts.values()) else 503
        )
