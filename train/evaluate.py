"""How right a model is on labelled passages it has not learnt from."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taohua.documents.errors import TaohuaError
from taohua.models.taxonomy import shipped_themes
from taohua.models.themes import ThemeClassifier
from taohua.train.labels import Labelled, read_labels
from taohua.train.metrics import multilabel_scores

__all__ = ["themes"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
SAMPLES = 500  # bootstrap samples of passages
BINS = 10  # of the reliability table
N_ERRORS = 20
LENGTHS = ((0, 80), (80, 160), (160, 320), (320, 10**9))  # characters


def themes(
    model: ThemeClassifier, labels: str | os.PathLike[str] | Sequence[Labelled], seed: int = 0
) -> dict[str, Any]:
    """Measure a classifier on labelled passages.

    Mentions count neither way. Intervals are the middle 95 % of bootstrap samples of passages.

    Returns
    -------
    dict
        ``passages``, ``micro_f1``, ``macro_f1``, ``empty_left_empty``; ``themes`` with precision,
        recall, F1 and average precision, each with its interval; ``calibration`` (expected
        calibration error and reliability by bins); ``confusion`` (theme missed, theme given in
        its place, how often); ``slices``; ``errors``, the surest wrong decisions.

    Raises
    ------
    TaohuaError
        If a row is bad or names a theme the model does not know.
    """
    rows = list(labels) if isinstance(labels, list | tuple) else read_labels(Path(labels))  # type: ignore[arg-type]
    names = [str(name) for name in model.classes_]
    _check(rows, names)
    target = np.array([[name in row.themes for name in names] for row in rows])
    mentioned = np.array([[name in row.mentions for name in names] for row in rows])
    counted = target | ~mentioned
    probability = model.predict_proba([row.text for row in rows], [row.heading for row in rows])
    given = model.decide(probability)
    whole = multilabel_scores(given, target, counted)
    return {
        "passages": len(rows),
        **{key: whole[key] for key in ("micro_f1", "macro_f1", "empty_left_empty")},
        "themes": _per_theme(names, given, probability, target, counted, seed),
        "calibration": _calibration(probability[counted], target[counted]),
        "confusion": _confusion(names, given & counted, target),
        "slices": _slices(rows, given, target, counted),
        "errors": _errors(model, rows, names, given, probability, target, counted),
    }


def _check(rows: Sequence[Labelled], names: Sequence[str]) -> None:
    bad = [
        f"row {i}: {name!r}"
        for i, row in enumerate(rows, 1)
        for name in row.themes
        if name not in names
    ]
    if bad:
        known = ", ".join(names)
        raise TaohuaError(
            f"themes the model does not know: {'; '.join(bad[:20])}; it knows {known}"
        )


def _per_theme(
    names: Sequence[str],
    given: Bools,
    probability: Floats,
    target: Bools,
    counted: Bools,
    seed: int,
) -> dict[str, Any]:
    draws = np.random.default_rng(seed).integers(0, len(given), size=(SAMPLES, len(given)))
    found = {}
    for j, name in enumerate(names):
        columns = given[:, j], probability[:, j], target[:, j], counted[:, j]
        values = _theme_values(*columns)
        samples = np.array([list(_theme_values(*(c[d] for c in columns)).values()) for d in draws])
        low, high = np.quantile(samples, [0.025, 0.975], axis=0)
        found[name] = {
            "positives": int(target[:, j].sum()),
            **{
                key: {"value": round(value, 4), "interval": [round(a, 4), round(b, 4)]}
                for (key, value), a, b in zip(values.items(), low, high, strict=True)
            },
        }
    return found


def _theme_values(
    given: Bools, probability: Floats, target: Bools, counted: Bools
) -> dict[str, float]:
    given, probability, target = given[counted], probability[counted], target[counted]
    hit = float((given & target).sum())
    return {
        "precision": hit / max(given.sum(), 1),
        "recall": hit / max(target.sum(), 1),
        "f1": 2 * hit / max(given.sum() + target.sum(), 1),
        "average_precision": _average_precision(probability, target),
    }


def _average_precision(probability: Floats, target: Bools) -> float:
    """Mean of the precision at each positive, by falling probability."""
    ranked = target[np.argsort(-probability, kind="stable")]
    hits = np.cumsum(ranked)
    precision = hits / np.arange(1, len(ranked) + 1)
    return float(precision[ranked].mean()) if ranked.any() else 0.0


def _calibration(probability: Floats, target: Bools) -> dict[str, Any]:
    """Return mean probability and share of positives by bins, and their mean distance."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    table = [
        {
            "from": k / BINS,
            "n": int((bins == k).sum()),
            "probability": round(float(probability[bins == k].mean()), 4),
            "positive": round(float(target[bins == k].mean()), 4),
        }
        for k in range(BINS)
        if (bins == k).any()
    ]
    error = sum(row["n"] * abs(row["probability"] - row["positive"]) for row in table)
    return {"expected_calibration_error": round(error / len(target), 4), "reliability": table}


def _confusion(names: Sequence[str], given: Bools, target: Bools) -> list[dict[str, Any]]:
    counts: Counter[tuple[str, str]] = Counter()
    for row, wanted in zip(given, target, strict=True):
        for missed in np.flatnonzero(wanted & ~row):
            for extra in np.flatnonzero(row & ~wanted):
                counts[names[int(missed)], names[int(extra)]] += 1
    return [{"missed": a, "given": b, "n": n} for (a, b), n in counts.most_common()]


def _slices(
    rows: Sequence[Labelled], given: Bools, target: Bools, counted: Bools
) -> dict[str, dict[str, Any]]:
    """Return passages and micro-F1 by length, cues and the fields of the rows."""
    members: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        low, high = next(span for span in LENGTHS if span[0] <= len(row.text) < span[1])
        keys = [f"length {low}-{high}" if high < 10**9 else f"length {low}-"]
        keys += [f"{name} {value}" for name, value in row.fields]
        if row.themes:
            keys.append("with a cue term" if _has_cue(row) else "without any cue term")
        for key in keys:
            members.setdefault(key, []).append(i)
    return {
        key: {
            "passages": len(found),
            "micro_f1": multilabel_scores(given[found], target[found], counted[found])["micro_f1"],
        }
        for key, found in sorted(members.items())
    }


def _has_cue(row: Labelled) -> bool:
    known = shipped_themes()
    return any(cue in row.text for name in row.themes if name in known for cue in known[name].cues)


def _errors(
    model: ThemeClassifier,
    rows: Sequence[Labelled],
    names: Sequence[str],
    given: Bools,
    probability: Floats,
    target: Bools,
    counted: Bools,
) -> list[dict[str, Any]]:
    wrong = np.argwhere((given != target) & counted)
    how_sure: Callable[[Any], float] = lambda at: -abs(probability[*at] - target[*at])  # noqa: E731
    found = []
    for i, j in sorted(wrong, key=how_sure)[:N_ERRORS]:
        spans = model.explain(rows[i].text, [names[j]])[names[j]]
        found.append(
            {
                "row": int(i) + 1,
                "theme": names[j],
                "wrong": "given" if given[i, j] else "missed",
                "probability": round(float(probability[i, j]), 4),
                "text": rows[i].text,
                "evidence": [{"text": span.text, "weight": span.weight} for span in spans[:5]],
            }
        )
    return found
