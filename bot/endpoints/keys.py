"""Keys over HTTP, for the owner of the index folder; it only translates."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from bot.access.gate import Gate
from bot.access.keys import KeyNameError
from bot.access.named import Audience
from bot.access.principal import Scope
from bot.http.problems import Refused
from bot.http.request_schemas import Request
from bot.http.schemas import Problem
from bot.service import Service

_LONGEST_DAYS = 3650
KeyName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", examples=["translation-desk"])]
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}


class KeyRequest(Request):
    """What a new key is called, and what it is good for; limits that are left out are those of the settings."""

    name: KeyName
    scopes: list[Scope] = Field(default=["ask"], min_length=1)
    audiences: list[Audience] = Field(default=[], max_length=100)
    expires_days: int | None = Field(default=None, ge=1, le=_LONGEST_DAYS)
    per_minute: int | None = Field(default=None, ge=1, description="The most questions in a minute.")
    at_once: int | None = Field(default=None, ge=1, description="The most questions at a time.")


class KeyOut(BaseModel):
    """A key without itself; `counts` is whether it is good for anything now, and `last_used` a day."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    scopes: list[Scope]
    audiences: list[str]
    per_minute: int | None
    at_once: int | None
    made_at: str
    expires_at: str | None
    revoked_at: str | None
    last_used: str | None
    counts: bool


class NewKeyOut(KeyOut):
    """A new key; `key` is what its holder sends, and is told this once."""

    key: str


class KeysOut(BaseModel):
    """All keys, in the order of their names."""

    keys: list[KeyOut]


def keys_router(service: Service, gate: Gate) -> APIRouter:
    """The endpoints that give out keys and take them back."""
    router = APIRouter(prefix="/v1", dependencies=[Depends(gate.owner)], tags=["keys"])

    @router.post("/keys", status_code=201, response_model=NewKeyOut, responses={409: {"model": Problem}})
    def add(body: KeyRequest) -> Any:
        """Makes a key."""
        try:
            key, credential = service.keys.add(
                body.name,
                scopes=body.scopes,
                audiences=body.audiences,
                per_minute=body.per_minute,
                at_once=body.at_once,
                expires_at=_in_days(body.expires_days),
            )
        except KeyNameError as error:
            raise Refused(409, "key_exists", name=body.name) from error
        return {**KeyOut.model_validate(key).model_dump(), "key": credential}

    @router.get("/keys", response_model=KeysOut)
    def keys() -> Any:
        """All keys, also those that count no more; none is told itself."""
        return {"keys": list(map(KeyOut.model_validate, service.keys.listed()))}

    @router.delete("/keys/{name}", status_code=204, responses=_NOT_FOUND)
    def revoke(name: Annotated[str, Path(description="As the list has it.")], forget: bool = False) -> None:
        """Has a key count for nothing from now on; with `forget` it is off the list, too."""
        if not (service.keys.forget(name) if forget else service.keys.revoke(name)):
            raise Refused(404, "no_such_key", name=name)

    return router


def _in_days(days: int | None) -> str | None:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ") if days else None
