"""Why a theme was given: the weights of words and characters, laid back onto the text."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taohua.documents.repair import repair
from taohua.models.passage_rows import PassageRows, theme_tokens

__all__ = ["Evidence", "find_evidence"]

MAX_SPANS = 12  # per theme; the rest of a score is spread thin
MIN_SHARE = 0.02  # of the absolute score


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the text and what it added to the score of a theme, or took from it."""

    start: int
    end: int
    text: str
    weight: float


def find_evidence(
    rows: PassageRows, weights: NDArray[Any], text: str
) -> list[tuple[Evidence, ...]]:
    """Return the evidence in raw `text` for each column of `weights`, largest first.

    What a feature adds to the score is shared by its occurrences and these by their characters;
    a token's evidence is the sum over its characters, and neighbours of one sign are one span.
    """
    repaired = repair(text)
    clean = repaired.text
    tokens = theme_tokens(clean, rows.segmenter)
    passages = rows.analyze([clean])
    row = rows.transform(passages)
    gain = np.zeros((len(clean) + 1, weights.shape[1]))
    offset = 0
    for name in ("words", "chars"):
        block = rows.blocks[name]
        width = len(block.idf_)
        own = row[:, offset : offset + width].tocoo()
        values = dict(zip(own.coords[1].tolist(), own.data.tolist(), strict=True))
        spans = tokens if name == "words" else _grams(clean)
        _spread(gain, spans, rows.vocabulary(name), values, weights[offset : offset + width])
        offset += width
    return [_merged(gain[:, j], tokens, repaired, text) for j in range(weights.shape[1])]


def _grams(text: str) -> list[tuple[str, int, int]]:
    single = [(c, i, i + 1) for i, c in enumerate(text)]
    return single + [(text[i : i + 2], i, i + 2) for i in range(len(text) - 1)]


def _spread(
    gain: NDArray[Any],
    spans: list[tuple[str, int, int]],
    vocabulary: dict[str, int],
    values: dict[int, float],
    weights: NDArray[Any],
) -> None:
    places: dict[int, list[tuple[int, int]]] = {}
    for feature, start, end in spans:
        column = vocabulary.get(feature)
        if column is not None and column in values:
            places.setdefault(column, []).append((start, end))
    for column, found in places.items():
        share = values[column] * weights[column] / len(found)
        for start, end in found:
            gain[start:end] += share / (end - start)


def _merged(
    gain: NDArray[Any], tokens: list[tuple[str, int, int]], repaired: Any, text: str
) -> tuple[Evidence, ...]:
    merged: list[tuple[int, int, float]] = []
    for _, start, end in tokens:
        weight = float(gain[start:end].sum())
        if merged and merged[-1][1] == start and (merged[-1][2] > 0) == (weight > 0):
            merged[-1] = (merged[-1][0], end, merged[-1][2] + weight)
        else:
            merged.append((start, end, weight))
    total = sum(abs(weight) for _, _, weight in merged) or 1.0
    found = []
    for start, end, weight in sorted(merged, key=lambda span: -abs(span[2]))[:MAX_SPANS]:
        if abs(weight) < MIN_SHARE * total:
            break
        a, b = repaired.raw_span(start, end)
        found.append(Evidence(a, b, text[a:b], round(weight, 4)))
    return tuple(found)
