"""An issuer of tokens on loopback, which gives up keys, goes down, and says what it should not."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.jwt import encode
from starlette.responses import Response

from tests.bot.processes import until

AUDIENCE = "reform-reports"
SigningKey = RSAKey | ECKey


class StandInIssuer:
    """What it names at its addresses; each path that is asked for is remembered."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_down = False
        self.address = ""
        self.said: dict[str, Any] = {}  # by path, in place of what is right
        self.keys: list[SigningKey] = []
        self.rotate()

    def rotate(self, key: SigningKey | None = None) -> SigningKey:
        """Another key in place of all, and what it was."""
        given_up = self.keys[0] if self.keys else None
        self.keys = [key or ECKey.generate_key("P-256", auto_kid=True)]
        return given_up or self.keys[0]

    def claims(self, **changed: Any) -> dict[str, Any]:
        """What a good token says, but for what is changed; None leaves a claim out."""
        seconds = int(time.time())
        good = {"iss": self.address, "aud": AUDIENCE, "sub": "ada", "iat": seconds, "nbf": seconds, "exp": seconds + 60}
        return {name: value for name, value in (good | changed).items() if value is not None}

    def token(self, key: SigningKey | None = None, header: Mapping[str, Any] | None = None, **changed: Any) -> str:
        """A token, signed with its own key unless another is given."""
        key = key or self.keys[0]
        algorithm = "ES256" if isinstance(key, ECKey) else "RS256"
        head = {"alg": algorithm, "kid": key.kid, **(header or {})}
        return encode(head, self.claims(**changed), key, registry=JWSRegistry(strict_check_header=False))

    @contextmanager
    def running(self) -> Iterator["StandInIssuer"]:
        """Serves on loopback within the block."""
        server = uvicorn.Server(uvicorn.Config(self._app(), port=0, log_config=None))
        thread = threading.Thread(target=server.run)
        thread.start()
        until(lambda: server.started)
        self.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.should_exit = True
            thread.join()

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/{path:path}")
        def asked(path: str) -> Any:
            self.asked.append(path)
            if self.is_down:
                return Response(status_code=503)
            if path in self.said:
                return self.said[path]
            if path == "keys":
                return {"keys": [key.as_dict(private=False) for key in self.keys]}
            return {"issuer": self.address, "jwks_uri": f"{self.address}/keys"}

        return app
