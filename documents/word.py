"""A Word document becomes the lines a reader sees, automatic numbers included."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from taohua.documents.errors import TaohuaError
from taohua.documents.formats import Extract, Lines, metadata
from taohua.documents.numbering import Numbering, W, value

__all__ = ["docx_text"]

MAX_INFLATED = 200_000_000  # bytes of all entries of the zip file
MAX_RATIO = 200  # inflated to packed, looked at from MIN_SUSPECT on; plain Word XML has 10 to 30
MIN_SUSPECT = 20_000_000
CHUNK = 1 << 20

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
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive, len(data))
            parts = {re.sub(r"\d*\.xml$", "", name): name for name in archive.namelist()}
            body, numbering, styles, core = (
                _parse(archive.read(parts[name])) if name in parts else None
                for name in ("word/document", "word/numbering", "word/styles", "docProps/core")
            )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise TaohuaError("is a damaged docx; save it again as docx") from error
    except etree.XMLSyntaxError as error:
        raise TaohuaError("is a docx with broken XML; save it again as docx") from error
    return _body_text(body, Numbering(numbering, styles)), _properties(core)


def _refuse_bombs(archive: zipfile.ZipFile, packed: int) -> None:
    """Add up what the entries say they hold, then what they really hold."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise TaohuaError("is protected by a password; save it without one")
    declared = sum(entry.file_size for entry in entries)
    for size in (declared, *_inflated(archive, entries)):
        if size > MAX_INFLATED or size > max(MIN_SUSPECT, packed * MAX_RATIO):
            raise TaohuaError(
                f"is a docx of {packed} bytes that grows beyond {size - 1} when unpacked, allowed"
                f" are {MAX_INFLATED} and {MAX_RATIO} times its size; save only its text as docx"
            )


def _inflated(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[int]:
    total = 0
    for entry in entries:
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                yield total


def _parse(part: bytes) -> Any:
    # python-docx's parser leaves entities alone and opens nothing outside.
    from docx.oxml.parser import parse_xml

    return parse_xml(part)


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
    if core is None:
        return {}
    # Not its author and dates: they tell who saved a file and when, not who gave the report.
    return metadata(title=core.title_text)
