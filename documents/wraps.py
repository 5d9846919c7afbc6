"""Lines that a program broke at a margin become the paragraphs they were."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from taohua.documents.edits import Edit

__all__ = ["wraps"]

NARROWEST, WIDEST = 16, 60  # margins, in Chinese characters; print has 25 to 45
LEAST = 5  # full lines before a text counts as wrapped
SLACK = 3  # a first line lost its indent of two; no comma begins a line, no number is split

_STOPS = "。！？；："
_closed = re.compile(rf"[{_STOPS}…][”’）】\ue000-\uf8ff]*$").search
_marks = re.compile("[，。、；]").findall
_mid_stop = re.compile("。.").search
_page_number = re.compile(
    r"[—–－-]+ ?\d{1,4} ?[—–－-]+|第 ?\d{1,4} ?页(?:[，,/ ]*共 ?\d{1,4} ?页)?|\d{1,3}"
)
# Headings, list items and what stands around an article keep their own line.
_begins = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条部编]|[①-⑳●■◆★▲※·#*—-]"
    r"|(?:来源|作者|编辑|责任编辑|责编|供稿|撰稿|记者|发布|时间|日期|标签|关键词|附件|图|当前位置)[^，。]{0,8}："
    r"|各位(?:代表|委员)|上一篇|下一篇"
)


def wraps(text: str) -> Iterator[Edit]:
    """Join lines broken inside sentences, if the text as a whole has a right margin.

    A page number that stands between the halves of a sentence goes with the line break.
    """
    lines = text.split("\n")
    if len(lines) < LEAST:
        return
    widths = [len(line.encode("gbk", errors="replace")) / 2 for line in lines]
    margin = _margin(lines, widths)
    if margin is None:
        return
    starts = _starts(lines)
    for place, line in enumerate(lines):
        if not margin - SLACK <= widths[place] <= margin + 1 or _stands_alone(line):
            continue
        after = _continuation(lines, place)
        if after is not None and widths[after] <= margin + 1:
            latin = _latin(line[-1]) and _latin(lines[after][0])
            yield starts[place] + len(line), starts[after], " " if latin else ""


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _margin(lines: Sequence[str], widths: Sequence[float]) -> float | None:
    """Return the width at which a program broke the lines, None if they end where they end.

    Wrapped prose has most of its long lines at one width and next to none beyond it, few of them
    end with a sentence, and sentences end inside them. Lists of titles and verse fail the last.
    """
    long = [place for place, width in enumerate(widths) if width >= NARROWEST]
    if len(long) < LEAST:
        return None
    at = Counter(int(widths[place]) for place in long)
    margin = max(at, key=lambda width: (sum(at[width - back] for back in range(3)), width))
    full = [place for place in long if margin - SLACK <= widths[place] < margin + 1]
    beyond = sum(widths[place] >= margin + 3 for place in long)
    if margin > WIDEST or len(full) < max(LEAST, 0.6 * len(long)) or beyond > 0.05 * len(full):
        return None
    broken = sum(_closed(lines[place]) is None for place in full)
    marks = sum(len(_marks(lines[place])) for place in full)
    stops = sum(_mid_stop(lines[place]) is not None for place in full)
    if broken < 0.6 * len(full) or marks < len(full) or 40 * stops < len(full) + 40:
        return None
    return margin + 0.5


def _stands_alone(line: str) -> bool:
    return _closed(line) is not None or (_begins.match(line) is not None and "。" not in line)


def _continuation(lines: Sequence[str], place: int) -> int | None:
    """Return where the sentence of a full line goes on, over page numbers but no paragraph end."""
    after = place + 1
    passed = False
    while after < len(lines) and after - place < 6:
        line = lines[after]
        if line and not _page_number.fullmatch(line):
            gap = after - place > 1
            return None if (gap and not passed) or _begins.match(line) else after
        passed = passed or bool(line)
        after += 1
    return None


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
