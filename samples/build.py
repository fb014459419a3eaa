"""Writes the sample reports from their sources: `python -m samples.build`. A rebuild changes no byte."""

from pathlib import Path

from samples import pdf, web, word
from samples.source import parse

SOURCES = Path(__file__).parent / "sources"
REPORTS = Path(__file__).parent / "reports"

_WRITERS = {"pdf": pdf.render, "docx": word.render, "html": web.render_html, "md": web.render_markdown}


def build(reports: Path) -> list[Path]:
    """The reports' files, written into the folder `reports`; each is named after its source."""
    reports.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(SOURCES.glob("*.md")):
        report = parse(path.read_text(encoding="utf-8"))
        target = reports / f"{path.name.removesuffix('.md')}.{report.format}"
        target.write_bytes(_WRITERS[report.format](report))
        written.append(target)
    return written


if __name__ == "__main__":
    build(REPORTS)
