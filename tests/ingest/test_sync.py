"""Refreshes: what is taken in, what stays, what goes, and what a reader sees meanwhile."""

import json
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from bot.answer import Question
from bot.service import Service, build_service
from bot.settings import BotSettings
from ingest.fetch import Fetcher, FetchLimits
from ingest.intake import Intake
from ingest.plan import Change
from ingest.runs import Run, begin_run, find_run
from ingest.sandbox import Limits
from ingest.sources import files_under
from ingest.sync import Refresher
from ingest.work import Work
from tests.conftest import ingest
from vectorstore.library import OtherModelError
from vectorstore.models import ModelError
from vectorstore.settings import IndexSettings

REPORT = """# Report on the harbour pilot

Symbol: none

## I. Background

1. The harbour pilot began in 2019 with four ports and a budget of 12 million dollars.

2. The steering group meets every month and is chaired by the harbour master.

## II. Next steps

3. A second phase will open in June 2026 with nine more ports.
"""


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def texts(service: Service) -> set[str]:
    records = service.library.records()
    return {paragraph.text for record in records for paragraph in service.catalogue.paragraphs(record)}


def test_a_report_goes_in_with_its_numbered_paragraphs(service: Service, tmp_path: Path) -> None:
    run = ingest(service, write(tmp_path / "in", "harbour.md", REPORT))
    assert (run.state, run.new, run.failed) == ("done", 1, ())
    [record] = service.library.records().values()
    assert [p.number for p in service.catalogue.paragraphs(record.document_id) if p.number] == ["1", "2", "3"]
    assert record.title == "Report on the harbour pilot"


def test_an_unchanged_report_costs_nothing(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    ingest(service, path)
    generation = service.catalogue.current_generation
    run = ingest(service, path)
    assert (run.unchanged, run.new, run.changed, run.passages_embedded) == (1, 0, 0, 0)
    assert service.catalogue.current_generation == generation


def test_only_the_paragraph_inserted_above_the_others_is_embedded(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    ingest(service, path)
    inserted = "1. A new first paragraph on the history of the piers.\n\n2. The harbour pilot began"
    path.write_text(
        REPORT.replace("1. The harbour pilot began", inserted)
        .replace("2. The st", "3. The st")
        .replace("3. A se", "4. A se"),
        encoding="utf-8",
    )
    run = ingest(service, path)
    assert (run.changed, run.passages_embedded) == (1, 1)
    assert len(service.library.records()) == 1


def test_a_changed_report_replaces_the_old_one(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    ingest(service, path)
    path.write_text(REPORT.replace("four ports", "seven ports"), encoding="utf-8")
    ingest(service, path)
    assert any("seven ports" in text for text in texts(service))
    assert not any("four ports" in text for text in texts(service))


def test_a_reader_keeps_the_generation_that_it_began_with(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    ingest(service, path)
    with service.library.reading() as generation:
        assert generation
        path.write_text(REPORT.replace("four ports", "seven ports"), encoding="utf-8")
        ingest(service, path)
        [held] = generation.records
        query = service.search.prepare("ports", "en")
        shelf = next(iter(generation.shelves))
        assert generation.nearest(shelf, "dense", query.vectors["dense"], limit=5)
        assert held not in service.library.records()


def test_what_is_gone_from_a_mirrored_folder_is_taken_out(service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    gone = write(folder, "a.md", REPORT)
    write(folder, "b.md", REPORT.replace("harbour", "airport"))
    elsewhere = write(tmp_path / "other", "c.md", REPORT.replace("harbour", "station"))
    ingest(service, folder, elsewhere)
    gone.unlink()
    run = ingest(service, folder, replace_folder=True)
    assert (run.removed, run.unchanged) == (1, 1)
    assert {Path(r.source).name for r in service.library.records().values()} == {"b.md", "c.md"}


def test_without_mirroring_nothing_is_taken_out(service: Service, tmp_path: Path) -> None:
    gone = write(tmp_path / "in", "a.md", REPORT)
    ingest(service, tmp_path / "in")
    gone.unlink()
    run = ingest(service, tmp_path / "in")
    assert run.removed == 0
    assert len(service.library.records()) == 1


BAD_FILES = {
    "empty.pdf": (b"", "empty"),
    "broken.pdf": (b"%PDF-1.7\nthis is not a PDF", "PDF"),
    "program.exe": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" * 20, "type"),
    "spaces.txt": (b"   \n\n   \n", "empty"),
    "lines.jsonl": (b'{"document": "a", "text": "fine"}\nnot json\n', "Line 2"),
}


def test_bad_files_are_reported_and_the_rest_goes_in(service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, "good.md", REPORT)
    for name, (content, _) in BAD_FILES.items():
        (folder / name).write_bytes(content)
    run = ingest(service, folder)
    assert (run.state, run.new) == ("done", 1)
    reasons = {Path(failure.source).name: failure.reason for failure in run.failed}
    assert reasons.keys() == BAD_FILES.keys()
    for name, (_, told) in BAD_FILES.items():
        assert told.lower() in reasons[name].lower(), reasons[name]
        assert "Traceback" not in reasons[name]


def test_a_report_that_can_no_longer_be_read_stays_as_it_was(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    ingest(service, path)
    before = texts(service)
    path.write_text("", encoding="utf-8")
    run = ingest(service, path.parent, replace_folder=True)
    assert len(run.failed) == 1
    assert texts(service) == before


def test_bulk_paragraphs_go_in_as_documents(service: Service, tmp_path: Path) -> None:
    lines = [
        {"document": "one", "title": "One", "language": "en", "paragraph": "1", "text": "The canal opened in 1869."},
        {"document": "one", "paragraph": "2", "text": "It was widened in 2015."},
        {"document": "deux", "language": "fr", "text": "Le canal a été élargi en 2015."},
    ]
    path = write(tmp_path / "in", "bulk.jsonl", "\n".join(map(json.dumps, lines)))
    assert ingest(service, path).new == 2
    assert {r.source for r in service.library.records().values()} == {"one", "deux"}
    assert ingest(service, path).unchanged == 2


def test_the_newest_revision_supersedes_the_older(sample_service: Service) -> None:
    by_symbol = {r.symbol: r for r in sample_service.library.records().values()}
    assert by_symbol["SAMPLE/2021/1"].superseded_by == by_symbol["SAMPLE/2021/1/Rev.1"].document_id
    assert [s for s, r in by_symbol.items() if r.superseded_by] == ["SAMPLE/2021/1"]


def test_the_index_outlives_the_process(index_settings: IndexSettings, tmp_path: Path) -> None:
    first = build_service(index_settings, BotSettings())
    ingest(first, write(tmp_path / "in", "harbour.md", REPORT))
    kept = texts(first)
    first.close()
    second = build_service(index_settings, BotSettings())
    assert texts(second) == kept
    assert ingest(second, tmp_path / "in").unchanged == 1
    second.close()


def test_a_damaged_generation_is_rebuilt_without_embedding(index_settings: IndexSettings, tmp_path: Path) -> None:
    first = build_service(index_settings, BotSettings())
    ingest(first, write(tmp_path / "in", "harbour.md", REPORT))
    generation = first.catalogue.current_generation
    first.close()
    (index_settings.path / "generations" / str(generation) / "lexical.sqlite").unlink()
    second = build_service(index_settings, BotSettings())
    second.library.wait_until_open()
    assert "four ports" in second.answering.answer(Question("How many ports did the pilot begin with?")).answer
    second.close()


def test_an_index_made_with_another_model_is_refused(index_settings: IndexSettings, tmp_path: Path) -> None:
    first = build_service(index_settings, BotSettings())
    ingest(first, write(tmp_path / "in", "harbour.md", REPORT))
    first.catalogue.remember("embedding_model", "another-model/768")
    first.close()
    with pytest.raises(OtherModelError, match=r"another-model.*INDEX_EMBEDDING_MODEL"):
        build_service(index_settings, BotSettings())


def test_an_index_that_is_still_empty_takes_any_model(index_settings: IndexSettings) -> None:
    first = build_service(index_settings, BotSettings())
    first.catalogue.remember("embedding_model", "another-model/768")
    first.close()
    build_service(index_settings, BotSettings()).close()


def test_a_refresh_that_was_cut_off_is_told_as_failed(index_settings: IndexSettings) -> None:
    first = build_service(index_settings, BotSettings())
    run = begin_run(first.catalogue)
    first.close()
    second = build_service(index_settings, BotSettings())
    found = find_run(second.catalogue, run.run_id)
    assert found
    assert found.state == "failed"
    second.close()


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.md", REPORT)
    write(tmp_path / "in" / ".git", "b.md", REPORT)
    assert [Path(file.source).name for file in files_under([tmp_path / "in"])] == ["a.md"]


class BrokenEmbeddings(Embeddings):
    """A model whose server has gone."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise ModelError("The embedding server cannot be reached: start it.")

    def embed_query(self, text: str) -> list[float]:
        raise ModelError("The embedding server cannot be reached: start it.")


def test_a_refresh_that_cannot_embed_leaves_the_index_as_it_was(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    ingest(service, path)
    before = texts(service)
    path.write_text(REPORT.replace("four ports", "seven ports"), encoding="utf-8")
    broken = {"dense": BrokenEmbeddings()}
    intake = Intake(service.catalogue, broken, count_tokens=len, limits=Limits(), folder=tmp_path, pause_seconds=0)
    fetcher = Fetcher(tmp_path, allowed=["undocs.org"], limits=FetchLimits(), template="https://undocs.org/{symbol}")
    refresher = Refresher(service.library, intake, fetcher, gate=lambda *_: ())
    run = refresher.refresh(begin_run(service.catalogue), Change(files=files_under([path])), progress=lambda _: None)
    assert run.state == "failed"
    assert "start it" in run.digest
    assert texts(service) == before
    assert ingest(service, path).changed == 1


class TickingEmbeddings(Embeddings):
    """A model that takes a second a text, by a clock of its own."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.seconds += len(texts)
        return [[1.0] * 8 for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return [1.0] * 8


def test_the_time_left_is_told_once_it_can_be_known(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"document": f"{n:03}", "text": f"Canal {n:03} opened in the spring."}) for n in range(600)]
    files = files_under([write(tmp_path / "in", "canals.jsonl", "\n".join(lines))])
    model, runs = TickingEmbeddings(), list[Run]()
    monkeypatch.setattr("time.monotonic", lambda: model.seconds)
    intake = Intake(service.catalogue, {"dense": model}, count_tokens=len, limits=Limits(), folder=tmp_path)
    work = Work(begin_run(service.catalogue), {}, runs.append)
    intake.take_in(intake.survey(files, work, retry=False), work)
    told = {run.passages_embedded: run.seconds_left for run in runs if run.passages_embedded}
    assert all(run.seconds_left is None for run in runs if not run.passages_embedded)
    assert told == pytest.approx({128: 472, 256: 344, 384: 216, 512: 88, 600: None}, abs=1)
    assert runs[-1].seconds_left is None


def test_the_same_bulk_document_in_two_files_goes_in_once(service: Service, tmp_path: Path) -> None:
    line = json.dumps({"document": "one", "text": "The canal opened in 1869."})
    write(tmp_path / "in", "a.jsonl", line)
    write(tmp_path / "in", "copy-of-a.jsonl", line)
    run = ingest(service, tmp_path / "in")
    assert (run.state, run.new, run.unchanged) == ("done", 1, 1)
    assert len(service.library.records()) == 1
