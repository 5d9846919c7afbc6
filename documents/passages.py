"""Paragraphs become passages: split at run-in headings, long ones at sentence ends."""

import re

from taohua.documents.headings import ENUMERATOR, sentences
from taohua.documents.runins import run_in_headings

__all__ = ["Piece", "split_paragraph"]

MAX_PASSAGE = 300  # characters; a longer one is cut at the sentence end nearest an even share
MIN_PIECE = 60  # a shorter rest stays with the piece before it
MIN_ITEM = 40  # 一是 … 二是 … items shorter than this are one passage

Piece = tuple[int, int, tuple[int, int] | None]  # start, end, span of the run-in heading above


def split_paragraph(text: str, alone: bool = True, label: int = 0) -> list[Piece]:
    """Cut a paragraph into passages; the pieces tile it, each with its run-in heading if any.

    The pieces of a long stretch share the heading that the first of them begins with.

    `alone` tells whether its first sentence may be a heading without another in the paragraph,
    `label` how many characters of it are known to be one.
    """
    starts = {start: (start, end) for start, end in run_in_headings(text, alone)}
    if label:
        starts = {start: span for start, span in starts.items() if start >= label}
        starts[0] = (0, label)
    cuts = sorted({0, *starts})
    pieces: list[Piece] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        for a, b in _split_long(text[start:end]):
            pieces.append((start + a, start + b, starts.get(start)))
    return pieces


def _split_long(text: str) -> list[tuple[int, int]]:
    if len(text) <= MAX_PASSAGE:
        return [(0, len(text))]
    ends = [end for _, end in sentences(text)]
    if len(ends) < 2:  # one sentence without end: fall back to clauses
        ends = [m.end() for m in re.finditer("[；;，,、]|$", text)]
    items = [end for end in ends[:-1] if ENUMERATOR.match(text, end)]
    if len(items) >= 2 and len(text) / (len(items) + 1) >= MIN_ITEM * 2:
        ends = [*items, len(text)]
        pieces = _pack(0, ends, MAX_PASSAGE)
        return [
            (a + x, a + y)
            for a, b in pieces
            for x, y in (_split_long(text[a:b]) if b - a < len(text) else [(0, b - a)])
        ]
    share = len(text) / -(-len(text) // MAX_PASSAGE)
    return _pack(0, ends, int(share * 1.15))


def _pack(start: int, ends: list[int], limit: int) -> list[tuple[int, int]]:
    """Join the stretches between `ends` from left to right into pieces of about `limit`."""
    pieces: list[tuple[int, int]] = []
    last = start
    for end in ends:
        if last > start and end - start > limit:
            pieces.append((start, last))
            start = last
        last = end
    if pieces and last - start < MIN_PIECE:
        start = pieces.pop()[0]
    return [*pieces, (start, last)]
