"""Bytes become raw text: a file of any format that is read, or standard input."""

import os
import re
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from taohua.documents.decode import decode, decode_html, garbage
from taohua.documents.errors import TaohuaError
from taohua.documents.formats import Extract, binary_format, is_web_page

__all__ = ["Source", "decode", "read_source"]

MAX_BYTES = 50_000_000
MAX_CHARACTERS = 50_000_000
MAX_GARBAGE = 0.05
SPARED = 2  # undecodable characters that even the shortest text may have, as at a cut end
FORMATS = {
    ".txt": "txt",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
NAMES: dict[str | None, str] = {"docx": "a Word document", "pdf": "a PDF"}
LINE_END = re.compile("\r\n?|\u2028")
TAG = re.compile(r"<(?:!|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """Raw text of a file and what the file says about itself.

    `path` is as the user gave it, "-" for standard input; `format` is "txt", "md", "html", "docx"
    or "pdf". In `text` line ends are line feeds, a byte order mark is left out and nothing else is
    changed: all offsets count its characters. `metadata` may have title, byline, date (ISO 8601),
    origin_text (来源) and court.
    """

    path: str
    format: str
    text: str
    metadata: dict[str, str] = field(default_factory=dict)


def read_source(path: str | os.PathLike[str], *, stdin: BinaryIO | None = None) -> Source:
    """Raw text of a file; the format follows from its extension and is checked on its content.

    Parameters
    ----------
    path
        A .txt, .md, .html, .htm, .docx or .pdf file, or one without extension; "-" reads `stdin`.
        A text file that holds a whole web page is read as one, since archives keep them so.
    stdin
        Read instead of standard input.

    Raises
    ------
    TaohuaError
        For a file that is missing, empty, damaged, locked, too large, no report at all, or not of
        the format its name says.

    Examples
    --------
    >>> import io
    >>> read_source("-", stdin=io.BytesIO("一、抓好审判".encode("gbk"))).text
    '一、抓好审判'
    """
    name = os.fsdecode(path)
    try:
        if name == "-":
            data, extension = (stdin or sys.stdin.buffer).read(MAX_BYTES + 1), ""
        else:
            extension = Path(name).suffix.lower()
            data = _load(name, extension)
        if len(data) > MAX_BYTES:
            raise TaohuaError(f"is larger than {MAX_BYTES // 10**6} MB; split it")
        form, (text, about) = _extract(data, extension, name)
        text = LINE_END.sub("\n", text)
        if not text.strip():
            raise TaohuaError("has no text in it; give a file with a report")
        if len(text) > MAX_CHARACTERS:
            raise TaohuaError(f"has {len(text)} characters, allowed are {MAX_CHARACTERS}; split it")
    except TaohuaError as error:
        raise TaohuaError(f"{name!r} {error}") from error.__cause__
    return Source(path=name, format=form, text=text, metadata=about)


def _load(name: str, extension: str) -> bytes:
    """Bytes of a regular file; a pipe or device is refused before it can make us wait."""
    try:
        status = os.stat(name)
    except FileNotFoundError as error:
        raise TaohuaError("does not exist; check the path") from error
    except (OSError, ValueError) as error:
        raise TaohuaError(f"cannot be opened ({error}); check the path") from error
    if stat.S_ISDIR(status.st_mode):
        raise TaohuaError("is a folder; give the files in it")
    if not stat.S_ISREG(status.st_mode):
        raise TaohuaError("is a pipe or device; send its content to standard input and give -")
    if extension and extension not in FORMATS:
        raise TaohuaError(
            f"ends in {extension!r}, allowed are {' '.join(FORMATS)}; save it as docx or pdf"
        )
    if status.st_size > MAX_BYTES:
        raise TaohuaError(f"is larger than {MAX_BYTES // 10**6} MB; split it")
    try:
        with open(name, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TaohuaError(f"cannot be read ({error.strerror}); change its permissions") from error


def _extract(data: bytes, extension: str, name: str) -> tuple[str, Extract]:
    """Format and content. The readers are imported late: most calls need one, many none."""
    if not data.strip():
        raise TaohuaError("is empty; give a file with a report")
    form = binary_format(data)
    _check_extension(extension, form)
    if form == "pdf":
        from taohua.documents.pdf import pdf_text

        return form, pdf_text(data, name)
    if form == "docx":
        from taohua.documents.word import docx_text

        return form, docx_text(data)
    text = _plain(data)
    if FORMATS.get(extension) == "html" and not TAG.search(text):
        raise TaohuaError(f"ends in {extension} but looks like plain text; rename it to .txt")
    if FORMATS.get(extension) == "html" or is_web_page(text):
        from taohua.documents.webpage import html_text

        return "html", html_text(decode_html(data))
    return FORMATS.get(extension, "txt"), (text, {})


def _check_extension(extension: str, form: str | None) -> None:
    """Refuse a Word document or PDF by another name, and text by theirs; `form` None is text."""
    said = FORMATS.get(extension)
    if said is None or said == form or (form is None and said not in ("docx", "pdf")):
        return
    right = f".{form}" if form else ".txt or .html"
    raise TaohuaError(
        f"ends in {extension} but looks like {NAMES.get(form, 'plain text')};"
        f" rename it to end in {right}"
    )


def _plain(data: bytes) -> str:
    text = decode(data).lstrip("\ufeff")
    spared = min(SPARED, text.count("\ufffd"))
    if garbage(text) * len(text) - spared > MAX_GARBAGE * len(text):
        raise TaohuaError("is binary, not text; give a text, Word, web page or PDF file")
    return text
