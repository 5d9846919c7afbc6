"""Unit rows with inverted lists, to find those near one row without touching the others."""

from collections.abc import Hashable, Iterator
from functools import cached_property

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from taohua.models.unit_rows import SCALE, Ints, least_product, round_similarity

__all__ = ["InvertedRows"]


class InvertedRows:
    """Rows under ids, in order of addition.

    Parameters
    ----------
    ids
        One for each row.
    serials
        int array of shape (n_rows,), ascending: when each row was added.
    rows
        What `unit_rows` returns, of shape (n_rows, n_features).
    """

    def __init__(self, ids: list[Hashable], serials: Ints, rows: csr_array) -> None:
        self.ids = ids
        self.serials = serials
        self.rows = rows

    def __len__(self) -> int:
        return len(self.ids)

    def __add__(self, later: "InvertedRows") -> "InvertedRows":
        rows = csr_array(vstack([self.rows, later.rows], format="csr"))
        serials = np.concatenate([self.serials, later.serials])
        return InvertedRows(self.ids + later.ids, serials, rows)

    def keep(self, positions: list[int]) -> "InvertedRows":
        """Return some of the rows."""
        if len(positions) == len(self):
            return self
        ids = [self.ids[position] for position in positions]
        return InvertedRows(ids, self.serials[positions], csr_array(self.rows[positions]))

    def search(self, row: csr_array, step: int) -> Iterator[tuple[float, int, Hashable]]:
        """Yield similarity, serial and id of the rows that reach a threshold, exactly.

        As in the join, they share a feature with the head of `row`: its tail is too short for
        the threshold, so the longest lists need not be read. `step` is what `check_threshold`
        returns.
        """
        lowest = least_product(step)
        order = np.argsort(np.diff(self._lists.indptr)[row.indices], kind="stable")
        features, weights = row.indices[order], row.data[order]
        tails = np.sqrt(np.append(np.cumsum(weights[::-1] ** 2)[::-1], 0.0))
        n_head = int(np.count_nonzero(tails[:-1] >= lowest))
        shared = self._lists[:, features[:n_head]] @ weights[:n_head]
        near = np.flatnonzero(shared + tails[n_head] >= lowest)
        whole = np.zeros(row.shape[1])
        whole[features] = weights
        similarity = round_similarity(self.rows[near] @ whole)
        for i in np.flatnonzero(similarity >= step / SCALE).tolist():
            position = near[i]
            yield float(similarity[i]), int(self.serials[position]), self.ids[position]

    @cached_property
    def _lists(self) -> csc_array:
        return self.rows.tocsc()
