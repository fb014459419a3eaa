"""An index with reports for everybody, two of them a series, and one for the board alone."""

import json
from pathlib import Path

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
    "2": "Marama Quill is to lead the lighthouse reserve from next spring, as the board wants.",
    "3": "The lighthouse reserve is to be spent before the harbour programme ends.",
}


def reports(folder: Path) -> Path:
    """A file with these reports, to be taken in."""
    harbour = _lines("SAMPLE/HBR/1", "Report on the harbour programme", _PUBLIC)
    board = _lines(SECRETS[0], SECRETS[1], _BOARD, audience=BOARD, date="2027-05-01")
    return _written(folder / "reports.jsonl", [*harbour, *board, *_fleet(2024), *_fleet(2025)])


def fleet_report(folder: Path, year: int) -> Path:
    """A file with the report of another year on the fleet."""
    return _written(folder / f"{year}.jsonl", _fleet(year))


def _fleet(year: int) -> list[str]:
    paragraphs = {"1": f"The fishing fleet had {year - 1900} boats in {year}.", "2": "It sails from the north."}
    return _lines(f"SAMPLE/{year}/40", f"Work of the fishing fleet in {year}", paragraphs, date=f"{year}-05-01")


def _written(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _lines(
    symbol: str, title: str, paragraphs: dict[str, str], *, audience: str = "public", date: str = "2025-05-01"
) -> list[str]:
    whole = {"document": symbol, "symbol": symbol, "title": title, "language": "en", "date": date}
    return [json.dumps(whole | {"audience": audience, "paragraph": n, "text": t}) for n, t in paragraphs.items()]


def leaks(told: object) -> list[str]:
    """What of the board's report stands in something that was told."""
    text = json.dumps(told, ensure_ascii=False, default=str)
    return [secret for secret in SECRETS if secret in text]
