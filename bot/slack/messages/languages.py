"""What languages are called, in each of the six."""

from babel import Locale


def language_name(code: str, language: str) -> str:
    """What a language is called in another: "French", "français"; its code where it has no name there."""
    names = Locale.parse(language).languages
    return str(names.get(code, code))
