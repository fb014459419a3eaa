"""A sample report as HTML or Markdown."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from samples.source import Report


def render_html(report: Report) -> bytes:
    """The report's page, without scripts or outside files."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    direction = "rtl" if report.language == "ar" else "ltr"
    return environment.get_template("report.html.j2").render(report=report, direction=direction).encode() + b"\n"


def render_markdown(report: Report) -> bytes:
    """The report's Markdown."""
    head = [f"> {report.notice}", f"**{report.masthead}**", report.symbol, *report.particulars]
    return "\n\n".join([*head, f"# {report.title}", report.byline, report.body]).encode() + b"\n"
