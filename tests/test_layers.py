"""Imports go one way: bot, then ingest, then vectorstore and prompts."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "bot": {"bot", "ingest", "vectorstore", "prompts"},
    "ingest": {"ingest", "vectorstore"},
    "vectorstore": {"vectorstore"},
    "prompts": {"prompts"},
}


def imported_packages(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    modules = list((ROOT / package).rglob("*.py"))
    assert modules
    for module in modules:
        ours = set(imported_packages(module)) & ALLOWED.keys()
        assert ours <= ALLOWED[package], f"{module.relative_to(ROOT)} imports {ours - ALLOWED[package]}"


def imported_modules(module: Path) -> set[str]:
    """The modules of ours that a module imports, parts of packages too."""
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return names


@pytest.mark.parametrize("package", ALLOWED)
def test_no_module_imports_itself_by_way_of_others(package: str) -> None:
    files = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in (ROOT / package).rglob("*.py")}
    graph = {name: imported_modules(path) & files.keys() - {name} for name, path in files.items()}
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the modules


EDGES = ("api", "cli", "commands", "endpoints", "mcp_server", "openai", "slack", "terminal", "web")
CORE = ("answering", "answers", "cite", "claims", "conversation", "found", "model", "questions", "verify")


@pytest.mark.parametrize("part", CORE)
def test_what_answers_imports_no_edge(part: str) -> None:
    modules = [*(ROOT / "bot").glob(f"{part}.py"), *(ROOT / "bot" / part).glob("*.py")]
    assert modules
    for module in modules:
        parts = {".".join(name.split(".")[:2]) for name in imported_modules(module)}
        edges = parts & {f"bot.{edge}" for edge in EDGES}
        assert not edges, f"{module.relative_to(ROOT)} imports {edges}"
