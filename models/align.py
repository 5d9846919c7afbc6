"""Two passages become aligned spans: what is equal, what fills the same slot, what was edited.

Everything is compared on skeletons, where a slot is one character, and so is a word of letters or
digits: no number is ever cut. Tiles of common runs make regions, and what lies between the tiles
of a region is aligned once more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from taohua.documents.errors import TaohuaError
from taohua.features.slots import MARKERS, Masked, mask, unmask
from taohua.models.tiles import Tile, lay_tiles, regions

__all__ = ["Span", "SpanKind", "align"]

SpanKind = Literal["equal", "slot", "edit"]

MIN_PIECE = 2  # characters of an equal piece inside an edit; a single one is chance
WORD = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+(?:[.,．，][0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+)*")
FIRST_WORD, N_WORDS = 0xF0000, 0xFFFE  # a plane for private use; equal text is checked at the end
MARKER_SET = frozenset(MARKERS.values())


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one text and its counterpart in the other; ends are exclusive.

    Of kind ``"equal"`` both have the same text, of ``"slot"`` another value of the same type of
    slot; ``"edit"`` is what differs between them, and may be empty on one side.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    kind: SpanKind


class _Units(NamedTuple):
    """A text as comparable units: a character, a slot or a word of letters and digits each.

    `codes` has a character for each unit; `starts` their places in the text, and its length.
    """

    codes: str
    starts: list[int]
    text: str

    def cut(self, start: int, end: int) -> str:
        """Return the text of some units."""
        return self.text[self.starts[start] : self.starts[end]]


def align(a: str | Masked, b: str | Masked, min_length: int = 13) -> list[Span]:
    """Return what two texts share, as spans with offsets into both, in the order of `a`.

    Spans that follow each other without a gap on both sides form a region; each region has at
    least `min_length` units that are equal or slots, unless the two skeletons are equal. No
    character belongs to two spans, on either side.

    Parameters
    ----------
    a, b
        the texts, repaired; masked ones need not be masked again.
    min_length
        characters of the skeleton, where a slot or a word of letters and digits counts as one;
        punctuation around a region does not count.

    Raises
    ------
    TaohuaError
        If `min_length` is below 1.

    Examples
    --------
    >>> for span in align("全年调解渔业纠纷30件。", "全年调解渔业纠纷45件。"):
    ...     print(span.kind, span.start, span.end)
    equal 0 8
    slot 8 11
    equal 11 12
    """
    if min_length < 1:
        raise TaohuaError(f"min_length must be 1 or more, got {min_length!r}")
    words: dict[str, str] = {}
    left, right = _units(a, words), _units(b, words)
    if left.codes == right.codes:
        return list(_spans([Tile(0, 0, len(left.codes))], left, right))
    tiles = lay_tiles(left.codes, right.codes, min_length)
    spans: list[Span] = []
    for region in regions(tiles):
        filled = _fill(region, left.codes, right.codes)
        if filled and _length(filled, left.codes) >= min_length:
            spans += _spans(filled, left, right)
    return spans


def _units(text: str | Masked, words: dict[str, str]) -> _Units:
    """Cut a text into units; `words` gives each word of letters and digits its code."""
    masked = mask(text) if isinstance(text, str) else text
    offsets = masked.offsets.tolist()
    codes: list[str] = []
    starts: list[int] = []
    position = 0
    for word in WORD.finditer(masked.text):
        codes.append(masked.text[position : word.start()])
        codes.append(words.setdefault(word.group(), chr(FIRST_WORD + len(words) % N_WORDS)))
        starts += offsets[position : word.start() + 1]
        position = word.end()
    codes.append(masked.text[position:])
    starts += offsets[position:]
    return _Units("".join(codes), starts, text if isinstance(text, str) else unmask(text))


def _fill(region: Sequence[Tile], a: str, b: str) -> list[Tile]:
    """Add what is equal between the tiles of a region: slots, and pieces of two units or more."""
    filled = list(region[:1])
    for last, tile in pairwise(region):
        one, two = a[last.end : tile.start], b[last.other_end : tile.other]
        for step in Indel.opcodes(one, two) if one and two else ():
            size = step.src_end - step.src_start
            if step.tag == "equal" and (size >= MIN_PIECE or one[step.src_start] in MARKER_SET):
                filled.append(
                    Tile(last.end + step.src_start, last.other_end + step.dest_start, size)
                )
        filled.append(tile)
    return [tile for tile in filled if tile.size]


def _length(region: Sequence[Tile], a: str) -> int:
    """Count the equal units of a region without the punctuation around it."""
    codes = "".join(a[tile.start : tile.end] for tile in region)
    counted = [k for k, code in enumerate(codes) if _counts(code)]
    return counted[-1] + 1 - counted[0] if counted else 0


def _counts(code: str) -> bool:
    return code.isalnum() or code in MARKER_SET or ord(code) >= FIRST_WORD


def _spans(region: Sequence[Tile], a: _Units, b: _Units) -> Iterator[Span]:
    """Turn the tiles of a region, and what lies between them, into spans of the two texts."""
    last: Span | None = None
    for piece in _pieces(region, a, b):
        span = _in_texts(piece, a, b)
        if last and last.kind == span.kind != "slot":
            last = Span(last.start, span.end, last.other_start, span.other_end, last.kind)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def _pieces(region: Sequence[Tile], a: _Units, b: _Units) -> Iterator[Span]:
    """Yield spans of units: edits between the tiles, and slots with other values in them."""
    at, other_at = region[0].start, region[0].other
    for tile in region:
        if at < tile.start or other_at < tile.other:
            yield Span(at, tile.start, other_at, tile.other, "edit")
        at, shift = tile.start, tile.other - tile.start
        for i in range(tile.start, tile.end):
            if a.codes[i] in MARKER_SET and a.cut(i, i + 1) != b.cut(i + shift, i + shift + 1):
                if at < i:
                    yield Span(at, i, at + shift, i + shift, "equal")
                yield Span(i, i + 1, i + shift, i + shift + 1, "slot")
                at = i + 1
        if at < tile.end:
            yield Span(at, tile.end, at + shift, tile.other_end, "equal")
        at, other_at = tile.end, tile.other_end


def _in_texts(span: Span, a: _Units, b: _Units) -> Span:
    kind = span.kind
    if kind == "equal" and a.cut(span.start, span.end) != b.cut(span.other_start, span.other_end):
        kind = "edit"  # a character of the private plane, taken for a word
    return Span(
        a.starts[span.start],
        a.starts[span.end],
        b.starts[span.other_start],
        b.starts[span.other_end],
        kind,
    )
