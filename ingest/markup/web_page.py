"""HTML to blocks, by lxml: what a page shows of its text, with its lists' numbers, tables and footnotes."""

import codecs
import re
from pathlib import Path
from typing import Any

from lxml import etree

from ingest.blocks import Block, Reading, ReadingError
from ingest.markup.plain import decode
from ingest.markup.web_walk import Walk
from ingest.masthead import MASTHEAD
from ingest.opening import opened

_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,30})", re.IGNORECASE)
_HEAD_BYTES = 2048
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "us-ascii": "utf-8"}


def read_html(path: Path) -> Reading:
    """The blocks of a web page; navigation, footers and scripts are left out, a header's lines are only its front."""
    root = _root(_decoded(path.read_bytes()))
    if root is None:
        return opened([])
    title = " ".join("".join(root.xpath("string(//head/title)")).split())
    return opened(Walk(root).blocks(), title=title or None, head=_letterhead(root))


def _letterhead(root: Any) -> list[str]:
    """The lines of the page's header where they are a masthead, and not the name and menu of a site."""
    lines = [" ".join("".join(line.itertext()).split()) for line in root.xpath("//header//*[not(*)]")]
    return lines if any(MASTHEAD.match(line) for line in lines) else []


def page_blocks(text: str) -> list[Block]:
    """The blocks of a page's text; raises ReadingError where it is nested without end."""
    root = _root(text)
    return [] if root is None else Walk(root).blocks()


def _root(text: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):  # nothing but comments and white space
        return None
    if root is not None and any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise ReadingError("The page is nested more deeply than any that is printed: save it as PDF.")
    return root


def _decoded(data: bytes) -> str:
    """The page's text: UTF-8 where it is valid, else what the page names, else what the bytes look like."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return decode(data)
    try:
        return data.decode()
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:_HEAD_BYTES])
    name = named[1].decode("ascii", "ignore").lower() if named else ""
    try:
        return data.decode(codecs.lookup(_WIDER.get(name, name)).name, errors="replace")
    except LookupError:
        return decode(data)
