"""Two strings are laid out with their common runs, longest first.

So a clause that moved is found like one that stayed. Runs that follow each other on both sides,
with small edits between them, form a region.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Tile", "lay_tiles", "regions"]

SEED = 5  # characters: the shortest run that makes a tile
MAX_PLACES = 16  # of a seed in the other string; more are paired in order
MAX_GAP = 20  # characters of an edit inside a region, on either side


class Tile(NamedTuple):
    """A run that both strings have: where it starts in each, and its length."""

    start: int
    other: int
    size: int

    @property
    def end(self) -> int:
        """Where it ends in the first string."""
        return self.start + self.size

    @property
    def other_end(self) -> int:
        """Where it ends in the other string."""
        return self.other + self.size


def lay_tiles(a: str, b: str, min_length: int) -> list[Tile]:
    """Lay out the common runs of two strings, longest first, none over another.

    An empty tile stands for the starts of both, and one for their ends. `min_length` is the
    length that makes a run worth showing; shorter ones, down to `SEED`, come after those. Between
    rounds the room between neighbours is reserved, lest a short phrase in it goes to another
    place of the same phrase.

    References
    ----------
    Wise, YAP3, SIGCSE Bulletin 28 (1996), https://doi.org/10.1145/236462.236525.
    """
    smallest = min(SEED, min_length)
    heap = [(-run.size, run) for run in _runs(a, b, smallest)]
    heapify(heap)
    used, other_used = bytearray(len(a)), bytearray(len(b))
    tiles = [Tile(0, 0, 0), Tile(len(a), len(b), 0)]  # both texts start and end together
    for size in sorted({smallest, (smallest + min_length) // 2, min_length}, reverse=True):
        while heap and -heap[0][0] >= size:
            run = heappop(heap)[1]
            pieces = list(_free(run, used, other_used))
            if pieces == [run]:
                tiles.append(run)
                _mark(used, run.start, run.end)
                _mark(other_used, run.other, run.other_end)
            else:
                for piece in pieces:
                    if piece.size >= smallest:
                        heappush(heap, (-piece.size, piece))
        for region in regions(tiles):
            for before, after in pairwise(region):
                _mark(used, before.end, after.start)
                _mark(other_used, before.other_end, after.other)
    return tiles


def _mark(used: bytearray, start: int, end: int) -> None:
    used[start:end] = b"\1" * (end - start)


def _free(run: Tile, used: bytearray, other_used: bytearray) -> Iterator[Tile]:
    """Yield the pieces of a run where nothing lies yet, on either side."""
    k = 0
    while k < run.size:
        if used[run.start + k] or other_used[run.other + k]:
            k += 1
            continue
        ends = (
            used.find(1, run.start + k, run.end) - run.start,
            other_used.find(1, run.other + k, run.other_end) - run.other,
        )
        stop = min([end for end in ends if end > k], default=run.size)
        yield Tile(run.start + k, run.other + k, stop - k)
        k = stop


def _runs(a: str, b: str, seed: int) -> Iterator[Tile]:
    """Yield the common runs of `seed` units or more, each once."""
    places: dict[str, list[int]] = defaultdict(list)
    for j in range(len(b) - seed + 1):
        places[b[j : j + seed]].append(j)
    reached: dict[int, int] = {}  # by diagonal: where its last run ends in a
    turns: Counter[str] = Counter()
    for i in range(len(a) - seed + 1):
        gram = a[i : i + seed]
        found = places.get(gram, [])
        if len(found) > MAX_PLACES:
            turn = turns[gram]
            turns[gram] += 1
            found = found[turn : turn + 1]
        for j in found:
            if reached.get(j - i, 0) <= i:
                run = _extend(a, b, i, j)
                reached[j - i] = run.end
                yield run


def _extend(a: str, b: str, i: int, j: int) -> Tile:
    before = size = 0
    while before < min(i, j) and a[i - before - 1] == b[j - before - 1]:
        before += 1
    longest = min(len(a) - i, len(b) - j)
    while size < longest and a[i + size] == b[j + size]:
        size += 1
    return Tile(i - before, j - before, before + size)


def regions(tiles: Sequence[Tile]) -> Iterator[list[Tile]]:
    """Yield tiles that follow each other on both sides, with small edits between them."""
    turned = sorted(tiles, key=lambda tile: (tile.other, tile.size))
    turn = {tile: n for n, tile in enumerate(turned)}
    region: list[Tile] = []
    for tile in sorted(tiles):
        if region and not (turn[tile] == turn[region[-1]] + 1 and _is_near(region[-1], tile)):
            yield region
            region = []
        region.append(tile)
    yield region


def _is_near(last: Tile, tile: Tile) -> bool:
    room = max(tile.start - last.end, tile.other - last.other_end)
    return room <= min(MAX_GAP, (tile.size + last.size) // 2)
