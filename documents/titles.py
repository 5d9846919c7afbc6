"""The title, and what stands between it and the text."""

import re
from collections import Counter
from itertools import pairwise

from taohua.documents.characters import HAN
from taohua.documents.courts import is_court_name
from taohua.documents.headings import RANK, heading_style
from taohua.documents.lines import Line, undecided

__all__ = ["SALUTATION", "is_attribution", "mark_title"]

MAX_TITLE = 60
MIN_TITLE = 7  # characters; names of columns and sites are mostly shorter
MAX_HEAD_LINES = 80  # how far down a page its printed title is sought
MAX_CRUMB = 14  # characters of a short title or a name in the navigation
MAX_SECOND = 26  # characters of the second line of a title

SALUTATION = re.compile(r"(?:各位|同志们|女士们|先生们|朋友们|尊敬的|主任、)\S{0,30}[:：！!]$")
_LABEL = re.compile(r"(?:来源|作者|编辑|责任编辑|记者|通讯员)[:：]")
_SITE = re.compile(r".{1,12}(?:网|网站|官网|门户|平台|频道)")
_SUBTITLE = re.compile(r"——|--|—|―")
_OPENING = re.compile(r"前言|引言|导语|导言|摘要|按语|编者按|序言?|开篇|背景")
_NAME = rf"[{HAN}](?:\s?[{HAN}]){{1,2}}"
_ATTRIBUTION = re.compile(
    rf"{_NAME}(?<![一二三四五六七八九十])|\S{{0,20}}(?:课题组|编辑部|评论部|评论员|调研组|办公室|研究室|委员会|检察院|政治部|党组|党委|党支部|工作组|领导小组|司法局|执行局)"
    rf"|\S{{2,24}}[院庭局社报网者任长员席组记处室部校台刊站末委]\s+{_NAME}(?:\s+{_NAME})?"
)


def mark_title(lines: list[Line], known: str = "") -> None:
    """Mark the title, wherever it is printed, and settle the lines around it.

    `known` is the title by the file's own metadata, often with the name of the site.
    """
    size = _head_size(lines)
    place = _known_title(lines, known)
    if place is None:
        place = _best_title(lines[: min(size, MAX_HEAD_LINES)])
    if place is None:
        return
    title = lines[place]
    title.kind = "title"
    for line in undecided(lines[:place]):
        line.kind = "title" if _same_words(line.text, title.text) else "chrome"
    for line in undecided(lines):
        if _same_words(line.text, title.text):
            line.kind = "title"
    for line in undecided(lines[place : place + MAX_HEAD_LINES]):
        if len(line.text) > MIN_TITLE and line.text in title.text:
            line.kind = "title"
    _extend_title(lines, place)
    _settle_below(lines, place, size)


def is_attribution(text: str) -> bool:
    """Tell whether a short line is a name, a body of people, or an office and a name."""
    if len(text) > MAX_SECOND or _OPENING.fullmatch(text):
        return False
    return is_court_name(text) or bool(_ATTRIBUTION.fullmatch(text))


def _head_size(lines: list[Line]) -> int:
    """Return how many lines stand above the text."""
    return next((i for i, x in enumerate(lines) if x.kind is None and _opens_text(x)), len(lines))


def _opens_text(line: Line) -> bool:
    if line.label or (line.is_prose and len(line.text) > MAX_TITLE) or line.text[-1] in "。；：":
        return True
    return _is_numbered(line.text)


def _is_numbered(text: str) -> bool:
    heading = heading_style(text)
    return heading is not None and heading.style in RANK


def _known_title(lines: list[Line], known: str) -> int | None:
    """Find the printed form of a title that the file names."""
    found = [
        i
        for i, line in enumerate(lines[:MAX_HEAD_LINES])
        if line.kind is None
        and len(line.text) >= 6
        and line.text in known
        and 2 * len(line.text) >= len(known) * 0.8
    ]
    return found[-1] if found else None


def _best_title(head: list[Line]) -> int | None:
    """Choose among the lines of a page's head.

    Where a line with date or source follows, the title is above it, next to it: of the lines
    there the first that is at least half as long as the longest. Else it is the first long one.
    """
    able = [i for i, line in enumerate(head) if _may_be_title(line)]
    above = [i for i in able if i + 1 < len(head) and _SUBTITLE.match(head[i + 1].text)]
    if above:
        return above[0]
    long = [i for i in able if len(head[i].text) >= MIN_TITLE]
    if not long:
        return max(able, key=lambda i: len(head[i].text), default=None)
    printed = Counter(head[i].text for i in long)
    twice = [i for i in long if printed[head[i].text] > 1]
    if twice:
        return twice[0]
    stop = next((i for i in range(long[0], len(head)) if head[i].kind is not None), None)
    if stop is None or head[stop].kind not in ("chrome", "byline"):
        return long[0]
    run = [i for i in long if i < stop]
    longest = max(len(head[i].text) for i in run)
    return next(i for i in run if 2 * len(head[i].text) >= longest)


def _may_be_title(line: Line) -> bool:
    if line.kind is not None or not 2 <= len(line.text) <= MAX_TITLE:
        return False
    words = line.text.split(" ")
    if len(words) >= 3 and max(map(len, words)) <= 6:  # a row of links
        return False
    return not any(x.match(line.text) for x in (SALUTATION, _SUBTITLE)) and not _SITE.fullmatch(
        line.text
    )


def _same_words(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > MAX_TITLE:
        return False
    return _bare(a) == _bare(b)


def _bare(text: str) -> str:
    return re.sub(r"\]\([^)]*\)|[\s#*\[]", "", text)


def _extend_title(lines: list[Line], place: int) -> None:
    """Add the second line of a title and its subtitle."""
    for i in range(place + 1, min(place + 4, len(lines))):
        line, before = lines[i], lines[i - 1]
        if before.kind != "title":
            return
        subtitle = _SUBTITLE.match(line.text) and len(line.text) <= MAX_TITLE
        if subtitle or (line.kind is None and _is_second_line(lines, i, before.text)):
            line.kind = "title"


def _is_second_line(lines: list[Line], i: int, title: str) -> bool:
    text = lines[i].text
    if not lines[i].is_short or len(text) > MAX_SECOND:
        return False
    if is_attribution(text) or _is_numbered(text):
        return False
    if (
        is_court_name(title)
        or title.endswith(("关于", "的", "、", "：", "，"))
        or text == "工作报告"
    ):
        return True
    following = lines[i + 1] if i + 1 < len(lines) else None
    if following is None or len(text) < 5 or not 0.5 <= len(text) / len(title) <= 2:
        return False
    if following.kind in ("byline", "chrome", "title") or is_attribution(following.text):
        return True
    return following.is_prose and not _has_headings_like(lines[i + 1 :], text)


def _has_headings_like(lines: list[Line], text: str) -> bool:
    """Tell whether lines of such a length stand before paragraphs further down."""
    return any(
        line.kind is None
        and line.is_short
        and after.is_prose
        and abs(len(line.text) - len(text)) <= 5
        for line, after in pairwise(lines)
    )


def _settle_below(lines: list[Line], place: int, size: int) -> None:
    """Settle what stands between title and text: short title, bylines, crumbs of navigation."""
    title = lines[place].text
    n_courts = sum(is_court_name(line.text) for line in undecided(lines))
    for i in range(place + 1, size):
        line, before = lines[i], lines[i - 1]
        if line.kind == "byline" and _SUBTITLE.match(line.text):
            line.kind = "title"
        if line.kind is None and line.is_prose and line.text[-1] in "！？!?":
            return
        if line.kind is not None or SALUTATION.search(line.text):
            continue
        settled_after = i + 1 < len(lines) and lines[i + 1].kind is not None
        if len(line.text) <= MAX_CRUMB and line.text in title:
            line.kind = "title"
        elif len(line.text) <= MAX_CRUMB and _LABEL.fullmatch(before.text):
            before.kind = line.kind = "byline"
        elif is_attribution(line.text) and not (is_court_name(line.text) and n_courts >= 2):
            line.kind = "byline"
        elif len(line.text) <= MAX_CRUMB and before.kind == "chrome" and settled_after:
            line.kind = "chrome"
