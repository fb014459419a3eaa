"""Finds the server that owns the index folder, or starts one, and calls it."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bot.operations.folder import USER_AGENT, Address, CommandError, Ownership, find_address
from bot.settings import BotSettings
from vectorstore.settings import IndexSettings

Json = dict[str, Any]

_LONGEST_ANSWER_SECONDS = 660  # a chat model may take 600
_PROBE_SECONDS = 5
_WAIT_SECONDS = 120
_POLL_SECONDS = (0.05, 0.5)  # between two looks at a refresh: at first, and at most
_MISUSE = (400, 413, 422)


@contextmanager
def connect(
    index_settings: IndexSettings,
    bot_settings: BotSettings,
    *,
    wait_seconds: float = _WAIT_SECONDS,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[httpx.Client]:
    """A client with every right of the server that owns the index folder; where none runs, of one within the block.

    While another command owns the folder, or a damaged index is rebuilt, this waits, and tells so once. Raises
    CommandError.
    """
    ownership = Ownership(index_settings.path)
    address = _await(ownership, index_settings.path, wait_seconds, tell)
    if address:
        with _client(address) as client:
            _wait_for_rebuild(client, tell)
            yield client
        return
    from bot.serving import temporary_server

    try:
        with temporary_server(index_settings, bot_settings) as address, _client(address) as client:
            _wait_for_rebuild(client, tell)
            yield client
    finally:
        ownership.free()


def call(client: httpx.Client, method: str, path: str, body: Json | None = None) -> Json:
    """What the server answers, nothing where it answers without content.

    Raises CommandError with the server's reason, or because it cannot be reached.
    """
    with _errors_translated():
        response = client.request(method, path, content=_encoded(body), headers=_HEADERS)
    if response.is_error:
        raise _refusal(response)
    return dict(response.json()) if response.content else {}


def document_named(client: httpx.Client, name: str) -> Json:
    """The document with this symbol, id or source, with its paragraphs. Raises CommandError where there is none."""
    after: str | None = ""
    while after is not None:
        page = call(client, "GET", f"/v1/documents?limit=500&after={after}")
        for one in page["documents"]:
            if name in (one["document_id"], one["symbol"], one["source"], Path(one["source"]).name):
                return call(client, "GET", f"/v1/documents/{one['document_id']}")
        after = page["next"]
    raise CommandError(f"The index holds no document {name}: name it by its symbol, its file or its id.", exit_code=2)


def events(client: httpx.Client, path: str, body: Json) -> Iterator[tuple[str, Json]]:
    """The names and contents of the events that the server sends, as they come. Raises CommandError."""
    headers = _HEADERS | {"Accept": "text/event-stream"}
    with _errors_translated(), client.stream("POST", path, content=_encoded(body), headers=headers) as response:
        if response.is_error:
            response.read()
            raise _refusal(response)
        for block in _blocks(response.iter_text()):
            fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
            if "data" not in fields:
                continue
            content = json.loads(fields["data"])
            if fields.get("event") == "error":
                raise CommandError(content["detail"])
            yield fields.get("event", "message"), content


def refresh(
    client: httpx.Client, method: str, path: str, body: Json | None = None, *, show: Callable[[Json], None]
) -> Json:
    """The finished refresh that a call starts; `show` is given it as it comes along. Raises CommandError."""
    run_id = call(client, method, path, body)["run_id"]
    pause, longest_pause = _POLL_SECONDS
    while (run := call(client, "GET", f"/v1/refresh/{run_id}"))["state"] == "running":
        show(run)
        time.sleep(pause)
        pause = min(pause * 2, longest_pause)
    return run


_HEADERS = {"Content-Type": "application/json"}


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """What stands between empty lines. Only \\n ends a line here: a report's words may hold other line separators."""
    rest = ""
    for piece in pieces:
        *blocks, rest = (rest + piece).split("\n\n")
        yield from blocks


def _await(ownership: Ownership, folder: Path, wait_seconds: float, tell: Callable[[str], None]) -> Address | None:
    """The address of the folder's server, or None once this process owns the folder."""
    deadline = time.monotonic() + wait_seconds
    told = False
    while not ownership.take():
        address = find_address(folder)
        if address and _answers(address):
            return address
        if time.monotonic() > deadline:
            raise CommandError(
                f"Another reformbot command is still using the folder {folder}: try again when it has ended. "
                "While `reformbot serve` runs, several commands work at a time."
            )
        if not told:
            tell(f"Another reformbot command is using the folder {folder}; waiting for it to end …")
            told = True
        time.sleep(0.1)
    return None


def _answers(address: Address) -> bool:
    with _client(address) as client:
        try:
            response = client.get("/readyz", timeout=_PROBE_SECONDS)
        except httpx.TransportError:
            return False
    return response.is_success or _rebuild(response) is not None


def _wait_for_rebuild(client: httpx.Client, tell: Callable[[str], None]) -> None:
    """Returns when no index is being rebuilt; where a rebuild failed, what needs the index will say why."""
    told = False
    with _errors_translated():
        while (rebuild := _rebuild(client.get("/readyz"))) and not rebuild["failed"]:
            if not told:
                tell(f"The index was damaged; rebuilding it from the catalogue ({rebuild['passages']:,} passages) …")
                told = True
            time.sleep(_POLL_SECONDS[1])


def _rebuild(readiness: httpx.Response) -> Json | None:
    """How far the rebuild of a damaged index is, if there is one."""
    try:
        rebuild = readiness.json().get("rebuild")
    except ValueError:
        return None
    return rebuild if isinstance(rebuild, dict) else None


def _client(address: Address) -> httpx.Client:
    # Proxies of the environment are not for a server on this machine, hence trust_env.
    return httpx.Client(
        base_url=address.url,
        headers={"Authorization": f"Bearer {address.token}", "User-Agent": USER_AGENT},
        timeout=httpx.Timeout(_PROBE_SECONDS, read=_LONGEST_ANSWER_SECONDS),
        trust_env=False,
    )


def _encoded(body: Json | None) -> bytes | None:
    if body is None:
        return None
    try:
        return json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise CommandError("The text is not valid UTF-8: check how the terminal encodes it.", exit_code=2) from error


@contextmanager
def _errors_translated() -> Iterator[None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise CommandError("The server took too long to answer; try again.") from error
    except httpx.TransportError as error:
        raise CommandError(
            "The connection to the server was lost: check that it still runs, then try again."
        ) from error


def _refusal(response: httpx.Response) -> CommandError:
    try:
        detail = str(response.json()["detail"])
    except (ValueError, KeyError, TypeError):
        detail = f"The server answered {response.status_code} ({response.reason_phrase})."
    return CommandError(detail, exit_code=2 if response.status_code in _MISUSE else 1)
