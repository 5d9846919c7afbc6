"""Scores become probabilities, and probabilities decisions.

Platt scaling per theme on out-of-fold scores (Platt 1999), and thresholds of best F1 shrunk
towards one that all themes share: a threshold fitted alone on few positives overfits badly.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_threshold", "platt", "shrunk_thresholds", "sigmoid"]

POOL_BELOW = 10  # positives; themes with fewer share one curve
SHRINK = 20  # positives that weigh as much as the common threshold
FLOOR = 0.5  # no threshold below this share of the common one

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def sigmoid(scores: Floats) -> Floats:
    """Return 1 / (1 + exp(-scores)) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * scores)))


def platt(scores: Floats, labels: Bools, counted: Bools) -> tuple[Floats, Floats]:
    """Return slope and offset per theme, each of shape (n_themes,).

    `scores`, `labels` and `counted` have shape (n_texts, n_themes); where `counted` is false the
    text counts neither way.
    """
    n_themes = scores.shape[1]
    common = _curve(scores[counted], labels[counted])
    curves = []
    for j in range(n_themes):
        own = counted[:, j]
        few = labels[own, j].sum() < POOL_BELOW
        curves.append(common if few else _curve(scores[own, j], labels[own, j]))
    slopes, offsets = np.array(curves).T
    return slopes, offsets


def _curve(scores: Floats, labels: Bools) -> tuple[float, float]:
    from scipy.optimize import minimize

    n_positive, n = labels.sum(), len(labels)
    # Platt's targets: certainty is what a uniform prior leaves of it
    high, low = (n_positive + 1) / (n_positive + 2), 1 / (n - n_positive + 2)
    target = np.where(labels, high, low)

    def loss(curve: Floats) -> tuple[float, Floats]:
        z = curve[0] * scores + curve[1]
        error = sigmoid(z) - target
        value = np.sum(np.logaddexp(0, z) - target * z)
        return float(value), np.array([np.sum(error * scores), np.sum(error)])

    start = np.array([1.0, np.log((n_positive + 1) / (n - n_positive + 1))])
    found = minimize(loss, start, jac=True, method="BFGS")
    return float(max(found.x[0], 1e-3)), float(found.x[1])


def best_threshold(probabilities: Floats, labels: Bools) -> float:
    """Return the threshold of best F1, halfway between the two probabilities it parts."""
    order = np.argsort(-probabilities, kind="stable")
    ranked, hits = probabilities[order], np.cumsum(labels[order])
    f1 = 2 * hits / (np.arange(1, len(ranked) + 1) + labels.sum())
    cuts = np.flatnonzero(np.append(np.diff(ranked) < 0, True))  # equal ones are not parted
    best = cuts[np.argmax(f1[cuts])]
    below = ranked[best + 1] if best + 1 < len(ranked) else 0.0
    return float((ranked[best] + below) / 2)


def shrunk_thresholds(probabilities: Floats, labels: Bools, counted: Bools) -> Floats:
    """Return a threshold per theme, (n t + 20 t_common) / (n + 20) with n positives."""
    common = best_threshold(probabilities[counted], labels[counted])
    found = []
    for j in range(labels.shape[1]):
        own = counted[:, j]
        n = labels[own, j].sum()
        alone = best_threshold(probabilities[own, j], labels[own, j]) if n else common
        found.append(max((n * alone + SHRINK * common) / (n + SHRINK), FLOOR * common))
    return np.array(found)
