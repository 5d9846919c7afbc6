"""Rows become themes: one linear classifier per theme, calibrated, with its own threshold."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from taohua.documents.errors import TaohuaError
from taohua.documents.repair import Repaired, repair
from taohua.features.estimator import Estimator
from taohua.features.slots import Slot
from taohua.models.calibration import platt, shrunk_thresholds, sigmoid
from taohua.models.evidence import Evidence, find_evidence
from taohua.models.passage_rows import PassageRows

__all__ = ["Theme", "ThemeClassifier"]

Arrays = dict[str, NDArray[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
REVIEW_MARGIN = 0.5  # of the way from the threshold to certainty: below it a theme is for review


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of a passage: probability, band (``"accept"`` or ``"review"``), evidence."""

    id: str
    probability: float
    band: str
    evidence: tuple[Evidence, ...] = ()


class ThemeClassifier(Estimator):
    """Learn themes from labelled passages and find them in others.

    Parameters
    ----------
    single_label
        Whether each text has exactly one label; then `fit` takes one label per text.
    C
        Inverse strength of the penalty of the linear SVM.
    mixtures
        Joined pairs of passages added to the training set, per passage. A paragraph of a real
        report mixes more themes than labelled passages do, and each fills less of it.
    folds
        Folds for the out-of-fold scores that calibration and thresholds are fitted on.
    random_state
        Seed of folds and mixtures.
    n_jobs
        Themes fitted at once, as in joblib.

    Attributes
    ----------
    classes_ : ndarray of str, shape (n_themes,)
        Theme ids, the shipped ones in the order of ``data/themes.toml``.
    thresholds_ : ndarray of shape (n_themes,)
        Probability from which a theme is given.
    support_ : ndarray of shape (n_themes,)
        Labelled passages each theme was learnt from.
    oof_probabilities_ : ndarray of shape (n_texts, n_themes)
        Probabilities of the training texts from models that had not seen them; not saved.

    Examples
    --------
    >>> themes = ThemeClassifier.pretrained()
    >>> text = "全年执行到位金额3.2亿元，将86名失信被执行人纳入名单。"
    >>> [str(name) for name in themes.classes_[themes.predict([text])[0]]]
    ['enforcement']
    """

    _kind = "classifier"

    def __init__(
        self,
        single_label: bool = False,
        C: float = 1.0,
        mixtures: float = 1.0,
        folds: int = 5,
        random_state: int = 0,
        n_jobs: int = 1,
    ) -> None:
        self.single_label = single_label
        self.C = C
        self.mixtures = mixtures
        self.folds = folds
        self.random_state = random_state
        self.n_jobs = n_jobs

    def fit(
        self,
        texts: Sequence[str],
        labels: Sequence[Any],
        mentions: Sequence[Iterable[str]] | None = None,
        headings: Sequence[str] | None = None,
        groups: Sequence[Any] | None = None,
    ) -> Self:
        """Learn from texts with their labels.

        Parameters
        ----------
        texts
            Passages, raw or repaired.
        labels
            For each text the ids of its themes, none for a text without; with `single_label`,
            one id each.
        mentions
            For each text ids of themes only named in passing: it counts neither way for them.
        headings
            For each text its heading, or an empty string.
        groups
            For each text its document or author; a group never stands on both sides of a fold.

        Raises
        ------
        TaohuaError
            If lengths differ, a text is empty, or a theme has no text for or against it.
        """
        from taohua.models.fitting import check_labels, check_params, fit_linear, out_of_fold

        check_params(self)
        clean = _repaired(texts)
        self.classes_, target, counted = check_labels(clean, labels, mentions, self.single_label)
        self.rows_ = PassageRows()
        passages = self.rows_.analyze(clean, _checked_headings(headings, len(clean)))
        scores = out_of_fold(self, passages, target, counted, groups)
        self.slopes_, self.offsets_ = platt(scores, target, counted)
        self.oof_probabilities_ = self._calibrated(scores)
        self.thresholds_ = shrunk_thresholds(self.oof_probabilities_, target, counted)
        self.support_ = target.sum(axis=0)
        self.coef_, self.intercept_ = fit_linear(self, self.rows_, passages, target, counted)
        return self

    def decision_function(
        self, texts: Sequence[str], headings: Sequence[str] | None = None
    ) -> Floats:
        """Return scores of shape (n_texts, n_themes), uncalibrated."""
        self._check_fitted("coef_")
        clean = _repaired(texts)
        passages = self.rows_.analyze(clean, _checked_headings(headings, len(clean)))
        return self._scores(self.rows_.transform(passages))

    def _scores(self, matrix: csr_array) -> Floats:
        return np.asarray(matrix @ self.coef_ + self.intercept_, dtype=np.float64)

    def _calibrated(self, scores: Floats) -> Floats:
        probabilities = sigmoid(scores * self.slopes_ + self.offsets_)
        if self.single_label:
            probabilities /= probabilities.sum(axis=1, keepdims=True)
        return probabilities

    def predict_proba(self, texts: Sequence[str], headings: Sequence[str] | None = None) -> Floats:
        """Return probabilities of shape (n_texts, n_themes), calibrated per theme.

        With `single_label` a row sums to one; otherwise themes are judged one by one.
        """
        return self._calibrated(self.decision_function(texts, headings))

    def predict(self, texts: Sequence[str], headings: Sequence[str] | None = None) -> NDArray[Any]:
        """Return a bool array of shape (n_texts, n_themes).

        With `single_label`, the label of each text, shape (n_texts,).
        """
        given = self.decide(self.predict_proba(texts, headings))
        return self.classes_[given.argmax(axis=1)] if self.single_label else given

    def decide(self, probabilities: Floats) -> Bools:
        """Return which themes are given at these probabilities, both (n_texts, n_themes)."""
        if self.single_label:
            best = probabilities.argmax(axis=1)
            return np.asarray(best[:, None] == np.arange(probabilities.shape[1]))
        return np.asarray(probabilities >= self.thresholds_)

    def judge(
        self,
        texts: Sequence[str],
        headings: Sequence[str] | None = None,
        slots: Sequence[Sequence[Slot]] | None = None,
    ) -> list[tuple[Theme, ...]]:
        """Return the themes of each text with their evidence, most probable first.

        Texts must be repaired; `slots` are those of each text, found anew if not given.
        """
        self._check_fitted("coef_")
        passages = self.rows_.analyze(texts, headings, slots)
        matrix = self.rows_.transform(passages)
        found = []
        probabilities = self._calibrated(self._scores(matrix))
        for i, (row, is_given) in enumerate(
            zip(probabilities, self.decide(probabilities), strict=True)
        ):
            order = np.argsort(-row, kind="stable")
            given = order[is_given[order]]
            weights = self.coef_[:, given]
            spans = find_evidence(self.rows_, matrix, passages, i, weights) if len(given) else []
            found.append(
                tuple(
                    Theme(str(self.classes_[j]), float(row[j]), self._band(row[j], j), evidence)
                    for j, evidence in zip(given, spans, strict=True)
                )
            )
        return found

    def _band(self, probability: float, j: int) -> str:
        threshold = self.thresholds_[j]
        sure = threshold + (1 - threshold) * REVIEW_MARGIN
        return "accept" if probability >= sure else "review"

    def explain(
        self, text: str, ids: Iterable[str] | None = None
    ) -> dict[str, tuple[Evidence, ...]]:
        """Return for each theme the spans of `text` that spoke for and against it.

        Weights are what a span added to the score or took from it, largest first; `ids` limits
        the themes.
        """
        self._check_fitted("coef_")
        wanted = list(self.classes_) if ids is None else list(ids)
        unknown = set(wanted) - set(self.classes_)
        if unknown:
            known = ", ".join(self.classes_)
            raise TaohuaError(f"unknown theme {sorted(unknown)[0]!r}; known are {known}")
        columns = [int(np.flatnonzero(self.classes_ == name)[0]) for name in wanted]
        if not isinstance(text, str):
            raise TaohuaError(f"text must be a string, got {type(text).__name__}")
        repaired = repair(text)
        passages = self.rows_.analyze([repaired.text])
        matrix = self.rows_.transform(passages)
        found = find_evidence(self.rows_, matrix, passages, 0, self.coef_[:, columns])
        return {
            name: tuple(_in_raw(item, repaired, text) for item in spans)
            for name, spans in zip(wanted, found, strict=True)
        }

    @staticmethod
    def pretrained() -> "ThemeClassifier":
        """Return the shipped model, fitted from ``data/passages.jsonl``; yours to fit anew."""
        return copy(_pretrained())

    def to_state(self) -> tuple[dict[str, Any], Arrays]:
        """Return JSON-able state and arrays; weights as float16."""
        self._check_fitted("coef_")
        rows, arrays = self.rows_.to_state()
        state = {
            "params": self.get_params(),
            "classes": [str(name) for name in self.classes_],
            "slopes": self.slopes_.tolist(),
            "offsets": self.offsets_.tolist(),
            "thresholds": self.thresholds_.tolist(),
            "intercept": [float(x) for x in self.intercept_],
            "support": [int(n) for n in self.support_],
            "rows": rows,
        }
        return state, arrays | {"coef": self.coef_.astype(np.float16)}

    @classmethod
    def from_state(cls, state: dict[str, Any], arrays: Arrays) -> Self:
        """Rebuild the classifier that `to_state` described."""
        model = cls(**state["params"])
        model.classes_ = np.array(state["classes"])
        for name in ("slopes", "offsets", "thresholds"):
            setattr(model, f"{name}_", np.array(state[name]))
        model.intercept_ = np.array(state["intercept"], dtype=np.float32)
        model.support_ = np.array(state["support"])
        model.coef_ = arrays["coef"].astype(np.float32)
        model.rows_ = PassageRows.from_state(state["rows"], arrays)
        model._check_shapes()
        return model

    def _check_shapes(self) -> None:
        n_themes = len(self.classes_)
        if self.coef_.shape != (self.rows_.n_features, n_themes):
            raise ValueError(f"weights have the shape {self.coef_.shape}")
        for name in ("slopes_", "offsets_", "thresholds_", "intercept_"):
            values = getattr(self, name)
            if values.shape != (n_themes,) or not np.isfinite(values.astype(float)).all():
                raise ValueError(f"{name[:-1]} must be {n_themes} numbers")


@cache
def _pretrained() -> ThemeClassifier:
    from taohua.models.store import load

    with as_file(files("taohua.data")) as folder:
        model: ThemeClassifier = load(folder, manifest="pretrained.json")
    return model


def _repaired(texts: Sequence[str]) -> list[str]:
    if isinstance(texts, str):
        raise TaohuaError("texts must be a list of texts, got one text; put it in a list")
    if not isinstance(texts, Iterable):
        raise TaohuaError(f"texts must be a list of texts, got {type(texts).__name__}")
    clean = []
    for i, text in enumerate(texts):
        if not isinstance(text, str):
            raise TaohuaError(f"texts must be strings, got {type(text).__name__} at position {i}")
        clean.append(repair(text).text)
    return clean


def _in_raw(item: Evidence, repaired: Repaired, text: str) -> Evidence:
    start, end = repaired.raw_span(item.start, item.end)
    return replace(item, start=start, end=end, text=text[start:end])


def _checked_headings(headings: Sequence[str] | None, n_texts: int) -> Sequence[str] | None:
    if headings is None:
        return None
    if len(headings) != n_texts:
        raise TaohuaError(f"headings must be as many as texts, got {len(headings)} for {n_texts}")
    for i, heading in enumerate(headings):
        if not isinstance(heading, str):
            kind = type(heading).__name__
            raise TaohuaError(f"headings must be strings, got {kind} at position {i}; '' for none")
    return headings
