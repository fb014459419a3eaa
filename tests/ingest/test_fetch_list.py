"""Lists of symbols and addresses: what they name, and what is wrong with them."""

from pathlib import Path

import pytest

from ingest.fetch_list import Listed, ListError, listed_from, read_list
from ingest.sandbox import Limits, read_document


def written(folder: Path, *lines: str) -> Path:
    path = folder / "list.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_list_holds_symbols_and_addresses_with_their_languages(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "\ufeff# Reports on reform",
        "",
        "A/80/74",
        "A/80/74 fr",
        "S/RES/2771 (2025)\tAR",
        "  A/79/5 (Vol. I)   zh   # the first volume only",
        "https://docs.example/report.pdf#page=3 es  # by address",
        "A/80/74 en",
        "S/RES/2771(2025)  ar",
    )
    assert read_list(path) == (
        Listed("A/80/74", "en"),
        Listed("A/80/74", "fr"),
        Listed("S/RES/2771 (2025)", "ar"),
        Listed("A/79/5 (Vol. I)", "zh"),
        Listed("https://docs.example/report.pdf", "es"),
    )


@pytest.mark.parametrize(
    "symbol",
    [
        "S/26795",
        "IDB.48/2",
        "A/C.3/78/L.60/Rev.1",
        "A/RES/1514(XV)",
        "A/RES/72/236 A",
        "A/RES/888(IX)A-C",
        "A/RES/S-12/1",
        "A/ES-10/PV.1",
        "A/80/6 (Sect. 29A)",
        "A/80/6 (Introduction)",
        "A/79/5 (Part II)/Corr.1",
        "A/39/36[Vol.I](SUPP)",
        "A/HRC/WG.6/43/FRA/1",
        "ICCD/COP(16)/2",
        "E/CN.4/Sub.2/2005/1",
        "CEB/2023/HLCP-46/1",
        "HSP/EB.2021/6",
        "JIU/REP/2023/4",
    ],
)
def test_symbols_of_all_organs_are_known(symbol: str) -> None:
    assert listed_from(symbol) == Listed(symbol)
    assert listed_from(f"{symbol} ru") == Listed(symbol, "ru")


def test_symbol_is_known_as_other_keyboards_and_scripts_leave_it() -> None:
    assert listed_from("\u200fA/80/74\u200f ar") == Listed("A/80/74", "ar")
    assert listed_from("Ｓ／ＲＥＳ／２７７１\u3000（２０２５） zh") == Listed("S/RES/2771 (2025)", "zh")
    assert listed_from("A/79/5\u00a0(Vol.\u00a0I)\u00a0fr") == Listed("A/79/5 (Vol. I)", "fr")


@pytest.mark.parametrize(
    "entry",
    [
        "A",
        "A/RES",
        "a/80/74",
        "fr",
        "A/80/74 de",
        "A/80/74 fr es",
        "A/80/74, A/80/75",
        "A/../../etc/passwd1",
        "A/80//74",
        "A/80/74?x=1",
        "A/80/74%2f",
        "A/80/74 (2025",
        "/etc/passwd1",
        "report.pdf",
        "undocs.org/A/80/74",
        "http://docs.example/report.pdf",
        "ftp://docs.example/report.pdf",
        "file:///etc/passwd",
        "https://",
        "https://me:secret@docs.example/report.pdf",
        "https://docs.example/a report.pdf",
        "https://docs.example:port/report.pdf",
        "A/" + "8" * 200,
        "A/" + "8(" * 40,
    ],
)
def test_line_that_is_neither_is_named(tmp_path: Path, entry: str) -> None:
    with pytest.raises(ListError, match=r"^Line 3 of list\.txt: ") as caught:
        read_list(written(tmp_path, "A/80/1", "# remark", entry, "A/80/2"))
    assert "secret" not in str(caught.value)


def test_list_that_is_not_utf8_or_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(b"A/80/74\nA/80/75  # caf\xe9\n")
    with pytest.raises(ListError, match=r"Line 2 of list\.txt is not UTF-8"):
        read_list(path)
    path.write_bytes("A/80/74".encode("utf-16"))
    with pytest.raises(ListError, match="UTF-8"):
        read_list(path)
    with pytest.raises(ListError, match="cannot be opened"):
        read_list(tmp_path / "another.txt")


@pytest.mark.parametrize(
    ("listed", "source"),
    [
        (Listed("A/80/74"), "symbol:/A_80_74.en"),
        (Listed("E/2025/10/Add.1", "fr"), "symbol:/E_2025_10_Add.1.fr"),
        (Listed("S/RES/2771 (2025)", "zh"), "symbol:/S_RES_2771(2025).zh"),
        (Listed("S/RES/2771(2025)", "zh"), "symbol:/S_RES_2771(2025).zh"),
        (Listed("https://docs.example/A_80_74.en.pdf"), "https://docs.example/A_80_74.en.pdf"),
    ],
)
def test_document_goes_by_the_same_name_wherever_it_is_fetched(listed: Listed, source: str) -> None:
    assert listed.source == source


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("S/RES/2771 (2025)", "S/RES/2771 (2025)"),
        ("A/79/5 (Part II)/Corr.1", "A/79/5 (Part II)/Corr.1"),
        ("https://docs.example/E_2025_10_Rev.1.en.pdf", "E/2025/10/Rev.1"),
    ],
)
def test_document_without_a_printed_symbol_has_the_one_it_was_fetched_by(
    tmp_path: Path, name: str, symbol: str
) -> None:
    path = tmp_path / "0123abcd.txt"
    path.write_text("The Council decides to meet again in spring.", encoding="utf-8")
    document = read_document(path, source=Listed(name, "ru").source, content_hash="hash", limits=Limits())
    assert document.symbol == symbol
