"""All pairs of rows whose cosine reaches a threshold, exactly, by multiplying only their heads.

Order the features of each unit row from rare to common and cut it so that the tail's norm stays
below the threshold: a pair at the threshold then shares a feature inside both heads, for the
part beyond the earlier cut can give no more than that tail's norm (Cauchy-Schwarz). The sparse
product of the heads finds every candidate, the same inequality drops most of them, and the rest
are multiplied out.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from taohua.documents.errors import TaohuaError
from taohua.models.unit_rows import (
    SCALE,
    SLACK,
    Floats,
    Ints,
    check_threshold,
    least_product,
    round_similarity,
    row_of,
)

__all__ = ["DEFAULT_MEMORY", "Joined", "head_join"]

DEFAULT_MEMORY = 1 << 30  # bytes
# Heads longer than the proof needs: of 60,000 passages at 0.8, a tail below 0.7 leaves a quarter
# of the candidates and one at 0.5 below 0.4 a twentieth, for two or three times the product.
SPARE = 0.1
MIN_BLOCKS = 16  # a block also meets the rows before it in the block, for nothing
PRODUCT_BYTES = 24  # per entry of a product: index, value and what the filters make of it
GATHER_BYTES = 64  # per entry of two gathered rows and their product
PAIR_BYTES = 16


class Joined(NamedTuple):
    """Pairs of rows, ``left < right``, sorted by `left`, then `right`."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    similarity: Floats


class _Heads(NamedTuple):
    """The cut rows: `cut` is the norm no tail reaches, `last` the rank of the last head feature."""

    rows: csr_array
    heads: csr_array
    columns: csc_array
    tails: Floats
    last: Ints
    cut: float


def head_join(
    rows: csr_array, threshold: float, memory: int = DEFAULT_MEMORY, n_jobs: int = 1
) -> Joined:
    """Find every pair of rows whose similarity is at least `threshold`.

    Similarity is the dot product rounded to six decimals, because the inputs are float32: what
    is a tie in exact arithmetic is one here.

    Parameters
    ----------
    rows
        what `unit_rows` returns, of shape (n_rows, n_features).
    threshold
        in [0, 1]; at 0 all pairs are returned, empty rows included.
    memory
        bytes that blocks, candidates and pairs may take beside the rows.
    n_jobs
        threads; the result does not depend on it.

    Raises
    ------
    TaohuaError
        If the threshold is outside [0, 1], `n_jobs` is below 1, or the pairs would not fit in
        `memory`.

    References
    ----------
    Bayardo, Ma and Srikant, Scaling up all pairs similarity search, WWW 2007,
    https://doi.org/10.1145/1242572.1242591; Anastasiu and Karypis, L2AP, ICDE 2014,
    https://doi.org/10.1109/ICDE.2014.6816700.
    """
    if n_jobs < 1:
        raise TaohuaError(f"n_jobs must be 1 or more, got {n_jobs!r}")
    step = check_threshold(threshold)
    lowest = least_product(step)
    ordered = _rare_to_common(rows)
    cut = _cut(ordered, max(lowest - SPARE, lowest / 2)) if step else None
    blocks = list(_blocks(ordered, cut, memory // 2 // n_jobs))

    def join(block: slice) -> Joined:
        if cut is None:
            return _all_pairs(ordered, block)
        return _verify(ordered, *_candidates(cut, block, lowest), step, memory // 8 // n_jobs)

    if cut is None:
        _check_budget(rows.shape[0] * (rows.shape[0] - 1) // 2, threshold, memory)
    found: list[Joined] = []
    n_pairs = 0
    with ThreadPoolExecutor(n_jobs) as pool:
        for joined in pool.map(join, blocks) if n_jobs > 1 else map(join, blocks):
            n_pairs += len(joined.left)
            _check_budget(n_pairs, threshold, memory)
            found.append(joined)
    return _concatenate(found)


def _check_budget(n_pairs: int, threshold: float, memory: int) -> None:
    if n_pairs * PAIR_BYTES > memory // 2:
        raise TaohuaError(
            f"threshold {threshold!r} gives at least {n_pairs} pairs, more than fit in "
            f"memory={memory} bytes; raise threshold= or memory="
        )


def _rare_to_common(rows: csr_array) -> csr_array:
    frequency = np.bincount(rows.indices, minlength=rows.shape[1])
    rank = np.empty(rows.shape[1], rows.indices.dtype)
    rank[np.argsort(frequency, kind="stable")] = np.arange(rows.shape[1])
    ordered = csr_array((rows.data.copy(), rank[rows.indices], rows.indptr), shape=rows.shape)
    ordered.sort_indices()
    return ordered


def _cut(rows: csr_array, cut: float) -> _Heads:
    squares, entry_rows = rows.data**2, row_of(rows)
    sums = np.concatenate([[0.0], np.cumsum(squares)])
    in_head = sums[rows.indptr[1:]][entry_rows] - sums[:-1] >= cut**2 - SLACK
    lengths = np.bincount(entry_rows[in_head], minlength=rows.shape[0])
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(rows.indptr.dtype)
    heads = csr_array((rows.data[in_head], rows.indices[in_head], starts), shape=rows.shape)
    last = np.full(rows.shape[0], -1)
    last[lengths > 0] = heads.indices[starts[1:][lengths > 0] - 1]
    tails = np.bincount(entry_rows[~in_head], squares[~in_head], minlength=rows.shape[0])
    return _Heads(rows, heads, heads.tocsc(), np.sqrt(tails), last, cut)


def _blocks(rows: csr_array, cut: _Heads | None, budget: int) -> Iterator[slice]:
    """Split the rows so that the product of a block with all rows fits in the budget."""
    n_rows = rows.shape[0]
    sizes = np.full(n_rows, 2 * n_rows)  # dense, and with its indices
    if cut is not None:
        lengths = np.diff(cut.columns.indptr)[cut.heads.indices]
        sizes = np.minimum(sizes, np.bincount(row_of(cut.heads), lengths, minlength=n_rows))
    return _split(sizes, min(budget // PRODUCT_BYTES, int(sizes.sum()) // MIN_BLOCKS))


def _split(sizes: NDArray[np.generic], budget: int) -> Iterator[slice]:
    """Cut a sequence where the sum of sizes passes the budget; a piece has at least one item."""
    sums = np.cumsum(sizes)
    start = 0
    while start < len(sums):
        before = sums[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(sums, before + budget, "right")))
        yield slice(start, end)
        start = end


def _candidates(cut: _Heads, block: slice, lowest: float) -> tuple[Ints, Ints]:
    product = csr_array(cut.heads[block] @ cut.columns[block.start :].T)
    entries = np.flatnonzero(product.data >= lowest - cut.cut)  # no tail is longer
    left = np.searchsorted(product.indptr, entries, "right") - 1 + block.start
    right = product.indices[entries].astype(np.int64) + block.start
    above = left < right
    left, right, shared = left[above], right[above], product.data[entries[above]]
    first = np.where(cut.last[left] <= cut.last[right], left, right)
    # The other row keeps what its own part of the product leaves of its length.
    tail = cut.tails[first]
    used = shared**2 / np.maximum(1 - tail**2, SLACK)
    possible = shared + tail * np.sqrt(np.maximum(1 - used, 0)) + SLACK >= lowest
    return left[possible], right[possible]


def _verify(rows: csr_array, left: Ints, right: Ints, step: int, budget: int) -> Joined:
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    lengths = np.diff(rows.indptr)
    parts = []
    for piece in _split(lengths[left] + lengths[right], budget // GATHER_BYTES):
        products = rows[left[piece]].multiply(rows[right[piece]]).sum(axis=1)
        similarity = round_similarity(np.asarray(products))
        kept = similarity >= step / SCALE
        parts.append(
            Joined(
                left[piece][kept].astype(np.int32),
                right[piece][kept].astype(np.int32),
                similarity[kept],
            )
        )
    return _concatenate(parts)


def _all_pairs(rows: csr_array, block: slice) -> Joined:
    similarity = round_similarity((rows[block] @ rows.T).toarray())
    left, right = np.triu_indices(similarity.shape[0], block.start + 1, rows.shape[0])
    return Joined(
        (left + block.start).astype(np.int32), right.astype(np.int32), similarity[left, right]
    )


def _concatenate(parts: list[Joined]) -> Joined:
    empty = Joined(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))
    return Joined(*(np.concatenate(fields) for fields in zip(empty, *parts, strict=True)))
