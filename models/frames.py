"""Alike texts become a frame: what all of them have in common, and the slots between.

Every member is aligned with the medoid, token by token; a token that all members have stays, and
what stands between two such tokens is the value of a slot. A member that would leave too little
of the frame is left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from string import ascii_letters, digits
from typing import Literal

from rapidfuzz.distance import Indel

from taohua.features.slots import SlotKind
from taohua.models.units import Token, Unit, fixed_length

__all__ = ["FrameSlotKind", "Part", "build_frame", "frame_around"]

FrameSlotKind = SlotKind | Literal["text"]

MIN_KEPT = 0.4  # of each member's letters and digits outside slots, those in the frame
USUAL = 0.75  # of the units: what so many have at a gap is fixed
ALNUM = ascii_letters + digits


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a frame: `kind` is None for fixed text, which is the same in all members."""

    kind: FrameSlotKind | None
    values: tuple[str, ...]


def build_frame(
    groups: Sequence[Sequence[Unit]], min_fixed: int, usual: bool = False
) -> tuple[list[Part], list[int]]:
    """Align groups of units with the first one and return the frame and the groups it holds.

    Parameters
    ----------
    groups
        units of the same skeleton each, the medoid's first, then from most to least similar.
    min_fixed
        least number of letters and digits that stay fixed.
    usual
        whether a gap that most units fill like the medoid, or leave empty like it, is no slot:
        the others are left out. At the edges an empty gap may be filled.
    """
    medoid = groups[0][0].tokens
    weights = [fixed_length([token]) for token in medoid]
    least = max(min_fixed, MIN_KEPT * sum(weights))
    anchors = list(range(len(medoid)))
    places = {0: anchors}
    for n, group in enumerate(groups[1:], 1):
        place = _align(medoid, group[0].tokens)
        shared = [anchor for anchor in anchors if place[anchor] >= 0]
        needed = max(least, MIN_KEPT * fixed_length(group[0].tokens))
        if sum(weights[anchor] for anchor in shared) >= needed:
            anchors, least = shared, needed
            places[n] = place
    while usual and (outliers := _outliers(groups, places, anchors)):
        places = {n: place for n, place in places.items() if n not in outliers}
        anchors = [n for n in range(len(medoid)) if all(p[n] >= 0 for p in places.values())]
    return _fill(groups, places, anchors), list(places)


def frame_around(groups: Sequence[Sequence[Unit]]) -> tuple[list[Part], list[int]]:
    """Return the wording of the first group with what others have before and after it.

    Groups that do not hold it as it is are left out.
    """
    wording = groups[0][0].key
    places = {}
    for n, group in enumerate(groups):
        key = group[0].key
        starts = range(len(key) - len(wording) + 1)
        at = next((i for i in starts if key[i : i + len(wording)] == wording), None)
        if at is not None:
            places[n] = list(range(at, at + len(wording)))
    return _fill(groups, places, range(len(wording))), list(places)


def _outliers(
    groups: Sequence[Sequence[Unit]], places: Mapping[int, list[int]], anchors: Sequence[int]
) -> set[int]:
    """Return the groups that differ where most are like the medoid, at the gap they fit least."""
    rows = {
        n: _cut(groups[n][0].tokens, [place[anchor] for anchor in anchors])[::2]
        for n, place in places.items()
    }
    best: set[int] = set()
    total = sum(len(groups[n]) for n in rows)
    for gap, own in enumerate(rows[0]):
        names = [token.name for token in own]
        if not names and gap in (0, len(anchors)):
            continue
        unlike = {n for n, row in rows.items() if [token.name for token in row[gap]] != names}
        size = sum(len(groups[n]) for n in unlike)
        is_less = not best or size < sum(len(groups[n]) for n in best)
        if 0 < size <= (1 - USUAL) * total and is_less:
            best = unlike
    return best


def _fill(
    groups: Sequence[Sequence[Unit]], places: Mapping[int, Sequence[int]], anchors: Sequence[int]
) -> list[Part]:
    rows = [
        _cut(unit.tokens, [place[anchor] for anchor in anchors])
        for n, place in places.items()
        for unit in groups[n]
    ]
    medoid = groups[0][0].tokens
    kinds = [medoid[anchor].kind for anchor in anchors]
    return _join(_parts(rows, kinds))


def _align(one: Sequence[Token], two: Sequence[Token]) -> list[int]:
    """Return for each token of `one` its place in `two`, or -1."""
    places = [-1] * len(one)
    names = [token.name for token in one], [token.name for token in two]
    for step in Indel.opcodes(*names):
        if step.tag == "equal":
            size = step.src_end - step.src_start
            places[step.src_start : step.src_end] = range(step.dest_start, step.dest_start + size)
    return places


def _cut(tokens: Sequence[Token], places: Sequence[int]) -> list[Sequence[Token]]:
    """Cut tokens into what lies before, at and after each place: 2 n + 1 pieces."""
    pieces: list[Sequence[Token]] = []
    start = 0
    for place in places:
        pieces += (tokens[start:place], tokens[place : place + 1])
        start = place + 1
    return [*pieces, tokens[start:]]


def _parts(
    rows: Sequence[Sequence[Sequence[Token]]], kinds: Sequence[SlotKind | None]
) -> list[Part]:
    parts: list[Part] = []
    for n, column in enumerate(zip(*rows, strict=True)):
        values = tuple("".join(token.text for token in piece) for piece in column)
        if n % 2:
            parts.append(Part(kinds[n // 2], values))
        elif any(values):
            kind = _kind(column)
            parts += _peel(column, values) if kind == "text" else [Part(kind, values)]
    return parts


def _peel(column: Sequence[Sequence[Token]], values: tuple[str, ...]) -> Iterator[Part]:
    """Take off what all values begin and end with: 同比 from 同比|上升 and 同比下降, cut unlike.

    A single character is none of it, nor is part of a slot or of a word of letters and digits.
    """
    before = _common_prefix([_until_slot(piece) for piece in column]).rstrip(ALNUM)
    size = len(before) if len(before) > 1 else 0
    ends = [
        _until_slot(piece[::-1], -1)[: len(v) - size]
        for piece, v in zip(column, values, strict=True)
    ]
    after = _common_prefix(ends)[::-1].lstrip(ALNUM)
    tail = len(after) if len(after) > 1 else 0
    yield Part(None, tuple(v[:size] for v in values))
    yield Part("text", tuple(v[size : len(v) - tail] for v in values))
    yield Part(None, tuple(v[len(v) - tail :] for v in values))


def _common_prefix(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    unlike = (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    return first[: next(unlike, len(first))]


def _until_slot(piece: Iterable[Token], step: int = 1) -> str:
    """Return the text before the first slot; reversed texts of reversed tokens."""
    plain = takewhile(lambda token: token.kind is None, piece)
    return "".join(token.text[::step] for token in plain)


def _kind(column: Iterable[Sequence[Token]]) -> FrameSlotKind:
    """Return the kind of slot that all pieces are which are not empty."""
    found = {piece[0].kind if len(piece) == 1 else None for piece in column if piece}
    kind = found.pop()
    return "text" if found or kind is None else kind


def _join(parts: Sequence[Part]) -> list[Part]:
    """Join neighbouring fixed parts; free text takes in a lone letter or mark between its parts."""
    joined: list[Part] = []
    for part in parts:
        if not any(part.values):
            continue
        if part.kind is None and joined and joined[-1].kind is None:
            part = _add(joined.pop(), part, None)
        elif part.kind == "text" and len(joined) > 1 and _is_lone(*joined[-2:]):
            lone, before = joined.pop(), joined.pop()
            part = _add(_add(before, lone, "text"), part, "text")
        joined.append(part)
    return joined


def _is_lone(before: Part, part: Part) -> bool:
    is_short = part.kind is None and sum(map(str.isalnum, part.values[0])) < 2
    return is_short and before.kind == "text"


def _add(one: Part, two: Part, kind: FrameSlotKind | None) -> Part:
    return Part(kind, tuple(a + b for a, b in zip(one.values, two.values, strict=True)))
