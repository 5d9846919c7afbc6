"""Alike texts become a frame: what all of them have in common, and the slots between.

Every member is aligned with the medoid, token by token; a token that all members have stays, and
what stands between two such tokens is the value of a slot. A member that would leave too little
of the frame is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from string import ascii_letters, digits
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from taohua.features.segment import is_word
from taohua.features.slots import SlotKind, mask

__all__ = ["FrameSlotKind", "Part", "Unit", "build_frame", "cut_unit", "fixed_length"]

FrameSlotKind = SlotKind | Literal["text"]

MIN_KEPT = 0.4  # of each member's letters and digits outside slots, those in the frame
ALNUM = ascii_letters + digits


class Token(NamedTuple):
    """A token of a skeleton, the text it stands for, and the kind of slot, if it is one."""

    name: str
    text: str
    kind: SlotKind | None

    @property
    def counts(self) -> bool:
        """Whether it is a word or a slot, neither blank nor punctuation."""
        return self.kind is not None or is_word(self.text)


@dataclass(frozen=True, slots=True)
class Unit:
    """A text or a stretch of one: where it stands, and its tokens."""

    position: int
    start: int
    end: int
    tokens: tuple[Token, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The skeleton; units that share it differ in the values of slots at most."""
        return tuple(token.name for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a frame: `kind` is None for fixed text, which is the same in all members."""

    kind: FrameSlotKind | None
    values: tuple[str, ...]


def cut_unit(text: str, position: int, start: int, end: int) -> Unit:
    """Return a stretch of a text as a unit."""
    masked = mask(text[start:end])
    slots = {slot.start: slot for slot in masked.slots}
    tokens, at = [], 0
    for name in masked.tokens:
        slot = slots.get(at)
        token = Token(name, slot.value, slot.kind) if slot else Token(name, name, None)
        tokens.append(token)
        at += len(token.text)
    return Unit(position, start, end, tuple(tokens))


def fixed_length(tokens: Iterable[Token]) -> int:
    """Count letters and digits outside slots."""
    return sum(map(str.isalnum, "".join(token.text for token in tokens if token.kind is None)))


def build_frame(groups: Sequence[Sequence[Unit]], min_fixed: int) -> tuple[list[Part], list[int]]:
    """Align groups of units with the first one and return the frame and the groups it holds.

    Parameters
    ----------
    groups
        units of the same skeleton each, the medoid's first, then from most to least similar.
    min_fixed
        least number of letters and digits that stay fixed.
    """
    medoid = groups[0][0].tokens
    weights = [fixed_length([token]) for token in medoid]
    least = max(min_fixed, MIN_KEPT * sum(weights))
    kept, anchors = [0], list(range(len(medoid)))
    places = [anchors]
    for n, group in enumerate(groups[1:], 1):
        place = _align(medoid, group[0].tokens)
        shared = [anchor for anchor in anchors if place[anchor] >= 0]
        needed = max(least, MIN_KEPT * fixed_length(group[0].tokens))
        if sum(weights[anchor] for anchor in shared) >= needed:
            anchors, least = shared, needed
            kept.append(n)
            places.append(place)
    rows = [
        _cut(unit.tokens, [place[anchor] for anchor in anchors])
        for n, place in zip(kept, places, strict=True)
        for unit in groups[n]
    ]
    kinds = [medoid[anchor].kind for anchor in anchors]
    return _join(_parts(rows, kinds)), kept


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
