"""An index of texts that finds the similar ones, exactly, and takes texts in and out."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any, NamedTuple, Self

import numpy as np
from scipy.sparse import csr_array, issparse, vstack

from taohua.documents.errors import TaohuaError
from taohua.features.tfidf import TfidfFeatures
from taohua.models.ids import after, check_ids, list_ids
from taohua.models.inverted import InvertedRows
from taohua.models.join import DEFAULT_MEMORY
from taohua.models.pairs import Pairs, cosine_pairs
from taohua.models.text_rows import check_texts, learn_rows, text_rows
from taohua.models.unit_rows import check_threshold, unit_rows

__all__ = ["Match", "SimilarityIndex"]


Texts = Iterable[str] | csr_array


class Match(NamedTuple):
    """An id of the index and its similarity to what was asked for."""

    id: Hashable
    similarity: float


@dataclass(slots=True)
class _Entry:
    """What the index knows of an id; `serial` tells it from an earlier text of that id."""

    serial: int
    text: str | None


class SimilarityIndex:
    """Find similar texts: those whose TF-IDF rows have a cosine at or above a threshold.

    Similarity lies in [0, 1], is rounded to six decimals, and is exactly 1 for equal rows. A text
    without a known word has similarity 0 to every text, itself included.

    Parameters
    ----------
    slots
        Whether rows are made of skeletons, where figures, names and dates are one token of their
        kind, so that one template filled in twice is alike; if not, of words.
    features
        The features to use: as they are if fitted (the idf of another corpus), else fitted by
        `fit`. With `slots` they must take lists of tokens. By default words and bigrams.
    memory
        Bytes that `pairs` may take beside the rows.
    n_jobs
        Threads for `pairs`; no result depends on it.

    Attributes
    ----------
    features_
        The fitted `TfidfFeatures`, frozen until `refit`; an index of rows has none.
    ids
        All ids, in order of addition.

    Notes
    -----
    In place of texts, `fit`, `add` and `query` also take a ``csr_array`` of unit rows, of shape
    (n_texts, n_features); then an index has no features and no `refit`.

    Examples
    --------
    >>> index = SimilarityIndex().fit(["本院审结案件30件。", "全院开展读书活动。"])
    >>> index.query("本院审结案件45件。")
    [Match(id=0, similarity=1.0)]
    """

    def __init__(
        self,
        slots: bool = True,
        features: TfidfFeatures | None = None,
        memory: int = DEFAULT_MEMORY,
        n_jobs: int = 1,
    ) -> None:
        self.slots = slots
        self.features = features
        self.memory = memory
        self.n_jobs = n_jobs

    def fit(self, texts: Texts, ids: Iterable[Hashable] | None = None) -> Self:
        """Start anew with these texts and learn the features from them.

        Raises
        ------
        TaohuaError
            If the texts are no list of strings or unit rows, the features do not fit `slots`, or
            an id is not usable as one or stands twice.
        """
        if issparse(texts):
            features, contents, rows = None, None, unit_rows(texts)
        else:
            contents = check_texts(texts)
            features, rows = learn_rows(contents, self.features, self.slots)
        names = check_ids(ids, rows.shape[0], (), 0)
        self._features = features
        self._n_columns = rows.shape[1]
        self._n_serials = self._next_id = 0
        self._entries: dict[Hashable, _Entry] = {}
        self._segments: list[InvertedRows] = []
        self._append(names, contents, rows)
        return self

    def add(self, texts: Texts, ids: Iterable[Hashable] | None = None) -> Self:
        """Add texts; ids left out count up from the largest whole number used so far.

        Raises
        ------
        TaohuaError
            If the index is not fitted, the texts are no strings or no rows of its kind, or an id
            is taken; nothing is added then.
        """
        contents, rows = self._rows(texts)
        self._append(check_ids(ids, rows.shape[0], self._entries, self._next_id), contents, rows)
        return self

    def remove(self, ids: Iterable[Hashable]) -> Self:
        """Remove texts by their ids.

        Raises
        ------
        TaohuaError
            If an id is not in the index; nothing is removed then.
        """
        names = list_ids(ids)
        for name in names:
            if name not in self:
                raise TaohuaError(f"ids must be in the index, got {name!r}")
        for name in set(names):
            del self._entries[name]
        if sum(map(len, self._segments)) > 2 * len(self._entries):
            self._segments = [kept for kept in map(self._alive, self._segments) if len(kept)]
        return self

    def query(
        self, text: str | csr_array, k: int | None = 10, threshold: float = 0.5
    ) -> list[Match]:
        """Return the `k` most similar texts at or above `threshold`, best first.

        Equally similar ones come in order of addition. ``k=None`` returns all.

        Raises
        ------
        TaohuaError
            If the index is not fitted, `text` is neither a string nor one row of its kind, or
            `k` or `threshold` is out of range.
        """
        step = check_threshold(threshold)
        if k is not None and (not isinstance(k, Integral) or k < 1):
            raise TaohuaError(f"k must be 1 or more, or None for all, got {k!r}")
        _, row = self._rows(text if issparse(text) else [text])
        if row.shape[0] != 1:
            raise TaohuaError(f"text must be one text or one row, got {row.shape[0]} rows")
        found = [
            (-similarity, serial, name)
            for segment in self._segments
            for similarity, serial, name in segment.search(row, step)
            if self._is_alive(name, serial)
        ]
        found.sort(key=lambda match: match[:2])  # ids need not compare
        return [Match(name, -negative) for negative, _, name in found[:k]]

    def pairs(self, threshold: float = 0.8) -> Pairs:
        """Return every pair of texts whose similarity is at least `threshold`.

        Raises
        ------
        TaohuaError
            If the index is not fitted, the threshold is outside [0, 1], or the pairs do not fit
            in the memory.
        """
        self._check_fitted()
        rows = [self._alive(segment).rows for segment in self._segments]
        stacked = vstack(rows, format="csr") if rows else (0, self._n_columns)
        return cosine_pairs(csr_array(stacked), threshold, self.ids, self.memory, self.n_jobs)

    def refit(self) -> Self:
        """Learn the features anew from the texts at hand; ids stay.

        Raises
        ------
        TaohuaError
            If the index is not fitted or holds rows, which have no features to learn.
        """
        features = self.features_
        texts = [entry.text or "" for entry in self._entries.values()]
        unfitted = type(features)(**features.get_params(deep=False))
        self._features, rows = learn_rows(texts, unfitted, self.slots)
        self._n_columns = rows.shape[1]
        serials = np.array([entry.serial for entry in self._entries.values()], np.int64)
        self._segments = [InvertedRows(self.ids, serials, rows)] if texts else []
        return self

    @property
    def features_(self) -> TfidfFeatures:
        """The fitted features."""
        self._check_fitted()
        if self._features is None:
            raise TaohuaError("this index holds rows and has no features: fit it with texts")
        return self._features

    @property
    def ids(self) -> list[Hashable]:
        """All ids, in order of addition."""
        self._check_fitted()
        return list(self._entries)

    def __len__(self) -> int:
        self._check_fitted()
        return len(self._entries)

    def __contains__(self, name: Hashable) -> bool:
        self._check_fitted()
        return name in self._entries

    def __repr__(self) -> str:
        state = f"{len(self)} texts" if hasattr(self, "_entries") else "not fitted"
        return f"SimilarityIndex(slots={self.slots!r}, {state})"

    def _check_fitted(self) -> None:
        if not hasattr(self, "_entries"):
            raise TaohuaError("this SimilarityIndex is not fitted: call fit first")

    def _rows(self, texts: Any) -> tuple[list[str] | None, csr_array]:
        self._check_fitted()
        if issparse(texts) is not (self._features is None):
            kind = "rows" if self._features is None else "texts"
            raise TaohuaError(f"this index holds {kind} and takes nothing else, got {type(texts)}")
        if self._features is None:
            return None, unit_rows(texts, self._n_columns)
        contents = check_texts(texts)
        return contents, text_rows(contents, self._features, self.slots)

    def _append(self, names: list[Hashable], texts: Sequence[str] | None, rows: csr_array) -> None:
        """Add a segment and merge it with those before it until they are twice as large.

        So texts that come one by one cost no rebuild of the whole each time.
        """
        if not names:
            return
        serials = np.arange(self._n_serials, self._n_serials + len(names))
        for i, name in enumerate(names):
            self._entries[name] = _Entry(self._n_serials + i, texts[i] if texts else None)
            self._next_id = max(self._next_id, after(name))
        self._n_serials += len(names)
        segment = InvertedRows(names, serials, rows)
        while self._segments and len(self._segments[-1]) < 2 * len(segment):
            segment = self._alive(self._segments.pop()) + segment
        self._segments.append(segment)

    def _is_alive(self, name: Hashable, serial: int) -> bool:
        entry = self._entries.get(name)
        return entry is not None and entry.serial == serial

    def _alive(self, segment: InvertedRows) -> InvertedRows:
        """Return the segment without what was removed."""
        serials = enumerate(segment.serials.tolist())
        return segment.keep([i for i, n in serials if self._is_alive(segment.ids[i], n)])
