"""A text becomes a skeleton and typed slots: what differs when one template is filled in twice.

Figures, dates, titles and quotations are found by expressions over the characters
(`slot_patterns`), names of places, courts, organisations and persons by the words (`names`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from taohua.features.names import find_names
from taohua.features.places import is_lexical
from taohua.features.segment import Segmenter, is_word
from taohua.features.slot_patterns import HAN_DIGITS, SlotKind, Span, find_patterns

__all__ = ["MARKERS", "Masked", "Slot", "SlotKind", "find_slots", "mask", "unmask"]

# Of two slots that overlap, an enclosing one wins (what is quoted is one value), then the longer,
# then the one that stands first here.
RANK: tuple[SlotKind, ...] = (
    "document",
    "slogan",
    "money",
    "percent",
    "date",
    "count",
    "article",
    "court",
    "organisation",
    "person",
    "place",
    "number",
    "blank",
)
ENCLOSING = frozenset({"document", "slogan", "article"})
# Noncharacters of Unicode: no text holds them. Private-use characters do occur, in text that was
# taken from a PDF with fonts of its own.
MARKERS: dict[str, str] = {kind: chr(0xFDD0 + n) for n, kind in enumerate(get_args(SlotKind))}
TOKENS = {kind: f"<{kind}>" for kind in MARKERS}
ABOUT = frozenset("近约逾超")
CHINESE_FIGURES = frozenset(HAN_DIGITS) | {"第"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a text that a template leaves open: ``text[start:end] == value``."""

    start: int
    end: int
    kind: SlotKind
    value: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its slots taken out.

    `text` is the skeleton: each slot is one character of `MARKERS`. `tokens` are all tokens of
    the text with ``"<count>"`` and the like for slots.
    """

    text: str
    slots: tuple[Slot, ...]
    tokens: tuple[str, ...]

    @property
    def offsets(self) -> NDArray[np.int32]:
        """Where each character of the skeleton starts in the text; int32 of shape (n + 1,)."""
        widths = np.ones(len(self.text) + 1, dtype=np.int32)
        widths[0] = 0
        removed = 0
        for slot in self.slots:
            width = slot.end - slot.start
            widths[slot.start - removed + 1] = width
            removed += width - 1
        return np.cumsum(widths, dtype=np.int32)

    @property
    def words(self) -> list[str]:
        """The tokens without blanks and punctuation, slots included."""
        return [token for token in self.tokens if is_word(token)]


def find_slots(text: str, segmenter: Segmenter | None = None) -> list[Slot]:
    """Return the slots of a repaired text, ordered and disjoint.

    Examples
    --------
    >>> [(slot.kind, slot.value) for slot in find_slots("2024年办结案件1200余件。")]
    [('date', '2024年'), ('count', '1200余件')]
    """
    tokens = (segmenter or _segmenter())(text)
    return _slots(text, tokens, list(accumulate(map(len, tokens), initial=0)))


def mask(text: str, segmenter: Segmenter | None = None) -> Masked:
    """Return the skeleton of a repaired text, its slots and its masked tokens.

    Examples
    --------
    >>> mask("2024年办结案件1200余件。").tokens
    ('<date>', '办结', '案件', '<count>', '。')
    """
    tokens = (segmenter or _segmenter())(text)
    starts = list(accumulate(map(len, tokens), initial=0))
    slots = _slots(text, tokens, starts)
    pieces: list[str] = []
    position = 0
    for slot in slots:
        pieces += (text[position : slot.start], MARKERS[slot.kind])
        position = slot.end
    pieces.append(text[position:])
    return Masked("".join(pieces), tuple(slots), tuple(_mask_tokens(tokens, starts, slots)))


def unmask(masked: Masked) -> str:
    """Return the text that was masked, exactly."""
    pieces: list[str] = []
    position = removed = 0
    for slot in masked.slots:
        marker = slot.start - removed
        pieces += (masked.text[position:marker], slot.value)
        position = marker + 1
        removed += slot.end - slot.start - 1
    pieces.append(masked.text[position:])
    return "".join(pieces)


@lru_cache(maxsize=1)
def _segmenter() -> Segmenter:
    return Segmenter()


def _slots(text: str, tokens: Sequence[str], starts: Sequence[int]) -> list[Slot]:
    spans = [*_figures(text, tokens, starts), *find_names(text, tokens, starts)]
    return [Slot(start, end, kind, text[start:end]) for start, end, kind in _disjoint(spans)]


def _figures(text: str, tokens: Sequence[str], starts: Sequence[int]) -> Iterator[Span]:
    """Yield the patterns, without Chinese figures inside words, with 近 and 约 before figures."""
    for start, end, kind in find_patterns(text):
        is_chinese = text[start] in CHINESE_FIGURES
        if start and text[start - 1] in ABOUT and kind not in ENCLOSING:
            # Not the 近 of 附近 or 最近, which begins no token.
            start -= starts[bisect_left(starts, start - 1)] == start - 1
        if is_chinese and any(_cuts_a_word(border, tokens, starts) for border in (start, end)):
            continue
        yield start, end, kind


def _cuts_a_word(position: int, tokens: Sequence[str], starts: Sequence[int]) -> bool:
    """Tell whether a position lies inside a word of the dictionary."""
    i = bisect_left(starts, position)
    return starts[i] != position and is_lexical(tokens[i - 1])


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    """Return the better of each two spans that overlap, in order."""
    kept: list[Span] = []
    for span in sorted(spans):
        while kept and span[0] < kept[-1][1]:
            if _weight(kept[-1]) >= _weight(span):
                break
            kept.pop()
        else:
            kept.append(span)
    return kept


def _weight(span: Span) -> tuple[bool, int, int]:
    start, end, kind = span
    return kind in ENCLOSING, end - start, -RANK.index(kind)


def _mask_tokens(tokens: Sequence[str], starts: Sequence[int], slots: Iterable[Slot]) -> list[str]:
    """Return the tokens outside slots and one token for each slot; a slot may cut a token."""
    masked: list[str] = []
    position = 0
    for slot in slots:
        masked += _between(tokens, starts, position, slot.start)
        masked.append(TOKENS[slot.kind])
        position = slot.end
    return masked + _between(tokens, starts, position, starts[-1])


def _between(tokens: Sequence[str], starts: Sequence[int], start: int, end: int) -> list[str]:
    if start == end:
        return []
    first, past = bisect_right(starts, start) - 1, bisect_left(starts, end)
    pieces = list(tokens[first:past])
    pieces[-1] = pieces[-1][: end - starts[past - 1]]
    pieces[0] = pieces[0][start - starts[first] :]
    return pieces
