"""How headings look: numbered styles, run-in first sentences, headings inside a line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Heading", "heading_style", "inline_headings", "run_in_headings"]

MAX_HEADING = 48  # characters; numbered headings with two clauses reach about 45
MAX_RUN_IN = 24
MAX_NUMBERED_RUN_IN = 48
MAX_PARAGRAPH = 900  # characters; the longest with run-in headings in sight has about 500

_HAN = "一二三四五六七八九十百"
# From the outermost style to the innermost: GB/T 9704-2012, 7.3.3, and what pages add to it.
STYLES: tuple[tuple[str, str], ...] = (
    ("part", rf"第[{_HAN}\d]+(?:部分|篇|编|章)\s*[、:：]?|(?i:part)\s*\.?\s*\d+\s*[、.:：]?"),
    ("han", rf"[{_HAN}]{{1,3}}\s*[、．.]"),
    ("han_bracket", rf"[(（]\s*[{_HAN}]{{1,3}}\s*[)）]\s*[、.]?"),
    ("section", rf"第[{_HAN}\d]+节\s*[、:：]?"),
    ("slab", r"0\d\s*(?:[、．.·:：]\s*|(?![\d年月日时分\s、．.·:：-])|\s(?!\d))"),
    ("arabic", r"\d{1,2}\s*(?:[、．]|\.(?!\d))"),
    ("arabic_bracket", r"[(（]\s*\d{1,2}\s*[)）]\s*[、.]?|\d{1,2}[)）]"),
    ("circled", r"[①-⑳]"),
)
RANK = {name: rank for rank, (name, _) in enumerate(STYLES)}
_NUMBERED = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in STYLES))
_MARKDOWN = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>\S.*)")
_BOLD = re.compile(r"\*\*(?P<text>[^*]{2,40})\*\*[:：]?")
_BULLET = re.compile(r"(?:[■●◆◇★▌▎▍丨❖➤►▶※]|【)\s*(?P<text>.{2,30})")
ENUMERATOR = re.compile(
    rf"(?:第?[{_HAN}]{{1,2}}(?:是|要|，|、)|首先|其次|再次|最后)[，,]?\s*(?=[\u4e00-\u9fff“])"
)
_ITEM_START = re.compile(rf"{ENUMERATOR.pattern}|——|[●◆■▲]")

_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’」）)]*|[^。！？!?]+$")
_FACT = re.compile(r"\d|[％%]")
# First words of sentences that report, address or connect: no heading begins so.
_NO_HEADING_START = re.compile(
    r"(?:本报|本刊|新华社|其中|同时|此外|另外|目前|截至|今年|去年|近年|年初|日前|近日|为此|对此|因此|但|而|并|也|还|又|这|那|该|此|他|她|它|我们|大家|会议|会上|会前|会后|据|经|如|各位|同志|现在|谢谢|记者|下一步|接下来|请)"
)
_SUBJECT_START = re.compile(  # where the text after a heading without end mark begins
    r"(?:各级法院|全[省市县区州国]法院|两级法院|最高人民法院|人民法院|本院|我院|我们|过去[一五]年|[一五]年来|近年来"
    r"|今年以来|去年|今年|(?:19|20)\d\d年|为了)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """How a line announces itself: style name, number of characters of its mark, its words."""

    style: str
    mark: int
    words: str


def heading_style(line: str) -> Heading | None:
    """Return the explicit style of a heading line: numbered, markdown, bold or bulleted.

    Lines without any mark return None; whether they are headings depends on their neighbours.
    """
    if match := _MARKDOWN.fullmatch(line):
        return Heading(f"markdown{len(match['marks'])}", match.start("text"), match["text"])
    if match := _BOLD.fullmatch(line):
        return Heading("bold", match.start("text"), match["text"])
    if (match := _NUMBERED.match(line)) and match.lastgroup:
        return Heading(match.lastgroup, match.end(), line[match.end() :].strip())
    if match := _BULLET.fullmatch(line):
        return Heading("bullet", match.start("text"), match["text"])
    return None


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut `text` at full stops, question and exclamation marks; spans tile the text."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def _is_label(sentence: str) -> bool:
    words = sentence.rstrip("。！？!?”’」）) ")
    enumerated = ENUMERATOR.match(words)
    if enumerated:
        words = words[enumerated.end() :]
    if not 3 <= len(words) <= MAX_RUN_IN or _FACT.search(words):
        return False
    return not _NO_HEADING_START.match(words) and words.count("，") + words.count(",") <= 1


def _is_parallel_label(sentence: str) -> bool:
    return _is_label(sentence) and len(sentence) <= 20 and not re.search("[，,；;：:]", sentence)


def run_in_headings(text: str) -> list[tuple[int, int]]:
    """Return the spans of the run-in headings (段首句) of a paragraph.

    The first sentence counts when it is short, states no figure and more follows; a numbered
    first sentence may be longer. Inside the paragraph a short sentence counts when it has
    siblings: at least two such sentences, each with text of its own or another sibling after it.
    """
    spans = sentences(text)
    if len(spans) < 2:
        return []
    found = []
    first = text[: spans[0][1]]
    numbered = _NUMBERED.match(first)
    if (numbered and numbered.lastgroup != "slab" and len(first) <= MAX_NUMBERED_RUN_IN) or (
        _is_label(first) and _heads(text, spans)
    ):
        found.append(spans[0])
    labels = [_is_parallel_label(text[slice(*span)]) for span in spans]
    inner = [  # the last sentence heads nothing, unless it ends a row of labels
        spans[i]
        for i in range(1, len(spans))
        if labels[i] and (i + 1 < len(spans) or labels[i - 1])
    ]
    if len(text) > MAX_PARAGRAPH:  # a page without line breaks: short sentences prove nothing
        inner = [span for span in inner if _ITEM_START.match(text[slice(*span)])]
    siblings = [span for span in inner if _reads_alike(text, span, [*found, *inner])]
    if len(siblings) + len(found) >= 2:
        found.extend(siblings)
    return found


def _heads(text: str, spans: list[tuple[int, int]]) -> bool:
    """Tell whether the first sentence heads the next: more text follows, not another label."""
    following = text[slice(*spans[1])]
    if re.search("[，,]", text[: spans[0][1]]) and _is_parallel_label(following):
        return False
    return len(following) > spans[0][1] or len(spans) > 2


def _reads_alike(text: str, span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Tell whether a sibling has nearly the same length, or the same first or last character."""
    own = text[slice(*span)].rstrip("。")
    for other in others:
        if other == span:
            continue
        words = text[slice(*other)].rstrip("。")
        if abs(len(words) - len(own)) <= 3 or words[0] == own[0] or words[-1] == own[-1]:
            return True
    return False


def inline_headings(line: str) -> list[tuple[int, int]]:
    """Return the spans of numbered headings that stand inside a long line without breaks.

    They must count up from one within the line, after a full stop or at its start, and be at
    least two. A heading ends before the subject of the next sentence when it has no full stop.
    """
    for style in (rf"([{_HAN}]{{1,3}})、", rf"[(（]([{_HAN}]{{1,3}})[)）]"):
        places = _ascending(re.finditer(rf"(?:(?<=[。！？；;!?”）)])|^)\s*{style}", line))
        if len(places) >= 2:
            bounds = [*(place for place, _ in places), len(line)]
            return [
                (start, words + _heading_length(line[words : bounds[i + 1]]))
                for i, (start, words) in enumerate(places)
            ]
    return []


def _ascending(matches: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
    places, expected = [], 1
    for match in matches:
        if _number(match[1]) == expected:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            places.append((start, match.end()))
            expected += 1
    return places


def _number(han: str) -> int:
    digits = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
    tens, found, ones = han.partition("十")
    if not found:
        return digits.get(han, 0)
    return 10 * digits.get(tens, 1) + digits.get(ones, 0)


def _heading_length(text: str) -> int:
    """Return how many characters of `text`, which begins with a heading, are the heading."""
    stop = re.search(r"[。！？；：:]|\s", text)
    end = stop.start() if stop else len(text)
    if end <= MAX_RUN_IN:
        return end
    limit = min(end, MAX_HEADING)
    for i in range(6, limit):
        if text[i - 1] not in "，,、的和与及对于以" and (
            _SUBJECT_START.match(text, i) or text.find(text[i : i + 4], 0, i) >= 0
        ):  # the text takes up the subject of its heading, as texts do
            return i
    commas = [m.end() for m in re.finditer("[，,]", text[:limit]) if m.start() >= 6]
    return commas[min(1, len(commas) - 1)] if commas else min(end, MAX_RUN_IN)
