"""Why a theme was given: the weights of words and characters, laid back onto the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from taohua.models.passage_rows import Analyzed, PassageRows

__all__ = ["Evidence", "find_evidence"]

MAX_SPANS = 12  # per theme; the rest of a score is spread thin
MIN_SHARE = 0.02  # of the absolute score

Floats = NDArray[np.float64]
Places = tuple[list[str], NDArray[np.int64]]  # features, and their spans of shape (n, 2)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the text and what it added to the score of a theme, or took from it."""

    start: int
    end: int
    text: str
    weight: float


def find_evidence(
    rows: PassageRows, matrix: csr_array, passages: Analyzed, i: int, weights: NDArray[Any]
) -> list[tuple[Evidence, ...]]:
    """Return the evidence in passage `i` for each column of `weights`, largest first.

    `matrix` holds the rows of all `passages`, `weights` has shape (n_features, n_themes). What a
    feature adds to the score is shared by its occurrences, and these by their characters; the
    evidence of a word is the sum over its characters, and neighbours of one sign are one span.
    """
    text = passages.chars[i]
    part = slice(matrix.indptr[i], matrix.indptr[i + 1])
    columns, values = matrix.indices[part], matrix.data[part]
    steps = np.zeros((len(text) + 1, weights.shape[1]))
    offset = 0
    for name, (features, spans) in _places(passages, i).items():
        block = _columns(features, rows.vocabulary(name), offset)
        _spread(steps, spans, block, columns, values, weights)
        offset += rows.width(name)
    sums = np.vstack([np.zeros_like(steps[:1]), np.cumsum(np.cumsum(steps, axis=0), axis=0)])
    return [_merged(sums[:, j], passages.spans[i], text) for j in range(weights.shape[1])]


def _places(passages: Analyzed, i: int) -> dict[str, Places]:
    text = passages.chars[i]
    starts = np.arange(len(text))
    ones = np.column_stack([starts, starts + 1])
    twos = np.column_stack([starts[:-1], starts[:-1] + 2])
    pairs = [text[k : k + 2] for k in range(len(text) - 1)]
    words = np.array(passages.spans[i], dtype=np.int64).reshape(-1, 2)
    return {
        "words": (passages.words[i], words),
        "chars": ([*text, *pairs], np.concatenate([ones, twos])),
    }


def _columns(features: list[str], vocabulary: dict[str, int], offset: int) -> NDArray[np.int64]:
    found = np.array([vocabulary.get(feature, -1) for feature in features], dtype=np.int64)
    found[found >= 0] += offset
    return found


def _spread(
    steps: Floats,
    spans: NDArray[np.int64],
    found: NDArray[np.int64],
    columns: NDArray[Any],
    values: NDArray[Any],
    weights: NDArray[Any],
) -> None:
    """Add to `steps` where the gain of each occurrence begins, and take it off where it ends."""
    place = np.searchsorted(columns, found)
    place[place == len(columns)] = 0
    known = (found >= 0) & (columns[place] == found) if len(columns) else found > len(weights)
    place, spans = place[known], spans[known]
    if not len(place):
        return
    counts = np.bincount(place)[place]
    scale = values[place] / (counts * (spans[:, 1] - spans[:, 0]))
    gain = weights[columns[place]] * scale[:, None]
    np.add.at(steps, spans[:, 0], gain)
    np.add.at(steps, spans[:, 1], -gain)


def _merged(sums: Floats, spans: Sequence[tuple[int, int]], text: str) -> tuple[Evidence, ...]:
    merged: list[tuple[int, int, float]] = []
    for start, end in spans:
        weight = float(sums[end] - sums[start])
        if merged and merged[-1][1] == start and (merged[-1][2] > 0) == (weight > 0):
            merged[-1] = (merged[-1][0], end, merged[-1][2] + weight)
        else:
            merged.append((start, end, weight))
    total = sum(abs(weight) for _, _, weight in merged) or 1.0
    ranked = sorted(merged, key=lambda span: -abs(span[2]))[:MAX_SPANS]
    return tuple(
        Evidence(start, end, text[start:end], round(weight, 4))
        for start, end, weight in ranked
        if abs(weight) >= MIN_SHARE * total
    )
