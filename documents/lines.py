"""The lines of a page, and pieces of lines where headings stand inside them."""

import re
from dataclasses import dataclass

from taohua.documents.inline import inline_headings
from taohua.documents.report import BlockKind

__all__ = ["SENTENCE_END", "Line", "split_lines", "undecided"]

MAX_PLAIN_HEADING = 34  # characters of a heading without number; couplets reach about 30
MIN_PROSE = 40  # a longer line is prose even without a full stop
_UNFINISHED = re.compile(r"[，,、；;：:]$")
SENTENCE_END = re.compile(r"[。；;！!？?…][”’」）)]*$")


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
    label: int = 0  # characters of the heading that opens this piece of a longer line

    @property
    def is_prose(self) -> bool:
        """Tell whether the line is a paragraph rather than a heading or label."""
        return len(self.text) >= MIN_PROSE or bool(
            len(self.text) > 18 and SENTENCE_END.search(self.text)
        )

    @property
    def is_unit(self) -> bool:
        """Tell whether the line names the court that wrote what follows."""
        return self.style == "unit"

    @property
    def is_short(self) -> bool:
        """Tell whether the line could be a heading that carries no number."""
        return (
            2 <= len(self.text) <= MAX_PLAIN_HEADING
            and not SENTENCE_END.search(self.text.rstrip("！!？?"))
            and not _UNFINISHED.search(self.text)
        )


def split_lines(text: str) -> list[Line]:
    """Return the non-blank lines of `text`; long ones are cut at headings inside them."""
    lines = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        content = match[0].strip()
        labels = dict(inline_headings(content))
        cuts = sorted({0, *labels})
        for begin, end in zip(cuts, [*cuts[1:], len(content)], strict=True):
            piece = content[begin:end].rstrip()
            lines.append(Line(start + begin, start + begin + len(piece), piece))
            lines[-1].label = labels.get(begin, begin) - begin
    return lines


def undecided(lines: list[Line]) -> list[Line]:
    """Return the lines that have no kind yet."""
    return [line for line in lines if line.kind is None]
