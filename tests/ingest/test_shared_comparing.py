"""Editions as they are read from files: of the samples, and of real reports where they lie beside the repository."""

from itertools import combinations
from pathlib import Path

import pytest

from ingest.comparing import Edition, edition_changes
from ingest.findings import ChangedValue
from tests.ingest.files import read

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FORMATS = ("seed-unhabitat-reform-zh.txt", *(f"formats/seed.{kind}" for kind in ("pdf", "docx", "html", "md")))


def edition(path: Path) -> Edition:
    document = read(path)
    return Edition(document, document.paragraphs)


def test_the_revised_sample_report_is_told_by_what_it_revises() -> None:
    reports = ROOT / "samples" / "reports"
    before, after = edition(reports / "SAMPLE_2021_1.en.html"), edition(reports / "SAMPLE_2021_1_Rev.1.en.pdf")
    changes = edition_changes(before, after)
    values = {change.after.paragraph: change.values for change in changes if change.after and change.values}
    assert {"5", "6", "8", "11", "12"} <= values.keys() <= {"1", "5", "6", "8", "11", "12"}
    assert ChangedValue("figure", "18 common country analyses", "19 common country analyses") in values["5"]
    assert ChangedValue("date", "1 September 2020", "1 October 2020") in values["6"]
    assert values["12"] == (ChangedValue("date", "30 September 2021", "31 October 2021"),)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the reports are not here")
def test_one_report_in_five_formats_has_no_changes() -> None:
    editions = [edition(CORPUS / name) for name in FORMATS]
    for one, other in combinations(editions, 2):
        assert not [change for change in edition_changes(one, other) if change.matters]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the reports are not here")
def test_two_reports_that_share_little_are_not_compared_by_force() -> None:
    one, other = (edition(CORPUS / "un2025" / f"{name}.en.pdf") for name in ("E_2025_57", "E_2025_61"))
    changes = edition_changes(one, other)
    compared = [change for change in changes if change.before and change.after and not change.rewords]
    assert len(compared) < len(changes) / 20
