"""Blanks: one kind of space, only where it separates, and line ends as they are."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from heapq import merge

from taohua.documents.characters import HAN
from taohua.documents.edits import Edit

__all__ = ["blanks"]

# Control characters, soft hyphen, zero-width and direction marks show nothing on the page.
INVISIBLE = "\x00-\x08\x0e-\x1b\x7f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
LINE_END = "\n\r\v\f\x85\u2028\u2029"
ODD = "\t\x1c-\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
ANY = f"{INVISIBLE}{ODD} "
PRIVATE = "\ue000-\uf8ff"
OPENS = "，。、；：？！（《〈【“‘"  # no blank after these
CLOSES = "，。、；：？！）》〉】”’"  # nor before these

_suspect = re.compile(f"[{ANY}{PRIVATE}{LINE_END.replace(chr(10), '')}]").search
_run = re.compile(f"[{ANY}{LINE_END}]+")
_blank = re.compile(f"[{ANY}]")
_line_end = re.compile(f"[{LINE_END}]").search
_piece = re.compile(f"\r\n|[{LINE_END}]|[{ANY}]+")
_separates = re.compile(f"[{ODD} ]").search
_han = re.compile(f"[{HAN}]").match

# 工 作 报 告: at least four characters set apart, or all of a line.
_ONE = f"[{HAN}{CLOSES}{OPENS}]"
_spaced = re.compile(
    rf"(?<![{HAN}]){_ONE}(?:[{ANY}]++{_ONE}){{3,}}(?![{HAN}])"
    rf"|^[{ANY}]*+[{HAN}](?:[{ANY}]++[{HAN}]){{1,2}}(?=[{ANY}]*+$)",
    re.MULTILINE,
)
# 推进 3 项: a number or a word between Chinese characters, without dates and clock times.
_token = re.compile(
    rf"(?<=[{HAN}{OPENS}{CLOSES}])[{ANY}]*+(?:\d{{1,12}}+(?:\.\d{{1,6}}+)?|[A-Za-z]{{1,16}}+)"
    rf"[{ANY}]*+%?[{ANY}]*+(?=[{HAN}{OPENS}{CLOSES}])"
    rf"|^[{ANY}]*+\d{{1,12}}+[{ANY}]++(?=[年月日项件个名人次条家万亿])",
    re.MULTILINE,
)
# A blank after the number of a heading is layout: (一) 突出, 1. 突出.
_numbered = re.compile(
    rf"(?:[(（][一二三四五六七八九十〇\d]{{1,3}}[)）]|(?<![^\n{ANY}])\d{{1,2}}[.．])$"
)
# One alone at the end of a Chinese line is the icon of a site's font, invisible without it;
# inside the text it stands for a character that no other font has.
_icon = re.compile(f"[{PRIVATE}](?<=[{HAN}{CLOSES}].)(?=[{ANY}]*+(?:[{LINE_END}]|\\Z))")


def blanks(text: str) -> Iterator[Edit]:
    """Reduce blanks: none around lines, marks and numbers, one between Chinese phrases.

    An icon at the end of a line, which no font shows, goes with them.
    """
    if _suspect(text):
        icons = ((*match.span(), "") for match in _icon.finditer(text))
        yield from merge(_reduced(text), icons)


def _reduced(text: str) -> Iterator[Edit]:
    glued = sorted(_glued(text))
    begins = [start for start, _ in glued]
    for match in _run.finditer(text):
        start, end = match.span()
        if not match.group().strip("\n"):
            continue
        if _line_end(text, start, end):
            for piece in _piece.finditer(text, start, end):
                yield *piece.span(), "\n" if piece.group()[0] in LINE_END else ""
            continue
        place = bisect_right(begins, start) - 1
        inside = place >= 0 and end <= glued[place][1]
        yield start, end, "" if inside else _gap(text, start, end)


def _glued(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that have no blanks inside, looking only at lines with blanks."""
    done = 0
    for match in _blank.finditer(text):
        if match.start() < done:
            continue
        done = text.find("\n", match.start()) % (len(text) + 1)
        start = text.rfind("\n", 0, match.start()) + 1
        for pattern in (_spaced, _token):
            yield from (found.span() for found in pattern.finditer(text, start, done))


def _gap(text: str, start: int, end: int) -> str:
    """Return what should stand between the characters around a run of blanks of one line."""
    if start == 0 or end == len(text) or not _separates(text, start, end):
        return ""
    left, right = text[start - 1], text[end]
    if left in OPENS or right in CLOSES:
        return ""
    if (left == "(" and _han(right)) or (right == ")" and _han(left)):
        return ""
    if _han(right) and left in ")）.．" and _numbered.search(text, max(0, start - 8), start):
        return ""
    return " "
