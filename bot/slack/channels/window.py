"""The window in which the managers of a channel choose what holds there, and how they are told what does."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.library.offered import Offered
from bot.slack.channels.chosen import OWN_LANGUAGE, Chosen
from bot.slack.interactions.windows import TITLE_LIMIT
from bot.slack.messages.cited import own
from bot.slack.messages.languages import language_name
from bot.slack.messages.markup import Block, clipped, escaped, words
from bot.slack.messages.message import Message, marked
from bot.texts.direction import directed, in_direction_of
from prompts import phrase
from vectorstore.paragraph import LANGUAGES

SETTINGS = "channel_settings"
ANSWERS, LANGUAGE, SHOWN, REPORTS = "answers", "language", "shown", "reports"  # the fields, and what they do
_ON, _OFF, _THREAD, _ALONE = "on", "off", "thread", "alone"
# https://docs.slack.dev/reference/block-kit/composition-objects/option-object
_OPTION_LIMIT = 75
# https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element
MOST_OPTIONS = 100
_LABEL_LIMIT, _NAME_LIMIT = 2000, 150
_MOST_TOLD = 15  # reports by name, so that all goes into one message


def settings_window(chosen: Chosen, reports: Sequence[Offered], language: str, kept: str) -> Block:
    """The window, filled with what holds; `reports` are those chosen, and `kept` comes back with it."""
    languages = [_option(code, _language(code, language)) for code in (OWN_LANGUAGE, *LANGUAGES)]
    blocks = [
        _choice(ANSWERS, _options(language, {_ON: "settings_on", _OFF: "settings_off"}), language, _answers(chosen)),
        _field(LANGUAGE, language, {"type": "static_select", **_among(languages, chosen.language)}),
        _choice(
            SHOWN, _options(language, {_THREAD: "settings_thread", _ALONE: "settings_alone"}), language, _shown(chosen)
        ),
        _field(REPORTS, language, _menu(reports, language)) | {"optional": True},
    ]
    return {
        "type": "modal",
        "callback_id": SETTINGS,
        "private_metadata": kept,
        "title": words(phrase("settings_title", language), TITLE_LIMIT),
        "submit": words(phrase("save", language), TITLE_LIMIT),
        "close": words(phrase("close", language), TITLE_LIMIT),
        "blocks": blocks,
    }


def suggested(reports: Sequence[Offered], language: str) -> list[Block]:
    """Reports as options of the menu, as many of the first as it takes."""
    return [_report(one, language) for one in reports[:MOST_OPTIONS]]


def read_window(view: Mapping[str, Any]) -> Chosen:
    """What was chosen in a window: https://docs.slack.dev/reference/views/modal-views"""
    fields = {name: field for block in view["state"]["values"].values() for name, field in block.items()}
    one = {name: fields[name]["selected_option"]["value"] for name in (ANSWERS, LANGUAGE, SHOWN)}
    reports = tuple(option["value"] for option in fields[REPORTS].get("selected_options") or ())
    return Chosen(one[ANSWERS] == _OFF, one[LANGUAGE], one[SHOWN] == _ALONE, reports)


def what_holds(chosen: Chosen, reports: Sequence[Offered], language: str) -> Message:
    """What is told once it is kept."""
    said = {
        ANSWERS: escaped(phrase(f"settings_{_answers(chosen)}", language)),
        LANGUAGE: escaped(_language(chosen.language, language)),
        SHOWN: escaped(phrase(f"settings_{_shown(chosen)}", language)),
        REPORTS: " · ".join(_told_of(chosen, reports, language)),
    }
    lines = (f"• {escaped(phrase(f'settings_{name}', language))} — {value}" for name, value in said.items())
    title = directed(escaped(phrase("settings_kept", language)))
    return marked([f"*{title}*", *(in_direction_of(language, line) for line in lines)])


def _told_of(chosen: Chosen, reports: Sequence[Offered], language: str) -> Iterator[str]:
    """What the first reports chosen are called; of those that cannot be shown only that there are some."""
    for one in reports[:_MOST_TOLD]:
        yield own(clipped(escaped(_name(one, language)), _NAME_LIMIT), language)
    if len(reports) > _MOST_TOLD:
        yield "…"
    if not chosen.reports:
        yield escaped(phrase("settings_all_reports", language))
    elif len(reports) < len(chosen.reports):
        yield escaped(phrase("settings_other_reports", language))


def _answers(chosen: Chosen) -> str:
    return _OFF if chosen.off else _ON


def _shown(chosen: Chosen) -> str:
    return _ALONE if chosen.alone else _THREAD


def _language(code: str, language: str) -> str:
    return phrase("settings_own_language", language) if code == OWN_LANGUAGE else language_name(code, language)


def _name(one: Offered, language: str) -> str:
    name = one.name(language)
    return phrase("settings_series", language, title=name) if one.kind == "series" else name


def _menu(reports: Sequence[Offered], language: str) -> Block:
    menu = {
        "type": "multi_external_select",
        "placeholder": words(phrase("settings_all_reports", language), _NAME_LIMIT),
        "min_query_length": 0,
        "max_selected_items": MOST_OPTIONS,
    }
    return menu | ({"initial_options": suggested(reports, language)} if reports else {})


def _choice(name: str, options: Sequence[Block], language: str, chosen: str) -> Block:
    return _field(name, language, {"type": "radio_buttons", **_among(options, chosen)})


def _options(language: str, phrases: Mapping[str, str]) -> list[Block]:
    return [_option(value, phrase(name, language)) for value, name in phrases.items()]


def _among(options: Sequence[Block], chosen: str) -> Block:
    held = next((option for option in options if option["value"] == chosen), options[0])
    return {"options": list(options), "initial_option": held}


def _field(name: str, language: str, element: Block) -> Block:
    label = words(phrase(f"settings_{name}", language), _LABEL_LIMIT)
    return {"type": "input", "block_id": name, "label": label, "element": element | {"action_id": name}}


def _report(one: Offered, language: str) -> Block:
    return _option(one.id, _name(one, language))


def _option(value: str, text: str) -> Block:
    return {"text": words(text, _OPTION_LIMIT), "value": value}
