"""Keys: given out once, kept as hashes, good for what they were made for and until they are taken back."""

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen
from unittest.mock import patch

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from bot.access.keys import Keys
from bot.operations.folder import Address, find_address
from bot.service import Service
from tests.bot.access.callers import caller, guarded
from tests.bot.processes import started, until
from tests.bot.restricted import ASKED, BOARD, SECRETS, leaks
from tests.bot.test_cli import runner
from tests.conftest import OWNER, api_client
from vectorstore.catalogue import Catalogue
from vectorstore.settings import IndexSettings
from vectorstore.tables import KeyRow

QUESTION = {"question": "How much is the coordination levy?"}


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(Catalogue(f"sqlite:///{tmp_path / 'keys.sqlite'}"))


def made(owner: TestClient, name: str, **more: object) -> str:
    response = owner.post("/v1/keys", json={"name": name, **more})
    assert response.status_code == 201, response.text
    return str(response.json()["key"])


def test_a_key_is_told_once_and_nowhere_kept(sample_service: Service, tmp_path: Path) -> None:
    app, _ = guarded(sample_service, tmp_path)
    owner = caller(app, OWNER)
    key = made(owner, "desk", scopes=["ask", "upload"], audiences=["board"], expires_days=30)
    assert len(key) >= 43
    [listed] = owner.get("/v1/keys").json()["keys"]
    assert (listed["name"], listed["scopes"], listed["audiences"]) == ("desk", ["ask", "upload"], ["board"])
    assert listed["counts"]
    assert "digest" not in listed
    secret = key.removeprefix("reformbot_").encode()
    assert all(secret not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_key_counts_at_once_and_no_more_once_it_is_revoked(sample_service: Service, tmp_path: Path) -> None:
    app, _ = guarded(sample_service, tmp_path, api_keys=("other",))
    owner = caller(app, OWNER)
    client = caller(app, made(owner, "desk"))
    assert client.post("/v1/ask", json=QUESTION).status_code == 200
    assert owner.delete("/v1/keys/desk").status_code == 204
    refused = client.post("/v1/ask", json=QUESTION)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Bearer error="invalid_token"')
    assert owner.get("/v1/keys").json()["keys"][0]["counts"] is False
    assert owner.delete("/v1/keys/none").status_code == 404


def test_keys_outlive_the_process(tmp_path: Path) -> None:
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'keys.sqlite'}")
    before = Keys(catalogue)
    _, kept = before.add("kept", scopes=["ask"])
    _, revoked = before.add("revoked", scopes=["ask"])
    before.revoke("revoked")
    after = Keys(catalogue)
    assert after.listed() == before.listed()
    assert (after.find(kept) is not None, after.find(revoked)) == (True, None)


def test_a_key_expires(keys: Keys) -> None:
    soon = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    _, credential = keys.add("short", scopes=["ask"], expires_at=soon)
    assert keys.find(credential)
    with patch("bot.access.keys.now", return_value=soon):
        assert keys.find(credential) is None
        assert keys.any_made
        assert not keys.any_counts


def test_every_key_is_compared_in_constant_time(keys: Keys) -> None:
    credentials = [keys.add(f"key-{number}", scopes=["ask"])[1] for number in range(5)]
    for sent in (credentials[0], credentials[4], "wrong", ""):
        with patch("bot.access.keys.secrets.compare_digest", return_value=False) as compared:
            assert keys.find(sent) is None
        assert [len(call.args[0]) == len(call.args[1]) == 64 for call in compared.call_args_list] == [True] * 5


def test_a_name_is_one_key_at_a_time(sample_service: Service, tmp_path: Path) -> None:
    app, _ = guarded(sample_service, tmp_path)
    owner = caller(app, OWNER)
    first = made(owner, "desk")
    assert owner.post("/v1/keys", json={"name": "desk"}).status_code == 409
    owner.delete("/v1/keys/desk")
    second = made(owner, "desk")
    assert [caller(app, key).get("/v1/status").status_code for key in (first, second)] == [401, 200]


@pytest.mark.parametrize(
    "unfit",
    [
        {"name": "a b"},
        {"name": ""},
        {"scopes": ["all"]},
        {"scopes": []},
        {"audiences": ["public"]},
        {"expires_days": 0},
    ],
    ids=str,
)
def test_what_is_no_key_is_refused(sample_service: Service, tmp_path: Path, unfit: dict[str, object]) -> None:
    app, keys = guarded(sample_service, tmp_path)
    assert caller(app, OWNER).post("/v1/keys", json={"name": "desk"} | unfit).status_code == 422
    assert not keys.any_made


def test_from_the_first_key_on_loopback_is_open_no_more_until_all_are_forgotten(
    sample_service: Service, tmp_path: Path
) -> None:
    app, _ = guarded(sample_service, tmp_path)
    owner, anyone = caller(app, OWNER), caller(app)
    elsewhere = TestClient(app, base_url="http://reports.example")
    assert (anyone.get("/v1/status").status_code, elsewhere.get("/healthz").status_code) == (200, 400)
    made(owner, "desk")
    assert (anyone.get("/v1/status").status_code, elsewhere.get("/healthz").status_code) == (401, 200)
    owner.delete("/v1/keys/desk")
    assert anyone.get("/v1/status").status_code == 401
    owner.delete("/v1/keys/desk?forget=true")
    assert (anyone.get("/v1/status").status_code, elsewhere.get("/healthz").status_code) == (200, 400)


def test_an_address_for_others_is_never_open(sample_service: Service, tmp_path: Path) -> None:
    app, _ = guarded(sample_service, tmp_path, host="0.0.0.0")
    assert caller(app).get("/v1/status").status_code == 401


def test_the_day_of_the_last_use_is_told(sample_service: Service, tmp_path: Path) -> None:
    app, keys = guarded(sample_service, tmp_path)
    _, credential = keys.add("desk", scopes=["ask"])
    assert keys.listed()[0].last_used is None
    with caller(app, credential) as client:
        assert client.get("/v1/status").status_code == 200
        until(lambda: keys.listed()[0].last_used is not None)
    day = datetime.now(UTC).date().isoformat()
    assert keys.listed()[0].last_used == day
    until(lambda: Keys(Catalogue(f"sqlite:///{tmp_path / 'keys.sqlite'}")).listed()[0].last_used == day)


# What a key reads


def test_a_key_is_answered_from_the_reports_of_its_audiences(restricted_service: Service, tmp_path: Path) -> None:
    app, keys = guarded(restricted_service, tmp_path)
    _, of_the_board = keys.add("board", scopes=["ask"], audiences=[BOARD])
    _, of_everybody = keys.add("everybody", scopes=["ask"])
    board, everybody = caller(app, of_the_board), caller(app, of_everybody)
    claim = {"claims": [{"text": f"{SECRETS[3]} is to lead the lighthouse reserve from next spring."}]}
    place = {"symbol": SECRETS[0], "paragraph": "2"}
    cited = {"claims": [{"text": claim["claims"][0]["text"], "paragraphs": [place]}]}
    for path, body in (
        ("/v1/ask", {"question": "Who is to lead the lighthouse reserve?"}),
        ("/v1/search", {"query": "lighthouse reserve"}),
        ("/v1/verify", claim),
        ("/v1/verify", cited),
        ("/v1/documents", None),
        ("/v1/status", None),
    ):
        told = [client.request("POST" if body else "GET", path, json=body) for client in (board, everybody)]
        assert [response.status_code for response in told] == [200, 200]
        if path == "/v1/status":
            assert told[0].json()["documents"] == told[1].json()["documents"] + 1
            continue
        assert SECRETS[0] in told[0].text
        assert set(leaks(told[1].json())) <= set(leaks(body))
    answer_id = board.post("/v1/ask", json={"question": "Who is to lead the lighthouse reserve?"}).json()["answer_id"]
    assert [client.get(f"/v1/answers/{answer_id}").status_code for client in (board, everybody)] == [200, 404]
    rating = {"answer_id": answer_id, "rating": "up"}
    assert [client.post("/v1/feedback", json=rating).status_code for client in (board, everybody)] == [204, 404]


def test_a_conversation_is_its_caller_s_own(sample_service: Service, tmp_path: Path) -> None:
    app, keys = guarded(sample_service, tmp_path)
    first, second = (caller(app, keys.add(name, scopes=["ask"])[1]) for name in ("first", "second"))
    begun = first.post("/v1/ask", json=QUESTION).json()
    there = f"/v1/conversations/{begun['conversation_id']}"
    follow_up = {"question": "And who decided on it?", "conversation_id": begun["conversation_id"]}
    assert second.get(there).status_code == 404
    assert second.delete(there).status_code == 404
    stranger = second.post("/v1/ask", json=follow_up).json()
    followed = first.post("/v1/ask", json=follow_up).json()
    assert stranger["conversation_id"] == followed["conversation_id"] == begun["conversation_id"]
    assert [len(client.get(there).json()["turns"]) for client in (first, second)] == [2, 1]
    assert second.delete(there).status_code == 204
    assert len(first.get(there).json()["turns"]) == 2
    assert caller(app, OWNER).get(there).status_code == 404
    assert second.get(f"/v1/answers/{begun['answer_id']}").status_code == 200


def test_the_board_s_question_is_not_answered_without_it(restricted_service: Service) -> None:
    with api_client(restricted_service, owner=True) as owner:
        assert leaks(owner.post("/v1/ask", json={"question": ASKED}).json()) == []


# From the command line


def test_a_server_for_others_starts_once_there_is_a_key_and_heeds_the_commands(index_settings: IndexSettings) -> None:
    run = runner(index_settings)
    refused = run("serve", BOT_HOST="0.0.0.0", BOT_PORT="0")
    assert refused.exit_code == 2
    for way in ("reformbot keys add NAME", "BOT_API_KEYS", "BOT_OIDC_ISSUER", "127.0.0.1"):
        assert way in refused.stderr
    added = run("keys", "add", "desk", "--scope", "ask", "--expires-days", "7", BOT_HOST="0.0.0.0")
    assert (added.exit_code, len(added.stdout.splitlines())) == (0, 1)
    process = started("serve", settings=index_settings, BOT_HOST="0.0.0.0", BOT_PORT="0")
    address = reachable(index_settings, process)
    headers = {"Authorization": f"Bearer {added.stdout.strip()}"}
    with httpx.Client(base_url=address.url, headers=headers, trust_env=False) as client:
        assert client.get("/v1/status").status_code == 200
        assert run("keys", "list").stdout.splitlines()[1].split("\t")[:2] == ["desk", "ask"]
        assert run("keys", "revoke", "desk").exit_code == 0
        assert client.get("/v1/status").status_code == 401
    assert "revoked" in run("keys", "list").stdout
    assert run("keys", "revoke", "none").exit_code == 1
    assert run("keys", "add", "a b").exit_code == 2
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=30)
    assert process.returncode == 0, log
    assert added.stdout.strip() not in log


def reachable(settings: IndexSettings, process: Popen[str]) -> Address:
    """The address of a server once it answers there."""

    def answers() -> bool:
        address = find_address(settings.path)
        try:
            return address is not None and httpx.get(f"{address.url}/healthz", trust_env=False).is_success
        except httpx.TransportError:
            return False

    until(lambda: answers() or process.poll() is not None)
    address = find_address(settings.path)
    assert address
    return address


def test_only_hashes_are_in_the_catalogue(keys: Keys, tmp_path: Path) -> None:
    _, credential = keys.add("desk", scopes=["ask"])
    with Catalogue(f"sqlite:///{tmp_path / 'keys.sqlite'}").begin() as session:
        assert credential not in str(session.execute(text("select * from keys")).all())
        assert len(session.scalars(select(KeyRow.digest)).one()) == 64
