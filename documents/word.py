"""A Word document becomes the lines a reader sees, automatic numbers included."""

import io
import re
import zipfile
from typing import Any

from taohua.documents.errors import TaohuaError
from taohua.documents.formats import DAMAGE, Extract, Lines, metadata
from taohua.documents.numbering import Numbering, W, value

__all__ = ["docx_text"]

MAX_INFLATED = 200_000_000  # bytes of all entries of the zip file
MAX_RATIO = 200  # inflated to packed, looked at from MIN_SUSPECT on; plain Word XML has 10 to 30
MIN_SUSPECT = 20_000_000
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # ISO/IEC 29500-2 allows no other
PARTS = ("word/document", "word/numbering", "word/styles", "docProps/core")
TITLE = "{http://purl.org/dc/elements/1.1/}title"

# Properties hold tabs that are settings, a fallback repeats its choice, rt is the reading of ruby.
UNSEEN = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "rt")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
CELL, BOX = W + "tc", W + "txbxContent"


def docx_text(data: bytes) -> Extract:
    """Paragraphs, tables and text boxes in document order, with the numbers Word would show.

    Only the parts with text are opened, so a broken picture or a lost relation does no harm.
    Deleted, moved-away and hidden text is left out, and so are headers, footers and notes.
    """
    parts = (None if part is None else _parse(part) for part in _parts(data))
    body, numbering, styles, core = parts
    return _body_text(body, Numbering(numbering, styles)), _properties(core)


def _parts(data: bytes) -> list[bytes | None]:
    """Inflate the parts with text, in the order of `PARTS`, None for one that is not there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {re.sub(r"\d*\.xml$", "", x.filename): x for x in archive.infolist()}
            _refuse_bombs(archive.infolist(), len(data))
            found = [entries.get(name) for name in PARTS]
            if found[0] is None:
                raise zipfile.BadZipFile("no document in it")
            return [None if entry is None else _inflated(archive, entry) for entry in found]
    except TaohuaError:
        raise
    except DAMAGE as error:
        raise TaohuaError("is a damaged docx; save it again as docx") from error


def _refuse_bombs(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """Add up what all entries say they hold; `_inflated` takes them at their word."""
    size = sum(entry.file_size for entry in entries)
    if size > MAX_INFLATED or size > max(MIN_SUSPECT, packed * MAX_RATIO):
        raise TaohuaError(
            f"is a docx of {packed} bytes that grows to {size} when unpacked, allowed are"
            f" {MAX_INFLATED} and {MAX_RATIO} times its size; save only its text as docx"
        )


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & 1:
        raise TaohuaError("is protected by a password; save it without one")
    if entry.compress_type not in METHODS:
        raise zipfile.BadZipFile(f"{entry.filename} is packed by method {entry.compress_type}")
    with archive.open(entry) as stream:
        return stream.read(entry.file_size + 1)  # without a limit zipfile inflates it all first


def _parse(part: bytes) -> Any:
    from docx.oxml.parser import parse_xml
    from lxml import etree

    try:  # python-docx's parser leaves entities alone and opens nothing outside
        return parse_xml(part)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TaohuaError("is a docx with broken XML; save it again as docx") from error


def _body_text(body: Any, numbering: Numbering) -> str:
    from lxml import etree

    lines = Lines()
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in UNSEEN or _hidden(element):
                walk.skip_subtree()
            elif tag == W + "p":
                lines.add(numbering.label(element))
            elif tag in (CELL, BOX):
                lines.open_frame()
            elif tag == W + "t":
                lines.add(element.text or "")
            elif tag in SIGNS:
                lines.add(SIGNS[tag])
            elif tag in (W + "br", W + "cr"):
                lines.end()
        elif tag in (CELL, BOX):
            lines.close_frame(inline=tag == CELL)
        elif tag == W + "tr" or (tag == W + "p" and not _goes_on(element)):
            lines.end()
    return lines.text()


def _hidden(element: Any) -> bool:
    """Whether a run is hidden text, or a table row was deleted under change tracking."""
    if element.tag == W + "r":
        return value(element, "rPr/vanish", default="on") not in (None, "off", "0", "false")
    return element.tag == W + "tr" and element.find(f"{W}trPr/{W}del") is not None


def _goes_on(paragraph: Any) -> bool:
    """Whether the end of this paragraph was deleted, so that the next one continues it."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _properties(core: Any) -> dict[str, str]:
    # Not its author and dates: they tell who saved a file and when, not who gave the report.
    return {} if core is None else metadata(title=core.findtext(TITLE) or "")
