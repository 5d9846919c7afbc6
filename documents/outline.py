"""Which lines are headings.

Rules look at a line, at its neighbours and at the other lines of its style, never at a word list
of one subject.
"""

import re
from collections import Counter
from itertools import pairwise
from string import digits

from taohua.documents.courts import is_court_name
from taohua.documents.headings import MAX_HEADING, RANK, heading_style
from taohua.documents.levels import assign_levels, mark_units
from taohua.documents.lines import Line, undecided
from taohua.documents.titles import SALUTATION

__all__ = ["mark_headings"]

POSTER_LINES = 3  # so many short lines in a row are one sentence set over lines
MAX_LABEL = 12  # characters of a heading that ends in a colon
_LEADERS = " .…·"  # what leads to the page number in a table of contents
_SPEAKER = re.compile(r"[\u4e00-\u9fff]{1,4}[:：](?=.)")
MIN_PARAGRAPH = 60  # characters; an item of a list is mostly shorter
NEIGHBOURS = 8  # how many runs of short lines away a sibling may stand


def mark_headings(lines: list[Line]) -> None:
    """Mark the headings among the undecided lines and give each its level."""
    _mark_numbered(lines)
    _mark_plain(lines)
    _mark_labels(lines)
    mark_units(lines)
    assign_levels(lines)


def _mark_numbered(lines: list[Line]) -> None:
    found = []
    for line in undecided(lines):
        heading = heading_style(line.text) if not line.label else None
        if heading:
            line.style, line.words = heading.style, heading.words
            found.append(line)
    _drop_contents(lines)
    listed = _listed(lines)
    for line in found:
        fits = line.kind is None and _fits_heading(line.text, line.words)
        if fits and id(line) not in listed:
            line.kind = "heading"
        elif line.kind is None:
            line.style, line.words = "", ""


def _fits_heading(text: str, words: str) -> bool:
    if len(text) > MAX_HEADING or re.search("[。；;！？]", text[:-1]):
        return False
    if text[-1] in "；;，,":
        return False
    return text[-1] not in "。：:" or len(words) <= 24


def _listed(lines: list[Line]) -> set[int]:
    """Return the ids of the items of lists: lines that stand close to others of their style.

    A line that follows a numbered paragraph may still be a heading, if text stands below it.
    """
    found: set[int] = set()
    for line, after in pairwise(lines):
        if line.style and line.style == after.style and line.kind is None and after.kind is None:
            found.add(id(line))
            if len(line.text) < MIN_PARAGRAPH:
                found.add(id(after))
    return found


def _drop_contents(lines: list[Line]) -> None:
    """Take headings that come again below, before any text, as a table of contents."""
    counts = Counter(_entry(line.text) for line in lines if line.style)
    for line in lines:
        if line.kind is None and line.is_prose:
            return
        words = _entry(line.text)
        if line.style and counts[words] > 1:
            counts[words] -= 1
            line.kind, line.style = "chrome", ""


def _entry(text: str) -> str:
    """Return an entry of a table of contents without its page number."""
    return text.rstrip(digits).rstrip(_LEADERS)


def _mark_plain(lines: list[Line]) -> None:
    runs = _short_runs(lines)
    _join_slabs(lines, runs)
    for place, run in enumerate(runs):
        if lines[run[0]].joins:
            continue
        if len(run) < POSTER_LINES and _leads_on(lines, run[-1]):
            _take_plain(lines[run[-1]])
            if len(run) == 2 and _has_sibling(lines, runs, place):
                _take_plain(lines[run[0]])
        for i in run:
            lines[i].joins = lines[i].kind is None and i > run[0] and lines[i - 1].kind is None


def _leads_on(lines: list[Line], place: int) -> bool:
    """Tell whether a paragraph, a list or a numbered heading stands below, behind pictures."""
    for line in lines[place + 1 : place + 1 + NEIGHBOURS]:
        if line.kind == "caption":
            continue
        if line.kind == "heading":
            return not is_court_name(line.text)
        return line.kind is None and (line.is_prose or heading_style(line.text) is not None)
    return False


def _take_plain(line: Line) -> None:
    line.kind, line.style, line.words = "heading", "plain", line.text


def _short_runs(lines: list[Line]) -> list[list[int]]:
    """Group the undecided short lines that follow each other; a court name stands alone."""
    runs: list[list[int]] = []
    speakers = Counter(match[0] for line in lines if (match := _SPEAKER.match(line.text)))
    for i, line in enumerate(lines):
        if line.kind is not None or not line.is_short or line.is_prose or heading_style(line.text):
            continue
        speaker = _SPEAKER.match(line.text)
        if SALUTATION.search(line.text) or (speaker and speakers[speaker[0]] >= 2):
            continue
        fresh = not runs or runs[-1][-1] != i - 1
        if fresh or is_court_name(line.text) or is_court_name(lines[i - 1].text):
            runs.append([i])
        else:
            runs[-1].append(i)
    return [run for run in runs if not _are_rows(lines, run)]


def _are_rows(lines: list[Line], run: list[int]) -> bool:
    """Tell whether short words stand in columns: names, tables."""
    cells = [lines[i].text.split(" ") for i in run]
    return len(run) >= 2 and all(len(row) >= 2 and max(map(len, row)) <= 6 for row in cells)


def _join_slabs(lines: list[Line], runs: list[list[int]]) -> None:
    """Two-line headings: a numbered line and one without, together all over the document."""
    singles = [run[0] for run in runs if len(run) == 1 and run[0] > 0]
    behind = [i for i in singles if lines[i - 1].kind == "heading" and lines[i - 1].style in RANK]
    for style in {lines[i - 1].style for i in behind}:
        joined = [i for i in behind if lines[i - 1].style == style]
        n_style = sum(line.kind == "heading" and line.style == style for line in lines)
        n_plain = sum(not is_court_name(lines[i].text) for i in singles)
        if len(joined) >= 2 and len(joined) >= 0.6 * n_style and len(joined) >= 0.6 * n_plain:
            for i in joined:
                _join(lines, i)
    for i in behind:
        if lines[i - 1].words == "" and lines[i].kind is None:
            _join(lines, i)


def _join(lines: list[Line], place: int) -> None:
    line = lines[place]
    line.kind, line.style, line.joins = "heading", lines[place - 1].style, True


def _has_sibling(lines: list[Line], runs: list[list[int]], place: int) -> bool:
    """Tell whether a run near by begins with a line of the same make as this run's first."""
    own = lines[runs[place][0]].text
    near = runs[max(0, place - NEIGHBOURS) : place] + runs[place + 1 : place + 1 + NEIGHBOURS]
    return any(len(run) < POSTER_LINES and _same_make(own, lines[run[0]].text) for run in near)


def _same_make(a: str, b: str) -> bool:
    shared = sum(x == y for x, y in zip(a, b, strict=False))
    return abs(len(a) - len(b)) <= 4 and (a[:2] == b[:2] or shared * 3 >= len(a))


def _mark_labels(lines: list[Line]) -> None:
    """Take short labels with a colon, such as 主要做法：, for headings where there are several."""
    found = [
        line
        for i, line in enumerate(lines)
        if line.kind is None
        and 3 <= len(line.text) <= MAX_LABEL
        and line.text[-1] in "：:"
        and not SALUTATION.search(line.text)
        and _leads_on(lines, i)
    ]
    if len(found) >= 2:
        for line in found:
            line.kind, line.style, line.words = "heading", "label", line.text
