"""Writes the examples of the API's reference anew, as the server answers over the sample reports: `make reference`.

What is sent stands in `bot/endpoints/reference.json` and is kept; what comes back is written there, each list cut to
its first.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.testclient import TestClient

from bot.service import Service
from tests.conftest import SAMPLES, api_client, ingest
from tests.faults.api_fuzz import service_of_samples

FILE = Path(__file__).parent.parent / "bot" / "endpoints" / "reference.json"
Examples = Mapping[str, dict[str, Any]]
_REPORT = ("SAMPLE_RES_2022_1.en.md", b"1. Decides that the levy is 1 per cent.")


def examples_of(service: Service, asked: Examples) -> Examples:
    """The examples with what the server answers to them, one after the other; ids are those of what came before."""
    ids = {"model": "reformbot", "name": "translation-desk", "term_id": "qcpr"}
    told = {}
    with api_client(service, owner=True) as client:
        for endpoint, example in asked.items():
            method, _, path = endpoint.partition(" ")
            content = _answered(client, method, path.format_map(ids), example.get("request"), ids)
            service.worker.wait()
            ids |= dict(_ids(content))
            told[endpoint] = example | ({} if content is None else {"response": _first_of_each(content)})
    return told


def _answered(client: TestClient, method: str, path: str, body: Any, ids: Mapping[str, str]) -> Any:
    body = {name: ids.get(name, value) for name, value in body.items()} if body else None
    sent: dict[str, Any] = {"files": {"files": _REPORT}} if body and "files" in body else {"json": body}
    response = client.request(method, path, **sent)
    assert response.is_success, f"{method} {path}: {response.text}"
    return response.json() if response.content else None


def _ids(content: Any) -> Iterator[tuple[str, str]]:
    """What is called an id, the outermost last."""
    if isinstance(content, dict):
        for each in reversed(list(content.values())):
            yield from _ids(each)
        yield from ((name, value) for name, value in content.items() if name.endswith("_id") and value)
    elif isinstance(content, list):
        yield from _ids(content[0] if content else None)


def _first_of_each(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: "…" if name == "key" else _first_of_each(value) for name, value in content.items()}
    return [_first_of_each(each) for each in content[:1]] if isinstance(content, list) else content


def _main() -> None:
    with TemporaryDirectory() as folder:
        service = service_of_samples(Path(folder) / "data")
        ingest(service, SAMPLES)
        told = examples_of(service, json.loads(FILE.read_text(encoding="utf-8")))
        service.close()
    written = json.dumps(told, ensure_ascii=False, indent=1).replace(f"{SAMPLES.parent.parent}/", "")
    FILE.write_text(f"{written}\n", encoding="utf-8")


if __name__ == "__main__":
    _main()
