"""An index with a report for everybody and one for the board alone."""

import json
from pathlib import Path

from bot.service import Service
from tests.conftest import ingest

BOARD = "board"
# What stands in the board's report and nowhere else, to be looked for wherever it must not be.
SECRETS = ("SAMPLE/BRD/7", "Confidential note on the lighthouse reserve", "41 million", "Marama Quill")
ASKED = "How much is the lighthouse reserve?"
PUBLIC_ANSWER = "12 million"

_PUBLIC = {
    "1": "The lighthouse reserve of the harbour programme is 12 million dollars.",
    "2": "The harbour programme keeps nine lighthouses along the northern coast.",
    "3": "The keepers of the lighthouses report to the harbour programme every spring.",
}
_BOARD = {
    "1": "The lighthouse reserve is 41 million dollars, of which the board has told nobody.",
    "2": "The board wants Marama Quill to lead the lighthouse reserve from next spring.",
    "3": "The lighthouse reserve is to be spent before the harbour programme ends.",
}


def take_in(service: Service, folder: Path) -> None:
    """Has both reports in the index."""
    public = _lines("SAMPLE/HBR/1", "Report on the harbour programme", "public", _PUBLIC)
    board = _lines(SECRETS[0], SECRETS[1], BOARD, _BOARD)
    (folder / "both.jsonl").write_text("\n".join([*public, *board]), encoding="utf-8")
    run = ingest(service, folder / "both.jsonl")
    assert (run.state, run.new) == ("done", 2), run


def _lines(symbol: str, title: str, audience: str, paragraphs: dict[str, str]) -> list[str]:
    whole = {"document": symbol, "symbol": symbol, "title": title, "language": "en", "date": "2025-05-01"}
    return [json.dumps(whole | {"audience": audience, "paragraph": n, "text": t}) for n, t in paragraphs.items()]


def leaks(told: object) -> list[str]:
    """What of the board's report stands in something that was told."""
    text = json.dumps(told, ensure_ascii=False, default=str)
    return [secret for secret in SECRETS if secret in text]
