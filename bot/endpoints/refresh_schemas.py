"""The JSON forms of refreshes over HTTP: what to refresh, how far it is, what failed."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.evaluation.bank import BankQuestion
from bot.http.request_schemas import Request


class RefreshRequest(Request):
    """What to refresh, the watched folders and the list unless files or folders are named.

    Only the index folder's owner may name any on the server's machine.
    """

    paths: list[Annotated[str, Field(min_length=1, max_length=4096)]] = Field(default=[], max_length=10_000)
    replace_folder: bool = Field(default=False, description="Take out what came from these folders and is gone.")
    force: bool = Field(default=False, description="Remove however many documents there are to remove.")
    dry_run: bool = Field(default=False, description="Only tell what would be done.")
    check: list[BankQuestion] = Field(
        default=[], max_length=2000, description="Questions: where a right answer would turn wrong, nothing is changed."
    )


class RestoreRequest(Request):
    """How to go back to the index of an earlier refresh."""

    dry_run: bool = Field(default=False, description="Only tell what would be done.")


class RetryRequest(Request):
    """What failed to try again; all of it unless sources are named."""

    sources: list[Annotated[str, Field(min_length=1, max_length=4096)]] = Field(default=[], max_length=10_000)


class RunStarted(BaseModel):
    """A refresh that was taken on."""

    run_id: str


class FailureOut(BaseModel):
    """A source that could not be read, and why."""

    model_config = ConfigDict(from_attributes=True)

    source: str
    reason: str


class SetAsideOut(BaseModel):
    """A source that could not be read, how often it was tried, and when it is tried again; null where it is not."""

    model_config = ConfigDict(from_attributes=True)

    source: str
    reason: str
    attempts: int
    failed_at: str
    again_at: str | None


class FailuresOut(BaseModel):
    """All that could not be read."""

    failures: list[SetAsideOut]


class StepOut(BaseModel):
    """What a refresh did to one source, or in a dry run would do; `before` and `after` are document ids."""

    model_config = ConfigDict(from_attributes=True)

    change: Literal["new", "changed", "moved", "removed"]
    source: str
    before: str | None
    after: str | None


class RunOut(BaseModel):
    """A refresh so far.

    The numbers count documents, but for `files`, `paragraphs` and `passages`, which count what was read.
    """

    model_config = ConfigDict(from_attributes=True)

    run_id: str
    state: Literal["running", "done", "failed", "held"]
    started_at: str
    finished_at: str | None
    files: int
    files_done: int
    new: int
    changed: int
    moved: int
    unchanged: int
    removed: int
    failed: list[FailureOut]
    paragraphs: int
    passages: int
    passages_embedded: int
    passages_per_second: float | None
    seconds_left: float | None
    dry_run: bool
    restored: str | None = Field(description="The refresh whose documents are the index again.")
    problems: list[str] = Field(description="Why the refresh was held.")
    digest: str


class RunWithSteps(RunOut):
    """A refresh with what it did to each source, and what changed from an edition to the one in its place."""

    steps: list[StepOut]
    editions: list[dict[str, Any]]


class RunsOut(BaseModel):
    """A page of refreshes, newest first; `next` is what `after` takes for the page that follows."""

    runs: list[RunOut]
    next: str | None
