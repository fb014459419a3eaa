"""The README and docs/ tell the truth about settings, targets and files; every phrase is whole."""

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from pydantic_settings import BaseSettings

import prompts
from bot.settings import BotSettings
from bot.slack.settings import SlackSettings
from vectorstore.paragraph import LANGUAGES
from vectorstore.settings import IndexSettings

ROOT = Path(__file__).parent.parent
DOCUMENTS = {path: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))}
PHRASES = {
    name: versions
    for file in ("phrases", "slack", "slack_files", "problems", "wrong_fields")
    for name, versions in tomllib.loads((ROOT / "prompts" / f"{file}.toml").read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("settings", [IndexSettings, BotSettings, SlackSettings])
def test_every_setting_is_documented(settings: type[BaseSettings]) -> None:
    prefix = settings.model_config["env_prefix"]
    for name in settings.model_fields:
        assert f"`{prefix}{name.upper()}`" in DOCUMENTS[ROOT / "docs" / "settings.md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_setting_is_named_that_is_not_there(document: Path) -> None:
    known = {
        f"{settings.model_config['env_prefix']}{name.upper()}"
        for settings in (IndexSettings, BotSettings, SlackSettings)
        for name in settings.model_fields
    }
    assert set(re.findall(r"`((?:INDEX|BOT|SLACK)_[A-Z_]+)`", DOCUMENTS[document])) <= known


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_targets_that_are_named_are_there(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^    |`)make\s([a-z-]+)", DOCUMENTS[document], re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_files_that_are_named_or_linked_are_there(document: Path) -> None:
    named = re.findall(r"`((?:bot|ingest|vectorstore|prompts|bench|tests|samples|docs)/[\w./]*)`", DOCUMENTS[document])
    linked = re.findall(r"\]\(([\w./-]+)\)|src=\"([\w./-]+)\"", DOCUMENTS[document])
    for path in [*(ROOT / name for name in named), *(document.parent / "".join(link) for link in linked)]:
        assert path.exists(), path


def test_every_folder_of_the_bot_is_on_the_map() -> None:
    developing = DOCUMENTS[ROOT / "docs" / "developing.md"]
    for opening in (ROOT / "bot").glob("*/__init__.py"):
        assert f"`bot/{opening.parent.name}/`" in developing


def test_every_picture_is_shown_and_small() -> None:
    for path in (ROOT / "docs" / "pictures").iterdir():
        assert f"pictures/{path.name}" in DOCUMENTS[ROOT / "docs" / "slack.md"]
        assert path.stat().st_size <= 150_000


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_is_said_in_all_six_languages_with_the_same_names(name: str) -> None:
    assert set(PHRASES[name]) == set(LANGUAGES)
    if name not in ("follow_up", "as_of"):  # patterns
        assert (
            len({frozenset(field for _, field, _, _ in Formatter().parse(t) if field) for t in PHRASES[name].values()})
            == 1
        )


@pytest.mark.parametrize("table", ["follow_up", "disagreement", "several", "asked_for", "slack_asking"])
def test_every_pattern_is_there_in_all_six_languages_and_compiles(table: str) -> None:
    patterns = tomllib.loads((ROOT / "prompts" / f"{table}.toml").read_text(encoding="utf-8"))
    for name, versions in patterns.items():
        assert set(versions) == set(LANGUAGES), name
        for language in LANGUAGES:
            assert prompts.pattern(name, language) == versions[language]
            re.compile(versions[language], re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_follow_up_patterns_compile(language: str) -> None:
    re.compile(prompts.pattern("follow_up", language))
