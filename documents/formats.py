"""Which format the bytes have, and what the readers of all formats share."""

import contextlib
import datetime
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from taohua.documents.errors import TaohuaError

__all__ = ["DAMAGE", "Extract", "Lines", "binary_format", "is_web_page", "metadata"]

Extract = tuple[str, dict[str, str]]
"""Text of a file, and what the file says about itself."""

SIGNATURES = (
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"CAJ", "a CAJ document"),
    (b"HN\0\0", "a CAJ document"),
)
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # stream of an OLE file around a locked docx
ZIPPED = (
    (r"word/document\d*\.xml", "docx"),
    (r"xl/.*", "an Excel workbook"),
    (r"ppt/.*", "a PowerPoint file"),
    (r"OFD\.xml", "an OFD document"),
    (r"content\.xml", "an OpenDocument file"),
)
# What zipfile raises on bytes that are missing or changed: offsets then lead anywhere.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)
MAX_ENTRIES = 10_000  # of a zip file; real documents have tens, with pictures hundreds

# Possessive, so that a file of nothing but comments cannot make the search explode.
WEB_PAGE = re.compile(
    r"(?>\s+|<!--.*?-->|<\?.*?>)*+<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
DATE = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})")


def binary_format(data: bytes) -> str | None:
    """Return "pdf", "docx" or None for text; raise for what is neither.

    Raises
    ------
    TaohuaError
        Says what the bytes are and what to do, without the name of the file.
    """
    start = data[:1024]
    if start.lstrip().startswith(b"%PDF-") or (b"%PDF-" in start and b" obj" in data):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped_format(data)
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise TaohuaError("is protected by a password; save it without one")
        raise TaohuaError(
            "looks like an old Office file (.doc, .wps, .xls); open it in Word or WPS and save it"
            " as docx or pdf"
        )
    if b"MIME-Version:" in start and b"multipart/related" in data[:4096]:
        raise TaohuaError("looks like a web archive (.mht); save the page as html or pdf")
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise TaohuaError(f"looks like {what}; give a text, Word, web page or PDF file")
    return None


def _zipped_format(data: bytes) -> str:
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise TaohuaError(
            f"is a zip file of more than {MAX_ENTRIES} entries; save it again as docx"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = "\n".join(archive.namelist())
    except DAMAGE as error:
        raise TaohuaError("is a damaged docx or zip file; save it again as docx") from error
    for pattern, what in ZIPPED:
        if re.search(f"^{pattern}$", names, re.MULTILINE):
            if what == "docx":
                return what
            raise TaohuaError(f"looks like {what}; save it as docx or pdf")
    raise TaohuaError("looks like a zip archive; unpack it and give the files in it")


def is_web_page(text: str) -> bool:
    """Whether a text is a whole page of HTML, not one that merely has a tag in it."""
    return WEB_PAGE.match(text, 0, 1 << 16) is not None


def metadata(**found: str) -> dict[str, str]:
    """Return what was found, without the empty; a date becomes ISO 8601 or is left out."""
    date = DATE.search(found.pop("date", ""))
    if date:
        with contextlib.suppress(ValueError):
            found["date"] = datetime.date(*map(int, date.groups())).isoformat()
    return {key: value.strip() for key, value in found.items() if value.strip()}


class Lines:
    """Lines under construction; a table row is one line, unless a cell in it holds several.

    So a table of figures keeps its rows, and a table that only arranges a page falls apart into
    the paragraphs in it.
    """

    def __init__(self, clean: Callable[[str], str] = str) -> None:
        self._clean = clean
        self._frames: list[list[str]] = [[]]  # the page, and every cell open in it
        self._open: list[list[str]] = [[]]  # the pieces of the line begun in each

    @property
    def begun(self) -> bool:
        """Whether the present line has anything in it."""
        return bool(self._open[-1])

    def add(self, text: str) -> None:
        """Continue the present line."""
        self._open[-1].append(text)

    def end(self) -> None:
        """End the present line, if one was begun."""
        if self.begun:
            self._frames[-1].append(self._clean("".join(self._open[-1])))
            self._open[-1] = []

    def open_frame(self) -> None:
        """Begin a cell or a text box: lines apart from those around it."""
        self._frames.append([])
        self._open.append([])

    def close_frame(self, *, inline: bool) -> None:
        """End it; with `inline`, a single line goes on in the line around it after a blank."""
        self.end()
        self._open.pop()
        lines = [line for line in self._frames.pop() if line.strip()]
        if inline and len(lines) == 1:
            self.add(" " + lines[0] if self.begun else lines[0])
            return
        if inline:
            self.end()
        self._frames[-1].extend(lines)

    def text(self) -> str:
        """All lines."""
        self.end()
        return "\n".join(self._frames[0])
