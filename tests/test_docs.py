"""The README tells the truth about settings and targets; every phrase is whole."""

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
README = (ROOT / "README.md").read_text(encoding="utf-8")
PHRASES = {
    name: versions
    for file in ("phrases", "slack", "slack_files")
    for name, versions in tomllib.loads((ROOT / "prompts" / f"{file}.toml").read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("settings", [IndexSettings, BotSettings, SlackSettings])
def test_every_setting_is_in_the_readme(settings: type[BaseSettings]) -> None:
    prefix = settings.model_config["env_prefix"]
    for name in settings.model_fields:
        assert f"`{prefix}{name.upper()}`" in README


def test_the_readme_names_no_setting_that_is_not_there() -> None:
    known = {
        f"{settings.model_config['env_prefix']}{name.upper()}"
        for settings in (IndexSettings, BotSettings, SlackSettings)
        for name in settings.model_fields
    }
    assert set(re.findall(r"`((?:INDEX|BOT|SLACK)_[A-Z_]+)`", README)) <= known


def test_the_readme_s_make_targets_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^    make ([a-z-]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_readme_s_pictures_are_there_and_small() -> None:
    named = re.findall(r"docs/pictures/[a-z]+\.png", README)
    assert sorted(named) == sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "pictures").iterdir())
    for path in named:
        assert (ROOT / path).stat().st_size <= 150_000


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
