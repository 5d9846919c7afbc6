"""Runs of characters that passages share, each with all its places.

A run is a maximal repeat: no character before it, and none after it, is the same at all places.
So what two passages share and cannot extend together is a run, and no pair has to be looked at.
A clause that stands in 31 reports is one run of 31 places, not 465 pairs; a paragraph that two of
them share around it is another run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from taohua.documents.errors import TaohuaError
from taohua.features.slots import MARKERS
from taohua.models.text_rows import check_texts

__all__ = ["Run", "shared_runs"]

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Places = tuple[tuple[int, int], ...]

MARKER_SET = frozenset(MARKERS.values())


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text and where it stands: positions of passages and first characters in them."""

    text: str
    places: Places

    @property
    def passages(self) -> tuple[int, ...]:
        """The passages it stands in, each once, ascending."""
        return tuple(dict.fromkeys(passage for passage, _ in self.places))


def shared_runs(skeletons: Sequence[str], length: int = 13, min_fixed: int = 4) -> tuple[Run, ...]:
    """Return the runs of at least `length` characters that two or more passages share.

    Marks and blanks count, but those around a run are cut off in the end, so that a run may come
    out shorter than `length`. Places of one run do not overlap. Runs come in the order of their
    first places, longer ones first.

    Parameters
    ----------
    skeletons
        the texts of the passages, with a marker for each slot.
    length
        least number of characters, slots counted as one.
    min_fixed
        least number of letters and digits outside slots: only against rows of figures, which
        share hardly more than their markers.

    Raises
    ------
    TaohuaError
        If `length` is below 1 or `skeletons` is no list of strings.

    Notes
    -----
    Stretches covered by n-grams that occur twice are put through a suffix array; the nodes of
    its tree that differ on both sides are the maximal repeats. Time grows with the text and with
    the number of places, not with the number of pairs.

    References
    ----------
    Manber and Myers, Suffix arrays, SIAM Journal on Computing 22 (1993),
    https://doi.org/10.1137/0222058; Abouelhoda, Kurtz and Ohlebusch, Replacing suffix trees with
    enhanced suffix arrays, 2004, https://doi.org/10.1016/S1570-8667(03)00065-0.
    """
    if length < 1:
        raise TaohuaError(f"length must be 1 or more, got {length!r}")
    texts = check_texts(skeletons, "skeletons")
    found: dict[str, Places] = {}
    for passages, starts, size in _repeats(texts, length):
        before, run = _trim(texts[passages[0]][starts[0] : starts[0] + size])
        if not run or sum(map(_is_fixed, run)) < min_fixed:
            continue
        places = tuple((p, start + before) for p, start in zip(passages, starts, strict=True))
        # Without what is around it, it may be a run already found, elsewhere if it is short.
        known = found.get(run, ())
        if len(run) < length and known:
            found[run] = _merge(known, places, len(run))
        elif len(places) > len(known):
            found[run] = places
    runs = [Run(text, places) for text, places in found.items()]
    return tuple(sorted(runs, key=lambda run: (run.places[0], -len(run.text))))


def _merge(one: Places, two: Places, size: int) -> Places:
    """Return the places of both, without those that overlap the one before."""
    merged: list[tuple[int, int]] = []
    for passage, start in sorted({*one, *two}):
        if not merged or merged[-1][0] < passage or merged[-1][1] + size <= start:
            merged.append((passage, start))
    return tuple(merged)


def _is_fixed(character: str) -> bool:
    return character.isalnum() and character not in MARKER_SET


def _trim(text: str) -> tuple[int, str]:
    """Return how many characters before the first letter, digit or slot, and from there on."""
    kept = [i for i, c in enumerate(text) if c.isalnum() or c in MARKER_SET]
    return (kept[0], text[kept[0] : kept[-1] + 1]) if kept else (0, "")


def _repeats(skeletons: Sequence[str], length: int) -> Iterator[tuple[list[int], list[int], int]]:
    """Yield passages, starts and length of each maximal repeat in two passages or more."""
    codes, passages, offsets = _concatenate(skeletons)
    positions = _covered(codes, passages, length)
    if not len(positions):
        return
    ends = np.append(np.diff(positions) > 1, True)
    ends[:-1] |= np.diff(passages[positions]) > 0
    order, shared = _suffixes(codes[positions], ends)
    suffixes = positions[order]
    before = np.append(-1, codes)[suffixes]
    starts_passage = offsets[suffixes] == 0
    differs = (before[1:] != before[:-1]) | starts_passage[1:] | starts_passage[:-1]
    n_before = np.append(0, np.cumsum(differs))
    n_passages = np.append(0, np.cumsum(passages[suffixes[1:]] != passages[suffixes[:-1]]))
    for first, last, size in _intervals(shared, length):
        if n_before[last] > n_before[first] and n_passages[last] > n_passages[first]:
            inside = _apart(np.sort(suffixes[first : last + 1]), passages, size)
            yield passages[inside].tolist(), offsets[inside].tolist(), size


def _apart(positions: Ints, passages: Ints, size: int) -> Ints:
    """Drop positions that overlap the last one kept, as in 好好好好, all passages at a time."""
    if len(positions) < 2 or np.diff(positions).min() >= size:
        return positions
    of = passages[positions]
    current = np.flatnonzero(np.diff(of, prepend=-1))
    kept = []
    while len(current):
        kept.append(positions[current])
        following = np.searchsorted(positions, positions[current] + size)
        inside = of[np.minimum(following, len(of) - 1)] == of[current]
        current = following[inside & (following < len(of))]
    return np.sort(np.concatenate(kept))


def _concatenate(skeletons: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """Return the code of each character, its passage, and its place there."""
    data = "".join(skeletons).encode("utf-32-le", "surrogatepass")
    lengths = np.array([len(skeleton) for skeleton in skeletons], np.int64)
    passages = np.repeat(np.arange(len(lengths)), lengths)
    starts = np.cumsum(lengths) - lengths
    codes = np.frombuffer(data, np.uint32).astype(np.int64)
    return codes, passages, np.arange(len(codes)) - starts[passages]


def _covered(codes: Ints, passages: Ints, length: int) -> Ints:
    """Return the positions inside n-grams that occur twice, in order."""
    n_grams = len(codes) - length + 1
    if n_grams < 1:
        return np.empty(0, np.int64)
    inside = np.flatnonzero(passages[length - 1 :] == passages[:n_grams])
    hashes = _hash_grams(codes, length)[inside]
    order = np.argsort(hashes, kind="stable")
    same = np.diff(hashes[order]) == 0
    repeated = np.zeros(len(order), bool)
    repeated[:-1] |= same
    repeated[1:] |= same
    change = np.zeros(len(codes) + 1, np.int64)
    change[inside[order[repeated]]] += 1
    np.subtract.at(change, inside[order[repeated]] + length, 1)
    return np.flatnonzero(np.cumsum(change[:-1]) > 0)


def _hash_grams(codes: Ints, length: int) -> Hashes:
    """Return a 64-bit hash of each n-gram: those of halves, mixed, as powers of two allow."""
    power, width = codes.astype(np.uint64), 1
    hashes, done = np.zeros(len(codes), np.uint64), 0
    while True:
        if length & width:
            n_grams = len(codes) - done - width + 1
            hashes = _mix(hashes[:n_grams], power[done : done + n_grams])
            done += width
        if done == length:
            return hashes
        power = _mix(power[:-width], power[width:])
        width *= 2


def _mix(first: Hashes, second: Hashes) -> Hashes:
    mixed = (first ^ (first >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15) + second
    return (mixed ^ (mixed >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)


def _suffixes(codes: Ints, ends: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Sort what follows each character, up to the end of its stretch.

    Returns the order, and how many characters each suffix in it shares with the next.
    """
    n = len(codes)
    # Ends are letters of their own, so that no two suffixes are equal.
    letters = np.full(n + int(ends.sum()), -1, np.int64)
    places = np.arange(n) + np.append(0, np.cumsum(ends)[:-1])
    letters[places] = codes
    free = np.flatnonzero(letters < 0)
    letters[free] = 0x110000 + np.arange(len(free))
    ranks = [np.unique(letters, return_inverse=True)[1].astype(np.int64)]
    width = 1
    while ranks[-1].max() < len(letters) - 1:
        following = np.append(ranks[-1][width:] + 1, np.zeros(min(width, len(letters)), np.int64))
        ranks.append(_rank(ranks[-1] * (len(letters) + 1) + following))
        width *= 2
    order = np.argsort(ranks[-1][places], kind="stable")
    return order, _shared(ranks, places[order])


def _rank(keys: Ints) -> Ints:
    order = np.argsort(keys, kind="stable")
    ranks = np.empty(len(keys), np.int64)
    ranks[order] = np.append(0, np.cumsum(np.diff(keys[order]) != 0))
    return ranks


def _shared(ranks: list[Ints], suffixes: Ints) -> Ints:
    """Return the length of the common prefix of neighbours, by the ranks at powers of two."""
    one, two = suffixes[:-1].copy(), suffixes[1:].copy()
    shared = np.zeros(len(one), np.int64)
    last = len(ranks[0]) - 1
    for level in range(len(ranks) - 1, -1, -1):
        rank = ranks[level]
        same = (np.maximum(one, two) <= last) & (
            rank[np.minimum(one, last)] == rank[np.minimum(two, last)]
        )
        for values in (one, two, shared):
            values[same] += 1 << level
    return shared


def _intervals(shared: Ints, length: int) -> Iterator[tuple[int, int, int]]:
    """Yield first, last and common length of all groups of neighbours sharing `length` or more."""
    stack: list[tuple[int, int]] = []  # common length and first suffix, lengths ascending
    for i, value in enumerate([*shared.tolist(), 0]):
        first = i
        while stack and stack[-1][0] > value:
            size, first = stack.pop()
            yield first, i, size
        if value >= length and (not stack or stack[-1][0] < value):
            stack.append((value, first))
