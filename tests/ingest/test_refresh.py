"""What a refresh keeps, moves, holds back, goes back to, sets aside and tries again."""

import json
import shutil
from pathlib import Path

from bot.service import Service, build_service
from bot.settings import BotSettings
from ingest.failures import failures
from ingest.fetch_list import Listed
from ingest.gate import Golden
from ingest.plan import Change
from ingest.runs import Run, find_run, recent_runs
from ingest.sources import SourceFile, files_under
from ingest.watch import again, mirror_of
from tests.conftest import ingest
from tests.ingest.document_server import DocumentServer, document, status
from tests.ingest.files import numbered_docx
from tests.ingest.test_sync import REPORT, texts, write
from vectorstore.settings import IndexSettings

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def carried_out(service: Service, change: Change) -> Run:
    run = service.worker.submit(change)
    service.worker.wait()
    found = service.worker.find(run.run_id)
    assert found
    return found


def reports(folder: Path, count: int) -> Path:
    for number in range(count):
        write(folder, f"{number:02}.md", REPORT.replace("harbour", f"harbour {number}"))
    return folder


def sources(service: Service) -> set[str]:
    return {Path(name).name for record in service.library.records().values() for name in record.sources}


def test_a_moved_file_costs_nothing_and_keeps_its_citations(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    ingest(service, path.parent)
    [before] = service.library.records()
    (tmp_path / "in" / "deep").mkdir()
    path.rename(tmp_path / "in" / "deep" / "renamed.md")
    run = ingest(service, tmp_path / "in", replace_folder=True)
    assert (run.moved, run.new, run.removed, run.changed) == (1, 0, 0, 0)
    assert (run.paragraphs, run.passages_embedded) == (0, 0)
    [record] = service.library.records().values()
    assert record.document_id == before
    assert Path(record.source).name == "renamed.md"


def test_copies_of_a_file_are_one_document(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.md", REPORT)
    shutil.copy(path, tmp_path / "in" / "b.md")
    ingest(service, tmp_path / "in")
    assert len(service.library.records()) == 1
    assert sources(service) == {"a.md", "b.md"}
    path.unlink()
    run = ingest(service, tmp_path / "in", replace_folder=True)
    assert run.removed == 0
    assert sources(service) == {"b.md"}


def test_a_file_name_that_gives_the_symbol_is_minded_when_it_changes(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "report.md", REPORT)
    ingest(service, path)
    path.rename(tmp_path / "in" / "HSP_EB.2031_6.en.md")
    ingest(service, tmp_path / "in", replace_folder=True)
    assert [record.symbol for record in service.library.records().values()] == ["HSP/EB.2031/6"]


def test_a_bulk_document_that_its_file_drops_goes_with_the_mirrored_folder(service: Service, tmp_path: Path) -> None:
    lines = [json.dumps({"document": name, "text": f"The canal {name} opened in 1869."}) for name in ("one", "two")]
    path = write(tmp_path / "in", "bulk.jsonl", "\n".join(lines))
    ingest(service, tmp_path / "in", replace_folder=True)
    path.write_text(lines[0], encoding="utf-8")
    run = ingest(service, tmp_path / "in", replace_folder=True)
    assert (run.removed, run.unchanged) == (1, 1)
    assert sources(service) == {"one"}


def test_a_refresh_that_would_remove_a_tenth_is_held_until_it_is_forced(service: Service, tmp_path: Path) -> None:
    folder = reports(tmp_path / "in", 7)
    ingest(service, folder, replace_folder=True)
    for path in folder.iterdir():
        if path.name != "00.md":
            path.unlink()
    held = ingest(service, folder, replace_folder=True)
    assert (held.state, held.removed) == ("held", 6)
    assert f"reformbot proceed {held.run_id}" in held.digest
    assert len(sources(service)) == 7
    forced = carried_out(service, Change(files=files_under([folder]), mirrored=(str(folder),), force=True))
    assert (forced.state, forced.removed) == ("done", 6)
    assert sources(service) == {"00.md"}


def test_a_watched_folder_that_is_not_there_removes_nothing(service: Service, tmp_path: Path) -> None:
    folder = reports(tmp_path / "in", 2)
    carried_out(service, mirror_of([folder]))
    folder.rename(tmp_path / "unmounted")
    run = carried_out(service, mirror_of([folder]))
    assert run.removed == 0
    assert run.failed
    assert sources(service) == {"00.md", "01.md"}


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(service: Service, tmp_path: Path) -> None:
    folder = reports(tmp_path / "in", 3)
    ingest(service, folder)
    (folder / "00.md").unlink()
    (folder / "01.md").rename(folder / "moved.md")
    write(folder, "02.md", REPORT.replace("harbour", "airport"))
    write(folder, "new.md", REPORT.replace("harbour", "station"))
    generation = service.catalogue.current_generation
    planned = carried_out(service, Change(files=files_under([folder]), mirrored=(str(folder),), dry_run=True))
    told = {Path(step.source).name: step.change for step in planned.steps}
    assert told == {"00.md": "removed", "moved.md": "moved", "02.md": "changed", "new.md": "new"}
    assert planned.passages_embedded == 0
    assert service.catalogue.current_generation == generation


def test_restore_goes_back_and_the_next_refresh_goes_on(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    first = ingest(service, path)
    path.write_text(REPORT.replace("four ports", "seven ports"), encoding="utf-8")
    ingest(service, path)
    back = carried_out(service, Change(restored=first.run_id, force=True))
    assert (back.state, back.changed, back.passages_embedded) == ("done", 1, 0)
    assert any("four ports" in text for text in texts(service))
    ingest(service, path)
    assert any("seven ports" in text for text in texts(service))


def test_a_refused_file_is_set_aside_and_not_read_again_until_asked(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "in" / "broken.pdf"
    write(tmp_path / "in", "good.md", REPORT)
    path.write_bytes(b"%PDF-1.7\nthis is not a PDF")
    ingest(service, tmp_path / "in")
    [failed] = failures(service.catalogue)
    assert (Path(failed.source).name, failed.again_at, failed.attempts) == ("broken.pdf", None, 1)
    told = ingest(service, tmp_path / "in")
    assert [failure.reason for failure in told.failed] == [failed.reason]
    assert failures(service.catalogue)[0].attempts == 1
    carried_out(service, again(failures(service.catalogue)))
    assert failures(service.catalogue)[0].attempts == 2


def test_a_mended_file_goes_in_and_off_the_list(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "report.txt", "  ")
    ingest(service, path)
    assert failures(service.catalogue)
    path.write_text("1. The pilot began in 2019 with four ports.", encoding="utf-8")
    assert ingest(service, path).new == 1
    assert failures(service.catalogue) == ()


def test_what_may_pass_is_tried_again_later_each_time_and_then_set_aside(service: Service, tmp_path: Path) -> None:
    gone = Change(files=(SourceFile("gone.pdf", tmp_path / "gone.pdf"),))
    waits = []
    for _ in range(4):
        carried_out(service, gone)
        [failed] = failures(service.catalogue)
        waits.append(failed.again_at)
    assert waits[:3] == sorted(filter(None, waits[:3]))
    assert waits[3] is None


def test_the_gate_holds_a_refresh_that_would_turn_a_right_answer_wrong(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "harbour.md", REPORT)
    ingest(service, path)
    question = "How many ports did the harbour pilot begin with?"
    golden = Golden("ports", question, ((None, "1"),), (("fourports",),))
    follow_up = Golden("budget", "And what was its budget?", ((None, "1"),), (("12million",),), after=question)
    path.write_text(REPORT.replace("four ports", "some ports").replace("12 million", "many"), encoding="utf-8")
    held = carried_out(service, Change(files=files_under([path]), golden=(golden, follow_up)))
    assert (held.state, len(held.problems)) == ("held", 2)
    assert "How many ports" in held.problems[0]
    assert "And what was its budget?" in held.problems[1]
    assert any("four ports" in text for text in texts(service))
    path.write_text(REPORT.replace("four ports", "four ports and a canal"), encoding="utf-8")
    assert carried_out(service, Change(files=files_under([path]), golden=(golden,))).state == "done"


def test_a_refresh_outlives_the_process_with_its_result(index_settings: IndexSettings, tmp_path: Path) -> None:
    first = build_service(index_settings, BotSettings())
    run = ingest(first, write(tmp_path / "in", "harbour.md", REPORT))
    first.close()
    second = build_service(index_settings, BotSettings())
    assert find_run(second.catalogue, run.run_id) == run
    second.close()


def test_the_worker_goes_on_after_a_listener_fails(service: Service, tmp_path: Path) -> None:
    def fail(_: Run) -> None:
        raise RuntimeError

    heard: list[Run] = []
    service.worker.subscribe(fail)
    service.worker.subscribe(heard.append)
    ingest(service, write(tmp_path / "in", "harbour.md", REPORT))
    assert ingest(service, tmp_path / "in").unchanged == 1
    assert [run.new for run in heard] == [1, 0]


def test_a_listed_document_that_cannot_be_fetched_now_stays(index_settings: IndexSettings, tmp_path: Path) -> None:
    with DocumentServer().running() as server:
        server.on("/A/99/1", document(numbered_docx(tmp_path / "a.docx").read_bytes(), DOCX), status(404))
        address = server.origin + "/{symbol}"
        settings = index_settings.model_copy(update={"fetch_hosts": (server.origin,), "fetch_address": address})
        service = build_service(settings, BotSettings())
        change = mirror_of([], [Listed("A/99/1")], settings.path / "fetched")
        assert carried_out(service, change).new == 1
        run = carried_out(service, change)
        assert (run.removed, [failure.source for failure in run.failed]) == (0, ["symbol:/A_99_1.en"])
        assert len(service.library.records()) == 1
        assert carried_out(service, mirror_of([], [], settings.path / "fetched")).removed == 1
        service.close()


def test_a_refused_file_that_is_deleted_leaves_the_list(service: Service, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "empty.txt", " ")
    carried_out(service, mirror_of([tmp_path / "in"]))
    assert failures(service.catalogue)
    path.unlink()
    carried_out(service, mirror_of([tmp_path / "in"]))
    assert failures(service.catalogue) == ()


def test_refreshes_of_one_second_are_listed_newest_first(service: Service) -> None:
    begun = []
    for _ in range(5):
        begun.append(service.worker.submit(Change()).run_id)
        service.worker.wait()
    assert [run.run_id for run in recent_runs(service.catalogue, 5)] == begun[::-1]
