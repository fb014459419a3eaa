"""Pages, messages and texts made to harm, or only odd."""

from collections.abc import Callable
from pathlib import Path

Maker = Callable[[Path], Path]
_MEBIBYTE = 1024 * 1024


def made(name: str, data: bytes) -> Maker:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def one_line(folder: Path) -> Path:
    return made("line.txt", b"1. Rent fell and power rose in every office. " * (100 * _MEBIBYTE // 45))(folder)


def nested_parts(depth: int) -> bytes:
    """A message of parts in parts."""
    head = b"From: a@example.org\nSubject: Depth\nMIME-Version: 1.0\n"
    for level in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)
    return head + b"Content-Type: text/plain\n\n1. Rent fell.\n"


def nested_messages(depth: int) -> bytes:
    return (
        b"Subject: Depth\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" * depth + b"Subject: End\n\nRent fell.\n"
    )


MAIL = b"From: a@example.org\nSubject: Offices\nMIME-Version: 1.0\n"
SECRET_PAGE = (
    '<!DOCTYPE html [<!ENTITY s SYSTEM "{}">]><html><body><p>1. Here: &s;</p><iframe src="{}"></iframe></body>'
)

TEXTS: list[tuple[str, Maker, str]] = [
    ("200,000 nested divisions", made("a.html", b"<div>" * 200_000 + b"<p>1. Rent fell."), "nested"),
    ("100,000 open tables", made("a.html", b"<table><tr><td>" * 100_000 + b"1. Rent fell."), "nested"),
    ("100,000 open lists", made("a.html", b"<ol><li>" * 100_000 + b"Rent fell."), "nested"),
    ("1,500 nested divisions", made("a.html", b"<div>" * 1500 + b"<p>1. Rent fell.</p>" * 500), ""),
    (
        "cell a thousand million columns wide",
        made("a.html", b"<table>" + b"<tr><td colspan=999999999 rowspan=999999999>1<td>2" * 300),
        "",
    ),
    ("a million tags without end", made("a.html", b"<html><p>1. Rent fell.</p>" + b"<" * 1_000_000), ""),
    ("page of entities", made("a.html", b"<html><p>1. Rent fell." + b"&amp;&#x110000;&bogus" * 50_000), ""),
    (
        "attribute of ten megabytes",
        made("a.html", b'<html><p title="' + b"x" * 10 * _MEBIBYTE + b'">1. Rent fell.'),
        ".*",
    ),
    (
        "3,000 links to one note",
        made("a.html", b"<p>1. Rent fell.<sup><a href=#fn1>1</a></sup>" * 3000 + b"<p id=fn1>Note"),
        "",
    ),
    (
        "5,000 raised marks and as many notes",
        made("a.html", b"<p>Rent fell.<sup>1</sup>" * 5000 + b"<p><sup>1</sup> Note<br>" * 5000),
        "",
    ),
    ("100 raised texts without end", made("a.html", b"<p>1. Rent fell in 2022" + b"<sup>1 and " * 100), ""),
    ("message of 1,000 nested parts", made("a.eml", nested_parts(1000)), "nested|broken"),
    ("message of 500 nested messages", made("a.eml", nested_messages(500)), "nested|broken|no text"),
    ("message of 100,000 headers", made("a.eml", b"X-A: b\n" * 100_000 + MAIL + b"\n1. Rent fell.\n"), ".*"),
    (
        "header of a megabyte and a half",
        made("a.eml", b"Subject: " + b"=?utf-8?q?x?= " * 100_000 + b"\n\n1. Rent fell.\n"),
        ".*",
    ),
    ("address list of nonsense", made("a.eml", MAIL + b"To: " + b"(" * 20_000 + b"\n\n1. Rent fell.\n"), ".*"),
    (
        "message in no known encoding",
        made("a.eml", MAIL + b"Content-Type: text/plain; charset=x-none\n\n1. Rent fell.\n"),
        "",
    ),
    (
        "message of base64 that is none",
        made("a.eml", MAIL + b"Content-Transfer-Encoding: base64\n\n1. Rent fell!\n"),
        ".*",
    ),
    ("message of control characters", made("a.eml", MAIL + b"\n1. Rent\x01\x02\x1b[31m fell.\n"), ""),
    ("UTF-16 without its mark", made("a.txt", "1. Rent fell.".encode("utf-16-le")), "type of file"),
    ("half of UTF-16", made("a.txt", b"\xff\xfe1\x00.\x00 \x00\x00\xd8x"), "UTF-16|utf-16"),
    ("bytes without sense", made("a.txt", bytes(range(1, 256)) * 1000), ".*"),
    ("one line of 100 MB", one_line, "split it"),
    ("a million empty lines", made("a.txt", b"1. Rent fell.\n" + b"\n" * 1_000_000 + b"2. Power fell.\n"), ".*"),
    ("3,000 times number one", made("a.txt", b"1. Rent fell.\n\n" * 3000), ".*"),
    ("PDF in name only", made("a.pdf", b"<html><p>1. Rent fell."), "PDF is broken"),
    ("Word in name only", made("a.docx", b"1. Rent fell."), "type of file"),
    ("program in a report's name", made("a.pdf", b"MZ\x90\x00" + b"\0" * 500), "type of file"),
]

# What a regular expression with a choice too many takes minutes for.
RUNS: list[str] = [
    " ",
    "\t",
    "[",
    "](",
    "*",
    "**a",
    "_a",
    "`",
    "<",
    "<a ",
    "<!--",
    "|",
    "| a ",
    "#",
    "-",
    "\\",
    "1.",
    "1 ",
    "1. ",
    "(",
    "(a) ",
    "[^a",
    "![",
    ">",
    "> ",
    "…",
    "。",
    "— ",
    "a-",
    "a-\n",
    "\u00ad",
    "\u00a0",
    "a\u00a0",
    "A/",
    "A/1",
    "IVX",
    "٣",
    "$",
    "=",
    "\n ",
    "--- \n",
    "title: ",
    "1 January ",
    "de ",
    "2025",
    "第",
    "(i",
    "i.",
    "United Nations ",
    "Annex ",
]
