"""How headings look: numbered styles, marks, enumerators; and where sentences end."""

import re
from dataclasses import dataclass

__all__ = [
    "ENUMERATOR",
    "HAN_DIGITS",
    "MAX_HEADING",
    "NUMBERED",
    "RANK",
    "Heading",
    "heading_style",
    "sentences",
]

MAX_HEADING = 48  # characters; numbered headings with two clauses reach about 45

# Digits as headings count with; for all Chinese characters see `characters.HAN`.
HAN_DIGITS = "一二三四五六七八九十百"
# From the outermost style to the innermost: GB/T 9704-2012, 7.3.3, and what pages add to it.
STYLES: tuple[tuple[str, str], ...] = (
    ("part", rf"第[{HAN_DIGITS}\d]+(?:部分|篇|编|章)\s*[、:：]?|(?i:part)\s*\.?\s*\d+\s*[、.:：]?"),
    ("han", rf"[{HAN_DIGITS}]{{1,3}}\s*[、．.]"),
    ("han_bracket", rf"[(（]\s*[{HAN_DIGITS}]{{1,3}}\s*[)）]\s*[、.]?"),
    ("section", rf"第[{HAN_DIGITS}\d]+节\s*[、:：]?"),
    ("slab", r"0\d\s*(?:[、．.·:：丨|]\s*|(?![\d年月日时分\s、．.·:：丨|-])|\s(?!\d))"),
    ("arabic", r"\d{1,2}\s*(?:[、．]|\.(?!\d))"),
    ("arabic_bracket", r"[(（]\s*\d{1,2}\s*[)）]\s*[、.]?|\d{1,2}[)）]"),
    ("circled", r"[①-⑳]"),
)
RANK = {name: rank for rank, (name, _) in enumerate(STYLES)}
NUMBERED = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in STYLES))
ENUMERATOR = re.compile(
    rf"(?:第?[{HAN_DIGITS}]{{1,2}}(?:是|要|，|、)|首先|其次|再次|最后)[，,]?\s*(?=[\u4e00-\u9fff“])"
)
_MARKDOWN = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>\S.*)")
_BOLD = re.compile(r"\*\*(?P<text>[^*]{2,40})\*\*[:：]?")
_BULLET = re.compile(r"(?:[■●◆◇★▌▎▍丨❖➤►▶※]|【)\s*(?P<text>.{2,30})")
_DASH = re.compile(r"(?:——|--|―)\s*(?P<text>[^—].{3,44})")
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’」）)]*|[^。！？!?]+$")


@dataclass(frozen=True, slots=True)
class Heading:
    """How a line announces itself: style name, number of characters of its mark, its words."""

    style: str
    mark: int
    words: str


def heading_style(line: str) -> Heading | None:
    """Return the explicit style of a heading line: numbered, markdown, bold, bullet or dash.

    Lines without any mark return None; whether they are headings depends on their neighbours.
    """
    if match := _MARKDOWN.fullmatch(line):
        return Heading(f"markdown{len(match['marks'])}", match.start("text"), match["text"])
    if match := _BOLD.fullmatch(line):
        return Heading("bold", match.start("text"), match["text"])
    if (match := NUMBERED.match(line)) and match.lastgroup:
        return Heading(match.lastgroup, match.end(), line[match.end() :].strip())
    for style, pattern in (("bullet", _BULLET), ("dash", _DASH)):
        if match := pattern.fullmatch(line):
            return Heading(style, match.start("text"), match["text"])
    return None


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut `text` at full stops, question and exclamation marks; spans tile the text."""
    return [match.span() for match in _SENTENCE.finditer(text)]
