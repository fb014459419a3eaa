"""The pages on the library in every state that a reader can meet: what is behind them, and what is pressed there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.bot.library_stand_in import LibraryEnd, days, failure, listed, place, run, running, work
from tests.bot.web_stand_in import FarEnd, problem

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator, Page

Json = dict[str, Any]
_REPORT = listed()["report"]
_GAPS = _REPORT | {"numbering_gaps": ["17", "18"], "pages_without_text": 2, "warnings": ["Page 3 is askew."]}
WORKS = [
    work(
        listed(
            document_id="w1",
            symbol="X/2026/6/Rev.1",
            title="Repositioning of the programme: annual report 2026",
            report=_GAPS,
        ),
        listed(document_id="w2", symbol="X/2026/6/Rev.1", title="Rapport annuel 2026 du programme", language="fr"),
        listed(document_id="w3", symbol="X/2026/6/Rev.1", title="方案重新定位：2026年年度报告", language="zh"),
        listed(document_id="w4", symbol="X/2026/6", status="superseded", superseded_by="w1"),
        listed(document_id="w5", symbol="X/2026/6", status="superseded", superseded_by="w2", language="fr", date=None),
    ),
    work(
        listed(
            document_id="w6",
            symbol="X/2025/11",
            title="التقرير السنوي عن تمويل نظام المنسقين المقيمين",
            language="ar",
            date="2025-04",
            report=_REPORT | {"recognised": [{"page": 2, "confidence": 0.91}]},
        )
    ),
    work(listed(document_id="w7", symbol=None, title="", date=None, status="superseded", superseded_by="w1")),
]
EDITION = {
    "before": {"label": "X/2026/6 (en)", "title": "Annual report"},
    "after": {"label": "X/2026/6/Rev.1 (en)", "title": "Annual report"},
    "changes": [
        {
            "kinds": ["figure", "date"],
            "before": place("X/2026/6, para. 4", document_id="w4"),
            "after": place("X/2026/6/Rev.1, para. 4", document_id="w1", quote="Seven ports take part."),
            "values": [
                {"kind": "figure", "before": "Four ports", "after": "Seven ports"},
                {"kind": "date", "before": "June 2026", "after": "July 2026"},
            ],
        },
        {
            "kinds": ["added", "commitment"],
            "before": None,
            "after": place("X/2026/6/Rev.1, para. 41", document_id="w1", anchor="para-41", quote="Fees shall end."),
            "values": [],
        },
        {
            "kinds": ["wording"],
            "before": place("X/2026/6, para. 5", document_id="w4", anchor="para-5"),
            "after": place("X/2026/6/Rev.1, para. 5", document_id="w1", anchor="para-5"),
            "values": [],
        },
    ],
}
DIGEST = """1 new, 1 replaced, 1 failed; 7 unchanged.
Failed: reports/broken.pdf: The file is damaged.
New: X/2025/11 (ar), \u2068التقرير السنوي\u2069
Replaced: X/2026/6/Rev.1 (en), Annual report
X/2026/6/Rev.1 (en) supersedes X/2026/6 (en):
- X/2026/6/Rev.1, para. 4: "Seven ports" was "Four ports"; "July 2026" was "June 2026" (X/2026/6, para. 4)
- X/2026/6/Rev.1, para. 41: new paragraph: "Fees shall end."
Paragraphs where only the wording changed: 1"""
STEPS = [
    {"change": "changed", "source": "reports/a.pdf", "before": "w4", "after": "w1"},
    {"change": "new", "source": "reports/b.ar.pdf", "before": None, "after": "w6"},
]
REMOVALS = [{"change": "removed", "source": f"reports/{n}.pdf", "before": f"d{n}", "after": None} for n in range(6)]
FAILED = {"source": "reports/broken.pdf", "reason": "The file is damaged."}
DONE = run(new=1, changed=1, unchanged=7, failed=[FAILED], digest=DIGEST, editions=[EDITION], steps=STEPS)
HELD = run(state="held", removed=6, unchanged=3, steps=REMOVALS, digest="Held: it would remove 6 of 9 documents.")
WRONG = run(state="held", problems=["q7: How many ports take part? It would not be answered any more."])
BROKEN = run(state="failed", digest="The disk of the server is full. The index is as it was.", unchanged=0)
READING = running(files_done=3, passages=40, passages_embedded=12, seconds_left=130.0, unchanged=0)
WAITING = running(files=0, files_done=0, passages=0, passages_embedded=0, passages_per_second=None)
HISTORY = {
    "r6": [READING | {"run_id": "r6"}],
    "r5": [run(run_id="r5", state="held", removed=6)],
    "r4": [run(run_id="r4", state="failed", new=2, digest="", started_at="2026-11-19T09:00:00Z")],
    "r3": [run(run_id="r3", new=3, dry_run=True)],
    "r2": [run(run_id="r2", removed=3, restored="r1")],
    "r1": [DONE],
}
FORBIDDEN = "This key may not do that: it needs the scope operate. Ask whoever gave you the key."


def _nothing(_: "Page") -> None:
    pass


@dataclass(frozen=True)
class Scene:
    """A page in a state: its path, what stands behind it, what is done there, and what is then to be seen."""

    path: str
    seen: str
    behind: Callable[[LibraryEnd], None] = lambda _: None
    done: Callable[["Page"], None] = _nothing


def prepare(far_end: FarEnd, scene: Scene) -> None:
    """Puts behind the page what a scene needs."""
    far_end.library.works = list(WORKS)
    far_end.library.runs = {"r1": [DONE]}
    far_end.library.failures = [
        failure(),
        failure(source="reports/لوائح.docx", reason="It is encrypted.", again_at=None),
    ]
    scene.behind(far_end.library)


def _works(*works: Json) -> Callable[[LibraryEnd], None]:
    return lambda end: setattr(end, "works", list(works))


def _runs(runs: dict[str, list[Json]]) -> Callable[[LibraryEnd], None]:
    return lambda end: end.runs.update(runs)


def _only(*forms: Json) -> Callable[[LibraryEnd], None]:
    return lambda end: setattr(end, "runs", {"r1": list(forms)})


def _history(end: LibraryEnd) -> None:
    end.runs = {name: list(forms) for name, forms in HISTORY.items()}


def _bare(end: LibraryEnd) -> None:
    end.runs, end.failures = {}, []


def _refusing(path: str) -> Callable[[LibraryEnd], None]:
    return lambda end: end.refused.update({path: problem(403, FORBIDDEN)})


def cells(row: "Locator") -> list[str]:
    """The words of each cell of a row."""
    return [" ".join(words.split()) for words in row.get_by_role("cell").all_inner_texts()]


def choose(page: "Page", *names: str) -> None:
    """Chooses files by these names to be added."""
    files: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": b"1. A port."} for name in names or ("a.md", "تقرير.md")
    ]
    page.locator("#files").set_input_files(files)


def _open_all(page: "Page") -> None:
    page.locator("summary").first.wait_for()
    for summary in page.locator("summary").all():
        summary.click()


def _upload(page: "Page") -> None:
    choose(page)
    page.locator("#chosen .primary").click()


SCENES = {
    "documents": Scene("/documents", "#works tbody tr"),
    "documents-open": Scene(
        "/documents",
        "#works tbody tr",
        done=_open_all,
    ),
    "documents-empty": Scene("/documents", "#empty", _works()),
    "documents-no-match": Scene("/documents?query=zebra", "#count:not(:empty)"),
    "documents-refused": Scene("/documents", "#state.problem", _refusing("/v1/works")),
    "upload-chosen": Scene("/documents", "#chosen .primary", done=choose),
    "upload-under-way": Scene("/documents", "#upload-progress progress", _runs({"next": [READING]}), _upload),
    "upload-done": Scene("/documents", "#upload-progress .mark", _runs({"next": [DONE]}), _upload),
    "upload-refused": Scene("/documents", "#chosen .problem:not(:empty)", _refusing("POST /v1/documents"), _upload),
    "refreshes": Scene("/refreshes", "#running progress", _history),
    "refreshes-empty": Scene("/refreshes", "#none", _bare),
    "refreshes-refused": Scene(
        "/refreshes", "#told:not(:empty)", _refusing("POST /v1/refresh"), lambda page: page.locator("#start").click()
    ),
    "refresh-waiting": Scene("/refreshes/r1", "#run progress", _only(WAITING)),
    "refresh-running": Scene("/refreshes/r1", "#run progress", _only(READING)),
    "refresh-done": Scene(
        "/refreshes/r1", "#run .digest", done=lambda page: page.locator("#run summary").first.click()
    ),
    "refresh-held": Scene("/refreshes/r1", "#run .warning", _only(HELD)),
    "refresh-held-by-questions": Scene("/refreshes/r1", "#run .warning", _only(WRONG)),
    "refresh-failed": Scene("/refreshes/r1", "#run .warning", _only(BROKEN)),
    "refresh-dry": Scene("/refreshes/r1", "#run table", _only(DONE | {"dry_run": True, "editions": []})),
    "refresh-way-back": Scene(
        "/refreshes/r1",
        "[aria-live] .change",
        _runs({"next": [run(removed=1, steps=STEPS, dry_run=True)]}),
        lambda page: page.locator("section:has(#restore_heading) button").click(),
    ),
    "refresh-gone": Scene("/refreshes/none", "#state.problem"),
    "statistics-7": Scene("/statistics?days=7", "#figures table", done=lambda page: page.locator("summary").click()),
    "statistics-30": Scene("/statistics", "#charts svg"),
    "statistics-90": Scene("/statistics?days=90", "#charts svg"),
    "statistics-none": Scene(
        "/statistics",
        "#none:not(:empty)",
        lambda end: setattr(end, "days", [day | dict.fromkeys(("questions", "up", "down"), 0) for day in days(30)]),
    ),
    "statistics-refused": Scene("/statistics", "#state.problem", _refusing("/v1/statistics")),
}
