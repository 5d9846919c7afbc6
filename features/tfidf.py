"""Texts become sparse unit rows of words, word bigrams and characters, weighted by TF-IDF.

The numbers are those of scikit-learn's ``TfidfVectorizer`` on the same tokens. Its analyzers
spend more time than the segmenter; here a token costs one dict lookup and numpy does the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import DTypeLike, NDArray
from scipy.sparse import csc_array, csr_array, vstack

from taohua.documents.errors import TaohuaError
from taohua.features.background import shipped_background
from taohua.features.estimator import Estimator
from taohua.features.grams import GramCounts
from taohua.features.segment import Segmenter
from taohua.features.terms import Analyzer, TermCounter
from taohua.features.vocabulary import Vocabulary, merge, total_counts

__all__ = ["TfidfFeatures"]

Arrays = dict[str, NDArray[Any]]
Texts = Iterable[str] | Iterable[Sequence[str]]
CHAR_RANGES = ((1, 1), (1, 2), (2, 2))


class TfidfFeatures(Estimator):
    """Turn texts into a ``csr_array`` of shape (n_texts, n_features) with rows of length one.

    Parameters
    ----------
    words, bigrams
        Whether words and pairs of neighbouring words are features. Blanks and punctuation are
        no words, and bigrams run across them.
    chars
        ``(1, 1)``, ``(1, 2)`` or ``(2, 2)``: the lengths of character n-grams, blanks and
        punctuation included, two or more blanks as one space; ``None`` for no such features.
    analyzer
        What cuts a text into tokens: a `Segmenter`, of which only the words count, or any
        function, of which every token counts. ``None`` is ``Segmenter()``.
    pretokenized
        Whether texts already are lists of tokens, each of which counts.
    hashed
        Whether columns are hashes of the features, `n_features` of them, instead of a vocabulary
        that `fit` learns; features that share a column are added up.
    n_features
        Number of columns if hashed, up to 2**24.
    sublinear_tf
        Whether a count c weighs 1 + log(c).
    smooth_idf
        Whether idf is log((1 + n) / (1 + df)) + 1 or log(n / df) + 1.
    norm
        ``"l2"`` for rows of length one, ``None`` for the plain products. Rows without a known
        feature stay zero.
    min_df, max_df
        Least and greatest document frequency of a feature, as a number of texts (int) or a share
        of them (float).
    max_features
        Keep only so many features, those with the highest total count.
    idf
        ``"fit"`` for document frequencies of the texts given to `fit`, ``"background"`` for the
        shipped ones of general and court prose (words and bigrams only), ``None`` for weights of
        one.
    dtype
        ``numpy.float32`` or ``numpy.float64``.

    Attributes
    ----------
    idf_ : ndarray of shape (n_features,)
    n_documents_ : int
        Number of texts seen by `fit`.
    vocabulary_ : dict
        Column of each feature; bigrams are written with a space between, and characters with
        ``char:`` before them where words or bigrams are features too.

    Raises
    ------
    TaohuaError
        If a parameter is out of its range, the texts are no list of strings, or pruning leaves
        no feature.

    Notes
    -----
    Differences from ``TfidfVectorizer``: columns are not in alphabetical order, and texts
    without a single word are no error. Texts are worked through in chunks.

    ``parametrize_with_checks`` does not apply: it skips estimators whose tags ask for strings,
    scikit-learn's own text vectorizers among them.

    Examples
    --------
    >>> features = TfidfFeatures(bigrams=False)
    >>> features.fit_transform(["法官走访社区", "法官化解信访"]).shape
    (2, 5)
    """

    def __init__(
        self,
        words: bool = True,
        bigrams: bool = True,
        chars: tuple[int, int] | None = None,
        analyzer: Analyzer | None = None,
        pretokenized: bool = False,
        hashed: bool = False,
        n_features: int = 2**20,
        sublinear_tf: bool = True,
        smooth_idf: bool = True,
        norm: Literal["l2"] | None = "l2",
        min_df: float = 1,
        max_df: float = 1.0,
        max_features: int | None = None,
        idf: Literal["fit", "background"] | None = "fit",
        dtype: DTypeLike = np.float32,
    ) -> None:
        self.words = words
        self.bigrams = bigrams
        self.chars = chars
        self.analyzer = analyzer
        self.pretokenized = pretokenized
        self.hashed = hashed
        self.n_features = n_features
        self.sublinear_tf = sublinear_tf
        self.smooth_idf = smooth_idf
        self.norm = norm
        self.min_df = min_df
        self.max_df = max_df
        self.max_features = max_features
        self.idf = idf
        self.dtype = dtype

    def fit(self, texts: Texts, y: object = None) -> Self:
        """Learn the vocabulary and the idf; `y` is ignored."""
        self._learn(texts)
        return self

    def fit_transform(self, texts: Texts, y: object = None) -> csr_array:
        """Learn from texts and return their rows, in one pass over them."""
        return self._stack(self._learn(texts))

    def transform(self, texts: Texts) -> csr_array:
        """Return the rows of texts; features that `fit` did not keep are left out."""
        self._check_fitted("idf_")
        return self._stack(self._counter.read(texts))

    @property
    def vocabulary_(self) -> dict[str, int]:
        """Column of each feature by its name."""
        return {name: column for column, name in enumerate(self.get_feature_names_out())}

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return the names of the columns, see `vocabulary_`; `input_features` is ignored."""
        self._check_fitted("idf_")
        if self._vocabulary is None:
            raise TaohuaError("hashed features have no names; pass hashed=False to learn them")
        return self._vocabulary.names("char:" if self.words or self.bigrams else "")

    def to_arrays(self) -> tuple[Arrays, dict[str, Any]]:
        """Return what `from_arrays` needs: arrays for an ``.npz`` file, parameters for JSON.

        A `Segmenter` goes along with its terms; another analyzer must be given again.
        """
        self._check_fitted("idf_")
        analyzer = self._counter.analyzer
        arrays = {"idf": self.idf_, "n_documents": np.array(self.n_documents_)}
        if self._vocabulary is not None:
            arrays |= self._vocabulary.without_unused().to_arrays()
        params = self.get_params(deep=False)
        params["dtype"] = np.dtype(self.dtype).name
        if isinstance(analyzer, Segmenter):
            lines = list(analyzer.lexicon_lines)
            params["analyzer"] = {"engine": analyzer.engine, "lexicon": lines}
        else:
            params["analyzer"] = "function" if analyzer else None
        return arrays, params

    @classmethod
    def from_arrays(
        cls,
        arrays: Mapping[str, NDArray[Any]],
        params: Mapping[str, Any],
        analyzer: Analyzer | None = None,
    ) -> Self:
        """Build the fitted features that `to_arrays` described."""
        given = dict(params)
        if analyzer is None and given["analyzer"] == "function":
            raise TaohuaError(
                "these features were fitted with a function that cuts texts; pass it as analyzer"
            )
        if analyzer is None and given["analyzer"] is not None:
            analyzer = Segmenter(**given["analyzer"])
        given |= {"analyzer": analyzer, "dtype": np.dtype(given["dtype"]).type}
        given["chars"] = given["chars"] and tuple(given["chars"])
        features = cls(**given)
        features._check_params()
        features._vocabulary = None if features.hashed else Vocabulary.from_arrays(arrays)
        features._counter = features._open_counter(features._vocabulary)
        features.idf_ = arrays["idf"].astype(features.dtype)
        features.n_documents_ = int(arrays["n_documents"])
        return features

    def _check_params(self) -> None:
        if not (self.words or self.bigrams or self.chars):
            raise TaohuaError("words, bigrams and chars are all off; turn one on")
        if self.chars is not None and tuple(self.chars) not in CHAR_RANGES:
            raise TaohuaError(f"chars must be (1, 1), (1, 2), (2, 2) or None, got {self.chars!r}")
        if self.norm not in ("l2", None):
            raise TaohuaError(f"norm must be 'l2' or None, got {self.norm!r}")
        if self.idf not in ("fit", "background", None):
            raise TaohuaError(f"idf must be 'fit', 'background' or None, got {self.idf!r}")
        if self.idf == "background" and self.chars:
            raise TaohuaError("idf='background' covers words only; pass idf='fit' or chars=None")
        if np.dtype(self.dtype) not in (np.float32, np.float64):
            raise TaohuaError(f"dtype must be float32 or float64, got {self.dtype!r}")
        if self.hashed and not 1 <= self.n_features <= 1 << 24:
            raise TaohuaError(f"n_features must be from 1 to 2**24, got {self.n_features!r}")
        if self.hashed and (self.min_df, self.max_df, self.max_features) != (1, 1.0, None):
            raise TaohuaError("min_df, max_df and max_features need hashed=False")

    def _open_counter(self, vocabulary: Vocabulary | None) -> TermCounter:
        analyzer = Segmenter() if self.analyzer is None else self.analyzer
        lengths = tuple(n for n, wanted in ((1, self.words), (2, self.bigrams)) if wanted)
        return TermCounter(
            word_lengths=lengths,
            char_lengths=tuple(range(self.chars[0], self.chars[1] + 1)) if self.chars else (),
            analyzer=None if self.pretokenized else analyzer,
            n_columns=self.n_features if self.hashed else None,
            tokens=None if vocabulary is None else vocabulary.tokens,
        )

    def _learn(self, texts: Texts) -> list[GramCounts]:
        self._check_params()
        self._counter = self._open_counter(None)
        chunks = list(self._counter.read(texts))
        self.n_documents_ = sum(chunk.n_rows for chunk in chunks)
        if self.hashed:
            self._vocabulary = None
            frequency = np.zeros(self.n_features, dtype=np.int64)
            for chunk in chunks:
                frequency[chunk.codes] += chunk.document_frequency
        else:
            self._counter.interner.freeze()
            self._vocabulary, frequency = self._choose(chunks)
        self.idf_ = self._weigh(frequency)
        return chunks

    def _choose(self, chunks: list[GramCounts]) -> tuple[Vocabulary, NDArray[np.int64]]:
        codes, frequency = merge(chunks)
        n = self.n_documents_
        least, most = _bound(self.min_df, n), _bound(self.max_df, n)
        kept = np.flatnonzero((frequency >= least) & (frequency <= most))
        if self.max_features is not None:
            order = np.argsort(-total_counts(chunks, codes)[kept], kind="stable")
            kept = np.sort(kept[order[: self.max_features]])
        if len(codes) and not len(kept):
            raise TaohuaError(
                f"min_df={self.min_df!r}, max_df={self.max_df!r} and "
                f"max_features={self.max_features!r} leave no feature of {n} texts; loosen them"
            )
        return Vocabulary(self._counter.interner.tokens, codes[kept]), frequency[kept]

    def _weigh(self, frequency: NDArray[np.int64]) -> NDArray[Any]:
        if self.idf is None:
            return np.ones(len(frequency), dtype=self.dtype)
        n = self.n_documents_
        if self.idf == "background":
            background = shipped_background()
            n = background.n_documents
            frequency = (
                background.by_column(self.n_features)
                if self._vocabulary is None
                else background.document_frequency(self._vocabulary.hashes())
            )
        smooth = int(self.smooth_idf)
        share = (n + smooth) / np.maximum(frequency + smooth, 1)
        idf: NDArray[Any] = (np.log(np.maximum(share, 1)) + 1).astype(self.dtype)
        return idf

    def _stack(self, chunks: Iterable[GramCounts]) -> csr_array:
        rows = [self._rows(chunk) for chunk in chunks]
        return rows[0] if len(rows) == 1 else csr_array(vstack(rows, format="csr"))

    def _rows(self, chunk: GramCounts) -> csr_array:
        if self._vocabulary is None:
            columns = chunk.codes.astype(np.int32)
        else:
            chunk, columns = self._vocabulary.columns(chunk)
        values = chunk.counts.astype(self.dtype)
        if self.sublinear_tf:
            values = np.log(values) + 1
        values *= np.repeat(self.idf_[columns], chunk.document_frequency)
        if self.norm == "l2":
            squares = np.bincount(chunk.rows, values.astype(np.float64) ** 2, chunk.n_rows)
            values /= np.sqrt(squares).astype(self.dtype)[chunk.rows]
        # Turned to rows while the columns are the chunk's own, since the conversion costs time
        # for every column, used or not.
        own = csc_array(
            (values, chunk.rows.astype(np.int32), chunk.starts),
            shape=(chunk.n_rows, len(columns)),
        ).tocsr()
        shape = (chunk.n_rows, len(self.idf_))
        matrix = csr_array((own.data, columns[own.indices], own.indptr), shape=shape)
        matrix.has_sorted_indices = True
        return matrix


def _bound(limit: float, n_documents: int) -> float:
    """Turn a share of the documents into their number; an int is one already."""
    return limit if isinstance(limit, int | np.integer) else limit * n_documents
