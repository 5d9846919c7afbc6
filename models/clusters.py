"""Groups of equal rows, the pairs between them, and the clusters that chains of pairs form."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array, csr_array

from taohua.models.join import Joined
from taohua.models.unit_rows import Floats, Ints, round_similarity

__all__ = ["Cluster", "Groups", "Pair", "find_clusters"]


class Pair(NamedTuple):
    """Two ids, in order of addition, and the cosine of their rows."""

    left: Hashable
    right: Hashable
    similarity: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Ids that pairs connect, in order of addition.

    `medoid` has the largest sum of similarities to all members; `least` is the least similar
    pair of members, which may lie far below the threshold: pairs chain.
    """

    members: tuple[Hashable, ...]
    medoid: Hashable
    least: Pair


class Groups:
    """Positions that hold equal rows.

    Parameters
    ----------
    numbers
        int array of shape (n_positions,): the group of each position, by first appearance.
    """

    def __init__(self, numbers: Ints) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.sizes)

    @cached_property
    def sizes(self) -> Ints:
        """Number of positions in each group."""
        return np.bincount(self.numbers)

    @cached_property
    def order(self) -> Ints:
        """Positions, group by group."""
        return np.argsort(self.numbers, kind="stable")

    @cached_property
    def starts(self) -> Ints:
        """Where each group starts in `order`."""
        return np.append(0, np.cumsum(self.sizes))

    def __getitem__(self, group: int) -> Ints:
        """Return the positions in a group, ascending."""
        return self.order[self.starts[group] : self.starts[group + 1]]


def find_clusters(
    groups: Groups, joined: Joined, rows: csr_array, ids: Sequence[Hashable], memory: int
) -> tuple[Cluster, ...]:
    """Return the ids that chains of pairs connect, in order of their first members.

    Parameters
    ----------
    groups, joined, rows
        the groups, the pairs between them, and one row for each.
    ids
        one for each position.
    memory
        bytes for a block of similarities: a chain's least pair need not be among the pairs.
    """
    labels = _components(len(groups), joined)
    scores = _total_similarity(groups.sizes, labels, rows)
    found = []
    for members, edges in _split(labels, joined):
        if len(members) == 1 and groups.sizes[members[0]] == 1:
            continue
        inside = Joined(joined.left[edges], joined.right[edges], joined.similarity[edges])
        least = _least(groups, members, inside, rows, memory)
        positions = np.sort(np.concatenate([groups[group] for group in members]))
        medoid = groups[members[int(np.argmax(scores[members]))]][0]
        names = tuple(ids[position] for position in positions)
        pair = Pair(ids[least[0]], ids[least[1]], least[2])
        found.append((positions[0], Cluster(names, ids[medoid], pair)))
    return tuple(cluster for _, cluster in sorted(found, key=lambda item: item[0]))


def _components(n_groups: int, joined: Joined) -> Ints:
    from scipy.sparse.csgraph import connected_components  # brings in scipy.linalg: 0.1 s

    edges = (np.ones(len(joined.left)), (joined.left, joined.right))
    graph = coo_array(edges, shape=(n_groups, n_groups))
    labels: Ints = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def _total_similarity(sizes: Ints, labels: Ints, rows: csr_array) -> Floats:
    """Return each group's sum of similarities to all members of its cluster.

    A row times the sum of the rows: linear where all pairs would be quadratic.
    """
    entries = (sizes.astype(np.float64), (labels, np.arange(len(sizes))))
    sums = csr_array(csr_array(entries, shape=(len(sizes), len(sizes))) @ rows)
    totals: Floats = np.asarray(rows.multiply(sums[labels]).sum(axis=1))
    return totals.round(9)  # so that ties go to the first


def _split(labels: Ints, joined: Joined) -> Iterator[tuple[Ints, Ints]]:
    """Yield the groups of each cluster and the positions of its pairs in `joined`."""
    n_labels = int(labels.max(initial=-1)) + 1
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(n_labels + 1))
    edge_labels = labels[joined.left]
    edge_order = np.argsort(edge_labels, kind="stable")
    edge_starts = np.searchsorted(edge_labels[edge_order], np.arange(n_labels + 1))
    for (a, b), (c, d) in zip(pairwise(starts), pairwise(edge_starts), strict=True):
        yield order[a:b], edge_order[c:d]


def _least(
    groups: Groups, members: Ints, edges: Joined, rows: csr_array, memory: int
) -> tuple[int, int, float]:
    """Return the positions of the least similar pair, the first of these, and its similarity."""
    if len(members) == 1:
        first, second = groups[members[0]][:2].tolist()
        return first, second, 1.0
    if len(edges.left) == len(members) * (len(members) - 1) // 2:  # every pair was found
        i = int(np.argmin(edges.similarity))
        one, two, value = int(edges.left[i]), int(edges.right[i]), float(edges.similarity[i])
    else:
        i, j, value = _least_product(csr_array(rows[members]), memory)
        one, two = int(members[i]), int(members[j])
    first, second = sorted([int(groups[one][0]), int(groups[two][0])])
    return first, second, value


def _least_product(rows: csr_array, memory: int) -> tuple[int, int, float]:
    n_rows = len(rows.indptr) - 1
    height = max(1, memory // 32 // n_rows)
    best = (2.0, 0, 0)
    for start in range(0, n_rows, height):
        products = round_similarity((rows[start : start + height] @ rows.T).toarray())
        products += 2.0 * np.tri(len(products), n_rows, start)  # itself and those before
        i, j = divmod(int(np.argmin(products)), n_rows)
        best = min(best, (float(products[i, j]), start + i, j))
    return best[1], best[2], best[0]
