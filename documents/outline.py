"""Which lines are headings, and how deep.

Rules look at a line, at its neighbours and at the other lines of its style, never at a word list
of one subject.
"""

import re
from collections import Counter

from taohua.documents.courts import is_court_name
from taohua.documents.headings import MAX_HEADING, RANK, heading_style, run_in_headings
from taohua.documents.lines import Line, undecided
from taohua.documents.titles import SALUTATION

__all__ = ["mark_headings"]

POSTER_LINES = 3  # so many short lines in a row are one sentence set over lines


def mark_headings(lines: list[Line]) -> None:
    """Mark the headings among the undecided lines and give each its level."""
    _mark_numbered(lines)
    _mark_plain(lines)
    _mark_units(lines)
    _assign_levels(lines)


def _mark_numbered(lines: list[Line]) -> None:
    found = []
    for line in undecided(lines):
        heading = heading_style(line.text)
        if heading and _fits_heading(line.text, heading.words):
            line.style, line.words = heading.style, heading.words
            found.append(line)
    place = {id(line): i for i, line in enumerate(lines)}
    for style in {line.style for line in found}:
        members = [line for line in found if line.style == style]
        listed = sum(_is_listed(lines, place[id(line)]) for line in members)
        if style == "bullet" or listed * 2 <= len(members):
            for line in members:
                line.kind = "heading"
    _drop_contents(lines)


def _fits_heading(text: str, words: str) -> bool:
    if len(text) > MAX_HEADING or re.search("[。；;！？]", text[:-1]):
        return False
    if text[-1] in "；;，,":
        return False
    return text[-1] not in "。：:" or len(words) <= 24


def _is_listed(lines: list[Line], i: int) -> bool:
    """Tell whether the next line is an item of the same style: a list, not a heading."""
    following = lines[i + 1] if i + 1 < len(lines) else None
    return following is not None and following.style == lines[i].style


def _drop_contents(lines: list[Line]) -> None:
    """Take headings that come again below, before any text, as a table of contents."""
    counts = Counter(line.text for line in lines if line.kind == "heading")
    for line in lines:
        if line.kind is None and line.is_prose:
            return
        if line.kind == "heading" and counts[line.text] > 1:
            counts[line.text] -= 1
            line.kind = "chrome"


def _mark_plain(lines: list[Line]) -> None:
    runs = _short_runs(lines)
    _join_slabs(lines, runs)
    for run in runs:
        if lines[run[0]].joins:
            continue
        following = next((x for x in lines[run[-1] + 1 :] if x.kind != "caption"), None)
        leads_on = following is not None and (
            (following.kind is None and following.is_prose)
            or (following.kind == "heading" and not is_court_name(following.text))
        )
        if len(run) < POSTER_LINES and leads_on:
            _take_plain(lines[run[-1]])
            if len(run) == 2 and _has_sibling(lines, runs, run):
                _take_plain(lines[run[0]])
        for i in run:
            lines[i].joins = lines[i].kind is None and i > run[0] and lines[i - 1].kind is None


def _take_plain(line: Line) -> None:
    if not SALUTATION.search(line.text):
        line.kind, line.style, line.words = "heading", "plain", line.text


def _short_runs(lines: list[Line]) -> list[list[int]]:
    """Group the undecided short lines that follow each other; a court name stands alone."""
    runs: list[list[int]] = []
    for i, line in enumerate(lines):
        if line.kind is not None or not line.is_short or line.is_prose:
            continue
        fresh = not runs or runs[-1][-1] != i - 1
        if fresh or is_court_name(line.text) or is_court_name(lines[i - 1].text):
            runs.append([i])
        else:
            runs[-1].append(i)
    return runs


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
                lines[i].kind, lines[i].style, lines[i].joins = "heading", style, True
    for i in behind:
        if lines[i - 1].words == "" and lines[i].kind is None:
            lines[i].kind, lines[i].style, lines[i].joins = "heading", lines[i - 1].style, True


def _has_sibling(lines: list[Line], runs: list[list[int]], run: list[int]) -> bool:
    """Tell whether another run begins with a line of the same make as this run's first."""
    own = lines[run[0]].text
    return any(
        other is not run and _same_make(own, lines[other[0]].text)
        for other in runs
        if len(other) < POSTER_LINES
    )


def _same_make(a: str, b: str) -> bool:
    shared = sum(x == y for x, y in zip(a, b, strict=False))
    return abs(len(a) - len(b)) <= 4 and (a[:2] == b[:2] or shared * 3 >= len(a))


def _mark_units(lines: list[Line]) -> None:
    """Let court names alone on a line open parts when there are several."""
    units = [line for line in lines if line.style == "plain" and is_court_name(line.words)]
    if len({line.words for line in units}) >= 2:
        for line in units:
            line.style = "unit"


def _assign_levels(lines: list[Line]) -> None:
    """Give levels from outside in: units, then by rank, unmarked ones where they begin."""
    headings = [line for line in lines if line.kind == "heading" or _has_numbered_run_in(line)]
    seen = list(dict.fromkeys(line.style for line in headings))
    ranked = sorted((style for style in seen if style in RANK), key=RANK.__getitem__)
    marks = sorted(style for style in seen if style.startswith("markdown"))
    order = [style for style in seen if style == "unit"] + marks
    free = [style for style in seen if style not in RANK and style not in order]
    order += [style for style in free if not ranked or seen.index(style) < seen.index(ranked[0])]
    order += ranked
    order += [style for style in free if style not in order]
    for line in headings:
        line.level = order.index(line.style) + 1


def _has_numbered_run_in(line: Line) -> bool:
    """Tell whether a paragraph begins with a numbered sentence that heads it; keep its style."""
    heading = heading_style(line.text) if line.kind is None else None
    if heading is None or heading.style not in RANK:
        return False
    if not any(start == 0 for start, _ in run_in_headings(line.text)):
        return False
    line.style, line.words = heading.style, heading.words
    return True
