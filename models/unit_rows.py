"""Unit rows, and what is compared of them: products, rounded so that equal rows have exactly 1."""

from hashlib import blake2b
from itertools import pairwise
from numbers import Real

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, issparse

from taohua.documents.errors import TaohuaError

__all__ = [
    "SCALE",
    "SLACK",
    "Floats",
    "Ints",
    "check_threshold",
    "group_rows",
    "least_product",
    "round_similarity",
    "row_of",
    "unit_rows",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

DECIMALS = 6  # float32 rows carry about seven digits; ties at the threshold must be found
SCALE = 10**DECIMALS
UNIT_TOLERANCE = 1e-3
SLACK = 1e-9  # more than float64 sums lose, less than the half step that rounding grants


def unit_rows(rows: csr_array, n_columns: int | None = None) -> csr_array:
    """Check rows and return them in float64, each of length 1 to the last digit, or empty.

    Parameters
    ----------
    rows
        sparse array of shape (n_rows, n_features) with values of 0 or more.
    n_columns
        the number of features that `rows` must have.

    Raises
    ------
    TaohuaError
        If `rows` is not sparse or has other columns, values below 0, NaN, or rows that are
        neither empty nor of length 1 (to a thousandth).
    """
    if not issparse(rows):
        raise TaohuaError(f"rows must be a sparse array, got {type(rows).__name__}")
    if rows.ndim != 2:
        raise TaohuaError(f"rows must have two dimensions, got {rows.ndim}")
    if n_columns is not None and rows.shape[1] != n_columns:
        raise TaohuaError(
            f"rows must have {n_columns} columns like the rows at hand, got {rows.shape[1]}; "
            "make them with the same features"
        )
    unit: csr_array = csr_array(rows, copy=True).astype(np.float64)
    unit.sum_duplicates()
    unit.eliminate_zeros()
    if not np.isfinite(unit.data).all() or (unit.data < 0).any():
        raise TaohuaError("rows must hold finite values of 0 or more, got NaN, infinity or less")
    lengths = np.diff(unit.indptr)
    norms = np.sqrt(np.bincount(row_of(unit), unit.data**2, minlength=unit.shape[0]))
    wrong = np.flatnonzero((lengths > 0) & (np.abs(norms - 1) > UNIT_TOLERANCE))
    if len(wrong):
        raise TaohuaError(
            f"rows must have length 1 or be empty, got {norms[wrong[0]]:.4g} in row {wrong[0]}; "
            "divide each row by its norm"
        )
    unit.data /= np.repeat(norms, lengths)
    return unit


def group_rows(rows: csr_array) -> Ints:
    """Return the number of each row, where equal rows share one, numbered by first appearance.

    Empty rows equal nothing, not even each other.
    """
    numbers: dict[bytes | int, int] = {}
    indices, data, bounds = rows.indices, rows.data, rows.indptr.tolist()
    groups = np.empty(rows.shape[0], np.int64)
    for row, (start, end) in enumerate(pairwise(bounds)):
        key: bytes | int = row
        if end > start:
            digest = blake2b(indices[start:end].tobytes(), digest_size=16)
            digest.update(data[start:end].tobytes())
            key = digest.digest()
        groups[row] = numbers.setdefault(key, len(numbers))
    return groups


def check_threshold(threshold: float) -> int:
    """Return the threshold in steps of the rounded similarity, rounded up.

    Raises
    ------
    TaohuaError
        If `threshold` is not a number in [0, 1].
    """
    if not isinstance(threshold, Real) or not 0 <= threshold <= 1:
        raise TaohuaError(f"threshold must be in [0, 1], got {threshold!r}")
    step = int(np.ceil(float(threshold) * SCALE - 0.1))  # float32(0.8) means 0.8
    return max(step, int(threshold > 0))


def least_product(step: int) -> float:
    """Return a bound below which no product rounds to a similarity of `step` steps."""
    return float((step - 0.5) / SCALE - SLACK)


def round_similarity(products: Floats) -> Floats:
    """Round dot products of unit rows, so that equal rows get exactly 1."""
    clipped: Floats = np.clip(np.rint(products * SCALE) / SCALE, 0.0, 1.0)
    return clipped


def row_of(rows: csr_array) -> Ints:
    """Return the row of each entry."""
    return np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
