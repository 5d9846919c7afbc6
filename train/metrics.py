"""How right a classifier is on passages it had not seen when it judged them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from taohua.models.themes import ThemeClassifier
from taohua.train.labels import Labelled

__all__ = ["multilabel_scores", "theme_metrics"]

Bools = NDArray[np.bool_]


def multilabel_scores(given: Bools, target: Bools, counted: Bools) -> dict[str, Any]:
    """Return micro and macro F1, and precision, recall and F1 per column.

    All arrays have shape (n_texts, n_themes); where `counted` is false the text counts neither
    way.
    """
    hit = (given & target & counted).sum(axis=0)
    n_given, n_target = (given & counted).sum(axis=0), (target & counted).sum(axis=0)
    f1 = 2 * hit / np.maximum(n_given + n_target, 1)
    empty = ~target.any(axis=1)
    return {
        "micro_f1": float(2 * hit.sum() / max(n_given.sum() + n_target.sum(), 1)),
        "macro_f1": float(f1.mean()),
        "empty_left_empty": float((~(given & counted)[empty].any(axis=1)).mean())
        if empty.any()
        else None,
        "precision": (hit / np.maximum(n_given, 1)).tolist(),
        "recall": (hit / np.maximum(n_target, 1)).tolist(),
        "f1": f1.tolist(),
    }


def theme_metrics(model: ThemeClassifier, rows: list[Labelled]) -> dict[str, Any]:
    """Return the out-of-fold metrics of a model just fitted on `rows`."""
    names = [str(name) for name in model.classes_]
    target = np.array([[name in row.themes for name in names] for row in rows])
    mentioned = np.array([[name in row.mentions for name in names] for row in rows])
    given = model.decide(model.oof_probabilities_)
    scores = multilabel_scores(given, target, target | ~mentioned)
    per_theme = {
        name: {
            "positives": int(target[:, j].sum()),
            "threshold": round(float(model.thresholds_[j]), 4),
            **{key: round(scores[key][j], 4) for key in ("precision", "recall", "f1")},
        }
        for j, name in enumerate(names)
    }
    summary = {key: scores[key] for key in ("micro_f1", "macro_f1", "empty_left_empty")}
    return {"passages": len(rows), "folds": model.folds, **summary, "themes": per_theme}
