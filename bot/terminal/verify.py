"""A draft for `reformbot verify`, and what came of checking it, in a terminal."""

from pathlib import Path

from rich.console import Console

from bot.operations.folder import CommandError
from bot.terminal.tables import Json, indented, shortened, text
from bot.texts.direction import directed

# What a problem is called, before the words that have it.
_KINDS = {
    "number": "number",
    "date": "date",
    "symbol": "symbol or paragraph",
    "body": "name",
    "quote": "not the report's words",
    "strength": "said more or less strongly",
    "negation": "yes and no",
    "absent": "not in the reports",
}
_SHORTENED = 160


def draft_in(file: Path) -> str:
    """The text of a draft. Raises CommandError where there is none."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not text in UTF-8: save the draft as text or Markdown.", exit_code=2) from error
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.", exit_code=2) from error


def show_checked(console: Console, checked: Json) -> None:
    """Each sentence, whether the reports say it, what differs, and the paragraph; then how many are supported."""
    claims = checked["claims"]
    for claim in claims:
        mark, style = ("✓", "") if claim["supported"] else ("✗", "bold")
        console.print(text(f"{mark} {directed(claim['text'])}", style))
        for problem in claim["problems"]:
            console.print(indented(_told(problem), "red"))
        for citation in claim["citations"]:
            quote = shortened(citation["quote"], _SHORTENED)
            console.print(indented(f"{citation['label']}: “{quote}”", "dim"))
    supported = sum(claim["supported"] for claim in claims)
    console.print(text(f"\n{supported} of {len(claims)} sentences are supported."))


def _told(problem: Json) -> str:
    if problem["kind"] == "absent":
        return f"{_KINDS['absent']}: {shortened(problem['text'], _SHORTENED)}"
    found = f"; the report has {', '.join(problem['found'])}" if problem["found"] else ""
    return f"{_KINDS[problem['kind']]}: {shortened(problem['text'], _SHORTENED)}{found}"
