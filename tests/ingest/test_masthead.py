"""What a masthead says, in the six languages."""

import pytest

from ingest.masthead import masthead_of

ENGLISH = """United Nations A/80/900-E/2025/900
General Assembly Distr.: Limited
29 April 2025
Original: French
General Assembly Economic and Social Council
Eightieth session 2025 session
Item 23 (a) of the preliminary list* 25 July 2024–30 July 2025
Agenda item 7 (a)
Report on the tenth session of the Forum on Ports"""

CASES: list[tuple[str, list[str], list[str], list[str]]] = [
    (
        ENGLISH,
        ["Eightieth session", "2025 session"],
        ["Item 23 (a) of the preliminary list", "Agenda item 7 (a)"],
        ["Limited"],
    ),
    (
        "Distr. GENERAL\nForty-eighth session\nAgenda items 117 and 18",
        ["Forty-eighth session"],
        ["Agenda items 117 and 18"],
        ["General"],
    ),
    (
        "Second regular session 2025\nItem 1 of the provisional agenda",
        ["Second regular session 2025"],
        ["Item 1 of the provisional agenda"],
        [],
    ),
    (
        "Distr. générale\nQuatre-vingtième session\nPoint 23 a) de la liste préliminaire*",
        ["Quatre-vingtième session"],
        ["Point 23 a) de la liste préliminaire"],
        ["General"],
    ),
    ("Session de 2025\nPoint 7 a) de l’ordre du jour", ["Session de 2025"], ["Point 7 a) de l’ordre du jour"], []),
    (
        "Distr. limitada\nOctogésimo período de sesiones\nTema 7 a) del programa",
        ["Octogésimo período de sesiones"],
        ["Tema 7 a) del programa"],
        ["Limited"],
    ),
    ("Восьмидесятая сессия\nПункт 7 a) повестки дня", ["Восьмидесятая сессия"], ["Пункт 7 a) повестки дня"], []),
    ("第八十届会议\n议程项目 7(a)", ["第八十届会议"], ["议程项目 7(a)"], []),
    ("الدورة الثمانون\nالبند 7 (أ) من جدول الأعمال", ["الدورة الثمانون"], ["البند 7 (أ) من جدول الأعمال"], []),
    ("A letter without a masthead", [], [], []),
]


@pytest.mark.parametrize(("front", "sessions", "items", "distribution"), CASES)
def test_masthead_is_read(front: str, sessions: list[str], items: list[str], distribution: list[str]) -> None:
    found = list(masthead_of(front))

    def said(name: str) -> list[str]:
        return [each.value for each in found if each.name == name]

    assert (said("session"), said("agenda item"), said("distribution")) == (sessions, items, distribution)


def test_original_language_is_read() -> None:
    assert [each.value for each in masthead_of(ENGLISH) if each.name == "original language"] == ["French"]
