"""A PDF becomes lines, without the numbers and headers of its pages."""

import re
import warnings
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

from taohua.documents.decode import garbage
from taohua.documents.errors import TaohuaError, TaohuaWarning
from taohua.documents.formats import Extract, metadata

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

__all__ = ["pdf_text"]

MAX_PAGES = 5_000
READABLE = 0.7  # share of the text layer; fonts without a Unicode table give controls instead
PAGE_NUMBER = re.compile(r"\s*(?:[-—–－·]+\s*\d+\s*[-—–－·]+|第\s*\d+\s*页.{0,9})\s*")
RUNNING_LINES = 2  # lines at either edge of a page that may be header or footer


def pdf_text(data: bytes, name: str) -> Extract:
    """Text of a PDF page by page, in the lines the file has.

    Page numbers and lines that head or foot many pages are left out, since they would stand in
    the middle of a sentence. Pages that are pictures among others with text give a TaohuaWarning.
    """
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            if len(document) > MAX_PAGES:
                raise TaohuaError(f"has {len(document)} pages, allowed are {MAX_PAGES}; split it")
            pages = [_page_lines(document[i]) for i in range(len(document))]
            scans = sum(_is_picture(document[i]) for i, lines in enumerate(pages) if not lines)
            about = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error) or "security" in str(error):
            raise TaohuaError("is protected by a password; save it without one") from error
        raise TaohuaError("is a damaged PDF; export it again from where it was written") from error
    text = "\n".join(line for page in _without_running_lines(pages) for line in page)
    if not text or garbage(text) > 1 - READABLE:
        raise TaohuaError("has no readable text layer and looks scanned; run OCR (文字识别) on it")
    if scans:
        message = f"{name!r}: {scans} of {len(pages)} pages are pictures without text, left out"
        warnings.warn(message, TaohuaWarning, stacklevel=2)
    return text, metadata(title=re.sub(r"^Microsoft Word - ", "", about["Title"]))


def _page_lines(page: "PdfPage") -> list[str]:
    """Lines with anything in them; PDFium gives a hyphen at a line end as a noncharacter."""
    with closing(page), closing(page.get_textpage()) as layer:
        text = re.sub("[\ufffe\x02]", "-", layer.get_text_bounded())
    return [line for line in re.split("\r\n?|\n", text) if line.strip()]


def _is_picture(page: "PdfPage") -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    with closing(page):
        return any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Cut headers and footers: what stands at the edge of a third of the pages, numbers aside."""
    edges = Counter(
        line
        for page in pages
        for line in {_masked(line) for line in page[:RUNNING_LINES] + page[-RUNNING_LINES:]}
    )
    least = max(3, len(pages) / 3)  # a third, since left and right pages may differ

    def running(line: str, number: int) -> bool:
        return (
            PAGE_NUMBER.fullmatch(line) is not None
            or line.strip() == str(number)
            or edges[_masked(line)] >= least
        )

    kept = []
    for number, page in enumerate(pages, start=1):
        head, tail = 0, len(page)
        while head < min(RUNNING_LINES, tail) and running(page[head], number):
            head += 1
        while tail > max(head, len(page) - RUNNING_LINES) and running(page[tail - 1], number):
            tail -= 1
        kept.append(page[head:tail])
    return kept


def _masked(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())
