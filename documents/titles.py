"""The title, and what stands between it and the text."""

import re

from taohua.documents.courts import is_court_name
from taohua.documents.headings import RANK, heading_style
from taohua.documents.lines import Line, undecided

__all__ = ["SALUTATION", "mark_title"]

MAX_TITLE = 60
MAX_HEAD_LINES = 80  # how far down a page its printed title is sought
_LABEL = re.compile(r"(?:来源|作者|编辑|责任编辑|记者|通讯员)[:：]")
SALUTATION = re.compile(r"(?:各位|同志们|尊敬的|主任、)\S{0,30}[:：！!]$")


def mark_title(lines: list[Line], known: str = "") -> None:
    """Mark the title, wherever it is printed, and settle the lines around it.

    `known` is the title by the file's own metadata, often with the name of the site.
    """
    head = _head(lines)
    title = _known_title(lines, known) or _first_title(head)
    if title is None:
        return
    title.kind = "title"
    place = lines.index(title)
    for line in undecided(lines[:place]):
        line.kind = "title" if _same_words(line.text, title.text) else "chrome"
    for line in undecided(lines):
        if _same_words(line.text, title.text):
            line.kind = "title"
    following = lines[place + 1] if place + 1 < len(lines) else None
    if following and following.kind is None and _continues_title(title.text, following.text):
        following.kind = "title"
    _mark_head(head[head.index(title) :] if title in head else [], title.text)


def _head(lines: list[Line]) -> list[Line]:
    """Return the lines above the text."""
    for i, line in enumerate(lines):
        if line.kind == "heading" or (line.kind is None and _opens_text(line)):
            return lines[:i]
    return lines


def _known_title(lines: list[Line], known: str) -> Line | None:
    """Find the printed form of a title that the file names."""
    found = [
        line
        for line in undecided(lines[:MAX_HEAD_LINES])
        if len(line.text) >= 6 and line.text in known and 2 * len(line.text) >= len(known) * 0.8
    ]
    return found[-1] if found else None


def _first_title(head: list[Line]) -> Line | None:
    candidates = [line for line in undecided(head) if 2 <= len(line.text) <= MAX_TITLE]
    if not candidates:
        return None
    long = [line for line in candidates if len(line.text) >= 7]
    return long[0] if long else max(candidates, key=lambda line: len(line.text))


def _mark_head(head: list[Line], title: str) -> None:
    """Settle what stands between title and text: short title, bylines, crumbs of navigation."""
    for before, line, after in zip(head, head[1:], [*head[2:], None], strict=False):
        if line.kind is not None or len(line.text) > 14 or SALUTATION.search(line.text):
            continue
        if line.text in title:
            line.kind = "title"
        elif _LABEL.fullmatch(before.text):
            before.kind = line.kind = "byline"
        elif before.kind == "chrome" and after is not None and after.kind is not None:
            line.kind = "chrome"


def _opens_text(line: Line) -> bool:
    heading = heading_style(line.text)
    numbered = heading is not None and heading.style in RANK
    return (line.is_prose and len(line.text) > MAX_TITLE) or numbered or line.text[-1] in "。；："


def _same_words(a: str, b: str) -> bool:
    def strip(text: str) -> str:
        return re.sub(r"\]\([^)]*\)|[\s#*\[]", "", text)

    return strip(a) == strip(b)


def _continues_title(title: str, line: str) -> bool:
    if line.startswith(("——", "--", "—", "―")):
        return True
    return len(line) <= 30 and (
        is_court_name(title)
        or title.endswith(("关于", "的", "、", "：", "，"))
        or line == "工作报告"
    )
