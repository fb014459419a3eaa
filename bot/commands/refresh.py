"""The commands that change the index: take in, mirror, watch, go back, try again, take out."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import typer

from bot.commands.shared import AsJson, bank_in, connected, refreshed, show, show_finished
from bot.terminal.ending import FAILED, MISUSE, complain

Force = Annotated[bool, typer.Option("--force", help="Remove however many documents there are to remove.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")]


def add_refresh_commands(app: typer.Typer) -> None:
    """Gives an app these commands."""
    for command, example in _EXAMPLES.items():
        app.command(epilog=f"Example: {example}")(command)


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, folders, or .jsonl of paragraphs.")],
    replace_folder: Annotated[
        bool, typer.Option("--replace-folder", help="Take out what came from these folders and is gone.")
    ] = False,
    force: Force = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take reports into the index; ends with 0 when all went in, with 1 when some failed."""
    if missing := [str(path) for path in paths if not path.exists()]:
        complain(f"There is no file or folder {', '.join(missing)}.")
        raise typer.Exit(MISUSE)
    named = {"paths": [str(path.absolute()) for path in paths], "replace_folder": replace_folder}
    _refresh("/v1/refresh", {**named, "force": force, "dry_run": dry_run}, as_json)


def refresh(
    check: Annotated[
        Path | None,
        typer.Option(metavar="BANK.jsonl", help="Change nothing where a golden question would be answered wrongly."),
    ] = None,
    force: Force = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make the index mirror the folders of INDEX_FOLDERS and the list of INDEX_FETCH_LIST."""
    golden = [one.model_dump(exclude_unset=True) for one in bank_in(check)] if check else []
    _refresh("/v1/refresh", {"force": force, "dry_run": dry_run, "check": golden}, as_json)


def watch(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to mirror.")], force: Force = False
) -> None:
    """Keep the index the mirror of a folder, until Ctrl-C."""
    if not folder.is_dir():
        complain(f"There is no folder {folder}.")
        raise typer.Exit(MISUSE)
    body = {"paths": [str(folder.absolute())], "replace_folder": True, "force": force}
    with connected() as (client, _):
        from watchfiles import watch as changes

        from ingest.watch import QUIET_MILLISECONDS

        show_finished(refreshed(client, "POST", "/v1/refresh", body), as_json=False)
        complain(f"Watching {folder}; Ctrl-C ends this.")
        for _ in changes(folder, debounce=QUIET_MILLISECONDS, step=QUIET_MILLISECONDS, raise_interrupt=False):
            show_finished(refreshed(client, "POST", "/v1/refresh", body), as_json=False)


def restore(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A refresh, as `history` lists it.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Go back to the index of an earlier refresh."""
    _refresh(f"/v1/refresh/{quote(run, safe='')}/restore", {"dry_run": dry_run}, as_json)


def proceed(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A refresh that was held.")], as_json: AsJson = False
) -> None:
    """Go on with a refresh that was held: what it was to take in and to take out, uploads too."""
    _refresh(f"/v1/refresh/{quote(run, safe='')}/proceed", {}, as_json)


def retry(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="As `status --failed` lists them; else all.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Try again what could not be read."""
    _refresh("/v1/failures/retry", {"sources": sources or []}, as_json)


def _refresh(path: str, body: dict[str, Any], as_json: bool) -> None:
    """Carries out one refresh and shows it; ends with 1 where something failed or it was held."""
    with connected() as (client, _):
        run = refreshed(client, "POST", path, body)
        show_finished(run, as_json)
    if run["failed"] or run["state"] != "done":
        raise typer.Exit(FAILED)


def history(as_json: AsJson = False) -> None:
    """List the last refreshes, newest first."""
    with connected() as (client, _):
        from bot.commands.client import call
        from bot.terminal.refresh import show_runs

        show(call(client, "GET", "/v1/refresh"), as_json, show_runs)


def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Document ids, as `search --json` gives them.")],
    as_json: AsJson = False,
) -> None:
    """Take documents out of the index; ends with 1 when some could not be."""
    failed = False
    with connected() as (client, _):
        from bot.operations.folder import CommandError

        for document_id in ids:
            try:
                run = refreshed(client, "DELETE", f"/v1/documents/{quote(document_id, safe='')}")
                show_finished(run, as_json)
                failed |= run["state"] != "done"
            except CommandError as error:
                complain(f"{document_id}: {error}")
                failed = True
    if failed:
        raise typer.Exit(FAILED)


_EXAMPLES: dict[Callable[..., None], str] = {
    ingest: "reformbot ingest ~/reports --replace-folder --dry-run",
    refresh: "reformbot refresh --check samples/questions.jsonl",
    watch: "reformbot watch ~/reports",
    history: "reformbot history --json",
    restore: "reformbot restore 1a20a20ce15ab5",
    proceed: "reformbot proceed 1a20a20ce15ab5",
    retry: "reformbot retry ~/reports/scan.pdf",
    remove: "reformbot remove 8895fdf08be4dc22",
}
