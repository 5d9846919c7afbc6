"""From a path to a Report: read, repair, take apart."""

import os
from typing import BinaryIO

from taohua.documents.courts import find_court
from taohua.documents.errors import TaohuaError
from taohua.documents.read import Source, read_source
from taohua.documents.repair import repair
from taohua.documents.report import Report
from taohua.documents.structure import structure

__all__ = ["from_source", "from_text", "read"]

MIN_CHINESE = 0.3  # share of letters; a Chinese report full of figures and names has over 0.6


def read(path: str | os.PathLike[str], *, stdin: BinaryIO | None = None) -> Report:
    """Read the report in a file, or standard input for ``"-"``.

    Raises
    ------
    TaohuaError
        If the file is missing, empty, broken, encrypted, too large or of another format.

    Examples
    --------
    >>> from importlib.resources import files
    >>> report = read(files("taohua.data") / "example_qinghe_2023.txt")
    >>> report.court
    '清河县人民法院'
    """
    if not isinstance(path, str | os.PathLike):
        raise TaohuaError(f"path must be the path of a file, got {path!r}")
    return from_source(read_source(path, stdin=stdin))


def from_text(text: str, source: str = "") -> Report:
    """Take a report apart that is already in memory; `source` names it in the results."""
    if not isinstance(text, str):
        raise TaohuaError(f"text must be a string, got {type(text).__name__}")
    return from_source(Source(source, "txt", text, {}))


def from_source(source: Source) -> Report:
    """Repair the text of `source` and take it apart."""
    repaired = repair(source.text)
    known = source.metadata
    parts = structure(source.text, repaired, repair(known.get("title", "")).text)
    title = parts.title or known.get("title", "")
    lead = " ".join(passage.repaired for passage in parts.passages[:2])
    court = known.get("court", "") or find_court(title, lead, parts.byline, repaired.text)
    return Report(
        source=source.path,
        format=source.format,
        text=source.text,
        title=title,
        court="" if parts.parts else court,
        date=parts.date or known.get("date", ""),
        origin_text=parts.origin_text or known.get("origin_text", ""),
        byline=parts.byline or known.get("byline", ""),
        parts=parts.parts,
        blocks=parts.blocks,
        sections=parts.sections,
        passages=parts.passages,
        repairs=repaired.log,
        warnings=tuple(_warnings(source.text, len(parts.passages))),
    )


def is_chinese(text: str) -> bool:
    """Tell whether enough of the letters of `text` are Chinese characters to be judged."""
    letters = sum(c.isalpha() for c in text)
    return sum("\u4e00" <= c <= "\u9fff" for c in text) >= MIN_CHINESE * max(letters, 1)


def _warnings(text: str, n_passages: int) -> list[str]:
    found = []
    if not is_chinese(text):
        found.append("the text is not Chinese: no themes are given")
    if not n_passages:
        found.append("no paragraph of running text was found")
    if "\ufffd" in text:
        found.append(f"{text.count(chr(0xFFFD))} characters could not be decoded")
    return found
