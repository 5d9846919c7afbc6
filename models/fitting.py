"""How a theme classifier learns: labels checked, mixtures added, one linear SVM per theme."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from taohua.documents.errors import TaohuaError
from taohua.models.passage_rows import Analyzed, PassageRows
from taohua.models.taxonomy import shipped_themes

if TYPE_CHECKING:
    from taohua.models.themes import ThemeClassifier

__all__ = ["check_labels", "check_params", "fit_linear", "out_of_fold"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def check_params(model: "ThemeClassifier") -> None:
    """Refuse parameters outside their range before any work is done."""
    for name, right in (
        ("C", model.C > 0),
        ("mixtures", model.mixtures >= 0),
        ("folds", model.folds >= 2),
        ("n_jobs", model.n_jobs != 0),
    ):
        if not right:
            allowed = {"C": "above 0", "mixtures": "0 or more", "folds": "2 or more"}
            raise TaohuaError(
                f"{name} must be {allowed.get(name, '1 or more, or -1 for all cores')},"
                f" got {getattr(model, name)!r}"
            )


def check_labels(
    texts: Sequence[str],
    labels: Sequence[Any],
    mentions: Sequence[Iterable[str]] | None,
    single_label: bool,
) -> tuple[NDArray[np.str_], Bools, Bools]:
    """Return classes, labels and what counts, the latter two of shape (n_texts, n_themes)."""
    given = [[_id(x)] for x in labels] if single_label else [_ids(x) for x in labels]
    named = [_ids(x, "mentions") for x in mentions] if mentions is not None else [[] for _ in texts]
    for what, rows in (("labels", given), ("mentions", named)):
        if len(rows) != len(texts):
            raise TaohuaError(f"{what} must be as many as texts, got {len(rows)} for {len(texts)}")
    blank = [str(i) for i, text in enumerate(texts) if not text.strip()]
    if blank:
        raise TaohuaError(f"texts must not be empty, got empty ones at {', '.join(blank[:5])}")
    classes = _ordered({str(name) for row in given for name in row})
    target = np.array([[name in row for name in classes] for row in given], dtype=bool)
    counted = ~np.array([[name in row for name in classes] for row in named], dtype=bool) | target
    for name, column, own in zip(classes, target.T, counted.T, strict=True):
        if column[own].all():
            raise TaohuaError(f"theme {name!r} has no text against it; add texts without it")
    return np.array(classes), target, counted


def _id(value: Any) -> str:
    if not isinstance(value, str):
        raise TaohuaError(f"with single_label, labels must be one theme id each, got {value!r}")
    return value


def _ids(value: Any, what: str = "labels") -> list[str]:
    if isinstance(value, str):
        raise TaohuaError(
            f"{what} must be a list of theme ids for each text, got {value!r}; write [id],"
            " or ThemeClassifier(single_label=True) for one label each"
        )
    if value is None or not all(isinstance(name, str) for name in value):
        raise TaohuaError(f"{what} must be a list of theme ids for each text, got {value!r}")
    return list(value)


def _ordered(names: set[str]) -> list[str]:
    if len(names) < 1:
        raise TaohuaError("labels hold no theme; at least one text needs one")
    shipped = [name for name in shipped_themes() if name in names]
    return shipped + sorted(names - set(shipped))


def out_of_fold(
    model: "ThemeClassifier",
    passages: Analyzed,
    target: Bools,
    counted: Bools,
    groups: Sequence[Any] | None,
) -> Floats:
    """Return scores of every text from models that have not seen its fold."""
    from sklearn.model_selection import GroupKFold, KFold

    n = len(passages)
    n_groups = len(set(groups)) if groups is not None else n
    if groups is not None and len(groups) != n:
        raise TaohuaError(f"groups must be as many as texts, got {len(groups)} for {n}")
    n_folds = min(model.folds, n_groups)
    if n_folds < 2:
        raise TaohuaError(f"at least two texts of different groups are needed, got {n_groups}")
    folds = (
        KFold(n_folds, shuffle=True, random_state=model.random_state).split(np.arange(n))
        if groups is None
        else GroupKFold(n_folds, shuffle=True, random_state=model.random_state).split(
            np.arange(n), groups=groups
        )
    )
    scores = np.zeros(target.shape)
    for train, test in folds:
        rows = PassageRows(segmenter=model.rows_.segmenter)
        part = passages.take(train)
        coef, intercept = fit_linear(model, rows, part, target[train], counted[train])
        scores[test] = rows.transform(passages.take(test)) @ coef + intercept
    return scores


def fit_linear(
    model: "ThemeClassifier", rows: PassageRows, passages: Analyzed, target: Bools, counted: Bools
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Fit `rows` and one SVM per theme; return weights (n_features, n_themes) and intercepts."""
    from joblib import Parallel, delayed

    matrix = rows.fit_transform(passages)
    pairs = _mixture_pairs(len(passages), model.mixtures, model.random_state)
    if pairs and not model.single_label:
        a, b = np.array(pairs).T
        matrix = csr_array(vstack([matrix, rows.transform(passages.joined(pairs))], format="csr"))
        both = target[a] | target[b]
        counted = np.vstack([counted, (counted[a] & counted[b]) | both])
        target = np.vstack([target, both])
    fitted = Parallel(n_jobs=model.n_jobs)(
        delayed(_fit_theme)(matrix, target[:, j], counted[:, j], model.C, model.random_state)
        for j in range(target.shape[1])
    )
    coef = np.stack([weights for weights, _ in fitted], axis=1)
    return coef.astype(np.float32), np.array([bias for _, bias in fitted], dtype=np.float32)


def _mixture_pairs(n: int, share: float, seed: int) -> list[tuple[int, int]]:
    if n < 2 or not share:
        return []
    drawn = np.random.default_rng(seed).integers(0, n, size=(int(share * n), 2))
    return [(int(a), int(b)) for a, b in drawn if a != b]


def _fit_theme(
    matrix: csr_array, labels: Bools, counted: Bools, C: float, seed: int
) -> tuple[Floats, float]:
    from sklearn.svm import LinearSVC

    if not labels[counted].any() or labels[counted].all():  # a fold with or without it throughout
        return np.zeros(matrix.shape[1]), 1.0 if labels[counted].any() else -1.0
    svm = LinearSVC(C=C, random_state=seed).fit(matrix[counted], labels[counted])
    return svm.coef_[0], float(svm.intercept_[0])
