"""Numbered headings that stand inside a line without breaks."""

import re
from collections.abc import Iterable

from taohua.documents.dates import han_number
from taohua.documents.headings import HAN_DIGITS, MAX_HEADING

__all__ = ["inline_headings"]

LONG_LINE = 200  # characters; only longer lines are searched
MIN_BELOW = 40  # characters of text below a heading; less is an item of a list
MIN_CLAUSE = 6  # characters of a clause of a heading
MAX_CLAUSE = 24

_BREAK = re.compile(r"[。！？；：:]|\s")
_COMMA = re.compile("[，,]")
_STYLES = (rf"([{HAN_DIGITS}]{{1,3}})、", rf"[(（]([{HAN_DIGITS}]{{1,3}})[)）]")
# Sentences begin with who acts or when, or with a verb or adverb that ends no noun phrase.
_SUBJECT = re.compile(
    r"(?:各级法院|两级法院|全[省市县区州国]法院|最高人民法院|本院|我院|我们|过去[一五]年|[一五]年来|近年来|今年以来|去年|今年"
    r"|(?:19|20)\d\d年)"
)
_ADVERB = re.compile(
    "坚定|坚决|妥善|依法|充分|积极|认真|深入|切实|严格|扎实|大力|全面|着力|牢固|不断|努力|进一步|为了"
)
_VERB = re.compile(
    "坚持|加强|加大|推进|推动|建设|完善|健全|强化|落实|开展|组织|制定|出台|根据|按照|针对|通过|审结|围绕|立足|建立"
)
_BINDS = "，,、的和与及对于以为地"  # no sentence begins behind these


def inline_headings(line: str) -> list[tuple[int, int]]:
    """Return the spans of numbered headings that stand inside a long line without breaks.

    They count up from one within the line, after a full stop or at its start, are at least two,
    and have text below them. A heading without full stop ends where the text begins anew.
    """
    if len(line) < LONG_LINE:
        return []
    for style in _STYLES:
        places = _ascending(re.finditer(rf"(?:(?<=[。！？；;!?”）)])|^)\s*{style}", line))
        if len(places) < 2:
            continue
        bounds = [*(start for start, _ in places), len(line)]
        spans = [
            (start, words + _heading_length(line[words:stop]))
            for (start, words), stop in zip(places, bounds[1:], strict=True)
        ]
        below = [stop - end for (_, end), stop in zip(spans, bounds[1:], strict=True)]
        if sum(size >= MIN_BELOW for size in below) * 2 > len(below):
            return spans
    return []


def _ascending(matches: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    places, expected = [], 1
    for match in matches:
        if han_number(match[1]) == expected:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            places.append((start, match.end()))
            expected += 1
    return places


def _heading_length(text: str) -> int:
    """Return how many characters of `text`, which begins with a heading, are the heading."""
    stop = _BREAK.search(text)
    end = stop.start() if stop else len(text)
    first = text.find("，", 0, end)
    clause = min(end if first < 0 else first, MAX_HEADING)
    begin = _SUBJECT.search(text, MIN_CLAUSE, clause)
    if begin and text[begin.start() - 1] not in _BINDS:
        return begin.start()
    whole = not _takes_up(text, max(first, 0) + 5, min(end, MAX_HEADING))
    if whole and (end <= MAX_CLAUSE or end <= min(2 * first + 6, MAX_HEADING)):
        return end + (stop is not None and stop[0] in "。！？")
    return _turn(text[: MAX_HEADING + MAX_CLAUSE], min(end, MAX_HEADING))


def _takes_up(text: str, start: int, end: int) -> bool:
    """Tell whether the text from `start` on repeats four characters of what stands before."""
    return any(text.find(text[i : i + 4], 0, i) >= 0 for i in range(start, end - 3))


def _turn(text: str, limit: int) -> int:
    """Find where the sentence after a heading without end mark begins.

    Every place in the last clause of the heading is rated: the sentence takes up words of the
    heading, it begins as sentences do, and the clauses of a heading have much the same length.
    """
    commas = [match.start() for match in _COMMA.finditer(text, MIN_CLAUSE, limit)]
    start = commas[0] + 1 if commas else 0
    usual = max(start - 1, MIN_CLAUSE) if commas else 12
    last = commas[1] if len(commas) > 1 else limit
    best, rating = last, 0.0
    for i in range(start + 4, last):
        if text[i - 1] in _BINDS or text[i] in _BINDS or _ADVERB.match(text, i - 2):
            continue
        repeated = max((n for n in (2, 3, 4) if text.find(text[i : i + n], 0, i) >= 0), default=0)
        found = (0, 0, 1.0, 1.5, 3.0)[repeated] - 1.5 * abs(i - start - usual) / usual
        opens = _ADVERB.match(text, i) or _VERB.match(text, i)
        found += 3.5 * bool(_SUBJECT.match(text, i)) + 2.0 * bool(opens)
        if found > rating:
            best, rating = i, found
    return best
