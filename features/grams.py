"""Numbered words become counted n-grams: a whole chunk of texts in one sort.

A word or a character has a number below 2**24, a gram of one or two of them a code below 2**48,
and a code with its row fits 64 bits. Sorting these brings equal grams of a row together and
leaves the chunk ordered by column, so no Python runs per word or gram.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CHAR_BASE",
    "MAX_ROWS",
    "SKIP",
    "UNKNOWN",
    "GramCounts",
    "Ngrams",
    "char_numbers",
    "count",
    "decode",
    "distinct",
    "encode",
    "hash_grams",
    "hash_tokens",
    "ngrams",
]

Numbers = NDArray[np.int64]
Codes = NDArray[np.uint64]

SKIP = -1  # no word: the words around it become neighbours
UNKNOWN = -2  # a word that is no feature: it parts its neighbours
ROW_BITS, NUMBER_BITS = np.uint64(16), np.uint64(24)
MAX_ROWS = 1 << 16
CHAR_BASE = 1 << 23  # words are numbered below, characters stand from here on by code point


@dataclass(frozen=True, slots=True)
class Ngrams:
    """Occurrences of grams: the numbers of their words, `second` None for single words."""

    first: Numbers
    second: Numbers | None
    rows: Numbers


def ngrams(numbers: Numbers, lengths: list[int], n_values: Iterable[int]) -> Iterator[Ngrams]:
    """Yield the grams of each length in `n_values` (1 or 2), which never cross two texts."""
    rows = np.repeat(np.arange(len(lengths)), lengths)
    kept = numbers != SKIP
    if not kept.all():
        numbers, rows = numbers[kept], rows[kept]
    known = numbers >= 0
    for n in n_values:
        if n == 1:
            yield Ngrams(numbers[known], None, rows[known])
        else:
            here = (rows[1:] == rows[:-1]) & known[1:] & known[:-1]
            yield Ngrams(numbers[:-1][here], numbers[1:][here], rows[:-1][here])


def char_numbers(text: str) -> Numbers:
    """Return the numbers of the characters of `text`."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return points.astype(np.int64) + CHAR_BASE


def encode(first: Numbers, second: Numbers | None = None) -> Codes:
    """Pack grams into codes; a word's code sorts right before those of its bigrams."""
    codes = first.astype(np.uint64) << NUMBER_BITS
    return codes if second is None else codes + (second + 1).astype(np.uint64)


def decode(codes: Codes) -> tuple[Numbers, Numbers]:
    """Unpack codes into first and second numbers; the second of a single word is -1."""
    mask = np.uint64((1 << 24) - 1)
    return (codes >> NUMBER_BITS).astype(np.int64), (codes & mask).astype(np.int64) - 1


def hash_tokens(tokens: Iterable[str]) -> Codes:
    """Hash tokens to 64 bits, the same on every machine and in every run."""
    digests = (
        blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest() for token in tokens
    )
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def hash_grams(first: Codes, second: Codes | None = None) -> Codes:
    """Hash grams to 32 bits from the hashes of their words, order respected.

    References
    ----------
    Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014,
    doi:10.1145/2660193.2660195: the finaliser with the shifts 30, 27 and 31.
    """
    mixed = first if second is None else first + second * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(32)


@dataclass(frozen=True, slots=True)
class GramCounts:
    """How often each gram stands in each row of a chunk, ordered by code, then row.

    The entries of ``codes[i]`` are ``rows`` and ``counts`` from ``starts[i]`` to
    ``starts[i + 1]``; rows without a gram have no entry.
    """

    n_rows: int
    codes: Codes
    starts: NDArray[np.int32]
    rows: NDArray[np.uint16]
    counts: NDArray[np.int32]

    @property
    def document_frequency(self) -> NDArray[np.int32]:
        """Number of rows with each code."""
        return np.diff(self.starts)

    def select(self, kept: NDArray[np.bool_]) -> "GramCounts":
        """Return the counts of some of the codes."""
        frequency = self.document_frequency
        entries = np.repeat(kept, frequency)
        starts = np.append(0, np.cumsum(frequency[kept])).astype(np.int32)
        return GramCounts(
            self.n_rows, self.codes[kept], starts, self.rows[entries], self.counts[entries]
        )


def count(n_rows: int, occurrences: Sequence[tuple[Codes, Numbers]]) -> GramCounts:
    """Count the codes of a chunk; `occurrences` are pairs of codes and rows."""
    packed = [(codes << ROW_BITS) | rows.astype(np.uint64) for codes, rows in occurrences]
    keys = np.concatenate(packed)
    keys.sort()
    new = _changes(keys)
    entries = keys[new]
    codes = entries >> ROW_BITS
    starts = _changes(codes)
    return GramCounts(
        n_rows,
        codes[starts],
        np.append(starts, len(codes)).astype(np.int32),
        entries.astype(np.uint16),  # the low bits
        np.diff(np.append(new, len(keys))).astype(np.int32),
    )


def distinct(codes: Codes) -> Codes:
    """Return the distinct codes in order; on these faster than `numpy.unique`, which hashes."""
    ordered = np.sort(codes)
    return ordered[_changes(ordered)]


def _changes(ordered: Codes) -> NDArray[np.intp]:
    """Positions where an ordered array takes a new value."""
    return np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
