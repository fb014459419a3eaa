"""Numbers and dates of a spreadsheet as it shows them."""

import re
from calendar import day_name, month_name
from datetime import date, datetime, time, timedelta
from typing import Any

_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
# "[Red]", "[>100]", and "[$€-407]", of which the sign is shown.
_CONDITION = re.compile(r"\[(?:\$([^\[\]-]{0,9})[^\[\]]*|[^\[\]]*)\]")
_DIGITS = re.compile(r"[#0?](?:[#0?,. ]*[#0?,.])?(?:E\+0+)?")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_DATE_TOKEN = re.compile(r'yyyy|yy|mmmmm?|mmm|mm?|dddd?|dd?|hh?|ss?(?:\.0+)?|AM/PM|"[^"]*"|\\.', re.IGNORECASE)
# Those that each computer shows in its own way; here as ISO dates.
_LOCAL_DATES = ("mm-dd-yy", "m/d/yy h:mm", "general")
_LONGEST_FORMAT = 255
# Which of a format's parts is for nought, after those for numbers above and below it.
_ZERO = 2
_WHOLE = 1e15
_NOON = 12


def shown(value: Any, form: str) -> str:
    """The text that a cell with this value and number format shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    form = form[:_LONGEST_FORMAT]
    if isinstance(value, (date, time)):
        return _date(value, form)
    if isinstance(value, timedelta):
        return _duration(value, form)
    return _number(value, form) if isinstance(value, (int, float)) else str(value)


def _number(value: float, form: str) -> str:
    sections = _SECTIONS.split(form)
    negative = value < 0 and len(sections) > 1
    chosen = 1 if negative else _ZERO if value == 0 and len(sections) > _ZERO else 0
    section = _CONDITION.sub(lambda found: found[1] or "", sections[chosen])
    pattern = _DIGITS.search(_LITERAL.sub("", section))
    if "@" in section or "general" in section.lower() or "/" in section or (pattern and "E" in pattern.group()):
        return _general(value)
    if not pattern:
        return "".join(_around(section))
    amount = abs(value) if negative else value
    percent = "%" in _LITERAL.sub("", section)
    text = _digits(amount * 100 if percent else amount, pattern.group())
    before, after = _around(section)
    return f"{before}{text}{after}".strip()


def _around(section: str) -> tuple[str, str]:
    """What a format puts before and after the digits."""
    place = _DIGITS.search(re.sub(r'"[^"]*"|\\.', lambda found: "\0" * len(found.group()), section))
    start, end = place.span() if place else (0, 0)
    parts = (_LITERAL.sub(lambda found: found[1] or found[2] or "", part) for part in (section[:start], section[end:]))
    before, after = parts
    return before, after


def _digits(value: float, pattern: str) -> str:
    if not pattern.strip("?"):
        return ""
    whole, _, fraction = pattern.rstrip(",").partition(".")
    value /= 1000 ** (len(pattern) - len(pattern.rstrip(",")))
    least, most = fraction.count("0"), sum(fraction.count(sign) for sign in "0#?")
    comma = "," if "," in whole or " " in whole else ""
    text = f"{value:{comma}.{most}f}".replace(",", " " if " " in whole else ",")
    if most > least:
        head, _, tail = text.partition(".")
        tail = tail.rstrip("0").ljust(least, "0")
        text = f"{head}.{tail}" if tail else head
    zeros = whole.count("0")
    return text.zfill(zeros) if not comma and most == 0 and zeros > 1 else text


def _general(value: float) -> str:
    if float(value).is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return f"{value:.10g}"


def _date(value: date | time, form: str) -> str:
    bare = _CONDITION.sub("", form)
    if "[h" in form.lower() or bare.lower().split(";")[0] in _LOCAL_DATES:
        return _iso(value)
    if isinstance(value, time):
        value = datetime.combine(date(1900, 1, 1), value)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    tokens = list(_DATE_TOKEN.finditer(bare.split(";")[0]))
    half = any(token.group().lower() == "am/pm" for token in tokens)
    text, end, hours = "", 0, False
    for token in tokens:
        text += bare[end : token.start()] + _part(moment, token.group(), minutes=hours, half=half)
        hours = token.group().lower() in ("h", "hh")
        end = token.end()
    return (text + bare.split(";")[0][end:]).strip() or _iso(value)


def _duration(value: timedelta, form: str) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}" + (f":{seconds:02d}" if "s" in form.lower() else "")


def _iso(value: date | time) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()


def _part(moment: datetime, token: str, *, minutes: bool, half: bool) -> str:
    low = token.lower()
    if token[0] in '"\\':
        return token.strip('"\\')
    if low.startswith("m"):
        return _month(moment, low) if not minutes else f"{moment.minute:0{min(len(low), 2)}d}"
    hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
    simple = {
        "yyyy": f"{moment.year:04d}",
        "yy": f"{moment.year % 100:02d}",
        "dddd": day_name[moment.weekday()],
        "ddd": day_name[moment.weekday()][:3],
        "dd": f"{moment.day:02d}",
        "d": str(moment.day),
        "hh": f"{hour:02d}",
        "h": str(hour),
        "am/pm": "AM" if moment.hour < _NOON else "PM",
    }
    return simple.get(low, f"{moment.second:02d}")


def _month(moment: datetime, token: str) -> str:
    name = month_name[moment.month]
    forms = {"m": str(moment.month), "mm": f"{moment.month:02d}", "mmm": name[:3], "mmmm": name}
    return forms.get(token, name[:1])
