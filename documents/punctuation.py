"""Half-width marks of Chinese text become the full-width ones that the standard asks for."""

import re
from collections.abc import Iterator

from taohua.documents.characters import HAN
from taohua.documents.edits import Edit

__all__ = ["punctuation"]

_MARKS = "，。、；：？！“”‘’（）《》〈〉【】…—·％"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_SAME = dict(zip("「」『』〝〞•・‧∙⋅", "“”‘’“”·····", strict=True))
DEEPEST = 8  # brackets inside brackets; keeps the look into a pair linear

_chinese = re.compile(f"[{HAN}{_MARKS}]").match
_askable = re.compile(f"[{HAN}”’》）】%？！]").match
_any_han = re.compile(f"[{HAN}]").search
_same = re.compile(f"[{''.join(_SAME)}]")
# Addresses and entities hide their marks.
_mark = re.compile(r"(?:https?://|www\.)[\x21-\x7e]{0,300}[A-Za-z0-9/]|&#?\w{1,8};|[,;:?!]")
_bracket = re.compile(r"[()（）\n]")
_double = re.compile(r"[\"“”\n]")
# An apostrophe in a Latin word opens and closes nothing.
_single = re.compile(r"(?<![A-Za-z0-9])['’]|['’](?![A-Za-z0-9])|[‘\n]")


def punctuation(text: str) -> Iterator[Edit]:
    """Widen , : ; ? ! ( ) and straight quotes that belong to Chinese text."""
    edits = [(m.start(), m.end(), _SAME[m.group()]) for m in _same.finditer(text)]
    edits += _stops(text)
    if "(" in text or ")" in text:
        edits += _brackets(text)
    if '"' in text:
        edits += _quotes(text, _double, '"', "“”")
    if "'" in text:
        edits += _quotes(text, _single, "'", "‘’")
    yield from sorted(edits)


def _beside(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Return whether Chinese text stands left and right of a span."""
    left = start > 0 and _chinese(text, start - 1) is not None
    return left, _chinese(text, end) is not None


def _stops(text: str) -> Iterator[Edit]:
    for match in _mark.finditer(text):
        mark = match.group()
        if mark not in _WIDE:
            continue
        # A comma may follow 100% or APP; a question mark after a comma is a lost character.
        if mark in "?!":
            belongs = match.start() > 0 and _askable(text, match.start() - 1) is not None
        else:
            belongs = any(_beside(text, match.start(), match.end()))
        if belongs:
            yield match.start(), match.end(), _WIDE[mark]


def _brackets(text: str) -> Iterator[Edit]:
    """Widen brackets by pairs of one line, when Chinese stands inside or beside them."""
    opened: list[int] = []
    for match in _bracket.finditer(text):
        place, mark = match.start(), match.group()
        if mark == "\n":
            opened.clear()
        elif mark in "(（":
            opened.append(place)
            del opened[:-DEEPEST]
        elif opened:
            start = opened.pop()
            if text[start - 1 : start] == "]":  # the address of a Markdown link
                continue
            if _any_han(text, start, place) or any(_beside(text, start, place + 1)):
                yield start, start + 1, "（"
                yield place, place + 1, "）"


def _quotes(text: str, pattern: re.Pattern[str], straight: str, curly: str) -> Iterator[Edit]:
    """Turn straight quotes into opening and closing ones, on lines where all of them pair."""
    line: list[tuple[int, int]] = []
    opened: int | None = None
    paired = True
    for match in pattern.finditer(text + "\n"):
        place, mark = match.start(), match.group()
        if mark == "\n":
            if paired and opened is None:
                yield from _curled(text, line, straight, curly)
            line, opened, paired = [], None, True
        elif opened is None:
            paired = paired and mark != curly[1]
            opened = place
        elif mark == curly[0]:
            paired = False
        else:
            line.append((opened, place))
            opened = None


def _curled(text: str, pairs: list[tuple[int, int]], straight: str, curly: str) -> Iterator[Edit]:
    for start, end in pairs:
        if not (_any_han(text, start, end) or any(_beside(text, start, end + 1))):
            continue
        for place, mark in ((start, curly[0]), (end, curly[1])):
            if text[place] == straight:
                yield place, place + 1, mark
