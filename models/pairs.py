"""The pairs a join finds: groups of equal rows and the pairs between groups, expanded on demand.

A template that stands in m reports is one group with m members, not m (m - 1) / 2 pairs.
"""

from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from taohua.documents.errors import TaohuaError
from taohua.models.clusters import Cluster, Groups, Pair, find_clusters
from taohua.models.join import DEFAULT_MEMORY, Joined, head_join
from taohua.models.unit_rows import SCALE, Floats, check_threshold, group_rows, unit_rows

__all__ = ["Cluster", "Pair", "Pairs", "cosine_pairs"]

EXPANDED_BYTES = 80  # per pair, with what sorting them takes


def cosine_pairs(
    rows: csr_array,
    threshold: float = 0.8,
    ids: Sequence[Hashable] | None = None,
    memory: int = DEFAULT_MEMORY,
    n_jobs: int = 1,
) -> "Pairs":
    """Find every pair of rows whose cosine is at least `threshold`, exactly.

    Parameters
    ----------
    rows
        csr_array of shape (n_rows, n_features): unit rows with values of 0 or more, or empty
        rows, whose similarity to any row is 0.
    threshold
        in [0, 1], compared with the cosine rounded to six decimals.
    ids
        one for each row; by default its position.
    memory
        bytes that blocks and pairs may take beside the rows.
    n_jobs
        threads; the result does not depend on it.

    Raises
    ------
    TaohuaError
        If the rows or the threshold are none, or the pairs do not fit in `memory`.
    """
    check_threshold(threshold)
    unit = unit_rows(rows)
    numbers = group_rows(unit)
    firsts = np.unique(numbers, return_index=True)[1]
    distinct = csr_array(unit[firsts])
    joined = head_join(distinct, threshold, memory, n_jobs)
    names = range(len(numbers)) if ids is None else ids
    return Pairs(names, Groups(numbers), joined, distinct, threshold, memory)


class Pairs:
    """Pairs of ids at or above a threshold, kept as groups of equal rows.

    Length, iteration, `rethreshold` and `clusters` work on the groups; `left`, `right` and
    `similarity` expand them, sorted by the order in which the ids were added.

    Attributes
    ----------
    ids
        all ids, in order of addition.
    groups
        which ids have equal rows.
    joined
        the pairs between groups.
    threshold
        the least similarity kept.
    """

    def __init__(
        self,
        ids: Sequence[Hashable],
        groups: Groups,
        joined: Joined,
        rows: csr_array,
        threshold: float,
        memory: int = DEFAULT_MEMORY,
    ) -> None:
        self.ids = ids
        self.groups = groups
        self.joined = joined
        self.threshold = threshold
        self.memory = memory
        self._rows = rows

    def __len__(self) -> int:
        sizes = self.groups.sizes
        between = sizes[self.joined.left] * sizes[self.joined.right]
        return int(between.sum() + (sizes * (sizes - 1) // 2).sum())

    def __iter__(self) -> Iterator[Pair]:
        """Yield every pair, sorted by the order of addition, in little memory."""
        joined = self.joined
        one = np.concatenate([joined.left, joined.right])
        two = np.concatenate([joined.right, joined.left])
        similarity = np.concatenate([joined.similarity, joined.similarity])
        order = np.argsort(one, kind="stable")
        starts = np.searchsorted(one[order], np.arange(len(self.groups) + 1))
        for left, group in enumerate(self.groups.numbers):
            found = [(right, 1.0) for right in self.groups[group].tolist() if right > left]
            for edge in order[starts[group] : starts[group + 1]]:
                value = float(similarity[edge])
                found += [(m, value) for m in self.groups[two[edge]].tolist() if m > left]
            for right, value in sorted(found):
                yield Pair(self.ids[left], self.ids[right], value)

    def __repr__(self) -> str:
        return f"Pairs({len(self)} at {self.threshold} or above, of {len(self.ids)} ids)"

    @property
    def left(self) -> NDArray[Any]:
        """The id added earlier, of each pair; an array of int64 if all ids are integers."""
        return self._names[self._expanded.left]

    @property
    def right(self) -> NDArray[Any]:
        """The id added later, of each pair."""
        return self._names[self._expanded.right]

    @property
    def similarity(self) -> Floats:
        """The cosine of each pair, rounded to six decimals, in [0, 1]."""
        return self._expanded.similarity

    def rethreshold(self, threshold: float) -> "Pairs":
        """Return the pairs at or above a higher threshold, without joining again.

        Raises
        ------
        TaohuaError
            If `threshold` lies below the one at hand, where pairs would be missing.
        """
        if check_threshold(threshold) < check_threshold(self.threshold):
            raise TaohuaError(
                f"threshold must be at least {self.threshold!r}, with which the pairs were "
                f"found, got {threshold!r}; find them again with a lower one"
            )
        kept = self.joined.similarity >= check_threshold(threshold) / SCALE
        joined = Joined(*(field[kept] for field in self.joined))
        return Pairs(self.ids, self.groups, joined, self._rows, threshold, self.memory)

    def clusters(self) -> tuple[Cluster, ...]:
        """Return the ids that chains of pairs connect, in order of their first members."""
        return find_clusters(self.groups, self.joined, self._rows, self.ids, self.memory)

    def to_pandas(self) -> Any:
        """Return a data frame with the columns left, right and similarity.

        Raises
        ------
        TaohuaError
            If pandas is not installed or the pairs do not fit in the memory.
        """
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise TaohuaError("a data frame needs pandas: pip install pandas") from None
        columns = {"left": self.left, "right": self.right, "similarity": self.similarity}
        return pandas.DataFrame(columns)

    @cached_property
    def _names(self) -> NDArray[Any]:
        if all(type(name) is int for name in self.ids):
            return np.array(self.ids, np.int64)
        names = np.empty(len(self.ids), object)
        names[:] = list(self.ids)
        return names

    @cached_property
    def _expanded(self) -> Joined:
        if len(self) * EXPANDED_BYTES > self.memory:
            raise TaohuaError(
                f"{len(self)} pairs do not fit in memory={self.memory} bytes; iterate over them, "
                "use clusters() or rethreshold()"
            )
        sizes, order, starts = self.groups.sizes, self.groups.order, self.groups.starts
        many = np.flatnonzero(sizes > 1)
        groups = np.concatenate([self.joined.left, many])
        others = np.concatenate([self.joined.right, many])
        similarity = np.concatenate([self.joined.similarity, np.ones(len(many))])
        counts = sizes[groups] * sizes[others]
        inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        width = np.repeat(sizes[others], counts)
        one = order[np.repeat(starts[groups], counts) + inner // width]
        two = order[np.repeat(starts[others], counts) + inner % width]
        kept = (one < two) | (np.repeat(groups, counts) != np.repeat(others, counts))
        left, right = np.minimum(one, two)[kept], np.maximum(one, two)[kept]
        sort = np.lexsort((right, left))
        return Joined(
            left[sort].astype(np.int32),
            right[sort].astype(np.int32),
            np.repeat(similarity, counts)[kept][sort],
        )
