"""The lines of a page, and pieces of lines where headings stand inside them."""

import re
from dataclasses import dataclass

from taohua.documents.headings import heading_style, inline_headings
from taohua.documents.report import BlockKind

__all__ = ["Line", "split_lines", "undecided"]

MAX_PLAIN_HEADING = 34  # characters of a heading without number; couplets reach about 30
MIN_PROSE = 40  # a longer line is prose even without a full stop
LONG_LINE = 200  # only longer ones are searched for headings inside
_UNFINISHED = re.compile(r"[，,、；;：:]$")
_SENTENCE_END = re.compile(r"[。；;！!？?…][”’」）)]*$")


@dataclass(slots=True)
class Line:
    """A line, or a piece of one, of the repaired text while it is being decided."""

    start: int
    end: int
    text: str
    kind: BlockKind | None = None
    style: str = ""
    words: str = ""
    level: int | None = None
    joins: bool = False  # continues the heading or poster sentence of the line before

    @property
    def is_prose(self) -> bool:
        """Tell whether the line is a paragraph rather than a heading or label."""
        return len(self.text) >= MIN_PROSE or bool(
            len(self.text) > 18 and _SENTENCE_END.search(self.text)
        )

    @property
    def is_short(self) -> bool:
        """Tell whether the line could be a heading that carries no number."""
        return (
            2 <= len(self.text) <= MAX_PLAIN_HEADING
            and not _SENTENCE_END.search(self.text.rstrip("！!？?"))
            and not _UNFINISHED.search(self.text)
        )


def split_lines(text: str) -> list[Line]:
    """Return the non-blank lines of `text`; long ones are cut at headings inside them."""
    lines = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        content = match[0].strip()
        cursor = 0
        for begin, end in inline_headings(content) if len(content) >= LONG_LINE else ():
            if begin > cursor:
                lines.append(_line(start, content, cursor, begin))
            heading = _line(start, content, begin, end)
            heading.kind = "heading"
            _take_style(heading)
            lines.append(heading)
            cursor = end
        if cursor < len(content):
            lines.append(_line(start, content, cursor, len(content)))
    return lines


def _line(offset: int, content: str, begin: int, end: int) -> Line:
    return Line(offset + begin, offset + end, content[begin:end])


def _take_style(line: Line) -> None:
    if heading := heading_style(line.text):
        line.style, line.words = heading.style, heading.words


def undecided(lines: list[Line]) -> list[Line]:
    """Return the lines that have no kind yet."""
    return [line for line in lines if line.kind is None]
