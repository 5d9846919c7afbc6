"""Run-in headings (段首句): short first sentences that head the sentences after them."""

import re
from itertools import pairwise

from taohua.documents.headings import ENUMERATOR, NUMBERED, sentences

__all__ = ["run_in_headings", "supported"]

MAX_RUN_IN = 24
MAX_NUMBERED_RUN_IN = 48
MAX_SIBLING = 20  # characters of one inside a paragraph
MAX_PARAGRAPH = 900  # characters; the longest with run-in headings in sight has about 500
NEIGHBOURS = 3  # how far away a sibling may stand, in sentences or paragraphs

Span = tuple[int, int]

_CLOSING = "。！？!?”’」）)* "
_QUOTED = re.compile(r"[“《「][^”》」]*[”》」]")
_COMMA = re.compile("[，,]")
_CLAUSES = re.compile("[，,；;：:]")
_FACT = re.compile(
    r"\d|[％%]|[二三四五六七八九十百千万余]+[多余]?(?:名|件|人|起|次|场|项|家|年|月|天|岁|个月|个小时|公里|元)"
)
# First words of sentences that report, address or connect: no heading begins so.
_NO_HEADING_START = re.compile(
    r"(?:本报|本刊|新华社|其中|同时|此外|另外|目前|截至|今年|去年|近年|年初|日前|近日|最终|最后|随后|后来|当天|为此|对此|因此|但是?|而|也|还|又|这|那"
    r"|该|此|他|她|它|我们|大家|会议|会上|会前|会后|据|经(?![费济验营典纪办常开贸])|如(?!何)|各位|同志|现在|谢谢|记者|下一步|接下来|请|希望|让|随着|由于|虽然|如果"
    r"|当|每|只有|只要|一起|一名|一位|某|有的|有些|数据|事实|各级法院|我国|案件|特此)"
)
# Aspect, copula and adverbs of telling; headings name what is done and do without them.
_TELLS = re.compile(
    r"[了吗呢吧]|说|没有|并不|不是|就是|已经?|都|就(?![业近地])|却|很|(?<!公)正在|曾|仍|(?<![实求正])是(?!非)|(?:时|后|前|中|间|下)[，,]|一[直度边]|们|双方|原告|被告|依然|还是"
)
_ITEM_START = re.compile(rf"{ENUMERATOR.pattern}|——|[●◆■▲]")


def is_label(sentence: str, limit: int = MAX_RUN_IN) -> bool:
    """Tell whether a sentence names something done rather than tells of it."""
    words = sentence.strip(_CLOSING)
    enumerated = ENUMERATOR.match(words)
    if enumerated:
        words = words[enumerated.end() :]
    bare = _QUOTED.sub("“”", words)
    if not 3 <= len(words) <= limit or len(_COMMA.findall(words)) > 1:
        return False
    return not (_FACT.search(bare) or _NO_HEADING_START.match(words) or _TELLS.search(bare))


def run_in_headings(text: str, alone: bool = True) -> list[Span]:
    """Return the spans of the run-in headings of a paragraph.

    A numbered first sentence counts; another when it reads as a label, more follows and `alone`
    allows it, see `supported`. Inside the paragraph labels count that have siblings of the same
    make, and text of their own below them or a row of labels around them.
    """
    spans = sentences(text)
    if len(spans) < 2:
        return []
    found = [spans[0]] if _is_numbered(text[: spans[0][1]]) else []
    inner = _inner_labels(text, spans)
    if not found and is_label(text[: spans[0][1]]) and _heads(text, spans):
        near = inner[:1] == [spans[1]] or _reads_alike(text, spans[0], inner[:NEIGHBOURS])
        if alone or near or ENUMERATOR.match(text):
            found.append(spans[0])
    siblings = [
        span
        for i, span in enumerate(inner)
        if _reads_alike(text, span, [*found[:1], *_near(inner, i)])
    ]
    return found + siblings if len(found) + len(siblings) >= 2 else found


def _is_numbered(sentence: str) -> bool:
    match = NUMBERED.match(sentence)
    return bool(match and match.lastgroup != "slab" and len(sentence) <= MAX_NUMBERED_RUN_IN)


def _inner_labels(text: str, spans: list[Span]) -> list[Span]:
    """Return the labels behind the first sentence that have text of their own, or are a row.

    A label right behind another is text of that one, unless it counts on. Only a row that ends
    the paragraph needs no text, if it is most of it; else its short sentences are prose.
    """
    loose = len(text) > MAX_PARAGRAPH  # a page without line breaks: short sentences prove nothing
    able = [
        _may_be_sibling(text[slice(*span)])
        and (not loose or bool(_ITEM_START.match(text, span[0])))
        for span in spans
    ]
    row = len(spans) - able[::-1].index(False) if False in able else 0
    n_row = len(spans) - row
    if n_row >= max(row, 2):
        return spans[max(row, 1) :]
    heads = [
        i
        for i in range(1, row)
        if able[i] and (not able[i - 1] or ENUMERATOR.match(text, spans[i][0]))
    ]
    return [
        spans[i]
        for i, following in pairwise([*heads, len(spans)])
        if _own(spans, i, following) > spans[i][1] - spans[i][0]
    ]


def _own(spans: list[Span], place: int, following: int) -> int:
    """Return how many characters stand between a label and the next."""
    return spans[following - 1][1] - spans[place][1]


def _may_be_sibling(sentence: str) -> bool:
    if ENUMERATOR.match(sentence):
        return is_label(sentence)
    return len(sentence) <= MAX_SIBLING and is_label(sentence) and not _CLAUSES.search(sentence)


def _heads(text: str, spans: list[Span]) -> bool:
    """Tell whether the first sentence heads the next: more text follows, not another label."""
    following = text[slice(*spans[1])]
    if _COMMA.search(text[: spans[0][1]]) and _may_be_sibling(following):
        return False
    return len(following) > spans[0][1] or len(spans) > 2


def _near(spans: list[Span], place: int) -> list[Span]:
    return [*spans[max(0, place - NEIGHBOURS) : place], *spans[place + 1 : place + 1 + NEIGHBOURS]]


def _reads_alike(text: str, span: Span, others: list[Span]) -> bool:
    return any(_alike(text[slice(*span)], text[slice(*other)]) for other in others)


def _alike(a: str, b: str) -> bool:
    """Tell whether two labels have nearly the same length or the same first or last character."""
    a, b = a.strip(_CLOSING), b.strip(_CLOSING)
    if bool(_COMMA.search(a)) != bool(_COMMA.search(b)):
        return False
    return abs(len(a) - len(b)) <= 3 or a[0] == b[0] or a[-1] == b[-1]


def supported(paragraphs: list[str]) -> list[bool]:
    """Tell of each paragraph of a document whether its first sentence may head it alone.

    It may when a paragraph near by begins with a label of the same make, or, without comma,
    when the paragraphs of the document begin so as a rule.
    """
    labels = [_first_label(text) for text in paragraphs]
    paired = [
        bool(label) and any(other and _alike(label, other) for other in _around(labels, i))
        for i, label in enumerate(labels)
    ]
    rule = sum(paired) * 2 >= len(paragraphs)
    return [
        pair or (rule and bool(label) and not _COMMA.search(label))
        for pair, label in zip(paired, labels, strict=True)
    ]


def _first_label(text: str) -> str:
    spans = sentences(text[: MAX_NUMBERED_RUN_IN * 4])
    if len(spans) < 2:
        return ""
    first = text[: spans[0][1]]
    return first if is_label(first) and _heads(text, spans) else ""


def _around(labels: list[str], place: int) -> list[str]:
    return [
        *labels[max(0, place - NEIGHBOURS) : place],
        *labels[place + 1 : place + 1 + NEIGHBOURS],
    ]
