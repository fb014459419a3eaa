"""Numbers in the forms that lists and notes are counted in: letters, Roman and Chinese numbers."""

_ALPHABET = 26
_CHINESE_DIGITS = "零一二三四五六七八九"
_TEN = 10
# Above it a file asks for letters and Roman numbers without end.
_HIGHEST = 3999
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE_FORMATS = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"}


def formatted(number: int, form: str) -> str:
    """A number as Word prints it in a form of its ("lowerRoman")."""
    if not 0 < number <= _HIGHEST:
        return str(number)
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % _ALPHABET) * ((number - 1) // _ALPHABET + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in _CHINESE_FORMATS and number < _TEN * _TEN:
        return _chinese(number)
    return "" if form == "none" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in (*_ROMAN, *_ROMAN_ONES):
        text += sign * (number // value)
        number %= value
    return text


def _chinese(number: int) -> str:
    tens, ones = divmod(number, _TEN)
    ten = "" if not tens else "十" if tens == 1 else f"{_CHINESE_DIGITS[tens]}十"
    return ten + (_CHINESE_DIGITS[ones] if ones else "")
