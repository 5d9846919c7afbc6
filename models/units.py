"""Texts are cut into units: whole texts, sentences or clauses, each a row of tokens."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, NamedTuple

from taohua.features.segment import is_word
from taohua.features.slots import Masked, SlotKind

__all__ = ["LEVELS", "Level", "Token", "Unit", "cut_text", "fixed_length"]

Level = Literal["passage", "sentence", "clause"]
LEVELS: tuple[Level, ...] = ("passage", "sentence", "clause")

# Marks that end sentences and clauses are no part of them.
ENDS = {"sentence": re.compile(r"[^。！？；\n]+"), "clause": re.compile(r"[^。！？；，：\n]+")}
CLOSERS = "”’』」）) \t\u3000"  # what may follow a full stop and belong to the sentence before


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


def cut_text(masked: Masked, position: int, level: Level, least: int) -> Iterator[Unit]:
    """Yield the units of a text that have at least so many letters and digits outside slots.

    Marks inside a slot, such as a quotation, end nothing.
    """
    tokens = _tokens(masked)
    starts = list(accumulate((len(token.text) for token in tokens), initial=0))
    offsets = masked.offsets.tolist()
    for first, last in _spans(masked.text, level):
        if last - first < least:
            continue
        start, end = offsets[first], offsets[last]
        unit = Unit(position, start, end, _between(tokens, starts, start, end))
        if fixed_length(unit.tokens) >= least:
            yield unit


def fixed_length(tokens: Iterable[Token]) -> int:
    """Count letters and digits outside slots."""
    return sum(map(str.isalnum, "".join(token.text for token in tokens if token.kind is None)))


def _tokens(masked: Masked) -> list[Token]:
    slots = {slot.start: slot for slot in masked.slots}
    tokens, at = [], 0
    for name in masked.tokens:
        slot = slots.get(at)
        token = Token(name, slot.value, slot.kind) if slot else Token(name, name, None)
        tokens.append(token)
        at += len(token.text)
    return tokens


def _spans(skeleton: str, level: Level) -> Iterator[tuple[int, int]]:
    if level == "passage":
        yield 0, len(skeleton)
        return
    for found in ENDS[level].finditer(skeleton):
        inner = found.group().lstrip(CLOSERS)
        start = found.end() - len(inner)
        yield start, start + len(inner.rstrip())


def _between(tokens: list[Token], starts: list[int], start: int, end: int) -> tuple[Token, ...]:
    """Return the tokens from start to end; one that reaches across a border is cut there."""
    if start == end:
        return ()
    first, past = bisect_right(starts, start) - 1, bisect_left(starts, end)
    inside = tokens[first:past]
    for n, a, b in ((-1, 0, end - starts[past - 1]), (0, start - starts[first], None)):
        if inside[n].kind is None:
            text = inside[n].text[a:b]
            inside[n] = Token(text, text, None)
    return tuple(inside)
